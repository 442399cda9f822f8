"""With whom somebody plays or played: "drummer of Led Zeppelin", "recorded with Steely Dan"."""

from collections.abc import Iterator
from typing import NamedTuple

from mididrumigen.prose.mentions import Mention, Sentence
from mididrumigen.prose.tokens import Book, word_set

_WITH = Book(
    [
        "drummer|drums of|for|with|in|behind / drummer to"
        " / play|plays|played|playing|record|recorded|records|recording|tour|toured|tours"
        "|touring|perform|performed"
        "|performs|performing|work|worked|works|working|drum|drummed|drums|drumming|jam|jammed"
        "|gigged|gig|gigs|sessions|stint|collaborate|collaborates|collaborated|collaborating"
        "|collaboration|collaborations"
        " .. with|for|alongside|behind / backed|backs|backing / join|joined|joins|joining"
        " / member|founder|cofounder of / session work|drummer for|with / left|leaving .. for|to"
        " / sat|sits in with|for / formed|founded|cofounded / co founded",
        "with|featuring .. on drums",
    ]
)
_SKIPPED = word_set(
    "the a an english american british german jamaican nigerian french canadian irish scottish"
    " rock jazz funk"
    " soul metal pop reggae heavy hard punk prog progressive band group trio quartet quintet"
    " singer songwriter"
    " guitarist pianist saxophonist trumpeter bandleader legend legends star stars artist"
    " artists likes such as"
    " of and both other his her their late great former blues swing afrobeat thrash death duo"
    " supergroup"
    " singers including among others by composer rapper producer bassist vocalist acts giants"
    " new wave indie"
    " alternative electronic disco musician musicians with krautrock as well also plus notable"
    " noted r b blues many numerous"
)
_NOT_PLAYED_WITH = word_set(
    "records recordings studios studio festival hall stadium arena university college school"
    " cymbals drums"
    " magazine award awards prize street club label sticks drumheads zildjian sabian paiste"
    " ludwig yamaha gretsch sonor tama pearl premier slingerland rogers meinl remo vater"
)
_NO_COMPANY = word_set(
    "london paris york angeles england america europe japan africa tokyo berlin chicago detroit"
    " memphis"
    " nashville orleans boston wembley broadway lagos kingston germany france"
)
_FARTHEST = 8


class Companion(NamedTuple):
    """Somebody that is played with."""

    at: int
    """Token of the words that say so."""
    mention: Mention


def companions(sentence: Sentence) -> Iterator[Companion]:
    """Whom the sentence says somebody plays with, each once; not yet who plays."""
    seen: set[int] = set()
    tokens = sentence.tokens
    for found in _WITH.find(tokens):
        if found.entry == 1:
            inside = [m for m in sentence.mentions if found.first < m.first <= found.last]
            for mention in inside:
                if mention.first not in seen and not mention.is_pronoun:
                    seen.add(mention.first)
                    yield Companion(found.first, mention)
            continue
        at = found.last + 1
        while at < len(tokens) and at - found.last <= _FARTHEST:
            if any(mark in tokens[at].gap for mark in ".;:("):
                break
            named = [m for m in sentence.mentions if m.first == at and not m.is_pronoun]
            if not named:
                if tokens[at].word not in _SKIPPED:
                    break
                at += 1
                continue
            mention = named[0]
            if mention.first > found.last + 1 and _is_new_clause(sentence, mention):
                break
            if mention.first not in seen and _is_company(mention):
                seen.add(mention.first)
                yield Companion(found.first, mention)
                found = found._replace(last=mention.last)
            at = mention.last + 1


def _is_new_clause(sentence: Sentence, mention: Mention) -> bool:
    """Whether a name after ", and" begins a sentence of its own: ", and Alan White learned"."""
    tokens = sentence.tokens
    if tokens[mention.first - 1].word != "and" or "," not in tokens[mention.first - 1].gap:
        return False
    following = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    return following is not None and following.gap == " " and following.word.endswith(("ed", "s"))


def _is_company(mention: Mention) -> bool:
    words = mention.name.casefold().split()
    return (
        bool(words)
        and words[-1] not in _NOT_PLAYED_WITH
        and words[-1] not in _NO_COMPANY
        and mention.name[0].isupper()
    )


def band_drummers(sentence: Sentence) -> Iterator[Companion]:
    """Drummers whom a text about a band names as its own: "the band's drummer, Jeff Porcaro"."""
    tokens = sentence.tokens
    ours = any(m.who == "" for m in sentence.mentions) or any(
        t.owns and t.word in ("band", "group") for t in tokens
    )
    for mention in sentence.mentions if ours else ():
        before = tokens[mention.first - 1].word if mention.first else ""
        after = [t.word for t in tokens[mention.last + 1 : mention.last + 3]]
        is_drummer = before == "drummer" or after == ["on", "drums"]
        if (
            is_drummer
            and not mention.is_pronoun
            and mention.who != ""
            and mention.name[0].isupper()
        ):
            yield Companion(mention.first, mention)

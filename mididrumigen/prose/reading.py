"""A text -> claims: every step in order."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from mididrumigen.drums import FAMILIES
from mididrumigen.groove.traits import TRAITS
from mididrumigen.prose.claims import Claim, Names
from mididrumigen.prose.company import band_drummer, companions
from mididrumigen.prose.denial import certainty, is_denied
from mididrumigen.prose.mentions import Roll, Sentence, read_sentence
from mididrumigen.prose.quotes import best_quote
from mididrumigen.prose.subjects import Clause, Speaking, Subject, clause_at, clauses
from mididrumigen.prose.table import Said, Word, said, turned
from mididrumigen.prose.tempo import Mentioned, metres, tempos, turned_tempo
from mididrumigen.prose.text import clean, paragraphs, sentences
from mididrumigen.prose.tokens import Book, Found, Token
from mididrumigen.prose.words_feel import FEEL
from mididrumigen.prose.words_grammar import (
    DOUBTED_SECTIONS,
    DRUMS,
    INSTRUMENTS,
    SKIPPED_SECTIONS,
    TOLD_SECTIONS,
)
from mididrumigen.prose.words_kit import KIT
from mididrumigen.prose.words_patterns import PATTERNS

_WORDS: tuple[Word, ...] = (*FEEL, *PATTERNS, *KIT)
_NEAR, _UNLESS, _NEAR_A_NUMBER = 7, 4, 4
LEAST_SURE = 0.25
"""What is less certain is not told."""
MOST_SURE = 0.95
MOST_SAID = 16
"""Claims and numbers in one sentence; what has more is a list or no language."""
MOST_CLAIMS = 400
"""Of one text; no article has that many."""
_BEGINNING = 500
"""Characters in which a text says whom it is about."""
_TOLD, _DOUBTED = 1.1, 0.8
_PLAYS_WITH = 0.75
_VOICES = {
    "snare": "snare",
    "snares": "snare",
    "backbeat": "snare",
    "backbeats": "snare",
    "kick": "kick",
    "kicks": "kick",
    "hat": "hat",
    "hats": "hat",
    "hihat": "hat",
    "hihats": "hat",
    "ride": "ride",
    "toms": "tom",
    "tom": "tom",
}
_VOICE_BEFORE, _VOICE_AFTER = 6, 2
_BE = frozenset("is are was were be been slightly always often a bit".split())
_SAME_SONG = Book(["the|this song|track|tune|single|recording|number|take / it|its"])
_NARROWED = frozenset({"push_ms", "swing_8ths", "swing_16ths", "timing_sd_ms", "velocity_mean"})


class _Reader:
    """What is found is found once; the words stand in books that are made once a text."""

    def __init__(self, names: Names, is_about: bool | None, text: str) -> None:
        self.roll = Roll(names)
        self.words = Book([word.phrases for word in _WORDS])
        about = _is_about(Roll(names), text) if is_about is None else is_about
        self.is_about = bool(is_about)
        self.speaking = Speaking(Subject("", 0.85, names.artist) if about else None)
        self.song = ""


def read(text: str, names: Names, has_sections: bool, is_about: bool | None) -> list[Claim]:
    """See `prose.claims_of`."""
    reader = _Reader(names, is_about, text)
    claims: list[Claim] = []
    for paragraph in paragraphs(text, has_sections):
        weight = section_weight(paragraph.section)
        if not weight:
            continue
        if reader.is_about:
            reader.speaking.topic = reader.speaking.default
        reader.speaking.begin(paragraph.text, reader.roll)
        for line in sentences(paragraph.text):
            for claim in _distinct(_of_sentence(reader, line)):
                sure = min(MOST_SURE, claim.confidence * weight)
                if sure >= LEAST_SURE:
                    claims.append(
                        replace(claim, confidence=round(sure, 3), section=paragraph.section)
                    )
            if len(claims) >= MOST_CLAIMS:
                return claims[:MOST_CLAIMS]
    return claims


def section_weight(section: str) -> float:
    """What is said under a heading is worth: 0 where nothing is read."""
    words = section.replace("/", " ").split()
    if any(part.startswith(SKIPPED_SECTIONS) for part in section.split(" / ")):
        return 0.0
    if any(word in TOLD_SECTIONS for word in words):
        return _TOLD
    return _DOUBTED if any(word in DOUBTED_SECTIONS for word in words) else 1.0


def _is_about(roll: Roll, text: str) -> bool:
    """Whether a text is about the artist: it is a note, or names him at its beginning."""
    start = text[:_BEGINNING]
    return len(text) < _BEGINNING or any(
        mention.who is not None and not mention.is_pronoun
        for line in clean(start).split("\n")
        for mention in read_sentence(line, roll).mentions
    )


def _distinct(claims: Iterator[Claim]) -> list[Claim]:
    """The surest of those that say the same."""
    best: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        key = (claim.trait, claim.value, claim.song, claim.who, claim.negated)
        if key not in best or best[key].confidence < claim.confidence:
            best[key] = claim
    return list(best.values())


@dataclass(frozen=True, slots=True)
class _Spot:
    """A claim with its place, before it is known whose it is."""

    first: int
    last: int
    trait: str
    value: float | str
    low: float | None
    high: float | None
    sure: float
    negated: bool
    is_drumming: bool = True
    """True where it may as well be said of another instrument."""


def _of_sentence(reader: _Reader, text: str) -> Iterator[Claim]:
    sentence = read_sentence(text, reader.roll)
    if sum(token.raw[0].isdecimal() for token in sentence.tokens) > MOST_SAID:
        return
    parts = clauses(sentence)
    subjects = reader.speaking.of_sentence(sentence, parts)
    song_before = reader.song
    reader.song = _song_after(sentence, reader.song)
    spots = chain(_spots(reader, sentence, parts), _company_spots(reader, sentence, parts))
    for spot in islice(spots, MOST_SAID):
        part = clause_at(parts, spot.first)
        subject = subjects[part]
        if spot.trait != "plays_with":
            owner = reader.speaking.owner(sentence, part, spot.first, subject)
            # What a drummer does to his band's songs is his own playing.
            is_own_band = owner and owner.who == "" and subject and subject.who
            subject = subject if is_own_band else owner
        if subject is None or subject.who is None:
            continue
        sure = spot.sure * subject.sure * certainty(sentence, part, spot.first, spot.last)
        yield Claim(
            trait=spot.trait,
            value=spot.value,
            low=spot.low,
            high=spot.high,
            quote=best_quote(text, sentence.tokens[spot.first].start),
            song=""
            if spot.trait == "plays_with"
            else _song_of(sentence, part, spot.first, song_before),
            who=subject.who,
            confidence=sure,
            negated=spot.negated,
        )


def _spots(reader: _Reader, sentence: Sentence, parts: list[Clause]) -> Iterator[_Spot]:
    tokens = sentence.tokens
    for one in (*tempos(tokens), *metres(tokens)):
        part = clause_at(parts, one.first)
        is_no = is_denied(tokens, part, one.first, one.last, _NEAR_A_NUMBER)
        other = turned_tempo(one) if is_no else None
        says: Mentioned = other or one
        yield _Spot(
            one.first,
            one.last,
            one.trait,
            says.value,
            says.low,
            says.high,
            one.sure,
            is_no and other is None,
        )
    titled = {at for t in sentence.titles for at in range(t.first, t.last + 1)}
    found = [f for f in reader.words.find(tokens) if not titled & set(range(f.first, f.last + 1))]
    for one in _longest(found):
        word = _WORDS[one.entry]
        part = clause_at(parts, one.first)
        if not _means_it(tokens, part, one, word):
            continue
        no = word.deniable and is_denied(tokens, part, one.first, one.last)
        if word.only_denied and not no:
            continue
        for claim in said(word.says):
            spot = _spot(tokens, part, one, claim, word.sure, no)
            if spot:
                yield spot


def _longest(found: list[Found]) -> Iterator[Found]:
    """Those that stand in no longer one; of one line's phrases that overlap, the first."""
    found.sort(key=lambda f: (f.first, -f.last))
    reach, last_of = -1, dict[int, int]()
    spans: set[tuple[int, int]] = set()
    for one in found:
        inside = one.last <= reach and (one.first, one.last) not in spans
        if inside and not _WORDS[one.entry].beside:
            continue
        if one.first <= last_of.get(one.entry, -1):
            continue
        last_of[one.entry] = one.last
        reach = max(reach, one.last)
        spans.add((one.first, one.last))
        yield one


def _means_it(tokens: list[Token], part: Clause, found: Found, word: Word) -> bool:
    """Whether the words around let a phrase mean what the table says."""
    first, last = found.first, found.last
    if word.before_not and last + 1 < len(tokens) and tokens[last + 1].gap in (" ", "-"):
        if _any(word.before_not, tokens[last + 1 : last + 2]):
            return False
    if word.after_not and first and tokens[first].gap in (" ", "-"):
        if _any(word.after_not, tokens[first - 1 : first]):
            return False
    low, high = max(first - _UNLESS, 0), last + 1 + _UNLESS
    if word.unless and _any(word.unless, tokens[low:high]):
        return False
    low, high = max(first - _NEAR, 0), last + 1 + _NEAR
    around = [*tokens[low:first], *tokens[last + 1 : high]]
    if word.near and not _any(word.near, around):
        return False
    if said(word.says)[0].trait.startswith(("kit.", "groove.")):
        return True
    within = tokens[part.first : part.end]
    return not _INSTRUMENTS.has(within) or _DRUMS.has(within)


_INSTRUMENTS, _DRUMS = Book([INSTRUMENTS]), Book([DRUMS])
_BOOKS: dict[str, Book] = {}


def _any(phrases: str, tokens: list[Token]) -> bool:
    book = _BOOKS.get(phrases)
    if book is None:
        book = _BOOKS[phrases] = Book([phrases.strip("|")])
    return book.has(tokens)


def _spot(
    tokens: list[Token], part: Clause, found: Found, claim: Said, sure: float, no: bool
) -> _Spot | None:
    first, last = found.first, found.last
    if claim.worth is None:
        return _Spot(first, last, claim.trait, 1.0, 0.0, 1.0, sure, no)
    trait = claim.trait
    if trait in _NARROWED and (voice := _voice(tokens, part, first, last, "swing" in trait)):
        trait = f"{trait}.{voice}"
    if not no:
        return _Spot(first, last, trait, *claim.worth, sure, False)
    other = turned(claim)
    if other is None:
        return _Spot(first, last, trait, *claim.worth, sure, True)
    return _Spot(first, last, trait, *other, sure * 0.9, False)


def _voice(tokens: list[Token], part: Clause, first: int, last: int, is_close: bool) -> str:
    """The voice that a trait is said of: the nearest before it in its clause, or just after. Where
    `is_close`, only words such as "is" may stand between.
    """
    for at in range(last + 1, min(last + 1 + _VOICE_AFTER, part.end)):
        if tokens[at].word in ("on", "with", "in", "to", "of", "and"):
            break
        if voice := _voice_at(tokens, at):
            return voice
    for at in range(last, first - 1, -1):
        if voice := _voice_at(tokens, at):
            return voice
    for at in range(first - 1, max(first - 1 - _VOICE_BEFORE, part.first - 1), -1):
        if tokens[at].word in ("on", "with") or (is_close and tokens[at].word not in _BE):
            return _voice_at(tokens, at) if is_close else ""
        if voice := _voice_at(tokens, at):
            return voice
        if any(mark in tokens[at].gap for mark in ";:."):
            return ""
    return ""


def _voice_at(tokens: list[Token], at: int) -> str:
    word = tokens[at].word
    voice = _VOICES.get(word, "")
    if word == "drum" and at and tokens[at - 1].word == "bass":
        voice = "kick"
    return voice if voice in FAMILIES else ""


def _company_spots(reader: _Reader, sentence: Sentence, parts: list[Clause]) -> Iterator[_Spot]:
    for one in companions(sentence):
        part = clause_at(parts, one.at)
        if one.mention.who == "" and not reader.roll.is_band:
            continue
        no = is_denied(sentence.tokens, part, one.at, one.at)
        name = reader.roll.artist if one.mention.who == "" else one.mention.who or one.mention.name
        yield _Spot(one.at, one.mention.last, "plays_with", name, None, None, _PLAYS_WITH, no)


def _song_after(sentence: Sentence, before: str) -> str:
    """The song that is spoken of after this sentence."""
    return sentence.titles[-1].title if sentence.titles else before


def _song_of(sentence: Sentence, part: Clause, at: int, before: str) -> str:
    """The song that is meant at token `at`: named in the clause, in the sentence, or before."""
    inside = [t for t in sentence.titles if part.first <= t.first < part.end]
    if near := inside or sentence.titles:
        return min(near, key=lambda t: (abs(t.first - at), t.first)).title
    return before if before and _SAME_SONG.has(sentence.tokens[part.first : part.end]) else ""


assert all(
    s.trait.partition(".")[0] in (*TRAITS, "kit", "groove") for w in _WORDS for s in said(w.says)
)

"""Who is named in a sentence.

Conventions: a mention is a run of words with capitals, a known name or a pronoun. `who` is "" for
the artist, a drummer as `Names` writes him, and None for anybody else.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mididrumigen.prose.roll import Roll
from mididrumigen.prose.titles import Title, quoted
from mididrumigen.prose.tokens import APOSTROPHES, Book, Token, tokens_of, word_set
from mididrumigen.prose.words_grammar import (
    DRUMS,
    NO_NAMES,
    OTHER_ROLES,
    OWNING_WORDS,
    PERSON_WORDS,
    SPEAKER_WORDS,
)

_POSSESSIVES = tuple(f"{mark}s" for mark in APOSTROPHES)
_NICKNAME = (' "', '" ', " \u201c", "\u201d ")
_JOINS = frozenset({" ", "-", ". ", " & ", "/", *APOSTROPHES, *_NICKNAME})
"""What may stand between two words of a name."""
_BEGINNERS = '.!?:"\u201c'
_DOES = word_set("plays played uses used hits hit drums drummed adds added keeps kept likes liked")
_NO_MAN = ("s", "ing")
"""Ends of words that are rather things: "Beats used", "Recording kept"."""
_OF = word_set("prince king queen duke earl kings queens sons sounds")
_DRUM_WORDS = Book([DRUMS, "shuffle|rhythm|style|drummer|sound"])


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named: tokens `first` to `last`."""

    first: int
    last: int
    name: str
    who: str | None
    is_pronoun: bool = False
    is_speaker: bool = False
    """A pronoun of the first person."""
    owns: bool = False


@dataclass(slots=True)
class Sentence:
    """A sentence as it is read."""

    text: str
    tokens: list[Token]
    titles: list[Title] = field(default_factory=list)
    speech: list[tuple[int, int]] = field(default_factory=list)
    """Tokens of what is quoted from somebody's mouth."""
    mentions: list[Mention] = field(default_factory=list)


def read_sentence(text: str, roll: Roll) -> Sentence:
    """A sentence with everything that it names."""
    tokens = tokens_of(text)
    found = quoted(text, tokens, roll)
    taken = {at for t in found.titles for at in range(t.first, t.last + 1)}
    mentions = list(_find_mentions(tokens, taken, roll))
    return Sentence(text, tokens, found.titles, found.speech, mentions)


def _find_mentions(tokens: list[Token], taken: set[int], roll: Roll) -> Iterator[Mention]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if at in taken:
            at += 1
            continue
        if token.word in ("you", "your"):
            yield Mention(at, at, token.word, None, owns=token.word == "your")
            at += 1
            continue
        if token.word in PERSON_WORDS or token.word in SPEAKER_WORDS:
            speaks = token.word in SPEAKER_WORDS
            owns = token.word in OWNING_WORDS
            yield Mention(at, at, token.word, None, True, speaks, owns)
            at += 1
            continue
        last = _run(tokens, at, taken, roll)
        if last is None:
            if token.word in OTHER_ROLES and not _is_apposition(tokens, at):
                yield Mention(at, at, token.word, None, owns=token.owns)
            at += 1
            continue
        first, words = _trimmed(tokens, at, last, roll)
        if words:
            name = _written(tokens, first, first + len(words) - 1)
            who = roll.whose(words)
            yield Mention(first, first + len(words) - 1, name, who, owns=tokens[last].owns)
        at = last + 1


def _is_apposition(tokens: list[Token], at: int) -> bool:
    """Whether a role stands before a name ("producer Quincy Jones"), which then says who."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is not None and following.gap in (" ", ", ") and following.is_capital


def _run(tokens: list[Token], at: int, taken: set[int], roll: Roll) -> int | None:
    """Last token of the name that begins at token `at`; None where none does."""
    token = tokens[at]
    if not token.is_capital or (token.word in NO_NAMES and not _begins_name(tokens, at, roll)):
        return None
    starts = at == 0 or any(mark in token.gap for mark in _BEGINNERS)
    last = at
    while last + 1 < len(tokens) and last + 1 not in taken and not tokens[last].owns:
        following = tokens[last + 1]
        if following.gap in _JOINS and following.is_capital and following.word not in NO_NAMES:
            last += 1
        elif (
            following.word == "of"
            and tokens[at].word in _OF
            and last + 2 < len(tokens)
            and tokens[last + 2].is_capital
        ):
            last += 2
        else:
            break
    words = tuple(t.word for t in tokens[at : last + 1])
    if roll.names_somebody(words):
        # "Yes, he said": a name that is a word too.
        comma = last + 1 < len(tokens) and tokens[last + 1].gap.startswith(",")
        return None if comma and len(words) == 1 and words[0] in NO_NAMES else last
    # A capital that begins a sentence says nothing, unless the word owns or does something.
    if not starts or last > at:
        return last
    does = (
        at + 1 < len(tokens) and tokens[at + 1].word in _DOES and not token.word.endswith(_NO_MAN)
    )
    return last if (token.owns or does) and not _DRUM_WORDS.has([token]) else None


def _begins_name(tokens: list[Token], at: int, roll: Roll) -> bool:
    """Whether a word that is no name by itself is one here: "The Rolling Stones", "Yes"."""
    return any(
        roll.names_somebody(tuple(t.word for t in tokens[at : at + size]))
        for size in (1, 2, 3, 4)
        if all(t.is_capital for t in tokens[at : at + size])
    )


def _trimmed(tokens: list[Token], at: int, last: int, roll: Roll) -> tuple[int, tuple[str, ...]]:
    """First token and words of the name in a run: without drum words, and without a first word that
    hides a known name ("Legendary Keith Moon", "The Purdie Shuffle").
    """
    while (
        last >= at
        and _DRUM_WORDS.has([tokens[last]])
        and not roll.names_somebody((tokens[last].word,))
    ):
        last -= 1
    words = tuple(t.word for t in tokens[at : last + 1])
    if not roll.names_somebody(words):
        for skip in range(1, len(words) - 1):
            if roll.names_somebody(words[skip:]):
                return at + skip, words[skip:]
    return at, words


def _written(tokens: list[Token], first: int, last: int) -> str:
    parts = [tokens[first].raw]
    for token in tokens[first + 1 : last + 1]:
        parts += [token.gap, token.raw]
    name = "".join(parts)
    return name[:-2] if tokens[last].owns and name[-2:] in _POSSESSIVES else name

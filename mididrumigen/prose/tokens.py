"""Sentences -> words, and phrases that are looked for among them.

Conventions: a hyphen divides words, so "laid-back" and "laid back" are one phrase. What stands
between two words is kept with the second. A phrase is written as a drummer would: `|` divides words
that may stand for each other, `*` ends a word that may go on (`syncopat*`), `..` stands for at most
three words, `?` after a word makes it optional, ` / ` divides whole phrases.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"\d{1,4}/\d{1,2}(?![\w/])|\d+(?:\.\d+)?(?=bpm\b)|\d+(?:\.\d+)?(?!\w)"
    r"|[^\W_]+(?:['\u2019][^\W_]+)*",
    re.IGNORECASE,
)
_LONGEST_WORD = 40
APOSTROPHES = ("'", "\u2019")
"""As typed and as printed."""
_GAP, _SHORTEST = 3, 3
"""Words that a gap may hold; letters of the shortest beginning ("rim*")."""
_PLURAL_OWNS = tuple(f"{mark} " for mark in APOSTROPHES)


def word_set(written: str) -> frozenset[str]:
    """Words that are written with spaces between."""
    return frozenset(written.split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number."""

    word: str
    """In lower case, without the possessive."""
    raw: str
    start: int
    end: int
    gap: str
    """What stands between it and the word before."""
    owns: bool
    """A possessive: "Bonham's", "drummers'"."""

    @property
    def is_capital(self) -> bool:
        """Whether it is written with a capital."""
        return self.raw[0].isupper()


def tokens_of(sentence: str) -> list[Token]:
    """Words of a sentence in order."""
    found: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(sentence):
        raw = match[0]
        word = raw[: _LONGEST_WORD + 1].casefold().replace("\u2019", "'")
        owns = word.endswith("'s") or (
            word.endswith("s") and sentence[match.end() : match.end() + 2] in _PLURAL_OWNS
        )
        word = word.removesuffix("'s") or word
        found.append(
            Token(word, raw, match.start(), match.end(), sentence[end : match.start()], owns)
        )
        end = match.end()
    return found


class Found(NamedTuple):
    """A phrase among the words: tokens `first` to `last`, both included."""

    first: int
    last: int
    entry: int
    """Which one of the book."""


_Part = tuple[frozenset[str], tuple[str, ...], bool]
"""Whole words, beginnings of words, whether it may be left out."""
_Phrase = tuple[_Part | None, ...]
"""Its parts; None is a gap."""


@lru_cache(maxsize=4096)
def parse_phrases(phrases: str) -> tuple[_Phrase, ...]:
    """Phrases as written -> their parts."""
    return tuple(
        tuple(None if part == ".." else _part(part) for part in phrase.split())
        for phrase in phrases.split(" / ")
    )


def _part(written: str) -> _Part:
    optional = written.endswith("?")
    words = written.removesuffix("?").split("|")
    whole = frozenset(w for w in words if not w.endswith("*"))
    return whole, tuple(w[:-1] for w in words if w.endswith("*")), optional


class Book:
    """Phrases, found by their first word so that a text is read once however many there are."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._by_word: dict[str, tuple[tuple[int, _Phrase], ...]] = {}
        self._by_beginning: dict[str, tuple[tuple[int, _Phrase], ...]] = {}
        for number, written in enumerate(entries):
            for phrase in parse_phrases(written):
                first = phrase[0]
                if first is None or first[2]:
                    raise ValueError(f"{written!r} does not begin with a word")
                one = ((number, phrase),)
                for word in first[0]:
                    self._by_word[word] = self._by_word.get(word, ()) + one
                for beginning in {beginning[:_SHORTEST] for beginning in first[1]}:
                    self._by_beginning[beginning] = self._by_beginning.get(beginning, ()) + one

    def find(self, tokens: list[Token]) -> Iterator[Found]:
        """Every phrase that begins at some word, in the order of the words."""
        by_word, by_beginning = self._by_word, self._by_beginning
        for at, token in enumerate(tokens):
            word = token.word
            begun = by_word.get(word, ())
            if by_beginning and (more := by_beginning.get(word[:_SHORTEST])):
                begun = (*begun, *more)
            for number, phrase in begun:
                last = match_at(tokens, at, phrase)
                if last is not None:
                    yield Found(at, last, number)

    def has(self, tokens: list[Token]) -> bool:
        """Whether any phrase stands among the words."""
        return next(self.find(tokens), None) is not None


def match_at(tokens: list[Token], at: int, phrase: _Phrase) -> int | None:
    """Last token of a phrase that begins at token `at`; None where it does not."""
    last, gap = at - 1, 0
    for part in phrase:
        if part is None:
            gap = _GAP
            continue
        here = _next(tokens, at, last + 1, gap, part)
        if here is not None:
            last, gap = here, 0
        elif not part[2]:
            return None
    return last


def _next(tokens: list[Token], at: int, start: int, gap: int, part: _Part) -> int | None:
    """The first token from `start` on, at most `gap` later, that a part of a phrase fits."""
    for here in range(start, min(start + gap + 1, len(tokens))):
        if here > at and _divides(tokens[here].gap):
            return None
        if _fits(tokens[here].word, part):
            return here
    return None


def _divides(gap: str) -> bool:
    """Whether no phrase goes on over what stands between two words."""
    return any(mark in gap for mark in ".;:!?()—")


def _fits(word: str, part: _Part) -> bool:
    return word in part[0] or any(word.startswith(beginning) for beginning in part[1])

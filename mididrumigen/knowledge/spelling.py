"""Which known name a misspelt one is meant for.

Conventions: names are compared without "the", as they are written and as they sound (doubled
letters once, `c` as `k`, `y` as `i`), word by word. A word may have one slip (a letter left out,
put in, wrong, or two swapped), a long one two, but no other first letter: "Pink Lloyd" is not Pink
Floyd; and in a short word no wrong one, for that makes another word: "Tony Alley".
"""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from mididrumigen.models.names import normalise_name

_LONG_ENOUGH = 5
"""Fewer letters say too little: of "Tol" anything may have been meant."""
_FREE, _LONG_WORD, _SHORT_WORD = 8, 9, 6
"""Letters from which a name may have a letter that the known one lacks, a word two slips; below
which a word may have no other letter.
"""
_MOST_SLIPS = 3

_DOUBLED = re.compile(r"([^\W\d_])\1+")
_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("y", "i"), ("z", "s"))


class Spellings:
    """Every known name, to look among for one that is spelt otherwise. (To import this module takes
    25 ms: only for names that are not known.)
    """

    def __init__(self, written: Mapping[str, str]) -> None:
        """`written` are normalised names -> as they are written."""
        self._names = list(written.values())
        self._letters = [name.replace(" ", "") for name in written]
        words = [_words(name) for name in written]
        self._joined: dict[str, list[str]] = {}
        for name, parts in zip(self._names, words, strict=True):
            self._joined.setdefault("".join(parts), []).append(name)
        self._words = words
        self._sounds = [_sound("".join(parts)) for parts in words]

    def joined(self, name: str) -> list[str]:
        """Names of the same letters, wherever the spaces are: "jayz", "A C D C", "thebeatles"."""
        letters = "".join(_words(normalise_name(name)))
        bare = letters.removeprefix("the")
        return self._joined.get(letters) or (self._joined.get(bare, []) if len(bare) > 2 else [])

    def alike(self, name: str, limit: int, least: float) -> list[str]:
        """Names at least so alike (0-100, by edits) as `name`, the most alike first."""
        letters = normalise_name(name).replace(" ", "")
        found = process.extract(
            letters, self._letters, scorer=fuzz.ratio, score_cutoff=least, limit=limit
        )
        return [self._names[at] for _, _, at in found]

    def nearest(self, name: str) -> list[str]:
        """The names with the fewest slips between them and `name`; none where those are many."""
        words = _words(normalise_name(name))
        if sum(map(len, words)) < _LONG_ENOUGH:
            return []
        found = process.extract(
            _sound("".join(words)),
            self._sounds,
            scorer=OSA.distance,
            score_cutoff=_MOST_SLIPS,
            limit=None,
        )
        slips = {at: _slips(words, self._words[at]) for _, _, at in found}
        least = min((count for count in slips.values() if count is not None), default=None)
        return [self._names[at] for at, count in slips.items() if count == least is not None]


def _words(normalised: str) -> list[str]:
    words = normalised.split()
    return [word for word in words if word != "the"] or words


def _sound(words: str) -> str:
    for written, sounded in _SOUNDS:
        words = words.replace(written, sounded)
    return _DOUBLED.sub(r"\1", words)


def _slips(typed: list[str], known: list[str]) -> int | None:
    """How many slips turn one name into the other; None where it is another name."""
    one, other = "".join(typed), "".join(known)
    has_same_letters = set(one) == set(other)
    if len(typed) != len(known):  # spaces are wrong as well
        total = OSA.distance(_sound(one), _sound(other))
        return total if has_same_letters and one[0] == other[0] and total <= 1 else None
    total = 0
    for pair in zip(typed, known, strict=True):
        counts = (_slips_of_word(*pair), _slips_of_word(*map(_sound, pair)))
        least = min((count for count in counts if count is not None), default=None)
        if least is None:
            return None
        total += least
    is_sure = max(len(one), len(other)) >= _FREE or (has_same_letters and total <= 1)
    return total if is_sure else None


def _slips_of_word(typed: str, known: str) -> int | None:
    count = OSA.distance(typed, known)
    if count == 0 or (count == 1 and sorted(typed) == sorted(known)):  # two swapped
        return count
    if typed[0] != known[0] or count > 1 + (min(len(typed), len(known)) >= _LONG_WORD):
        return None
    if typed.startswith(known):  # "Simons" is not Simon
        return None
    has_other_letter = len(typed) == len(known) and set(typed) != set(known)
    return None if has_other_letter and len(typed) < _SHORT_WORD else count

"""Takes that are one song: the same bars in the same order, whoever typed them.

Conventions: a print is what is struck in a bar and on which step, without loudness and timing, as
four hexadecimal digits; the prints of a take stand one after another in one text. Songs of a few
plain bars are all alike without being one song, so a take says who it is only with enough
different bars.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from mididrumigen.groove.bars import PlayedBar

_DIGITS = 4
MAX_BARS = 500
"""Bars of a take whose prints are kept."""
_MIN_DIFFERENT = 6
_ALIKE = 0.8
"""Share of bars, in order, that two takes of one song have in common at least."""


def prints(bars: Sequence[PlayedBar]) -> str:
    """The prints of a take, in order."""
    return "".join(_print(bar) for bar in bars[:MAX_BARS])


def _print(bar: PlayedBar) -> str:
    struck = ",".join(f"{step}{voice}" for step, voice in sorted(bar.cells))
    return hashlib.sha256(f"{bar.grid.steps_per_quarter};{struck}".encode()).hexdigest()[:_DIGITS]


def is_same_song(one: str, other: str) -> bool:
    """Whether two takes, by their prints, are one song."""
    bars, others = _split(one), _split(other)
    if min(len(set(bars)), len(set(others))) < _MIN_DIFFERENT:
        return False
    shorter, longer = sorted((len(bars), len(others)))
    if shorter < _ALIKE * longer:
        return False
    # Regardless of order first: it takes a hundredth of the time, and settles nearly all.
    common = (Counter(bars) & Counter(others)).total()
    if 2 * common < _ALIKE * (shorter + longer):
        return False
    return SequenceMatcher(None, bars, others, autojunk=False).ratio() >= _ALIKE


class Songs:
    """Songs that were read, and which of them a take is another version of."""

    def __init__(self) -> None:
        self._songs: list[tuple[str, str]] = []
        self._with_bar: dict[str, list[int]] = {}

    def add(self, title: str, text: str) -> None:
        """Remember a take under a title, by its prints."""
        for bar in dict.fromkeys(_split(text)):
            self._with_bar.setdefault(bar, []).append(len(self._songs))
        self._songs.append((title, text))

    def twin(self, text: str) -> str | None:
        """Title of the first song that a take is another version of."""
        different = dict.fromkeys(_split(text))
        # Only what shares half of its bars is looked at: in a large library that is next to none.
        shared = Counter(song for bar in different for song in self._with_bar.get(bar, ()))
        for song in sorted(song for song, count in shared.items() if 2 * count >= len(different)):
            title, other = self._songs[song]
            if is_same_song(text, other):
                return title
        return None


def sameness(text: str) -> float:
    """Share of the commonest bar in a take, 0-1, by its prints."""
    bars = _split(text)
    return max(Counter(bars).values()) / len(bars) if bars else 0.0


def _split(text: str) -> list[str]:
    return [text[at : at + _DIGITS] for at in range(0, len(text), _DIGITS)]

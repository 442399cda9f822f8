"""Which bars of the vocabulary, in which order.

Conventions: a song is the bars that come from one piece of evidence; the bars of a phrase are taken
from one song, so that a jazz bar does not follow a rock bar of the same drummer. A weight is
relative. Songs near the asked tempo weigh more. `complexity` 0-100 tilts the choice to sparse or
busy bars; 50 leaves it to the artist.
"""

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

from mididrumigen.engine.metre import to_metre
from mididrumigen.groove.fold import jaccard
from mididrumigen.models import Bar, Metre, StyleProfile

_TEMPO_OCTAVE_COST = 3.0
"""Weight falls by e to this for a song at half or double tempo."""

_FOLLOW = 0.6
"""How often the bar that really followed is taken, where it is known; a noted pattern always goes
on.
"""
_RETURN = 0.5
"""How often every second bar comes back to the first of the phrase: A B A C."""
_LIKENESS_WIDTH = 0.15
_LOUDNESS_WIDTH = 10.0
"""A bar this much louder or softer than the one before it is taken less often by e."""


_ENOUGH_RELATIVES, RELATED = 3, 0.35
"""A take with fewer other bars than this borrows from bars at least this like the one to be
varied.
"""


class Lexicon:
    """The grooves of a profile in one metre, by song."""

    def __init__(
        self, profile: StyleProfile, metre: Metre, tempo_bpm: float, complexity: float
    ) -> None:
        self.profile = profile
        self.grooves = in_metre(profile.grooves, metre)
        self._songs: dict[str, list[Bar]] = {}
        for bar in self.grooves:
            self._songs.setdefault(self._song_key(bar), []).append(bar)
        tilt = (complexity - 50) / 50
        mean = sum(_density(b) for b in self.grooves) / max(1, len(self.grooves))
        self._weights = {
            key: [bar.weight * math.exp(tilt * (_density(bar) - mean)) for bar in bars]
            for key, bars in self._songs.items()
        }
        weights = [
            sum(self._weights[key]) * near_tempo(profile, song_of(bars[0]), tempo_bpm)
            for key, bars in self._songs.items()
        ]
        # A take of which no bar has a downbeat is a fragment: no phrase can start with it.
        starts = [
            weight if any(map(_has_downbeat, bars)) or song_of(bars[0]) not in profile.feels else 0
            for weight, bars in zip(weights, self._songs.values(), strict=True)
        ]
        self._song_weights = starts if any(starts) else weights

    def _song_key(self, bar: Bar) -> str:
        """What a phrase stays within: a take, on one grid; of noted grooves, one pattern."""
        measured = song_of(bar) in self.profile.feels
        return f"{song_of(bar)}|{bar.steps_per_quarter}|{'' if measured else bar.name}"

    def song(self, rng: Random) -> str:
        """Key of a song to take a phrase from."""
        return pick(list(self._songs), self._song_weights, rng)

    def phrase(self, key: str, bars: int, rng: Random) -> list[Bar]:
        """`bars` bars of one song."""
        own, weights = self._songs[key], self._weights[key]
        measured = song_of(own[0]) in self.profile.feels
        likeness = self.profile.feel(song_of(own[0]), "bar_similarity", 0.6)
        # A phrase starts on a downbeat, where the artist has one; a noted pattern where it begins.
        opens = [_has_downbeat(bar) if measured else _begins(bar, own) for bar in own]
        openings = [weight * may for weight, may in zip(weights, opens, strict=True)]
        phrase = [pick(own, openings if any(openings) else weights, rng)]
        while len(phrase) < bars:
            followers = [bar for bar in own if _follows(phrase[-1], bar)]
            if measured and len(phrase) % 2 == 0 and rng.random() < _RETURN:
                phrase.append(phrase[0])
                continue
            if followers and (not measured or rng.random() < _FOLLOW):
                phrase.append(pick(followers, [b.weight for b in followers], rng))
                continue
            near = [
                weight
                * _closeness(jaccard(bar.grid, phrase[-1].grid), likeness)
                * _as_loud(bar, phrase[-1])
                for bar, weight in zip(own, weights, strict=True)
            ]
            phrase.append(pick(own, near, rng))
        return phrase

    def relatives(self, bar: Bar) -> list[Bar]:
        """Other bars on the same grid: of the same take where it has some, else like this one."""
        same_grid = [
            b
            for b in self.grooves
            if b.steps_per_quarter == bar.steps_per_quarter and b.grid != bar.grid
        ]
        song = [b for b in same_grid if song_of(b) == song_of(bar)]
        if len(song) >= _ENOUGH_RELATIVES:
            return song
        return song + [
            b
            for b in same_grid
            if song_of(b) != song_of(bar) and jaccard(b.grid, bar.grid) >= RELATED
        ]


def near_tempo(profile: StyleProfile, song: str, tempo_bpm: float) -> float:
    """Weight of a take at this tempo, 0-1; 1 for notes."""
    own = profile.feels.get(song, {}).get("tempo_bpm")
    if own is None:
        return 1.0
    return math.exp(-_TEMPO_OCTAVE_COST * abs(math.log2(tempo_bpm / own)))


def _has_downbeat(bar: Bar) -> bool:
    return any(s.step == 0 for s in bar.strokes)


def _density(bar: Bar) -> float:
    """Strokes a quarter note."""
    return len(bar.strokes) / bar.metre.quarters


def in_metre(bars: Sequence[Bar], metre: Metre) -> list[Bar]:
    """The bars that are in `metre`; where there is none, all of them regrouped to it."""
    return [bar for bar in bars if bar.metre == metre] or [to_metre(bar, metre) for bar in bars]


def song_of(bar: Bar) -> str:
    """Evidence id that a bar is from."""
    return bar.sources[0][0] if bar.sources else ""


def _follows(bar: Bar, other: Bar) -> bool:
    """Whether `other` was played right after `bar` in any of the places both are from."""
    places = set(other.sources)
    return any((song, number + 1) in places for song, number in bar.sources)


def _begins(bar: Bar, own: Sequence[Bar]) -> bool:
    """Whether `bar` is the first of its pattern, or the only one: none of `own` leads to it."""
    song, number = bar.sources[0] if bar.sources else ("", 0)
    return not any((song, number - 1) in other.sources for other in own)


def _closeness(value: float, target: float) -> float:
    return math.exp(-(((value - target) / _LIKENESS_WIDTH) ** 2)) + 1e-3


def _as_loud(bar: Bar, other: Bar) -> float:
    """How near two bars are in loudness, 0-1."""
    return math.exp(-(((_loudness(bar) - _loudness(other)) / _LOUDNESS_WIDTH) ** 2))


def _loudness(bar: Bar) -> float:
    """Mean velocity of a bar, 1-127; 0 for an empty one."""
    return sum(s.velocity for s in bar.strokes) / max(1, len(bar.strokes))


_Item = TypeVar("_Item")


def pick(items: Sequence[_Item], weights: Sequence[float], rng: Random) -> _Item:
    """One item, with a chance in proportion to its weight."""
    target = rng.random() * sum(weights)
    for item, weight in zip(items, weights, strict=True):
        target -= weight
        if target < 0:
            return item
    return items[-1]

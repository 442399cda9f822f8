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
from mididrumigen.models import Bar, Metre, Request, StyleProfile

_TEMPO_OCTAVE_COST = 3.0
"""Weight falls by e to this for a song at half or double tempo."""

_FOLLOW = 0.6
"""How often the bar that really followed is taken, where it is known."""
_RETURN = 0.5
"""How often every second bar comes back to the first of the phrase: A B A C."""
_LIKENESS_WIDTH = 0.15


class Lexicon:
    """The grooves of a profile in the metre of a request, by song."""

    def __init__(self, profile: StyleProfile, request: Request) -> None:
        self.profile = profile
        grooves = in_metre(profile.grooves, request.metre)
        songs: dict[str, list[Bar]] = {}
        for bar in grooves:
            songs.setdefault(song_of(bar), []).append(bar)
        self.songs = songs
        tilt = (request.controls.complexity - 50) / 50
        mean = sum(len(b.strokes) / b.metre.quarters for b in grooves) / max(1, len(grooves))
        self.weights = {
            song: [
                bar.weight * math.exp(tilt * (len(bar.strokes) / bar.metre.quarters - mean))
                for bar in bars
            ]
            for song, bars in songs.items()
        }
        self.song_weights = {
            song: sum(self.weights[song]) * self._near_tempo(song, request.tempo_bpm)
            for song in songs
        }

    def _near_tempo(self, song: str, tempo_bpm: float) -> float:
        own = self.profile.feels.get(song, {}).get("tempo_bpm")
        if own is None:
            return 1.0
        return math.exp(-_TEMPO_OCTAVE_COST * abs(math.log2(tempo_bpm / own)))

    def phrase(self, bars: int, rng: Random) -> list[Bar]:
        """`bars` bars of one song."""
        song = pick(list(self.song_weights), list(self.song_weights.values()), rng)
        own, weights = self.songs[song], self.weights[song]
        likeness = self.profile.feel(song, "bar_similarity", 0.6)
        phrase = [pick(own, weights, rng)]
        while len(phrase) < bars:
            if len(phrase) % 2 == 0 and rng.random() < _RETURN:
                phrase.append(phrase[0])
                continue
            followers = [bar for bar in own if _follows(phrase[-1], bar)]
            if followers and rng.random() < _FOLLOW:
                phrase.append(pick(followers, [b.weight for b in followers], rng))
                continue
            near = [
                weight * _closeness(jaccard(bar.grid, phrase[-1].grid), likeness)
                for bar, weight in zip(own, weights, strict=True)
            ]
            phrase.append(pick(own, near, rng))
        return phrase

    def relatives(self, bar: Bar) -> list[Bar]:
        """Other bars on the same grid, of the same song where it has some."""
        song = [b for b in self.songs[song_of(bar)] if b.steps_per_quarter == bar.steps_per_quarter]
        others = [b for b in song if b.grid != bar.grid]
        if len(others) >= 2 or not self.profile.feels:
            return others
        everywhere = [b for bars in self.songs.values() for b in bars]
        return [
            b
            for b in everywhere
            if b.steps_per_quarter == bar.steps_per_quarter and 0.3 <= jaccard(b.grid, bar.grid) < 1
        ]


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


def _closeness(value: float, target: float) -> float:
    return math.exp(-(((value - target) / _LIKENESS_WIDTH) ** 2)) + 1e-3


_Item = TypeVar("_Item")


def pick(items: Sequence[_Item], weights: Sequence[float], rng: Random) -> _Item:
    """One item, with a chance in proportion to its weight."""
    target = rng.random() * sum(weights)
    for item, weight in zip(items, weights, strict=True):
        target -= weight
        if target < 0:
            return item
    return items[-1]

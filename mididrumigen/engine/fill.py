"""Fills and the crash that answers them.

Conventions: a fill takes over a groove bar from its first step to the bar line. At `fills` 50 they
come at the artist's own rate, gathered at the ends of four-bar phrases as drummers do; at 0 never,
at 100 at every such end.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine.choose import in_metre, pick, song_of
from mididrumigen.engine.levels import Levels
from mididrumigen.groove.pulse import beat_steps
from mididrumigen.models import Bar, Metre, Stroke, StyleProfile

PHRASE_BARS = 4
_END_SHARE = 3.0
"""Bars at a phrase end hold this many times the mean rate of fills (measured: .24-.27 in bars 4 and
8 against .15-.18).
"""
_LAST_BAR = 0.75
"""Chance of a fill in the last bar at least, at the artist's own rate: a full part leads
somewhere.
"""

_OWN_SONG = 4
"""A fill of the groove's own song counts this many times."""
_LENGTH_WIDTH = 2.0
"""The weight of a fill falls by e for this many quarters beside the artist's usual length."""
_STEADY = 3
"""Strokes a bar that make a timekeeper of a crash or china."""
_LONG_QUARTERS = 2
"""Fills of a part of their own have at least this many quarters, as long as there are some."""


class Fills:
    """The fills of a profile in the metre of a request; `seed` orders the long ones."""

    def __init__(
        self, profile: StyleProfile, levels: Levels, metre: Metre, control: float, seed: str
    ) -> None:
        self.profile, self._levels = profile, levels
        self.fills = in_metre(profile.fills, metre) if profile.fills else []
        self.control = control
        self._seed = seed

    def falls_on(self, bar: int, bars: int, rng: Random) -> bool:
        """Whether bar number `bar` (from 0) of `bars` ends in a fill."""
        is_last = bar == bars - 1 and bars > 1
        if (bar + 1) % PHRASE_BARS and not is_last:
            rng.random()  # one draw a bar, whatever the length: the same seed goes on alike
            return False
        own = min(0.9, self.profile.trait("fill_rate", 0.15) * _END_SHARE)
        if is_last:
            own = max(own, _LAST_BAR)
        return rng.random() < scaled(own, self.control)

    def put_on(self, groove: Bar, rng: Random) -> Bar:
        """The groove bar ending in a fill on its grid, of its own song if there is one."""
        fitting = self._fitting(groove)
        if not fitting:
            return grown(groove, tuple(self.profile.kit), rng)
        usual = self.profile.trait("fill_quarters", 2.0)
        weights = [
            f.weight
            * (_OWN_SONG if song_of(f) == song_of(groove) else 1)
            * math.exp(-abs(_quarters(f) - usual) / _LENGTH_WIDTH)
            for f in fitting
        ]
        return self._joined(groove, pick(fitting, weights, rng))

    def long_one(self, groove: Bar, number: int, rng: Random) -> Bar:
        """The groove bar ending in fill `number` (from 1) of a fixed order, long ones first.

        Each number gives another fill; when there are no more, they are grown.
        """
        fitting = self._fitting(groove)
        Random(f"{self._seed}|long").shuffle(fitting)
        fitting.sort(key=lambda f: _quarters(f) < _LONG_QUARTERS)
        if number > len(fitting):
            return grown(groove, tuple(self.profile.kit), rng)
        return self._joined(groove, fitting[number - 1])

    def with_crash(self, bar: Bar) -> Bar:
        """The bar with a crash and a kick on the one, in place of its timekeeper there."""
        rest = [
            s
            for s in bar.strokes
            if s.step or FAMILY[s.voice] not in ("crash", "ride", "hat", "kick")
        ]
        song = song_of(bar)
        accents = [
            Stroke(0, voice, self._levels.accent(FAMILY[voice], song))
            for voice in (Voice.CRASH, Voice.KICK)
        ]
        return replace(bar, strokes=tuple(sorted([*accents, *rest])))

    def _joined(self, groove: Bar, fill: Bar) -> Bar:
        """The groove up to the fill, then the fill."""
        fill = self._levels.matched(fill, song_of(groove))
        kept = [s for s in groove.strokes if s.step < fill.fill_from]
        new = [s for s in fill.strokes if s.step >= fill.fill_from]
        return replace(
            groove, kind="fill", fill_from=fill.fill_from, strokes=tuple(sorted(kept + new))
        )

    def _fitting(self, groove: Bar) -> list[Bar]:
        return [f for f in self.fills if f.steps_per_quarter == groove.steps_per_quarter]


def _quarters(fill: Bar) -> float:
    """Length of a fill in quarter notes."""
    return (fill.steps - fill.fill_from) / fill.steps_per_quarter


def scaled(own: float, control: float) -> float:
    """A chance of `own` at control 50, 0 at 0 and 1 at 100."""
    if control <= 50:
        return own * control / 50
    return own + (1 - own) * (control - 50) / 50


def grown(groove: Bar, kit: Sequence[Voice], rng: Random) -> Bar:
    """A fill for an artist of whom none is known: one or two beats down the kit, louder to the
    end.
    """
    toms = [v for v in kit if FAMILY[v] == "tom"] or [Voice.TOM_HIGH, Voice.TOM_FLOOR_HIGH]
    path = [Voice.SNARE, *toms]
    beat = beat_steps(groove.metre, groove.steps_per_quarter)
    start = max(0, groove.steps - beat * (1 + int(rng.random() * 2)))
    strokes = []
    for step in range(start, groove.steps):
        along = (step - start) / max(1, groove.steps - start)
        if step > start and rng.random() < 0.15:
            continue
        voice = path[min(int(along * len(path) + rng.random() * 0.7), len(path) - 1)]
        strokes.append(
            Stroke(step, voice, round(72 + 40 * along + (10 if step % beat == 0 else 0)))
        )
    kept = [s for s in groove.strokes if s.step < start]
    return replace(groove, kind="fill", fill_from=start, strokes=tuple(sorted(kept + strokes)))


def without_crash(bar: Bar) -> Bar:
    """The bar with the timekeeper in place of a crash on the one, so that it loops.

    A cymbal that keeps the time itself (a ridden crash, a china in quarters) is no accent and
    stays.
    """
    keeper = timekeeper(bar)
    if FAMILY[keeper] == "crash":
        return bar
    strokes: dict[tuple[int, Voice], Stroke] = {}
    for s in bar.strokes:
        if s.step == 0 and FAMILY[s.voice] == "crash":
            s = replace(s, voice=keeper, velocity=min(s.velocity, 100))
        strokes[s.step, s.voice] = s
    return replace(bar, strokes=tuple(sorted(strokes.values())))


def timekeeper(bar: Bar) -> Voice:
    """The cymbal that is struck most; a closed hi-hat where there is none.

    A crash or china keeps time where it is struck more often than a lone accent.
    """
    counts: dict[Voice, int] = {}
    for s in bar.strokes:
        if FAMILY[s.voice] in ("hat", "ride", "crash") and s.voice is not Voice.HAT_PEDAL:
            counts[s.voice] = counts.get(s.voice, 0) + 1
    steady = {v: n for v, n in counts.items() if FAMILY[v] != "crash" or n >= _STEADY}
    return max(steady, key=lambda v: (steady[v], v), default=Voice.HAT_CLOSED)

"""How loud a player hits each family of voices in each take, so that bars of two takes agree.

Conventions: a level is a mean velocity, 1-127. Recordings differ in how hard pads were set and
songs in how hard they are played; a fill that is borrowed from another take is played at the level
of the groove that it ends. The balance within a family (ghosts and accents) stays.
"""

from collections.abc import Mapping
from dataclasses import replace

from mididrumigen.drums import FAMILY, Family
from mididrumigen.engine.choose import song_of
from mididrumigen.models import Bar, StyleProfile

_MOST = 1.6
"""Velocities are scaled by this much at most, either way."""
_USUAL: Mapping[Family, float] = {"kick": 108, "crash": 112}
"""Of an accent, where nothing is known."""


class Levels:
    """Mean velocities of the takes of a profile; a noted style has one level."""

    def __init__(self, profile: StyleProfile) -> None:
        self._profile = profile
        self._of_song: dict[str, dict[Family, float]] = {}

    def accent(self, family: Family, song: str) -> int:
        """Velocity of a lone accent on this family in a take."""
        own = self._levels(song)
        known = self._profile.traits.get(f"velocity_mean.{family}")
        loud = own.get(family, known.value if known else _USUAL.get(family, 100.0))
        return max(1, min(127, round(loud)))

    def matched(self, bar: Bar, song: str) -> Bar:
        """The bar at the levels of another take."""
        own = song_of(bar)
        if own == song or own not in self._profile.feels:
            return bar
        there, here = self._levels(own), self._levels(song)
        scales = {
            family: max(1 / _MOST, min(_MOST, here[family] / there[family]))
            for family in there
            if family in here
        }
        return replace(
            bar,
            strokes=tuple(
                replace(s, velocity=_clip(s.velocity * scales.get(FAMILY[s.voice], 1.0)))
                for s in bar.strokes
            ),
        )

    def _levels(self, song: str) -> dict[Family, float]:
        if song not in self._of_song:
            sums: dict[Family, tuple[float, float]] = {}
            for bar in self._profile.grooves:
                if song_of(bar) == song:
                    for s in bar.strokes:
                        total, weight = sums.get(FAMILY[s.voice], (0.0, 0.0))
                        sums[FAMILY[s.voice]] = (
                            total + s.velocity * bar.weight,
                            weight + bar.weight,
                        )
            self._of_song[song] = {family: total / w for family, (total, w) in sums.items()}
        return self._of_song[song]


def _clip(velocity: float) -> int:
    return max(1, min(127, round(velocity)))

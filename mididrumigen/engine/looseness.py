"""How much of a stroke's lateness is the player's, the limb's and the moment's.

Conventions: milliseconds. What a voice deviates by is the sum of a shared part, the same for all
that is struck at one moment, and a part of its own. Both are partly slow (`wander`) and partly
new at each stroke. The sizes come from three measured things: the spread of each voice, how far it
and the timekeeper come apart when struck together, and how much of the timekeeper's lateness is
left at its next stroke.

Numbers where a take was not measured: facts of the Groove MIDI Dataset (Google LLC, CC BY 4.0),
medians over 387 takes.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from mididrumigen.drums import Family
from mididrumigen.engine.wander import memory

HUMAN_LIMIT_MS, HUMAN_LIMIT_STEP = 24.0, 0.176
"""The 95th percentile of human spreads: no voice is looser, whatever a file says; the second is the
hi-hat's share of a 16th, for fast tempos.
"""
HUMAN_LIMIT_SD = 2.5
"""No single stroke is farther off than this many spreads."""

USUAL_DRIFT = 0.68
_SPREAD: dict[Family, float] = {"kick": 1.17, "snare": 1.09, "ride": 1.0, "tom": 1.16}
"""Spread of a voice against the hi-hat's: 18.4, 17.1, 15.8 and 18.3 ms to 15.7."""
_GAP = 0.74
"""Distance of two voices that are struck together, against the spread of the first: 13.8 of 18.4
ms, 12.3 of 17.1.
"""
_GHOST = 1.4
"""Ghosts deviate this much more than backbeats: 24.8 against 17.1 ms."""
_MOST_SHARED, _MOST_SLOW = 0.95, 0.95

Value = Callable[[str, Family, float], float]
"""(trait, family, default) -> what was measured of a take, else of the artist, else the default."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How wide one voice deviates, ms: standard deviations of its two parts."""

    shared: float
    own: float


class Looseness:
    """The looseness of one take, or of an artist without takes."""

    def __init__(
        self,
        value: Value,
        keeper: Family,
        spacing_quarters: float,
        usual_ms: float,
        ghosts: float = 0.0,
    ) -> None:
        """`spacing_quarters` is the timekeeper's, `usual_ms` the spread where none is known,
        `ghosts` the share of ghosts among the strokes of the snare, 0-1.
        """
        self._value, self._usual_ms, self._ghosts = value, usual_ms, ghosts
        kept = self._spread(keeper) ** 2
        together = [self._covariance(family, kept) for family in ("kick", "snare")]
        self._common = max(0.0, min(sum(together) / len(together), _MOST_SHARED * kept))
        slow = value("timing_drift", keeper, USUAL_DRIFT) / memory(spacing_quarters) * kept
        self.slow = min(slow / self._common, _MOST_SLOW) if self._common else 0.0
        """Share of the shared part's variance that is slow."""
        left = kept - self._common
        self.own_slow = max(0.0, min((slow - self._common) / left, _MOST_SLOW)) if left else 0.0
        """Share of the own part's variance that is slow."""
        self._keeper, self._kept = keeper, kept
        self._found: dict[tuple[Family, bool], Spread] = {}

    def spread(self, family: Family, ghost: bool, step_ms: float) -> Spread:
        """Both parts for a stroke, within what people do at this length of a 16th (one and the same
        for all that is asked of one object).
        """
        if (family, ghost) not in self._found:
            self._found[family, ghost] = self._parts(family, ghost, step_ms)
        return self._found[family, ghost]

    def _parts(self, family: Family, ghost: bool, step_ms: float) -> Spread:
        whole = self._spread(family)
        if family == self._keeper:
            shared = math.sqrt(self._common)
        elif self._common:
            covariance = min(self._covariance(family, self._kept), _MOST_SHARED * whole * whole)
            shared = min(covariance / math.sqrt(self._common), math.sqrt(_MOST_SHARED) * whole)
        else:
            shared = 0.0
        own = math.sqrt(whole * whole - shared * shared)
        if family == "snare":  # what is known of it is of ghosts and backbeats together
            own /= math.sqrt(1 + self._ghosts * (_GHOST * _GHOST - 1))
            own *= _GHOST if ghost else 1.0
        limit = min(HUMAN_LIMIT_MS, HUMAN_LIMIT_STEP * step_ms * _SPREAD.get(family, 1.0))
        both = math.hypot(shared, own)
        scale = min(1.0, limit / both) if both else 1.0
        return Spread(shared * scale, own * scale)

    def _spread(self, family: Family) -> float:
        usual = self._value("timing_sd_ms", "percussion", self._usual_ms)
        return self._value("timing_sd_ms", family, usual * _SPREAD.get(family, 1.0))

    def _covariance(self, family: Family, kept: float) -> float:
        """Of this voice and the timekeeper, ms squared."""
        spread = self._spread(family)
        gap = self._value("gap_sd_ms", family, _GAP * spread)
        return max(0.0, (spread * spread + kept - gap * gap) / 2)

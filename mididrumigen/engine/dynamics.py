"""How loud each stroke is.

Conventions: velocity 1-127. A stroke has a role (its voice and its place in the bar) with a usual
loudness; what is left around that is chance, nearly white (lag-1 correlation about 0.1; in timing
it is 0.7), and `humanize` scales it. `dynamics` scales the distance from the voice's mean,
`intensity` all of it.
"""

import math
from collections.abc import Mapping, Sequence

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.engine.bar_feel import known_trait
from mididrumigen.engine.choose import song_of
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import Bar, Request, Stroke, StyleProfile

_KEPT = 0.6
"""Share of the variance around the usual loudness that a measured bar keeps of its own; the rest is
new each time.
"""
_LOUDEST = 127
_BEYOND, _BEYOND_MOSTLY = 0.8, 1.5
"""A stroke at the top of the range was this many spreads louder than the instrument can say (the
mean of a normal distribution above its middle); more where most strokes of its role were.
"""
_GHOST_JITTER = 0.6
_INTENSITY_RANGE = 0.25
"""Loudness changes by up to this share from `intensity` 50 to 0 or 100."""

Role = tuple[int, int, Voice]
"""(steps a quarter, step, voice)"""


def is_ghost(stroke: Stroke) -> bool:
    """True for a quiet stroke of the snare."""
    return FAMILY[stroke.voice] == "snare" and stroke.velocity < GHOST_VELOCITY


class Dynamics:
    """Loudness of the strokes of a pattern."""

    def __init__(self, bars: Sequence[Bar], profile: StyleProfile, request: Request) -> None:
        self._profile, self._request = profile, request
        self._usual = {
            song: _usual(profile, song)
            for song in dict.fromkeys(map(song_of, bars))
            if song in profile.feels
        }
        self._centres = _centres(bars)

    def velocity(self, stroke: Stroke, bar: Bar, chance: float) -> int:
        """Velocity of a stroke; `chance` is a standard normal number.

        A ghost stays a ghost and a full stroke a full one while `dynamics` is up.
        """
        c = self._request.controls
        usual, spread = self._role(stroke, bar)
        loud = usual + chance * spread * c.humanize / 100
        centre = self._centres[stroke.voice]
        loud = centre + (loud - centre) * c.dynamics / 100
        loud *= 1 + (c.intensity - 50) / 50 * _INTENSITY_RANGE
        low, high = 1, _LOUDEST
        if FAMILY[stroke.voice] == "snare" and c.dynamics >= 50:
            low, high = (1, GHOST_VELOCITY - 1) if is_ghost(stroke) else (GHOST_VELOCITY, high)
        return max(low, min(high, round(loud)))

    def _role(self, stroke: Stroke, bar: Bar) -> tuple[float, float]:
        """(usual loudness, spread) of a stroke."""
        song = song_of(bar)
        family = FAMILY[stroke.voice]
        default = self._request.humanization.velocity_variation * 127
        jitter = known_trait(self._profile, song, "velocity_jitter", family, default)
        if song not in self._usual:
            return self._noted(stroke), jitter * (_GHOST_JITTER if is_ghost(stroke) else 1.0)
        played = float(stroke.velocity)
        role = (bar.steps_per_quarter, stroke.step, stroke.voice)
        usual, at_top = self._usual[song].get(role, (played, 0.0))
        if stroke.velocity >= _LOUDEST:
            played += (_BEYOND_MOSTLY if at_top > 0.5 else _BEYOND) * jitter
        if is_ghost(stroke) != (usual < GHOST_VELOCITY):
            usual = played  # the same place holds ghosts and full strokes: their mean is neither
        keep = math.sqrt(_KEPT) * self._request.controls.humanize / 100
        spread = jitter * math.sqrt(1 - _KEPT) * (_GHOST_JITTER if is_ghost(stroke) else 1.0)
        return usual + (played - usual) * keep, spread

    def _noted(self, stroke: Stroke) -> float:
        """Loudness of a mark; those of the snare are as loud as the artist's."""
        if FAMILY[stroke.voice] != "snare":
            return stroke.velocity
        mark, trait = (".", "ghost_velocity") if is_ghost(stroke) else ("X", "backbeat_velocity")
        usual = MARK_VELOCITIES[mark]
        return stroke.velocity * self._profile.trait(trait, usual) / usual


def _usual(profile: StyleProfile, song: str) -> dict[Role, tuple[float, float]]:
    """(mean velocity, share at the top of the range) of each role in the bars of a take."""
    sums: dict[Role, tuple[float, float, float]] = {}
    for bar in (*profile.grooves, *profile.fills):
        if song_of(bar) == song:
            for s in bar.strokes:
                role = (bar.steps_per_quarter, s.step, s.voice)
                total, top, weight = sums.get(role, (0.0, 0.0, 0.0))
                sums[role] = (
                    total + s.velocity * bar.weight,
                    top + bar.weight * (s.velocity >= _LOUDEST),
                    weight + bar.weight,
                )
    return {role: (total / weight, top / weight) for role, (total, top, weight) in sums.items()}


def _centres(bars: Sequence[Bar]) -> Mapping[Voice, float]:
    """Mean velocity of each voice: what `dynamics` 0 flattens to."""
    sums: dict[Voice, tuple[int, int]] = {}
    for bar in bars:
        for s in bar.strokes:
            total, count = sums.get(s.voice, (0, 0))
            sums[s.voice] = (total + s.velocity, count + 1)
    return {voice: total / count for voice, (total, count) in sums.items()}

"""Flams, drags and doubles: the small strokes that decorate one.

Conventions: times are milliseconds against the stroke that is decorated, negative before it. Where
there is no room beside the other strokes of the same voice, nothing is played. What is played here
is read back as the same ornament (`groove.bars`).

Numbers are measured on 897 takes by ten drummers (see `groove.bars`): 1,090 flams, 393 drags and
1,365 doubles of full snare and tom strokes. Flams and drags take their time whatever the tempo;
doubles are part of the grid.
"""

import math
from random import Random

from mididrumigen.groove.bars import DOUBLE_STEPS, FASTEST_DOUBLE_MS
from mididrumigen.models.groove import Ornament

_FLAM_MS, _FLAM_SD_MS = 28.0, 9.0
"""How far before its stroke a flam's grace stroke lies (measured: 29; 9 within a take)."""
_FLAM_RANGE_MS = (15.0, 45.0)
_DRAG_MS, _DRAG_SD_MS = 66.0, 8.0
"""From one stroke of a drag to the next (measured: 64 and 68): drags are open, and lead in from 132
ms before.
"""
_DRAG_RANGE_MS = (54.0, 78.0)
_CLOSEST_DRAG_MS = 28.0
"""Where the room is small a drag is played closer, down to this."""
_MOST_STEPS = 0.55
"""Gaps of grace strokes are no longer than this at a fast tempo: the grid begins there."""
_ROOM_MS, _ROOM = 45.0, 1.6
"""The stroke before grace strokes is at least so far away, and so many times their own gap."""

_FLAM_RATIO, _DRAG_RATIO, _GRACE_RATIO_SD = 0.5, 0.42, 0.13
"""Loudness of a grace stroke as a share of its stroke's (measured: 0.50 before flams, 0.42 and 0.40
in drags; 0.13 within a take).
"""
_FLAM_RATIOS, _DRAG_RATIOS = (0.25, 0.75), (0.25, 0.65)
_DOUBLE_RATIO, _DOUBLE_RATIO_SD = 0.9, 0.1
"""That of a double's second stroke (measured: 0.91, half of them 0.79-1.05)."""
_DOUBLE_RATIOS = (0.65, 1.0)

_DOUBLE_SD = 0.04
"""Deviation of the second stroke from half way, as a share of that."""
_TICK_MS = 2.0
"""What the rounding to ticks may take away."""


def ornament_hits(
    ornament: Ornament,
    velocity: int,
    *,
    step_ms: float,
    before_ms: float = math.inf,
    after_ms: float = math.inf,
    rng: Random,
) -> tuple[tuple[float, int], ...]:
    """(ms against the stroke, velocity) of the strokes that decorate one of this velocity, in order
    of time; empty where there is no room.

    `before_ms` and `after_ms` are to the strokes of the same voice on either side.
    """
    if ornament == "flam":
        return _flam(velocity, step_ms, before_ms, rng)
    if ornament == "drag":
        return _drag(velocity, step_ms, before_ms, rng)
    if ornament == "double":
        return _double(velocity, step_ms, after_ms, rng)
    return ()


def _flam(
    velocity: int, step_ms: float, before_ms: float, rng: Random
) -> tuple[tuple[float, int], ...]:
    gap = min(_near(rng, _FLAM_MS, _FLAM_SD_MS, _FLAM_RANGE_MS), _MOST_STEPS * step_ms)
    loud = _share(rng, velocity, _FLAM_RATIO, _GRACE_RATIO_SD, _FLAM_RATIOS)
    if before_ms - gap < max(_ROOM_MS, _ROOM * gap):
        return ()
    return ((-gap, loud),)


def _drag(
    velocity: int, step_ms: float, before_ms: float, rng: Random
) -> tuple[tuple[float, int], ...]:
    first, second = (_near(rng, _DRAG_MS, _DRAG_SD_MS, _DRAG_RANGE_MS) for _ in range(2))
    one, other = (
        _share(rng, velocity, _DRAG_RATIO, _GRACE_RATIO_SD, _DRAG_RATIOS) for _ in range(2)
    )
    longest = max(first, second)
    # Both gaps, and the room before them.
    most = min(_MOST_STEPS * step_ms, before_ms / (2 + _ROOM))
    scale = min(1.0, most / longest)
    if longest * scale < _CLOSEST_DRAG_MS:
        return ()
    return ((-(first + second) * scale, one), (-second * scale, other))


def _double(
    velocity: int, step_ms: float, after_ms: float, rng: Random
) -> tuple[tuple[float, int], ...]:
    half = min(step_ms, after_ms) / 2
    place = half * _near(rng, 1.0, _DOUBLE_SD, (1 - 2 * _DOUBLE_SD, 1 + 2 * _DOUBLE_SD))
    loud = _share(rng, velocity, _DOUBLE_RATIO, _DOUBLE_RATIO_SD, _DOUBLE_RATIOS)
    least = max(FASTEST_DOUBLE_MS, DOUBLE_STEPS[0] * step_ms) + _TICK_MS
    return ((max(place, least), loud),) if half >= least else ()


def _near(rng: Random, mean: float, deviation: float, limits: tuple[float, float]) -> float:
    """A value around a mean, within limits."""
    low, high = limits
    return max(low, min(high, rng.gauss(mean, deviation)))


def _share(
    rng: Random, velocity: int, mean: float, deviation: float, limits: tuple[float, float]
) -> int:
    """Velocity of a small stroke beside one of `velocity`."""
    return max(1, min(127, round(velocity * _near(rng, mean, deviation, limits))))

"""Where the steps of a quarter note lie, and which grid a take is on.

Conventions: swing is the share of a pair taken by its first note in percent, so 50 is straight and
66.7 an even triplet. `swing_8ths` places the off-beat eighth in the quarter, `swing_16ths` the
off-beat 16th in the eighth. On the triplet grid the last step of the three is the off-beat eighth
and the middle one lies half way to it.

The fit looks at the phases of all hits in their quarter notes and takes the layout with the
smallest clipped RMS distance, counted in steps so that fine and coarse grids compare; a common
early or late mean is latency, not swing.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from mididrumigen.models import TICKS_PER_QUARTER

STRAIGHT, TRIPLET = 4, 3
STRAIGHT_SWING, TRIPLET_SWING = 50.0, 200 / 3

_BINS = 120
_CLIP_STEPS = 0.35
"""A hit farther than this from every step is an ornament; its distance counts no more than this."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Steps of a quarter note."""

    steps_per_quarter: int
    swing_8ths: float = STRAIGHT_SWING
    swing_16ths: float = STRAIGHT_SWING

    @property
    def phases(self) -> tuple[float, ...]:
        """Position of each step in the quarter note, 0-1."""
        return tuple(
            step_phase(step, self.steps_per_quarter, self.swing_8ths, self.swing_16ths)
            for step in range(self.steps_per_quarter)
        )


def step_phase(step: int, steps_per_quarter: int, swing_8ths: float, swing_16ths: float) -> float:
    """Position of a step (0 up to `steps_per_quarter` - 1) in its quarter note, 0-1."""
    off_beat = swing_8ths / 100
    if steps_per_quarter == TRIPLET:
        return (0.0, off_beat / 2, off_beat)[step]
    half, odd = divmod(step, 2)
    start = off_beat if half else 0.0
    length = 1 - off_beat if half else off_beat
    return start + (length * swing_16ths / 100 if odd else 0.0)


_CANDIDATES = (
    *(Grid(STRAIGHT, 50, s) for s in range(50, 68, 2)),
    *(Grid(STRAIGHT, e, 50) for e in range(52, 62, 2)),
    *(Grid(TRIPLET, e) for e in (TRIPLET_SWING, 60, 62, 64, 68, 70, 72, 74)),
)
"""Straight ones first: a tie is straight."""

_MARGIN = 0.93
"""A later candidate must beat an earlier one by this factor: noise alone is not swing."""
_CLEARLY = 0.75
"""A bar must fit another grid better than its take's by this factor to be read on it."""


def fit_grid(ticks_in_quarter: Iterable[float], usual: Grid | None = None) -> Grid:
    """Grid of the phases (ticks from the last quarter-note line, 0-480) of some hits.

    Straight 16ths if there are none.
    With `usual`, the grid of the whole take, another must be clearly better.
    """
    counts = [0] * _BINS
    for tick in ticks_in_quarter:
        counts[round(tick / TICKS_PER_QUARTER * _BINS) % _BINS] += 1
    filled = [(index, count) for index, count in enumerate(counts) if count]
    if not filled:
        return usual or _CANDIDATES[0]
    best, least = _CANDIDATES[0], _error(_CANDIDATES[0], filled)
    for candidate in _CANDIDATES[1:]:
        error = _error(candidate, filled)
        if error < least * _MARGIN:
            best, least = candidate, error
    if usual and least > _error(usual, filled) * _CLEARLY:
        return usual
    return best


@lru_cache(maxsize=len(_CANDIDATES))
def _distances(grid: Grid) -> tuple[float, ...]:
    """Clipped distance of each bin from the nearest step, in steps; negative before it."""
    points = (*grid.phases, 1.0)
    near = (min((index / _BINS - p for p in points), key=abs) for index in range(_BINS))
    return tuple(
        max(-_CLIP_STEPS, min(_CLIP_STEPS, distance * grid.steps_per_quarter)) for distance in near
    )


def _error(grid: Grid, filled: list[tuple[int, int]]) -> float:
    """RMS distance in steps of (bin, count) from a grid, around their mean."""
    distances = _distances(grid)
    total, first, second = 0, 0.0, 0.0
    for index, count in filled:  # one pass: this is half the time of measuring a take
        distance = distances[index]
        total += count
        first += distance * count
        second += distance * distance * count
    mean = first / total
    return math.sqrt(max(0.0, second / total - mean * mean))

"""Swing, push and looseness a family of voices.

Conventions: lateness is in milliseconds against the rigid grid. `latency_ms`, the mean over all
on-beat strokes of a take, is the instrument's and is taken off first. A family's push is the mean
of its own on-beat strokes; its swing is how far its off-beat strokes lie beyond that push; what is
left around the mean of each place in the bar is looseness. Strokes farther than 0.35 step from
their place are ornaments and do not count.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from mididrumigen.drums import FAMILY, Family, Voice
from mididrumigen.groove.bars import PlayedBar
from mididrumigen.groove.grid import STRAIGHT
from mididrumigen.models import TICKS_PER_QUARTER

_ORNAMENT_STEPS = 0.35
_MIN_HITS = 8
"""Fewer strokes give no number."""

_QUANTISED_MS = 0.6
"""Below this a take is on the grid: the rounding of files, not playing."""

Measured = dict[str, tuple[float, int]]
"""Trait name -> (value, number of strokes or bars it was measured on)."""


@dataclass(frozen=True, slots=True)
class _Timed:
    family: Family
    bar: int
    step: int
    steps_per_quarter: int
    late_ms: float
    ms_per_quarter: float
    in_eighths: bool
    """Whether the metre counts eighths: a pair of them is no beat there, and cannot swing."""


def measure_feel(bars: Sequence[PlayedBar]) -> tuple[Measured, float, bool]:
    """(timing traits, latency in ms, whether the take is quantised) of a take's bars."""
    strokes = list(_timed(bars))
    if len(strokes) < _MIN_HITS:
        return {}, 0.0, True
    on_beat = [s.late_ms for s in strokes if s.step % s.steps_per_quarter == 0]
    latency = fmean(on_beat) if on_beat else 0.0
    found: Measured = {}
    residuals: list[tuple[tuple[int, int], Family, float]] = []
    swings: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for family in dict.fromkeys(s.family for s in strokes):
        mine = [s for s in strokes if s.family == family]
        push = _push(mine, latency)
        if len(mine) >= _MIN_HITS:
            found[f"push_ms.{family}"] = (push, len(mine))
            for name, value, count in _swing(mine, latency + push):
                found[f"{name}.{family}"] = (value, count)
                swings[name].append((value, count))
        residuals += _residuals(mine)
    for name, values in swings.items():
        total = sum(n for _, n in values)
        found[name] = (sum(v * n for v, n in values) / total, total)
    spread = _sd([r for _, _, r in residuals])
    pushes = [abs(value) for name, (value, _) in found.items() if name.startswith("push_ms")]
    if len(residuals) >= _MIN_HITS:
        quantised = max([spread, *pushes]) < _QUANTISED_MS
        found["timing_sd_ms"] = (spread, len(residuals))
    else:  # nothing was played twice: only the distance from the rigid grid is left to judge by
        quantised = max(abs(s.late_ms - latency) for s in strokes) < _QUANTISED_MS
    for family in dict.fromkeys(f for _, f, _ in residuals):
        own = [r for _, f, r in residuals if f == family]
        if len(own) >= 2 * _MIN_HITS:
            found[f"timing_sd_ms.{family}"] = (_sd(own), len(own))
    drift = _drift(residuals)
    if drift is not None and not quantised:
        found["timing_drift"] = (drift, len(residuals))
    return found, latency, quantised


def _timed(bars: Sequence[PlayedBar]) -> list[_Timed]:
    placed = [
        (bar, s, (s.late_ticks - _swung_ticks(s.step, bar)) * bar.ms_per_tick)
        for bar in bars
        for s in bar.strokes
        if s.voice is not Voice.HAT_PEDAL  # a foot that keeps time by itself blurs the hands' hat
    ]
    if not placed:
        return []
    middle = median(off_ms for _, _, off_ms in placed)
    strokes = []
    for bar, s, off_ms in placed:
        per_quarter = bar.grid.steps_per_quarter
        ms_per_quarter = TICKS_PER_QUARTER * bar.ms_per_tick
        if abs(off_ms - middle) <= _ORNAMENT_STEPS * ms_per_quarter / per_quarter:
            late_ms = s.late_ticks * bar.ms_per_tick
            strokes.append(
                _Timed(
                    FAMILY[s.voice],
                    bar.number,
                    s.step,
                    per_quarter,
                    late_ms,
                    ms_per_quarter,
                    bar.metre.unit == 8,
                )
            )
    return strokes


def _swung_ticks(step: int, bar: PlayedBar) -> float:
    """How far the fitted grid itself lies after the rigid step, ticks."""
    grid = bar.grid
    within = step % grid.steps_per_quarter
    return (grid.phases[within] - within / grid.steps_per_quarter) * TICKS_PER_QUARTER


def _push(strokes: Sequence[_Timed], latency: float) -> float:
    """Mean lateness of a family's on-beat strokes against the take, of all its strokes where it has
    few of those.
    """
    on_beat = [s.late_ms for s in strokes if s.step % s.steps_per_quarter == 0]
    return fmean(on_beat if len(on_beat) >= 4 else [s.late_ms for s in strokes]) - latency


def _swing(strokes: Sequence[_Timed], base_ms: float) -> list[tuple[str, float, int]]:
    """(trait, percent, strokes) of the levels on which a family has enough off-beat strokes.

    A 16th is measured against the eighths on both sides of it, so that swung or hurried eighths do
    not count twice.
    """
    eighths, sixteenths = [], []
    # Means over the take: a 16th need not have both its neighbours in its own family.
    on, off = (_mean_late(strokes, within, base_ms) for within in (0, 2))
    between = (on + off) / 2
    for s in strokes:
        within = s.step % s.steps_per_quarter
        phase = within / s.steps_per_quarter + (s.late_ms - base_ms) / s.ms_per_quarter
        if within == 2 and not s.in_eighths:  # the off-beat, straight or of a triplet
            eighths.append(phase * 100)
        elif s.steps_per_quarter == STRAIGHT and within in (1, 3):
            late = (s.late_ms - between) / s.ms_per_quarter
            sixteenths.append(50 + late * 200)
    return [
        (name, fmean(values), len(values))
        for name, values in (("swing_8ths", eighths), ("swing_16ths", sixteenths))
        if len(values) >= _MIN_HITS
    ]


def _mean_late(strokes: Sequence[_Timed], within: int, base_ms: float) -> float:
    """Mean lateness on one 16th of the quarter, ms; `base_ms` where it is never struck."""
    late = [
        s.late_ms
        for s in strokes
        if s.steps_per_quarter == STRAIGHT and s.step % STRAIGHT == within
    ]
    return fmean(late) if late else base_ms


def _residuals(strokes: Sequence[_Timed]) -> list[tuple[tuple[int, int], Family, float]]:
    """((bar, step), family, ms) around the family's mean at each place in the bar; places played
    once say nothing.
    """
    places: dict[tuple[int, int], list[_Timed]] = defaultdict(list)
    for s in strokes:
        places[s.steps_per_quarter, s.step].append(s)
    found = []
    for group in places.values():
        if len(group) < 2:
            continue
        mean = fmean(s.late_ms for s in group)
        widen = (
            len(group) / (len(group) - 1)
        ) ** 0.5  # the mean was taken from the same few strokes
        found += [((s.bar, s.step), s.family, (s.late_ms - mean) * widen) for s in group]
    return found


def _drift(residuals: Sequence[tuple[tuple[int, int], Family, float]]) -> float | None:
    """Lag-1 autocorrelation of the mean residual of each moment, 0-1; None for under 32 moments."""
    moments: dict[tuple[int, int], list[float]] = defaultdict(list)
    for place, _, value in residuals:
        moments[place].append(value)
    series = [fmean(moments[place]) for place in sorted(moments)]
    if len(series) < 32:
        return None
    mean = fmean(series)
    around = [x - mean for x in series]
    power = sum(x * x for x in around)
    if power == 0:
        return None
    return max(0.0, sum(a * b for a, b in pairwise(around)) / power)


def _sd(values: Sequence[float]) -> float:
    """Standard deviation around zero, 0 for none."""
    return (sum(v * v for v in values) / len(values)) ** 0.5 if values else 0.0

"""Swing, push, signature and looseness a family of voices.

Conventions: lateness is in milliseconds against the rigid grid. `latency_ms`, the mean over all
on-beat strokes of a take, is the instrument's and is taken off first. A family's push is the mean
of its own on-beat strokes; its swing is how far its off-beat strokes lie beyond that push; its
signature is how far the mean of each place in the bar lies beyond both; what is left around that
mean is looseness. The keeper is the hi-hat or the ride, whichever is struck more. Strokes farther
than 0.35 step from their place are ornaments and do not count.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median

from mididrumigen.drums import FAMILY, Family, Voice
from mididrumigen.groove.bars import PlayedBar
from mididrumigen.groove.grid import STRAIGHT, STRAIGHT_SWING, TRIPLET_SWING, step_phase
from mididrumigen.models import TICKS_PER_QUARTER

_ORNAMENT_STEPS = 0.35
_MIN_HITS = 8
"""Fewer strokes give no number."""

_QUANTISED_MS = 0.6
"""Below this a take is on the grid: the rounding of files, not playing."""

_TRUST = 4.0
"""The mean of n strokes at one place counts n / (n + this): the looseness of a stroke is about
twice the spread of the places' true means.
"""

Measured = dict[str, tuple[float, int]]
"""Trait name -> (value, number of strokes or bars it was measured on)."""

Signature = dict[str, tuple[float, ...]]
"""Family and steps a quarter, such as "hat.4" -> ms at each step of the bar; 0 where unknown."""


@dataclass(frozen=True, slots=True)
class Feel:
    """How a take is placed in time."""

    traits: Measured
    latency_ms: float
    quantised: bool
    signature: Signature


_Residual = tuple[tuple[int, int], Family, float]
"""((bar, step), family, ms)"""


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


def measure_feel(bars: Sequence[PlayedBar]) -> Feel:
    """The feel of a take's bars."""
    strokes = list(_timed(bars))
    if len(strokes) < _MIN_HITS:
        return Feel({}, 0.0, quantised=True, signature={})
    on_beat = [s.late_ms for s in strokes if s.step % s.steps_per_quarter == 0]
    latency = fmean(on_beat) if on_beat else 0.0
    found: Measured = {}
    residuals: list[_Residual] = []
    swings: dict[str, list[tuple[float, int]]] = defaultdict(list)
    families = {
        f: [s for s in strokes if s.family == f] for f in dict.fromkeys(s.family for s in strokes)
    }
    for family, mine in families.items():
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
    if quantised:
        return Feel(found, latency, quantised, {})
    found |= _looseness(residuals)
    found["latency_ms"] = (latency, len(on_beat))
    return Feel(found, latency, quantised, _signature(families, found, latency))


def _looseness(residuals: Sequence[_Residual]) -> Measured:
    """How wide each family plays, how much of it wanders, and how near two voices come that are
    struck together.
    """
    found: Measured = {}
    by_family: dict[Family, dict[tuple[int, int], float]] = defaultdict(dict)
    for place, family, value in residuals:
        by_family[family][place] = value
    for family, own in by_family.items():
        if len(own) >= 2 * _MIN_HITS:
            found[f"timing_sd_ms.{family}"] = (_sd(list(own.values())), len(own))
    keeper: Family = max(("hat", "ride"), key=lambda f: len(by_family.get(f, ())))
    kept = by_family.get(keeper, {})
    drift = _lag1([kept[place] for place in sorted(kept)])
    if drift is not None:
        found["timing_drift"] = (drift, len(kept))
    for family, own in by_family.items():
        gaps = [value - kept[place] for place, value in own.items() if place in kept]
        if family != keeper and len(gaps) >= 2 * _MIN_HITS:
            found[f"gap_sd_ms.{family}"] = (_sd(gaps), len(gaps))
    return found


def _signature(
    families: Mapping[Family, Sequence[_Timed]], found: Measured, latency: float
) -> Signature:
    """What each family does at each place beyond its push and swing, drawn to 0 where it is seldom
    struck.
    """
    signature: Signature = {}
    for family, mine in families.items():
        if f"push_ms.{family}" not in found:
            continue
        push = found[f"push_ms.{family}"][0]
        for per_quarter in dict.fromkeys(s.steps_per_quarter for s in mine):
            usual = TRIPLET_SWING if per_quarter != STRAIGHT else STRAIGHT_SWING
            eighths, sixteenths = (
                found.get(f"{name}.{family}", found.get(name, (default, 0)))[0]
                for name, default in (("swing_8ths", usual), ("swing_16ths", STRAIGHT_SWING))
            )
            places: dict[int, list[float]] = defaultdict(list)
            for s in mine:
                if s.steps_per_quarter == per_quarter:
                    within = s.step % per_quarter
                    phase = step_phase(within, per_quarter, eighths, sixteenths)
                    swung = (phase - within / per_quarter) * s.ms_per_quarter
                    places[s.step].append(s.late_ms - latency - push - swung)
            signature[f"{family}.{per_quarter}"] = tuple(
                round(sum(places[step]) / (len(places[step]) + _TRUST), 2)
                for step in range(max(places) + 1)
            )
    return signature


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


def _residuals(strokes: Sequence[_Timed]) -> list[_Residual]:
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


def _lag1(series: Sequence[float]) -> float | None:
    """Lag-1 autocorrelation of the residuals of one family, 0-1; None for under 32."""
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

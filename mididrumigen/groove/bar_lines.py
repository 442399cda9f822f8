"""How well a bar line suits what is played: a drummer's habits, as numbers.

Conventions: a position is a float in beats; a beat is a quarter note. A bar of four beats has 16
steps, a hit belongs to the nearest. A rate is strokes a bar at one step, 0-1. A score is a log
odds: of two readings of one take, the one that scores ln 2 higher is twice as likely.

Numbers: habits are fitted (softmax over the readings of a take, ridge) to drummers 1, 3 and 5 of
the Groove MIDI Dataset (Google LLC, CC BY 4.0), whose bars are known.
"""

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.groove.habits import ENDS, HABITS, LEVEL, STARTS

KICK, SNARE, GHOST, HAT, OPEN, RIDE, CRASH, TOM, OTHER = range(9)
KINDS = 8
"""Kinds of stroke with habits; percussion has none."""
STEPS = 16
_FAMILY_KIND = {
    "kick": KICK,
    "snare": SNARE,
    "hat": HAT,
    "ride": RIDE,
    "crash": CRASH,
    "tom": TOM,
    "percussion": OTHER,
}
LAGS = (1, 2, 3, 4, 6, 8)
"""Distances, beats, at which the playing is compared with itself."""
ENDS_TRUST = 0.35
"""How far first and last hits are believed: files are cut and begin with upbeats more often than
the takes of the data do.
"""
_RATIOS = (1.0, 2.0, 0.5, 1.5, 2 / 3, 4 / 3, 0.75)
"""Counts in which the beat of a take may be misread."""
_SLOWEST_BPM, _FASTEST_BPM = 50.0, 210.0
_TEMPER = 0.8
"""Scores are a little over-sure: chosen by the table of tests/benchmarks/bars.py for mended takes,
between what suits drummers 1, 3 and 5 (1.0) and what suits the others.
"""
_PLACES = {16: tuple(range(16)), 12: (*range(4), *range(8, 16)), 8: tuple(range(8))}
"""Step of a common bar whose habits a step of a bar of 4, 3 or 2 beats shares: three-four leaves
out the second beat.
"""
_CLEARLY_ALIKE = 0.12
"""How much more alike bars of three beats must be than bars of four: no take in 4/4 of drummers 1,
3 and 5 is taken for one in three.
"""
_MANY_BARS = 8.0
"""In shorter takes bars may be alike by chance."""
USUAL_BPM = 105.0
"""Geometric middle of 70 and 160 BPM, where drummers count their beat."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is played, on one way to count its beats; bar lines not yet set."""

    rates: tuple[tuple[float, ...], ...]
    """Strokes a bar, a kind and step, 0-1."""
    first: int
    """Step of the first hit."""
    last: int
    bars: float
    tightness: dict[int, float]
    """0-1: how narrowly hits gather on 2, 3 and 4 points a beat."""
    likeness: dict[int, float]
    """0-1: how alike the beats of one and the same distance are."""
    tempo_bpm: float


def kind(voice: Voice, velocity: int) -> int:
    """What a stroke says of the bar; quiet snare hits are a kind of their own."""
    found = _FAMILY_KIND[FAMILY[voice]]
    if found == SNARE and velocity < GHOST_VELOCITY:
        return GHOST
    return OPEN if voice is Voice.HAT_OPEN else found


def tightness(positions: Sequence[float], parts: int) -> float:
    """0-1: how narrowly positions (beats) gather on `parts` points a beat (mean resultant length;
    Fisher, Statistical Analysis of Circular Data, 1993).
    """
    turn = 2j * math.pi * parts
    return abs(sum(cmath.exp(turn * p) for p in positions)) / max(1, len(positions))


def read_beats(
    positions: Sequence[float], kinds: Sequence[int], tempo_bpm: float, beats: int = 4
) -> Reading:
    """What is played at these positions (beats) in bars of so many beats."""
    steps = beats * 4
    bars = max(1.0, (positions[-1] - positions[0] + 1) / beats)
    counts = [[0] * steps for _ in range(KINDS + 1)]
    cells: dict[int, set[tuple[int, int]]] = {}
    for position, what in zip(positions, kinds, strict=True):
        step = round(position * 4)
        counts[what][step % steps] += 1
        cells.setdefault(step // 4, set()).add((step % 4, what))
    sample = positions[:: max(1, len(positions) // 1500)]
    return Reading(
        rates=tuple(tuple(min(1.0, n / bars) for n in row) for row in counts[:KINDS]),
        first=round(positions[0] * 4) % steps,
        last=round(positions[-1] * 4) % steps,
        bars=bars,
        tightness={parts: tightness(sample, parts) for parts in (2, 3, 4)},
        likeness={lag: _likeness(cells, lag) for lag in LAGS},
        tempo_bpm=tempo_bpm,
    )


def level_score(reading: Reading) -> float:
    """Log odds of this way to count the beats, wherever the bar line is."""
    return sum(w * f for w, f in zip(LEVEL, level_features(reading), strict=True))


def level_features(reading: Reading) -> tuple[float, ...]:
    """What tells a right way to count from its double, its half and its thirds."""
    octaves = math.log2(reading.tempo_bpm / USUAL_BPM)
    tight, like = reading.tightness, reading.likeness
    if is_in_threes(reading):  # what a bar of four is to the fours, one of three is to the threes
        like = {**like, 3: like[4], 4: like[3], 6: like[8], 8: like[6]}
    return (
        octaves * octaves,
        max(0.0, octaves),
        tight[2],
        tight[3],
        tight[4],
        max(tight[3], tight[4]),
        *(like[lag] for lag in LAGS),
    )


def is_in_threes(reading: Reading) -> bool:
    """True where bars of three beats are clearly more alike than bars of four."""
    like = reading.likeness
    long = reading.bars >= _MANY_BARS
    return long and like[3] + like[6] >= like[4] + like[8] + 2 * _CLEARLY_ALIKE


def sureness(bars: float) -> float:
    """How far so many bars are to be believed, 0-1."""
    return bars / (bars + 2)


def line_score(reading: Reading, line: int) -> float:
    """Log odds that a bar begins at step `line`."""
    steps = len(reading.rates[0])
    places = _PLACES[steps]
    total = 0.0
    for habit, rates in zip(HABITS, reading.rates, strict=True):
        for step in range(steps):
            rate = rates[(step + line) % steps]
            if rate:
                total += habit[places[step]] * rate
    total *= sureness(reading.bars)
    first, last = (reading.first - line) % steps, (reading.last - line) % steps
    ends = STARTS[places[first] // 2] + ENDS[places[last] // 2]
    return total + ENDS_TRUST * ends


def _likeness(cells: dict[int, set[tuple[int, int]]], lag: int) -> float:
    """Mean Jaccard index of the beats that lie `lag` apart."""
    total, count = 0.0, 0
    for beat, here in cells.items():
        there = cells.get(beat + lag)
        if there:
            shared = len(here & there)
            total += shared / (len(here) + len(there) - shared)
            count += 1
    return total / count if count else 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to count: positions in stated or tracked beats are taken times `ratio`, and a bar
    begins at step `line` of the result.
    """

    score: float
    ratio: float
    line: int


def choices_of(
    positions: Sequence[float],
    kinds: Sequence[int],
    tempo_bpm: float,
    ratios: Sequence[float] = _RATIOS,
    as_it_is: Reading | None = None,
) -> list[Choice]:
    """Every way to count these beats, with its score."""
    choices = []
    for ratio in ratios:
        if ratio == 1 and as_it_is:
            reading = as_it_is
        elif not _SLOWEST_BPM <= tempo_bpm * ratio <= _FASTEST_BPM:
            continue
        else:
            reading = read_beats([p * ratio for p in positions], kinds, tempo_bpm * ratio)
        level = level_score(reading)
        choices += [
            Choice(level + line_score(reading, line), ratio, line) for line in range(0, STEPS, 2)
        ]
    return choices


def confidence_of(chosen: Choice, choices: Sequence[Choice]) -> float:
    """Chance of the chosen way to count among all; scores are tempered by what was measured."""
    total = sum(math.exp((c.score - chosen.score) * _TEMPER) for c in choices)
    return min(0.99, 1 / total)

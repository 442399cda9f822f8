"""Ticks and seconds of a take, and how its ticks are moved without its sound.

Conventions: positions are floats in beats; `beats` are the times of beat 0, 1, 2, ... in seconds,
two or more, rising.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mididrumigen.models import TICKS_PER_QUARTER, Hit, Take


def seconds_at(take: Take, ticks: Sequence[int]) -> list[float]:
    """Time of each tick by the take's tempos."""
    starts, times = [tick for tick, _ in take.tempos], [0.0]
    for (tick, bpm), (after, _) in pairwise(take.tempos):
        times.append(times[-1] + (after - tick) * 60 / bpm / TICKS_PER_QUARTER)
    found = []
    for tick in ticks:
        index = max(bisect_right(starts, tick) - 1, 0)
        bpm = take.tempos[index][1]
        found.append(times[index] + (tick - starts[index]) * 60 / bpm / TICKS_PER_QUARTER)
    return found


def mean_tempo(take: Take) -> float:
    """BPM on average from the first hit to the last."""
    first, last = take.hits[0].tick, take.hits[-1].tick
    start, end = seconds_at(take, (first, last))
    if end <= start:
        return take.tempos[0][1]
    return 60 * (last - first) / TICKS_PER_QUARTER / (end - start)


def positions_at(seconds: Sequence[float], beats: Sequence[float]) -> list[float]:
    """Position in beats of each time; before and after the beats their tempo goes on."""
    found = []
    for time in seconds:
        index = min(max(bisect_right(beats, time) - 1, 0), len(beats) - 2)
        found.append(index + (time - beats[index]) / (beats[index + 1] - beats[index]))
    return found


def times_at(positions: Sequence[float], beats: Sequence[float]) -> list[float]:
    """Time of each position in beats, the inverse of `positions_at`."""
    found = []
    for position in positions:
        index = min(max(math.floor(position), 0), len(beats) - 2)
        found.append(beats[index] + (position - index) * (beats[index + 1] - beats[index]))
    return found


def tempos_of(lines: Sequence[float]) -> tuple[tuple[int, float], ...]:
    """(tick, BPM) of quarters at these times, without repeats."""
    tempos: list[tuple[int, float]] = []
    for index, (start, end) in enumerate(pairwise(lines)):
        bpm = 60 / (end - start)
        if not tempos or abs(bpm - tempos[-1][1]) > 1e-6 * bpm:
            tempos.append((index * TICKS_PER_QUARTER, bpm))
    return tuple(tempos)


def shift_to(take: Take, line_ticks: int, bar_ticks: int) -> int:
    """Ticks by which to move a take so that a bar begins at `line_ticks`: back if silence allows,
    else on.
    """
    back = -(line_ticks % bar_ticks)
    return back if take.hits[0].tick + back >= 0 else back + bar_ticks


def moved(take: Take, shift: int) -> Take:
    """The take with hits and tempos this many ticks later, metres where they are."""
    tempos = [(max(0, tick + shift), bpm) for tick, bpm in take.tempos]
    first = max(i for i, (tick, _) in enumerate(tempos) if tick == 0 or i == 0)
    return replace(
        take,
        hits=tuple(Hit(h.tick + shift, h.voice, h.velocity) for h in take.hits),
        tempos=((0, tempos[first][1]), *tempos[first + 1 :]),
    )


def counted_anew(take: Take, ratio: float) -> Take:
    """The take with every hit and tempo change at `ratio` times its tick, at the same time."""
    hits = (Hit(round(h.tick * ratio), h.voice, h.velocity) for h in take.hits)
    return replace(
        take,
        hits=tuple(sorted(hits)),
        tempos=tuple((round(tick * ratio), bpm * ratio) for tick, bpm in take.tempos),
    )

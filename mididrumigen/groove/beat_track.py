"""The beat found from the playing itself: when each beat was, in seconds.

Conventions: times are seconds; an onset is (time, weight, kind). Nothing here knows of bars.

Methods: the beat's period from the histogram of distances between onsets (Dixon, Automatic
extraction of tempo and beat from expressive performances, 2001); the beats by dynamic programming
(Ellis, Beat tracking by dynamic programming, 2007).
"""

import math
from collections.abc import Sequence

Onset = tuple[float, float, int]

_SHORTEST, _LONGEST = 0.3, 1.0
"""Periods of a beat that are looked for: 60-200 BPM."""
_BIN = 0.005
_REACH = 4.2
"""Longest distance between onsets that is counted: a bar at 60 BPM."""
_FRAME = 0.01
_MAX_FRAMES = 60_000
_TIGHTNESS = 100.0
"""How much a beat that comes early or late costs (Ellis 2007: 100-400)."""
_DRIFT = 0.16
"""A beat is at most this share longer or shorter than the period."""
_CLICK_S = 0.02
"""A take whose beats stay this near (RMS) to an even count was played to a click."""
_PERIODS = 3


def periods(onsets: Sequence[Onset]) -> list[float]:
    """Likely periods of the beat, the likeliest first; empty for too little music."""
    histogram = [0.0] * (int(_REACH / _BIN) + 3)
    for index, (time, weight, kind) in enumerate(onsets):
        for other, its_weight, its_kind in onsets[index + 1 :]:
            gap = other - time
            if gap > _REACH:
                break
            histogram[int(gap / _BIN)] += weight * its_weight * (1.0 if kind == its_kind else 0.3)
    sums = [0.0]
    for value in histogram:
        sums.append(sums[-1] + value)
    candidates = []
    period = _SHORTEST
    while period <= _LONGEST:
        candidates.append((_comb(sums, period), period))
        period *= 1.01
    peaks = [
        pair
        for i, pair in enumerate(candidates)
        if pair[0] > 0 and pair[0] == max(s for s, _ in candidates[max(0, i - 3) : i + 4])
    ]
    return [p for _, p in sorted(peaks, reverse=True)[:_PERIODS]]


def _comb(sums: Sequence[float], period: float) -> float:
    """Onset pairs that lie 1, 2, 3 and 4 periods apart, against all pairs thereabouts."""
    total = 0.0
    for multiple in (1, 2, 3, 4):
        gap = multiple * period
        if gap > _REACH - 0.1:
            break
        near, around = 0.012 + 0.012 * gap, 0.5 * period
        chance = _between(sums, gap - around, gap + around) * near / around
        total += (_between(sums, gap - near, gap + near) - chance) / math.sqrt(multiple)
    # A log-normal prior around 105 BPM (0.57 s), as Ellis 2007 has around 120.
    return total * math.exp(-0.5 * (math.log2(period / 0.57) / 0.9) ** 2)


def _between(sums: Sequence[float], start: float, end: float) -> float:
    last = len(sums) - 1
    return sums[min(last, round(end / _BIN))] - sums[max(0, min(last, round(start / _BIN)))]


def track(onsets: Sequence[Onset], period: float) -> list[float]:
    """Time of every beat from before the first onset to past the last one, near this period."""
    start = onsets[0][0] - period
    length = onsets[-1][0] - start + period
    frame = max(_FRAME, length / _MAX_FRAMES)
    strength = [0.0] * (int(length / frame) + 2)
    for time, weight, _ in onsets:
        centre = (time - start) / frame
        for index in range(max(0, int(centre) - 1), min(len(strength), int(centre) + 4)):
            strength[index] += weight * max(0.0, 1 - abs(index - centre) / 3)
    # Ellis divides by the deviation, so that the cost of drift does not hang on loudness.
    scale = math.sqrt(sum(s * s for s in strength) / len(strength)) or 1.0
    steps = period / frame
    gaps = range(max(1, round(steps * (1 - _DRIFT))), round(steps * (1 + _DRIFT)) + 1)
    costs = [(gap, _TIGHTNESS * math.log(gap / steps) ** 2) for gap in gaps]
    best = [s / scale for s in strength]
    before = [-1] * len(best)
    for index in range(gaps[0], len(best)):
        reached, origin = 0.0, -1
        for gap, cost in costs:
            if gap > index:
                break
            value = best[index - gap] - cost
            if value > reached:
                reached, origin = value, index - gap
        best[index] += reached
        before[index] = origin
    index = max(range(max(0, len(best) - gaps[-1]), len(best)), key=best.__getitem__)
    found = []
    while index >= 0:
        found.append(start + index * frame)
        index = before[index]
    return even_out(_centred(found[::-1], onsets, period))


def _centred(beats: Sequence[float], onsets: Sequence[Onset], period: float) -> list[float]:
    """Each beat at the middle of the onsets that lie within a 16th's half of it."""
    near = min(0.06, period / 8)
    centred, first = [], 0
    for beat in beats:
        while first < len(onsets) and onsets[first][0] < beat - near:
            first += 1
        total, weights, index = 0.0, 0.0, first
        while index < len(onsets) and onsets[index][0] <= beat + near:
            total += onsets[index][0] * onsets[index][1]
            weights += onsets[index][1]
            index += 1
        centred.append(total / weights if weights else beat)
    return centred


def even_out(beats: Sequence[float]) -> list[float]:
    """Beats without the jitter of single strokes: an even count where the take has one, else a
    line through each beat and its neighbours.
    """
    if len(beats) < 3:
        return list(beats)
    steady = _line(beats, 0, len(beats))
    rms = math.sqrt(sum((a - b) ** 2 for a, b in zip(steady, beats, strict=True)) / len(beats))
    if rms < _CLICK_S:
        return steady
    smooth = []
    for index in range(len(beats)):
        first, last = max(0, index - 4), min(len(beats), index + 5)
        smooth.append(_line(beats, first, last)[index - first])
    return smooth


def _line(beats: Sequence[float], first: int, last: int) -> list[float]:
    """Least-squares line through beats first to last - 1, at each of them."""
    count = last - first
    mean_index, mean = (count - 1) / 2, sum(beats[first:last]) / count
    spread = sum((i - mean_index) ** 2 for i in range(count))
    slope = sum((i - mean_index) * (beats[first + i] - mean) for i in range(count)) / spread
    return [mean + slope * (i - mean_index) for i in range(count)]

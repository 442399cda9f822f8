"""Slow deviations: what makes a player hurry for a while and hold back for a while.

Conventions: a process has a value at each of some rising times in quarter notes, about mean 0 and
variance 1 over a long time; a short piece of it varies less. Human deviations are long-range
correlated (Hennig et al. 2011, Räsänen et al. 2015): a sum of first-order processes with time
constants four times apart is close to 1/f between them.
"""

import math
from collections.abc import Sequence
from random import Random

SCALES_QUARTERS = (1.0, 4.0, 16.0, 64.0)
_WIDENED, _MOST_WIDENED = 0.75, 1.4


def wander(times: Sequence[float], rng: Random) -> list[float]:
    """A value at each time; their mean is 0, for a lasting one would be latency."""
    if not times:
        return []
    states = [rng.gauss(0, 1) for _ in SCALES_QUARTERS]
    values = []
    last = times[0]
    for time in times:
        for i, scale in enumerate(SCALES_QUARTERS):
            keep = math.exp(-(time - last) / scale)
            states[i] = states[i] * keep + rng.gauss(0, 1) * math.sqrt(1 - keep * keep)
        last = time
        values.append(sum(states) / math.sqrt(len(states)))
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values))
    # What the mean takes away of the slowest wander is made good for the most part: a take that
    # wanders over minutes does so over eight bars too.
    widen = min(spread**-_WIDENED, _MOST_WIDENED) if spread else 1.0
    return [(v - mean) * widen for v in values]


def memory(spacing_quarters: float) -> float:
    """Correlation of a wander with itself after so many quarter notes."""
    return sum(math.exp(-spacing_quarters / s) for s in SCALES_QUARTERS) / len(SCALES_QUARTERS)

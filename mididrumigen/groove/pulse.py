"""Beats and metrical weights of a metre; syncopation.

Conventions: a weight is 0 on the downbeat and falls by 1 a level: half bar, beat, eighth, 16th. A
beat is a quarter note, in compound metres a dotted quarter; in 5/8, 7/8 and 11/8 the last beat
takes what is left.
"""

from collections.abc import Collection
from functools import lru_cache

from mididrumigen.models import Metre


def beat_steps(metre: Metre, steps_per_quarter: int) -> int:
    """Steps in a beat: a quarter, in compound metres a dotted quarter."""
    return steps_per_quarter * 3 // 2 if metre.is_compound else steps_per_quarter


def beat_count(metre: Metre, steps_per_quarter: int) -> int:
    """Number of beats in a bar, a shorter last one included."""
    return -(-metre.steps(steps_per_quarter) // beat_steps(metre, steps_per_quarter))


@lru_cache(maxsize=64)
def weights(metre: Metre, steps_per_quarter: int) -> tuple[int, ...]:
    """Metrical weight of each step of a bar: 0, -1, -2, -3, -4."""
    beat = beat_steps(metre, steps_per_quarter)
    beats = beat_count(metre, steps_per_quarter)
    found = []
    for step in range(metre.steps(steps_per_quarter)):
        number, within = divmod(step, beat)
        if step == 0:
            weight = 0
        elif within == 0:
            weight = -1 if beats % 2 == 0 and number == beats // 2 else -2
        elif steps_per_quarter == 3 or within % 2 == 0:
            weight = -3
        else:
            weight = -4
        found.append(weight)
    return tuple(found)


def syncopation(steps: Collection[int], metre: Metre, steps_per_quarter: int) -> int:
    """Syncopation of one rhythm in a bar that repeats, after Longuet-Higgins and Lee (1984).

    Each onset scores the difference between the strongest silent step up to the next onset and its
    own weight, where that is positive.
    """
    weight = weights(metre, steps_per_quarter)
    onsets = set(steps)
    total = 0
    for onset in onsets:
        strongest = weight[onset]
        step = (onset + 1) % len(weight)
        while step not in onsets:
            strongest = max(strongest, weight[step])
            step = (step + 1) % len(weight)
        total += strongest - weight[onset]
    return total


def level_of(step: int, steps_per_quarter: int) -> int:
    """0 for a step on a quarter note, 1 on its off-beat eighth (the last of three triplets), 2
    between.
    """
    within = step % steps_per_quarter
    if within == 0:
        return 0
    return 1 if within == 2 else 2

"""Why a stroke cannot be played, in a drummer's words."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from mididrumigen.drums import DRUMS, Voice
from mididrumigen.engine.kit_plan import APART_MS, TOGETHER_MS, Crew
from mididrumigen.engine.limb_search import MEMORY_MS, Task

CLOSES_OPEN_HAT = "the foot closes a hi-hat that is struck open"

_SAME_AGAIN = {
    DRUMS[Voice.KICK].title: "the foot cannot kick that fast",
    DRUMS[Voice.HAT_PEDAL].title: "the foot cannot close the hi-hat that fast",
}


def reason(
    stroke: int, task: Task, limbs: Sequence[int | None], played: Sequence[int], crew: Crew
) -> str:
    """Why a stroke was left out, seen from what the limbs of its crew play around it.

    `played` are the strokes that have a limb, in time order.
    """
    surface = task.surfaces[stroke]
    around = tuple(_around(stroke, task, played))
    if any(
        task.surfaces[other] == surface and _apart_ms(stroke, other, task) < APART_MS
        for other in around
    ):
        return f"the {surface} is struck twice at once"
    able = [limb for limb, costs in enumerate(crew.costs) if surface in costs]
    together = {limbs[other] for other in around if _apart_ms(stroke, other, task) < TOGETHER_MS}
    if len(able) == len(together) == 2:
        return f"a third {crew.limb}"
    # What keeps each limb from the stroke; the one that lacks least could have come nearest. One
    # that strikes at the same time was never meant to.
    obstacles = []
    for limb in [limb for limb in able if limb not in together] or able:
        own = [other for other in around if limbs[other] == limb]
        lacks = [(_lacking_ms(stroke, other, task, crew), other) for other in own]
        obstacles.append(max(lacks, default=(0.0, stroke)))
    lacking, other = min(obstacles)
    return _obstacle(stroke, other, task, crew) if lacking > 0 else f"no {crew.limb} is free"


def _obstacle(stroke: int, other: int, task: Task, crew: Crew) -> str:
    """Why one limb does not play both strokes."""
    first, second = (task.surfaces[index] for index in sorted((stroke, other)))
    gap = round(_apart_ms(stroke, other, task))
    if first == second:
        return _SAME_AGAIN.get(first, f"the {crew.limb} cannot strike that fast again")
    if first in _SAME_AGAIN:
        return f"the foot cannot change pedals in {gap} ms"
    return f"too far from the {first} to the {second} in {gap} ms"


def _around(stroke: int, task: Task, played: Sequence[int]) -> Iterator[int]:
    """Strokes played within `MEMORY_MS` of a stroke."""
    place = bisect_left(played, stroke)
    for way in (range(place - 1, -1, -1), range(place, len(played))):
        for index in way:
            if _apart_ms(stroke, played[index], task) > MEMORY_MS:
                break
            yield played[index]


def _apart_ms(one: int, other: int, task: Task) -> float:
    return abs(task.ms[one] - task.ms[other])


def _lacking_ms(stroke: int, other: int, task: Task, crew: Crew) -> float:
    """How much too soon for one limb that plays both strokes; below 0 where it has time."""
    first, second = sorted((stroke, other))
    return crew.gaps[task.surfaces[first]][task.surfaces[second]] - _apart_ms(stroke, other, task)

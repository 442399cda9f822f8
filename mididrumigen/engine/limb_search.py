"""Which of two limbs plays each stroke: the cheapest way that a person can play.

Conventions: strokes are in time order; a limb is 0 (right) or 1 (left). A state is what the last
strokes of both limbs leave possible: for each limb a code, which is its last stroke and how often
it has bounced since it was thrown, or `_REST` when that was too long ago to matter. All states that
can be reached are followed, so that a way is found where there is one. Where there is none, the
search goes back by `MEMORY_MS` and keeps the most important strokes that can be played together: no
stroke goes in favour of a less important one. Costs are points: only their order matters.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mididrumigen.engine.kit_plan import APART_MS, Crew

MEMORY_MS = 260.0
"""Longer than any gap of a crew."""

_EASY_MS = 170.0
"""A limb that would strike again sooner had better alternate with the other: 16ths at 88 BPM."""
_HURRY = 4.5
"""Costs a stroke directly after another; less, the nearer their gap comes to `_EASY_MS`."""
_BOUNCED = 2.2
"""Costs the first bounce, and as much more each later one: a free hand is better, then a double
stroke.
"""
_WAY = 0.5
"""Costs a metre."""

_IN_THE_WAY_MS = 100.0
"""A limb that struck longer ago has had time to get out of the other's way."""

_MANY_STATES = 8
"""From so many on it pays to look for those that are no better than another."""

_REST = -1
_BOUNCES = 8
"""Codes a stroke has: one for each number of bounces."""

_Node = tuple["_Node | None", int, int]
"""(what came before, a stroke, its limb): a way through the strokes, from its end."""
_Front = dict[tuple[int, int], tuple[float, _Node | None]]
"""State -> (cost, way) of the cheapest way to it."""
_AT_REST: _Front = {(_REST, _REST): (0.0, None)}


@dataclass(frozen=True, slots=True)
class Task:
    """What one crew has to play, in time order; one value a stroke in each list."""

    ms: Sequence[float]
    surfaces: Sequence[str]
    velocities: Sequence[int]
    importance: Sequence[float]
    """What has least is left out first."""
    lead: Sequence[float]
    """Costs the right limb for where the stroke falls in the beat; below 0 it costs the left."""


class _Reach(NamedTuple):
    """What a limb in one state can do at a stroke."""

    now: int
    """Its code if it does not strike."""
    struck: int | None
    """Its code if it strikes; None where it cannot."""
    cost: float
    at: str | None
    """Where it is in the way; None when it is not."""
    too_near: bool
    """Whether it has just struck that surface, so that nothing else may."""


def assign(task: Task, crew: Crew) -> list[int | None]:
    """Limb of each stroke; None for what has to be left out."""
    search = _Search(task, crew)
    limbs = _limbs(search.in_one_go(), len(task.ms))
    if None in limbs:
        kept = [stroke for stroke, limb in enumerate(limbs) if limb is not None]
        completed = search.completed(kept)
        if len(completed) > len(kept):
            limbs = _limbs(search.play(completed, _AT_REST), len(task.ms))
    return limbs


def _limbs(front: _Front, strokes: int) -> list[int | None]:
    """Limb of each of so many strokes on the cheapest way; None for what is not on it."""
    limbs: list[int | None] = [None] * strokes
    _, node = min(front.values(), key=_cost)
    while node:
        node, stroke, limb = node
        limbs[stroke] = limb
    return limbs


def _cost(way: tuple[float, _Node | None]) -> float:
    return way[0]


class _Search:
    """The steps of one search."""

    def __init__(self, task: Task, crew: Crew) -> None:
        self._task, self._crew = task, crew
        self._right, self._left = crew.costs
        self._rest_ms = {s: max(_EASY_MS, *gaps.values()) for s, gaps in crew.gaps.items()}

    def in_one_go(self) -> _Front:
        """The states at the end; some strokes may have been left out without need."""
        ms = self._task.ms
        fronts = [_AT_REST]
        stroke, back = 0, 0
        while stroke < len(ms):
            while ms[back] <= ms[stroke] - MEMORY_MS:
                fronts[back] = {}  # nothing goes back there any more
                back += 1
            front = self.after(stroke, fronts[-1])
            if front:
                fronts.append(front)
                stroke += 1
                continue
            end = bisect_left(ms, ms[stroke] + MEMORY_MS)
            del fronts[back + 1 :]
            fronts += self._most_important(range(back, end), fronts[back])
            stroke = end
        return fronts[-1]

    def _most_important(self, strokes: Sequence[int], front: _Front) -> list[_Front]:
        """The states after each of some strokes, of which only the most important are played: each
        that can be played together with those that are more important.
        """
        kept: list[int] = []
        for stroke in self._by_importance(strokes):
            place = bisect_left(kept, stroke)
            if self.play([*kept[:place], stroke, *kept[place:]], front):
                kept.insert(place, stroke)
        fronts = []
        for stroke in strokes:
            if stroke in kept:
                front = self.after(stroke, front)
            fronts.append(front)
        return fronts

    def completed(self, kept: list[int]) -> list[int]:
        """What is kept, and all that can be played besides."""
        ms = self._task.ms
        played = set(kept)
        left_out = [stroke for stroke in range(len(ms)) if stroke not in played]
        for stroke in self._by_importance(left_out):
            place = bisect_left(kept, stroke)
            start = bisect_left(kept, ms[stroke] - MEMORY_MS, key=ms.__getitem__)
            end = bisect_left(kept, ms[stroke] + MEMORY_MS, key=ms.__getitem__)
            # What cannot be played by limbs that come from rest cannot be played at all.
            around = [*kept[start:place], stroke, *kept[place:end]]
            if self.play(around, _AT_REST):
                whole = [*kept[:place], stroke, *kept[place:]]
                if self.play(whole, _AT_REST):
                    kept = whole
        return kept

    def _by_importance(self, strokes: Iterable[int]) -> list[int]:
        return sorted(strokes, key=lambda stroke: -self._task.importance[stroke])

    def play(self, strokes: Iterable[int], front: _Front) -> _Front:
        """The states after some strokes; none where they cannot all be played."""
        for stroke in strokes:
            if not front:
                break
            front = self.after(stroke, front)
        return front

    def after(self, stroke: int, front: _Front) -> _Front:
        """The states after a stroke; none where no limb can play it."""
        surface, lead = self._task.surfaces[stroke], self._task.lead[stroke]
        right_cost, left_cost = self._right.get(surface), self._left.get(surface)
        crossings = self._crew.crossings
        reached: dict[int, _Reach] = {}
        after: _Front = {}
        for (right_code, left_code), (cost, way) in front.items():
            if right_code not in reached:
                reached[right_code] = self._reach(right_code, stroke)
            if left_code not in reached:
                reached[left_code] = self._reach(left_code, stroke)
            right, left = reached[right_code], reached[left_code]
            if not (right.too_near or left.too_near):
                if right.struck is not None and right_cost is not None:
                    new_cost = cost + right.cost + right_cost + lead
                    if left.at and crossings:
                        new_cost += crossings[surface][left.at]
                    state = (right.struck, left.now)
                    if state not in after or new_cost < after[state][0]:
                        after[state] = (new_cost, (way, stroke, 0))
                if left.struck is not None and left_cost is not None:
                    new_cost = cost + left.cost + left_cost
                    if right.at and crossings:
                        new_cost += crossings[right.at][surface]
                    state = (right.now, left.struck)
                    if state not in after or new_cost < after[state][0]:
                        after[state] = (new_cost, (way, stroke, 1))
        if len(after) > _MANY_STATES:
            return _pruned(after)
        return after

    def _reach(self, code: int, stroke: int) -> _Reach:
        task, crew = self._task, self._crew
        thrown = stroke * _BOUNCES
        if code == _REST:
            return _Reach(_REST, thrown, 0.0, None, False)
        last, bounces = divmod(code, _BOUNCES)
        gap = task.ms[stroke] - task.ms[last]
        origin, surface = task.surfaces[last], task.surfaces[stroke]
        if gap >= self._rest_ms[origin]:
            return _Reach(_REST, thrown, 0.0, None, False)
        at = origin if gap < _IN_THE_WAY_MS else None
        if gap >= crew.gaps[origin][surface]:
            hurry = max(0.0, 1 - gap / _EASY_MS)
            cost = _WAY * crew.ways[origin][surface] + _HURRY * hurry
            return _Reach(code, thrown, cost, at, False)
        if origin == surface and self._is_bounce(last, stroke, bounces, gap):
            return _Reach(code, thrown + bounces + 1, _BOUNCED * (bounces + 1), at, False)
        return _Reach(code, None, 0.0, at, origin == surface and gap < APART_MS)

    def _is_bounce(self, last: int, stroke: int, bounces: int, gap: float) -> bool:
        """Whether a stroke can be the next bounce after the last one."""
        bounce, velocities = self._crew.bounce, self._task.velocities
        velocity = velocities[stroke]
        return (
            gap >= bounce.soonest_ms
            and bounces < bounce.most.get(self._task.surfaces[stroke], 0)
            and velocity <= velocities[last] * (bounce.later if bounces else bounce.first)
            and (gap >= bounce.pressed_ms or velocity <= bounce.pressed_loudest)
        )


def _pruned(front: _Front) -> _Front:
    """The states without those that have bounced more than a cheaper one with the same strokes:
    whoever has bounced less can do all that the other can.
    """
    least: dict[tuple[int, int], tuple[int, int]] = {}
    pruned: _Front = {}
    for (right, left), way in sorted(front.items(), key=lambda item: item[1][0]):
        strokes = (right // _BOUNCES, left // _BOUNCES)
        known = least.setdefault(strokes, (right, left))
        if known[0] > right or known[1] > left or known == (right, left):
            pruned[right, left] = way
    return pruned

"""Which hand or foot plays each stroke, and what to leave out where a person cannot play it all.

Conventions: hits are as performed, after micro-timing. What is left out is the least important:
percussion first, then grace notes, ghosts and the timekeeper, then toms and crashes; backbeats and
kicks go last. What can be played can be played as well without one of its strokes, so that a plan
of what was planned changes nothing.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.engine.kit_plan import (
    CLOSING_MS,
    FEET,
    HANDS,
    PERCUSSIONIST,
    SURFACE,
    TWO_KICK_FEET,
    Crew,
    PlayedBy,
)
from mididrumigen.engine.limb_search import Task, assign
from mididrumigen.engine.unplayable import CLOSES_OPEN_HAT, reason
from mididrumigen.models import TICKS_PER_QUARTER, Hit

_IMPORTANCE = {
    "kick": 40.0,
    "snare": 40.0,
    "tom": 15.0,
    "crash": 15.0,
    "ride": 6.0,
    "hat": 6.0,
    "percussion": 1.0,
}
"""By family, for the loudest stroke; the softest has half, so that families do not overlap."""
_GHOST, _GRACE = 3.0, 2.0
"""The same of a ghost on the snare and, at most, of a grace note on anything."""
_KEPT = 1000.0
"""More than anything else."""
_ON_EIGHTH = 1.05
"""Of two strokes alike the one on an eighth stays."""
_GRACE_MS = 45.0
"""A stroke so shortly before a louder one on the same surface is a grace note."""
_GRACE_SOFTER = 0.8
"""Its velocity is below this share of the other's."""

_LEADS = 0.1
_EIGHTH = TICKS_PER_QUARTER // 2
_NEAR_TICKS = 30
"""The right hand leads: eighths are its own, the 16ths between them the left hand's, where both
could play. Strokes further from either may be triplets and are nobody's.
"""

_PEDALS = (Voice.KICK, Voice.HAT_PEDAL)
_TICK = attrgetter("tick")


@dataclass(frozen=True, slots=True)
class Struck:
    """A hit and the limb that plays it."""

    hit: Hit
    limb: PlayedBy


@dataclass(frozen=True, slots=True)
class Change:
    """A hit that is left out, and why, in a drummer's words."""

    hit: Hit
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played, and what is left out; both in the order of the hits."""

    strokes: tuple[Struck, ...]
    changes: tuple[Change, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is played."""
        return tuple(s.hit for s in self.strokes)


def plan(
    hits: Sequence[Hit],
    tempo_bpm: float,
    *,
    double_kick: bool = False,
    keep: Collection[Hit] = (),
) -> Plan:
    """The hits, in any order, as a drummer and a percussionist can play them.

    With `double_kick` both feet play the kick. Hits to `keep` go last: none does of a plan.
    """
    tick_ms = 60_000 / (tempo_bpm * TICKS_PER_QUARTER)
    of_hands: list[Hit] = []
    of_feet: list[Hit] = []
    of_percussionist: list[Hit] = []
    for hit in sorted(hits):
        if hit.voice in _PEDALS:
            of_feet.append(hit)
        elif SURFACE[hit.voice] in HANDS.gaps:
            of_hands.append(hit)
        else:
            of_percussionist.append(hit)
    kept = frozenset(keep)
    hands = _shared_out(of_hands, HANDS, tick_ms, kept)
    opens = [s.hit for s in hands.strokes if s.hit.voice is Voice.HAT_OPEN]
    free: list[Hit] = []
    closing: list[Change] = []
    for hit in of_feet:
        closes = hit.voice is Voice.HAT_PEDAL and _is_near(hit, opens, CLOSING_MS / tick_ms)
        if closes and hit not in kept:
            closing.append(Change(hit, CLOSES_OPEN_HAT))
        else:
            free.append(hit)
    plans = (
        hands,
        _shared_out(free, TWO_KICK_FEET if double_kick else FEET, tick_ms, kept),
        _shared_out(of_percussionist, PERCUSSIONIST, tick_ms, kept),
        Plan((), tuple(closing)),
    )
    return Plan(
        tuple(sorted((s for p in plans for s in p.strokes), key=_in_time)),
        tuple(sorted((c for p in plans for c in p.changes), key=_in_time)),
    )


def _in_time(item: Struck | Change) -> tuple[int, Voice, int]:
    return item.hit.tick, item.hit.voice, item.hit.velocity


def _is_near(hit: Hit, others: Sequence[Hit], ticks: float) -> bool:
    """Whether one of the others, which are in time order, is within so many ticks of a hit."""
    index = bisect_left(others, hit.tick - ticks, key=_TICK)
    return index < len(others) and others[index].tick <= hit.tick + ticks


def _shared_out(hits: Sequence[Hit], crew: Crew, tick_ms: float, keep: frozenset[Hit]) -> Plan:
    """What one crew plays."""
    if not hits:
        return Plan(())
    task = Task(
        ms=[hit.tick * tick_ms for hit in hits],
        surfaces=[SURFACE[hit.voice] for hit in hits],
        velocities=[hit.velocity for hit in hits],
        importance=_importance(hits, _GRACE_MS / tick_ms, keep),
        lead=[_lead(hit.tick) for hit in hits],
    )
    limbs = assign(task, crew)
    kept = [index for index, limb in enumerate(limbs) if limb is not None]
    return Plan(
        tuple(
            Struck(hit, crew.limbs[limb])
            for hit, limb in zip(hits, limbs, strict=True)
            if limb is not None
        ),
        tuple(
            Change(hit, reason(index, task, limbs, kept, crew))
            for index, hit in enumerate(hits)
            if limbs[index] is None
        ),
    )


def _importance(hits: Sequence[Hit], grace_ticks: float, keep: frozenset[Hit]) -> list[float]:
    """How much it would matter that a hit is left out."""
    values = []
    for hit, grace in zip(hits, _graces(hits, grace_ticks), strict=True):
        ghost = FAMILY[hit.voice] == "snare" and hit.velocity < GHOST_VELOCITY
        value = _GHOST if ghost else _IMPORTANCE[FAMILY[hit.voice]]
        if grace:
            value = min(value, _GRACE)
        if _lead(hit.tick) < 0:
            value *= _ON_EIGHTH
        value *= (1 + hit.velocity / 127) / 2
        values.append(_KEPT + value if hit in keep else value)
    return values


def _graces(hits: Sequence[Hit], ticks: float) -> list[bool]:
    """Whether a louder stroke on the same surface follows each hit within so many ticks."""
    graces = []
    to_come: dict[str, deque[Hit]] = {}
    for hit in reversed(hits):
        # Of each surface: the strokes that follow soon, each louder than those before it.
        later = to_come.setdefault(SURFACE[hit.voice], deque())
        while later and later[-1].tick - hit.tick > ticks:
            later.pop()
        graces.append(bool(later) and hit.velocity < _GRACE_SOFTER * later[-1].velocity)
        while later and later[0].velocity <= hit.velocity:
            later.popleft()
        later.appendleft(hit)
    return graces[::-1]


def _lead(tick: int) -> float:
    """What a stroke costs by the right hand rather than the left for where it falls."""
    off = (tick + _NEAR_TICKS) % _EIGHTH
    if off <= 2 * _NEAR_TICKS:
        return -_LEADS
    return _LEADS if abs(off - _NEAR_TICKS - _EIGHTH // 2) <= _NEAR_TICKS else 0.0

"""Small changes of the hands, so that a noted groove that comes back is played and not copied.

Conventions: accents, full snares, the kick and every voice that is no hi-hat, ride or ghost stay: a
style is known by them. What changes is what drummers change without thinking: a ghost more or less,
an open hi-hat, a stroke of the timekeeper between the others or one left out.

Numbers: ghosts lie on odd 16ths (8.5-9.5 % of them on each), but seldom right before a backbeat (5
% on steps 3 and 11): Groove MIDI Dataset (Google LLC, CC BY 4.0).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.engine.choose import pick
from mididrumigen.engine.fill import timekeeper
from mididrumigen.groove.fold import jaccard
from mididrumigen.groove.grid import TRIPLET
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import Bar, Stroke

_BEFORE_BACKBEAT = 0.55
"""Weight of a place right before a full snare for a ghost, against the other odd 16ths."""
_MOST_CHANGES = 12
_OPEN_VELOCITY = 96

_Change = Callable[[Bar, Random], Bar]


def embellish(
    bar: Bar, previous: Bar, likeness: float, ghosts: float, rng: Random, *, open_hats: bool
) -> Bar:
    """The bar changed until it is no more like the one before it than `likeness` (Jaccard index).

    `ghosts` is the share of snare strokes that are ghosts in this style, 0-1: a bar that has it
    gets no more, but one may go elsewhere. Without any, and without a timekeeper that can be
    varied, the bar may stay as it is.
    """
    changes: list[tuple[_Change, float]] = [(_less_keeper, 1.0), (_more_keeper, 0.6)]
    if open_hats:
        changes.append((_open_hat, 0.7))
    ways, weights = [c for c, _ in changes], [w for _, w in changes]
    for _ in range(_MOST_CHANGES):
        if jaccard(bar.grid, previous.grid) <= likeness:
            break
        has_enough = _ghost_share(bar) >= ghosts
        another = _moved_ghost if has_enough else _ghost
        bar = pick([*ways, another, _no_ghost], [*weights, 4 * ghosts, 2 * ghosts], rng)(bar, rng)
    return bar


def _ghost_share(bar: Bar) -> float:
    """Share of snare strokes that are ghosts, 0-1; 0 without any stroke."""
    snare = [_is_ghost(s) for s in bar.strokes if s.voice is Voice.SNARE]
    return sum(snare) / len(snare) if snare else 0.0


def _between(bar: Bar) -> list[int]:
    """Steps between eighths; between the outer triplets on their grid."""
    if bar.steps_per_quarter == TRIPLET:
        return list(range(1, bar.steps, TRIPLET))
    return list(range(1, bar.steps, 2))


def _ghost(bar: Bar, rng: Random) -> Bar:
    """One ghost more."""
    taken = {s.step for s in bar.strokes if FAMILY[s.voice] == "snare"}
    free = [step for step in _between(bar) if step not in taken]
    if not free:
        return bar
    full = {s.step for s in bar.strokes if FAMILY[s.voice] == "snare" and not _is_ghost(s)}
    weights = [_BEFORE_BACKBEAT if step + 1 in full else 1.0 for step in free]
    step = pick(free, weights, rng)
    return _with(bar, Stroke(step, Voice.SNARE, MARK_VELOCITIES["."]))


def _no_ghost(bar: Bar, rng: Random) -> Bar:
    """One ghost less."""
    return _without_one(bar, [s for s in bar.strokes if _is_ghost(s)], rng)


def _moved_ghost(bar: Bar, rng: Random) -> Bar:
    """One ghost elsewhere."""
    without = _no_ghost(bar, rng)
    return bar if without is bar else _ghost(without, rng)


def _more_keeper(bar: Bar, rng: Random) -> Bar:
    """A soft stroke of the timekeeper between two others."""
    keeper = timekeeper(bar)
    taken = {s.step for s in bar.strokes if FAMILY[s.voice] == FAMILY[keeper]}
    free = [
        step
        for step in _between(bar)
        if step not in taken and step - 1 in taken and FAMILY[keeper] in ("hat", "ride")
    ]
    if not free:
        return bar
    return _with(bar, Stroke(pick(free, [1.0] * len(free), rng), keeper, MARK_VELOCITIES["o"]))


def _less_keeper(bar: Bar, rng: Random) -> Bar:
    """One weak stroke of the timekeeper left out; its beats and accents stay, and so do eighths
    that run all through the bar: that none is missing is what makes them steady.
    """
    keeper = timekeeper(bar)
    struck = {s.step for s in bar.strokes if FAMILY[s.voice] == FAMILY[keeper]}
    eighths = set(range(0, bar.steps, 1 if bar.steps_per_quarter == TRIPLET else 2))
    steady = eighths if eighths <= struck else set()
    weak = [
        s
        for s in bar.strokes
        if s.voice is keeper
        and s.step % bar.steps_per_quarter
        and s.step not in steady
        and s.velocity < MARK_VELOCITIES["X"]
        and FAMILY[keeper] in ("hat", "ride")
    ]
    return _without_one(bar, weak, rng)


def _open_hat(bar: Bar, rng: Random) -> Bar:
    """An off-beat eighth of the hi-hat opened."""
    half = bar.steps_per_quarter // 2 if bar.steps_per_quarter != TRIPLET else TRIPLET - 1
    closed = [
        s
        for s in bar.strokes
        if s.voice is Voice.HAT_CLOSED
        and s.step % bar.steps_per_quarter == half
        and s.velocity < MARK_VELOCITIES["X"]
    ]
    if not closed or any(s.voice is Voice.HAT_OPEN for s in bar.strokes):
        return bar
    one = pick(closed, [1.0] * len(closed), rng)
    return _with(
        replace(bar, strokes=tuple(s for s in bar.strokes if s != one)),
        Stroke(one.step, Voice.HAT_OPEN, max(one.velocity, _OPEN_VELOCITY)),
    )


def _is_ghost(stroke: Stroke) -> bool:
    return stroke.voice is Voice.SNARE and stroke.velocity < GHOST_VELOCITY


def _with(bar: Bar, stroke: Stroke) -> Bar:
    return replace(bar, strokes=tuple(sorted((*bar.strokes, stroke))))


def _without_one(bar: Bar, strokes: Sequence[Stroke], rng: Random) -> Bar:
    if not strokes:
        return bar
    gone = pick(strokes, [1.0] * len(strokes), rng)
    return replace(bar, strokes=tuple(s for s in bar.strokes if s != gone))

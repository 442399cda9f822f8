"""A bar regrouped to another metre.

Conventions: a bar is a row of beats, and another metre takes the same beats in another number: a
shorter one keeps the first and the last, a longer one plays some twice. Compound metres take a
triplet beat as it is and open a straight one. 5/8, 7/8 and 11/8 are groups of two and three
eighths; a three plays the second eighth of its beat again. Fills keep their end: they are led up
to, not cut off.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from mididrumigen.drums import FAMILY, GHOST_VELOCITY
from mididrumigen.groove.grid import STRAIGHT, TRIPLET
from mididrumigen.models import Bar, Metre, Stroke

_GROUPS_OF_EIGHTHS = {5: (3, 2), 7: (2, 2, 3), 11: (3, 3, 3, 2)}

_PLANS: dict[tuple[int, int], tuple[int, ...]] = {
    (4, 5): (0, 1, 2, 2, 3),
    (4, 6): (0, 1, 2, 3, 2, 3),
    (4, 7): (0, 1, 2, 3, 0, 1, 3),
}
"""(beats there are, beats wanted) -> which to play, where the general rule would be less musical:
3+2, 4+2, 4+3.
"""

_OPENED = {0: 0, 1: 2, 2: 4, 3: 5}
"""16th of a straight beat -> 16th of a dotted one: the off-beat eighth becomes the third of the
three.
"""

_Beat = tuple[Stroke, ...]
"""Strokes of one beat, their steps counted from its start."""


def to_metre(bar: Bar, metre: Metre) -> Bar:
    """The bar in `metre`; itself where it is in it already."""
    if bar.metre == metre:
        return bar
    beats, per_beat = _beats(bar)
    if metre.is_compound:
        beats = [_to_dotted(beat, per_beat) for beat in beats]
        lengths, per_quarter = [6] * (metre.beats // 3), STRAIGHT
    elif metre.unit == 8:
        lengths, per_quarter = [2 * n for n in _GROUPS_OF_EIGHTHS[metre.beats]], STRAIGHT
    else:
        lengths, per_quarter = [per_beat] * metre.beats, per_beat
    plan = _plan(beats, len(lengths), _first_fill_beat(bar, len(beats)))
    strokes, starts, start = [], [], 0
    for source, length in zip(plan, lengths, strict=True):
        starts.append(start)
        beat = beats[source]  # the last of a triplet lands on the off-beat eighth
        strokes += [replace(s, step=start + s.step) for s in beat]
        if length == 6 and not metre.is_compound:  # a three: its second eighth comes again
            strokes += [replace(s, step=start + s.step + 2) for s in beat if s.step >= 2]
        start += length
    unique = {(s.step, s.voice): s for s in strokes if s.step < metre.steps(per_quarter)}
    return replace(
        bar,
        metre=metre,
        steps_per_quarter=per_quarter,
        strokes=tuple(sorted(unique.values())),
        fill_from=_fill_from(bar, len(beats), plan, starts),
    )


def _first_fill_beat(bar: Bar, count: int) -> int | None:
    """Beat of `count` on which the bar's fill begins; None for a groove."""
    return bar.fill_from * count // bar.steps if bar.kind == "fill" else None


def _fill_from(bar: Bar, count: int, plan: Sequence[int], starts: Sequence[int]) -> int:
    """Step on which the fill begins in its new bar: from there on every beat is the fill's."""
    first = _first_fill_beat(bar, count)
    if first is None:
        return 0
    place = len(plan)
    while place and plan[place - 1] >= first:
        place -= 1
    return starts[min(place, len(starts) - 1)]


def _beats(bar: Bar) -> tuple[list[_Beat], int]:
    """(beats, steps in each: 4 straight or 3 triplet) of a bar; dotted beats of compound metres
    become triplets.
    """
    if bar.metre.is_compound:
        length, per_beat = 6, TRIPLET
    else:
        length = per_beat = bar.steps_per_quarter
    count = max(1, round(bar.steps / length))
    beats: list[list[Stroke]] = [[] for _ in range(count)]
    for stroke in bar.strokes:
        beat, step = divmod(stroke.step, length)
        if bar.metre.is_compound:
            if step % 2:
                continue
            step //= 2
        if beat < count:
            beats[beat].append(replace(stroke, step=step))
    return [tuple(beat) for beat in beats], per_beat


def _plan(beats: Sequence[_Beat], want: int, first_fill: int | None) -> tuple[int, ...]:
    """Which beats to play in a bar of `want` beats; a fill, if any, begins on beat `first_fill`."""
    have = len(beats)
    if first_fill is not None:
        if want <= have:
            return tuple(range(have - want, have))
        lead = first_fill or have  # more of the groove before the fill, or more of the fill itself
        return (*(i % lead for i in range(want - have)), *range(have))
    if want >= have:
        again = (i % have for i in range(want - have))
        return _PLANS.get((have, want), (*range(have), *again))
    # The first and the last beat stay, unless that would leave out the only backbeat there is.
    plans = [(0, *rest) for rest in combinations(range(1, have), want - 1)]
    usual = (*range(want - 1), have - 1)
    return min(plans, key=lambda p: (-_accents(beats, p), p != usual, have - 1 not in p, p))


def _accents(beats: Sequence[_Beat], plan: Sequence[int]) -> bool:
    """Whether a full stroke on snare, rim or clap is among the beats of a plan."""
    return any(
        FAMILY[s.voice] == "snare" and s.velocity >= GHOST_VELOCITY for i in plan for s in beats[i]
    )


def _to_dotted(beat: _Beat, per_beat: int) -> _Beat:
    """A beat as a dotted quarter of six 16ths; straight eighths of the timekeeper become three."""
    if per_beat == TRIPLET:
        return tuple(replace(s, step=s.step * 2) for s in beat)
    opened = [replace(s, step=_OPENED[s.step]) for s in beat]
    for voice in dict.fromkeys(s.voice for s in beat if FAMILY[s.voice] in ("hat", "ride")):
        own = {s.step: s for s in opened if s.voice is voice}
        if 0 in own and 4 in own and 2 not in own:
            opened.append(replace(own[4], step=2))
    return tuple(opened)

"""A bar regrouped to another metre.

Conventions: a bar is a row of beats, and another metre takes the same beats in another number: a
shorter one keeps the first and the last, a longer one plays some twice. Compound metres take a
triplet beat as it is and open a straight one. 5/8, 7/8 and 11/8 are groups of two and three
eighths; a three plays the second eighth of its beat again. Fills keep their end: they are led up
to, not cut off.
"""

from collections.abc import Sequence
from dataclasses import replace

from mididrumigen.drums import FAMILY
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
        plan = _plan(len(beats), metre.beats // 3, bar.kind == "fill")
        length, per_quarter = 6, STRAIGHT
        beats = [_to_dotted(beat, per_beat) for beat in beats]
    elif metre.unit == 8:
        return _in_groups(bar, metre, beats)
    else:
        plan = _plan(len(beats), metre.beats, bar.kind == "fill")
        length = per_quarter = per_beat
    starts = _fill_beats(bar, len(beats))
    strokes = [
        replace(stroke, step=place * length + stroke.step)
        for place, source in enumerate(plan)
        for stroke in beats[source]
    ]
    fill_from = next((place * length for place, source in enumerate(plan) if source in starts), 0)
    return _made(bar, metre, per_quarter, strokes, fill_from)


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


def _plan(have: int, want: int, from_end: bool) -> tuple[int, ...]:
    """Which beats to play."""
    if want <= have:
        if from_end:
            return tuple(range(have - want, have))
        return (*range(want - 1), have - 1)
    if (have, want) in _PLANS:
        return _PLANS[have, want]
    lead = [i % have for i in range(want - have)]
    return (*lead, *range(have)) if from_end else (*range(have), *lead)


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


def _in_groups(bar: Bar, metre: Metre, beats: Sequence[_Beat]) -> Bar:
    """The bar in groups of two and three eighths."""
    groups = _GROUPS_OF_EIGHTHS[metre.beats]
    plan = _plan(len(beats), len(groups), bar.kind == "fill")
    starts = _fill_beats(bar, len(beats))
    strokes: list[Stroke] = []
    fill_from, place = 0, 0
    for group, source in zip(groups, plan, strict=True):
        beat = beats[source]  # the last of a triplet lands on the off-beat eighth
        strokes += [replace(s, step=place + s.step) for s in beat]
        if group == 3:
            strokes += [replace(s, step=place + s.step + 2) for s in beat if s.step >= 2]
        if source in starts and not fill_from:
            fill_from = place
        place += group * 2
    return _made(bar, metre, STRAIGHT, strokes, fill_from)


def _fill_beats(bar: Bar, count: int) -> range:
    """Beats that belong to the fill; none for a groove."""
    if bar.kind != "fill":
        return range(0)
    return range(bar.fill_from * count // bar.steps, count)


def _made(bar: Bar, metre: Metre, per_quarter: int, strokes: list[Stroke], fill_from: int) -> Bar:
    unique = {(s.step, s.voice): s for s in strokes if s.step < metre.steps(per_quarter)}
    return replace(
        bar,
        metre=metre,
        steps_per_quarter=per_quarter,
        strokes=tuple(sorted(unique.values())),
        fill_from=fill_from,
    )

"""Grooves told from fills.

Conventions: a fill is a run of beats up to the end of a bar in which drums (snare and toms) take
over from the timekeeper (hi-hat, ride), more than they usually do on that beat in this take, so
that a tom groove is no fill.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.groove.bars import PlayedBar
from mididrumigen.groove.pulse import beat_count, beat_steps

_USUAL_NEEDS_BARS = 4
"""With fewer bars nothing is usual yet, and absolute counts decide."""


@dataclass(frozen=True, slots=True)
class _Beat:
    drums: int
    """Full strokes on snare and toms."""
    ghosts: int
    toms: int
    keeper: int
    """Strokes on hi-hat (not the pedal) and ride."""


def fill_start(bar: PlayedBar, usual: Sequence[_Beat]) -> int | None:
    """Step on which a fill begins in this bar, or None; `usual` is what `usual_beats` says of the
    take.
    """
    beats = _beats(bar)
    length = beat_steps(bar.metre, bar.grid.steps_per_quarter)
    if not usual:
        return _lone_fill_start(beats, length)
    run = 0
    for index in range(len(beats) - 1, -1, -1):
        if index >= len(usual) or not _breaks_out(beats[index], usual[index]):
            break
        run += 1
    if run == 0 or sum(b.drums for b in beats[-run:]) < 3:
        return None
    return (len(beats) - run) * length


def usual_beats(bars: Sequence[PlayedBar]) -> list[_Beat]:
    """Median counts on each beat over the bars of a take; empty where the take is too short to have
    a usual.
    """
    if len(bars) < _USUAL_NEEDS_BARS:
        return []
    columns: list[list[_Beat]] = []
    for bar in bars:
        for index, beat in enumerate(_beats(bar)):
            if index == len(columns):
                columns.append([])
            columns[index].append(beat)
    return [
        _Beat(
            round(median(b.drums for b in column)),
            round(median(b.ghosts for b in column)),
            round(median(b.toms for b in column)),
            round(median(b.keeper for b in column)),
        )
        for column in columns
    ]


def _lone_fill_start(beats: Sequence[_Beat], length: int) -> int | None:
    """Step on which the fill of a take begins that is too short to have a usual: a bar in which
    hardly any time is kept is a fill from its first drum on, else the run of drums at its end.
    """
    drums = sum(b.drums + b.ghosts for b in beats)
    if drums >= 3 and sum(b.keeper for b in beats) <= drums / 3:
        return next(i for i, b in enumerate(beats) if b.drums + b.ghosts) * length
    run = 0
    for beat in reversed(beats):
        if not (beat.drums >= 2 and beat.keeper <= 1):
            break
        run += 1
    if sum(b.drums for b in beats[len(beats) - run :]) < 3:
        return None
    return (len(beats) - run) * length


def _breaks_out(beat: _Beat, usual: _Beat) -> bool:
    """Whether drums take over on this beat."""
    more_drums = beat.drums - usual.drums
    more_toms = beat.toms - usual.toms
    less_time = usual.keeper - beat.keeper
    return (
        more_toms >= 2
        or (more_drums >= 2 and less_time >= 1)
        or (more_toms >= 1 and less_time >= 2)
    )


def _beats(bar: PlayedBar) -> list[_Beat]:
    per_quarter = bar.grid.steps_per_quarter
    length = beat_steps(bar.metre, per_quarter)
    drums, ghosts, toms, keeper = ([0] * beat_count(bar.metre, per_quarter) for _ in range(4))
    for stroke in bar.strokes:
        beat = stroke.step // length
        family = FAMILY[stroke.voice]
        if family == "tom":
            toms[beat] += 1
            drums[beat] += 1
        elif family == "snare" and stroke.velocity >= GHOST_VELOCITY:
            drums[beat] += 1
        elif family == "snare":
            ghosts[beat] += 1
        elif family == "ride" or (family == "hat" and stroke.voice is not Voice.HAT_PEDAL):
            keeper[beat] += 1
    return [_Beat(*counts) for counts in zip(drums, ghosts, toms, keeper, strict=True)]

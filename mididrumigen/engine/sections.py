"""Sections of a song: what a drummer does otherwise in a verse, a chorus and a pick-up.

Conventions: a verse keeps time on the closed hi-hat and is softer, a chorus on the ride (or the
open hi-hat, where the artist has no ride) and is louder; the notes of kick and snare stay the
artist's. A pick-up is silent up to the few strokes that lead in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine.fill import timekeeper
from mididrumigen.groove.pulse import beat_steps
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import Bar, Part, Stroke

INTENSITY: Mapping[Part, float] = {"verse": -10.0, "chorus": 12.0}
"""Added to the control of that name."""

_RIDES = (Voice.RIDE, Voice.RIDE_BELL)
_PICKUP_BEATS = 1


def verse(bar: Bar) -> Bar:
    """The bar with its time kept on the closed hi-hat."""
    keeper = timekeeper(bar)
    if keeper in _RIDES or keeper is Voice.HAT_OPEN:
        return _kept_on(bar, keeper, Voice.HAT_CLOSED)
    return bar


def chorus(bar: Bar, kit: Mapping[Voice, float]) -> Bar:
    """The bar with its time kept on the ride, or on the open hi-hat where the kit has none."""
    keeper = timekeeper(bar)
    if keeper is not Voice.HAT_CLOSED:
        return bar
    if any(voice in kit for voice in _RIDES):
        bar = _kept_on(bar, Voice.HAT_OPEN, Voice.RIDE)
        return _kept_on(bar, keeper, Voice.RIDE)
    beat = beat_steps(bar.metre, bar.steps_per_quarter)
    # An open hi-hat in eighths is a wash; in quarters it drives.
    on_beats = [s for s in bar.strokes if s.voice is not keeper or s.step % beat == 0]
    return _kept_on(replace(bar, strokes=tuple(on_beats)), keeper, Voice.HAT_OPEN)


def pickup(bars: Sequence[Bar], fill: Bar) -> list[Bar]:
    """Silence, and the end of a fill; two strokes of the snare where that fill ends in silence."""
    beat = beat_steps(fill.metre, fill.steps_per_quarter)
    start = fill.steps - beat * _PICKUP_BEATS
    end = tuple(s for s in fill.strokes if s.step >= start and not _keeps_time(s))
    if not end:
        loud, louder = MARK_VELOCITIES["x"], MARK_VELOCITIES["X"]
        end = (Stroke(start, Voice.SNARE, loud), Stroke(start + beat // 2, Voice.SNARE, louder))
    rests = [replace(bar, strokes=()) for bar in bars[:-1]]
    return [*rests, replace(fill, strokes=end, fill_from=start)]


def _keeps_time(stroke: Stroke) -> bool:
    return FAMILY[stroke.voice] in ("hat", "ride")


def _kept_on(bar: Bar, old: Voice, new: Voice) -> Bar:
    """The bar with the strokes of one cymbal on another; no foot closes a hi-hat that is struck."""
    strokes: dict[tuple[int, Voice], Stroke] = {}
    for s in bar.strokes:
        moved = replace(s, voice=new) if s.voice is old else s
        strokes.setdefault((moved.step, moved.voice), moved)
    kept = list(strokes.values())
    if FAMILY[new] == "hat":
        struck = {s.step for s in kept if s.voice is new}
        kept = [s for s in kept if s.voice is not Voice.HAT_PEDAL or s.step not in struck]
    return replace(bar, strokes=tuple(sorted(kept)))

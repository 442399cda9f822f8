"""The user's own clip: a MIDI file, or the notes of a clip in a DAW.

Conventions: a clip has one metre and one tempo, and begins on a bar line. It ends with the bar of
its last stroke, or where it is said to end.
"""

import math
from collections.abc import Sequence
from pathlib import Path

from mididrumigen.engine.locks import EARLY_TICKS
from mididrumigen.errors import InputError
from mididrumigen.groove.bars import playable_metre
from mididrumigen.midi import GM, DrumMap, read_file
from mididrumigen.midi.recognise import table_of
from mididrumigen.models import COMMON_TIME, TICKS_PER_QUARTER, Clip, Hit, Metre, Take
from mididrumigen.models.request import MAX_BARS, TEMPO_RANGE_BPM

MAX_NOTES = 10_000
READ_LIMIT_S = 20.0


def clip_of_file(path: Path) -> Clip:
    """The clip in a MIDI file; raises MidiError and InputError."""
    return clip_of_take(read_file(path), path.stem)


def clip_of_take(take: Take, title: str) -> Clip:
    """The clip that a take is; raises InputError for one in a metre that is none to play in, or in
    several.
    """
    metre = playable_metre(take.metres[0][1])
    if metre is None:
        raise InputError(f"{title} is in {take.metres[0][1]}, which cannot be played")
    changes = [tick for tick, other in take.metres if playable_metre(other) != metre]
    if changes:
        bar = changes[0] // metre.ticks + 1
        raise InputError(
            f"{title} changes its time signature in bar {bar}", "cut it there into clips"
        )
    low, high = TEMPO_RANGE_BPM
    notices = list(take.notes)
    tempo_bpm = round(take.tempos[0][1], 2)
    if not low <= tempo_bpm <= high:
        raise InputError(f"{title} is at {tempo_bpm:g} BPM, and only {low:g} to {high:g} is played")
    if len({tempo for _, tempo in take.tempos}) > 1:
        notices.append(f"{title} changes its tempo; it is played at {tempo_bpm:g} BPM throughout")
    if take.map_name != "gm":
        notices.append(f"read with the {take.map_name} drum map")
    if take.unmapped:
        notices.append(f"{take.unmapped} notes outside the drum map are left out")
    return _whole_bars(title, take.hits, None, metre, tempo_bpm, notices)


def clip_of_notes(
    notes: Sequence[tuple[int, float, float, float]],
    *,
    title: str,
    metre: Metre = COMMON_TIME,
    tempo_bpm: float = 120.0,
    length_beats: float | None = None,
    drum_map: DrumMap = GM,
) -> Clip:
    """The clip of a DAW: (pitch of the drum map, start and length in quarter notes, velocity) each;
    raises InputError where no drum is among them.
    """
    voices = table_of(drum_map)
    hits = [
        Hit(round(start * TICKS_PER_QUARTER), voices[pitch], max(1, min(127, round(velocity))))
        for pitch, start, _, velocity in notes
        if pitch in voices
    ]
    notices = []
    if len(hits) < len(notes):
        left = len(notes) - len(hits)
        notices.append(f"{left} notes outside the drums of {drum_map.title} are left out")
    length = None if length_beats is None else round(length_beats * TICKS_PER_QUARTER)
    return _whole_bars(title, sorted(hits), length, metre, tempo_bpm, notices)


def _whole_bars(
    title: str,
    hits: Sequence[Hit],
    length_ticks: int | None,
    metre: Metre,
    tempo_bpm: float,
    notices: list[str],
) -> Clip:
    if not hits:
        raise InputError(f"there are no drums in {title}", "choose a clip with drum notes")
    end = hits[-1].tick + EARLY_TICKS + 1 if length_ticks is None else length_ticks
    bars = max(1, math.ceil(end / metre.ticks))
    if bars > MAX_BARS:
        notices.append(f"{title} has {bars} bars; the first {MAX_BARS} are played")
        bars = MAX_BARS
    inside = tuple(hit for hit in hits if -EARLY_TICKS <= hit.tick < bars * metre.ticks)
    if not inside:
        raise InputError(f"there are no drums in the bars of {title}", "choose another clip")
    if len(inside) > MAX_NOTES:
        raise InputError(f"{title} has {len(inside)} strokes in {bars} bars, which is no music")
    return Clip(title, inside, bars, metre, tempo_bpm, tuple(notices))

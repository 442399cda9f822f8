"""Pattern -> bytes of a Standard MIDI File.

Conventions: format 0 (one track drags into every DAW as one clip), 480 ticks a quarter note, tempo,
metre and name at tick 0, all notes on channel 10, end of track exactly on the bar line. A text
event says artist, seed and profile; no times and no ids, so the same request gives the same bytes.
"""

import io
from collections.abc import Sequence

from mididrumigen.midi.drum_parts import DRUM_CHANNEL
from mididrumigen.midi.notes import to_notes
from mididrumigen.models import TICKS_PER_QUARTER, Metre, Note, Pattern


def midi_bytes(pattern: Pattern) -> bytes:
    """The file; the same pattern gives the same bytes."""
    return clip_bytes(
        to_notes(pattern),
        name=pattern.name,
        artist=pattern.artist,
        seed=pattern.seed,
        tempo_bpm=pattern.tempo_bpm,
        metre=pattern.metre,
        ticks=pattern.ticks,
    )


def clip_bytes(
    notes: Sequence[Note],
    *,
    name: str,
    artist: str,
    seed: int,
    tempo_bpm: float,
    metre: Metre,
    ticks: int,
) -> bytes:
    """The file of notes that are a clip `ticks` long."""
    import mido  # 60 ms: only where files are written

    track = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name=name),
            mido.MetaMessage("set_tempo", tempo=round(60e6 / tempo_bpm)),
            mido.MetaMessage(
                "time_signature",
                numerator=metre.beats,
                denominator=metre.unit,
                clocks_per_click=36 if metre.is_compound else 96 // metre.unit,
            ),
            mido.MetaMessage("text", text=f"MidiDrumiGen: in the style of {artist}, seed {seed}"),
        ]
    )
    events: list[tuple[int, int, int, int]] = []
    for note in notes:
        events.append((note.tick, 1, note.pitch, note.velocity))
        events.append((note.tick + note.duration_ticks, 0, note.pitch, 0))
    now = 0
    for tick, is_on, pitch, velocity in sorted(events):  # at one tick, offs come first
        track.append(
            mido.Message(
                "note_on" if is_on else "note_off",
                channel=DRUM_CHANNEL,
                note=pitch,
                velocity=velocity,
                time=tick - now,
            )
        )
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=ticks - now))
    midi = mido.MidiFile(type=0, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
    midi.tracks.append(track)
    out = io.BytesIO()
    midi.save(file=out)
    return out.getvalue()

"""Pattern -> bytes of a Standard MIDI File.

Conventions: 480 ticks a quarter note, tempo, metre and name at tick 0, all notes on channel 10, end
of every track exactly on the bar line. In one track the file is of format 0, which drags into every
DAW as one clip; with a track a voice of format 1: tempo and metre in the first, then each voice
that plays, by its name. A text event says artist, seed and profile, another the drum map where that
is not General MIDI; no times and no ids, so the same request gives the same bytes.
"""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mididrumigen.drums import DRUMS
from mididrumigen.midi.drum_parts import DRUM_CHANNEL
from mididrumigen.midi.map_line import map_line
from mididrumigen.midi.maps import GM, DrumMap
from mididrumigen.midi.notes import to_notes
from mididrumigen.models import TICKS_PER_QUARTER, Metre, Note, Pattern, Tracks

if TYPE_CHECKING:
    import mido


def midi_bytes(pattern: Pattern, drum_map: DrumMap = GM, tracks: Tracks = "one") -> bytes:
    """The file; the same pattern on the same map gives the same bytes."""
    return clip_bytes(
        to_notes(pattern, drum_map),
        name=pattern.name,
        artist=pattern.artist,
        seed=pattern.seed,
        tempo_bpm=pattern.tempo_bpm,
        metre=pattern.metre,
        ticks=pattern.ticks,
        drum_map=drum_map,
        tracks=tracks,
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
    drum_map: DrumMap = GM,
    tracks: Tracks = "one",
) -> bytes:
    """The file of notes that are a clip `ticks` long; they are those of the drum map."""
    import mido  # 60 ms: only where files are written

    texts = [f"MidiDrumiGen: in the style of {artist}, seed {seed}"]
    voices = drum_map.voices
    if line := map_line(drum_map.name, voices):
        texts.append(line)
    head = [
        mido.MetaMessage("track_name", name=name),
        mido.MetaMessage("set_tempo", tempo=round(60e6 / tempo_bpm)),
        mido.MetaMessage(
            "time_signature",
            numerator=metre.beats,
            denominator=metre.unit,
            clocks_per_click=36 if metre.is_compound else 96 // metre.unit,
        ),
        *(mido.MetaMessage("text", text=text) for text in texts),
    ]
    is_one = tracks == "one"
    midi = mido.MidiFile(type=0 if is_one else 1, ticks_per_beat=TICKS_PER_QUARTER, charset="utf-8")
    midi.tracks.append(_track(head, notes if is_one else (), ticks))
    if not is_one:
        order = list(DRUMS)
        played = {note.pitch for note in notes}
        for pitch in sorted(played, key=lambda pitch: order.index(voices[pitch])):
            title = mido.MetaMessage("track_name", name=DRUMS[voices[pitch]].title.capitalize())
            line_of = [note for note in notes if note.pitch == pitch]
            midi.tracks.append(_track([title], line_of, ticks))
    out = io.BytesIO()
    midi.save(file=out)
    return out.getvalue()


def _track(
    head: "Sequence[mido.MetaMessage]", notes: Sequence[Note], ticks: int
) -> "mido.MidiTrack":
    """What stands at its start, then notes, to the end of the clip."""
    import mido

    track = mido.MidiTrack(head)
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
    return track

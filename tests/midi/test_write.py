"""Writing MIDI files, against the bytes of the standard and another reader."""

import io
import os
import subprocess
import sys
from dataclasses import replace

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.midi import clip_bytes, midi_bytes, read_midi
from mididrumigen.models import METRES, Hit, Metre, Note, Pattern
from tests.processes import guarded

KICK = Pattern((Hit(0, Voice.KICK, 112),), 1, Metre(4, 4), 120.0, 7, 1, "A")


def events(data: bytes) -> list[tuple[int, mido.Message]]:
    """(absolute tick, message) of the only track, as mido reads it."""
    midi = mido.MidiFile(file=io.BytesIO(data), charset="utf-8")
    assert (midi.type, midi.ticks_per_beat, len(midi.tracks)) == (0, 480, 1)
    tick, found = 0, []
    for message in midi.tracks[0]:
        tick += message.time
        found.append((tick, message))
    return found


def test_a_bar_with_one_kick_is_these_bytes() -> None:
    text = b"MidiDrumiGen: in the style of A, seed 7"
    track = (
        *(b"\x00\xff\x03\x0f", b"A - Variation 1"),
        b"\x00\xff\x51\x03\x07\xa1\x20",  # 500,000 microseconds a quarter
        b"\x00\xff\x58\x04\x04\x02\x18\x08",  # 4, 2 to the 2nd, 24 clocks a click
        *(b"\x00\xff\x01", bytes((len(text),)), text),
        b"\x00\x99\x24\x70",  # kick on
        b"\x78\x89\x24\x00",  # off 120 ticks later
        b"\x8e\x08\xff\x2f\x00",  # end 14 * 128 + 8 = 1,800 later: tick 1,920
    )
    body = b"".join(track)
    head = b"MThd\x00\x00\x00\x06\x00\x00\x00\x01\x01\xe0"
    assert midi_bytes(KICK) == head + b"MTrk" + len(body).to_bytes(4, "big") + body


@pytest.mark.parametrize("bars", [1, 3, 32])
@pytest.mark.parametrize("metre", METRES, ids=str)
def test_the_track_ends_exactly_on_the_bar_line(metre: Metre, bars: int) -> None:
    length = bars * metre.beats * 1920 // metre.unit
    hits = (Hit(0, Voice.KICK, 90), Hit(length - 1, Voice.SNARE, 90), Hit(length, Voice.RIDE, 90))
    for played in ((), hits):
        pattern = Pattern(played, bars, metre, 97.0, 1, 1, "Test")
        found = events(midi_bytes(pattern))
        assert found[-1][0] == length
        assert found[-1][1].type == "end_of_track"
        assert [m.type for _, m in found].count("end_of_track") == 1


@pytest.mark.parametrize("metre", METRES, ids=str)
def test_the_metre_is_written_with_a_click_on_the_beat(metre: Metre) -> None:
    found = events(midi_bytes(replace(KICK, metre=metre)))
    (signature,) = (m for _, m in found if m.type == "time_signature")
    assert (signature.numerator, signature.denominator) == (metre.beats, metre.unit)
    beat = {"6/8": 36, "9/8": 36, "12/8": 36}.get(str(metre), 24 if metre.unit == 4 else 12)
    assert signature.clocks_per_click == beat
    assert signature.notated_32nd_notes_per_beat == 8


@pytest.mark.parametrize("tempo_bpm", [30.0, 92.0, 120.0, 123.4, 300.0])
def test_the_tempo_is_read_back(tempo_bpm: float) -> None:
    take = read_midi(midi_bytes(replace(KICK, tempo_bpm=tempo_bpm)))
    assert take.tempos == ((0, pytest.approx(tempo_bpm, rel=1e-5)),)


@pytest.mark.parametrize("artist", ["Sigur R\u00f3s", "\u05d9\u05e2\u05dc", "\U0001f941" * 40])
def test_names_in_every_script_are_written_as_utf_8(artist: str) -> None:
    found = events(midi_bytes(replace(KICK, artist=artist, variation=3)))
    (name,) = (m.name for _, m in found if m.type == "track_name")
    (text,) = (m.text for _, m in found if m.type == "text")
    assert name == f"{artist} - Variation 3"
    assert text == f"MidiDrumiGen: in the style of {artist}, seed 7"


def test_another_process_with_another_hash_seed_writes_the_same_bytes() -> None:
    program = (
        "import sys; from mididrumigen.drums import Voice;"
        "from mididrumigen.midi import midi_bytes;"
        "from mididrumigen.models import Hit, Metre, Pattern;"
        "hits = tuple(Hit(i * 37, v, 50 + i) for i, v in enumerate(Voice));"
        "p = Pattern(hits, 2, Metre(7, 8), 101.5, 9, 2, 'Same');"
        "sys.stdout.buffer.write(midi_bytes(p))"
    )
    written = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": guarded(*sys.path)},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    ]
    assert written[0][:4] == b"MThd"
    assert written[0] == written[1]


_HITS = st.lists(
    st.builds(Hit, st.integers(-100, 4000), st.sampled_from(Voice), st.integers(1, 127)),
    max_size=60,
)
_CROWDED = st.lists(
    st.builds(
        Hit,
        st.integers(-100, 2500),
        st.sampled_from((Voice.KICK, Voice.SNARE)),
        st.integers(1, 127),
    ),
    max_size=60,
)


@settings(max_examples=100, deadline=None)
@given(hits=_HITS | _CROWDED, metre=st.sampled_from(METRES))
def test_every_note_on_has_its_off_before_the_next_of_its_pitch(
    hits: list[Hit], metre: Metre
) -> None:
    pattern = Pattern(tuple(hits), 1, metre, 120.0, 1, 1, "Test")
    data = midi_bytes(pattern)
    assert midi_bytes(replace(pattern)) == data
    length = metre.beats * 1920 // metre.unit
    sounding: dict[int, int] = {}
    for tick, message in events(data):
        assert 0 <= tick <= length
        if message.type == "note_on":
            assert message.channel == 9
            assert 1 <= message.velocity <= 127
            assert message.note not in sounding
            sounding[message.note] = tick
        elif message.type == "note_off":
            assert message.channel == 9
            assert tick - sounding.pop(message.note) >= 30
    assert sounding == {}


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 63), st.sampled_from(Voice)), st.integers(1, 127), min_size=1
    )
)
def test_what_was_written_is_read_back(cells: dict[tuple[int, Voice], int]) -> None:
    hits = tuple(sorted(Hit(step * 30, voice, v) for (step, voice), v in cells.items()))
    take = read_midi(midi_bytes(replace(KICK, hits=hits, metre=Metre(4, 4))))
    assert take.hits == hits
    assert take.metres == ((0, Metre(4, 4)),)
    assert (take.map_name, take.unmapped, take.has_tempo) == ("gm", 0, True)


def test_notes_of_a_clip_are_written_in_time_order_however_they_come() -> None:
    notes = [Note(480, 38, 90, 240), Note(0, 36, 112, 480), Note(480, 36, 80, 60)]
    asked = {"name": "Ü", "artist": "A", "seed": 7, "tempo_bpm": 97.5, "metre": Metre(2, 4)}
    data = clip_bytes(notes, **asked, ticks=960)
    assert clip_bytes(notes[::-1], **asked, ticks=960) == data
    found = [
        (tick, m.type, m.note, m.velocity, m.channel) for tick, m in events(data) if not m.is_meta
    ]
    assert found == [
        (0, "note_on", 36, 112, 9),
        (480, "note_off", 36, 0, 9),  # ends before the next one of its pitch begins
        (480, "note_on", 36, 80, 9),
        (480, "note_on", 38, 90, 9),
        (540, "note_off", 36, 0, 9),
        (720, "note_off", 38, 0, 9),
    ]
    assert events(data)[-1][0] == 960


def test_a_clip_without_notes_is_as_long_as_it_is() -> None:
    data = clip_bytes(
        [], name="x", artist="A", seed=0, tempo_bpm=120, metre=Metre(4, 4), ticks=1920
    )
    assert [(tick, m.type) for tick, m in events(data)][-1] == (1920, "end_of_track")


def test_a_track_for_each_voice_is_named_after_it_and_as_long_as_the_clip() -> None:
    hits = (Hit(0, Voice.HAT_OPEN, 70), Hit(0, Voice.KICK, 112), Hit(480, Voice.SNARE, 90))
    hits += (Hit(960, Voice.KICK, 100),)
    midi = mido.MidiFile(
        file=io.BytesIO(midi_bytes(replace(KICK, hits=hits), tracks="per-voice")), charset="utf-8"
    )
    assert (midi.type, midi.ticks_per_beat) == (1, 480)
    first, *rest = midi.tracks
    kinds = [m.type for m in first]
    assert kinds == ["track_name", "set_tempo", "time_signature", "text", "end_of_track"]
    found = {}
    for track in rest:
        assert [m.type for m in track if m.is_meta] == ["track_name", "end_of_track"]
        assert {m.channel for m in track if not m.is_meta} == {9}
        found[track.name] = [m.note for m in track if m.type == "note_on"]
    assert found == {"Kick": [36, 36], "Snare": [38], "Open hi-hat": [46]}
    assert {sum(m.time for m in track) for track in midi.tracks} == {1920}
    assert read_midi(midi_bytes(replace(KICK, hits=hits), tracks="per-voice")).hits == tuple(
        sorted(hits)
    )


def test_a_clip_without_notes_has_a_track_for_no_voice() -> None:
    data = midi_bytes(replace(KICK, hits=()), tracks="per-voice")
    midi = mido.MidiFile(file=io.BytesIO(data))
    assert (midi.type, len(midi.tracks)) == (1, 1)
    assert sum(m.time for m in midi.tracks[0]) == 1920

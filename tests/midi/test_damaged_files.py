"""Damaged files: what is read of each defect, what is refused, and what it may cost."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.errors import MidiError
from mididrumigen.midi import read_midi
from mididrumigen.midi.parse import parse
from mididrumigen.midi.song import Song, Track
from mididrumigen.models import Metre
from tests.midi.broken import FILES, GOOD, STROKES, Broken
from tests.midi.damage import damaged
from tests.midi.parts import END, body, chunk, header, meta, midi, played, vlq

DAMAGED = "damaged: read as far as it goes"
LONGEST_S = 2.0
MOST_BYTES = 300_000_000
DAMAGED_FILES = 200

READ = [file for file in FILES if file.left is not None]
REFUSED = [file for file in FILES if file.left is None]


def test_there_are_at_least_sixty_defects_and_each_has_a_file_of_its_own() -> None:
    assert len({file.name for file in FILES}) == len(FILES) >= 60
    assert len({file.data for file in FILES} - {GOOD}) == len(FILES)


def test_the_song_before_any_defect_is_read_with_all_its_strokes() -> None:
    take = read_midi(GOOD)
    assert [(hit.tick, hit.velocity) for hit in take.hits] == sorted((t, v) for t, _, v in STROKES)
    assert take.notes == ()


@pytest.mark.parametrize("file", READ, ids=lambda file: file.name)
def test_a_file_with_one_defect_is_read_with_every_stroke_that_is_left(file: Broken) -> None:
    take = read_midi(file.data)
    assert take.hits == file.hits
    if file.tempo_bpm is not None:
        assert take.tempos[0] == (0, pytest.approx(file.tempo_bpm))
    if file.metre is not None:
        assert take.metres == ((0, Metre(*file.metre)),)
    if file.is_damaged is not None:
        assert (DAMAGED in take.notes) == file.is_damaged


@pytest.mark.parametrize("file", REFUSED, ids=lambda file: file.name)
def test_a_file_that_leaves_no_stroke_is_refused_with_the_reason(file: Broken) -> None:
    with pytest.raises(MidiError, match=file.reason):
        read_midi(file.data)


def _by_mido(midi_file: mido.MidiFile) -> list[Track]:
    """The tracks as mido has them."""
    tracks = []
    for events in midi_file.tracks:
        track, tick = Track(), 0
        for event in events:
            tick += event.time
            if event.type in ("note_on", "note_off"):
                velocity = event.velocity if event.type == "note_on" else 0
                track.notes.append((tick, event.channel, event.note, velocity))
            elif event.type in ("track_name", "instrument_name"):
                track.names.append(event.name)
            elif event.type == "set_tempo":
                track.tempos.append((tick, event.tempo))
            elif event.type == "time_signature":
                unit = event.denominator.bit_length() - 1
                track.metres.append((tick, event.numerator, unit))
        tracks.append(track)
    return tracks


_DATA = st.integers(0, 127)
_CHANNEL = st.integers(0, 15)
_DELTA = st.one_of(st.integers(0, 300), st.integers(0, 0x0FFFFFFF))
_TEXT = st.text(st.characters(max_codepoint=255), max_size=200)


def _message(kind: str, **values: st.SearchStrategy[object]) -> st.SearchStrategy[mido.Message]:
    return st.builds(mido.Message, st.just(kind), time=_DELTA, **values)


def _meta(kind: str, **values: st.SearchStrategy[object]) -> st.SearchStrategy[mido.MetaMessage]:
    return st.builds(mido.MetaMessage, st.just(kind), time=_DELTA, **values)


_EVENT = st.one_of(
    _message("note_on", channel=_CHANNEL, note=_DATA, velocity=_DATA),
    _message("note_on", channel=st.just(9), note=_DATA, velocity=_DATA),
    _message("note_off", channel=_CHANNEL, note=_DATA, velocity=_DATA),
    _message("polytouch", channel=_CHANNEL, note=_DATA, value=_DATA),
    _message("control_change", channel=_CHANNEL, control=_DATA, value=_DATA),
    _message("program_change", channel=_CHANNEL, program=_DATA),
    _message("aftertouch", channel=_CHANNEL, value=_DATA),
    _message("pitchwheel", channel=_CHANNEL, pitch=st.integers(-8192, 8191)),
    _message("sysex", data=st.lists(_DATA, max_size=300)),
    _meta("text", text=_TEXT),
    _meta("track_name", name=_TEXT),
    _meta("instrument_name", name=_TEXT),
    _meta("lyrics", text=_TEXT),
    _meta("set_tempo", tempo=st.integers(0, 0xFFFFFF)),
    _meta(
        "time_signature",
        numerator=st.integers(0, 255),
        denominator=st.integers(0, 7).map(lambda power: 2**power),
    ),
    _meta("key_signature", key=st.sampled_from(["C", "F#m", "Bb", "Cb", "A#m"])),
    _meta("midi_port", port=st.integers(0, 255)),
    _meta("sequencer_specific", data=st.lists(st.integers(0, 255), max_size=9).map(tuple)),
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from([0, 1, 2]),
    division=st.integers(1, 32767),
    tracks=st.lists(st.lists(_EVENT, max_size=25), min_size=1, max_size=4),
)
def test_what_is_read_of_a_file_in_order_is_what_mido_reads(
    kind: int, division: int, tracks: list[list[mido.Message]]
) -> None:
    out = io.BytesIO()
    kept = tracks[:1] if kind == 0 else tracks
    written = mido.MidiFile(
        type=kind, ticks_per_beat=division, tracks=[mido.MidiTrack(track) for track in kept]
    )
    written.save(file=out)
    read = mido.MidiFile(file=io.BytesIO(out.getvalue()))
    assert parse(out.getvalue()) == Song(kind, division, _by_mido(read), is_whole=True)


@pytest.mark.parametrize("size", [0, 1, 7])
def test_less_than_a_header_is_refused(size: int) -> None:
    with pytest.raises(MidiError, match=r"empty|not a MIDI file|ends in its header"):
        parse(b"MThd\x00\x00\x00\x06"[:size])


def test_randomly_damaged_files_are_read_or_refused_with_a_reason_and_in_time() -> None:
    rng = Random(4)
    good = [file.data for file in READ if len(file.data) < 20_000]
    read, longest, reasons = 0, 0.0, list[str]()
    for index in range(DAMAGED_FILES):
        data = damaged(rng.choice(good), rng)
        began = time.perf_counter()
        try:
            take = read_midi(data)
        except MidiError as error:  # anything else fails the test
            reasons.append(str(error))
        else:
            read += 1
            assert take.hits, index
            assert list(take.hits) == sorted(take.hits), index
            assert take.tempos[0][0] == take.metres[0][0] == 0, index
        longest = max(longest, time.perf_counter() - began)
    assert longest < LONGEST_S
    assert all(reasons)
    assert read > DAMAGED_FILES / 2


def test_a_damaged_byte_leaves_the_strokes_before_it() -> None:
    # Drums alone, so that the place of the damage is a place in the drums.
    events = sorted(played(STROKES, 9), key=lambda event: event[0])
    whole = midi(body(events))
    ends = [len(body(events[: index + 1], end=b"")) for index in range(len(events))]
    for place in range(100, ends[-1], 7):
        data = bytearray(whole)
        data[14 + 8 + place] ^= 0xFF
        before = [event for event, end in zip(events, ends, strict=True) if end <= place]
        sure = {(tick, event[2]) for tick, event in before if event[0] == 0x99}
        found = {(hit.tick, hit.velocity) for hit in read_midi(bytes(data)).hits}
        assert sure <= found, place


HEAD = header(1, 3, 480) + chunk(body(played(STROKES, 9)))
FULL = 4_000_000
HOSTILE: dict[str, Callable[[], bytes]] = {
    "of 0x80": lambda: HEAD + b"MTrk\xff\xff\xff\xff" + b"\x80" * (FULL - 1000),
    "of 0xFF": lambda: HEAD + b"MTrk\xff\xff\xff\xff" + b"\xff" * (FULL - 1000),
    "of nothing but 0x80": lambda: header(0, 1, 480) + b"MTrk\x00\x3d\x00\x00" + b"\x80" * FULL,
    "of note-ons": lambda: midi(b"\x00\x99\x24\x64" * (FULL // 4 - 20)),
    "of note-ons in running status": lambda: midi(
        b"\x00\x99\x24\x64" + b"\x01\x26\x64" * 1_333_300
    ),
    "of note-ons on channel 1": lambda: midi(b"\x00\x90\x24\x64" + b"\x01\x26\x64" * 1_333_300),
    "of tempos": lambda: HEAD + chunk((b"\x01" + meta(0x51, b"\x09\x27\xc0")) * (FULL // 7 - 200)),
    "of different tempos": lambda: HEAD + chunk(_tempos(FULL // 7 - 200)),
    "of metres": lambda: HEAD + chunk((b"\x78" + meta(0x58, b"\x03\x02\x18\x08")) * 490_000),
    "of names": lambda: HEAD + chunk((b"\x00" + meta(0x03, b"d")) * 790_000),
    "of track headers": lambda: HEAD + b"MTrk" * (FULL // 4 - 300),
    "of file headers": lambda: b"MThd" * (FULL // 4),
    "of empty tracks": lambda: HEAD + chunk(b"") * (FULL // 8 - 200),
    "of tracks with an end": lambda: HEAD + chunk(b"\x00" + END) * (FULL // 12 - 200),
    "of tracks with a wrong length": lambda: HEAD + chunk(b"\x00" + END, length=9) * 330_000,
    "of tracks that each take in all others": lambda: _nested(),
    "of a sysex that holds tracks": lambda: (
        HEAD + chunk(b"\x00\xf0" + vlq(3_990_000) + b"MTrk\x00\x00\x00\x00" * 498_750)
    ),
}


def _tempos(count: int) -> bytes:
    return b"".join(
        b"\x78" + meta(0x51, (300_000 + index).to_bytes(3, "big")) for index in range(count)
    )


def _nested() -> bytes:
    """Tracks of which each claims to reach the end of the file."""
    count = FULL // 8 - 10
    return header(1, 9, 480) + b"".join(
        chunk(b"", length=8 * (count - 1 - index)) for index in range(count)
    )


DEAR = (
    *("of note-ons", "of note-ons in running status", "of note-ons on channel 1"),
    *("of tempos", "of different tempos", "of metres", "of names"),
    "of tracks that each take in all others",
)
"""What takes too long or too much, or nearly; slow until it does not."""

_READER = """
import resource, sys, time
from pathlib import Path
from mididrumigen.errors import MidiError
from mididrumigen.midi import read_midi
import mido
data = Path(sys.argv[1]).read_bytes()
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
began = time.process_time()
try:
    print("read", len(read_midi(data).hits))
except MidiError as error:
    print("refused", error)
print(time.process_time() - began)
# The high-water mark is this process's own alone in /proc: ru_maxrss starts with the parent's.
lines = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024)
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="looks into /proc")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=pytest.mark.slow if name in DEAR else (),
        )
        for name in HOSTILE
    ],
)
def test_a_hostile_file_of_four_megabytes_takes_no_more_than_it_may(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "hostile.mid"
    path.write_bytes(HOSTILE[name]())
    done = subprocess.run(
        [sys.executable, "-c", _READER, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    answer, took_s, most = done.stdout.splitlines()
    assert answer.split()[0] in ("read", "refused")
    assert float(took_s) < LONGEST_S
    assert int(most) < MOST_BYTES

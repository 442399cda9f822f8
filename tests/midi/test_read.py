"""Reading MIDI files, from bytes laid out by hand."""

import io
import os
import struct
from pathlib import Path

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.errors import MidiError
from mididrumigen.midi import read_file, read_midi
from mididrumigen.models import Hit, Metre

KICK_ON = b"\x99\x24\x64"  # note on, channel 10, note 36, velocity 100
END = b"\x00\xff\x2f\x00"
NAMED_DRUMS = b"\x00\xff\x03\x05Drums"
TEMPO_100 = b"\xff\x51\x03\x09\x27\xc0"  # 600,000 microseconds a quarter
TEMPO_60 = b"\xff\x51\x03\x0f\x42\x40"  # 1,000,000
SEVEN_EIGHT = b"\xff\x58\x04\x07\x03\x0c\x08"  # 7, 2 to the 3rd
THREE_FOUR = b"\xff\x58\x04\x03\x02\x18\x08"


def smf(*tracks: bytes, kind: int = 0, division: int = 480) -> bytes:
    """A file of these tracks, as the standard lays it out."""
    head = b"MThd" + struct.pack(">IHHH", 6, kind, len(tracks), division)
    return head + b"".join(b"MTrk" + struct.pack(">I", len(t)) + t for t in tracks)


def vlq(number: int) -> bytes:
    """A variable-length quantity: 7 bits a byte, all but the last with the high bit."""
    out = [number & 0x7F]
    while number := number >> 7:
        out.insert(0, number & 0x7F | 0x80)
    return bytes(out)


def kicks(gap: int, count: int = 8) -> bytes:
    """`count` kicks, each `gap` ticks after the one before, the first at 0."""
    return b"".join(vlq(gap if i else 0) + KICK_ON for i in range(count))


def ticks(data: bytes) -> list[int]:
    return [hit.tick for hit in read_midi(data).hits]


def test_a_one_track_file_is_read() -> None:
    take = read_midi(smf(kicks(240) + END))
    assert take.hits == tuple(Hit(i * 240, Voice.KICK, 100) for i in range(8))
    assert (take.map_name, take.unmapped) == ("gm", 0)


def test_a_file_that_says_no_tempo_and_metre_is_at_120_in_four_four() -> None:
    take = read_midi(smf(kicks(240) + END))
    assert take.tempos == ((0, 120.0),)
    assert take.metres == ((0, Metre(4, 4)),)
    assert not take.has_tempo


def test_tracks_of_a_type_1_file_run_side_by_side() -> None:
    conductor = b"\x00" + TEMPO_100 + b"\x00" + SEVEN_EIGHT + END
    snares = b"".join(vlq(480 if i else 240) + b"\x99\x26\x50" for i in range(4))
    take = read_midi(smf(conductor, kicks(480, 5) + END, snares + END, kind=1))
    assert [(h.tick, h.voice) for h in take.hits] == [
        (i * 240, Voice.SNARE if i % 2 else Voice.KICK) for i in range(9)
    ]
    assert take.tempos == ((0, pytest.approx(100)),)
    assert take.metres == ((0, Metre(7, 8)),)
    assert take.has_tempo


@pytest.mark.parametrize("division", [24, 96, 120, 480, 960, 15360])
def test_positions_are_rescaled_from_any_division(division: int) -> None:
    quarter_triplets = division // 3
    assert ticks(smf(kicks(quarter_triplets) + END, division=division)) == [
        i * 160 for i in range(8)
    ]


def test_an_odd_division_rounds_to_the_nearest_tick() -> None:
    # 97 a quarter: kicks 50 apart lie at 0, 247.4, 494.8, 742.3, 989.7, ...
    expected = [0, 247, 495, 742, 990, 1237, 1485, 1732]
    assert ticks(smf(kicks(50) + END, division=97)) == expected


def test_rounding_does_not_add_up_over_a_long_take() -> None:
    assert ticks(smf(kicks(97, 1000) + END, division=97))[-1] == 999 * 480


@pytest.mark.parametrize(
    ("frames", "per_frame", "ticks_in_half_a_second"),
    [(24, 100, 1200), (25, 40, 500), (30, 8, 120)],
)
def test_an_smpte_division_counts_seconds_and_reads_as_120_bpm(
    frames: int, per_frame: int, ticks_in_half_a_second: int
) -> None:
    division = (256 - frames) << 8 | per_frame  # the upper byte is minus the frame rate
    data = smf(b"\x00" + TEMPO_60 + kicks(ticks_in_half_a_second) + END, division=division)
    take = read_midi(data)
    assert [h.tick for h in take.hits] == [i * 480 for i in range(8)]
    assert take.tempos == ((0, 120.0),)
    assert not take.has_tempo


def test_an_smpte_division_of_29_is_drop_frame() -> None:
    # 30,000/1,001 frames of 100 ticks: 1,000 seconds are 2,997,003 ticks and 2,000 quarters.
    data = smf(b"\x00" + KICK_ON + kicks(0, 6) + vlq(2_997_003) + KICK_ON + END, division=0xE364)
    assert ticks(data)[-1] == 2000 * 480


@pytest.mark.parametrize("division", [0, 0xE700])
def test_a_division_of_zero_is_refused(division: int) -> None:
    with pytest.raises(MidiError, match="time division is zero"):
        read_midi(smf(kicks(10) + END, division=division))


def test_tempo_and_metre_changes_are_kept_with_their_rescaled_ticks() -> None:
    # Division 96: the changes at 384 and 768 lie on bar lines at 1920 and 3840.
    track = (
        *(b"\x00", TEMPO_100, b"\x00", SEVEN_EIGHT, kicks(48)),
        *(vlq(384 - 7 * 48), TEMPO_60, vlq(384), THREE_FOUR, b"\x00", TEMPO_100, END),
    )
    take = read_midi(smf(b"".join(track), division=96))
    assert take.tempos == (
        (0, pytest.approx(100)),
        (1920, pytest.approx(60)),
        (3840, pytest.approx(100)),
    )
    assert take.metres == ((0, Metre(7, 8)), (3840, Metre(3, 4)))


def test_a_first_change_after_the_start_leaves_the_default_before_it() -> None:
    take = read_midi(smf(kicks(240) + vlq(240) + TEMPO_60 + b"\x00" + THREE_FOUR + END))
    assert take.tempos == ((0, 120.0), (1920, 60.0))
    assert take.metres == ((0, Metre(4, 4)), (1920, Metre(3, 4)))
    assert take.has_tempo


def test_of_two_changes_at_one_tick_the_last_wins_and_repeats_are_dropped() -> None:
    track = b"\x00" + TEMPO_60 + b"\x00" + TEMPO_100 + kicks(240) + vlq(240) + TEMPO_100 + END
    assert read_midi(smf(track)).tempos == ((0, pytest.approx(100)),)


@pytest.mark.parametrize("tempo_us", [0, 1, 99_999, 3_000_001, 0xFFFFFF])
def test_a_tempo_outside_20_to_600_is_noise(tempo_us: int) -> None:
    event = b"\x00\xff\x51\x03" + tempo_us.to_bytes(3, "big")
    take = read_midi(smf(event + kicks(240) + END))
    assert (take.tempos, take.has_tempo) == (((0, 120.0),), False)


def test_a_metre_without_beats_or_of_64ths_is_left_out() -> None:
    events = b"\x00\xff\x58\x04\x00\x02\x18\x08" + b"\x00\xff\x58\x04\x04\x06\x18\x08"
    assert read_midi(smf(events + kicks(240) + END)).metres == ((0, Metre(4, 4)),)


def test_drums_on_a_track_named_drums_are_found_off_channel_10() -> None:
    on_channel_1 = kicks(240, 4).replace(b"\x99", b"\x90")
    piano = b"\x00\xff\x03\x05Piano" + kicks(100, 20).replace(b"\x99", b"\x91")
    take = read_midi(smf(piano + END, NAMED_DRUMS + on_channel_1 + END, kind=1))
    assert [(h.tick, h.voice) for h in take.hits] == [(i * 240, Voice.KICK) for i in range(4)]


@pytest.mark.parametrize(
    ("name", "is_drums"),
    [
        *(("DRUM KIT", True), ("Percussion", True), ("Batterie", True), ("Schlagzeug", True)),
        *(("Kit", True), ("Piano", False), ("Kitchen", False), ("", False)),
    ],
)
def test_the_name_of_a_track_says_whether_it_is_drums(name: str, is_drums: bool) -> None:
    event = b"\x00\xff\x03" + vlq(len(name)) + name.encode()
    data = smf(event + kicks(240).replace(b"\x99", b"\x90") + END)
    if is_drums:
        assert len(read_midi(data).hits) == 8
    else:
        with pytest.raises(MidiError, match="no drums: nothing on channel 10"):
            read_midi(data)


@pytest.mark.parametrize(("on_channel_10", "taken"), [(7, Voice.SNARE), (8, Voice.KICK)])
def test_a_named_track_counts_only_while_channel_10_is_nearly_empty(
    on_channel_10: int, taken: Voice
) -> None:
    snares = b"".join(vlq(100) + b"\x90\x26\x64" for _ in range(9))
    tracks = (kicks(240, on_channel_10) + END, NAMED_DRUMS + snares + END)
    assert {h.voice for h in read_midi(smf(*tracks, kind=1)).hits} == {taken}


def test_a_few_hits_on_channel_10_are_drums_where_nothing_else_is() -> None:
    assert ticks(smf(kicks(240, 2) + END)) == [0, 240]


def test_roland_edges_read_into_the_piece_that_is_struck() -> None:
    notes = (36, 22, 26, 58, 55, 38, 40, 44)
    track = b"".join(b"\x10" + bytes((0x99, note, 80)) for note in notes)
    take = read_midi(smf(track + END))
    assert take.map_name == "roland"
    assert [h.voice for h in take.hits] == [
        *(Voice.KICK, Voice.HAT_CLOSED, Voice.HAT_OPEN, Voice.TOM_FLOOR_HIGH),
        *(Voice.CRASH, Voice.SNARE, Voice.SNARE, Voice.HAT_PEDAL),
    ]


def test_without_hi_hat_edges_note_58_is_the_vibraslap_of_general_midi() -> None:
    take = read_midi(smf(kicks(240) + b"\x00\x99\x3a\x50" + END))
    assert take.map_name == "gm"
    assert take.hits[-1] == Hit(1680, Voice.VIBRASLAP, 80)


def test_notes_outside_the_map_are_counted_and_left_out() -> None:
    take = read_midi(smf(kicks(240) + b"\x00\x99\x0a\x50\x00\x99\x60\x50" + END))
    assert (len(take.hits), take.unmapped) == (8, 2)


def test_a_file_with_nothing_but_foreign_notes_has_no_drums() -> None:
    with pytest.raises(MidiError, match="none of its notes"):
        read_midi(smf(kicks(240).replace(b"\x24", b"\x10") + END))


def test_running_status_is_understood() -> None:
    # The status byte once, then only note and velocity; velocity 0 is a note off.
    track = b"\x00\x99\x24\x64" + b"\x3c\x24\x00\x3c\x26\x50" + b"\x3c\x26\x00\x3c\x24\x46"
    assert read_midi(smf(track + END)).hits == (
        Hit(0, Voice.KICK, 100),
        Hit(120, Voice.SNARE, 80),
        Hit(240, Voice.KICK, 70),
    )


def test_note_offs_other_channels_and_other_messages_only_pass_time() -> None:
    track = (
        *(b"\x00\x99\x24\x64", b"\x0a\x89\x24\x40", b"\x0a\x90\x26\x64"),  # off; channel 1
        *(b"\x0a\xb9\x04\x40", b"\x0a\xe9\x00\x40", b"\x0a\xd9\x30"),  # hi-hat pedal, bend, touch
        *(b"\x0a\xf0\x03\x7e\x7f\xf7", b"\x0a\xff\x01\x02hi", b"\x0a\x99\x24\x32"),
    )
    assert read_midi(smf(b"".join(track) + END)).hits == (
        Hit(0, Voice.KICK, 100),
        Hit(80, Voice.KICK, 50),
    )


def test_the_same_note_at_the_same_tick_with_the_same_velocity_is_one_hit() -> None:
    both = smf(kicks(240) + END, kicks(240) + END, kind=1)
    assert len(read_midi(both).hits) == 8


@pytest.mark.parametrize("byte", [0x80, 0xC8, 0xFF])
def test_a_data_byte_over_127_is_clipped(byte: int) -> None:
    track = kicks(240) + b"\x00\x99\x26" + bytes((byte,)) + END
    assert read_midi(smf(track)).hits[-1] == Hit(1680, Voice.SNARE, 127)


def test_an_empty_file_and_one_of_text_are_told_apart(tmp_path: Path) -> None:
    empty, text = tmp_path / "empty.mid", tmp_path / "text.mid"
    empty.write_bytes(b"")
    text.write_text("These are my drums, honestly.", encoding="utf-8")
    with pytest.raises(MidiError, match=r"^the file is empty$"):
        read_file(empty)
    with pytest.raises(MidiError, match=r"^not a MIDI file$"):
        read_file(text)


def test_a_file_cut_anywhere_is_read_as_far_as_it_goes_and_says_so() -> None:
    whole = smf(b"\x00" + TEMPO_100 + END, NAMED_DRUMS + kicks(240) + END, kind=1)
    take = read_midi(whole)
    assert (len(take.hits), take.notes) == (8, ())
    first = whole.index(KICK_ON)
    found = []
    for length in range(4, len(whole)):
        if length < first + len(KICK_ON):
            with pytest.raises(MidiError, match=r"ends in its header|no track|no drums"):
                read_midi(whole[:length])
            continue
        cut = read_midi(whole[:length])
        assert cut.hits == take.hits[: whole[:length].count(KICK_ON)]
        assert cut.tempos == take.tempos
        assert cut.notes == ("damaged: read as far as it goes",)
        found.append(len(cut.hits))
    assert set(found) == set(range(1, 9))


@pytest.mark.parametrize("kind", [3, 255])
def test_a_format_that_does_not_exist_is_read_as_one_song(kind: int) -> None:
    tracks = (kicks(240) + END, kicks(240, 4).replace(b"\x24", b"\x26") + END)
    assert read_midi(smf(*tracks, kind=kind)) == read_midi(smf(*tracks, kind=1))


def test_the_tracks_of_format_2_follow_one_another_from_bar_to_bar() -> None:
    # 8 kicks 240 apart end in the first bar, 10 in the second.
    data = smf(kicks(240) + END, kicks(240, 10) + END, kicks(240, 2) + END, kind=2)
    assert ticks(data) == [
        *(i * 240 for i in range(8)),
        *(1920 + i * 240 for i in range(10)),
        *(3 * 1920 + i * 240 for i in range(2)),
    ]


def test_a_track_of_format_2_that_ends_on_a_bar_line_has_the_bar_for_itself() -> None:
    data = smf(kicks(240, 1) + END, kicks(240, 9) + END, kicks(240, 2) + END, kind=2)
    assert ticks(data) == [0, *(1920 + i * 240 for i in range(9)), 5760, 6000]


def test_a_file_that_is_too_big_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.mid"
    path.write_bytes(smf(kicks(240) + END))
    os.truncate(path, 500_000_000)  # sparse
    with pytest.raises(MidiError, match="500 MB long, and over 4 MB is not read"):
        read_file(path)


def test_a_file_with_waste_after_its_last_track_is_read(tmp_path: Path) -> None:
    path = tmp_path / "padded.mid"
    path.write_bytes(smf(kicks(240) + END))
    os.truncate(path, 4_000_000)
    assert len(read_file(path).hits) == 8


def test_a_path_that_is_no_file_gives_the_reason_without_the_path(tmp_path: Path) -> None:
    with pytest.raises(MidiError, match=r"^No such file or directory$"):
        read_file(tmp_path / "none.mid")
    with pytest.raises(MidiError, match=r"^not a regular file$"):
        read_file(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.mid"
    os.mkfifo(pipe)
    with pytest.raises(MidiError, match=r"^not a regular file$"):
        read_file(pipe)


@pytest.mark.parametrize(
    "event",
    [
        b"\x00\xff\x59\x02\x40\x00",  # a key of 64 sharps
        b"\x00\xff\x51\x02\x07\xa1",  # a tempo of two bytes
        b"\x00\xff\x58\x01\x04",  # a metre of one
        b"\x00\xff\x54\x05\xff\xff\x00\x00\x00",  # an SMPTE offset with an unknown rate
        b"\x00\xf4\x00",  # a status byte that is not defined
        b"\xff" * 200 + b"\x00\xff\x01\x00",  # a delta time of 1,400 bits
        b"\x00\xff\x7f\xff\xff\xff\x7f",  # a meta event longer than the file
    ],
    ids=["key", "tempo", "metre", "smpte", "status", "delta", "length"],
)
def test_a_damaged_event_is_survived_or_refused_but_never_crashes(event: bytes) -> None:
    try:
        found = len(read_midi(smf(event + kicks(240) + END)).hits)
    except MidiError:
        found = 0
    assert found in (0, 8)


WHOLE = smf(
    b"\x00" + TEMPO_100 + b"\x00" + SEVEN_EIGHT + b"\x00\xff\x59\x02\x02\x00" + END,
    NAMED_DRUMS + kicks(200, 12) + b"\x10\xf0\x03\x7e\x7f\xf7" + END,
    kind=1,
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(4, len(WHOLE) - 1), st.integers(0, 255)), max_size=6))
def test_any_damaged_byte_gives_a_take_or_a_reason(damage: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for index, byte in damage:
        data[index] = byte
    try:
        take = read_midi(bytes(data))
    except MidiError:  # anything else fails the test
        return
    assert list(take.hits) == sorted(take.hits)
    assert all(h.tick >= 0 and 1 <= h.velocity <= 127 for h in take.hits)
    assert take.tempos[0][0] == take.metres[0][0] == 0


def test_a_bigger_file_of_another_writer_is_read_whole() -> None:
    expected, tracks = [], []
    voices = {36: Voice.KICK, 38: Voice.SNARE, 42: Voice.HAT_CLOSED, 51: Voice.RIDE}
    for note, voice in voices.items():
        track = mido.MidiTrack([mido.MetaMessage("track_name", name=f"part {note}")])
        for i in range(500):
            velocity = 1 + (i * 7 + note) % 127
            track.append(mido.Message("note_on", channel=9, note=note, velocity=velocity, time=90))
            track.append(mido.Message("note_off", channel=9, note=note, time=30))
            expected.append(Hit((i * 120 + 90) // 2, voice, velocity))
        tracks.append(track)
    midi = mido.MidiFile(type=1, ticks_per_beat=960, tracks=tracks)
    out = io.BytesIO()
    midi.save(file=out)
    assert read_midi(out.getvalue()).hits == tuple(sorted(expected))


def test_a_number_without_an_end_ends_the_track_at_once() -> None:
    with pytest.raises(MidiError, match="no drums"):
        read_midi(smf(b"\x80" * 3_000_000))
    take = read_midi(smf(kicks(240) + b"\x80" * 3_000_000))
    assert [h.tick for h in take.hits] == [i * 240 for i in range(8)]
    assert take.notes == ("damaged: read as far as it goes",)

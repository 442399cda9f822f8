"""Bytes to events: what a file in order gives, and how its damage is told."""

import pytest

from mididrumigen.errors import MidiError
from mididrumigen.midi.parse import parse
from tests.midi.broken import BASS_LINE, FILES, GOOD, PIANO_CHORDS, STROKES
from tests.midi.parts import END, body, meta, midi, named, played


def test_every_track_comes_with_its_names_notes_tempos_and_metres() -> None:
    song = parse(GOOD)
    assert (song.format, song.division, song.is_whole) == (1, 480, True)
    assert [track.names for track in song.tracks] == [["Song"], ["Bass"], ["Piano"], ["Take 1"]]
    conductor = song.tracks[0]
    assert (conductor.tempos, conductor.metres) == ([(0, 600_000)], [(0, 3, 2)])
    parts = ((BASS_LINE, 1), (PIANO_CHORDS, 0), (STROKES, 9))
    for track, (strokes, channel) in zip(song.tracks[1:], parts, strict=True):
        begun = [(tick, pitch, v) for tick, c, pitch, v in track.notes if v and c == channel]
        assert sorted(begun) == sorted(strokes)
        assert len(track.notes) == 2 * len(strokes)


def test_a_note_off_is_a_note_of_velocity_0() -> None:
    track = body([(0, b"\x99\x24\x64"), (30, b"\x89\x24\x40"), (60, b"\x99\x24\x00")])
    assert parse(midi(track)).tracks[0].notes == [(0, 9, 36, 100), (30, 9, 36, 0), (60, 9, 36, 0)]


def test_a_file_of_a_megabyte_of_lyrics_is_read_whole() -> None:
    words = ((20_000, meta(5, b"x" * 96)) for _ in range(10_000))
    song = parse(midi(body([*played(STROKES, 9), *words])))
    assert song.is_whole
    assert sorted((t, p, v) for t, _, p, v in song.tracks[0].notes if v) == sorted(STROKES)


def test_names_of_the_track_and_of_the_instrument_are_both_kept() -> None:
    track = body([*named("One"), (0, meta(4, b"Two")), (9, meta(3, b"Three"))])
    assert parse(midi(track)).tracks[0].names == ["One", "Two", "Three"]


def test_what_follows_the_end_of_a_track_within_its_length_is_read() -> None:
    track = body([(0, b"\x99\x24\x64"), (9, END), (20, b"\x99\x26\x64")])
    assert len(parse(midi(track)).tracks[0].notes) == 2


def test_a_file_in_order_is_whole_and_a_cut_one_is_not() -> None:
    assert parse(GOOD).is_whole
    assert not any(parse(GOOD[:-count]).is_whole for count in range(1, 200, 13))


def test_nothing_and_what_is_no_midi_are_refused() -> None:
    for data, reason in ((b"", "empty"), (b"RIFF", "not a MIDI file"), (GOOD[:10], "header")):
        with pytest.raises(MidiError, match=reason):
            parse(data)


@pytest.mark.parametrize("name", ["format 3", "division 0", "number of tracks too high"])
def test_a_header_is_given_as_it_stands(name: str) -> None:
    [data] = [file.data for file in FILES if file.name == name]
    song = parse(data)
    assert song.format == int.from_bytes(data[8:10], "big")
    assert song.division == int.from_bytes(data[12:14], "big")

"""The drum map of a file is recognised by its notes."""

import pytest

from mididrumigen.drums import Voice
from mididrumigen.midi.maps import MAPS, DrumMap
from mididrumigen.midi.recognise import READINGS, recognised, table_of

BY_NAME = {reading.name: reading for reading in READINGS}
ROLAND = BY_NAME["roland"]
KIT = {36: 100, 38: 50, 42: 200}


@pytest.mark.parametrize(
    ("note", "voice"),
    [
        (22, Voice.HAT_CLOSED),
        (26, Voice.HAT_OPEN),
        (58, Voice.TOM_FLOOR_HIGH),
        (43, Voice.TOM_FLOOR_HIGH),
        (48, Voice.TOM_HIGH),
        (50, Voice.TOM_HIGH),
        (45, Voice.TOM_LOW_MID),
        (47, Voice.TOM_LOW_MID),
        (55, Voice.CRASH),
        (52, Voice.CRASH),
        (40, Voice.SNARE),
        (36, Voice.KICK),
    ],
)
def test_roland_edges_and_rims_read_into_the_piece_that_is_struck(note: int, voice: Voice) -> None:
    assert ROLAND.table[note] is voice


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({}, "gm"),
        ({49: 3, 60: 20, 62: 40, 63: 40, 64: 40}, "gm"),  # congas and bongos are no hi-hats
        ({25: 4, 27: 1}, "gm"),  # a snare roll and a noise of Roland's GS
        ({82: 100, 86: 20}, "gm"),
        ({22: 1}, "roland"),
        ({26: 7, 58: 3}, "roland"),
        ({22: 90, 24: 20, 62: 60}, "toontrack"),
        ({24: 30, 25: 20}, "toontrack"),
        ({22: 90, 60: 1}, "roland"),  # one stray note gives nothing away
        ({91: 10, 92: 30}, "guitar pro"),
        ({91: 1}, "gm"),
        ({22: 5, 91: 10}, "guitar pro"),
    ],
    ids=str,
)
def test_a_map_is_given_away_by_notes_that_nothing_else_uses(
    more: dict[int, int], name: str
) -> None:
    assert recognised(KIT | more).name == name


def test_a_file_without_notes_is_general_midi() -> None:
    assert recognised({}).name == "gm"


@pytest.mark.parametrize(
    ("name", "note", "voice"),
    [
        ("gm", 82, Voice.MARACAS),
        ("gm", 62, Voice.CONGA_MUTE),
        ("toontrack", 62, Voice.HAT_CLOSED),
        ("toontrack", 25, Voice.HAT_OPEN),
        ("toontrack", 48, Voice.TOM_HIGH),  # of five toms
        ("toontrack", 82, Voice.TOM_HIGH),
        ("toontrack", 47, Voice.TOM_LOW_MID),
        ("toontrack", 41, Voice.TOM_FLOOR_LOW),
        ("toontrack", 50, Voice.CRASH),  # muted
        ("toontrack", 17, Voice.HAT_OPEN),
        ("guitar pro", 91, Voice.SNARE),
        ("guitar pro", 92, Voice.HAT_OPEN),
        ("guitar pro", 98, Voice.CRASH),
    ],
)
def test_a_note_reads_into_the_piece_that_is_struck(name: str, note: int, voice: Voice) -> None:
    assert BY_NAME[name].table[note] is voice


def test_every_map_has_the_kit_of_general_midi() -> None:
    for reading in READINGS:
        assert reading.table[36] is Voice.KICK
        assert reading.table[38] is Voice.SNARE
        assert reading.table[42] is Voice.HAT_CLOSED
        # A metronome's click is no drum.
        assert reading.name == "guitar pro" or 33 not in reading.table


@pytest.mark.parametrize("drum_map", MAPS, ids=lambda m: m.name)
def test_what_a_map_writes_it_means_when_it_is_read(drum_map: DrumMap) -> None:
    assert drum_map.voices.items() <= table_of(drum_map).items()


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("gm", {35: Voice.KICK, 40: Voice.SNARE, 82: Voice.MARACAS}),
        ("ableton16", {40: Voice.SNARE, 52: Voice.CHINA}),
        ("logic", {40: Voice.SNARE, 50: Voice.TOM_HIGH, 52: Voice.RIDE, 33: Voice.HAT_PEDAL}),
        ("superior", {22: Voice.HAT_CLOSED, 26: Voice.HAT_OPEN, 58: Voice.CRASH}),
        ("addictive2", {37: Voice.SNARE, 50: Voice.HAT_CLOSED, 57: Voice.HAT_OPEN}),
        ("addictive2", {79: Voice.CRASH, 84: Voice.RIDE, 72: Voice.TOM_HIGH, 44: Voice.SIDESTICK}),
        ("roland", {40: Voice.SNARE, 58: Voice.TOM_FLOOR_HIGH, 26: Voice.HAT_OPEN}),
    ],
)
def test_further_notes_of_a_product_read_into_the_piece_that_is_struck(
    name: str, notes: dict[int, Voice]
) -> None:
    [table] = [table_of(drum_map) for drum_map in MAPS if drum_map.name == name]
    assert {note: table.get(note) for note in notes} == notes


def test_a_map_of_ones_own_means_what_it_says_and_no_more() -> None:
    assert table_of(DrumMap("gm", "Mine", {Voice.KICK: 1})) == {1: Voice.KICK}

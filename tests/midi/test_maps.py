"""What is written for each product, and that it reads back."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import DRUMS, GM, Voice
from mididrumigen.midi import MAPS, DrumMap, midi_bytes, read_midi, to_notes
from mididrumigen.midi.own_map import MAP_NAME
from mididrumigen.models import TRACKS, Hit, Metre, Pattern, Tracks

BY_NAME = {drum_map.name: drum_map for drum_map in MAPS}
OWN = DrumMap("mine", "Mine", {Voice.KICK: 0, Voice.CRASH: 127, Voice.CHINA: 127, Voice.SNARE: 42})
TOMS = [voice for voice in DRUMS if DRUMS[voice].family == "tom"]
each_map = pytest.mark.parametrize("drum_map", [*MAPS, OWN], ids=lambda m: m.name)


def bar_of(*hits: Hit) -> Pattern:
    return Pattern(tuple(sorted(hits)), 1, Metre(4, 4), 120.0, 1, 1, "Test")


def pitch_of(drum_map: DrumMap, voice: Voice) -> int | None:
    """The note that a voice is written as, if it is."""
    notes = to_notes(bar_of(Hit(0, voice, 90)), drum_map)
    return notes[0].pitch if notes else None


def test_the_maps_have_the_names_they_are_asked_for_by() -> None:
    assert list(BY_NAME) == [
        *("gm", "ableton", "ableton16", "logic", "ezdrummer", "superior", "addictive2", "roland")
    ]
    assert all(re.fullmatch(MAP_NAME, name) for name in BY_NAME)


@each_map
def test_every_note_is_one_and_every_voice_is_written_or_has_no_stand_in(drum_map: DrumMap) -> None:
    assert all(0 <= note <= 127 for note in drum_map.notes.values())
    for voice in DRUMS:
        player = drum_map.plays(voice)
        assert pitch_of(drum_map, voice) == (drum_map.notes[player] if player else None)


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        ("gm", {Voice.TRIANGLE_OPEN: 81, Voice.KICK: 36, Voice.TOM_HIGH: 50, Voice.SPLASH: 55}),
        ("ableton", {Voice.CLAP: 39, Voice.COWBELL: 56, Voice.RIDE: 51}),
        # Folded: china and splash to the crash, the bell to the ride, a shaker to the hat.
        ("ableton16", {Voice.CHINA: 49, Voice.SPLASH: 49, Voice.RIDE_BELL: 51, Voice.MARACAS: 42}),
        ("ableton16", {Voice.COWBELL: 51, Voice.CLAVES: 37, Voice.CONGA_OPEN: 47}),
        ("logic", {Voice.TOM_HIGH: 48, Voice.TOM_LOW_MID: 45, Voice.TOM_FLOOR_LOW: 41}),
        ("logic", {Voice.CHINA: 49, Voice.CABASA: 70, Voice.CLAP: 39, Voice.COWBELL: 56}),
        ("superior", {Voice.TOM_HIGH: 48, Voice.TOM_LOW_MID: 47, Voice.TOM_FLOOR_LOW: 41}),
        ("superior", {Voice.SIDESTICK: 37, Voice.CLAP: 38, Voice.COWBELL: 53, Voice.CHINA: 52}),
        ("ezdrummer", {Voice.RIDE_BELL: 53, Voice.TAMBOURINE: 42, Voice.CRASH: 49}),
        ("addictive2", {Voice.KICK: 36, Voice.SNARE: 38, Voice.SIDESTICK: 42, Voice.CLAP: 38}),
        ("addictive2", {Voice.HAT_CLOSED: 49, Voice.HAT_PEDAL: 48, Voice.HAT_OPEN: 56}),
        ("addictive2", {Voice.RIDE: 60, Voice.RIDE_BELL: 61, Voice.CRASH: 77, Voice.SPLASH: 77}),
        ("addictive2", {Voice.TOM_HIGH: 71, Voice.TOM_LOW_MID: 69, Voice.TOM_LOW: 67}),
        ("addictive2", {Voice.TOM_FLOOR_HIGH: 65}),
        ("roland", {Voice.TOM_HIGH: 48, Voice.TOM_LOW: 45, Voice.TOM_FLOOR_LOW: 43}),
        ("roland", {Voice.SIDESTICK: 37, Voice.CHINA: 49, Voice.RIDE_BELL: 53}),
    ],
)
def test_a_voice_has_the_note_that_the_product_plays_it_on(
    name: str, notes: dict[Voice, int]
) -> None:
    assert {voice: pitch_of(BY_NAME[name], voice) for voice in notes} == notes


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("superior", {39, 50, 54, 56, 58, *range(60, 66)}),  # a roll, mutes, hi-hats
        ("ezdrummer", {39, 50, 54, 56, 58, *range(60, 66)}),
        ("logic", {28, 29, 43, 47, 50, 52, 55}),  # stops, edges of toms and ride, nothing
        ("addictive2", {46, 54, 63, 64, 78, 80, 82, *range(90, 128)}),  # chokes among them
        ("roland", {22, 26, 39, 47, 50, 52, 54, 55, 56, 58}),
        ("ableton16", {*range(36), 40, *range(52, 128)}),
    ],
)
def test_a_note_that_is_something_else_there_is_never_written(name: str, never: set[int]) -> None:
    assert {pitch_of(BY_NAME[name], voice) for voice in DRUMS} & never == set()


@pytest.mark.parametrize("drum_map", MAPS, ids=lambda m: m.name)
def test_the_toms_of_a_kit_stay_apart_and_in_order_as_far_as_there_are_any(
    drum_map: DrumMap,
) -> None:
    notes = [drum_map.notes[voice] for voice in TOMS]
    assert notes == sorted(notes, reverse=True)
    assert len({drum_map.notes[v] for v in (TOMS[0], TOMS[2], TOMS[4])}) == 3


@each_map
@pytest.mark.parametrize("tracks", TRACKS)
def test_every_voice_is_read_back_as_far_as_the_map_keeps_it_apart(
    drum_map: DrumMap, tracks: Tracks
) -> None:
    for voice in DRUMS:
        player = drum_map.plays(voice)
        if player is None:
            continue
        take = read_midi(midi_bytes(bar_of(Hit(0, voice, 90)), drum_map, tracks))
        note = drum_map.notes[player]
        [hit] = take.hits
        assert drum_map.notes[hit.voice] == note, voice
        if list(drum_map.notes.values()).count(note) == 1:
            assert hit.voice is player
        assert take.map_name in ("gm", drum_map.name)
        assert take.unmapped == 0


VOICES = st.sampled_from(Voice)


@settings(max_examples=150, deadline=None)
@given(
    cells=st.dictionaries(st.tuples(st.integers(0, 63), VOICES), st.integers(1, 127)),
    notes=st.dictionaries(VOICES, st.integers(0, 127), min_size=1),
    product=st.sampled_from(MAPS) | st.none(),
    tracks=st.sampled_from(TRACKS),
)
def test_any_pattern_on_any_map_is_read_back_note_by_note(
    cells: dict[tuple[int, Voice], int],
    notes: dict[Voice, int],
    product: DrumMap | None,
    tracks: Tracks,
) -> None:
    drum_map = product or DrumMap("some-kit", "Some kit", notes)
    wanted: dict[tuple[int, int], int] = {}  # of two voices on one note the louder is heard
    for (step, voice), velocity in cells.items():
        player = drum_map.plays(voice)
        if player is not None:
            at = (step * 30, drum_map.notes[player])
            wanted[at] = max(wanted.get(at, 0), velocity)
    pattern = bar_of(*(Hit(step * 30, voice, v) for (step, voice), v in cells.items()))
    data = midi_bytes(pattern, drum_map, tracks)
    if not wanted:
        return
    take = read_midi(data)
    found = {(hit.tick, drum_map.notes[hit.voice]): hit.velocity for hit in take.hits}
    assert found == wanted
    assert len(take.hits) == len(wanted)


def test_what_general_midi_reads_alike_is_the_same_file_to_the_byte() -> None:
    pattern = bar_of(Hit(0, Voice.KICK, 90), Hit(480, Voice.SNARE, 90))
    data = midi_bytes(pattern)
    assert midi_bytes(pattern, BY_NAME["ableton"]) == data
    assert midi_bytes(pattern, BY_NAME["ableton16"]) == data
    assert midi_bytes(pattern, BY_NAME["addictive2"]) != data
    assert set(BY_NAME["gm"].voices) <= set(GM)

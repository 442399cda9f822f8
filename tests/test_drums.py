"""The drum table against the General MIDI map."""

import re

import pytest

from mididrumigen.drums import DRUMS, FAMILIES, FAMILY, GM, Voice

GM_KIT = {
    **{35: "kick", 36: "kick", 37: "sidestick", 38: "snare", 39: "clap", 40: "snare"},
    **{41: "tom_floor_low", 43: "tom_floor_high", 45: "tom_low", 47: "tom_low_mid"},
    **{48: "tom_high_mid", 50: "tom_high", 42: "hat_closed", 44: "hat_pedal", 46: "hat_open"},
    **{49: "crash", 57: "crash", 51: "ride", 59: "ride", 53: "ride_bell", 52: "china"},
    **{55: "splash", 54: "tambourine", 56: "cowbell", 58: "vibraslap", 75: "claves"},
}
"""Notes of the General MIDI level 1 percussion key map."""


def test_every_general_midi_note_has_a_voice() -> None:
    assert sorted(GM) == list(range(35, 82))


@pytest.mark.parametrize(("note", "voice"), sorted(GM_KIT.items()))
def test_general_midi_notes_read_as_the_standard_names_them(note: int, voice: str) -> None:
    assert GM[note] == Voice(voice)


def test_every_voice_is_in_the_table_and_reads_back_from_the_note_it_writes() -> None:
    assert set(DRUMS) == set(Voice)
    assert {voice: GM[drum.note] for voice, drum in DRUMS.items()} == {v: v for v in Voice}


def test_marks_and_titles_tell_voices_apart() -> None:
    assert len({d.mark for d in DRUMS.values()}) == len(DRUMS)
    assert len({d.title for d in DRUMS.values()}) == len(DRUMS)
    assert all(re.fullmatch("[A-Z][A-Z0-9]", d.mark) for d in DRUMS.values())


def test_feet_play_the_kick_and_the_pedal_hat_and_hands_the_rest() -> None:
    feet = {voice: d.limb for voice, d in DRUMS.items() if d.limb != "hand"}
    assert feet == {Voice.KICK: "foot", Voice.HAT_PEDAL: "hat_foot"}


def test_families_gather_what_measures_alike() -> None:
    assert set(FAMILY.values()) == set(FAMILIES)
    snares = {v for v in Voice if FAMILY[v] == "snare"}
    assert snares == {Voice.SNARE, Voice.SIDESTICK, Voice.CLAP}
    assert {v for v in Voice if FAMILY[v] == "tom"} == {v for v in Voice if "tom_" in v}
    assert {v for v in Voice if FAMILY[v] == "hat"} == {v for v in Voice if v.startswith("hat_")}

"""A voice that a kit does not have is played by the nearest that it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.drums import DRUMS, FAMILY, Voice
from mididrumigen.midi.stand_ins import STAND_INS, stand_in

KIT = {
    *(Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED, Voice.CRASH, Voice.RIDE),
    *(Voice.TOM_HIGH, Voice.TOM_FLOOR_HIGH),
}
"""What every drummer brings."""
UNLIKE_A_DRUM = {
    *(Voice.WHISTLE_SHORT, Voice.WHISTLE_LONG, Voice.CUICA_MUTE, Voice.CUICA_OPEN),
    Voice.VIBRASLAP,
}


def test_every_voice_has_its_line() -> None:
    assert set(STAND_INS) == set(DRUMS)


def test_a_kit_plays_everything_but_what_no_drum_is_like() -> None:
    kit = {*KIT, Voice.SIDESTICK}
    assert {voice for voice in Voice if stand_in(voice, kit) is None} == UNLIKE_A_DRUM


@given(st.sets(st.sampled_from(Voice)))
def test_a_voice_of_the_kit_plays_itself_and_no_other_kit_is_asked(kit: set[Voice]) -> None:
    for voice in Voice:
        player = stand_in(voice, kit)
        assert player is None or player in kit
        assert voice not in kit or player is voice


@pytest.mark.parametrize(
    ("voice", "player"),
    [
        (Voice.SPLASH, Voice.CRASH),
        (Voice.CHINA, Voice.CRASH),
        (Voice.RIDE_BELL, Voice.RIDE),
        (Voice.SIDESTICK, Voice.SNARE),
        (Voice.CLAP, Voice.SNARE),
        (Voice.HAT_PEDAL, Voice.HAT_CLOSED),
        (Voice.TOM_HIGH_MID, Voice.TOM_HIGH),
        (Voice.TOM_FLOOR_LOW, Voice.TOM_FLOOR_HIGH),
        (Voice.TAMBOURINE, Voice.HAT_CLOSED),
        (Voice.CONGA_LOW, Voice.TOM_FLOOR_HIGH),
        (Voice.COWBELL, Voice.RIDE),
        (Voice.CLAVES, None),
    ],
)
def test_a_small_kit_does_what_its_player_would(voice: Voice, player: Voice | None) -> None:
    assert stand_in(voice, KIT) is player


def test_drums_stand_in_for_drums_and_cymbals_for_cymbals() -> None:
    for voice in Voice:
        player = stand_in(voice, KIT)
        if FAMILY[voice] in ("tom", "kick", "snare", "hat", "ride", "crash"):
            assert player is not None
            assert FAMILY[player] == FAMILY[voice]


def test_a_fill_on_toms_goes_to_the_snare_where_there_are_none() -> None:
    assert stand_in(Voice.TOM_LOW, {Voice.KICK, Voice.SNARE}) is Voice.SNARE

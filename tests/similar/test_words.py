"""Traits in words, and what free text asks for."""

import re

import pytest

from mididrumigen.groove.traits import TRAITS
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import described
from mididrumigen.models.described import Described
from mididrumigen.similar.traits import spreads
from mididrumigen.similar.words import amounts, asked_by_text, character, in_words

ENTRIES = list(described(Library()))
SPREADS = spreads(ENTRIES)
STYLES = [entry for entry in ENTRIES if entry.kind == "style"]


def asked(text: str) -> Described:
    return asked_by_text(text, STYLES, SPREADS)


def test_every_trait_is_called_something() -> None:
    for name, kind in TRAITS.items():
        for voice in ("", *((".snare", ".hat") if kind.per_family else ())):
            for value, away in (
                (kind.low, -2.0),
                ((kind.low + kind.high) / 2, 0.0),
                (kind.high, 2),
            ):
                said = in_words(name + voice, value, away)
                assert re.fullmatch(r"[a-z0-9][a-z0-9 -]*[a-z0-9]", said), (name, said)
                assert "  " not in said
                if voice:
                    assert ("snare" if voice == ".snare" else "hi-hat") in said


@pytest.mark.parametrize(
    ("name", "value", "away", "said"),
    [
        ("push_ms.snare", 9, 0.0, "late snare"),
        ("push_ms.hat", -4, 0.0, "early hi-hat"),
        ("push_ms.snare", 1, 2.0, "snare on the beat"),
        ("swing_16ths", 57, 0.0, "swung 16ths"),
        ("swing_8ths", 50, 0.0, "straight eighths"),
        ("swing_16ths.hat", 57, 0.0, "swung hi-hat 16ths"),
        ("ghost_share", 0.5, 1.2, "many ghost notes"),
        ("ghost_share", 0.2, 0.0, "ghost notes"),
        ("tempo_bpm", 200, 1.5, "fast"),
        ("velocity_mean.kick", 60, -1.0, "soft on the kick"),
    ],
)
def test_a_value_is_said_as_a_listener_would(
    name: str, value: float, away: float, said: str
) -> None:
    assert in_words(name, value, away) == said


def test_amounts_have_their_unit() -> None:
    assert amounts("push_ms.snare", 9, 8.4) == "9 and 8 ms"
    assert amounts("ghost_share", 0.25, 0.3) == "25 and 30 %"
    assert amounts("velocity_mean", 90, 91.6) == "90 and 92"
    assert amounts("hits_per_quarter", 2.25, 3) == "2.2 and 3.0 hits"


def test_the_character_of_an_entry_is_what_stands_out_of_its_own() -> None:
    traits = {"ghost_share": 0.9, "tempo_bpm": 240.0, "push_ms.snare": 20.0}
    one = Described("X", "artist", {}, traits=traits, own=frozenset(traits) - {"tempo_bpm"})
    said = character(one, SPREADS)
    assert said.endswith(".")
    assert "many ghost notes" in said.lower()
    assert "late snare" in said.lower()
    assert "fast" not in said.lower()
    assert character(Described("X", "artist", {}), SPREADS) == ""


def test_text_asks_for_styles_and_for_traits_of_the_voice_that_is_named() -> None:
    found = asked("dusty swung hip hop with a late snare")
    assert list(found.styles) == ["hip_hop"]
    assert found.traits["push_ms.snare"] == 10
    assert found.traits["swing_16ths"] == 58
    assert found.own == found.traits.keys()
    assert asked("hats pushed ahead").traits["push_ms.hat"] == -8


def test_a_style_is_found_by_its_longest_name_and_its_words_are_no_traits() -> None:
    assert list(asked("hard rock").styles) == ["hard_rock"]
    assert asked("hard rock").traits == {}
    assert list(asked("Heavy-Metal!").styles) == ["metal"]
    assert list(asked("rocking chair").styles) == []


def test_tempo_may_be_said_in_numbers_or_words() -> None:
    assert asked("house at 124 bpm").traits["tempo_bpm"] == 124
    assert asked("120bpm").traits["tempo_bpm"] == 120
    assert "tempo_bpm" not in asked("at 999 bpm").traits
    assert asked("fast").traits["tempo_bpm"] > asked("slow").traits["tempo_bpm"]


def test_what_is_not_wanted_is_turned_round() -> None:
    more, fewer = asked("ghost notes"), asked("without ghost notes")
    middle = SPREADS["ghost_share"].mean
    assert fewer.traits["ghost_share"] < middle < more.traits["ghost_share"]


def test_values_asked_for_lie_in_the_range_of_their_trait() -> None:
    everything = " ".join(
        ("loud soft busy sparse fast fill crash ride open double loose tight",) * 2
    )
    for name, value in asked(everything).traits.items():
        kind = TRAITS[name.partition(".")[0]]
        assert kind.low <= value <= kind.high


def test_text_that_says_nothing_known_asks_for_nothing() -> None:
    found = asked("zyxwvq 🥁 ???")
    assert (dict(found.styles), dict(found.traits)) == ({}, {})

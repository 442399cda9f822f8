"""A file says by itself on which map it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.drums import DRUMS, GM, Voice
from mididrumigen.midi.map_line import map_line, read_map_line


@given(st.dictionaries(st.integers(0, 127), st.sampled_from(Voice)))
def test_a_line_is_read_as_it_was_written_and_only_there_where_it_is_needed(
    voices: dict[int, Voice],
) -> None:
    line = map_line("my-kit_2", voices)
    if all(GM.get(note) is voice for note, voice in voices.items()):
        assert line is None
    else:
        assert line is not None
        assert read_map_line(line) == ("my-kit_2", voices)


def test_a_line_is_short_enough_for_any_reader_of_text_events() -> None:
    line = map_line("a" * 40, {127 - n: voice for n, voice in enumerate(DRUMS)})
    assert line is not None
    assert line.isascii()
    assert len(line) < 1000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MidiDrumiGen: in the style of A, seed 7",
        "MidiDrumiGen drum map x:",
        "MidiDrumiGen drum map x: 36=kick 38",
        "MidiDrumiGen drum map x: 36=kick 38=sn\xe4re",
        "MidiDrumiGen drum map x: 36=kick 38=gong",
        "MidiDrumiGen drum map x y: 36=kick",
        "MidiDrumiGen drum map x: 36=kick\0",
    ],
)
def test_a_damaged_line_says_nothing(text: str) -> None:
    assert read_map_line(text) is None

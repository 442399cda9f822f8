"""Metres, lengths and names of patterns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.errors import InputError
from mididrumigen.models import Hit, Metre, Pattern


@pytest.mark.parametrize(
    ("text", "beats", "unit"),
    [("4/4", 4, 4), ("7/8", 7, 8), (" 12 / 8 ", 12, 8), ("255/32", 255, 32), ("1/1", 1, 1)],
)
def test_a_time_signature_is_read_from_text(text: str, beats: int, unit: int) -> None:
    metre = Metre.parse(text)
    assert (metre.beats, metre.unit) == (beats, unit)


@pytest.mark.parametrize(
    "text",
    [
        *("", "4", "4/", "/4", "0/4", "256/4", "4/0", "4/3", "5/64", "-4/4", "4/4/4", "four/4"),
        *("4.0/4", "\u0664/\u0664", "\uff14/4", "4\\4", "4/4 swing"),
    ],
)
def test_what_is_no_time_signature_is_refused_by_its_text(text: str) -> None:
    with pytest.raises(InputError) as refused:
        Metre.parse(text)
    assert repr(text) in str(refused.value)


@given(st.integers(1, 255), st.sampled_from((1, 2, 4, 8, 16, 32)))
def test_a_metre_survives_its_text(beats: int, unit: int) -> None:
    metre = Metre.parse(f"{beats}/{unit}")
    assert (metre.beats, metre.unit) == (beats, unit)
    assert str(metre) == f"{beats}/{unit}"


@pytest.mark.parametrize(
    ("text", "ticks", "quarters", "sixteenths", "triplets"),
    [
        ("2/4", 960, 2.0, 8, 6),
        ("4/4", 1920, 4.0, 16, 12),
        ("7/4", 3360, 7.0, 28, 21),
        ("2/2", 1920, 4.0, 16, 12),
        ("6/8", 1440, 3.0, 12, 9),
        ("12/8", 2880, 6.0, 24, 18),
    ],
)
def test_a_bar_has_the_length_of_its_metre(
    text: str, ticks: int, quarters: float, sixteenths: int, triplets: int
) -> None:
    metre = Metre.parse(text)
    assert (metre.ticks, metre.quarters) == (ticks, quarters)
    assert (metre.steps(4), metre.steps(3)) == (sixteenths, triplets)


@pytest.mark.parametrize(
    ("text", "ticks", "sixteenths"), [("5/8", 1200, 10), ("7/8", 1680, 14), ("11/8", 2640, 22)]
)
def test_bars_of_odd_eighths_are_whole_in_ticks_and_sixteenths(
    text: str, ticks: int, sixteenths: int
) -> None:
    metre = Metre.parse(text)
    assert (metre.ticks, metre.steps(4)) == (ticks, sixteenths)


def test_only_six_nine_and_twelve_eighths_are_compound() -> None:
    texts = ["2/4", "3/4", "6/4", "3/8", "5/8", "6/8", "7/8", "9/8", "11/8", "12/8", "6/16"]
    assert [t for t in texts if Metre.parse(t).is_compound] == ["6/8", "9/8", "12/8"]


def test_a_pattern_knows_its_length_and_its_clip_name() -> None:
    pattern = Pattern((), 3, Metre(7, 8), 120.0, 5, 2, "John Bonham")
    assert pattern.ticks == 3 * 7 * 240
    assert pattern.name == "John Bonham - Variation 2"


def test_hits_sort_by_time_before_anything_else() -> None:
    late, early = Hit(10, Voice.CRASH, 1), Hit(9, Voice.TOM_LOW, 127)
    assert sorted([late, early]) == [early, late]

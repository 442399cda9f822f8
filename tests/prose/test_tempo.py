"""Tempo and metre as articles write them."""

import pytest

from mididrumigen.prose.tempo import metres, tempos, turned_tempo
from mididrumigen.prose.tokens import tokens_of


@pytest.mark.parametrize(
    ("text", "bpm"),
    [
        ("played at 92 BPM", 92),
        ("around 140 bpm", 140),
        ("a 120-bpm pulse", 120),
        ("a 120bpm pulse", 120),
        ("124.5 beats per minute", 124.5),
        ("104 beats a minute", 104),
        ("a tempo of 96", 96),
        ("the tempo is around 96", 96),
        ("the tempo was set at 88", 88),
        ("\u2669 = 92", 92),
        ("quarter note = 92", 92),
        ("clocks in at 174", 174),
        ("one hundred and sixteen bpm", 116),
        ("a hundred and ten bpm", 110),
        ("ninety-two beats per minute", 92),
        ("one twenty bpm", 120),
    ],
)
def test_a_tempo_is_read(text: str, bpm: float) -> None:
    [one] = tempos(tokens_of(text))
    assert one.value == bpm
    assert one.low is not None
    assert one.low < bpm
    assert one.high is not None
    assert one.high > bpm


@pytest.mark.parametrize(
    "text",
    [
        "between 90 and 110 beats per minute",
        "90-110 BPM",
        "90\u2013110 bpm",
        "from 90 to 110 bpm",
        "90 bpm to 110 bpm",
        "somewhere from ninety to a hundred and ten bpm",
        "tempos between 90 and 110",
    ],
)
def test_a_range_is_read(text: str) -> None:
    [one] = tempos(tokens_of(text))
    assert (one.low, one.value, one.high) == (90, 100, 110)


@pytest.mark.parametrize(
    "text",
    [
        "his heart rate was 160 bpm",
        "320 kbps",
        "120 people",
        "in 1971",
        "3:42 minutes long",
        "10 bpm faster",
        "the tempo changes",
        "the tempo of 240 songs",
        "it syncs from 40 to 250 bpm",
        "5 bpm",
        "1200 bpm",
        "8 beats per measure",
        "",
    ],
)
def test_other_numbers_are_no_tempo(text: str) -> None:
    assert list(tempos(tokens_of(text))) == []


def test_a_bound_is_one_end_and_denied_the_other() -> None:
    [above] = tempos(tokens_of("above 140 bpm"))
    assert (above.low, above.high) == (140, 300)
    below = turned_tempo(above)
    assert below is not None
    assert (below.low, below.high) == (30, 140)
    [plain] = tempos(tokens_of("140 bpm"))
    assert turned_tempo(plain) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in 7/8", ["7/8"]),
        ("bars of 5/8 and 7/8", ["5/8", "7/8"]),
        ("odd time signatures", ["odd"]),
        ("in waltz time", ["3/4"]),
        ("in seven eight", ["7/8"]),
        ("on 9/11", []),
        ("7/8 of the money in the bank", []),
        ("a 5/8 inch bolt", []),
        ("in 3/7 time", []),
    ],
)
def test_a_metre_is_read(text: str, found: list[str]) -> None:
    assert [one.value for one in metres(tokens_of(text))] == found

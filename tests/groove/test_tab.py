"""A bar as text."""

import pytest

from mididrumigen.drums import Voice
from mididrumigen.groove import tab
from mididrumigen.groove.tab import mark
from mididrumigen.models import Bar, Metre, Stroke


def bar_of(*rows: tuple[Voice, str], grid: int = 4) -> Bar:
    """A bar of step notation: `.` 34, `o` 62, `x` 88, `X` 112."""
    loudness = {".": 34, "o": 62, "x": 88, "X": 112}
    strokes = [
        Stroke(step, voice, loudness[m])
        for voice, row in rows
        for step, m in enumerate(row)
        if m != "-"
    ]
    return Bar(Metre(4, 4), grid, tuple(sorted(strokes)))


ROWS = [
    (Voice.KICK, "X-----x-x-x-----"),
    (Voice.SNARE, "----X--.----X---"),
    (Voice.HAT_CLOSED, "X-x-X-x-X-x-X-o-"),
]


def test_a_bar_reads_from_cymbals_to_feet() -> None:
    assert tab([bar_of(*ROWS)]) == [
        "HH |X-x-X-x-X-x-X-o-|",
        "SD |----X--.----X---|",
        "BD |X-----x-x-x-----|",
    ]


def test_the_hat_foot_stands_below_the_kick_and_high_toms_above_low_ones() -> None:
    row = "x---------------"
    voices = (Voice.HAT_PEDAL, Voice.KICK, Voice.TOM_LOW, Voice.TOM_HIGH, Voice.RIDE, Voice.CRASH)
    lines = tab([bar_of(*((v, row) for v in voices))])
    assert [line[:2] for line in lines] == ["CR", "RD", "T1", "T4", "BD", "HF"]


def test_bars_stand_side_by_side_and_voices_rest_where_they_do_not_play() -> None:
    crash = bar_of((Voice.CRASH, "X--x--x--x--"), grid=3)
    kick = bar_of((Voice.KICK, "X-----o-----"), grid=3)
    assert tab([crash, kick]) == [
        "CR |X--x--x--x--|------------|",
        "BD |------------|X-----o-----|",
    ]


def test_ornaments_are_shown_on_full_strokes_and_a_ghost_stays_a_ghost() -> None:
    strokes = (
        Stroke(0, Voice.SNARE, 112, ornament="flam"),
        Stroke(4, Voice.SNARE, 104, ornament="flam"),
        Stroke(6, Voice.SNARE, 105, ornament="drag"),
        Stroke(8, Voice.SNARE, 50, ornament="double"),
        Stroke(9, Voice.SNARE, 49, ornament="double"),
    )
    assert tab([Bar(Metre(4, 4), 4, strokes)]) == ["SD |F---f-D-z.------|"]


def test_no_bars_are_no_lines() -> None:
    assert tab([]) == []


@pytest.mark.parametrize(
    ("velocity", "character"),
    [(1, "."), (49, "."), (50, "o"), (74, "o"), (75, "x"), (104, "x"), (105, "X"), (127, "X")],
)
def test_a_mark_shows_how_loud(velocity: int, character: str) -> None:
    assert mark(velocity) == character

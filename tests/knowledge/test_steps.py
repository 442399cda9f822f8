"""Step notation to bars."""

import pytest

from mididrumigen.drums import Voice
from mididrumigen.errors import KnowledgeError
from mididrumigen.groove import tab
from mididrumigen.knowledge.steps import parse_bars
from mididrumigen.models import COMMON_TIME, Metre, Stroke


def test_a_row_of_sixteen_is_a_bar_of_sixteenths() -> None:
    rows = {"snare": "---- X--. | -o-- x---", "kick": "X--- ---- ---- ----"}
    (bar,) = parse_bars(rows, metre=COMMON_TIME, weight=2, name="plain")
    assert (bar.steps_per_quarter, bar.kind, bar.weight, bar.name) == (4, "groove", 2, "plain")
    assert bar.strokes == (
        Stroke(0, Voice.KICK, 112),
        Stroke(4, Voice.SNARE, 112),
        Stroke(7, Voice.SNARE, 34),
        Stroke(9, Voice.SNARE, 62),
        Stroke(12, Voice.SNARE, 88),
    )


def test_flams_drags_and_doubles_have_marks_of_their_own_and_capitals_are_accents() -> None:
    (bar,) = parse_bars({"snare": "f--- F--- d-D- zZ--"}, metre=COMMON_TIME)
    assert bar.strokes == (
        Stroke(0, Voice.SNARE, 88, ornament="flam"),
        Stroke(4, Voice.SNARE, 112, ornament="flam"),
        Stroke(8, Voice.SNARE, 88, ornament="drag"),
        Stroke(10, Voice.SNARE, 112, ornament="drag"),
        Stroke(12, Voice.SNARE, 88, ornament="double"),
        Stroke(13, Voice.SNARE, 112, ornament="double"),
    )


def test_a_row_of_every_mark_is_printed_as_it_was_written() -> None:
    row = ".oxXfFdDzZ------"
    assert tab(parse_bars({"snare": row}, metre=COMMON_TIME)) == [f"SD |{row}|"]


@pytest.mark.parametrize(
    ("metre", "length", "per_quarter", "bars"),
    [
        ("4/4", 16, 4, 1),
        ("4/4", 12, 3, 1),
        ("4/4", 32, 4, 2),
        ("4/4", 24, 3, 2),
        ("4/4", 64, 4, 4),
        ("3/4", 12, 4, 1),
        ("3/4", 9, 3, 1),
        ("6/8", 12, 4, 1),
        ("6/8", 24, 4, 2),
        ("7/8", 14, 4, 1),
        ("5/4", 20, 4, 1),
    ],
)
def test_the_length_of_a_row_says_grid_and_number_of_bars(
    metre: str, length: int, per_quarter: int, bars: int
) -> None:
    found = parse_bars({"kick": "x" * length}, metre=Metre.parse(metre))
    assert len(found) == bars
    assert {bar.steps_per_quarter for bar in found} == {per_quarter}
    assert [len(bar.strokes) for bar in found] == [length // bars] * bars


@pytest.mark.parametrize(
    ("metre", "length"), [("4/4", 15), ("4/4", 20), ("6/8", 9), ("7/8", 16), ("4/4", 0)]
)
def test_a_length_that_is_no_bar_is_refused(metre: str, length: int) -> None:
    with pytest.raises(KnowledgeError, match=f"odd: {length} steps are no bars of {metre}"):
        parse_bars({"kick": "x" * length}, metre=Metre.parse(metre), name="odd")


def test_rows_of_different_length_are_refused() -> None:
    with pytest.raises(KnowledgeError, match=r"crooked: rows are \[12, 16\] steps long"):
        parse_bars({"kick": "x" * 16, "snare": "x" * 12}, metre=COMMON_TIME, name="crooked")


def test_a_pattern_without_rows_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="empty"):
        parse_bars({}, metre=COMMON_TIME, name="empty")


def test_an_unknown_voice_is_refused_by_its_name() -> None:
    with pytest.raises(KnowledgeError, match="loud: 'gong' is not a voice"):
        parse_bars({"gong": "x" * 16}, metre=COMMON_TIME, name="loud")


@pytest.mark.parametrize("mark", ["Y", "O", "r", "1", "é"])
def test_an_unknown_mark_is_refused_by_its_character(mark: str) -> None:
    with pytest.raises(KnowledgeError, match=f"'{mark}' in row snare is not a step mark"):
        parse_bars({"snare": mark + "-" * 15}, metre=COMMON_TIME)


def test_a_fill_begins_on_the_beat_that_is_named() -> None:
    for beat, row, step in (
        (1, "x" * 16, 0),
        (3, "x" * 16, 8),
        (3.5, "x" * 16, 10),
        (3, "x" * 12, 6),
    ):
        (bar,) = parse_bars({"snare": row}, metre=COMMON_TIME, kind="fill", fill_from=beat)
        assert (bar.kind, bar.fill_from) == ("fill", step)


def test_bars_of_a_pattern_follow_each_other_and_begin_at_the_beginning() -> None:
    first, second = parse_bars(
        {"kick": "x" + "-" * 15 + "-x" + "-" * 14},
        metre=COMMON_TIME,
        weight=2,
        source="builtin:x",
        number=101,
    )
    assert [s.step for s in (*first.strokes, *second.strokes)] == [0, 1]
    # Played through four times: 101 102 101 102 ... as bars 101 to 108.
    assert first.sources == tuple(("builtin:x", n) for n in (101, 103, 105, 107))
    assert second.sources == tuple(("builtin:x", n) for n in (102, 104, 106, 108))
    assert first.weight == 2
    assert 0 < second.weight < first.weight / 10

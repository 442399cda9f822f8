"""Bars regrouped to another metre."""

import pytest

from mididrumigen.drums import Voice
from mididrumigen.engine.metre import to_metre
from mididrumigen.knowledge.steps import parse_bars
from mididrumigen.models import COMMON_TIME, METRES, Bar, Metre


def bar_of(kind: str = "groove", fill_from: float = 1, **rows: str) -> Bar:
    """One bar of 4/4 in step notation."""
    return parse_bars(
        rows,
        metre=COMMON_TIME,
        kind="fill" if kind == "fill" else "groove",
        fill_from=fill_from,
    )[0]


ROCK = bar_of(
    hat_closed="x-x- x-x- x-x- x-x-", snare="---- X--- ---- X---", kick="X--- ---- X-x- ----"
)
SHUFFLE = bar_of(ride="x-x x-x x-x x-x", snare="--- X-- --- X--", kick="X-- --x X-- ---")


def row(bar: Bar, voice: Voice) -> str:
    """A voice of a bar in step notation."""
    steps = {s.step for s in bar.strokes if s.voice is voice}
    return "".join("x" if step in steps else "-" for step in range(bar.steps))


@pytest.mark.parametrize("metre", METRES, ids=str)
@pytest.mark.parametrize("bar", [ROCK, SHUFFLE], ids=["straight", "triplet"])
def test_every_stroke_lies_inside_the_new_bar_and_the_downbeat_stays(
    bar: Bar, metre: Metre
) -> None:
    new = to_metre(bar, metre)
    assert new.metre == metre
    assert all(0 <= s.step < new.steps for s in new.strokes)
    assert (0, Voice.KICK) in new.grid
    assert new.steps == round(metre.quarters * new.steps_per_quarter)


def test_a_bar_in_its_own_metre_is_left_alone() -> None:
    assert to_metre(ROCK, COMMON_TIME) is ROCK


@pytest.mark.parametrize(
    ("metre", "snare"),
    [
        ("2/4", "----x---"),
        ("3/4", "----x---x---"),
        ("5/4", "----x-----------x---"),
        ("6/4", "----x-------x-------x---"),
        ("7/4", "----x-------x-------x---x---"),
        ("7/8", "----x---x-----"),  # 2+2+3 eighths: beats one, two and four
    ],
)
def test_the_backbeat_goes_with_its_beats(metre: str, snare: str) -> None:
    assert row(to_metre(ROCK, Metre.parse(metre)), Voice.SNARE) == snare


def test_straight_eighths_become_three_in_a_compound_metre() -> None:
    new = to_metre(ROCK, Metre.parse("12/8"))
    assert row(new, Voice.HAT_CLOSED) == "x-x-x-" * 4
    assert row(new, Voice.SNARE) == "------x-----" * 2


def test_a_shuffle_keeps_its_triplets_in_a_compound_metre() -> None:
    assert row(to_metre(SHUFFLE, Metre.parse("12/8")), Voice.RIDE) == "x---x-" * 4
    assert row(to_metre(SHUFFLE, Metre.parse("6/8")), Voice.SNARE) == "------x-----"


def test_a_fill_keeps_its_end() -> None:
    fill = bar_of("fill", 4, snare="---- ---- ---- xxXX", hat_closed="x-x- x-x- x-x- ----")
    for metre in ("3/4", "5/4", "2/4"):
        new = to_metre(fill, Metre.parse(metre))
        assert row(new, Voice.SNARE).endswith("xxxx")
        assert new.fill_from == new.steps - 4


@pytest.mark.parametrize("metre", [m for m in METRES if m != COMMON_TIME], ids=str)
def test_a_backbeat_on_three_is_not_lost(metre: Metre) -> None:
    one_drop = bar_of(hat_closed="x-x- x-x- x-x- x-x-", snare="---- ---- X--- ----")
    assert "x" in row(to_metre(one_drop, metre), Voice.SNARE)


@pytest.mark.parametrize("metre", [m for m in METRES if m != COMMON_TIME], ids=str)
@pytest.mark.parametrize("start", [1, 3, 4])
def test_a_fill_has_no_hole_and_takes_over_where_it_begins(metre: Metre, start: int) -> None:
    rows = {"snare": ["xxxx"] * 4, "hat_closed": ["----"] * 4}
    for beat in range(start - 1):
        rows["snare"][beat], rows["hat_closed"][beat] = "----", "x-x-"
    fill = bar_of("fill", start, **{voice: "".join(beats) for voice, beats in rows.items()})
    new = to_metre(fill, metre)
    hats = {s.step for s in new.strokes if s.voice is Voice.HAT_CLOSED}
    snares = {s.step for s in new.strokes if s.voice is Voice.SNARE}
    assert max(hats, default=-1) < new.fill_from <= min(snares)
    assert new.fill_from == (0 if start == 1 else new.fill_from)
    beat = 6 if metre.is_compound else 4
    assert all(
        snares & set(range(step, step + beat)) for step in range(new.fill_from, new.steps, beat)
    )

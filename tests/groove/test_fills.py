"""Fills found where they were put, and nowhere else."""

from collections.abc import Mapping

import pytest

from mididrumigen.drums import Voice
from mididrumigen.groove.bars import cut_bars
from mididrumigen.groove.fills import fill_start, usual_beats
from mididrumigen.models import COMMON_TIME, Metre, Take
from tests.songs import in_turn
from tests.takes import ROCK, take_of

Rows = Mapping[Voice, str]


def starts_of(take: Take) -> list[int | None]:
    """Step on which a fill begins, bar by bar."""
    bars = cut_bars(take)
    usual = usual_beats(bars)
    return [fill_start(bar, usual) for bar in bars]


def song(
    groove: Rows, fill: Rows, *, metre: Metre = COMMON_TIME, steps_per_quarter: int = 4
) -> Take:
    """Seven bars of groove and one of fill, and once more."""

    def part(rows: Rows, bars: int) -> tuple[Take, int]:
        take = take_of(rows, bars=bars, metre=metre, steps_per_quarter=steps_per_quarter)
        return take, bars

    return in_turn(part(groove, 7), part(fill, 1), part(groove, 7), part(fill, 1))


FILLS: dict[str, tuple[Rows, int]] = {
    "snare and toms on the last beat": (
        {
            Voice.HAT_CLOSED: "X-x- X-x- X-x- ----",
            Voice.SNARE: "---- X--- ---- XX--",
            Voice.TOM_HIGH: "---- ---- ---- --XX",
            Voice.KICK: "X--- --x- x-x- ----",
        },
        12,
    ),
    "half a bar of toms": (
        {
            Voice.HAT_CLOSED: "X-x- X-x- ---- ----",
            Voice.SNARE: "---- X--- XXXX ----",
            Voice.TOM_FLOOR_LOW: "---- ---- ---- XXXX",
            Voice.KICK: "X--- --x- x--- x---",
        },
        8,
    ),
    "a whole bar of snare": (
        {Voice.SNARE: "xxxx xxxx xxxx XXXX", Voice.KICK: "X--- x--- x--- x---"},
        0,
    ),
    "toms over a hi-hat that goes on": (
        {
            Voice.HAT_CLOSED: "X-x- X-x- X-x- X-x-",
            Voice.SNARE: "---- X--- ---- X---",
            Voice.TOM_HIGH: "---- ---- xx-x -xx-",
            Voice.KICK: "X--- --x- ---- ----",
        },
        8,
    ),
}


@pytest.mark.parametrize("name", FILLS)
def test_a_fill_is_found_on_the_beat_on_which_it_begins(name: str) -> None:
    fill, start = FILLS[name]
    assert starts_of(song(ROCK, fill)) == ([None] * 7 + [start]) * 2


def test_the_start_of_a_fill_in_triplets_counts_triplet_steps() -> None:
    groove = {
        Voice.RIDE: "x-x x-x x-x x-x",
        Voice.SNARE: "--- X-- --- X--",
        Voice.KICK: "X-- --- X-- ---",
    }
    fill = {
        Voice.RIDE: "x-x x-x --- ---",
        Voice.SNARE: "--- X-- xxx ---",
        Voice.TOM_LOW: "--- --- --- xxx",
    }
    assert starts_of(song(groove, fill, steps_per_quarter=3)) == ([None] * 7 + [6]) * 2


def test_in_twelve_eight_a_fill_begins_on_a_dotted_quarter() -> None:
    groove = {
        Voice.HAT_CLOSED: "x-x-x- x-x-x- x-x-x- x-x-x-",
        Voice.SNARE: "------ X----- ------ X-----",
        Voice.KICK: "X----- ------ X----- ------",
    }
    fill = {
        Voice.HAT_CLOSED: "x-x-x- x-x-x- x-x-x- ------",
        Voice.SNARE: "------ X----- ------ X-X-X-",
        Voice.KICK: "X----- ------ X----- ------",
    }
    assert starts_of(song(groove, fill, metre=Metre(12, 8))) == ([None] * 7 + [18]) * 2


TOM_GROOVE = {
    Voice.TOM_FLOOR_LOW: "x-xx x-x- x-xx x-xx",
    Voice.TOM_HIGH: "---- --x- ---- --xx",
    Voice.SNARE: "---- X--- ---- X---",
    Voice.KICK: "X--- X--- X--- X---",
}


def test_a_tom_groove_is_no_fill() -> None:
    assert starts_of(take_of(TOM_GROOVE, bars=8)) == [None] * 8


def test_a_fill_in_a_tom_groove_is_one_that_has_more_toms_still() -> None:
    fill = {**TOM_GROOVE, Voice.TOM_HIGH: "---- --x- ---- xxxx", Voice.SNARE: "---- X--- ---- ----"}
    assert starts_of(song(TOM_GROOVE, fill)) == ([None] * 7 + [12]) * 2


def test_a_busy_snare_groove_without_hats_is_no_fill() -> None:
    train = {Voice.SNARE: "xxXx xxXx xxXx xxXx", Voice.KICK: "X--- X--- X--- X---"}
    assert starts_of(take_of(train, bars=8)) == [None] * 8


@pytest.mark.parametrize(
    "rows",
    [
        # A break that is over before the bar is.
        {
            Voice.HAT_CLOSED: "---- ---- X-x- X-x-",
            Voice.SNARE: "XXXX XXXX ---- X---",
            Voice.KICK: "X--- ---- x-x- ----",
        },
        # The hi-hat rests, but only two strokes answer.
        {
            Voice.HAT_CLOSED: "X-x- X-x- X-x- ----",
            Voice.SNARE: "---- X--- ---- X-X-",
            Voice.KICK: "X--- --x- x-x- ----",
        },
        # Two toms answer, and no more.
        {
            Voice.HAT_CLOSED: "X-x- X-x- X-x- ----",
            Voice.SNARE: "---- X--- ---- ----",
            Voice.TOM_HIGH: "---- ---- ---- --xx",
            Voice.KICK: "X--- --x- x-x- ----",
        },
        # One tom beside a doubled backbeat, under a hi-hat that goes on.
        {**ROCK, Voice.SNARE: "---- X--- ---- X-x-", Voice.TOM_HIGH: "---- ---- ---- -x--"},
        # Ghost notes are no fill.
        {**ROCK, Voice.HAT_CLOSED: "X-x- X-x- X-x- ----", Voice.SNARE: "---- X--. .... X..."},
        # Nor is a busy kick, nor a stop.
        {**ROCK, Voice.KICK: "X-x- xxxx xxxx xxxx"},
        {Voice.HAT_CLOSED: "X-x- X-x- ---- ----", Voice.SNARE: "---- X--- ---- ----"},
    ],
    ids=["middle", "two strokes", "two toms", "one tom", "ghosts", "kick", "stop"],
)
def test_what_only_looks_like_a_fill_is_none(rows: Rows) -> None:
    assert starts_of(song(ROCK, rows)) == [None] * 16


def test_a_take_too_short_for_a_usual_is_judged_by_counts() -> None:
    fill, start = FILLS["snare and toms on the last beat"]
    take = in_turn((take_of(ROCK, bars=1), 1), (take_of(fill, bars=1), 1))
    assert usual_beats(cut_bars(take)) == []
    assert starts_of(take) == [None, start]


def test_a_take_of_one_bar_in_which_hardly_any_time_is_kept_is_a_fill() -> None:
    fill = {
        Voice.SNARE: "---- X-.- x--- ----",
        Voice.TOM_FLOOR_HIGH: "---- ---- --X- X---",
        Voice.KICK: "X--- ---- ---- ---x",
        Voice.HAT_PEDAL: "x--- x--- x--- x---",
    }
    assert starts_of(take_of(fill, bars=1)) == [4]
    assert starts_of(take_of(ROCK, bars=1)) == [None]

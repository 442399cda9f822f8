"""A take cut into bars: every hit in the bar and on the step where it was meant."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.groove.bars import MAX_BARS, Played, cut_bars, playable_metre
from mididrumigen.models import COMMON_TIME, METRES, Hit, Metre, Take
from tests.songs import in_turn, shifted
from tests.takes import ROCK, take_of

STEADY = {Voice.HAT_CLOSED: "xxxx xxxx xxxx xxxx"}
TRIPLETS = {Voice.HAT_CLOSED: "xxx xxx xxx xxx"}


def hits_at(*ticks: int, velocity: int = 90) -> Take:
    """A take of snares at these ticks over steady 16ths of hats in bars 1 and 2."""
    hats = take_of(STEADY, bars=2)
    snares = tuple(Hit(tick, Voice.SNARE, velocity) for tick in ticks)
    return replace(hats, hits=tuple(sorted((*hats.hits, *snares))))


def snares_of(take: Take) -> list[tuple[int, int, float]]:
    """(bar, step, late ticks) of every snare."""
    return [
        (bar.number, s.step, s.late_ticks)
        for bar in cut_bars(take)
        for s in bar.strokes
        if s.voice is Voice.SNARE
    ]


def test_a_quantised_take_gives_back_its_rows() -> None:
    bars = cut_bars(take_of(ROCK, bars=3))
    assert [bar.number for bar in bars] == [1, 2, 3]
    wanted = {
        (step, voice)
        for voice, row in ROCK.items()
        for step, mark in enumerate(row.replace(" ", ""))
        if mark != "-"
    }
    assert len(wanted) == 16
    assert all(bar.cells == wanted for bar in bars)
    assert all(s.late_ticks == 0 for bar in bars for s in bar.strokes)


def test_a_hit_before_the_bar_line_belongs_to_the_bar_it_leads_to() -> None:
    assert snares_of(hits_at(1920 - 59)) == [(2, 0, -59)]
    assert snares_of(hits_at(1920 - 61)) == [(1, 15, 59)]


def test_a_hit_before_the_first_bar_line_stays_in_bar_one() -> None:
    assert snares_of(hits_at(5)) == [(1, 0, 5)]


def test_early_and_late_hits_keep_their_distance_from_the_rigid_step() -> None:
    assert snares_of(hits_at(480 - 30, 960 + 40, 1920 + 1440 - 7)) == [
        (1, 4, -30),
        (1, 8, 40),
        (2, 12, -7),
    ]


def test_of_two_strokes_on_a_step_the_loudest_stays() -> None:
    take = hits_at(480)
    bounce = Hit(480 + 35, Voice.SNARE, 70)
    bars = cut_bars(replace(take, hits=tuple(sorted((*take.hits, bounce)))))
    assert [s for s in bars[0].strokes if s.voice is Voice.SNARE] == [
        Played(4, Voice.SNARE, 90, 0.0)
    ]


def struck(
    *marks: tuple[float, int],
    voice: Voice = Voice.SNARE,
    tempo_bpm: float = 120.0,
    rows: dict[Voice, str] = STEADY,
    grid: int = 4,
) -> list[tuple[int, int, int, str]]:
    """(bar, step, velocity, ornament) of what is read of one voice struck at (ms, velocity) over
    a steady timekeeper; the ms count from the second bar's line.
    """
    keeper = take_of(rows, bars=3, tempo_bpm=tempo_bpm, steps_per_quarter=grid)
    per_ms = tempo_bpm * 480 / 60_000
    hits = [Hit(1920 + round(ms * per_ms), voice, velocity) for ms, velocity in marks]
    bars = cut_bars(replace(keeper, hits=tuple(sorted((*keeper.hits, *hits)))))
    return [
        (bar.number, s.step, s.velocity, s.ornament)
        for bar in bars
        for s in bar.strokes
        if s.voice is voice
    ]


def test_a_softer_stroke_just_before_one_makes_it_a_flam() -> None:
    assert struck((500 - 28, 50), (500, 110)) == [(2, 4, 110, "flam")]
    assert struck((500 - 28, 50), (500, 110), voice=Voice.TOM_LOW) == [(2, 4, 110, "flam")]


def test_two_softer_strokes_before_one_make_it_a_drag() -> None:
    assert struck((500 - 140, 45), (500 - 70, 40), (500, 110)) == [(2, 4, 110, "drag")]
    assert struck((500 - 60, 45), (500 - 28, 40), (500, 110)) == [(2, 4, 110, "drag")]


def test_a_second_stroke_half_a_step_later_makes_a_double() -> None:
    assert struck((500, 80), (562.5, 75)) == [(2, 4, 80, "double")]


@pytest.mark.parametrize("voice", [Voice.KICK, Voice.HAT_OPEN, Voice.TOM_FLOOR_LOW])
def test_kick_hats_and_toms_double_too(voice: Voice) -> None:
    assert struck((500, 80), (562.5, 75), voice=voice) == [(2, 4, 80, "double")]


@pytest.mark.parametrize("voice", [Voice.KICK, Voice.HAT_OPEN, Voice.RIDE, Voice.CLAP])
def test_only_snare_and_toms_have_grace_strokes(voice: Voice) -> None:
    assert struck((500 - 28, 50), (500, 110), voice=voice) == [(2, 4, 110, "")]


def test_a_grace_stroke_that_is_nearer_to_the_step_before_is_no_stroke_there() -> None:
    # At 160 BPM half a step is 46.9 ms.
    assert struck((375 - 52, 50), (375, 110), tempo_bpm=160) == [(2, 4, 110, "flam")]
    assert struck((375 - 52, 95), (375, 110), tempo_bpm=160) == [(2, 3, 95, ""), (2, 4, 110, "")]


def test_grace_strokes_of_a_downbeat_belong_to_its_bar() -> None:
    assert struck((-52, 50), (0, 110), tempo_bpm=160) == [(2, 0, 110, "flam")]
    assert struck((-140, 50), (-70, 50), (0, 110)) == [(2, 0, 110, "drag")]


def test_a_bar_that_holds_no_more_than_the_grace_stroke_of_the_next_is_left_out() -> None:
    take = take_of(ROCK, bars=2)
    grace, flam = Hit(1920 - 64, Voice.SNARE, 50), Hit(1920, Voice.SNARE, 110)
    song = replace(shifted(take, 1920), tempos=((0, 160.0),))
    bars = cut_bars(replace(song, hits=tuple(sorted((*song.hits, grace, flam)))))
    assert [bar.number for bar in bars] == [2, 3]
    assert Played(0, Voice.SNARE, 110, 0.0, "flam") in bars[0].strokes


def test_a_stroke_before_a_drag_stays_where_the_drag_begins_loudly() -> None:
    found = struck((370, 20), (426, 50), (463, 58), (500, 89))
    assert found == [(2, 3, 20, ""), (2, 4, 89, "drag")]


def test_a_ghost_note_and_then_a_flam_is_no_drag() -> None:
    found = struck((500 - 94, 40), (500 - 28, 50), (500, 110))
    assert found == [(2, 3, 40, ""), (2, 4, 110, "flam")]


@pytest.mark.parametrize(("grid", "late_ms"), [(4, 0), (4, 25), (4, -20), (3, 0), (3, 30)])
def test_a_roll_over_the_bar_line_is_a_double_on_every_step(grid: int, late_ms: float) -> None:
    steady = STEADY if grid == 4 else TRIPLETS
    keeper = take_of(steady, bars=4, steps_per_quarter=grid, late_ms=lambda *_: late_ms)
    ticks = 480 / grid
    hits = [
        Hit(
            round(2 * 1920 + late_ms * 0.96 + half * ticks / 2), Voice.SNARE, 76 if half % 2 else 80
        )
        for half in range(-2 * grid, 2 * grid)
    ]
    bars = cut_bars(replace(keeper, hits=tuple(sorted((*keeper.hits, *hits)))))
    found = [
        ((bar.number - 3) * 4 * grid + s.step, s.velocity, s.ornament)
        for bar in bars
        for s in bar.strokes
        if s.voice is Voice.SNARE
    ]
    assert found == [(step, 80, "double") for step in range(-grid, grid)]


def test_a_roll_that_ends_in_an_accent_is_no_drag() -> None:
    marks = [(half * 62.5, 50) for half in range(8)]
    assert struck(*marks, (500, 110)) == [
        *((2, step, 50, "double") for step in range(4)),
        (2, 4, 110, ""),
    ]


def test_sextuplets_are_no_doubles() -> None:
    marks = [(i * 500 / 6, 80) for i in range(6)]
    assert {ornament for *_, ornament in struck(*marks)} == {""}


def test_a_far_softer_stroke_right_after_one_is_no_ornament() -> None:
    for after_ms, velocity in [(35, 55), (50, 42), (62.5, 36), (70, 30)]:
        found = struck((500, 110), (500 + after_ms, velocity))
        assert {ornament for *_, ornament in found} == {""}, after_ms


@pytest.mark.parametrize("after_ms", [50, 70, 90])
def test_the_echo_of_a_kick_pad_is_no_kick_on_the_next_step(after_ms: float) -> None:
    # At 160 BPM a step is 93.75 ms.
    assert struck((375, 110), (375 + after_ms, 35), voice=Voice.KICK, tempo_bpm=160) == [
        (2, 4, 110, "")
    ]
    loud = struck((375, 110), (375 + after_ms, 90), voice=Voice.KICK, tempo_bpm=160)
    assert len(loud) == 2 or loud == [(2, 4, 110, "double")]


@pytest.mark.parametrize("apart_ms", [0, 4, 9, 11])
def test_a_stroke_that_is_sensed_twice_is_no_ornament(apart_ms: float) -> None:
    assert struck((500 - apart_ms, 30), (500, 110)) == [(2, 4, 110, "")]
    assert struck((500, 110), (500 + apart_ms, 110)) == [(2, 4, 110, "")]


def test_a_rim_shot_that_rim_and_head_sense_is_no_ornament() -> None:
    assert struck((500, 127), (500 + 34, 127)) == [(2, 4, 127, "")]


def test_a_ghost_note_has_no_grace_stroke() -> None:
    assert struck((500 - 28, 15), (500, 40)) == [(2, 4, 40, "")]


def test_a_ghost_note_a_fast_step_before_a_stroke_stays_one() -> None:
    assert struck((300 - 75, 40), (300, 110), tempo_bpm=200) == [(2, 3, 40, ""), (2, 4, 110, "")]


def test_a_pick_up_of_a_32nd_does_not_decorate() -> None:
    assert struck((500 - 62.5, 100), (500, 110))[-1] == (2, 4, 110, "")


def test_empty_bars_between_are_kept_and_leading_ones_are_not() -> None:
    take = take_of(ROCK, bars=1)
    gap = in_turn((shifted(take, 2 * 1920), 5), (take, 1))
    bars = cut_bars(gap)
    assert [(bar.number, len(bar.strokes)) for bar in bars] == [(3, 16), (4, 0), (5, 0), (6, 16)]


def test_a_take_without_hits_has_no_bars() -> None:
    assert cut_bars(Take((), ((0, 120.0),), ((0, COMMON_TIME),), "gm")) == []


def test_metre_changes_move_the_bar_lines() -> None:
    seven = {Voice.HAT_CLOSED: "x-x-x-x-x-x-x-", Voice.KICK: "X-------------"}
    three = {Voice.HAT_CLOSED: "x-x- x-x- x-x-", Voice.KICK: "X--- ---- ----"}
    take = in_turn(
        (take_of(ROCK, bars=2), 2),
        (take_of(seven, bars=3, metre=Metre(7, 8)), 3),
        (take_of(three, bars=2, metre=Metre(3, 4)), 2),
    )
    bars = cut_bars(take)
    assert [str(bar.metre) for bar in bars] == ["4/4"] * 2 + ["7/8"] * 3 + ["3/4"] * 2
    assert [(0, Voice.KICK) in bar.cells for bar in bars] == [True] * 7
    assert [len(bar.strokes) for bar in bars] == [16, 16, 8, 8, 8, 7, 7]


def test_every_bar_has_the_tempo_that_holds_on_its_downbeat() -> None:
    take = in_turn(
        (take_of(ROCK, bars=2, tempo_bpm=100), 2), (take_of(ROCK, bars=1, tempo_bpm=150), 1)
    )
    bars = cut_bars(take)
    assert [bar.tempo_bpm for bar in bars] == [100, 100, 150]
    assert [bar.ms_per_tick for bar in bars] == pytest.approx([1.25, 1.25, 60_000 / 150 / 480])


def test_a_shuffle_is_cut_in_triplets() -> None:
    shuffle = {Voice.HAT_CLOSED: "x-x x-x x-x x-x", Voice.KICK: "X-- --x X-- ---"}
    take = take_of(shuffle, bars=4, steps_per_quarter=3)
    bars = cut_bars(take)
    assert {bar.grid.steps_per_quarter for bar in bars} == {3}
    assert [s.step for s in bars[0].strokes if s.voice is Voice.KICK] == [0, 5, 6]


def test_a_hard_shuffle_still_lands_on_the_last_of_three() -> None:
    # 72 %: 345.6 ticks into the quarter, nearer to the fourth 16th (360) than to 320.
    shuffle = {Voice.RIDE: "x-x x-x x-x x-x"}
    take = take_of(
        shuffle,
        bars=8,
        steps_per_quarter=3,
        late_ms=lambda step, voice, rng: 25.6 * 60_000 / 120 / 480 if step % 3 == 2 else 0,
    )
    bars = cut_bars(take)
    assert {bar.grid.steps_per_quarter for bar in bars} == {3}
    assert {s.step % 3 for bar in bars for s in bar.strokes} == {0, 2}
    assert {s.late_ticks for bar in bars for s in bar.strokes if s.step % 3 == 2} == {26}


def test_one_bar_of_triplets_in_a_straight_take_is_read_in_triplets() -> None:
    take = in_turn(
        (take_of(STEADY, bars=6), 6),
        (take_of(TRIPLETS, bars=1, steps_per_quarter=3), 1),
        (take_of(STEADY, bars=2), 2),
    )
    bars = cut_bars(take)
    assert [bar.grid.steps_per_quarter for bar in bars] == [4] * 6 + [3] + [4] * 2
    assert [len(bar.strokes) for bar in bars] == [16] * 6 + [12] + [16] * 2


def test_bars_of_eighths_are_always_cut_in_sixteenths() -> None:
    row = {Voice.HAT_CLOSED: "x-x-x-x-x-x-"}
    bars = cut_bars(take_of(row, bars=4, metre=Metre(6, 8)))
    assert {bar.grid.steps_per_quarter for bar in bars} == {4}
    assert {len(bar.strokes) for bar in bars} == {6}
    nine = take_of({Voice.RIDE: "xxxxxxxxx"}, bars=4, metre=Metre(6, 8), steps_per_quarter=3)
    assert {bar.grid.steps_per_quarter for bar in cut_bars(nine)} == {4}


@pytest.mark.parametrize(
    ("metre", "read_as"),
    [
        *(("2/2", "4/4"), ("3/2", "6/4"), ("4/8", "2/4"), ("12/16", "3/4"), ("14/16", "7/8")),
        *(("8/8", "4/4"), ("1/4", None), ("13/8", None), ("15/16", None)),
    ],
)
def test_a_metre_that_cannot_be_played_is_read_as_one_of_its_length(
    metre: str, read_as: str | None
) -> None:
    found = playable_metre(Metre.parse(metre))
    assert (None if found is None else str(found)) == read_as


def test_where_no_metre_fits_four_four_is_laid_over_the_whole_take() -> None:
    take = replace(take_of(ROCK, bars=4), metres=((0, Metre(13, 8)), (3120, Metre(3, 4))))
    bars = cut_bars(take)
    assert [str(bar.metre) for bar in bars] == ["4/4"] * 4
    assert {len(bar.strokes) for bar in bars} == {16}


def test_hits_past_the_last_bar_that_is_read_are_left_out() -> None:
    first = take_of(ROCK, bars=1)
    take = replace(first, hits=(*first.hits, Hit((MAX_BARS + 500) * 1920, Voice.CRASH, 127)))
    bars = cut_bars(take)
    assert [bar.number for bar in bars if bar.strokes] == [1]


@settings(max_examples=80, deadline=None)
@given(metre=st.sampled_from(METRES), data=st.data())
def test_any_quantised_sixteenths_give_back_their_cells(metre: Metre, data: st.DataObject) -> None:
    steps = metre.beats * 16 // metre.unit
    cells = data.draw(
        st.dictionaries(
            st.tuples(st.integers(0, 2), st.integers(0, steps - 1), st.sampled_from(Voice)),
            st.integers(1, 127),
            min_size=1,
            max_size=40,
        )
    )
    hits = sorted(
        Hit((bar * steps + step) * 120, voice, velocity)
        for (bar, step, voice), velocity in cells.items()
    )
    bars = cut_bars(Take(tuple(hits), ((0, 90.0),), ((0, metre),), "gm"))
    found = {(bar.number - 1, s.step, s.voice): s.velocity for bar in bars for s in bar.strokes}
    assert found == cells
    assert all(s.late_ticks == 0 for bar in bars for s in bar.strokes)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.builds(Hit, st.integers(0, 9000), st.sampled_from(Voice), st.integers(1, 127)),
        min_size=1,
        max_size=60,
    ),
    st.sampled_from(METRES),
)
def test_whatever_is_played_lands_within_its_bar_once_a_step(hits: list[Hit], metre: Metre) -> None:
    take = Take(tuple(sorted(hits)), ((0, 120.0),), ((0, metre),), "gm")
    bars = cut_bars(take)
    for bar in bars:
        steps = bar.metre.steps(bar.grid.steps_per_quarter)
        assert all(0 <= s.step < steps for s in bar.strokes)
        assert len(bar.cells) == len(bar.strokes)
        start = (bar.number - 1) * metre.ticks
        for s in bar.strokes:
            tick = start + s.step * 480 / bar.grid.steps_per_quarter + s.late_ticks
            assert any(
                h.tick == round(tick) and h.voice is s.voice and h.velocity == s.velocity
                for h in hits
            )

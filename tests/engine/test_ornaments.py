"""The small strokes of flams, drags and doubles: placed as measured, and read back as played."""

import math
from dataclasses import replace
from random import Random
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.engine.ornaments import ornament_hits
from mididrumigen.groove.bars import cut_bars
from mididrumigen.models import Hit
from mididrumigen.models.groove import Ornament
from tests.takes import take_of

Extra = tuple[tuple[float, int], ...]


def many(ornament: Ornament, velocity: int = 110, step_ms: float = 125.0) -> list[Extra]:
    """The small strokes of 2,000 performances with all the room there is."""
    rng = Random(1)
    return [ornament_hits(ornament, velocity, step_ms=step_ms, rng=rng) for _ in range(2000)]


def test_a_plain_stroke_has_no_small_ones() -> None:
    assert set(many("")) == {()}


def test_a_flam_has_one_softer_stroke_about_28_ms_before() -> None:
    played = many("flam")
    assert {len(extra) for extra in played} == {1}
    places = [ms for ((ms, _),) in played]
    shares = [velocity / 110 for ((_, velocity),) in played]
    assert fmean(places) == pytest.approx(-28, abs=1)
    assert pstdev(places) == pytest.approx(8.3, abs=1)
    assert -45 <= min(places) < max(places) <= -15
    assert fmean(shares) == pytest.approx(0.5, abs=0.02)
    assert 0.24 < min(shares) < 0.4 < 0.65 < max(shares) < 0.76


def test_a_drag_has_two_softer_strokes_66_ms_apart() -> None:
    played = many("drag", step_ms=170)
    assert {len(extra) for extra in played} == {2}
    assert fmean(extra[1][0] for extra in played) == pytest.approx(-66, abs=1)
    assert fmean(extra[0][0] for extra in played) == pytest.approx(-132, abs=1)
    assert all(extra[0][0] < extra[1][0] < 0 for extra in played)
    assert fmean(v / 110 for extra in played for _, v in extra) == pytest.approx(0.42, abs=0.02)


@pytest.mark.parametrize("step_ms", [100.0, 125.0, 250.0])
def test_a_double_has_a_second_stroke_half_a_step_later_and_slightly_softer(step_ms: float) -> None:
    played = many("double", step_ms=step_ms)
    assert {len(extra) for extra in played} == {1}
    assert fmean(ms for ((ms, _),) in played) == pytest.approx(step_ms / 2, rel=0.01)
    assert fmean(v / 110 for ((_, v),) in played) == pytest.approx(0.89, abs=0.02)
    assert max(v for ((_, v),) in played) <= 110


def test_grace_strokes_take_the_same_time_at_any_moderate_tempo() -> None:
    assert many("flam", step_ms=125) == many("flam", step_ms=250)
    assert many("drag", step_ms=170) == many("drag", step_ms=250)


@pytest.mark.parametrize(
    ("ornament", "before_ms", "is_played"),
    [
        *(("flam", 150.0, True), ("flam", 120.0, True), ("flam", 59.0, False)),
        *(("drag", 300.0, True), ("drag", 120.0, True), ("drag", 95.0, False)),
    ],
)
def test_grace_strokes_need_room_behind_the_stroke_before(
    ornament: Ornament, before_ms: float, is_played: bool
) -> None:
    rng = Random(1)
    for _ in range(300):
        extra = ornament_hits(ornament, 110, step_ms=125, before_ms=before_ms, rng=rng)
        assert bool(extra) == is_played
        if extra:
            assert before_ms + extra[0][0] > 41


def test_a_drag_is_played_closer_where_the_room_is_small() -> None:
    (wide, _), (close, _) = (
        ornament_hits("drag", 110, step_ms=170, before_ms=before, rng=Random(1))
        for before in (400, 150)
    )
    assert wide[0] < -100
    assert -90 < close[0] < -50


def test_the_second_stroke_of_a_double_lies_half_way_to_a_stroke_that_comes_early() -> None:
    ((place, _),) = ornament_hits("double", 90, step_ms=125, after_ms=115, rng=Random(1))
    assert place == pytest.approx(57.5, rel=0.09)
    assert ornament_hits("double", 90, step_ms=125, after_ms=80, rng=Random(1)) == ()


@pytest.mark.parametrize("tempo_bpm", [60, 100, 150])
def test_a_bar_of_doubles_is_read_back_as_a_roll(tempo_bpm: int) -> None:
    rng, step_ms = Random(1), 15_000 / tempo_bpm
    take = take_of({Voice.RIDE: "x-x-" * 4, Voice.SNARE: "o" * 16}, tempo_bpm=tempo_bpm, bars=4)
    hits = list(take.hits)
    for hit in take.hits:
        if hit.voice is Voice.SNARE:
            extra = ornament_hits(
                "double",
                hit.velocity,
                step_ms=step_ms,
                before_ms=step_ms,
                after_ms=step_ms,
                rng=rng,
            )
            hits += [Hit(hit.tick + round(ms / step_ms * 120), Voice.SNARE, v) for ms, v in extra]
    bars = cut_bars(replace(take, hits=tuple(sorted(hits))))
    snares = [s for bar in bars for s in bar.strokes if s.voice is Voice.SNARE]
    assert [(s.step, s.velocity) for s in snares] == [(step, 62) for step in range(16)] * 4
    assert {s.ornament for s in snares} == {"double"}


def test_nobody_plays_32nds_at_200_bpm() -> None:
    assert set(many("double", step_ms=75)) == {()}


@given(
    ornament=st.sampled_from(("flam", "drag", "double")),
    velocity=st.integers(1, 127),
    step_ms=st.floats(30, 1000),
    before_ms=st.floats(1, 5000) | st.just(math.inf),
    after_ms=st.floats(1, 5000) | st.just(math.inf),
    seed=st.integers(0, 999),
)
def test_small_strokes_are_in_order_in_range_and_between_their_neighbours(
    ornament: Ornament,
    velocity: int,
    step_ms: float,
    before_ms: float,
    after_ms: float,
    seed: int,
) -> None:
    def play() -> Extra:
        return ornament_hits(
            ornament,
            velocity,
            step_ms=step_ms,
            before_ms=before_ms,
            after_ms=after_ms,
            rng=Random(seed),
        )

    extra = play()
    assert play() == extra
    assert list(extra) == sorted(extra)
    assert all(1 <= v <= velocity for _, v in extra)
    assert all(-before_ms < ms < after_ms and ms != 0 for ms, _ in extra)


@settings(max_examples=300, deadline=None)
@given(
    ornament=st.sampled_from(("", "flam", "drag", "double")),
    voice=st.sampled_from((Voice.SNARE, Voice.TOM_HIGH, Voice.TOM_FLOOR_LOW)),
    velocity=st.integers(50, 127),
    neighbour=st.integers(20, 127),
    tempo_bpm=st.integers(50, 210),
    grid=st.sampled_from((3, 4)),
    step=st.integers(0, 11),
    before=st.integers(1, 6),
    after=st.integers(1, 4),
    late_steps=st.floats(-0.1, 0.1),
    seed=st.integers(0, 10_000),
)
def test_what_is_played_is_read_back_as_the_same_ornament(
    ornament: Ornament,
    voice: Voice,
    velocity: int,
    neighbour: int,
    tempo_bpm: int,
    grid: int,
    step: int,
    before: int,
    after: int,
    late_steps: float,
    seed: int,
) -> None:
    step_ms = 60_000 / tempo_bpm / grid
    extra = ornament_hits(
        ornament,
        velocity,
        step_ms=step_ms,
        before_ms=(before + late_steps) * step_ms,
        after_ms=(after - late_steps) * step_ms,
        rng=Random(seed),
    )
    row = {Voice.RIDE: "x" * 4 * grid}
    keeper = take_of(row, bars=4, tempo_bpm=float(tempo_bpm), steps_per_quarter=grid)
    # A soft double that leads to a louder stroke is a drag just as well.
    following = min(neighbour, velocity) if ornament == "double" else neighbour
    ticks = 480 / grid
    bar, place = 1920, step * ticks
    strokes = [
        (place - before * ticks, neighbour),
        (place + late_steps * ticks, velocity),
        (place + after * ticks, following),
        *((place + late_steps * ticks + ms / step_ms * ticks, v) for ms, v in extra),
    ]
    hits = [Hit(bar + round(tick), voice, v) for tick, v in strokes]
    found = {
        (played.number - 2) * 4 * grid + s.step: (s.velocity, s.ornament)
        for played in cut_bars(replace(keeper, hits=tuple(sorted((*keeper.hits, *hits)))))
        for s in played.strokes
        if s.voice is voice
    }
    assert found == {
        step - before: (neighbour, ""),
        step: (velocity, ornament if extra else ""),
        step + after: (following, ""),
    }

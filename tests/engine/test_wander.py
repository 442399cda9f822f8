"""Slow deviations: mean, spread and memory."""

from itertools import pairwise
from random import Random
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.engine.wander import memory, wander

LONG = [step / 4 for step in range(8000)]
"""2000 quarter notes in 16ths."""


@pytest.fixture(scope="module")
def long_ones() -> list[list[float]]:
    """Wanders of several seeds over a long time."""
    return [wander(LONG, Random(seed)) for seed in range(6)]


@given(
    st.lists(st.floats(0, 1000), min_size=1, max_size=60).map(sorted),
    st.integers(0, 2**32),
)
@settings(max_examples=50, deadline=None)
def test_its_mean_is_nothing_at_whatever_times_it_is_asked_for(
    times: list[float], seed: int
) -> None:
    values = wander(times, Random(seed))
    assert len(values) == len(times)
    assert fmean(values) == pytest.approx(0, abs=1e-9)


def test_no_time_has_no_value_and_a_lone_one_none_to_wander_from() -> None:
    assert wander([], Random(1)) == []
    assert wander([3.5], Random(1)) == [0]


def test_one_moment_has_one_value() -> None:
    a, b, c, d = wander([0, 1, 1, 5], Random(2))
    assert b == c
    assert len({a, b, d}) == 3


def test_the_same_chance_wanders_the_same_way() -> None:
    assert wander(LONG[:50], Random(3)) == wander(LONG[:50], Random(3))
    assert wander(LONG[:50], Random(3)) != wander(LONG[:50], Random(4))


def test_its_spread_is_one_over_a_long_time(long_ones: list[list[float]]) -> None:
    assert fmean(map(pstdev, long_ones)) == pytest.approx(1, abs=0.08)


def test_a_short_piece_varies_less_but_not_much_less() -> None:
    short = fmean(pstdev(wander(LONG[:128], Random(seed))) for seed in range(60))
    assert 0.7 < short < 1


@pytest.mark.parametrize("quarters", [0.25, 0.5, 1, 4, 16])
def test_it_remembers_as_much_as_memory_says(long_ones: list[list[float]], quarters: float) -> None:
    lag = round(quarters * 4)
    products = fmean(a * b for one in long_ones for a, b in zip(one, one[lag:], strict=False))
    squares = fmean(a * a for one in long_ones for a in one)
    assert products / squares == pytest.approx(memory(quarters), abs=0.06)


def test_memory_fades_from_one_to_nothing() -> None:
    fading = [memory(quarters) for quarters in (0, 0.25, 1, 4, 16, 64, 256, 1024)]
    assert fading[0] == 1
    assert all(a > b for a, b in pairwise(fading))
    assert fading[-1] < 0.001

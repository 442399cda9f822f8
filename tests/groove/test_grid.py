"""Where steps lie, and which grid a take is on."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.groove.grid import Grid, fit_grid, step_phase


@pytest.mark.parametrize(
    ("grid", "phases"),
    [
        (Grid(4), (0, 0.25, 0.5, 0.75)),
        (Grid(4, 50, 60), (0, 0.3, 0.5, 0.8)),
        (Grid(4, 60, 50), (0, 0.3, 0.6, 0.8)),
        (Grid(4, 60, 60), (0, 0.36, 0.6, 0.84)),
        (Grid(3, 200 / 3), (0, 1 / 3, 2 / 3)),
        (Grid(3, 60), (0, 0.3, 0.6)),
    ],
    ids=str,
)
def test_swing_moves_the_second_of_a_pair(grid: Grid, phases: tuple[float, ...]) -> None:
    assert grid.phases == pytest.approx(phases)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from((3, 4)), st.floats(45, 80), st.floats(40, 80))
def test_steps_always_rise_within_the_quarter(per_quarter: int, of_8: float, of_16: float) -> None:
    phases = [step_phase(step, per_quarter, of_8, of_16) for step in range(per_quarter)]
    assert phases[0] == 0
    assert all(a < b for a, b in zip(phases, [*phases[1:], 1.0], strict=True))


def test_no_hits_are_straight_sixteenths() -> None:
    assert fit_grid([]) == Grid(4, 50, 50)


@pytest.mark.parametrize(
    ("ticks", "steps_per_quarter"),
    [
        ((0,), 4),  # quarters say nothing: a tie is straight
        ((0, 240), 4),
        ((0, 120, 240, 360), 4),
        ((0, 160, 320), 3),
        ((0, 320), 3),
        ((0, 0, 0, 320), 3),
        ((0, 120, 240, 360, 160, 120, 240, 360), 4),  # one triplet among 16ths
    ],
)
def test_triplets_are_told_from_sixteenths(ticks: tuple[int, ...], steps_per_quarter: int) -> None:
    found = fit_grid(ticks * 20)
    assert found.steps_per_quarter == steps_per_quarter
    if steps_per_quarter == 4:
        assert (found.swing_8ths, found.swing_16ths) == (50, 50)


def played(grid: Grid, seed: int, *, sd: float = 8.0, late: float = 0.0) -> list[float]:
    """400 quarters of every step of a grid, with noise in ticks."""
    rng = Random(seed)
    return [
        (phase * 480 + late + rng.gauss(0, sd)) % 480 for _ in range(400) for phase in grid.phases
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("swing", [50, 54, 58, 62, 66])
def test_the_fit_finds_the_swing_of_sixteenths_under_noise(swing: int, seed: int) -> None:
    found = fit_grid(played(Grid(4, 50, swing), seed))
    assert (found.steps_per_quarter, found.swing_8ths) == (4, 50)
    assert abs(found.swing_16ths - swing) <= 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("swing", [62, 200 / 3, 72])
def test_the_fit_finds_the_swing_of_a_shuffle_under_noise(swing: float, seed: int) -> None:
    phases = played(Grid(3, swing), seed)
    found = fit_grid(phases)
    assert found.steps_per_quarter == 3
    assert abs(found.swing_8ths - swing) <= 2


@pytest.mark.parametrize("seed", range(5))
def test_noise_alone_is_not_swing(seed: int) -> None:
    assert fit_grid(played(Grid(4), seed, sd=12)) == Grid(4, 50, 50)


@pytest.mark.parametrize("late", [-20, 20])
@pytest.mark.parametrize("grid", [Grid(4), Grid(4, 50, 58), Grid(3, 200 / 3)], ids=str)
def test_a_common_latency_is_not_swing(grid: Grid, late: float) -> None:
    found = fit_grid(played(grid, 1, late=late))
    assert found.steps_per_quarter == grid.steps_per_quarter
    assert abs(found.swing_8ths - grid.swing_8ths) <= 2
    assert abs(found.swing_16ths - grid.swing_16ths) <= 2

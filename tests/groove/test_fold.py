"""Similarity of bars, and near-duplicates folded with their weight."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.groove import fold, jaccard
from mididrumigen.models import Bar, Metre, Stroke

K, S, H = Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED


def bar(*cells: tuple[int, Voice], weight: float = 1.0, number: int = 1, velocity: int = 90) -> Bar:
    strokes = tuple(sorted(Stroke(step, voice, velocity) for step, voice in cells))
    return Bar(Metre(4, 4), 4, strokes, weight=weight, sources=(("e", number),))


TWENTY = [*((step, H) for step in range(16)), (4, S), (12, S), (0, K), (8, K)]


def test_similarity_is_the_share_of_cells_in_both() -> None:
    assert jaccard([(0, K), (4, S), (8, K)], [(0, K), (4, S), (10, K)]) == 2 / 4
    assert jaccard([(0, K)], [(0, S)]) == 0
    assert jaccard([(0, K), (0, S)], [(0, S), (0, K)]) == 1
    assert jaccard([], [(0, K)]) == 0
    assert jaccard([], []) == 1


def test_equal_bars_become_one_with_their_weights_and_sources() -> None:
    bars = [bar(*TWENTY, weight=0.25, number=n) for n in (1, 2, 5)]
    (kept,) = fold(bars, 10)
    assert kept.weight == 0.75
    assert kept.sources == (("e", 1), ("e", 2), ("e", 5))


def test_a_bar_with_one_stroke_of_twenty_changed_is_a_near_duplicate() -> None:
    # 19 of 21 cells in both: 0.905. With two changed it is 18 of 22: 0.818.
    one = bar(*TWENTY[:-1], (10, K), weight=1, number=2)
    two = bar(*TWENTY[:-2], (10, K), (3, K), weight=1, number=3)
    base = bar(*TWENTY, weight=3)
    assert [(b.grid, b.weight) for b in fold([one, base], 10)] == [(base.grid, 4)]
    assert [(b.grid, b.weight) for b in fold([two, base], 10)] == [(base.grid, 3), (two.grid, 1)]


def test_the_heavier_of_two_near_duplicates_stays_and_its_source_comes_first() -> None:
    light = bar(*TWENTY, (2, K), weight=1, number=1)
    heavy = bar(*TWENTY, weight=2, number=2)
    (kept,) = fold([light, heavy], 10)
    assert kept.grid == heavy.grid
    assert kept.sources == (("e", 2), ("e", 1))


def test_of_two_bars_with_the_same_strokes_the_heavier_gives_dynamics_and_timing() -> None:
    light = bar(*TWENTY, weight=1, number=1, velocity=40)
    heavy = bar(*TWENTY, weight=5, number=2, velocity=110)
    (kept,) = fold([light, heavy], 10)
    assert kept.weight == 6
    assert {s.velocity for s in kept.strokes} == {110}
    assert kept.sources[0] == ("e", 2)


def test_a_bar_played_often_outweighs_one_that_is_heavier_once() -> None:
    often = [bar(*TWENTY, weight=1, number=n) for n in range(1, 5)]
    once = bar(*TWENTY, (2, K), weight=3, number=9)
    (kept,) = fold([once, *often], 10)
    assert kept.grid == often[0].grid
    assert kept.weight == 7


@pytest.mark.parametrize(
    "other",
    [
        replace(bar(*TWENTY), metre=Metre(5, 4)),
        replace(bar(*TWENTY), steps_per_quarter=3),
    ],
    ids=["metre", "grid"],
)
def test_bars_of_another_metre_or_grid_are_never_folded(other: Bar) -> None:
    assert len(fold([bar(*TWENTY), other], 10)) == 2


def test_the_heaviest_come_first_and_the_rest_is_cut() -> None:
    bars = [bar((step, K), weight=step + 1, number=step) for step in range(8)]
    assert [b.weight for b in fold(bars, 3)] == [8, 7, 6]


def test_at_most_24_sources_are_kept_but_all_the_weight() -> None:
    (kept,) = fold([bar(*TWENTY, number=n) for n in range(1, 41)], 10)
    assert kept.sources == tuple(("e", n) for n in range(1, 25))
    assert kept.weight == 40


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.frozensets(st.tuples(st.integers(0, 3), st.sampled_from((K, S, H))), min_size=1),
            st.integers(1, 9),
        ),
        max_size=12,
    )
)
def test_folding_keeps_the_weight_and_leaves_no_near_duplicates(
    rows: list[tuple[frozenset[tuple[int, Voice]], int]],
) -> None:
    bars = [bar(*sorted(cells), weight=w, number=i) for i, (cells, w) in enumerate(rows)]
    kept = fold(bars, 100)
    assert sum(b.weight for b in kept) == sum(w for _, w in rows)
    assert [b.weight for b in kept] == sorted((b.weight for b in kept), reverse=True)
    assert {b.grid for b in kept} <= {cells for cells, _ in rows}
    assert sorted(s for b in kept for s in b.sources) == [("e", i) for i in range(len(rows))]
    for i, one in enumerate(kept):
        for other in kept[i + 1 :]:
            both, either = len(one.grid & other.grid), len(one.grid | other.grid)
            assert both / either < 0.88

"""How near traits are."""

import math

import pytest

from mididrumigen.models.described import Described
from mididrumigen.similar.traits import likeness, on_scale, places, spreads


def entry(**traits: float) -> Described:
    return Described("X", "drummer", {}, traits=traits)


SPREADS = spreads([entry(ghost_share=0.1, tempo_bpm=60), entry(ghost_share=0.3, tempo_bpm=120)])


def near(mine: dict[str, float], theirs: dict[str, float]) -> float | None:
    return likeness(places(mine, SPREADS), places(theirs, SPREADS))


def test_the_spread_is_the_deviation_over_everybody_who_has_the_trait() -> None:
    assert SPREADS["ghost_share"] == pytest.approx((0.2, 0.1))
    assert SPREADS["tempo_bpm"].sd == pytest.approx(6)  # half an octave each way
    assert "swing_16ths" not in SPREADS
    assert spreads([entry(ghost_share=0.1)], only={"tempo_bpm"}) == {}


def test_a_trait_in_which_all_are_alike_has_some_spread_nevertheless() -> None:
    same = spreads([entry(ghost_share=0.1), entry(ghost_share=0.1)])
    assert same["ghost_share"].sd == pytest.approx(0.03)


def test_tempo_is_a_ratio() -> None:
    assert on_scale("tempo_bpm", 140) - on_scale("tempo_bpm", 120) == pytest.approx(
        on_scale("tempo_bpm", 70) - on_scale("tempo_bpm", 60)
    )


def test_nearer_is_more_alike_whichever_way_it_is_asked() -> None:
    found = [near({"ghost_share": 0.2}, {"ghost_share": share}) for share in (0.2, 0.25, 0.4, 0.9)]
    assert all(value is not None for value in found)
    assert found == sorted(found, key=lambda value: -(value or 0))
    assert near({"ghost_share": 0.9}, {"ghost_share": 0.2}) == found[-1]


def test_only_what_both_have_is_compared() -> None:
    mine = {"ghost_share": 0.2, "tempo_bpm": 90.0}
    assert near(mine, {"ghost_share": 0.2}) == near({"ghost_share": 0.2}, {"ghost_share": 0.2})
    assert near({"ghost_share": 0.2}, {"tempo_bpm": 90}) is None
    assert near({}, mine) is None


def test_more_that_is_equal_is_surer() -> None:
    one = near({"ghost_share": 0.2}, {"ghost_share": 0.2})
    two = near({"ghost_share": 0.2, "tempo_bpm": 90}, {"ghost_share": 0.2, "tempo_bpm": 90})
    assert one is not None
    assert two is not None
    assert 0 < one < two < 1
    assert math.isfinite(two)

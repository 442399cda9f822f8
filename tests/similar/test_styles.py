"""How near styles are."""

import pytest

from mididrumigen.similar.styles import SAME_FAMILY, axes, likeness

FAMILIES = {"rock": "rock", "punk": "rock", "salsa": "latin"}


def between(mine: dict[str, float], theirs: dict[str, float]) -> float | None:
    return likeness(axes(mine, FAMILIES), axes(theirs, FAMILIES))


def test_a_style_is_itself_and_half_like_its_family_and_not_like_others() -> None:
    assert between({"rock": 1}, {"rock": 1}) == pytest.approx(1)
    assert between({"rock": 1}, {"punk": 1}) == pytest.approx(SAME_FAMILY)
    assert between({"rock": 1}, {"salsa": 1}) == 0


def test_weights_count_and_their_sum_does_not() -> None:
    mostly, partly = ({"rock": a, "salsa": 1 - a} for a in (0.9, 0.2))
    near, far = between({"rock": 1}, mostly), between({"rock": 1}, partly)
    assert near is not None
    assert far is not None
    assert near > far
    assert between({"rock": 0.5}, {"rock": 2}) == pytest.approx(1)
    assert between(mostly, partly) == pytest.approx(between(partly, mostly))


def test_without_a_style_nothing_is_said() -> None:
    assert between({}, {"rock": 1}) is None
    assert between({"rock": 1}, {}) is None
    assert axes({"rock": 0.0}, FAMILIES) == {}

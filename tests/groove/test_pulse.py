"""Beats, metrical weights and syncopation, against values worked out by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.groove.pulse import beat_count, beat_steps, syncopation, weights
from mididrumigen.models import METRES, Metre

FOUR = Metre(4, 4)


@pytest.mark.parametrize(
    ("metre", "per_quarter", "steps", "count"),
    [
        ("4/4", 4, 4, 4),
        ("4/4", 3, 3, 4),
        ("3/4", 4, 4, 3),
        ("6/8", 4, 6, 2),
        ("12/8", 4, 6, 4),
        ("5/8", 4, 4, 3),  # 4 + 4 + 2
        ("7/8", 4, 4, 4),  # 4 + 4 + 4 + 2
        ("11/8", 4, 4, 6),
    ],
)
def test_a_bar_has_its_beats_and_a_short_last_one(
    metre: str, per_quarter: int, steps: int, count: int
) -> None:
    assert beat_steps(Metre.parse(metre), per_quarter) == steps
    assert beat_count(Metre.parse(metre), per_quarter) == count


@pytest.mark.parametrize(
    ("metre", "per_quarter", "expected"),
    [
        ("4/4", 4, (0, -4, -3, -4, -2, -4, -3, -4, -1, -4, -3, -4, -2, -4, -3, -4)),
        ("4/4", 3, (0, -3, -3, -2, -3, -3, -1, -3, -3, -2, -3, -3)),
        ("3/4", 4, (0, -4, -3, -4, -2, -4, -3, -4, -2, -4, -3, -4)),
        ("6/8", 4, (0, -4, -3, -4, -3, -4, -1, -4, -3, -4, -3, -4)),
        ("5/8", 4, (0, -4, -3, -4, -2, -4, -3, -4, -2, -4)),
    ],
)
def test_a_step_weighs_less_the_deeper_its_level(
    metre: str, per_quarter: int, expected: tuple[int, ...]
) -> None:
    assert weights(Metre.parse(metre), per_quarter) == expected


@pytest.mark.parametrize(
    ("steps", "score"),
    [
        ([0], 0),
        ([0, 4, 8, 12], 0),
        ([0, 2, 4, 6, 8, 10, 12, 14], 0),
        (range(16), 0),
        ([4, 12], 3),  # a backbeat: 4 over the 8th step (1), 12 over the downbeat (2)
        ([14], 3),  # an eighth before the bar line
        ([15], 4),  # a 16th before it
        ([3, 8], 3),  # 3 over step 4 (2); 8 over the downbeat (1)
        ([0, 6, 8, 10], 1),  # 10 over step 12
        ([0, 3, 6, 10, 12], 4),  # a clave: 3 over 4 (2), 6 over 8 (2); 10 holds over nothing
        ([], 0),
    ],
    ids=str,
)
def test_syncopation_is_what_longuet_higgins_and_lee_count(
    steps: list[int] | range, score: int
) -> None:
    assert syncopation(list(steps), FOUR, 4) == score


def test_syncopation_counts_triplets_and_compound_metres_too() -> None:
    assert syncopation([2], FOUR, 3) == 3  # the last of a triplet, held over everything
    assert syncopation([0, 5], FOUR, 3) == 2  # over the half bar: -1 - -3
    assert syncopation([4], Metre(6, 8), 4) == 3


@settings(max_examples=60, deadline=None)
@given(metre=st.sampled_from(METRES), data=st.data())
def test_syncopation_is_never_negative_and_full_beats_have_none(
    metre: Metre, data: st.DataObject
) -> None:
    count = metre.beats * 16 // metre.unit
    onsets = data.draw(st.sets(st.integers(0, count - 1)))
    assert 0 <= syncopation(onsets, metre, 4) <= 4 * len(onsets)
    every_beat = range(0, count, 6 if str(metre) in ("6/8", "9/8", "12/8") else 4)
    assert syncopation(list(every_beat), metre, 4) == 0

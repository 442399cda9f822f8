"""What a player may be asked for: every limit, from both sides."""

from dataclasses import fields

import pytest

from mididrumigen.errors import InputError
from mididrumigen.models import METRES, Controls, Metre, Request


def test_a_request_without_wishes_is_four_bars_of_four_four() -> None:
    request = Request()
    assert (request.bars, request.metre, request.variations) == (4, Metre(4, 4), 4)
    assert request.tempo_bpm == 120


@pytest.mark.parametrize(
    "wish",
    [
        *({"bars": n} for n in (1, 32)),
        *({"variations": n} for n in (1, 8)),
        *({"seed": n} for n in (0, 2**53 - 1)),
        *({"tempo_bpm": n} for n in (30, 300)),
        *({"metre": metre} for metre in METRES),
    ],
    ids=str,
)
def test_the_limits_themselves_are_allowed(wish: dict[str, object]) -> None:
    request = Request(**wish)  # type: ignore[arg-type]
    assert {name: getattr(request, name) for name in wish} == wish


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"bars": 0}, "bars must be 1 to 32, not 0"),
        ({"bars": 33}, "bars must be 1 to 32, not 33"),
        ({"variations": 0}, "variations must be 1 to 8"),
        ({"variations": 9}, "variations must be 1 to 8"),
        ({"seed": -1}, "seed must be 0 to 9007199254740991"),
        ({"seed": 2**53}, "seed must be 0 to"),
        ({"tempo_bpm": 29.9}, "tempo must be 30 to 300 BPM, not 29.9"),
        ({"tempo_bpm": 300.1}, "tempo must be 30 to 300 BPM"),
        ({"tempo_bpm": float("nan")}, "tempo must be"),
        ({"metre": Metre(3, 8)}, "time signature 3/8 is not one of 2/4, 3/4"),
        ({"metre": Metre(2, 2)}, "time signature 2/2"),
    ],
    ids=str,
)
def test_what_lies_outside_is_refused_with_its_range(wish: dict[str, object], says: str) -> None:
    with pytest.raises(InputError) as refused:
        Request(**wish)  # type: ignore[arg-type]
    assert says in str(refused.value)


def test_the_playable_metres_are_these_twelve() -> None:
    wanted = "2/4 3/4 4/4 5/4 6/4 7/4 5/8 6/8 7/8 9/8 11/8 12/8"
    assert sorted(map(str, METRES)) == sorted(wanted.split())


@pytest.mark.parametrize("name", [f.name for f in fields(Controls) if f.name != "swing"])
def test_every_control_goes_from_0_to_100(name: str) -> None:
    for value in (0, 50.5, 100):
        assert getattr(Controls(**{name: value}), name) == value
    for value in (-0.1, 100.1, float("nan"), float("inf")):
        with pytest.raises(InputError, match=f"{name} must be 0 to 100"):
            Controls(**{name: value})


def test_swing_goes_from_50_to_75_and_may_be_left_to_the_profile() -> None:
    assert [Controls(swing=s).swing for s in (None, 50, 66.7, 75)] == [None, 50, 66.7, 75]
    for value in (0, 49.9, 75.1):
        with pytest.raises(InputError, match="swing must be 50 to 75"):
            Controls(swing=value)

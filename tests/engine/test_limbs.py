"""Two hands and two feet."""

import pytest

from mididrumigen.drums import Voice
from mididrumigen.engine.limbs import playable
from mididrumigen.models import COMMON_TIME, Bar, Stroke


def voices_left(*strokes: tuple[Voice, int]) -> set[Voice]:
    """Voices of one step that stay playable."""
    bar = Bar(COMMON_TIME, 4, tuple(sorted(Stroke(0, v, velocity) for v, velocity in strokes)))
    return {s.voice for s in playable(bar).strokes}


def test_three_hands_become_two_and_the_timekeeper_gives_way() -> None:
    left = voices_left(
        (Voice.SNARE, 110), (Voice.CRASH, 110), (Voice.HAT_CLOSED, 100), (Voice.KICK, 100)
    )
    assert left == {Voice.SNARE, Voice.CRASH, Voice.KICK}


def test_a_ghost_gives_way_before_the_timekeeper() -> None:
    left = voices_left((Voice.SNARE, 30), (Voice.RIDE, 90), (Voice.TOM_HIGH, 100))
    assert left == {Voice.RIDE, Voice.TOM_HIGH}


@pytest.mark.parametrize(
    "pair",
    [
        (Voice.HAT_CLOSED, Voice.HAT_OPEN),
        (Voice.RIDE, Voice.RIDE_BELL),
        (Voice.SNARE, Voice.SIDESTICK),
    ],
)
def test_one_surface_sounds_once_and_the_louder_stroke_stays(pair: tuple[Voice, Voice]) -> None:
    soft, loud = pair
    assert voices_left((soft, 70), (loud, 110)) == {loud}


def test_the_foot_does_not_close_a_hat_that_is_struck_open() -> None:
    assert voices_left((Voice.HAT_OPEN, 90), (Voice.HAT_PEDAL, 80)) == {Voice.HAT_OPEN}
    assert voices_left((Voice.RIDE, 90), (Voice.HAT_PEDAL, 80)) == {Voice.RIDE, Voice.HAT_PEDAL}


def test_a_playable_bar_is_left_as_it_is() -> None:
    bar = Bar(COMMON_TIME, 4, (Stroke(0, Voice.KICK, 100), Stroke(0, Voice.HAT_CLOSED, 90)))
    assert playable(bar) is bar

"""Verse, chorus and pick-up, one bar at a time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine.sections import chorus, pickup, verse
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import COMMON_TIME, Bar, Metre, Stroke
from tests.engine.played import FILL, RIDE_GROOVES, bar_of
from tests.takes import ROCK

HAT = bar_of(ROCK)
RIDE = bar_of(RIDE_GROOVES[0])
WITH_RIDE = {Voice.RIDE: 0.1, Voice.HAT_CLOSED: 0.5}
WITHOUT_RIDE = {Voice.HAT_CLOSED: 0.5}

voices = st.sampled_from(
    [
        Voice.KICK,
        Voice.SNARE,
        Voice.HAT_CLOSED,
        Voice.HAT_OPEN,
        Voice.HAT_PEDAL,
        Voice.RIDE,
        Voice.RIDE_BELL,
        Voice.CRASH,
        Voice.TOM_LOW,
        Voice.TAMBOURINE,
    ]
)
bars = st.dictionaries(
    st.tuples(st.integers(0, 15), voices),
    st.sampled_from(list(MARK_VELOCITIES.values())),
    max_size=24,
).map(
    lambda places: Bar(
        COMMON_TIME,
        4,
        tuple(sorted(Stroke(step, voice, loud) for (step, voice), loud in places.items())),
    )
)


def strokes_of(bar: Bar, *names: Voice) -> list[Stroke]:
    return [s for s in bar.strokes if s.voice in names]


def not_cymbals(bar: Bar) -> list[Stroke]:
    return [s for s in bar.strokes if FAMILY[s.voice] not in ("hat", "ride")]


@given(bars, st.booleans())
@settings(max_examples=60, deadline=None)
def test_sections_move_the_timekeeper_and_nothing_else(bar: Bar, has_ride: bool) -> None:
    kit = WITH_RIDE if has_ride else WITHOUT_RIDE
    for section in (verse(bar), chorus(bar, kit)):
        assert not_cymbals(section) == not_cymbals(bar)
        assert len(section.grid) == len(section.strokes)
        assert list(section.strokes) == sorted(section.strokes)
    steps = {s.step for s in bar.strokes if s.voice is not Voice.HAT_PEDAL}
    assert {s.step for s in verse(bar).strokes} >= steps


def test_a_verse_keeps_time_on_the_closed_hi_hat() -> None:
    played = verse(RIDE)
    assert not strokes_of(played, Voice.RIDE, Voice.RIDE_BELL)
    assert [(s.step, s.velocity) for s in strokes_of(played, Voice.HAT_CLOSED)] == [
        (s.step, s.velocity) for s in strokes_of(RIDE, Voice.RIDE)
    ]
    assert verse(HAT) is HAT


def test_a_chorus_keeps_time_on_the_ride() -> None:
    played = chorus(HAT, WITH_RIDE)
    assert [(s.step, s.velocity) for s in strokes_of(played, Voice.RIDE)] == [
        (s.step, s.velocity) for s in strokes_of(HAT, Voice.HAT_CLOSED)
    ]
    assert not strokes_of(played, Voice.HAT_CLOSED, Voice.HAT_OPEN)
    assert chorus(RIDE, WITH_RIDE) is RIDE


def test_a_chorus_without_a_ride_opens_the_hi_hat_on_the_beats() -> None:
    played = chorus(HAT, WITHOUT_RIDE)
    assert [s.step for s in strokes_of(played, Voice.HAT_OPEN)] == [0, 4, 8, 12]
    assert not strokes_of(played, Voice.HAT_CLOSED, Voice.RIDE)


def test_the_same_is_true_in_a_metre_of_dotted_beats() -> None:
    bar = bar_of({Voice.HAT_CLOSED: "x-x-x-x-x-x-", Voice.KICK: "X-----------"}, metre=Metre(6, 8))
    played = chorus(bar, WITHOUT_RIDE)
    assert [s.step for s in strokes_of(played, Voice.HAT_OPEN)] == [0, 6]


@pytest.mark.parametrize("kit", [WITH_RIDE, WITHOUT_RIDE], ids=["ride", "no ride"])
def test_an_open_hi_hat_of_a_verse_or_chorus_is_not_closed_by_the_foot(
    kit: dict[Voice, float],
) -> None:
    rows = {**ROCK, Voice.HAT_PEDAL: "x---x---x---x---"}
    played = chorus(bar_of(rows), kit)
    struck = {s.step for s in strokes_of(played, Voice.HAT_OPEN, Voice.HAT_CLOSED)}
    assert not struck & {s.step for s in strokes_of(played, Voice.HAT_PEDAL)}
    ride = {**RIDE_GROOVES[0], Voice.HAT_PEDAL: "----x-------x---"}
    assert not strokes_of(verse(bar_of(ride)), Voice.HAT_PEDAL)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_pick_up_is_silent_but_for_its_last_beat(count: int) -> None:
    fill = bar_of(FILL)
    played = pickup([HAT] * count, fill)
    assert len(played) == count
    assert all(not bar.strokes for bar in played[:-1])
    assert not [s for s in played[-1].strokes if s.step < 12]
    assert strokes_of(played[-1], Voice.TOM_HIGH, Voice.TOM_FLOOR_HIGH) == strokes_of(
        fill, Voice.TOM_HIGH, Voice.TOM_FLOOR_HIGH
    )
    assert not strokes_of(played[-1], Voice.RIDE, Voice.HAT_CLOSED)


def test_a_pick_up_of_dotted_beats_is_a_dotted_beat_long() -> None:
    fill = bar_of({Voice.SNARE: "xxxxxxxxxxxx"}, metre=Metre(6, 8))
    assert [s.step for s in pickup([fill], fill)[-1].strokes] == [6, 7, 8, 9, 10, 11]

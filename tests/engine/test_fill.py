"""Fills and the crash that answers them."""

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine.fill import Fills, grown, scaled, timekeeper, without_crash
from mididrumigen.engine.levels import Levels
from mididrumigen.models import COMMON_TIME, Bar, StyleProfile
from tests.engine.conftest import noted_profile
from tests.engine.played import bar_of, measured_ride
from tests.takes import ROCK

GROOVE = bar_of(ROCK)
PROFILES = {"funk": noted_profile("funk"), "ride": measured_ride()}


def fills_of(profile: StyleProfile, control: float = 50) -> Fills:
    return Fills(profile, Levels(profile), COMMON_TIME, control, "seed")


@given(st.floats(0, 1), st.floats(0, 100))
@settings(max_examples=60, deadline=None)
def test_a_chance_is_the_artists_own_in_the_middle_none_at_0_and_certain_at_100(
    own: float, control: float
) -> None:
    assert scaled(own, 0) == 0
    assert scaled(own, 50) == pytest.approx(own)
    assert scaled(own, 100) == pytest.approx(1)
    assert 0 <= scaled(own, control) <= 1 + 1e-9


@pytest.mark.parametrize("bars", [1, 2, 4, 6, 8])
def test_fills_fall_at_the_ends_of_phrases_and_of_the_part(bars: int) -> None:
    fills = fills_of(PROFILES["funk"], 100)
    found = [i for i in range(bars) if fills.falls_on(i, bars, Random(i))]
    ends = {i for i in range(bars) if i % 4 == 3} | ({bars - 1} if bars > 1 else set())
    assert found == sorted(ends)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_fill_takes_over_the_bar_from_its_first_step(profile: StyleProfile) -> None:
    fills = fills_of(profile)
    groove = profile.grooves[0]
    for seed in range(20):
        filled = fills.put_on(groove, Random(seed))
        assert filled.kind == "fill"
        assert [s for s in filled.strokes if s.step < filled.fill_from] == [
            s for s in groove.strokes if s.step < filled.fill_from
        ]
        ends = {
            tuple((s.step, s.voice) for s in fill.strokes if s.step >= fill.fill_from)
            for fill in fills.fills
        }
        own = tuple((s.step, s.voice) for s in filled.strokes if s.step >= filled.fill_from)
        assert own in ends


def test_a_fill_for_whom_none_is_known_grows_down_the_kit_and_louder() -> None:
    for seed in range(20):
        bar = grown(GROOVE, (Voice.TOM_HIGH, Voice.TOM_FLOOR_HIGH), Random(seed))
        new = [s for s in bar.strokes if s.step >= bar.fill_from]
        assert bar.fill_from in (8, 12)
        assert {s.voice for s in new} <= {Voice.SNARE, Voice.TOM_HIGH, Voice.TOM_FLOOR_HIGH}
        assert new[0].voice is not Voice.TOM_FLOOR_HIGH
        assert new[-1].velocity > new[0].velocity


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_crash_comes_with_a_kick_in_place_of_the_timekeeper(profile: StyleProfile) -> None:
    fills = fills_of(profile)
    for groove in profile.grooves:
        bar = fills.with_crash(groove)
        one = [s.voice for s in bar.strokes if s.step == 0]
        assert one.count(Voice.CRASH) == one.count(Voice.KICK) == 1
        assert not [v for v in one if FAMILY[v] in ("ride", "hat")]
        assert [s for s in bar.strokes if s.step] == [s for s in groove.strokes if s.step]


def test_a_loop_has_the_timekeeper_in_place_of_a_lone_crash() -> None:
    crashed = bar_of({**ROCK, Voice.HAT_CLOSED: "--x-X-x-X-x-X-x-", Voice.CRASH: "X" + "-" * 15})
    bar = without_crash(crashed)
    assert (0, Voice.HAT_CLOSED) in bar.grid
    assert not [s for s in bar.strokes if s.voice is Voice.CRASH]
    ridden = bar_of({Voice.CRASH: "X---X---X---X---", Voice.KICK: "X---------------"})
    assert without_crash(ridden) == ridden


@pytest.mark.parametrize(
    ("rows", "keeper"),
    [
        (ROCK, Voice.HAT_CLOSED),
        ({Voice.RIDE: "x-x-x-x-x-x-x-x-", Voice.HAT_PEDAL: "xxxxxxxxxxxxxxxx"}, Voice.RIDE),
        ({Voice.CRASH: "X-------X-------"}, Voice.HAT_CLOSED),
        ({Voice.CHINA: "X---X---X---X---"}, Voice.CHINA),
        ({Voice.KICK: "X---X---X---X---"}, Voice.HAT_CLOSED),
    ],
)
def test_time_is_kept_on_the_cymbal_that_is_struck_most(
    rows: Mapping[Voice, str], keeper: Voice
) -> None:
    assert timekeeper(bar_of(rows)) is keeper


def test_long_fills_come_in_another_order_for_every_number() -> None:
    profile = PROFILES["funk"]
    groove: Bar = next(bar for bar in profile.grooves if bar.steps_per_quarter == 4)
    made = {fills_of(profile).long_one(groove, n, Random(n)).strokes for n in range(1, 9)}
    assert len(made) >= 7

"""Loudness: roles, ghosts, the top of the range and the controls."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from statistics import fmean, pstdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import GHOST_VELOCITY, Voice
from mididrumigen.engine.dynamics import Dynamics, is_ghost
from mididrumigen.engine.feel import perform
from mididrumigen.groove import measure
from mididrumigen.models import COMMON_TIME, Artist, Bar, Controls, Request, Stroke, StyleProfile
from mididrumigen.research import build_profile
from tests.engine.conftest import noted_profile
from tests.engine.played import bar_of, evidence_of, take_from
from tests.takes import ROCK, take_of

JITTER = 9.0
AS_PLAYED = Controls()
NOTED = noted_profile("rock")


@pytest.fixture(scope="module")
def drummer() -> StyleProfile:
    """A profile of one take, "take", whose bars the tests replace."""
    take = take_of(ROCK, bars=16, late_ms=lambda step, voice, rng: rng.gauss(0, 8))
    profile = build_profile(Artist("Loud Drummer"), [evidence_of("take", take)])
    return replace(profile, feels={"take": {"velocity_jitter": JITTER, "tempo_bpm": 120.0}})


def bar_with(strokes: Mapping[tuple[int, Voice], int], weight: float = 1.0) -> Bar:
    """A bar of the take with these velocities."""
    return Bar(
        COMMON_TIME,
        4,
        tuple(sorted(Stroke(step, voice, loud) for (step, voice), loud in strokes.items())),
        weight=weight,
        sources=(("take", 1),),
    )


def dynamics_of(
    drummer: StyleProfile, bars: tuple[Bar, ...], controls: Controls = AS_PLAYED
) -> Dynamics:
    """Dynamics of the bars of a drummer who has no others."""
    return Dynamics(bars, replace(drummer, grooves=bars, fills=()), Request(controls=controls))


def test_without_chance_each_role_is_as_loud_as_it_usually_is(drummer: StyleProfile) -> None:
    hat, kick = (0, Voice.HAT_CLOSED), (0, Voice.KICK)
    often = bar_with({hat: 100, kick: 120, (2, Voice.HAT_CLOSED): 70}, weight=3)
    seldom = bar_with({hat: 80, kick: 100, (2, Voice.HAT_CLOSED): 50})
    dynamics = dynamics_of(drummer, (often, seldom), Controls(humanize=0))
    for bar in (often, seldom):
        loud = [dynamics.velocity(s, bar, 2.0) for s in bar.strokes]
        assert dict(zip([(s.step, s.voice) for s in bar.strokes], loud, strict=True)) == {
            hat: 95,
            kick: 115,
            (2, Voice.HAT_CLOSED): 65,
        }


def test_with_chance_a_bar_keeps_some_of_its_own_loudness(drummer: StyleProfile) -> None:
    loud, soft = (bar_with({(0, Voice.KICK): velocity}) for velocity in (110, 90))
    dynamics = dynamics_of(drummer, (loud, soft))
    assert dynamics.velocity(loud.strokes[0], loud, 0) == 108  # 100 and .775 of 10
    assert dynamics.velocity(soft.strokes[0], soft, 0) == 92


def test_a_ghost_and_a_backbeat_in_one_place_are_not_levelled_out(drummer: StyleProfile) -> None:
    ghost, full = (bar_with({(4, Voice.SNARE): velocity}) for velocity in (30, 110))
    dynamics = dynamics_of(drummer, (ghost, full), Controls(humanize=0))
    assert dynamics.velocity(ghost.strokes[0], ghost, 0) < GHOST_VELOCITY
    assert dynamics.velocity(full.strokes[0], full, 0) > 69


@given(
    st.integers(1, 127),
    st.floats(-6, 6),
    st.floats(0, 100),
    st.floats(50, 100),
    st.floats(0, 100),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_a_ghost_stays_a_ghost_and_a_full_stroke_full(
    velocity: int,
    chance: float,
    humanize: float,
    dynamics: float,
    intensity: float,
    measured: bool,
) -> None:
    profile = NOTED
    bar = bar_with({(3, Voice.SNARE): velocity, (4, Voice.SNARE): 120, (5, Voice.SNARE): 20})
    if measured:
        profile = replace(profile, feels={"take": {"velocity_jitter": JITTER}}, grooves=(bar,))
    controls = Controls(humanize=humanize, dynamics=dynamics, intensity=intensity)
    played = Dynamics([bar], profile, Request(controls=controls)).velocity(
        bar.strokes[0], bar, chance
    )
    assert 1 <= played <= 127
    assert (played < GHOST_VELOCITY) == is_ghost(bar.strokes[0])


@given(
    st.sampled_from([v for v in Voice if v is not Voice.SNARE]),
    st.integers(1, 127),
    st.floats(-6, 6),
    st.floats(0, 100),
    st.floats(0, 100),
)
@settings(max_examples=60, deadline=None)
def test_every_loudness_is_one_that_midi_has(
    voice: Voice, velocity: int, chance: float, dynamics: float, intensity: float
) -> None:
    bar = bar_with({(0, voice): velocity, (2, voice): 64})
    controls = Controls(dynamics=dynamics, intensity=intensity)
    played = Dynamics([bar], NOTED, Request(controls=controls))
    assert 1 <= played.velocity(bar.strokes[0], bar, chance) <= 127


def test_a_stroke_at_the_top_mostly_stays_there_where_its_role_is(drummer: StyleProfile) -> None:
    rng = Random(1)
    bars = tuple(bar_with({(4, Voice.SNARE): v}) for v in (127, 127, 127, 121))
    dynamics = dynamics_of(drummer, bars)
    played = [dynamics.velocity(bars[0].strokes[0], bars[0], rng.gauss(0, 1)) for _ in range(500)]
    often = played.count(127) / len(played)
    assert often > 0.8

    seldom = tuple(bar_with({(4, Voice.SNARE): v}) for v in (127, 96, 100, 104))
    dynamics = dynamics_of(drummer, seldom)
    lone = [dynamics.velocity(seldom[0].strokes[0], seldom[0], rng.gauss(0, 1)) for _ in range(500)]
    assert lone.count(127) / len(lone) < often - 0.1
    assert fmean(lone) > 115


def test_uneven_loudness_comes_out_as_it_was_measured(drummer: StyleProfile) -> None:
    rng = Random(3)
    loud = [[round(rng.gauss(84, JITTER)) for _ in range(8)] for _ in range(8)]
    bars = tuple(
        bar_with({(2 * i, Voice.HAT_CLOSED): v for i, v in enumerate(row)}) for row in loud
    )
    profile = replace(drummer, grooves=bars, fills=())
    hits = perform(bars * 8, profile, Request(), 120, Random(4))
    anew = measure(take_from(hits, 120)).traits["velocity_jitter.hat"][0]
    assert anew == pytest.approx(JITTER, rel=0.15)


def test_intensity_turns_the_loudness_by_a_quarter_at_most(drummer: StyleProfile) -> None:
    bar = bar_with({(0, Voice.KICK): 80})
    found = [
        dynamics_of(drummer, (bar,), Controls(humanize=0, intensity=i)).velocity(
            bar.strokes[0], bar, 0
        )
        for i in (0, 25, 50, 75, 100)
    ]
    assert found == [60, 70, 80, 90, 100]


def test_dynamics_flatten_a_voice_to_its_mean_and_leave_the_others(drummer: StyleProfile) -> None:
    bar = bar_with({(0, Voice.HAT_CLOSED): 110, (2, Voice.HAT_CLOSED): 60, (0, Voice.KICK): 120})
    spreads = []
    for amount in (0, 50, 100):
        dynamics = dynamics_of(drummer, (bar,), Controls(humanize=0, dynamics=amount))
        by_voice = {(s.step, s.voice): dynamics.velocity(s, bar, 0) for s in bar.strokes}
        assert by_voice[0, Voice.KICK] == 120
        hats = [by_voice[0, Voice.HAT_CLOSED], by_voice[2, Voice.HAT_CLOSED]]
        assert fmean(hats) == 85
        spreads.append(pstdev(hats))
    assert spreads == pytest.approx([0, 12.5, 25], abs=0.6)


def test_a_noted_snare_is_as_loud_as_the_notes_say() -> None:
    profile = noted_profile("Bernard Purdie")
    bar = bar_of({Voice.SNARE: "--.-X-------X---", Voice.KICK: "X---------------"})
    request = Request(controls=Controls(humanize=0))
    loud = {s.step: Dynamics([bar], profile, request).velocity(s, bar, 0) for s in bar.strokes}
    assert loud[2] == round(profile.trait("ghost_velocity", 0))
    assert loud[4] == loud[12] == round(profile.trait("backbeat_velocity", 0))
    assert loud[0] == 112

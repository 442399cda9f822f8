"""What the table of traits says of the player is true: it does what it says, and no more.

A trait that is played is set low and then high; what is measured of the playing under the same name
must follow. One that is not played must leave every stroke where it was.
"""

from dataclasses import replace
from typing import NamedTuple

import pytest

from mididrumigen.app.ask import GenerateAsk
from mididrumigen.app.request import fill_request
from mididrumigen.config import Config
from mididrumigen.engine import play
from mididrumigen.groove import measure
from mididrumigen.groove.traits import TRAITS, trait_kind
from mididrumigen.models import Controls, Pattern, Request, StyleProfile, Trait
from tests.engine.conftest import noted_profile
from tests.engine.played import as_one

ROCK = noted_profile("rock")
STYLE = Controls(humanize=0)
UNPLAYED = [
    *(name for name, kind in TRAITS.items() if not kind.played),
    *(f"{n}.snare" for n, kind in TRAITS.items() if kind.per_family and not kind.played),
    *("push_ms", "velocity_mean", "velocity_mean.snare"),
]
"""The last of them are played of some voices alone, or where nothing else is known."""


def with_trait(profile: StyleProfile, name: str, value: float) -> StyleProfile:
    """The profile with another value of a trait; one of the whole kit holds for every voice."""
    trait = Trait(value, trait_kind(name).unit, 1.0, ("noted",))
    others = {n: t for n, t in profile.traits.items() if n.partition(".")[0] != name}
    return replace(profile, traits={**others, name: trait})


def played(profile: StyleProfile, controls: Controls, seeds: int, bars: int = 8) -> list[Pattern]:
    """Two takes a seed at the profile's own tempo: the loop, then a full part."""
    tempo = profile.trait("tempo_bpm", 120)
    return [
        pattern
        for seed in range(seeds)
        for pattern in play(
            profile, Request(bars, tempo, variations=2, seed=seed, controls=controls)
        )
    ]


class Case(NamedTuple):
    trait: str
    low: float
    high: float
    least: float
    """By so much what is measured rises at least."""
    name: str = "rock"
    controls: Controls = Controls()
    seeds: int = 2
    bars: int = 8
    apart: bool = False
    """Whether full parts are measured one by one: in a long row of many takes other bars count as
    fills than in each of them.
    """


CASES = [
    Case("swing_8ths", 50, 58, 6, "rock", STYLE),
    Case("swing_16ths", 50, 60, 7, "funk", STYLE),
    Case("swing_16ths.snare", 50, 60, 5, "funk", STYLE),
    Case("push_ms.snare", -10, 15, 15, "rock", STYLE),
    Case("push_ms.kick", -10, 15, 15, "rock", STYLE),
    Case("timing_sd_ms", 4, 20, 8),
    Case("timing_sd_ms.hat", 4, 20, 6),
    Case("timing_drift", 0.1, 0.8, 0.2),
    Case("gap_sd_ms.kick", 4, 20, 5),
    Case("ghost_share", 0, 0.6, 0.1),
    Case("ghost_velocity", 20, 48, 15, "funk"),
    Case("backbeat_velocity", 80, 120, 30),
    Case("velocity_mean.crash", 60, 120, 40, seeds=6),
    Case("velocity_jitter", 2, 20, 8),
    Case("velocity_jitter.kick", 2, 20, 8),
    Case("bar_similarity", 0.3, 0.85, 0.1, "soul", seeds=8),
    Case("fill_rate", 0, 0.3, 0.05, seeds=6),
    Case("fill_quarters", 1, 4, 0.4, seeds=6),
    Case("crash_rate", 0, 0.8, 0.2),
    Case("crash_after_fill", 0, 1, 0.3, seeds=10, bars=32, apart=True),
    Case("double_kick", 0, 1, 0.3, "Dave Lombardo"),
    Case("hat_open_share", 0, 0.3, 0.01, "soul"),
]


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, marks=[pytest.mark.slow] if c.apart else [], id=c.trait) for c in CASES],
)
def test_what_is_measured_follows_a_trait_that_is_played(case: Case) -> None:
    found = []
    for value in (case.low, case.high):
        profile = with_trait(noted_profile(case.name), case.trait, value)
        takes = played(profile, case.controls, case.seeds, case.bars)
        if case.apart:
            each = [measure(as_one([take])).traits for take in takes if take.variation == 2]
            said = [traits[case.trait] for traits in each if case.trait in traits]
            found.append(sum(v * n for v, n in said) / sum(n for _, n in said))
        else:
            found.append(measure(as_one(takes)).traits[case.trait][0])
    assert found[1] - found[0] >= case.least, found


def test_the_tempo_is_the_own_one_where_none_is_asked_for() -> None:
    ask, settings = GenerateAsk(), Config().generation
    for tempo in (70.0, 190.0):
        profile = with_trait(ROCK, "tempo_bpm", tempo)
        assert fill_request(profile, ask, settings).tempo_bpm == tempo


def test_every_trait_that_is_said_to_be_played_is_heard() -> None:
    said = {name for name, kind in TRAITS.items() if kind.played}
    assert {case.trait.partition(".")[0] for case in CASES} | {"tempo_bpm"} == said


@pytest.mark.parametrize("name", UNPLAYED)
def test_a_trait_that_is_not_played_moves_no_stroke(name: str, measured: StyleProfile) -> None:
    kind = trait_kind(name)
    for profile in (ROCK, measured):
        low, high = (
            [pattern.hits for pattern in played(with_trait(profile, name, value), Controls(), 1)]
            for value in (kind.low, kind.high)
        )
        assert low == high

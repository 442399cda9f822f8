"""Bars of two takes made equally loud."""

from dataclasses import replace
from random import Random
from statistics import fmean

import pytest

from mididrumigen.drums import FAMILY, Family, Voice
from mididrumigen.engine.choose import song_of
from mididrumigen.engine.fill import Fills
from mididrumigen.engine.levels import Levels
from mididrumigen.models import COMMON_TIME, Artist, Bar, StyleProfile, Trait
from mididrumigen.research import build_profile
from tests.engine.played import FILL, bar_of, end_to_end, evidence_of
from tests.takes import ROCK, take_of

SOFT = {".": 24, "o": 42, "x": 60, "X": 76}
LOUD = {".": 34, "o": 70, "x": 98, "X": 124}


@pytest.fixture(scope="module")
def two_takes() -> StyleProfile:
    """A profile of a loud groove without a fill and of a soft one with fills."""

    def late_ms(step: int, voice: Voice, rng: Random) -> float:
        return rng.gauss(0, 8)

    loud = take_of(ROCK, bars=16, late_ms=late_ms, velocities=LOUD)
    groove = {**ROCK, Voice.KICK: "X-x- ---x --x- --x-"}
    parts = [
        (take_of(rows, bars=bars, late_ms=late_ms, velocities=SOFT, seed=seed), bars)
        for seed, (rows, bars) in enumerate([(groove, 7), (FILL, 1), (groove, 7), (FILL, 1)])
    ]
    return build_profile(
        Artist("Loud and Soft"), [evidence_of("loud", loud), evidence_of("soft", end_to_end(parts))]
    )


def groove_of(profile: StyleProfile, song: str) -> Bar:
    """The first groove of a take."""
    return next(bar for bar in profile.grooves if song_of(bar) == song)


def mean_loudness(bar: Bar, family: Family) -> float:
    """Of a family in a bar."""
    return fmean(s.velocity for s in bar.strokes if FAMILY[s.voice] == family)


@pytest.mark.parametrize(("own", "other"), [("soft", "loud"), ("loud", "soft")])
def test_a_bar_is_as_loud_as_the_take_it_is_borrowed_for(
    two_takes: StyleProfile, own: str, other: str
) -> None:
    bar, there = groove_of(two_takes, own), groove_of(two_takes, other)
    matched = Levels(two_takes).matched(bar, other)
    assert matched.grid == bar.grid
    kick, snare = (mean_loudness(matched, f) for f in ("kick", "snare"))
    # A kick is 1.6 times as loud at most.
    assert kick == pytest.approx(mean_loudness(there, "kick"), rel=0.06)
    assert snare == pytest.approx(mean_loudness(there, "snare"), rel=0.06)


def test_the_balance_of_ghosts_and_accents_stays(two_takes: StyleProfile) -> None:
    bar = groove_of(two_takes, "soft")
    matched = Levels(two_takes).matched(bar, "loud")
    scales = {
        round(new.velocity / old.velocity, 1)
        for old, new in zip(bar.strokes, matched.strokes, strict=True)
        if old.voice is Voice.SNARE
    }
    assert len(scales) == 1
    assert scales.pop() > 1.2


def test_a_borrowed_fill_is_at_the_level_of_the_groove_that_it_ends(
    two_takes: StyleProfile,
) -> None:
    assert {song_of(fill) for fill in two_takes.fills} == {"soft"}
    fills = Fills(two_takes, Levels(two_takes), COMMON_TIME, 50, "seed")
    loud, soft = (groove_of(two_takes, song) for song in ("loud", "soft"))
    snares = {}
    for groove in (loud, soft):
        filled = fills.put_on(groove, Random(1))
        assert filled.kind == "fill"
        snares[song_of(groove)] = fmean(
            s.velocity
            for s in filled.strokes
            if s.step >= filled.fill_from and s.voice is Voice.SNARE
        )
    own = mean_loudness(loud, "snare") / mean_loudness(soft, "snare")
    assert snares["loud"] / snares["soft"] == pytest.approx(own, rel=0.08)


def test_no_velocity_is_scaled_by_more_than_three_fifths(two_takes: StyleProfile) -> None:
    quiet = replace(
        groove_of(two_takes, "soft"),
        strokes=tuple(replace(s, velocity=10) for s in groove_of(two_takes, "soft").strokes),
    )
    profile = replace(two_takes, grooves=(groove_of(two_takes, "loud"), quiet))
    matched = Levels(profile).matched(quiet, "loud")
    assert {s.velocity for s in matched.strokes} == {16}
    loudest = Levels(profile).matched(groove_of(two_takes, "loud"), "soft")
    assert min(s.velocity for s in loudest.strokes) >= round(34 / 1.6)


def test_bars_of_the_same_take_and_noted_ones_stay_as_they_are(
    two_takes: StyleProfile, bonham: StyleProfile
) -> None:
    own = groove_of(two_takes, "soft")
    assert Levels(two_takes).matched(own, "soft") is own
    noted = bar_of(ROCK, song="note")
    assert Levels(two_takes).matched(noted, "loud") is noted
    for bar in (*bonham.grooves, *bonham.fills):
        assert Levels(bonham).matched(bar, "loud") is bar


def test_a_voice_that_only_one_of_the_takes_has_stays_as_loud(two_takes: StyleProfile) -> None:
    fill = two_takes.fills[0]
    matched = Levels(two_takes).matched(fill, "loud")
    toms = [
        (a.velocity, b.velocity)
        for a, b in zip(fill.strokes, matched.strokes, strict=True)
        if FAMILY[a.voice] == "tom"
    ]
    assert toms
    assert all(a == b for a, b in toms)


def test_a_lone_accent_is_as_loud_as_the_take_then_the_artist_then_anybody(
    two_takes: StyleProfile,
) -> None:
    crashed = replace(bar_of({Voice.CRASH: "X---------------"}, song="loud"))
    with_crash = replace(two_takes, grooves=(*two_takes.grooves, crashed))
    assert Levels(with_crash).accent("crash", "loud") == 112
    kick = mean_loudness(groove_of(two_takes, "soft"), "kick")
    assert Levels(two_takes).accent("kick", "soft") == pytest.approx(kick, abs=1)
    known = replace(
        two_takes,
        traits={**two_takes.traits, "velocity_mean.crash": Trait(99.0, "velocity", 0.5, ("loud",))},
    )
    assert Levels(known).accent("crash", "soft") == 99
    unknown = replace(two_takes, traits={})
    assert Levels(unknown).accent("crash", "soft") == 112
    assert Levels(unknown).accent("percussion", "soft") == 100

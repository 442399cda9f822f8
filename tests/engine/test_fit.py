"""How near a pattern measures to the profile."""

from dataclasses import replace

import pytest

from mididrumigen.drums import Voice
from mididrumigen.engine import play
from mididrumigen.engine.fit import fits
from mididrumigen.models import COMMON_TIME, Hit, Pattern, Request, StyleProfile
from tests.engine.conftest import noted_profile


def test_fit_is_the_mean_of_what_is_told_trait_by_trait(measured: StyleProfile) -> None:
    [pattern] = play(measured, Request(bars=8, variations=1, seed=4))
    assert {"syncopation", "hits_per_quarter.kick"} <= {trait.name for trait in pattern.fits}
    near = [trait.near for trait in pattern.fits]
    assert pattern.fit == pytest.approx(sum(near) / len(near), abs=0.001)
    for trait in pattern.fits:
        assert trait.wanted == measured.traits[trait.name].value
        assert 0 <= trait.near <= 1


def test_the_traits_that_are_off_are_the_ones_that_are_told(measured: StyleProfile) -> None:
    [pattern] = play(measured, Request(bars=8, variations=1, seed=4))
    without = replace(
        pattern, hits=tuple(hit for hit in pattern.hits if hit.voice is not Voice.KICK)
    )
    before = {trait.name: trait.near for trait in pattern.fits}
    after = {trait.name: trait.near for trait in fits(without, measured)}
    worst = max(before.keys() & after.keys(), key=lambda name: before[name] - after[name])
    assert worst.endswith("kick") or worst in ("hits_per_quarter", "syncopation")


def test_an_artist_fits_himself_better_than_another_one(measured: StyleProfile) -> None:
    other = noted_profile("Clyde Stubblefield")
    takes = play(measured, Request(bars=8, variations=4, seed=1, tempo_bpm=100))
    own = sum(pattern.fit for pattern in takes)
    theirs = sum(replace(pattern, fits=fits(pattern, other)).fit for pattern in takes)
    assert own > theirs


def test_an_empty_pattern_fits_nobody(measured: StyleProfile) -> None:
    empty = Pattern((), 4, COMMON_TIME, 100.0, 1, 1, "Nobody")
    assert fits(empty, measured) == ()
    assert empty.fit == 0
    lone = replace(empty, hits=(Hit(0, Voice.KICK, 90),))
    assert replace(lone, fits=fits(lone, measured)).fit < 0.5

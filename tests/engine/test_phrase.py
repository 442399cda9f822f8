"""A phrase varied: A, A again or A'."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random
from statistics import fmean

import pytest

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.engine.choose import Lexicon
from mididrumigen.engine.levels import Levels
from mididrumigen.engine.phrase import varied
from mididrumigen.groove import jaccard
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import COMMON_TIME, Bar, StyleProfile, Trait
from tests.engine.conftest import noted_profile
from tests.engine.played import measured_ride

SEEDS = range(6)
NOTED = {
    name: noted_profile(name) for name in ("funk", "John Bonham", "jazz", "house", "Daft Punk")
}


def varied_of(
    profile: StyleProfile,
    phrase: Sequence[Bar],
    seed: int,
    complexity: float = 50,
    as_written: bool = False,
) -> list[Bar]:
    """The phrase varied with the chance of a seed."""
    lexicon = Lexicon(profile, COMMON_TIME, 100, complexity)
    return varied(lexicon, Levels(profile), phrase, complexity, Random(seed), as_written=as_written)


def with_likeness(profile: StyleProfile, likeness: float) -> StyleProfile:
    """The profile with bars so alike."""
    trait = Trait(likeness, "share", 0.3, ("builtin:x",))
    return replace(profile, traits={**profile.traits, "bar_similarity": trait})


def repeats(profile: StyleProfile) -> float:
    """Share of bars that are as the one before, of one groove again and again."""
    same = [
        a.strokes == b.strokes
        for groove in profile.grooves
        for seed in SEEDS
        for a, b in pairwise(varied_of(profile, [groove] * 8, seed))
    ]
    return sum(same) / len(same)


@pytest.mark.parametrize("name", [*NOTED, "ride"])
def test_a_phrase_keeps_its_length_its_metre_and_its_grids(name: str) -> None:
    profile = NOTED.get(name) or measured_ride()
    for seed in SEEDS:
        phrase = [profile.grooves[(seed + i) % len(profile.grooves)] for i in range(6)]
        bars = varied_of(profile, phrase, seed)
        assert [(b.metre, b.steps_per_quarter, b.sources) for b in bars] == [
            (b.metre, b.steps_per_quarter, b.sources) for b in phrase
        ]
        assert all(bar.strokes for bar in bars)


def test_our_own_groove_is_shown_once_as_it_was_written() -> None:
    for name in ("funk", "John Bonham", "jazz"):
        for seed in SEEDS:
            groove = NOTED[name].grooves[seed % 3]
            bars = varied_of(NOTED[name], [groove] * 4, seed, as_written=True)
            assert bars[0] == groove
            assert any(bar != groove for bar in bars[1:])


def test_bars_of_a_played_style_differ() -> None:
    for name in ("funk", "John Bonham", "jazz"):
        assert repeats(NOTED[name]) < 0.2, name


def test_a_style_whose_bars_are_all_alike_repeats_exactly() -> None:
    assert repeats(with_likeness(NOTED["house"], 1.0)) == 1


@pytest.mark.parametrize("name", ["house", "Daft Punk"])
def test_a_programmed_style_repeats_exactly(name: str) -> None:
    assert repeats(NOTED[name]) == 1


@pytest.mark.parametrize("name", ["house", "Daft Punk"])
def test_a_programmed_style_mostly_repeats(name: str) -> None:
    assert repeats(NOTED[name]) > 0.6


def test_the_more_alike_the_bars_of_an_artist_the_more_alike_those_that_are_played() -> None:
    def likeness(wished: float) -> float:
        profile = with_likeness(NOTED["funk"], wished)
        return fmean(
            jaccard(a.grid, b.grid)
            for groove in profile.grooves
            for seed in SEEDS
            for a, b in pairwise(varied_of(profile, [groove] * 4, seed))
        )

    found = [likeness(wished) for wished in (0.5, 0.65, 0.8, 0.95)]
    assert all(a < b for a, b in pairwise(found))
    assert found[2] == pytest.approx(0.8, abs=0.1)


def test_what_a_noted_style_is_known_by_stays() -> None:
    for name in ("funk", "John Bonham", "house"):
        for seed in SEEDS:
            groove = NOTED[name].grooves[seed % 4]
            known = {
                (s.step, s.voice)
                for s in groove.strokes
                if (FAMILY[s.voice] == "kick" and s.velocity >= MARK_VELOCITIES["X"])
                or (FAMILY[s.voice] == "snare" and s.velocity >= GHOST_VELOCITY)
            }
            for bar in varied_of(NOTED[name], [groove] * 4, seed):
                assert known <= bar.grid


def test_a_measured_bar_is_not_copied() -> None:
    profile = measured_ride()
    originals = [bar.grid for bar in profile.grooves]
    bars = [
        bar for seed in SEEDS for bar in varied_of(profile, [profile.grooves[seed % 4]] * 4, seed)
    ]
    assert sum(bar.grid in originals for bar in bars) / len(bars) < 0.2


def test_complexity_thins_and_fills_the_bars_after_all() -> None:
    for profile in (NOTED["funk"], measured_ride()):
        counts = [
            sum(
                len(bar.strokes)
                for seed in SEEDS
                for bar in varied_of(profile, profile.grooves[:4], seed, complexity)
            )
            for complexity in (0, 25, 50, 75, 100)
        ]
        assert all(a < b for a, b in pairwise(counts))


def test_a_borrowed_cell_brings_nothing_that_the_kit_has_not() -> None:
    profile = measured_ride()
    voices = {s.voice for bar in profile.grooves for s in bar.strokes}
    for seed in SEEDS:
        for bar in varied_of(profile, profile.grooves[:4], seed, 100):
            assert {s.voice for s in bar.strokes} <= voices
    assert Voice.HAT_CLOSED not in voices

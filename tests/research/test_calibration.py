"""Confidence is earned: what is called sure is so, by many simulated artists of known truth."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.groove.poles import POLES
from mididrumigen.models import Artist, Evidence, Trait
from mididrumigen.research import build_profile
from tests.research.simulated import SITES, TRAITS, WRITERS, World, simulated
from tests.research.told import claim, tempo

ARTIST = Artist("Sim Ulated")
ARTISTS = 150
SURE, HOLDS = 0.7, 0.8
WORLDS = {
    "as it may be": World(),
    "many mistakes": World(writer_errs=0.3, all_err=0.1, site_errs=0.1, all_slip=0.2),
    "words alone": World(has_files=0.0),
    "files alone": World(writer_speaks=0.0),
    "files of others": World(has_files=1.0, file_is_anothers=0.25),
}


def counted(world: World) -> Counter[tuple[bool, bool]]:
    """(sure, holds the truth) of every trait of every artist."""
    found: Counter[tuple[bool, bool]] = Counter()
    for seed in range(ARTISTS):
        one = simulated(seed, world)
        for name, trait in build_profile(ARTIST, one.evidence).traits.items():
            if name in one.truth:
                assert trait.low is not None
                assert trait.high is not None
                holds = trait.low <= one.truth[name] <= trait.high
                found[trait.confidence >= SURE, holds] += 1
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", WORLDS)
def test_of_what_is_sure_four_fifths_are_so_and_more_than_of_the_rest(name: str) -> None:
    found = counted(WORLDS[name])
    sure = found[True, True] + found[True, False]
    rest = found[False, True] + found[False, False]
    held, held_of_rest = found[True, True] / max(sure, 1), found[False, True] / rest
    print(f"{name}: {sure} sure, {held:.3f} hold; {rest} others, {held_of_rest:.3f} hold")
    assert sure > 30
    assert held >= HOLDS
    assert held > held_of_rest


def _said(writer: str, name: str, pole: str) -> Evidence:
    value, low, high = (POLES.get(name) or POLES[name.partition(".")[0]])[pole]  # type: ignore[index]
    kind, worth = WRITERS[writer]
    return claim(writer, name, value, kind=kind, confidence=worth * 0.7, low=low, high=high)


def _trait(name: str, said: list[Evidence]) -> Trait:
    return build_profile(ARTIST, said).traits[name]


def _is_high(name: str, trait: Trait) -> bool:
    poles = POLES.get(name) or POLES[name.partition(".")[0]]
    return abs(trait.value - poles["high"].value) < abs(trait.value - poles["low"].value)


writers = st.lists(st.sampled_from(sorted(WRITERS)), min_size=2, max_size=8, unique=True)


@given(st.sampled_from(TRAITS), writers, st.data())
@settings(deadline=None, max_examples=60)
def test_agreeing_evidence_scores_above_disagreeing_at_equal_counts(
    name: str, who: list[str], data: st.DataObject
) -> None:
    turned = data.draw(st.sets(st.sampled_from(who), min_size=1, max_size=len(who) - 1))
    alike = [_said(writer, name, "high") for writer in who]
    apart = [_said(writer, name, "low" if writer in turned else "high") for writer in who]
    assert _trait(name, alike).confidence > _trait(name, apart).confidence


@given(st.sampled_from(TRAITS), writers, st.data())
@settings(deadline=None, max_examples=60)
def test_more_that_does_not_agree_never_makes_a_wrong_value_surer(
    name: str, who: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(1, len(who) - 1))
    wrong = [_said(writer, name, "high") for writer in who[:first]]
    before = _trait(name, wrong)
    right = [_said(writer, name, "low") for writer in who[first:]]
    after = _trait(name, [*wrong, *right])
    if _is_high(name, after):
        assert after.confidence <= before.confidence
        assert after.against


AWAY = (1.17, 1.31, 1.44)
"""No two of them, nor 1, are an octave apart."""


@given(
    st.lists(st.sampled_from(sorted(SITES)), min_size=2, max_size=4, unique=True),
    st.integers(1, 6),
    st.integers(0, 2),
    st.permutations(AWAY),
)
@settings(deadline=None, max_examples=80)
def test_sites_that_hear_another_tempo_make_none_surer(
    sites: list[str], songs: int, agreeing: int, away: list[float]
) -> None:
    def heard(site: str, bpm: float) -> list[Evidence]:
        return [tempo(site, f"Song {n}", bpm + n, SITES[site]) for n in range(songs)]

    with_it, others = sites[: agreeing + 1], sites[agreeing + 1 :]
    alike = [one for site in sites for one in heard(site, 100)]
    apart = [one for site in with_it for one in heard(site, 100)]
    before = _trait("tempo_bpm", apart)
    for site, factor in zip(others, away, strict=False):
        apart += heard(site, 100 * factor)
    after = _trait("tempo_bpm", apart)
    if others:
        assert _trait("tempo_bpm", alike).confidence > after.confidence
    if abs(after.value - before.value) < 4:
        assert after.confidence <= before.confidence

"""Evidence -> profile: what outvotes what, how sure it is, and that nothing is lost on the way."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.groove import measure
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Bar, Evidence, Metre, Stroke, StyleProfile
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.research import build_profile
from tests.research.told import claim as said
from tests.takes import ROCK, take_of

ARTIST = Artist("Somebody")
BONHAM = Library().artists["John Bonham"]
"""What is written in his entry, whatever it says."""

SPECIFIED = {
    "tempo_min",
    "tempo_max",
    "tempo_avg",
    "tempo_mode",
    "swing_percent",
    "ghost_note_prob",
    "syncopation_level",
    "velocity_mean",
    "velocity_std",
    "velocity_histogram",
}

KICKS = (
    "X--- --x- x-x- ----",
    "X-x- ---x --x- --x-",
    "X--x ---- X-x- ---x",
    "X--- ---- x-xx ----",
    "X--- X--- X--- X---",
    "X--- ---x ---- x---",
)


def played(
    number: int, *, bars: int = 8, tempo_bpm: float = 100.0, kind: EvidenceKind = "midi"
) -> Evidence:
    """Evidence of a take that was really measured; each number has a kick of its own."""
    take = take_of(
        {**ROCK, Voice.KICK: KICKS[number % len(KICKS)]},
        bars=bars,
        tempo_bpm=tempo_bpm,
        late_ms=lambda step, voice, rng: rng.gauss(6 if voice is Voice.SNARE else 0, 7),
        seed=number,
    )
    return Evidence(
        id=f"{kind}-{number:03}",
        source=f"local_{kind}",
        kind=kind,
        url=f"file:///takes/{number}.mid",
        value=measure(take).to_json(),
        confidence=0.6,
        retrieved_at=f"2026-01-{number % 28 + 1:02}T00:00:00+00:00",
    )


def claim(name: str, traits: Mapping[str, tuple[float, int]], **value: Any) -> Evidence:
    """Measured evidence with these traits alone."""
    plain = {"traits": {k: list(v) for k, v in traits.items()}, "bars": [], "kit": {}}
    return Evidence(
        id=name,
        source="local_midi",
        kind="midi",
        url=f"file:///{name}",
        value={**plain, "bar_count": 8, "hit_count": 100, "velocities": [], **value},
        confidence=0.6,
        retrieved_at="2026-01-01T00:00:00+00:00",
    )


def noted(name: str) -> Sequence[Evidence]:
    """What the built-in files say of a name."""
    known = Library().find(name)
    assert known
    return known.evidence


def plain(profile: StyleProfile) -> str:
    """A profile as text, to compare."""
    return json.dumps(profile.to_json(), sort_keys=True)


MIXED = (
    played(0, tempo_bpm=90),
    played(1, bars=16, tempo_bpm=140),
    played(2, bars=3, tempo_bpm=110),
    played(3, kind="audio"),
    *noted("John Bonham"),
)
MIXED_PLAIN = plain(build_profile(ARTIST, MIXED))


@given(st.permutations(MIXED))
def test_the_order_of_evidence_does_not_matter(shuffled: list[Evidence]) -> None:
    assert plain(build_profile(ARTIST, shuffled)) == MIXED_PLAIN


@given(st.sets(st.sampled_from(range(len(MIXED))), min_size=1))
def test_every_trait_cites_evidence_that_exists_and_every_bar_too(chosen: set[int]) -> None:
    evidence = [MIXED[index] for index in sorted(chosen)]
    ids = {e.id for e in evidence}
    profile = build_profile(ARTIST, evidence)
    assert set(profile.traits) == {name for e in evidence for name in e.value["traits"]}
    for name, trait in profile.traits.items():
        assert trait.evidence, name
        assert set(trait.evidence) <= ids, name
        cited = [e for e in evidence if e.id in trait.evidence]
        assert all(name in e.value["traits"] for e in cited), name
    for bar in profile.grooves + profile.fills:
        assert bar.sources
        assert {source for source, _ in bar.sources} <= ids
    assert set(profile.feels) <= ids


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(1, 5000)),
        min_size=1,
        max_size=12,
    )
)
def test_a_trait_lies_between_the_claims_it_is_drawn_from(claims: list[tuple[float, int]]) -> None:
    evidence = [claim(f"{i:02}", {"ghost_share": c}) for i, c in enumerate(claims)]
    trait = build_profile(ARTIST, evidence).traits["ghost_share"]
    values = [value for value, _ in claims]
    assert min(values) - 1e-4 <= trait.value <= max(values) + 1e-4
    assert sorted(trait.evidence) == [e.id for e in evidence]


def test_claims_weigh_with_the_square_root_of_what_they_rest_on() -> None:
    evidence = [
        claim("long", {"ghost_share": (0.2, 100)}),
        claim("short", {"ghost_share": (0.5, 25)}),
    ]
    # Weights 10 and 5.
    trait = build_profile(ARTIST, evidence).traits["ghost_share"]
    assert trait.value == pytest.approx((0.2 * 10 + 0.5 * 5) / 15)
    assert trait.evidence == ("long", "short")
    assert trait.unit == "share"


def test_measurement_outvotes_notes_and_notes_fill_what_was_not_measured() -> None:
    notes = noted("John Bonham")
    # The notes speak of ghosts, fills and tempo; the take of ghosts and tempo alone.
    assert {"ghost_share", "fill_rate"} <= set(BONHAM["traits"])
    one = claim("take", {"ghost_share": (0.6, 40), "tempo_bpm": (171, 8)})
    profile = build_profile(ARTIST, [*notes, one])
    assert profile.traits["ghost_share"].value == 0.6
    assert profile.traits["ghost_share"].evidence == ("take",)
    assert profile.traits["tempo_bpm"].value == 171
    assert profile.quantitative_params["tempo_avg"] == 171
    assert profile.traits["fill_rate"].value == BONHAM["traits"]["fill_rate"]
    assert profile.traits["fill_rate"].evidence == ("builtin:John Bonham",)
    assert profile.traits["fill_rate"].confidence == 0.35
    assert profile.traits["ghost_share"].confidence >= 0.4
    assert profile.basis == "researched"
    assert profile.sources_count == 1


def test_notes_on_an_artist_outvote_those_on_the_styles() -> None:
    styles = [e for e in noted("John Bonham") if e.value["basis"] == "genre"]
    alone = build_profile(ARTIST, styles)
    both = build_profile(ARTIST, noted("John Bonham"))
    assert alone.basis == "genre"
    assert alone.traits["ghost_share"].value != BONHAM["traits"]["ghost_share"]
    assert both.basis == "builtin"
    assert both.traits["ghost_share"].value == BONHAM["traits"]["ghost_share"]
    assert both.traits["ghost_share"].evidence == ("builtin:John Bonham",)


def test_confidence_stays_in_the_bounds_of_its_basis() -> None:
    unknown = Library().nearest_style("Zyxwv Qrst").evidence
    genre = noted("rock")
    builtin = noted("John Bonham")
    profiles = {
        name: build_profile(ARTIST, evidence)
        for name, evidence in {
            "unknown": unknown,
            "genre": genre,
            "builtin": builtin,
            "one take": [played(0)],
            "many takes": [played(i) for i in range(120)],
            "two kinds": [*(played(i) for i in range(60)), *[played(61, kind="audio")]],
        }.items()
    }
    assert [p.basis for p in profiles.values()] == [
        "unknown",
        "genre",
        "builtin",
        "researched",
        "researched",
        "researched",
    ]
    sure = {name: p.confidence_score for name, p in profiles.items()}
    assert 0 < sure["unknown"] < 0.2
    assert sure["unknown"] < sure["genre"] < 0.4
    assert 0.2 <= sure["builtin"] < 0.4
    assert 0.4 <= sure["one take"] < 0.5
    assert 0.6 < sure["many takes"] < 0.7
    assert 0.7 < sure["two kinds"] < 1


@given(st.integers(1, 40), st.sampled_from([1, 2, 8, 64]))
def test_confidence_grows_with_takes_and_one_kind_never_earns_seven_tenths(
    takes: int, bars: int
) -> None:
    evidence = [
        claim(f"{i:03}", {"ghost_share": (0.2, 9)}, bar_count=bars) for i in range(takes + 1)
    ]
    fewer = build_profile(ARTIST, evidence[:-1]).confidence_score
    more = build_profile(ARTIST, evidence).confidence_score
    assert 0.4 <= fewer <= more < 0.7


def test_a_take_of_one_bar_earns_less_than_one_of_eight() -> None:
    short, long = (
        build_profile(ARTIST, [claim("x", {"ghost_share": (0.2, 9)}, bar_count=bars)])
        for bars in (1, 8)
    )
    assert short.confidence_score < long.confidence_score


def test_the_numbers_of_the_specification_are_those_of_the_takes() -> None:
    flat = [0.0] * 16
    loud = [*flat[:14], 0.25, 0.75]
    soft = [*flat[:14], 0.75, 0.25]
    rest = {
        "swing_16ths": (58.0, 100),
        "swing_8ths": (51.0, 100),
        "ghost_share": (0.3, 100),
        "syncopation": (4.0, 8),
        "velocity_mean": (101.0, 100),
        "velocity_sd": (21.0, 100),
    }
    evidence = [
        claim("1", {"tempo_bpm": (90, 10), **rest}, velocities=loud),
        claim("2", {"tempo_bpm": (120, 30), **rest}, velocities=soft),
        claim("3", {"tempo_bpm": (150, 10), **rest}),
    ]
    profile = build_profile(ARTIST, evidence)
    assert (
        profile.quantitative_params
        == {
            "tempo_min": 90,
            "tempo_max": 150,
            "tempo_avg": 120.0,  # (90 * 10 + 120 * 30 + 150 * 10) / 50
            "tempo_mode": 120,
            "swing_percent": 58.0,
            "ghost_note_prob": 0.3,
            "syncopation_level": 4.0,
            "velocity_mean": 101.0,
            "velocity_std": 21.0,
            "velocity_histogram": [*flat[:14], 0.5, 0.5],
        }
    )


def test_the_usual_tempo_is_the_middle_of_the_bars_and_not_their_mean() -> None:
    evidence = [
        claim("1", {"tempo_bpm": (80, 40)}),
        claim("2", {"tempo_bpm": (84, 40)}),
        claim("3", {"tempo_bpm": (200, 20)}),
    ]
    profile = build_profile(ARTIST, evidence)
    assert profile.traits["tempo_bpm"].value == 84
    assert profile.quantitative_params["tempo_avg"] == pytest.approx(105.6)


@pytest.mark.parametrize("name", ["measured", "builtin", "genre", "unknown"])
def test_every_number_of_the_specification_is_there_on_every_basis(name: str) -> None:
    evidence: Sequence[Evidence] = {
        "measured": [played(0), played(1, tempo_bpm=140)],
        "builtin": noted("John Bonham"),
        "genre": noted("jazz"),
        "unknown": Library().nearest_style("Zyxwv Qrst").evidence,
    }[name]
    params = build_profile(ARTIST, evidence).quantitative_params
    assert set(params) == SPECIFIED
    assert 30 <= params["tempo_min"] <= params["tempo_avg"] <= params["tempo_max"] <= 300
    assert params["tempo_min"] <= params["tempo_mode"] <= params["tempo_max"]
    assert 50 <= params["swing_percent"] <= 75
    assert 0 <= params["ghost_note_prob"] <= 1
    if name == "measured":
        assert (params["tempo_min"], params["tempo_max"]) == (100, 140)
        # ROCK has 2 ghosts (34) among its 4 snare strokes.
        assert params["ghost_note_prob"] == 0.5
        assert len(params["velocity_histogram"]) == 16
        assert sum(params["velocity_histogram"]) == pytest.approx(1, abs=1e-3)
        # Velocities 34, 62, 88, 112 lie in bins of 8: 4, 7, 11, 14.
        assert {i for i, share in enumerate(params["velocity_histogram"]) if share} <= {
            4,
            7,
            11,
            14,
        }


def test_enough_bars_of_ones_own_leave_the_notes_out_and_too_few_borrow() -> None:
    notes = noted("John Bonham")
    one = build_profile(ARTIST, [played(0), *notes])
    four = build_profile(ARTIST, [*(played(i) for i in range(4)), *notes])
    origins = [
        {
            source.partition(":")[0].partition("-")[0]
            for bar in p.grooves
            for source, _ in bar.sources
        }
        for p in (one, four)
    ]
    assert origins == [{"midi", "builtin"}, {"midi"}]
    # What was measured weighs more than what was borrowed.
    assert one.grooves[0].sources[0][0] == "midi-000"


def test_a_take_that_is_never_twice_the_same_counts_nearly_as_one_that_repeats_a_bar() -> None:
    bars = 40

    def of_bars(name: str, voice: Voice, places: Sequence[tuple[int, ...]]) -> Evidence:
        grooves = [
            Bar(
                Metre(4, 4),
                4,
                tuple(Stroke(step, voice, 100) for step in steps),
                weight=1 / len(places),
                sources=(("", number),),
            ).to_json()
            for number, steps in enumerate(places, 1)
        ]
        return claim(name, {}, bars=grooves, bar_count=bars)

    never_same = of_bars("never", Voice.KICK, list(combinations(range(16), 3))[:bars])
    always_same = of_bars("always", Voice.SNARE, [(4, 12)])
    profile = build_profile(ARTIST, [never_same, always_same])
    counted = {
        name: sum(bar.weight for bar in profile.grooves if bar.sources[0][0] == name)
        for name in ("never", "always")
    }
    kept = sum(bar.sources[0][0] == "never" for bar in profile.grooves)
    assert kept < bars, "none was left out"
    assert counted["never"] == pytest.approx(counted["always"] * math.sqrt(kept / bars), rel=1e-3)


def test_the_kit_is_what_was_struck() -> None:
    evidence = [
        claim("1", {}, kit={"kick": 0.5, "snare": 0.5}, hit_count=300),
        claim("2", {}, kit={"kick": 0.5, "cowbell": 0.5}, hit_count=100),
    ]
    assert build_profile(ARTIST, evidence).kit == {
        Voice.KICK: 0.5,
        Voice.SNARE: 0.375,
        Voice.COWBELL: 0.125,
    }


def test_two_takes_keep_two_feels() -> None:
    evidence = [
        replace(played(i), value={**played(i).value, "traits": {"swing_16ths": [swing, 50]}})
        for i, swing in ((0, 50.0), (1, 66.0), (2, 51.0))
    ]
    profile = build_profile(ARTIST, evidence)
    assert profile.traits["swing_16ths"].value == 51  # the middle one, not a mean that nobody plays
    assert profile.feel("midi-000", "swing_16ths", 0) == 50
    assert profile.feel("midi-001", "swing_16ths", 0) == 66
    assert profile.feel("elsewhere", "swing_16ths", 0) == 51
    assert profile.feel("elsewhere", "push_ms", 3) == 3


def test_the_times_are_those_of_the_oldest_and_the_newest_evidence() -> None:
    profile = build_profile(ARTIST, [played(5), played(2), played(9)])
    assert profile.created_at == "2026-01-03T00:00:00+00:00"
    assert profile.updated_at == "2026-01-10T00:00:00+00:00"


def test_an_unknown_name_carries_the_reason_for_its_style() -> None:
    known = Library().nearest_style("The Reggae Nobodies")
    [notice] = build_profile(known.artist, known.evidence).notices
    assert "nearest known style is reggae" in notice.lower()
    assert "because the name says" in notice


@pytest.mark.parametrize(
    "evidence",
    [MIXED, noted("jazz"), [played(0, bars=37), played(1, bars=41)]],
    ids=["mixed", "genre", "long takes"],
)
def test_a_profile_survives_being_written_as_json(evidence: Sequence[Evidence]) -> None:
    profile = build_profile(ARTIST, evidence)
    again = StyleProfile.from_json(json.loads(json.dumps(profile.to_json())))
    assert again == profile
    assert again.hash == profile.hash


def test_the_hash_changes_with_what_is_played_from_and_not_with_the_time() -> None:
    profile = build_profile(ARTIST, MIXED)
    assert replace(profile, updated_at="2031-01-01T00:00:00+00:00").hash == profile.hash
    assert replace(profile, grooves=profile.grooves[1:]).hash != profile.hash


def test_a_tempo_that_is_told_of_the_artist_goes_before_that_of_his_style() -> None:
    around = said("web", "tempo_bpm", 150, low=141, high=159)
    profile = build_profile(ARTIST, [around, *noted("rock")])
    usual = profile.traits["tempo_bpm"]
    assert usual.value == 150
    assert usual.low is not None
    assert usual.high is not None
    assert usual.low <= usual.value <= usual.high
    assert profile.quantitative_params["tempo_avg"] == 150

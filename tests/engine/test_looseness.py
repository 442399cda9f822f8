"""The parts of a stroke's lateness; what is measured anew of a performance is what went in."""

import math
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import FAMILIES, Family, Voice
from mididrumigen.engine.feel import perform
from mididrumigen.engine.looseness import HUMAN_LIMIT_MS, HUMAN_LIMIT_STEP, Looseness, Value
from mididrumigen.engine.wander import wander
from mididrumigen.groove import measure
from mididrumigen.models import Artist, Bar, Request, StyleProfile
from mididrumigen.research import build_profile
from tests.engine.played import bar_of, evidence_of, take_from
from tests.takes import ROCK, take_of

NAMES = (
    "timing_sd_ms.hat",
    "timing_sd_ms.kick",
    "timing_sd_ms.snare",
    "gap_sd_ms.kick",
    "gap_sd_ms.snare",
    "timing_drift",
)
PLAIN = {**ROCK, Voice.SNARE: "---- X--- ---- X---"}
"""Without ghosts."""
TEMPO_BPM, BARS, SEEDS = 100.0, 64, 3
STEP_MS = 60_000 / TEMPO_BPM / 4


def knowing(known: dict[str, float]) -> Value:
    """What was measured: `name.family` or `name`, else the default."""
    return lambda name, family, default: known.get(f"{name}.{family}", known.get(name, default))


def measured_anew(profile: StyleProfile, bar: Bar) -> dict[str, float]:
    """Means over seeds of the traits of a long performance of one bar."""
    found = dict.fromkeys(NAMES, 0.0)
    for seed in range(SEEDS):
        hits = perform([bar] * BARS, profile, Request(), TEMPO_BPM, Random(seed))
        traits = measure(take_from(hits, TEMPO_BPM)).traits
        for name in NAMES:
            found[name] += traits[name][0] / SEEDS
    return found


@pytest.fixture(scope="module")
def drummer() -> StyleProfile:
    """A profile of one take, "take", whose feel the tests replace."""
    take = take_of(
        ROCK, bars=16, tempo_bpm=TEMPO_BPM, late_ms=lambda step, voice, rng: rng.gauss(0, 10)
    )
    return build_profile(Artist("Loose Drummer"), [evidence_of("take", take)])


def with_feel(drummer: StyleProfile, truth: tuple[float, ...]) -> StyleProfile:
    """The drummer with these numbers, in the order of `NAMES`, measured of his take."""
    feel = dict(zip(NAMES, truth, strict=True))
    return replace(drummer, feels={"take": {**feel, "tempo_bpm": TEMPO_BPM}}, signatures={})


def assert_near(found: dict[str, float], truth: dict[str, float]) -> None:
    """Spreads within 15 %, gaps within 20 %, drift within .12."""
    for name in NAMES[:3]:
        assert found[name] == pytest.approx(truth[name], rel=0.15), name
    for name in NAMES[3:5]:
        assert found[name] == pytest.approx(truth[name], rel=0.20), name
    assert found["timing_drift"] == pytest.approx(truth["timing_drift"], abs=0.12)


TRUTHS = [
    (15.7, 18.4, 17.1, 13.8, 12.3, 0.68),  # the medians of the Groove MIDI Dataset
    (10.0, 10.0, 10.0, 3.0, 3.0, 0.3),
    (15.0, 8.0, 8.0, 13.0, 13.0, 0.7),
    (20.0, 22.0, 21.0, 15.0, 15.0, 0.8),
]
APART = (10.0, 10.0, 10.0, 14.0, 14.0, 0.0)
"""Every voice goes its own way."""


@pytest.mark.parametrize("truth", [*TRUTHS, APART], ids=str)
def test_spreads_gaps_and_drift_come_out_as_they_were_measured(
    drummer: StyleProfile, truth: tuple[float, ...]
) -> None:
    found = measured_anew(with_feel(drummer, truth), bar_of(PLAIN, song="take"))
    assert_near(found, dict(zip(NAMES, truth, strict=True)))


@pytest.mark.parametrize("truth", TRUTHS[:2], ids=str)
def test_they_do_so_with_ghosts_among_the_snares(
    drummer: StyleProfile, truth: tuple[float, ...]
) -> None:
    found = measured_anew(with_feel(drummer, truth), bar_of(ROCK, song="take"))
    assert_near(found, dict(zip(NAMES, truth, strict=True)))


def test_they_do_so_with_many_ghosts_where_every_voice_goes_its_own_way(
    drummer: StyleProfile,
) -> None:
    ghosts = {**ROCK, Voice.SNARE: "-.-. X--. -.-. X--."}
    found = measured_anew(with_feel(drummer, APART), bar_of(ghosts, song="take"))
    assert_near(found, dict(zip(NAMES, APART, strict=True)))


def test_a_take_whose_limbs_wander_together_is_played_as_it_was_measured() -> None:
    bars, counts = 48, dict[tuple[int, Voice], int]()
    moments = [step / 4 for step in range(bars * 16)]
    together = wander(moments, Random(5))

    def late_ms(step: int, voice: Voice, rng: Random) -> float:
        bar = counts.get((step, voice), 0)
        counts[step, voice] = bar + 1
        return 9 * together[bar * 16 + step] + rng.gauss(0, 6 if voice is Voice.KICK else 4)

    take = take_of(PLAIN, bars=bars, tempo_bpm=TEMPO_BPM, late_ms=late_ms)
    profile = build_profile(Artist("Wanderer"), [evidence_of("take", take)])
    truth = {name: value for name, (value, _) in measure(take).traits.items() if name in NAMES}
    assert 0.5 < truth["timing_drift"] < 0.9
    assert truth["gap_sd_ms.snare"] < truth["timing_sd_ms.hat"]
    assert_near(measured_anew(profile, profile.grooves[0]), truth)


known_numbers = st.fixed_dictionaries(
    {
        name: st.floats(0, 1 if name == "timing_drift" else 80)
        for name in (*NAMES, "timing_sd_ms.ride", "timing_sd_ms.tom", "gap_sd_ms.tom")
    }
)


@given(
    known_numbers,
    st.sampled_from(["hat", "ride"]),
    st.sampled_from(FAMILIES),
    st.floats(0.25, 1),
    st.floats(50, 500),
)
@settings(max_examples=60, deadline=None)
def test_whatever_a_file_says_no_voice_is_looser_than_humans_are(
    known: dict[str, float], keeper: Family, family: Family, spacing: float, step_ms: float
) -> None:
    loose = Looseness(knowing(known), keeper, spacing, 10.0)
    spread = loose.spread(family, False, step_ms)
    assert 0 <= loose.slow <= 1
    assert 0 <= loose.own_slow <= 1
    assert min(spread.shared, spread.own) >= 0
    assert math.hypot(spread.shared, spread.own) <= HUMAN_LIMIT_MS + 1e-9
    assert math.hypot(spread.shared, spread.own) <= HUMAN_LIMIT_STEP * step_ms * 1.17 + 1e-9
    whole = known.get(f"timing_sd_ms.{family}")
    if whole is not None:
        assert math.hypot(spread.shared, spread.own) <= whole + 1e-9


def test_no_ghost_is_looser_than_humans_are_either() -> None:
    loose = Looseness(
        knowing({"timing_sd_ms": 40.0, "gap_sd_ms": 56.0, "timing_drift": 0.0}), "hat", 0.5, 10.0
    )
    spread = loose.spread("snare", True, 150.0)
    assert math.hypot(spread.shared, spread.own) <= HUMAN_LIMIT_MS + 1e-9


def test_a_fast_tempo_leaves_less_room() -> None:
    slow, fast = (
        Looseness(knowing({"timing_sd_ms": 20.0}), "hat", 0.5, 10.0).spread("hat", False, step_ms)
        for step_ms in (150.0, 50.0)
    )
    assert math.hypot(slow.shared, slow.own) == pytest.approx(20)
    assert math.hypot(fast.shared, fast.own) == pytest.approx(HUMAN_LIMIT_STEP * 50)


def test_a_ghost_is_looser_by_itself_and_shares_as_much() -> None:
    loose = Looseness(knowing({}), "hat", 0.5, 10.0)
    full, ghost = (loose.spread("snare", is_ghost, STEP_MS) for is_ghost in (False, True))
    assert ghost.shared == full.shared
    assert ghost.own == pytest.approx(1.4 * full.own)


def test_where_nothing_is_known_the_voices_are_as_loose_as_they_usually_are() -> None:
    loose = Looseness(knowing({}), "hat", 0.5, 10.0)
    usual: dict[Family, float] = {"hat": 10, "kick": 11.7, "snare": 10.9, "ride": 10, "tom": 11.6}
    for family, whole in usual.items():
        spread = loose.spread(family, False, STEP_MS)
        assert math.hypot(spread.shared, spread.own) == pytest.approx(whole), family
        assert spread.shared > 0


def test_a_machine_is_not_loose_at_all() -> None:
    loose = Looseness(knowing({"timing_sd_ms": 0.0, "gap_sd_ms": 0.0}), "hat", 0.5, 10.0)
    for family in FAMILIES:
        spread = loose.spread(family, True, STEP_MS)
        assert spread.shared == spread.own == 0

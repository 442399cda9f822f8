"""Swing, push and looseness of takes that were played with a known feel and noise."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random

import pytest

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.groove.bars import cut_bars
from mididrumigen.groove.feel import Feel, Measured, measure_feel
from mididrumigen.models import Hit, Take
from tests.songs import shifted
from tests.takes import ROCK, take_of

BUSY = {
    Voice.HAT_CLOSED: "xoxo xoxo xoxo xoxo",
    Voice.SNARE: "-.-- X--. -.-. X--.",
    Voice.KICK: "X--x --x- x--x ----",
}
EIGHTHS = {
    Voice.HAT_CLOSED: "X-x- X-x- X-x- X-x-",
    Voice.SNARE: "---- X-.- --.- X-.-",
    Voice.KICK: "X-x- --x- x-x- ----",
}
NOISE_MS = 6.0
Late = Callable[[int, Voice, Random], float]


def noisy(late_ms: Late) -> Late:
    """The same lateness with noise around it."""
    return lambda step, voice, rng: late_ms(step, voice, rng) + rng.gauss(0, NOISE_MS)


def feel_of(take: Take) -> Measured:
    feel = measure_feel(cut_bars(take))
    assert not feel.quantised
    return feel.traits


@pytest.mark.parametrize("tempo_bpm", [80, 110])
@pytest.mark.parametrize("swing", [50, 53, 56, 60, 64])
def test_the_swing_of_sixteenths_is_measured_within_half_a_percent(
    swing: float, tempo_bpm: float
) -> None:
    eighth_ms = 30_000 / tempo_bpm
    late = noisy(lambda step, voice, rng: (swing - 50) / 100 * eighth_ms if step % 2 else 0)
    feel = feel_of(take_of(BUSY, bars=64, tempo_bpm=tempo_bpm, late_ms=late, seed=round(swing)))
    assert feel["swing_16ths"][0] == pytest.approx(swing, abs=0.5)
    assert feel["swing_8ths"][0] == pytest.approx(50, abs=0.5)
    for family in ("hat", "snare", "kick"):
        assert feel[f"swing_16ths.{family}"][0] == pytest.approx(swing, abs=1)


@pytest.mark.parametrize("tempo_bpm", [110, 160])
@pytest.mark.parametrize("swing", [50, 54, 58, 62, 66.7, 72])
def test_the_swing_of_eighths_is_measured_within_half_a_percent(
    swing: float, tempo_bpm: float
) -> None:
    quarter_ms = 60_000 / tempo_bpm
    late = noisy(lambda step, voice, rng: (swing - 50) / 100 * quarter_ms if step % 4 == 2 else 0)
    feel = feel_of(take_of(EIGHTHS, bars=64, tempo_bpm=tempo_bpm, late_ms=late, seed=round(swing)))
    assert feel["swing_8ths"][0] == pytest.approx(swing, abs=0.5)
    assert "swing_16ths" not in feel


def test_one_family_may_swing_while_another_is_straight() -> None:
    swings = {"hat": 50.0, "snare": 58.0, "kick": 62.0}
    eighth_ms = 30_000 / 92
    late = noisy(
        lambda step, voice, rng: (swings[FAMILY[voice]] - 50) / 100 * eighth_ms if step % 2 else 0
    )
    feel = feel_of(take_of(BUSY, bars=64, tempo_bpm=92, late_ms=late))
    for family, swing in swings.items():
        assert feel[f"swing_16ths.{family}"][0] == pytest.approx(swing, abs=1)
    # The whole kit is the mean by strokes: 8 of the hat, 5 of the snare and 2 of the kick a bar.
    whole = (8 * 50 + 5 * 58 + 2 * 62) / 15
    assert feel["swing_16ths"] == (pytest.approx(whole, abs=0.5), 64 * 15)


PUSHES = {"hat": -7.0, "snare": 12.0, "kick": 3.0}
MEAN_PUSH = (4 * -7 + 2 * 12 + 2 * 3) / 8
"""On the beats of a bar of ROCK: four strokes of the hat, two of the snare, two of the kick."""


def pushed(bars: int = 96, tempo_bpm: float = 100, seed: int = 1) -> Take:
    late = noisy(lambda step, voice, rng: PUSHES[FAMILY[voice]])
    return take_of(ROCK, bars=bars, tempo_bpm=tempo_bpm, late_ms=late, seed=seed)


@pytest.mark.parametrize("tempo_bpm", [70, 140])
def test_the_push_of_each_family_is_measured_against_the_kit(tempo_bpm: float) -> None:
    feel = feel_of(pushed(tempo_bpm=tempo_bpm))
    for family, push in PUSHES.items():
        assert feel[f"push_ms.{family}"][0] == pytest.approx(push - MEAN_PUSH, abs=1.5)


@pytest.mark.parametrize(("tempo_bpm", "latency_ms"), [(100, 20), (100, 40), (140, 25)])
def test_latency_is_the_instruments_and_is_taken_off(tempo_bpm: float, latency_ms: float) -> None:
    # Latency, the snare's push and three deviations of noise stay within half a step throughout.
    ticks = round(latency_ms * tempo_bpm * 480 / 60_000)
    found = measure_feel(cut_bars(shifted(pushed(tempo_bpm=tempo_bpm), ticks)))
    feel = found.traits
    assert found.latency_ms == pytest.approx(latency_ms + MEAN_PUSH, abs=1)
    for family, push in PUSHES.items():
        assert feel[f"push_ms.{family}"][0] == pytest.approx(push - MEAN_PUSH, abs=1.5)
    assert feel["swing_8ths"][0] == pytest.approx(50, abs=0.5)
    assert feel["swing_16ths"][0] == pytest.approx(50, abs=1)


@pytest.mark.parametrize("sd", [3.0, 6.0, 12.0])
def test_looseness_is_the_deviation_that_was_played(sd: float) -> None:
    late: Late = lambda step, voice, rng: PUSHES[FAMILY[voice]] + rng.gauss(0, sd)  # noqa: E731
    feel = feel_of(take_of(ROCK, bars=96, tempo_bpm=90, late_ms=late))
    assert feel["timing_sd_ms"][0] == pytest.approx(sd, rel=0.08)
    for family in PUSHES:
        assert feel[f"timing_sd_ms.{family}"][0] == pytest.approx(sd, rel=0.12)


def test_looseness_is_not_less_in_a_short_take() -> None:
    # Two bars: each place was played twice, and the mean of the two is half of either.
    late: Late = lambda step, voice, rng: 10 + rng.gauss(0, 6)  # noqa: E731
    found = [
        feel_of(take_of(BUSY, bars=2, tempo_bpm=90, late_ms=late, seed=seed))["timing_sd_ms"][0]
        for seed in range(40)
    ]
    assert sum(found) / len(found) == pytest.approx(6, rel=0.06)


def test_a_loose_family_does_not_make_the_others_loose() -> None:
    spread: Mapping[Voice, float] = {Voice.HAT_CLOSED: 3, Voice.SNARE: 12, Voice.KICK: 3}
    take = take_of(
        ROCK, bars=96, tempo_bpm=90, late_ms=lambda step, voice, rng: rng.gauss(0, spread[voice])
    )
    feel = feel_of(take)
    assert feel["timing_sd_ms.hat"][0] == pytest.approx(3, rel=0.12)
    assert feel["timing_sd_ms.snare"][0] == pytest.approx(12, rel=0.12)


def drifting(memory: float, seed: int) -> Take:
    """16ths whose lateness remembers so much of the stroke before, with a deviation of 6 ms."""
    state = 0.0

    def late(step: int, voice: Voice, rng: Random) -> float:
        nonlocal state
        state = memory * state + rng.gauss(0, 6) * (1 - memory**2) ** 0.5
        return state + 12

    row = {Voice.HAT_CLOSED: "xoxo xoxo xoxo xoxo"}
    return take_of(row, bars=96, tempo_bpm=100, late_ms=late, seed=seed)


@pytest.mark.parametrize(("memory", "low", "high"), [(0.0, 0, 0.1), (0.5, 0.4, 0.6), (0.9, 0.8, 1)])
def test_drift_is_how_much_of_the_deviation_wanders_slowly(
    memory: float, low: float, high: float
) -> None:
    drift, _ = feel_of(drifting(memory, 3))["timing_drift"]
    assert low <= drift <= high


def test_a_short_take_says_nothing_of_drift() -> None:
    take = take_of(EIGHTHS, bars=2, late_ms=noisy(lambda step, voice, rng: 10))
    assert "timing_drift" not in feel_of(take)


@pytest.mark.parametrize("bars", [1, 2, 32])
def test_a_quantised_take_is_told(bars: int) -> None:
    feel = measure_feel(cut_bars(take_of(ROCK, bars=bars)))
    assert feel.quantised
    assert feel.latency_ms == 0
    assert not feel.signature


def test_a_take_quantised_to_a_swing_is_told_and_its_swing_is_read() -> None:
    eighth_ms = 30_000 / 100
    take = take_of(
        BUSY,
        bars=16,
        tempo_bpm=100,
        late_ms=lambda step, voice, rng: 0.08 * eighth_ms if step % 2 else 0,
    )
    feel = measure_feel(cut_bars(take))
    assert feel.quantised
    assert feel.traits["swing_16ths"][0] == pytest.approx(58, abs=0.2)


def test_the_feel_of_a_take_played_by_hand_is_never_called_quantised() -> None:
    take = take_of(ROCK, bars=4, late_ms=lambda step, voice, rng: 10 + rng.gauss(0, 2.5))
    assert not measure_feel(cut_bars(take)).quantised


def test_seven_strokes_say_nothing() -> None:
    row = {Voice.HAT_CLOSED: "x-x- x-x- x-x- x---"}
    take = take_of(row, bars=1, late_ms=noisy(lambda step, voice, rng: 20))
    assert len(take.hits) == 7
    assert measure_feel(cut_bars(take)) == Feel({}, 0.0, quantised=True, signature={})


def test_a_family_of_few_strokes_gives_no_number() -> None:
    rows = {**EIGHTHS, Voice.CRASH: "X--- ---- ---- ----"}
    feel = feel_of(take_of(rows, bars=7, late_ms=noisy(lambda step, voice, rng: 15)))
    assert "push_ms.hat" in feel
    assert "push_ms.crash" not in feel


def test_the_hi_hat_foot_does_not_blur_the_hands() -> None:
    late = noisy(lambda step, voice, rng: 25 if voice is Voice.HAT_PEDAL else 0)
    rows = {**EIGHTHS, Voice.HAT_PEDAL: "---- x--- ---- x---"}
    feel = feel_of(take_of(rows, bars=64, late_ms=late))
    assert feel["push_ms.hat"][0] == pytest.approx(0, abs=1)
    assert feel["timing_sd_ms.hat"][0] == pytest.approx(NOISE_MS, rel=0.12)


def test_ornaments_far_from_their_step_do_not_count() -> None:
    take = pushed(bars=96)
    # On every second bar the snare on two is dragged by 52 of a step's 120 ticks.
    dragged = tuple(
        replace(hit, tick=bar * 1920 + 480 + 52)
        if hit.voice is Voice.SNARE and bar % 2 and abs(hit.tick - bar * 1920 - 480) < 60
        else hit
        for hit in take.hits
        for bar in [hit.tick // 1920]
    )
    assert sum(a != b for a, b in zip(take.hits, dragged, strict=True)) == 48
    feel = feel_of(replace(take, hits=tuple(sorted(dragged))))
    # 65 ms on a quarter of the strokes would move the mean by 13.
    assert feel["push_ms.snare"][0] == pytest.approx(12 - MEAN_PUSH, abs=2)


def test_a_tempo_change_does_not_scale_the_milliseconds() -> None:
    slow, fast = pushed(bars=48, tempo_bpm=70), pushed(bars=48, tempo_bpm=140, seed=2)
    joined = tuple(Hit(h.tick + 48 * 1920, h.voice, h.velocity) for h in fast.hits)
    take = replace(
        slow, hits=tuple(sorted((*slow.hits, *joined))), tempos=((0, 70.0), (48 * 1920, 140.0))
    )
    feel = feel_of(take)
    for family, push in PUSHES.items():
        assert feel[f"push_ms.{family}"][0] == pytest.approx(push - MEAN_PUSH, abs=1.5)


def test_hurried_eighths_are_no_swing_of_the_sixteenths_between_them() -> None:
    # The off-beat eighths come 16 ms early, and each 16th in the middle between its neighbours.
    rows = {Voice.HAT_CLOSED: "xxxx xxxx xxxx xxxx"}
    early = {0: 0.0, 1: -8.0, 2: -16.0, 3: -8.0}
    take = take_of(rows, bars=8, late_ms=lambda step, voice, rng: early[step % 4] + rng.gauss(0, 3))
    feel = feel_of(take)
    assert feel["swing_16ths.hat"][0] == pytest.approx(50, abs=0.5)
    assert feel["swing_8ths.hat"][0] == pytest.approx(50 - 16 / 500 * 100, abs=0.5)


def test_two_voices_struck_together_are_as_far_apart_as_they_were_played() -> None:
    def late(step: int, voice: Voice, rng: Random) -> float:
        return 12 + rng.gauss(0, 8 if voice is Voice.KICK else 6)

    feel = feel_of(take_of(ROCK, bars=96, tempo_bpm=90, late_ms=late))
    assert feel["gap_sd_ms.kick"][0] == pytest.approx(10, rel=0.12)  # 8 and 6, each by itself
    assert feel["gap_sd_ms.snare"][0] == pytest.approx(6 * 2**0.5, rel=0.12)
    assert "gap_sd_ms.hat" not in feel


def test_the_signature_is_what_a_place_does_beyond_push_and_swing() -> None:
    # The kick on the "a" of four is rushed by 14 ms; everything else is where it belongs.
    take = take_of(
        {**ROCK, Voice.KICK: "X--x --x- x--x --xx"},
        bars=64,
        tempo_bpm=90,
        late_ms=noisy(lambda step, voice, rng: -14 if voice is Voice.KICK and step == 15 else 0),
    )
    feel = measure_feel(cut_bars(take))
    kick = feel.signature["kick.4"]
    # The 16ths of the kick together are measured as hurried; its "a" of four is more so.
    assert all(kick[15] < late - 6 for late in kick[:15])
    assert all(abs(late) < 3 for late in feel.signature["hat.4"])


def test_a_place_that_was_struck_seldom_has_little_signature() -> None:
    rows = {**ROCK, Voice.KICK: "X--x --x- x--x --xx"}
    late = noisy(lambda step, voice, rng: -14 if voice is Voice.KICK and step == 15 else 0)
    short, long = (
        measure_feel(cut_bars(take_of(rows, bars=bars, tempo_bpm=90, late_ms=late, seed=2)))
        for bars in (4, 64)
    )
    assert abs(short.signature["kick.4"][15]) < abs(long.signature["kick.4"][15])

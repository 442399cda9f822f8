"""Half-time and double-time, far from the artist's own tempo."""

from collections import Counter
from dataclasses import replace
from re import search

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mididrumigen.drums import GHOST_VELOCITY, Voice
from mididrumigen.engine import play
from mididrumigen.engine.tempo import counted, felt, notice, stretched
from mididrumigen.midi import to_notes
from mididrumigen.models import Controls, Hit, Metre, Part, Pattern, Request, StyleProfile
from mididrumigen.models.request import PARTS, TEMPO_RANGE_BPM
from tests.engine.conftest import noted_profile
from tests.engine.played import measured_ride

EXACT = Controls(humanize=0, feel=0)
BACKBEAT = noted_profile("rock")
RIDER = measured_ride()


def between(profile: StyleProfile, low: float | None, high: float | None) -> StyleProfile:
    """The profile of an artist who plays between two tempos."""
    numbers = {**profile.quantitative_params, "tempo_min": low, "tempo_max": high}
    return replace(profile, quantitative_params=numbers)


SLOW, FAST = between(BACKBEAT, 60, 100), between(BACKBEAT, 150, 220)


@pytest.mark.parametrize(
    ("low", "high", "asked", "factor"),
    [
        (60, 100, 100, 1),
        (60, 100, 145, 1),
        (60, 100, 146, 0.5),
        (60, 100, 190, 0.5),
        (60, 100, 229, 0.5),
        (60, 100, 231, 1),  # 115.5 is beyond him too
        (60, 100, 50, 1),
        (60, 100, 40, 2),
        (60, 100, 30, 2),
        (150, 220, 75, 2),
        (150, 220, 66, 2),
        (150, 220, 60, 1),
        (150, 220, 104, 1),
        (120, 120, 200, 1),  # half of it is too slow for him
        (120, 120, 210, 0.5),
    ],
)
def test_a_tempo_far_from_his_own_is_felt_in_half_or_double_where_that_is_near(
    low: float, high: float, asked: float, factor: float
) -> None:
    profile = between(BACKBEAT, low, high)
    assert counted(profile, asked, 4) == factor
    assert (notice(profile, Request(4, asked)) is None) == (factor == 1)


def test_where_no_tempo_is_known_it_is_taken_as_it_is() -> None:
    for low, high in ((None, None), (60, None), (None, 100)):
        assert counted(between(BACKBEAT, low, high), 300, 4) == 1
        assert notice(between(BACKBEAT, low, high), Request(4, 300)) is None


def test_the_user_is_told() -> None:
    assert (
        notice(SLOW, Request(4, 190))
        == "190 BPM is far above the 60 to 100 of rock: played in half-time"
    )
    assert (
        notice(FAST, Request(4, 80))
        == "80 BPM is far below the 150 to 220 of rock: played in double-time"
    )


@given(st.floats(30, 300), st.floats(0, 200), st.floats(*TEMPO_RANGE_BPM))
@settings(max_examples=100, deadline=None)
def test_what_is_felt_is_never_far_from_his_own(low: float, width: float, asked: float) -> None:
    profile = between(BACKBEAT, low, low + width)
    factor = counted(profile, asked, 4)
    if factor != 1:
        assert low / 1.15 <= asked * factor <= (low + width) * 1.15
        assert not low <= asked <= low + width


@given(st.integers(1, 32), st.floats(*TEMPO_RANGE_BPM), st.sampled_from([0.5, 1.0, 2.0]))
@settings(max_examples=60, deadline=None)
def test_the_felt_bars_fill_the_asked_ones(bars: int, tempo_bpm: float, factor: float) -> None:
    assume(factor >= 1 or bars % 2 == 0)
    tempo, count = felt(Request(bars, tempo_bpm), factor)
    assert tempo == tempo_bpm * factor
    assert count / factor == bars
    pattern = Pattern(
        tuple(Hit(tick, Voice.KICK, 100) for tick in range(0, count * 1920, 480)),
        count,
        Metre(4, 4),
        tempo,
        1,
        1,
        "X",
    )
    long = stretched(pattern, Request(bars, tempo_bpm), factor)
    assert (long.bars, long.tempo_bpm, long.ticks) == (bars, tempo_bpm, bars * 1920)
    assert [h.tick for h in long.hits] == list(range(0, bars * 1920, round(480 / factor)))


def in_ms(pattern: Pattern) -> list[tuple[float, Voice, int]]:
    """(ms, voice, velocity) of every hit."""
    return [(round(h.tick * 125 / pattern.tempo_bpm, 3), h.voice, h.velocity) for h in pattern.hits]


def pair(profile: StyleProfile, part: Part | None, bars: int) -> list[tuple[Pattern, Pattern]]:
    """(asked at 190, asked at 95) of two variations."""
    request = Request(bars, 190, variations=2, seed=4, part=part)
    slow = replace(request, bars=bars // 2, tempo_bpm=95)
    return list(zip(play(profile, request), play(profile, slow), strict=True))


@pytest.mark.parametrize("profile", [SLOW, between(RIDER, 60, 100)], ids=["noted", "measured"])
@pytest.mark.parametrize("bars", [2, 4])
def test_an_artist_of_60_to_100_asked_for_190_plays_as_at_95(
    profile: StyleProfile, bars: int
) -> None:
    for part in (*PARTS, None):
        for fast, slow in pair(profile, part, bars):
            assert (fast.bars, fast.tempo_bpm) == (bars, 190)
            assert in_ms(fast) == in_ms(slow)


def backbeats(profile: StyleProfile, tempo_bpm: float) -> Counter[int]:
    """Eighth of the bar, 0-7 -> full snare strokes on it."""
    request = Request(8, tempo_bpm, variations=2, seed=1, part="groove", controls=EXACT)
    return Counter(
        h.tick % 1920 // 240
        for pattern in play(profile, request)
        for h in pattern.hits
        if h.voice is Voice.SNARE and h.velocity >= GHOST_VELOCITY and h.tick % 240 == 0
    )


def test_the_backbeat_of_half_time_falls_on_three() -> None:
    half = backbeats(SLOW, 190)
    assert half[4] / half.total() > 0.6
    assert half[2] + half[6] < 0.2 * half.total()


def test_the_backbeat_of_double_time_falls_on_every_off_beat() -> None:
    double = backbeats(FAST, 80)
    off_beats = sum(double[eighth] for eighth in (1, 3, 5, 7))
    assert off_beats / double.total() > 0.8


@pytest.mark.parametrize("tempo_bpm", [190, 40], ids=["half-time", "double-time"])
@pytest.mark.parametrize("metre", ["4/4", "7/8", "6/8"])
@pytest.mark.parametrize("bars", [2, 6])
def test_nothing_falls_outside_and_every_bar_is_played(
    tempo_bpm: float, metre: str, bars: int
) -> None:
    request = Request(bars, tempo_bpm, Metre.parse(metre), 2, 5)
    assert counted(SLOW, tempo_bpm, bars) != 1
    for pattern in play(SLOW, request):
        assert (pattern.bars, pattern.ticks) == (bars, bars * request.metre.ticks)
        notes = to_notes(pattern)
        assert min(n.tick for n in notes) >= 0
        assert max(n.tick + n.duration_ticks for n in notes) <= pattern.ticks
        assert {(n.tick + 60) // request.metre.ticks for n in notes} >= set(range(bars))


@pytest.mark.parametrize("bars", [1, 3])
def test_an_odd_number_of_bars_cannot_be_halved_and_is_played_at_its_own_tempo(bars: int) -> None:
    request = Request(bars, 190, variations=1, seed=1, part="pickup")
    assert counted(SLOW, 190, bars) == 1
    assert notice(SLOW, request) is None
    assert play(SLOW, request)[0].hits


def test_what_is_left_out_is_named_by_the_bars_that_were_asked_for() -> None:
    profile = between(noted_profile("Keith Moon"), 60, 100)
    numbers = set()
    for seed in (0, 4):
        request = Request(8, 190, variations=2, seed=seed, controls=Controls(complexity=100))
        for pattern in play(profile, request):
            for change in pattern.changes:
                found = search(r"in bar (\d+)", change)
                assert found
                numbers.add(int(found[1]))
    assert max(numbers) > 4

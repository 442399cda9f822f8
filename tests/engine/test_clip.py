"""Somebody's own clip: with an artist's feel, or gone on with."""

from collections import Counter
from random import Random
from statistics import fmean

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine import play
from mididrumigen.engine.clip import play_as, with_clip
from mididrumigen.groove import jaccard, measure
from mididrumigen.models import COMMON_TIME, Clip, Controls, Hit, Pattern, Request, StyleProfile
from tests.takes import ROCK, take_of


@pytest.fixture(scope="module")
def clip() -> Clip:
    """Four quantised bars of rock with a tom fill of 16ths in the last."""
    hits = [hit for hit in take_of(ROCK, bars=4).hits if hit.tick < 3.5 * 1920]
    hits += [Hit(round(3.5 * 1920) + 120 * n, Voice.TOM_LOW, 100) for n in range(8)]
    return Clip("rock", tuple(sorted(hits)), 4, COMMON_TIME, 100.0)


def asked(clip: Clip, **more: object) -> Request:
    return Request(bars=clip.bars, tempo_bpm=clip.tempo_bpm, variations=1, **more)  # type: ignore[arg-type]


def grid(pattern: Pattern) -> set[tuple[int, Voice]]:
    return {(round(hit.tick / 120), hit.voice) for hit in pattern.hits}


def test_every_stroke_of_the_clip_stays_near_its_place(measured: StyleProfile, clip: Clip) -> None:
    for seed in range(5):
        [pattern] = play_as(measured, asked(clip, seed=seed), clip)
        assert grid(pattern) == {(round(hit.tick / 120), hit.voice) for hit in clip.hits}
        assert (pattern.bars, pattern.metre, pattern.changes) == (4, COMMON_TIME, ())


@settings(max_examples=40, deadline=None)
@given(
    st.sets(
        st.builds(
            Hit,
            st.integers(0, 2 * 1920 - 1),
            st.sampled_from((Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED, Voice.COWBELL)),
            st.integers(1, 127),
        ),
        min_size=1,
        max_size=80,
    )
)
def test_no_stroke_of_any_clip_is_lost(measured: StyleProfile, hits: set[Hit]) -> None:
    assume(min(hits).tick < 2 * 1920 - 120)
    wild = Clip("wild", tuple(sorted(hits)), 2, COMMON_TIME, 100.0)
    [pattern] = play_as(measured, asked(wild), wild)
    # Two strokes of a voice may come to lie on one tick, where one sounds like both.
    assert len(pattern.hits) >= len(hits) - 2
    assert Counter(h.voice for h in pattern.hits).keys() == Counter(h.voice for h in hits).keys()


def test_the_feel_is_the_artists(measured: StyleProfile, clip: Clip) -> None:
    # Measured: snare 15 ms late.
    late = []
    for seed in range(12):
        [pattern] = play_as(measured, asked(clip, seed=seed), clip)
        found = measure(Clip("", pattern.hits, 4, COMMON_TIME, 100.0).as_take()).traits
        late.append(found["push_ms.snare"][0] - found["push_ms.hat"][0])
    assert fmean(late) == pytest.approx(15, abs=4)


def test_without_feel_and_chance_the_clip_is_on_the_grid(
    measured: StyleProfile, clip: Clip
) -> None:
    controls = Controls(feel=0, humanize=0)
    [pattern] = play_as(measured, asked(clip, controls=controls), clip)
    assert [(h.tick, h.voice) for h in pattern.hits] == [(h.tick, h.voice) for h in clip.hits]


def test_variations_differ_in_how_and_not_in_what(measured: StyleProfile, clip: Clip) -> None:
    request = Request(bars=4, tempo_bpm=100, variations=3, seed=2)
    one, two, three = play_as(measured, request, clip)
    assert one.hits != two.hits != three.hits
    assert grid(one) == grid(two) == grid(three)
    assert play_as(measured, request, clip) == [one, two, three]


def test_going_on_keeps_the_groove_of_the_clip_and_makes_more_of_it(
    bonham: StyleProfile, measured: StyleProfile, clip: Clip
) -> None:
    own = {(step, voice) for step, voice in grid_of_bar(clip.hits, 0)}
    for profile in (bonham, measured):
        more = with_clip(profile, clip, Random(1))
        likeness, varies = [], []
        for seed in range(60):
            for pattern in play(more, Request(bars=4, tempo_bpm=100, seed=seed, variations=2)):
                bars = [grid_of_bar(pattern.hits, bar) for bar in range(3)]
                likeness += [jaccard(frozenset(own), frozenset(bar)) for bar in bars]
                if pattern.variation == 2:
                    varies.append(len({frozenset(bar) for bar in bars}) > 1)
        assert fmean(likeness) > 0.55
        assert fmean(varies) > 0.4


def grid_of_bar(hits: tuple[Hit, ...], bar: int) -> set[tuple[int, Voice]]:
    steps = ((round(hit.tick / 120), hit.voice) for hit in hits)
    return {(step - 16 * bar, voice) for step, voice in steps if 0 <= step - 16 * bar < 16}


def test_the_tempo_of_the_clip_is_felt_as_it_is(bonham: StyleProfile, clip: Clip) -> None:
    fast = Clip("fast", clip.hits, 4, COMMON_TIME, 250.0)
    more = with_clip(bonham, fast, Random(1))
    [pattern] = play(more, Request(bars=2, tempo_bpm=250, variations=1))
    hats = [hit for hit in pattern.hits if FAMILY[hit.voice] in ("hat", "ride")]
    assert len(hats) >= 12  # eighths, and not the quarters of half-time


def test_a_clip_without_a_bar_of_groove_leaves_the_artist_alone(bonham: StyleProfile) -> None:
    one = Clip("one", (Hit(0, Voice.KICK, 100),), 1, COMMON_TIME, 100.0)
    assert with_clip(bonham, one, Random(1)) == bonham

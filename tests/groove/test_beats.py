"""Bars are found where they are; what is right already stays as it is."""

import math
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.groove.bars import cut_bars
from mididrumigen.groove.beats import set_bars
from mididrumigen.models import COMMON_TIME, TICKS_PER_QUARTER, Hit, Metre, Take
from tests.takes import ROCK, take_of

BEAT = {
    Voice.HAT_CLOSED: "x-x- x-x- x-x- x-x-",
    Voice.SNARE: "---- X--- ---- X---",
    Voice.KICK: "X--- ---- x-x- ----",
}
WALTZ = {
    Voice.HAT_CLOSED: "x-x- x-x- x-x-",
    Voice.SNARE: "---- X--- X---",
    Voice.KICK: "X--- ---- ----",
}
SHUFFLE = {
    Voice.HAT_CLOSED: "x-x x-x x-x x-x",
    Voice.SNARE: "--- X-- --- X--",
    Voice.KICK: "X-- --- X-- ---",
}


def played(bpm: float = 96.0, bars: int = 24, seed: int = 1) -> Take:
    """A beat as a hand plays it: 8 ms loose, at a tempo a file may not know."""
    return take_of(BEAT, bars=bars, tempo_bpm=bpm, late_ms=lambda *a: a[2].gauss(0, 8), seed=seed)


def later(take: Take, ticks: int) -> Take:
    return replace(take, hits=tuple(Hit(h.tick + ticks, h.voice, h.velocity) for h in take.hits))


def written_at(take: Take, bpm: float, *, drift: float = 0.0, has_tempo: bool = True) -> Take:
    """The same performance as a clock of `bpm` writes it down, its own tempo wandering."""
    true = take.tempos[0][1]
    hits = []
    for hit in take.hits:
        quarters = hit.tick / TICKS_PER_QUARTER
        seconds = 60 / true * (quarters + drift * 6 * (1 - math.cos(quarters / 6)))
        hits.append(Hit(round(seconds * bpm / 60 * TICKS_PER_QUARTER), hit.voice, hit.velocity))
    return replace(take, hits=tuple(sorted(hits)), tempos=((0, bpm),), has_tempo=has_tempo)


def seconds_of(take: Take) -> list[float]:
    """When each hit sounds."""
    found = []
    for hit in take.hits:
        total = 0.0
        for index, (tick, bpm) in enumerate(take.tempos):
            end = take.tempos[index + 1][0] if index + 1 < len(take.tempos) else hit.tick
            if index + 1 == len(take.tempos) or end > hit.tick:
                total += (hit.tick - tick) * 60 / bpm / TICKS_PER_QUARTER
                break
            total += (end - tick) * 60 / bpm / TICKS_PER_QUARTER
        found.append(total)
    return found


def places(take: Take, voice: Voice) -> set[int]:
    """Quarters of the bar on which most strokes of a voice lie."""
    counts = Counter(
        s.step // bar.grid.steps_per_quarter
        for bar in cut_bars(take)
        for s in bar.strokes
        if s.voice is voice
    )
    return {quarter for quarter, n in counts.items() if n > counts.total() / 5}


@pytest.mark.parametrize("rows", [BEAT, ROCK])
@pytest.mark.parametrize("bars", [1, 2, 8, 64])
def test_a_take_on_its_grid_stays_the_very_same(rows: dict[Voice, str], bars: int) -> None:
    take = take_of(rows, bars=bars)
    found = set_bars(take)
    assert found.take is take
    assert found.notes == ()
    assert 0 < found.confidence <= 1


def test_a_shuffle_and_a_loose_take_stay_as_they_are() -> None:
    for take in (take_of(SHUFFLE, steps_per_quarter=3, bars=16), played(120.0)):
        assert set_bars(take).take is take


def test_an_empty_take_and_one_of_a_few_hits_stay_as_they_are() -> None:
    nothing = Take((), ((0, 120.0),), ((0, COMMON_TIME),), "gm")
    few = replace(nothing, hits=tuple(Hit(t, Voice.SNARE, 90) for t in (7, 400, 911)))
    assert set_bars(nothing).take is nothing
    assert set_bars(few).take is few


@pytest.mark.parametrize("quarters", [0.5, 1, 3])
def test_bars_that_began_late_are_moved(quarters: float) -> None:
    found = set_bars(later(played(), round(quarters * TICKS_PER_QUARTER)))
    assert places(found.take, Voice.SNARE) == {1, 3}
    assert "moved" in found.notes[0]
    assert found.take.hits[0].tick >= 0


def test_a_pickup_begins_in_a_bar_of_its_own() -> None:
    beat = later(played(), TICKS_PER_QUARTER)
    pickup = tuple(Hit(tick, Voice.SNARE, 90) for tick in (0, 240))
    found = set_bars(replace(beat, hits=tuple(sorted((*pickup, *beat.hits)))))
    assert found.take.hits[0].tick == 3 * TICKS_PER_QUARTER
    assert places(found.take, Voice.SNARE) == {1, 3}


@pytest.mark.parametrize(("true", "drift"), [(96, 0.0), (96, 0.03), (131, 0.0), (131, 0.03)])
def test_a_beat_is_found_from_the_playing(true: float, drift: float) -> None:
    take = written_at(played(true, 32), 120.0, drift=drift, has_tempo=False)
    found = set_bars(take)
    assert "without a click" in found.notes[0]
    assert f"{found.confidence:.2f}" in found.notes[0]
    assert found.take.has_tempo
    assert found.take.tempos[0][1] == pytest.approx(true, rel=0.06)
    assert places(found.take, Voice.SNARE) == {1, 3}


def test_a_steady_take_without_click_has_one_tempo() -> None:
    found = set_bars(written_at(played(96, 32), 120.0))
    assert len(found.take.tempos) == 1
    assert found.take.tempos[0][1] == pytest.approx(96, abs=0.1)


@pytest.mark.parametrize("metre", [Metre(1, 4), Metre(64, 32), Metre(1, 16), Metre(13, 32)])
def test_a_metre_that_nobody_plays_is_taken_for_common_time(metre: Metre) -> None:
    take = replace(played(120.0), metres=((0, metre),))
    found = set_bars(take)
    assert found.take.hits == take.hits
    assert found.take.metres == ((0, COMMON_TIME),)
    assert str(metre) in found.notes[0]


def test_a_short_first_bar_is_an_upbeat() -> None:
    take = later(played(120.0), TICKS_PER_QUARTER)
    take = replace(take, metres=((0, Metre(1, 4)), (TICKS_PER_QUARTER, COMMON_TIME)))
    found = set_bars(take)
    assert found.take.metres == ((0, COMMON_TIME),)
    assert found.take.hits[0].tick >= COMMON_TIME.ticks
    assert places(found.take, Voice.SNARE) == {1, 3}


def test_bars_of_three_quarters_are_found_where_no_metre_says_so() -> None:
    waltz = take_of(WALTZ, bars=32, metre=Metre(3, 4))
    assert set_bars(waltz).take is waltz
    found = set_bars(replace(waltz, metres=((0, COMMON_TIME),)))
    assert found.take.metres == ((0, Metre(3, 4)),)
    assert found.take.hits == waltz.hits


def test_bars_of_three_quarters_are_found_without_a_click() -> None:
    loose = take_of(
        WALTZ, bars=40, tempo_bpm=101, metre=Metre(3, 4), late_ms=lambda *a: a[2].gauss(0, 6)
    )
    found = set_bars(replace(written_at(loose, 120.0), metres=((0, COMMON_TIME),)))
    assert found.take.metres == ((0, Metre(3, 4)),)
    assert places(found.take, Voice.KICK) == {0}
    assert len(found.notes) == 2


def test_a_stated_metre_and_metre_changes_stay_though_the_playing_is_loose() -> None:
    loose = written_at(played(96, 16), 120.0)
    for metres in (((0, Metre(7, 8)),), ((0, COMMON_TIME), (7680, Metre(3, 4)))):
        take = replace(loose, metres=metres)
        found = set_bars(take)
        assert found.take is take
        assert found.confidence < 0.9


def test_a_beat_written_at_double_length_is_counted_anew() -> None:
    slow = written_at(played(104.0, 32), 52.0)
    found = set_bars(slow)
    assert found.take.tempos[0][1] == pytest.approx(104)
    assert "counted anew" in found.notes[0]


takes = st.builds(
    lambda hits, bpms, metre: Take(
        tuple(sorted(hits)),
        tuple((i * 1500, bpm) for i, bpm in enumerate(bpms)),
        ((0, metre),),
        "gm",
    ),
    st.lists(
        st.builds(Hit, st.integers(0, 12_000), st.sampled_from(list(Voice)), st.integers(1, 127)),
        max_size=80,
    ),
    st.lists(st.floats(30, 300), min_size=1, max_size=4),
    st.sampled_from([COMMON_TIME, Metre(3, 4), Metre(1, 4), Metre(7, 8), Metre(255, 32)]),
)


def kept(before: Take, after: Take) -> None:
    """Nothing lost, nothing negative, in order, and at the same time but for silence before."""
    strokes = [(h.voice, h.velocity) for h in before.hits]
    assert Counter((h.voice, h.velocity) for h in after.hits) == Counter(strokes)
    assert list(after.hits) == sorted(after.hits)
    assert all(h.tick >= 0 for h in after.hits)
    assert after.tempos[0][0] == 0
    assert after.metres[0][0] == 0
    assert [t for t, _ in after.tempos] == sorted({t for t, _ in after.tempos})
    # Where two strokes fall on one tick their order is that of their names: compare the times.
    then, now = sorted(seconds_of(before)), sorted(seconds_of(after))
    if then:
        offset = now[0] - then[0]
        slowest = min(bpm for take in (before, after) for _, bpm in take.tempos)
        tick = 60 / slowest / TICKS_PER_QUARTER
        for a, b in zip(then, now, strict=True):
            assert b - a == pytest.approx(offset, abs=max(0.001, 1.05 * tick))


@given(takes)
@settings(max_examples=150, deadline=None)
def test_any_take_keeps_its_hits_and_their_times(take: Take) -> None:
    kept(take, set_bars(take).take)


@given(st.integers(50, 220), st.floats(0.4, 2.5), st.integers(0, 2500), st.integers(1, 99))
@settings(max_examples=40, deadline=None)
def test_a_mended_beat_keeps_its_hits_and_their_times(
    bpm: int, wrong: float, start: int, seed: int
) -> None:
    take = later(written_at(played(bpm, 6, seed), min(300, bpm * wrong)), start)
    kept(take, set_bars(take).take)


def test_noise_is_not_called_sure() -> None:
    rng = Random(3)
    hits = {
        Hit(rng.randrange(60_000), rng.choice([Voice.KICK, Voice.SNARE, Voice.TOM_LOW]), 90)
        for _ in range(300)
    }
    take = Take(tuple(sorted(hits)), ((0, 120.0),), ((0, COMMON_TIME),), "gm")
    assert set_bars(take).confidence < 0.6

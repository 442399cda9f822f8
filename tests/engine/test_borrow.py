"""Anybody's bars with an artist's feel."""

from collections import Counter
from dataclasses import replace
from random import Random
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import GHOST_VELOCITY, Voice
from mididrumigen.engine.borrow import as_played_by
from mididrumigen.engine.choose import song_of
from mididrumigen.engine.feel import perform
from mididrumigen.groove import measure
from mididrumigen.models import COMMON_TIME, Artist, Bar, Controls, Request, Stroke, StyleProfile
from mididrumigen.research import build_profile
from tests.engine.played import bar_of, evidence_of, take_from
from tests.takes import ROCK, take_of

LOUD = {".": 40, "o": 70, "x": 96, "X": 120}
THEIRS = bar_of(
    {
        Voice.HAT_CLOSED: "xoxoxoxoxoxoxoxo",
        Voice.SNARE: "----X--.-.--X--.",
        Voice.KICK: "X--x--x---x-----",
        Voice.TOM_LOW: "--------------x-",
    }
)


def late_ms(step: int, voice: Voice, rng: Random) -> float:
    """A snare 14 ms behind."""
    return (14.0 if voice is Voice.SNARE else 0.0) + rng.gauss(0, 6)


@pytest.fixture(scope="module")
def drummer() -> StyleProfile:
    """A slow and a fast take in 16ths and one in triplets."""
    shuffle = {
        Voice.RIDE: "x-xx-xx-xx-x",
        Voice.SNARE: "---X-----X--",
        Voice.KICK: "X-----X-----",
    }
    other = {**ROCK, Voice.KICK: "X-x- ---x --x- --x-"}  # else one take would be folded into one
    return build_profile(
        Artist("Lender"),
        [
            evidence_of("slow", take_of(other, bars=16, tempo_bpm=80, late_ms=late_ms)),
            evidence_of(
                "fast",
                take_of(ROCK, bars=16, tempo_bpm=160, late_ms=late_ms, velocities=LOUD, seed=2),
            ),
            evidence_of(
                "shuffle",
                take_of(shuffle, bars=16, tempo_bpm=120, steps_per_quarter=3, late_ms=late_ms),
            ),
        ],
    )


def lent_by(drummer: StyleProfile, tempo_bpm: float, seed: int = 1) -> Bar:
    return as_played_by([THEIRS], drummer, tempo_bpm, Random(seed))[0]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 15), st.sampled_from(list(Voice))),
        st.integers(1, 127),
        min_size=1,
        max_size=20,
    ),
    st.floats(30, 300),
    st.integers(0, 99),
)
@settings(max_examples=40, deadline=None)
def test_every_stroke_keeps_its_place_and_its_voice(
    measured: StyleProfile, places: dict[tuple[int, Voice], int], tempo_bpm: float, seed: int
) -> None:
    bar = Bar(COMMON_TIME, 4, tuple(sorted(Stroke(*place, v) for place, v in places.items())))
    lent = as_played_by([bar, bar], measured, tempo_bpm, Random(seed))
    assert [b.grid for b in lent] == [bar.grid] * 2
    assert all(1 <= s.velocity <= 127 for b in lent for s in b.strokes)
    assert all(list(b.strokes) == sorted(b.strokes) for b in lent)
    assert {song_of(b) for b in lent} <= set(measured.feels)


def test_it_takes_the_loudness_of_the_artist_by_role(drummer: StyleProfile) -> None:
    lent = lent_by(drummer, 160)
    assert song_of(lent) == "fast"
    loud = {(s.step, s.voice): s.velocity for s in lent.strokes}
    assert {loud[4, Voice.SNARE], loud[12, Voice.SNARE]} == {120}
    assert {loud[step, Voice.SNARE] for step in (7, 9, 15)} == {40}
    # His hats in ROCK are X on the beat and x between: those on the beat are louder than written.
    assert {loud[step, Voice.HAT_CLOSED] for step in range(0, 16, 4)} == {120}
    assert {loud[step, Voice.HAT_CLOSED] for step in range(2, 16, 4)} == {96}


def test_a_part_of_what_was_written_louder_or_softer_stays(drummer: StyleProfile) -> None:
    accents = bar_of({Voice.SNARE: "X---------------"})
    soft = bar_of({Voice.SNARE: "o---------------"})
    first, second = as_played_by([accents, soft], drummer, 160, Random(1))
    # Written 112 and 62 around 87; his is 120.
    assert first.strokes[0].velocity == 127
    assert second.strokes[0].velocity == 110


def test_a_role_that_the_take_has_not_is_as_loud_as_it_was_written(
    drummer: StyleProfile,
) -> None:
    lent = lent_by(drummer, 160)
    assert [s.velocity for s in lent.strokes if s.voice is Voice.TOM_LOW] == [88]
    sixteenths = [s for s in lent.strokes if s.voice is Voice.HAT_CLOSED and s.step % 2]
    assert {s.velocity for s in sixteenths} == {62}


def test_ghosts_stay_ghosts(drummer: StyleProfile) -> None:
    for tempo_bpm in (80, 160):
        lent = lent_by(drummer, tempo_bpm)
        for old, new in zip(THEIRS.strokes, lent.strokes, strict=True):
            if old.voice is Voice.SNARE:
                assert (old.velocity < GHOST_VELOCITY) == (new.velocity < GHOST_VELOCITY)


def test_the_take_is_one_near_the_tempo_on_the_same_grid(drummer: StyleProfile) -> None:
    def songs(bar: Bar, tempo_bpm: float) -> Counter[str]:
        return Counter(
            song_of(as_played_by([bar], drummer, tempo_bpm, Random(seed))[0]) for seed in range(80)
        )

    assert songs(THEIRS, 80)["slow"] > 65
    assert songs(THEIRS, 160)["fast"] > 65
    assert songs(THEIRS, 120)["shuffle"] == 0
    triplets = bar_of({Voice.RIDE: "x-xx-xx-xx-x"}, steps_per_quarter=3)
    assert songs(triplets, 80) == {"shuffle": 80}


def test_all_bars_are_of_one_take(drummer: StyleProfile) -> None:
    for seed in range(20):
        lent = as_played_by([THEIRS] * 4, drummer, 113, Random(seed))
        assert len({song_of(bar) for bar in lent}) == 1


def test_a_grid_that_he_never_plays_is_lent_the_feel_of_some_take(
    drummer: StyleProfile,
) -> None:
    straight = replace(
        drummer, grooves=tuple(b for b in drummer.grooves if song_of(b) != "shuffle")
    )
    triplets = bar_of({Voice.RIDE: "x-xx-xx-xx-x"}, steps_per_quarter=3)
    lent = as_played_by([triplets], straight, 80, Random(1))[0]
    assert lent.grid == triplets.grid
    assert song_of(lent) in ("slow", "fast")


def test_without_takes_the_strokes_stay_and_are_as_loud_as_the_notes(bonham: StyleProfile) -> None:
    (played,) = as_played_by([THEIRS], bonham, 100, Random(1))
    assert played.grid == THEIRS.grid
    noted = [
        (s.velocity, bar.weight)
        for bar in bonham.grooves
        for s in bar.strokes
        if s.voice is Voice.SNARE and s.step in (4, 12) and s.velocity >= GHOST_VELOCITY
    ]
    wanted = sum(v * w for v, w in noted) / sum(w for _, w in noted)
    (backbeat,) = [s.velocity for s in played.strokes if (s.step, s.voice) == (4, Voice.SNARE)]
    assert backbeat == pytest.approx(wanted, abs=6)
    assert as_played_by([], bonham, 100, Random(1)) == []


def test_they_are_performed_with_his_feel(drummer: StyleProfile) -> None:
    lent = as_played_by([THEIRS] * 16, drummer, 80, Random(1))
    request = Request(controls=Controls(humanize=0))
    traits = measure(take_from(perform(lent, drummer, request, 80, Random(2)), 80)).traits
    behind = traits["push_ms.snare"][0] - traits["push_ms.hat"][0]
    assert behind == pytest.approx(14, abs=2.5)
    assert traits["backbeat_velocity"][0] == pytest.approx(
        fmean(s.velocity for s in lent[0].strokes if s.voice is Voice.SNARE and s.velocity > 50),
        abs=2,
    )

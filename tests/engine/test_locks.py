"""What stays of an earlier take while the rest is played anew."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine import play
from mididrumigen.engine.locks import bar_of, kept, with_kept
from mididrumigen.engine.sticking import plan
from mididrumigen.models import COMMON_TIME, Hit, Lock, Metre, Pattern, Request, StyleProfile

BAR = COMMON_TIME.ticks
KICKS = frozenset({Voice.KICK})


@pytest.fixture(scope="module")
def earlier(bonham: StyleProfile) -> Pattern:
    """A take of four bars with a fill."""
    return play(bonham, Request(bars=4, seed=11, variations=2))[1]


def of(hits: tuple[Hit, ...], *families: str) -> list[Hit]:
    return [hit for hit in hits if FAMILY[hit.voice] in families]


@pytest.mark.parametrize("family", ["kick", "snare", "hat"])
def test_locked_drums_are_played_as_they_were_and_the_rest_is_new(
    measured: StyleProfile, earlier: Pattern, family: str
) -> None:
    voices = frozenset(voice for voice in Voice if FAMILY[voice] == family)
    others = tuple({"kick", "snare", "hat", "ride", "crash", "tom"} - {family})
    for pattern in play(measured, Request(bars=4, seed=5, lock=Lock(earlier.hits, voices))):
        assert of(pattern.hits, family) == of(earlier.hits, family)
        assert of(pattern.hits, *others) != of(earlier.hits, *others)
        assert len(of(pattern.hits, *others)) > 8


def test_a_locked_bar_stays_whole_and_the_others_are_new(
    measured: StyleProfile, earlier: Pattern
) -> None:
    lock = Lock(earlier.hits, bars=frozenset({2, 4}))
    for pattern in play(measured, Request(bars=4, seed=5, lock=lock)):
        for bar in range(1, 5):
            mine, theirs = (
                [hit for hit in take.hits if bar_of(hit, COMMON_TIME) == bar]
                for take in (pattern, earlier)
            )
            assert (mine == theirs) == (bar in lock.bars), bar


def test_another_seed_plays_something_else_around_the_same(
    measured: StyleProfile, earlier: Pattern
) -> None:
    lock = Lock(earlier.hits, KICKS)
    takes = [play(measured, Request(bars=4, seed=s, variations=1, lock=lock))[0] for s in range(4)]
    assert all(one.hits != other.hits for one, other in combinations(takes, 2))
    assert play(measured, Request(bars=4, seed=0, variations=1, lock=lock)) == takes[:1]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    voices=st.sets(st.sampled_from([Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED, Voice.TOM_LOW])),
    bars=st.sets(st.integers(1, 4)),
)
def test_whatever_is_locked_stays_and_can_be_played(
    bonham: StyleProfile, earlier: Pattern, seed: int, voices: set[Voice], bars: set[int]
) -> None:
    lock = Lock(earlier.hits, frozenset(voices), frozenset(bars))
    [pattern] = play(bonham, Request(bars=4, seed=seed, variations=1, lock=lock))
    assert set(kept(lock, COMMON_TIME)) <= set(pattern.hits)
    assert plan(pattern.hits, pattern.tempo_bpm).changes == ()


def test_a_locked_double_kick_is_left_to_two_feet(bonham: StyleProfile) -> None:
    fast = tuple(Hit(tick, Voice.KICK, 110) for tick in range(0, 2 * BAR, 120))
    lock = Lock(fast, KICKS)
    [pattern] = play(bonham, Request(bars=2, tempo_bpm=180, variations=1, lock=lock))
    assert of(pattern.hits, "kick") == list(fast)


def test_where_a_locked_hat_keeps_the_time_no_ride_does() -> None:
    hats = tuple(Hit(tick, Voice.HAT_CLOSED, 90) for tick in range(0, BAR, 240))
    rides = [Hit(tick, Voice.RIDE, 90) for tick in range(0, 2 * BAR, 240)]
    lock = Lock(hats, frozenset({Voice.HAT_CLOSED}))
    both = with_kept(rides, lock, COMMON_TIME)
    assert of(tuple(both), "hat") == list(hats)
    assert [bar_of(hit, COMMON_TIME) for hit in of(tuple(both), "ride")] == [2] * 8


def test_what_is_new_is_on_the_grid_of_what_stays(bonham: StyleProfile) -> None:
    grids = {bar.steps_per_quarter for bar in bonham.grooves}
    assert grids == {3, 4}  # there is something to choose
    for step, grid in ((160, 3), (120, 4)):
        hats = tuple(Hit(tick, Voice.HAT_CLOSED, 90) for tick in range(0, 4 * BAR, step))
        lock = Lock(hats, frozenset({Voice.HAT_CLOSED}))
        for pattern in play(bonham, Request(bars=4, seed=2, variations=3, lock=lock)):
            new = of(pattern.hits, "kick", "snare")
            off = [hit.tick % 480 for hit in new if 40 < hit.tick % 480 < 440]
            near = [min(abs(t - place) for place in range(0, 481, 480 // grid)) for t in off]
            assert sum(n < 45 for n in near) >= 0.8 * len(near), grid


def test_a_hit_just_before_a_bar_line_belongs_to_the_bar_it_leads_to() -> None:
    waltz = Metre(3, 4)
    ticks = (-20, 0, waltz.ticks - 31, waltz.ticks - 30, waltz.ticks)
    assert [bar_of(Hit(t, Voice.KICK, 90), waltz) for t in ticks] == [1, 1, 1, 2, 2]

"""Two hands and two feet: who plays what, and what has to go.

The checker states the limits of one limb in `follows` and tries every way to share strokes out; of
the planner it uses the kit only: distances and names.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine.kit_plan import HANDS, SURFACE, PlayedBy
from mididrumigen.engine.sticking import Plan, plan
from mididrumigen.models import Hit
from tests.takes import ROCK, take_of

TEMPO_BPM = 125.0
"""A tick is a millisecond."""

KICK, SNARE, CRASH, RIDE = Voice.KICK, Voice.SNARE, Voice.CRASH, Voice.RIDE
HAT, OPEN, PEDAL = Voice.HAT_CLOSED, Voice.HAT_OPEN, Voice.HAT_PEDAL
HIGH_TOM, FLOOR_TOM = Voice.TOM_HIGH, Voice.TOM_FLOOR_LOW

BY_PERCUSSIONIST: list[Voice] = [
    v
    for v in Voice
    if (FAMILY[v] == "percussion" or v is Voice.CLAP)
    and v not in (Voice.COWBELL, Voice.TAMBOURINE, Voice.WOODBLOCK_HIGH, Voice.WOODBLOCK_LOW)
]
BY_FEET = [KICK, PEDAL]
BY_HANDS = [v for v in Voice if v not in BY_PERCUSSIONIST and v not in BY_FEET]
BOUNCING = ("snare", "tom", "hat", "ride")
"""Families that sticks bounce on."""


def at(*strokes: tuple[int, Voice, int]) -> list[Hit]:
    """Hits of (ms, voice, velocity)."""
    return [Hit(*stroke) for stroke in strokes]


def planned(*strokes: tuple[int, Voice, int], double_kick: bool = False) -> Plan:
    """Plan of (ms, voice, velocity)."""
    return plan(at(*strokes), TEMPO_BPM, double_kick=double_kick)


def left_out(result: Plan) -> list[tuple[int, Voice, str]]:
    """(ms, voice, reason) of each change."""
    return [(c.hit.tick, c.hit.voice, c.reason) for c in result.changes]


def hands(result: Plan) -> str:
    """The sticking, such as RLRR, of what the drummer's hands play."""
    return "".join(s.limb[0].upper() for s in result.strokes if s.limb.endswith(" hand"))


# The checker.


def follows(one: Hit, bounces: int, other: Hit, ms: float) -> int | None:
    """How often the stick or beater has bounced when one limb plays the other hit `ms` after the
    first, where it had bounced so often; None where it cannot.
    """
    a, b, family = SURFACE[one.voice], SURFACE[other.voice], FAMILY[one.voice]
    if one.voice in BY_FEET:
        if ms >= {(KICK, KICK): 95, (PEDAL, PEDAL): 115}.get((one.voice, other.voice), 150):
            return 0
        soft = other.velocity <= 0.6 * one.velocity
        return (
            1
            if (one.voice, other.voice) == (KICK, KICK) and not bounces and ms >= 40 and soft
            else None
        )
    if one.voice in BY_PERCUSSIONIST:
        return 0 if ms >= (80 if a == b else 120) else None
    if ms >= 80 + 100 * HANDS.ways[a][b]:
        return 0
    soft = other.velocity <= one.velocity * (1.2 if bounces else 1.3)
    pressed = ms >= 40 or other.velocity <= 80
    if a == b and family in BOUNCING and bounces < 5:
        return bounces + 1 if ms >= 20 and soft and pressed else None
    return None


def limbs_of(hit: Hit, double_kick: bool) -> tuple[int, ...]:
    """0 for the right, 1 for the left."""
    if hit.voice is PEDAL:
        return (1,)
    return (0, 1) if hit.voice is not KICK or double_kick else (0,)


def can_share(hits: Sequence[Hit], tick_ms: float, double_kick: bool) -> bool:
    """Whether two limbs can play all of it: tries every way."""

    @cache
    def rest(index: int, *last: tuple[int, int] | None) -> bool:
        if index == len(hits):
            return True
        for limb in limbs_of(hits[index], double_kick):
            before = last[limb]
            bounces: int | None = 0
            if before:
                one = hits[before[0]]
                ms = (hits[index].tick - one.tick) * tick_ms
                bounces = follows(one, before[1], hits[index], ms)
            if bounces is not None:
                after = [*last]
                after[limb] = (index, bounces)
                if rest(index + 1, *after):
                    return True
        return False

    return rest(0, None, None)


def problems(hits: Sequence[Hit], tempo_bpm: float, *, double_kick: bool = False) -> list[str]:
    """What of the hits people cannot play."""
    tick_ms = 125 / tempo_bpm
    found = []
    hits = sorted(hits)
    for i, one in enumerate(hits):
        for other in hits[i + 1 :]:
            ms = (other.tick - one.tick) * tick_ms
            if ms < 10 and SURFACE[one.voice] == SURFACE[other.voice]:
                found.append(f"{one} and {other} on one surface")
            if ms <= 30 and {one.voice, other.voice} == {OPEN, PEDAL}:
                found.append(f"{one} and {other} close an open hi-hat")
    for voices in (BY_HANDS, BY_FEET, BY_PERCUSSIONIST):
        own = [hit for hit in hits if hit.voice in voices]
        if not can_share(own, tick_ms, double_kick):
            found.append(f"no way to share out {own}")
    return found


def faults(result: Plan, tempo_bpm: float, double_kick: bool) -> list[str]:
    """What of a plan its limbs cannot play."""
    found = []
    by_limb: dict[PlayedBy, list[Hit]] = {}
    for struck in result.strokes:
        by_limb.setdefault(struck.limb, []).append(struck.hit)
    for limb, hits in by_limb.items():
        foot, second = limb.endswith("foot"), limb.startswith("percussionist")
        able = BY_FEET if foot else BY_PERCUSSIONIST if second else BY_HANDS
        side = int("left" in limb)
        found += [
            f"{hit} by the {limb}"
            for hit in hits
            if hit.voice not in able or side not in limbs_of(hit, double_kick)
        ]
        bounces = 0
        for one, other in pairwise(hits):
            bounced = follows(one, bounces, other, (other.tick - one.tick) * 125 / tempo_bpm)
            if bounced is None:
                found.append(f"{one} and {other} by the {limb}")
            bounces = bounced or 0
    return found


# Who plays what.


def test_the_right_hand_keeps_the_hat_and_the_left_plays_the_backbeat() -> None:
    take = take_of(ROCK, bars=2, tempo_bpm=100)
    result = plan(take.hits, 100)
    assert result.changes == ()
    limbs = {(s.hit.voice, s.limb) for s in result.strokes}
    assert limbs == {(HAT, "right hand"), (SNARE, "left hand"), (KICK, "right foot")}


def test_a_run_alternates_and_goes_round_the_kit_from_the_right_hand() -> None:
    rows = {
        SNARE: "xxxx ---- ---- ----",
        HIGH_TOM: "---- xxxx ---- ----",
        Voice.TOM_LOW_MID: "---- ---- xxxx ----",
        FLOOR_TOM: "---- ---- ---- xxxx",
    }
    assert hands(plan(take_of(rows, bars=1, tempo_bpm=130).hits, 130)) == "RL" * 8


def test_slow_sixteenths_of_the_hat_are_one_hand_s_and_fast_ones_two() -> None:
    take = take_of({HAT: "xxxx xxxx xxxx xxxx"}, bars=1)
    assert hands(plan(take.hits, 80)) == "R" * 16
    assert hands(plan(take.hits, 140)) == "RL" * 8


def test_hands_do_not_cross_where_they_need_not() -> None:
    result = planned((0, HAT, 90), (0, FLOOR_TOM, 110))
    assert [(s.hit.voice, s.limb) for s in result.strokes] == [
        (HAT, "left hand"),
        (FLOOR_TOM, "right hand"),
    ]


def test_a_roll_too_fast_for_single_strokes_is_played_in_doubles() -> None:
    roll = planned(*((45 * i, SNARE, 90) for i in range(24)))
    assert roll.changes == ()
    assert "RR" in hands(roll)
    assert "LL" in hands(roll)
    assert "RRR" not in hands(roll)


def test_a_closed_roll_that_dies_away_is_played() -> None:
    roll = planned(*((25 * i, SNARE, 70 - 6 * i) for i in range(10)))
    assert roll.changes == ()


def test_a_pressed_stroke_bounces_five_times_while_the_other_hand_is_at_the_ride() -> None:
    ride = [(0, RIDE, 90), (170, RIDE, 90)]
    buzz = [(25 * i, SNARE, 70 - 5 * i) for i in range(7)]
    assert planned(*ride, *buzz[:6]).changes == ()
    assert left_out(planned(*ride, *buzz)) == [
        (150, SNARE, "the hand cannot strike that fast again")
    ]


@pytest.mark.parametrize("grace_ms", [15, 25, 35, 45])
def test_the_grace_stroke_of_a_flam_is_the_other_hand_s(grace_ms: int) -> None:
    flam = planned((0, SNARE, 40), (grace_ms, SNARE, 110))
    assert flam.changes == ()
    assert flam.strokes[0].limb != flam.strokes[1].limb


def test_a_drag_is_a_double_stroke_before_the_other_hand() -> None:
    drag = planned((0, SNARE, 35), (45, SNARE, 33), (80, SNARE, 110))
    assert drag.changes == ()
    assert hands(drag) in ("LLR", "RRL")


def test_the_feet_play_the_kick_and_the_pedal() -> None:
    result = planned((0, KICK, 100), (0, PEDAL, 70))
    assert [s.limb for s in result.strokes] == ["left foot", "right foot"]


def test_two_feet_alternate_on_a_double_kick() -> None:
    kicks = [(60 * i, KICK, 100) for i in range(8)]
    result = planned(*kicks, double_kick=True)
    assert [s.limb for s in result.strokes] == ["right foot", "left foot"] * 4


def test_congas_and_claps_are_a_second_player_s_and_the_cowbell_the_drummer_s() -> None:
    result = planned(
        (0, SNARE, 100), (0, HAT, 90), (0, Voice.CONGA_LOW, 90), (0, Voice.CONGA_MUTE, 90)
    )
    assert result.changes == ()
    limbs = [s.limb for s in result.strokes]
    assert sum(limb.startswith("percussionist") for limb in limbs) == 2
    clap = planned((0, SNARE, 100), (0, HAT, 90), (0, Voice.CLAP, 100))
    assert clap.changes == ()
    bell = planned((0, Voice.COWBELL, 90))
    assert bell.strokes[0].limb == "right hand"


# What has to go.


def test_a_third_hand_leaves_out_the_hat_and_nothing_else() -> None:
    result = planned((0, SNARE, 110), (3, CRASH, 110), (8, HAT, 100), (0, KICK, 100))
    assert left_out(result) == [(8, HAT, "a third hand")]


@pytest.mark.parametrize(
    ("goes", "stays"),
    [
        ((Voice.COWBELL, 120), [(RIDE, 60), (SNARE, 110)]),
        ((SNARE, 30), [(RIDE, 90), (HIGH_TOM, 100)]),
        ((HAT, 127), [(SNARE, 90), (HIGH_TOM, 60)]),
        ((HAT, 127), [(SNARE, 90), (CRASH, 60)]),
        ((HIGH_TOM, 127), [(SNARE, 90), (FLOOR_TOM, 127)]),
    ],
)
def test_the_least_important_of_three_goes(
    goes: tuple[Voice, int], stays: list[tuple[Voice, int]]
) -> None:
    result = planned(*((0, voice, velocity) for voice, velocity in [goes, *stays]))
    assert [c.hit.voice for c in result.changes] == [goes[0]]


@pytest.mark.parametrize(
    ("soft", "loud"),
    [(HAT, OPEN), (RIDE, Voice.RIDE_BELL), (SNARE, Voice.SIDESTICK), (SNARE, SNARE)],
)
def test_one_surface_sounds_once_and_the_louder_stroke_stays(soft: Voice, loud: Voice) -> None:
    result = planned((0, loud, 110), (4, soft, 70))
    assert [(c.hit.voice, c.hit.velocity) for c in result.changes] == [(soft, 70)]
    assert result.changes[0].reason.endswith("is struck twice at once")


def test_a_grace_stroke_goes_when_the_other_hand_is_at_the_ride() -> None:
    result = planned((0, SNARE, 70), (30, SNARE, 110), (30, RIDE, 90))
    assert [(c.hit.tick, c.hit.voice) for c in result.changes] == [(0, SNARE)]


def test_a_hand_does_not_leap_from_the_hat_to_the_floor_tom_in_60_ms() -> None:
    result = planned((0, HAT, 90), (0, SNARE, 110), (60, FLOOR_TOM, 110))
    assert [(s.hit.voice, s.limb) for s in result.strokes] == [
        (SNARE, "left hand"),
        (FLOOR_TOM, "right hand"),
    ]
    assert left_out(result) == [
        (0, HAT, "too far from the hi-hat to the low floor tom in 60 ms"),
    ]


def test_a_hand_has_the_time_for_the_same_leap_in_an_eighth() -> None:
    assert planned((0, HAT, 90), (0, SNARE, 110), (240, FLOOR_TOM, 110)).changes == ()


def test_one_foot_does_not_kick_twice_in_30_ms_and_the_louder_kick_stays() -> None:
    result = planned((0, KICK, 70), (30, KICK, 110))
    assert left_out(result) == [(0, KICK, "the foot cannot kick that fast")]


def test_one_foot_keeps_the_eighths_of_the_fastest_kicks() -> None:
    sixteenths = take_of({KICK: "-xxx xxxx xxxx xxxx"}, bars=1).hits
    result = plan(sixteenths, 250)
    assert {s.limb for s in result.strokes} == {"right foot"}
    assert result.hits == sixteenths[1::2]


def test_a_beater_bounces_softly() -> None:
    assert planned((0, KICK, 100), (55, KICK, 30)).changes == ()
    assert planned((0, KICK, 100), (55, KICK, 90)).changes != ()


@pytest.mark.parametrize("ms", [-30, 0, 30])
def test_the_foot_does_not_close_a_hat_that_is_struck_open(ms: int) -> None:
    result = planned((0, OPEN, 90), (ms, PEDAL, 80))
    assert left_out(result) == [(ms, PEDAL, "the foot closes a hi-hat that is struck open")]
    assert planned((0, RIDE, 90), (ms, PEDAL, 80)).changes == ()


@pytest.mark.parametrize(
    ("first", "second", "ms"), [(KICK, KICK, 95), (PEDAL, PEDAL, 115), (OPEN, PEDAL, 31)]
)
def test_a_foot_is_held_to_its_limit_and_no_further(first: Voice, second: Voice, ms: int) -> None:
    assert planned((0, first, 90), (ms, second, 80)).changes == ()
    assert planned((0, first, 90), (ms - 1, second, 80)).changes != ()


def test_a_left_foot_at_the_second_kick_does_not_close_the_hat() -> None:
    kicks = [(60 * i, KICK, 100) for i in range(8)]
    result = planned(*kicks, (240, PEDAL, 80), double_kick=True)
    assert [c.hit.voice for c in result.changes] == [PEDAL]
    assert "foot cannot change pedals" in result.changes[0].reason


def test_a_percussionist_has_two_hands() -> None:
    result = planned((0, Voice.CONGA_LOW, 90), (0, Voice.CONGA_OPEN, 80), (0, Voice.MARACAS, 60))
    assert left_out(result) == [(0, Voice.MARACAS, "a third hand")]


def test_a_groove_keeps_its_backbeats_and_kicks_whatever_is_added() -> None:
    groove = take_of(ROCK, bars=2, tempo_bpm=TEMPO_BPM).hits
    rng = Random(1)
    noise = [
        Hit(rng.randrange(3840), rng.choice([HAT, RIDE, Voice.COWBELL]), rng.randint(1, 127))
        for _ in range(200)
    ]
    played = plan([*groove, *noise], TEMPO_BPM).hits
    loud = [h for h in groove if h.voice in (KICK, SNARE) and h.velocity >= 80]
    assert [h for h in loud if h not in played] == []


def test_nothing_is_planned_of_nothing() -> None:
    assert plan([], TEMPO_BPM) == Plan(())


# Whatever comes in.

velocities = st.integers(1, 127)
groove_voices = st.sampled_from([KICK, SNARE, HAT, OPEN, PEDAL, RIDE, CRASH, HIGH_TOM, FLOOR_TOM])


def clusters(voices: st.SearchStrategy[Voice], size: int) -> st.SearchStrategy[list[Hit]]:
    """Hits in time order, most of them too near to each other."""
    gaps = st.one_of(st.integers(0, 12), st.integers(0, 130))
    strokes = st.lists(st.tuples(gaps, voices, velocities), max_size=size)

    def hits(drawn: list[tuple[int, Voice, int]]) -> list[Hit]:
        tick, result = -20, []
        for gap, voice, velocity in drawn:
            tick += gap
            result.append(Hit(tick, voice, velocity))
        return result

    return strokes.map(hits)


any_clusters = st.one_of(
    clusters(groove_voices, 24),
    clusters(st.sampled_from(Voice), 24),
    clusters(st.just(SNARE), 24),
    clusters(st.sampled_from([KICK, PEDAL]), 24),
)
tempos = st.one_of(st.just(TEMPO_BPM), st.floats(30, 300))


@settings(deadline=None)
@given(any_clusters, tempos, st.booleans())
def test_whatever_comes_in_people_can_play_what_comes_out(
    hits: list[Hit], tempo_bpm: float, double_kick: bool
) -> None:
    result = plan(hits, tempo_bpm, double_kick=double_kick)
    assert faults(result, tempo_bpm, double_kick) == []
    played = list(result.hits)
    assert problems(played, tempo_bpm, double_kick=double_kick) == []
    assert sorted([*played, *(c.hit for c in result.changes)]) == sorted(hits)
    assert played == sorted(played)


@settings(deadline=None)
@given(any_clusters, tempos, st.booleans())
def test_a_plan_of_what_was_planned_changes_nothing(
    hits: list[Hit], tempo_bpm: float, double_kick: bool
) -> None:
    once = plan(hits, tempo_bpm, double_kick=double_kick)
    again = plan(once.hits, tempo_bpm, double_kick=double_kick)
    assert again == Plan(once.strokes)


@settings(deadline=None)
@given(any_clusters, st.booleans())
def test_only_what_has_to_go_goes(hits: list[Hit], double_kick: bool) -> None:
    result = plan(hits, TEMPO_BPM, double_kick=double_kick)
    played = list(result.hits)
    for change in result.changes:
        assert problems([*played, change.hit], TEMPO_BPM, double_kick=double_kick), change


@settings(deadline=None)
@given(any_clusters, st.booleans())
def test_what_people_can_play_stays_as_it_is(hits: list[Hit], double_kick: bool) -> None:
    if not problems(hits, TEMPO_BPM, double_kick=double_kick):
        assert plan(hits, TEMPO_BPM, double_kick=double_kick).changes == ()


@settings(deadline=None)
@given(any_clusters, st.randoms(use_true_random=False))
def test_the_order_in_which_hits_come_does_not_matter(hits: list[Hit], rng: Random) -> None:
    shuffled = rng.sample(hits, len(hits))
    assert plan(shuffled, TEMPO_BPM) == plan(hits, TEMPO_BPM)


DENSE: list[list[Voice]] = [
    [KICK, SNARE, HAT, OPEN, PEDAL, RIDE, CRASH, HIGH_TOM, FLOOR_TOM],
    [SNARE],
    [SNARE, HAT, HIGH_TOM],
    [KICK, PEDAL],
    BY_PERCUSSIONIST[:4],
]


HARD = (143, 471, 495)
"""Seeds of noise in which a first choice leaves out more than has to go."""


def dense(seed: int) -> list[Hit]:
    """Sixty hits, too many for people; how dense and of which voices depends on the seed."""
    rng = Random(seed)
    voices, gap = DENSE[seed % len(DENSE)], rng.choice([25, 50, 75, 100, 140])
    hits, tick = [], 0
    for _ in range(60):
        tick += rng.randrange(gap)
        hits.append(Hit(tick, rng.choice(voices), rng.choice([rng.randint(1, 127), 79, 81])))
    return hits


@pytest.mark.parametrize("double_kick", [False, True])
def test_of_long_noise_all_stays_that_people_can_play(double_kick: bool) -> None:
    for seed in [*range(50), *HARD]:
        result = plan(dense(seed), TEMPO_BPM, double_kick=double_kick)
        assert faults(result, TEMPO_BPM, double_kick) == [], seed
        assert plan(result.hits, TEMPO_BPM, double_kick=double_kick) == Plan(result.strokes), seed
        if seed < 10 or seed in HARD:
            assert problems(result.hits, TEMPO_BPM, double_kick=double_kick) == [], seed
            for change in result.changes:
                tried = [*result.hits, change.hit]
                assert problems(tried, TEMPO_BPM, double_kick=double_kick), (seed, change)


def by_two_limbs(seed: int) -> list[Hit]:
    """What two hands play, each as fast as it can now and then, for two seconds."""
    rng = Random(seed)
    voices = rng.choice([[SNARE], [SNARE, HAT], [SNARE, HIGH_TOM, RIDE, FLOOR_TOM, CRASH]])
    hits: list[Hit] = []
    for _ in ("right", "left"):
        hit, bounces = Hit(rng.randrange(100), rng.choice(voices), 100), 0
        while hit.tick < 2000:
            hits.append(hit)
            bounced = None
            while bounced is None:
                ms = rng.choice([20, 21, 25, 40, rng.randint(20, 300)])
                other = Hit(hit.tick + ms, rng.choice(voices), rng.randint(1, 127))
                bounced = follows(hit, bounces, other, ms)
            hit, bounces = other, bounced
    hits.sort()
    apart: list[Hit] = []
    for hit in hits:
        if all(SURFACE[h.voice] != SURFACE[hit.voice] or hit.tick - h.tick >= 10 for h in apart):
            apart.append(hit)
    return apart


def test_what_two_hands_have_played_two_hands_can_play() -> None:
    for seed in range(80):
        assert plan(by_two_limbs(seed), TEMPO_BPM).changes == (), seed

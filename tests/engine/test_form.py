"""Parts of a song: lengths, fills, crashes, verse against chorus, pick-ups."""

from collections.abc import Sequence
from random import Random
from statistics import fmean

import pytest

from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine import play
from mididrumigen.engine.choose import Lexicon
from mididrumigen.engine.fill import Fills
from mididrumigen.engine.form import formed
from mididrumigen.engine.levels import Levels
from mididrumigen.groove.pulse import beat_steps
from mididrumigen.midi import to_notes
from mididrumigen.models import (
    COMMON_TIME,
    Bar,
    Metre,
    Part,
    Pattern,
    Request,
    Stroke,
    StyleProfile,
)
from mididrumigen.models.request import PARTS
from tests.engine.conftest import noted_profile
from tests.engine.played import bar_of, measured_ride

SEEDS = range(4)
NAMES = ("John Bonham", "funk", "jazz", "ride")
EARLY = 60
"""Ticks by which a stroke may be early."""


@pytest.fixture(scope="module")
def profiles() -> dict[str, StyleProfile]:
    """Three from notes and a measured one."""
    return {name: measured_ride() if name == "ride" else noted_profile(name) for name in NAMES}


def bars_of(
    profile: StyleProfile,
    part: Part,
    seed: int,
    bars: int = 8,
    control: float = 50,
    metre: Metre = COMMON_TIME,
) -> list[Bar]:
    """Bars of a part from one phrase of the profile."""
    lexicon = Lexicon(profile, metre, 100, 50)
    phrase = lexicon.phrase(lexicon.song(Random(seed)), bars, Random(seed))
    fills = Fills(profile, Levels(profile), metre, control, "seed")
    return formed(phrase, profile, fills, part, 1 + seed % 3, Random(seed))


def played(profile: StyleProfile, part: Part, bars: int = 4) -> list[Pattern]:
    """A pattern a seed."""
    return [
        play(profile, Request(bars, 100, variations=1, seed=seed, part=part))[0] for seed in SEEDS
    ]


def on_the_one(bar: Bar) -> set[Voice]:
    return {s.voice for s in bar.strokes if s.step == 0}


def drums(bar: Bar) -> list[Stroke]:
    """Strokes of kick and snare before any fill, without the one."""
    end = bar.fill_from if bar.kind == "fill" else bar.steps
    return [s for s in bar.strokes if FAMILY[s.voice] in ("kick", "snare") and 0 < s.step < end]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("bars", [1, 3])
@pytest.mark.parametrize("metre", ["4/4", "7/8"])
def test_every_part_has_the_exact_length(
    profiles: dict[str, StyleProfile], part: Part, bars: int, metre: str
) -> None:
    for name in ("John Bonham", "ride"):
        request = Request(bars, 110, Metre.parse(metre), 1, 3, part)
        pattern = play(profiles[name], request)[0]
        assert pattern.ticks == bars * request.metre.ticks
        notes = to_notes(pattern)
        assert notes
        assert min(n.tick for n in notes) >= 0
        assert max(n.tick + n.duration_ticks for n in notes) <= pattern.ticks
        struck = {min(bars - 1, (n.tick + EARLY) // request.metre.ticks) for n in notes}
        assert struck == ({bars - 1} if part == "pickup" else set(range(bars)))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", PARTS)
def test_a_part_has_as_many_bars_as_its_grooves(
    profiles: dict[str, StyleProfile], name: str, part: Part
) -> None:
    for bars in (1, 2, 3, 7):
        assert len(bars_of(profiles[name], part, 1, bars)) == bars


@pytest.mark.parametrize("name", NAMES)
def test_verse_and_chorus_have_the_same_kick_and_snare(
    profiles: dict[str, StyleProfile], name: str
) -> None:
    for seed in SEEDS:
        verse, chorus = (bars_of(profiles[name], part, seed) for part in ("verse", "chorus"))
        assert [drums(bar) for bar in verse] == [drums(bar) for bar in chorus]
        assert [bar.kind for bar in verse] == [bar.kind for bar in chorus]


def shares(patterns: Sequence[Pattern]) -> dict[Voice, float]:
    """Share of the timekeeping voices in all that keeps time."""
    kept = [h.voice for p in patterns for h in p.hits if FAMILY[h.voice] in ("hat", "ride")]
    return {voice: kept.count(voice) / len(kept) for voice in set(kept)}


@pytest.mark.parametrize("name", ["funk", "soul", "ride", "jazz"])
def test_a_verse_is_kept_on_the_closed_hi_hat_and_a_chorus_on_the_ride(name: str) -> None:
    profile = measured_ride() if name == "ride" else noted_profile(name)
    has_ride = Voice.RIDE in profile.kit
    verse, chorus = (shares(played(profile, part)) for part in ("verse", "chorus"))
    assert verse.get(Voice.RIDE, 0) < 0.1  # some fills bring it
    assert verse[Voice.HAT_CLOSED] > 0.6
    assert chorus[Voice.RIDE if has_ride else Voice.HAT_OPEN] > 0.5  # the foot keeps time too
    assert chorus.get(Voice.HAT_CLOSED, 0) < 0.1  # some fills bring it
    for seed in SEEDS:
        for part, other in (("verse", Voice.RIDE), ("chorus", Voice.HAT_CLOSED)):
            for bar in bars_of(profile, part, seed, control=0):
                assert not [s for s in bar.strokes if s.voice is other]


@pytest.mark.parametrize("name", NAMES)
def test_a_chorus_is_louder_than_its_verse(profiles: dict[str, StyleProfile], name: str) -> None:
    verse, full, chorus = (
        [fmean(h.velocity for h in p.hits) for p in played(profiles[name], part)]
        for part in ("verse", "full", "chorus")
    )
    assert fmean(verse) < fmean(full) < fmean(chorus)
    assert all(quiet < loud for quiet, loud in zip(verse, chorus, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_chorus_opens_with_a_crash_and_a_kick(
    profiles: dict[str, StyleProfile], name: str
) -> None:
    for seed in SEEDS:
        first = bars_of(profiles[name], "chorus", seed)[0]
        assert on_the_one(first) >= {Voice.CRASH, Voice.KICK}
        assert not on_the_one(first) & {Voice.RIDE, Voice.HAT_CLOSED, Voice.HAT_OPEN}
    for pattern in played(profiles[name], "chorus", 2):
        first_hits = {h.voice for h in pattern.hits if abs(h.tick) < EARLY}
        assert first_hits >= {Voice.CRASH, Voice.KICK}


@pytest.mark.parametrize("name", NAMES)
def test_a_groove_has_neither_fills_nor_crashes(
    profiles: dict[str, StyleProfile], name: str
) -> None:
    for seed in SEEDS:
        for bar in bars_of(profiles[name], "groove", seed, control=100):
            assert bar.kind == "groove"
            assert not [s for s in bar.strokes if s.step == 0 and FAMILY[s.voice] == "crash"]


@pytest.mark.parametrize("part", ["full", "verse", "chorus"])
def test_fills_end_phrases_and_the_last_bar(profiles: dict[str, StyleProfile], part: Part) -> None:
    for profile in profiles.values():
        kinds = [[bar.kind for bar in bars_of(profile, part, s, 7, 100)] for s in SEEDS]
        expected = ["groove"] * 3 + ["fill"] + ["groove"] * 2 + ["fill"]
        assert kinds == [expected] * len(SEEDS)
        none = [bar.kind for s in SEEDS for bar in bars_of(profile, part, s, 7, 0)]
        assert set(none) == {"groove"}


def test_a_lone_bar_of_a_full_part_has_no_fill_forced_on_it(
    profiles: dict[str, StyleProfile],
) -> None:
    for profile in profiles.values():
        assert all(bars_of(profile, "full", s, 1)[0].kind == "groove" for s in SEEDS)


def test_a_part_of_fills_ends_in_one_and_has_no_other(
    profiles: dict[str, StyleProfile],
) -> None:
    for profile in profiles.values():
        for seed in SEEDS:
            kinds = [bar.kind for bar in bars_of(profile, "fill", seed, 4)]
            assert kinds == ["groove"] * 3 + ["fill"]


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "7/8", "5/4"])
@pytest.mark.parametrize("name", NAMES)
def test_a_pick_up_is_silent_but_for_its_end(
    profiles: dict[str, StyleProfile], name: str, metre: str
) -> None:
    for seed in SEEDS:
        *before, last = bars_of(profiles[name], "pickup", seed, 3, metre=Metre.parse(metre))
        assert not any(bar.strokes for bar in before)
        assert last.strokes
        assert min(s.step for s in last.strokes) >= last.steps - beat_steps(
            last.metre, last.steps_per_quarter
        )
        assert not [s for s in last.strokes if FAMILY[s.voice] in ("hat", "ride")]


def test_a_played_pick_up_starts_with_its_last_beat(profiles: dict[str, StyleProfile]) -> None:
    for profile in profiles.values():
        for pattern in played(profile, "pickup", 2):
            assert min(h.tick for h in pattern.hits) >= pattern.ticks - 480 - EARLY


ROCK_ROWS = {
    Voice.HAT_CLOSED: "x-x-x-x-x-x-x-x-",
    Voice.SNARE: "----X-------X---",
    Voice.KICK: "X-------X-x-----",
}
RUN_ROWS = {**ROCK_ROWS, Voice.TOM_LOW: "---------x-x--xX"}


def crashed_after(profile: StyleProfile, rows: Sequence[dict[Voice, str]]) -> list[float]:
    """How often each bar is followed by a crash where no fill is played."""
    fills = Fills(profile, Levels(profile), COMMON_TIME, 0, "seed")
    counts = [0] * (len(rows) - 1)
    for seed in range(300):
        bars = formed([bar_of(r) for r in rows], profile, fills, "full", 2, Random(seed))
        for index, bar in enumerate(bars[1:]):
            counts[index] += Voice.CRASH in on_the_one(bar)
    return [count / 300 for count in counts]


def test_a_groove_that_runs_out_into_the_drums_for_once_is_answered_like_a_fill() -> None:
    profile = noted_profile("rock")
    answered, usual = profile.trait("crash_after_fill", 0.6), profile.trait("crash_rate", 0.1)
    shares = crashed_after(profile, [ROCK_ROWS, RUN_ROWS, ROCK_ROWS, ROCK_ROWS])
    assert shares[1] == pytest.approx(max(answered, 0.35), abs=0.1)
    assert [shares[0], shares[2]] == pytest.approx([usual, usual], abs=0.08)
    assert answered > usual + 0.2


def test_drums_that_belong_to_the_groove_are_not_answered() -> None:
    profile = noted_profile("rock")
    usual = profile.trait("crash_rate", 0.1)
    shares = crashed_after(profile, [RUN_ROWS] * 4)
    assert shares == pytest.approx([usual] * 3, abs=0.08)

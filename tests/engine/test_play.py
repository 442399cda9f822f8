"""The player as a whole: lengths, loops, seeds, variations, controls."""

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import DRUMS, FAMILY, Voice
from mididrumigen.engine import play
from mididrumigen.groove import jaccard, measure
from mididrumigen.midi import midi_bytes, read_midi, to_notes
from mididrumigen.midi.notes import MIN_TICKS
from mididrumigen.models import METRES, PARTS, Controls, Metre, Pattern, Request, StyleProfile, Take
from tests.engine.conftest import noted_profile

SEEDS = range(8)


def grid_of(pattern: Pattern) -> set[tuple[int, Voice]]:
    """(nearest 48th of a quarter note, voice) of every hit: what was played, timing apart."""
    return {(round(hit.tick / 120), hit.voice) for hit in pattern.hits}


def measured_take(pattern: Pattern) -> Take:
    """What a reader would find in the pattern's file."""
    return read_midi(midi_bytes(pattern))


def test_there_are_as_many_variations_as_asked_numbered_from_one(bonham: StyleProfile) -> None:
    patterns = play(bonham, Request(variations=5, seed=1))
    assert [p.variation for p in patterns] == [1, 2, 3, 4, 5]


def test_the_same_seed_plays_the_same_and_another_seed_does_not(measured: StyleProfile) -> None:
    one, again = (play(measured, Request(seed=7)) for _ in range(2))
    other = play(measured, Request(seed=8))
    assert one == again
    assert all(a.hits != b.hits for a, b in zip(one, other, strict=True))


def test_seeds_differ_in_what_is_played_not_in_timing_alone(measured: StyleProfile) -> None:
    grids = {frozenset(grid_of(play(measured, Request(seed=s, variations=1))[0])) for s in SEEDS}
    assert len(grids) >= len(SEEDS) - 2


@pytest.mark.parametrize("metre", METRES, ids=str)
@pytest.mark.parametrize("bars", [1, 3, 32])
def test_every_metre_and_length_is_filled_to_the_last_bar(
    bonham: StyleProfile, measured: StyleProfile, metre: Metre, bars: int
) -> None:
    for profile in (bonham, measured):
        for pattern in play(profile, Request(bars=bars, metre=metre, variations=2, seed=3)):
            assert pattern.ticks == bars * metre.ticks
            played = {hit.tick // metre.ticks for hit in pattern.hits}
            assert set(range(bars)) <= played | {-1}
            assert all(n.tick + n.duration_ticks <= pattern.ticks for n in to_notes(pattern))


@given(
    seed=st.integers(0, 2**53 - 1),
    bars=st.integers(1, 8),
    metre=st.sampled_from(METRES),
    tempo=st.floats(30, 300),
    part=st.sampled_from([None, *PARTS]),
    knobs=st.lists(st.floats(0, 100), min_size=7, max_size=7),
    swing=st.none() | st.floats(50, 75),
)
@settings(max_examples=30, deadline=None)
def test_whatever_is_asked_the_notes_can_be_played_and_written(
    seed: int,
    bars: int,
    metre: Metre,
    tempo: float,
    part: object,
    knobs: list[float],
    swing: float | None,
) -> None:
    names = ("humanize", "feel", "timing", "dynamics", "complexity", "intensity", "fills")
    controls = Controls(swing=swing, **dict(zip(names, knobs, strict=True)))
    request = Request(bars, tempo, metre, 2, seed, part, controls)  # type: ignore[arg-type]
    for pattern in play(noted_profile("Elvin Jones"), request):
        ends: dict[int, int] = {}
        for note in to_notes(pattern):
            assert 35 <= note.pitch <= 81
            assert 1 <= note.velocity <= 127
            assert note.tick >= ends.get(note.pitch, 0)
            ends[note.pitch] = note.tick + note.duration_ticks
        assert max(ends.values()) <= pattern.ticks


@pytest.mark.parametrize("name", ["John Bonham", "Ringo Starr", "Keith Moon", "Tony Allen", "punk"])
def test_variation_one_loops_without_a_crash_on_the_one_and_without_a_fill(name: str) -> None:
    profile = noted_profile(name)
    for seed in SEEDS:
        first = play(profile, Request(bars=4, seed=seed, variations=1))[0]
        crashes = [hit for hit in first.hits if FAMILY[hit.voice] == "crash"]
        on_the_one = [h for h in crashes if (h.tick + 60) % first.metre.ticks < 120]
        # A crash that is ridden keeps the time; a lone one is an accent, and a loop has none.
        assert not on_the_one or len(crashes) >= 3 * first.bars
        assert measure(measured_take(first)).traits.get("fill_rate", (0, 0))[0] == 0


def test_fills_come_never_at_zero_and_at_every_phrase_end_at_a_hundred(
    bonham: StyleProfile,
) -> None:
    def last_bar_toms_and_snares(fills: float) -> float:
        total = 0
        for seed in range(48):
            request = Request(
                4, variations=1, seed=seed, part="full", controls=Controls(fills=fills)
            )
            pattern = play(bonham, request)[0]
            start = 3 * pattern.metre.ticks + pattern.metre.ticks // 2
            keeper = ("hat", "ride")
            total += sum(h.tick >= start - 60 and FAMILY[h.voice] in keeper for h in pattern.hits)
        return total

    # In a fill the timekeeper rests: the fewer of its strokes at the end, the more fills.
    never, own, always = map(last_bar_toms_and_snares, (0, 50, 100))
    assert never > own > always


def test_the_part_fill_ends_every_pattern_in_drums(bonham: StyleProfile) -> None:
    for seed in SEEDS:
        pattern = play(bonham, Request(bars=1, seed=seed, variations=1, part="fill"))[0]
        drums = [h for h in pattern.hits if FAMILY[h.voice] in ("snare", "tom", "kick")]
        assert len(drums) >= 5
        assert max(h.tick for h in drums) >= pattern.ticks - 2 * 160


def test_a_pair_of_variations_shares_its_groove_and_pairs_differ(bonham: StyleProfile) -> None:
    inside, across = [], []
    for seed in SEEDS:
        grids = [grid_of(p) for p in play(bonham, Request(bars=4, seed=seed))]
        for a, b in combinations(range(4), 2):
            (inside if a // 2 == b // 2 else across).append(jaccard(grids[a], grids[b]))
    assert sum(inside) / len(inside) > sum(across) / len(across) + 0.1
    assert max(inside + across) < 1


def test_nothing_is_played_that_is_not_in_the_kit_of_the_artist(measured: StyleProfile) -> None:
    voices = Counter(
        h.voice
        for seed in SEEDS
        for p in play(measured, Request(seed=seed, part="groove"))
        for h in p.hits
    )
    assert set(voices) == {Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED}


def test_grooves_of_recordings_are_not_copied(measured: StyleProfile) -> None:
    sources = [bar.grid for bar in measured.grooves]
    copied = 0
    for seed in SEEDS:
        for pattern in play(measured, Request(bars=4, seed=seed, part="groove")):
            for bar in range(4):
                start = bar * pattern.metre.ticks
                cells = {
                    (round((h.tick - start) / 120), h.voice)
                    for h in pattern.hits
                    if start - 60 <= h.tick < start + pattern.metre.ticks - 60
                }
                copied += cells in sources
    assert copied <= len(SEEDS) * 4 * 4 * 0.25


def test_at_most_two_hands_play_at_once(bonham: StyleProfile, measured: StyleProfile) -> None:
    controls = Controls(humanize=0, feel=0, complexity=100)
    for profile in (bonham, measured, noted_profile("Keith Moon")):
        for seed in SEEDS[:4]:
            for pattern in play(profile, Request(seed=seed, controls=controls)):
                hands = Counter(h.tick for h in pattern.hits if DRUMS[h.voice].limb == "hand")
                assert max(hands.values()) <= 2


def test_a_part_of_fills_has_another_fill_in_every_variation() -> None:
    controls = Controls(humanize=0, feel=0)
    for name in ("Ringo Starr", "jazz", "house", "John Bonham"):
        request = Request(1, variations=8, part="fill", seed=2, controls=controls)
        fills = {p.hits for p in play(noted_profile(name), request)}
        assert len(fills) >= 7, name


def test_a_clave_of_two_bars_keeps_both() -> None:
    profile = noted_profile("bossa nova")
    by_name = Counter(bar.name for bar in profile.grooves)
    assert max(by_name.values()) == 2
    for seed in SEEDS:
        pattern = play(profile, Request(bars=4, seed=seed, variations=1, part="groove"))[0]
        clave = [
            frozenset(
                round(h.tick / 120) - 16 * bar for h in pattern.hits if h.voice is Voice.SIDESTICK
            )
            & frozenset(range(16))
            for bar in range(4)
        ]
        if clave[0]:
            assert clave[0] == clave[2]
            assert clave[1] == clave[3]


def test_a_busier_bar_adds_no_second_timekeeper() -> None:
    controls = Controls(complexity=100)
    for name in ("John Bonham", "Phil Rudd", "bossa nova"):
        profile = noted_profile(name)
        played = {
            frozenset(s.voice for s in bar.strokes if FAMILY[s.voice] in ("hat", "ride"))
            for bar in profile.grooves
        }
        for seed in SEEDS:
            request = Request(1, seed=seed, part="groove", variations=1, controls=controls)
            pattern = play(profile, request)[0]
            keepers = {h.voice for h in pattern.hits if FAMILY[h.voice] in ("hat", "ride")}
            assert any(keepers <= own for own in played)


def test_four_on_the_floor_stays_on_the_floor() -> None:
    controls = Controls(humanize=0, feel=0)
    for name in ("house", "Daft Punk"):
        profile = noted_profile(name)
        written = [
            sum(s.voice is Voice.KICK and s.step % 4 == 0 for s in bar.strokes)
            for bar in profile.grooves
            if bar.steps_per_quarter == 4
        ]
        for seed in SEEDS:
            request = Request(4, seed=seed, variations=1, controls=controls)
            pattern = play(profile, request)[0]
            beats = sum(h.voice is Voice.KICK and h.tick % 480 == 0 for h in pattern.hits)
            assert beats >= 4 * min(written)


def test_a_human_style_seldom_repeats_a_bar_exactly_and_a_programmed_one_often_does() -> None:
    def repeats(name: str) -> float:
        same = 0
        profile = noted_profile(name)
        for seed in SEEDS[:6]:
            pattern = play(profile, Request(8, seed=seed, variations=1))[0]
            cells = [
                {
                    (round(h.tick / 40) - 48 * bar, h.voice)
                    for h in pattern.hits
                    if 48 * bar - 1 <= round(h.tick / 40) < 48 * bar + 47
                }
                for bar in range(8)
            ]
            quantised = [{((step + 1) // 3, voice) for step, voice in bar} for bar in cells]
            same += sum(a == b for a, b in pairwise(quantised))
        return same / (7 * 6)

    assert repeats("funk") < 0.45
    assert repeats("house") > 0.6


@pytest.mark.parametrize("name", ["rock", "hip-hop", "Diana Ross", "Nasty C"])
def test_no_two_strokes_of_a_voice_are_nearer_than_a_note_is_short(name: str) -> None:
    """Slow and swung hard, flams and pairs of 16ths come nearest; in double-time twice as near."""
    profile = noted_profile(name)
    slowest = profile.quantitative_params["tempo_min"]
    for tempo_bpm in (45.0, 54.0, 60.0, max(40.0, float(round(slowest / 2)))):
        for seed in range(4):
            request = Request(
                8, tempo_bpm, variations=2, seed=seed, part="full", controls=Controls(swing=75)
            )
            for pattern in play(profile, request):
                lines: dict[Voice, list[int]] = {}
                for hit in pattern.hits:
                    if 0 <= hit.tick <= pattern.ticks - MIN_TICKS:
                        lines.setdefault(hit.voice, []).append(hit.tick)
                nearest = [b - a for line in lines.values() for a, b in pairwise(line)]
                assert min(nearest) >= MIN_TICKS

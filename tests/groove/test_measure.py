"""Everything that is measured of a take, against counts made by hand."""

import json
from dataclasses import replace

import pytest

from mididrumigen.drums import Voice
from mididrumigen.groove import measure
from mididrumigen.groove.traits import trait_kind
from mididrumigen.models import Bar, Hit, Metre, Take
from tests.songs import in_turn, shifted
from tests.takes import ROCK, midi_file_of, take_of

GROOVE_A = ROCK
GROOVE_B = {**ROCK, Voice.KICK: "X-x- ---x --x- --x-"}
FILL = {
    Voice.HAT_CLOSED: "X-x- X-x- ---- ----",
    Voice.SNARE: "---- X--- XXXX ----",
    Voice.TOM_LOW: "---- ---- ---- XXXX",
    Voice.KICK: "X--- --x- x--- x---",
}
CRASHED = {**ROCK, Voice.CRASH: "X--- ---- ---- ----"}


def traits_of(take: Take) -> dict[str, float]:
    return {name: value for name, (value, _) in measure(take).traits.items()}


def loosely(rows: dict[Voice, str], bars: int, seed: int = 1) -> Take:
    """A take played by hand: 6 ms of noise around 15 ms."""
    return take_of(rows, bars=bars, late_ms=lambda step, v, rng: 15 + rng.gauss(0, 6), seed=seed)


def test_density_dynamics_and_backbeat_are_those_of_the_rows() -> None:
    # A bar: 8 hats (4 at 112, 4 at 88), 4 snares (2 at 112, 2 at 34), 4 kicks (112, 3 at 88).
    found = measure(take_of(ROCK, bars=8))
    assert (found.bars, found.hits, found.metre) == (8, 128, Metre(4, 4))
    for name, value, count in [
        ("tempo_bpm", 120, 8),
        ("hits_per_quarter", 4, 8),
        ("hits_per_quarter.hat", 2, 8),
        ("hits_per_quarter.snare", 1, 8),
        ("hits_per_quarter.kick", 1, 8),
        ("hits_per_quarter.tom", 0, 8),
        ("ghost_share", 0.5, 32),
        ("ghost_velocity", 34, 16),
        ("backbeat_velocity", 112, 16),
        ("velocity_mean", (4 * 112 + 4 * 88 + 2 * 112 + 2 * 34 + 112 + 3 * 88) / 16, 128),
        ("velocity_mean.hat", 100, 64),
        ("velocity_sd.hat", 12, 64),
        ("velocity_sd.snare", 39, 32),
        ("velocity_jitter", 0, 128),
        ("backbeat", 1, 16),
        ("syncopation", 4, 8),  # kick 1 (10 over 12), snare 3 (4 over 8, 12 over the downbeat)
        ("bar_similarity", 1, 7),
        ("bar_repeat", 1, 7),
        ("fill_rate", 0, 8),
        ("crash_rate", 0, 8),
        ("ride_share", 0, 64),
        ("hat_open_share", 0, 64),
    ]:
        assert found.traits[name] == (pytest.approx(value), count), name


def test_kit_and_histogram_are_shares_of_all_strokes() -> None:
    found = measure(take_of(ROCK, bars=4))
    assert found.kit == {Voice.KICK: 0.25, Voice.SNARE: 0.25, Voice.HAT_CLOSED: 0.5}
    # 34, 88 and 112 lie in bins 4, 11 and 14 of 8 velocities each.
    wanted = {4: 2 / 16, 11: 7 / 16, 14: 7 / 16}
    assert found.velocities == tuple(wanted.get(i, 0) for i in range(16))


def decorated(take: Take) -> Take:
    """The take with a flam on every backbeat of 2, a drag on every second of 4, a tom doubled on 1
    of each bar, and a ghost that is doubled.
    """
    extra = []
    for bar in range(take.hits[-1].tick // 1920 + 1):
        start = bar * 1920
        extra += [
            Hit(start + 480 - 28, Voice.SNARE, 50),
            Hit(start + 7 * 120 + 60, Voice.SNARE, 32),
        ]
        extra += [Hit(start, Voice.TOM_LOW, 90), Hit(start + 60, Voice.TOM_LOW, 85)]
        if bar % 2:
            extra += [Hit(start + 1440 - ticks, Voice.SNARE, 45) for ticks in (135, 68)]
    return replace(take, hits=tuple(sorted((*take.hits, *extra))))


def test_ornaments_are_shares_of_the_full_strokes_of_snare_and_toms() -> None:
    found = measure(decorated(take_of(ROCK, bars=8)))
    # A bar: two full snares and a tom.
    assert found.traits["flam_rate"] == (pytest.approx(1 / 3), 24)
    assert found.traits["drag_rate"] == (pytest.approx(1 / 6), 24)
    assert found.traits["double_rate"] == (pytest.approx(1 / 3), 24)
    plain = traits_of(take_of(ROCK, bars=8))
    assert [plain[f"{name}_rate"] for name in ("flam", "drag", "double")] == [0, 0, 0]


def test_the_vocabulary_holds_the_ornaments_and_not_their_small_strokes() -> None:
    take = take_of(ROCK, bars=8)
    (bar,) = measure(decorated(take)).vocabulary
    snares = [s for s in bar.strokes if s.voice is Voice.SNARE]
    assert [(s.step, s.ornament) for s in snares[:2]] == [(4, "flam"), (7, "double")]
    assert [s.step for s in snares] == [4, 7, 9, 12]
    assert Bar.from_json(json.loads(json.dumps(bar.to_json()))).strokes == bar.strokes


def test_without_dynamics_only_doubles_are_measured() -> None:
    roll = {Voice.SNARE: "xxxx ---- ---- ----", Voice.HAT_CLOSED: "x-x- x-x- x-x- x-x-"}
    take = take_of(roll, bars=4)
    seconds = [replace(h, tick=h.tick + 60) for h in take.hits if h.voice is Voice.SNARE]
    traits = traits_of(replace(take, hits=tuple(sorted((*take.hits, *seconds)))))
    assert traits["double_rate"] == 1
    assert not {"flam_rate", "drag_rate"} & set(traits)


def test_a_take_without_snare_and_toms_says_nothing_of_ornaments() -> None:
    traits = traits_of(take_of({Voice.KICK: "X-o- x-o-"}, bars=8))
    assert not {"flam_rate", "drag_rate", "double_rate"} & set(traits)


def test_loudness_that_varies_at_one_place_is_jitter() -> None:
    loud = take_of({Voice.SNARE: "X---X---X---X---"}, bars=8, velocities={"X": 100})
    uneven = [
        *(replace(h, velocity=h.velocity + (6 if h.tick // 1920 % 2 else -6)) for h in loud.hits),
        Hit(120, Voice.KICK, 80),  # a third loudness: with two it counts as typed in
    ]
    traits = traits_of(replace(loud, hits=tuple(sorted(uneven))))
    assert traits["velocity_jitter"] == pytest.approx(6)


def test_ride_and_open_hat_shares_count_the_timekeeper_only() -> None:
    rows = {
        Voice.RIDE: "x-x- x-x- x-x- ----",
        Voice.RIDE_BELL: "---- ---- ---- x-x-",
        Voice.HAT_OPEN: "--x- ---- ---- ----",
        Voice.HAT_CLOSED: "---- x-x- x--- ----",
        Voice.HAT_PEDAL: "---- x--- ---- x---",
        Voice.KICK: "X--- ---- x--- ----",
    }
    traits = traits_of(take_of(rows, bars=4))
    assert traits["ride_share"] == pytest.approx(8 / 12)
    assert traits["hat_open_share"] == pytest.approx(1 / 4)


def test_alternating_bars_are_as_similar_as_their_cells() -> None:
    take = in_turn(*[(take_of(rows, bars=1), 1) for rows in [GROOVE_A, GROOVE_B] * 4])
    # Kicks 0 6 8 10 against 0 2 7 10 14: 2 of 7 in both, beside 12 equal cells: 14 of 19.
    traits = traits_of(take)
    assert traits["bar_similarity"] == pytest.approx(14 / 19)
    assert traits["bar_repeat"] == 0


def test_fills_and_the_crashes_that_answer_them_are_counted() -> None:
    song = in_turn(
        *[
            (take_of(rows, bars=bars), bars)
            for rows, bars in [
                *((ROCK, 3), (FILL, 1), (CRASHED, 1), (ROCK, 2), (FILL, 1)),
                *((ROCK, 3), (FILL, 1), (CRASHED, 1), (ROCK, 3)),
            ]
        ]
    )
    found = measure(song)
    assert found.bars == 16
    assert found.traits["fill_rate"] == (3 / 16, 16)
    assert found.traits["fill_quarters"] == (2, 3)
    assert found.traits["crash_rate"] == (2 / 16, 16)
    assert found.traits["crash_after_fill"] == (pytest.approx(2 / 3), 3)
    fills = [bar for bar in found.vocabulary if bar.kind == "fill"]
    assert [(bar.fill_from, bar.weight) for bar in fills] == [(8, pytest.approx(3 / 16))]
    assert fills[0].sources == (("", 4), ("", 8), ("", 12))


def test_a_tom_groove_has_no_fills() -> None:
    rows = {
        Voice.TOM_FLOOR_LOW: "x-xx x-x- x-xx x-xx",
        Voice.SNARE: "---- X--- ---- X---",
        Voice.KICK: "X--- X--- X--- X---",
    }
    found = measure(take_of(rows, bars=8))
    assert found.traits["fill_rate"] == (0, 8)
    assert {bar.kind for bar in found.vocabulary} == {"groove"}


def test_near_duplicates_are_folded_with_their_weight_and_places() -> None:
    # One more snare in 16 cells: 16 of 17 in both.
    near = {**ROCK, Voice.SNARE: "---- X--. -.-- X--."}
    rows = [ROCK, ROCK, near, ROCK, GROOVE_B, ROCK, GROOVE_B, ROCK]
    found = measure(in_turn(*[(take_of(r, bars=1), 1) for r in rows]))
    assert [(round(b.weight, 6), len(b.strokes)) for b in found.vocabulary] == [
        (6 / 8, 16),
        (2 / 8, 17),
    ]
    assert [n for _, n in found.vocabulary[0].sources] == [1, 2, 4, 6, 8, 3]
    assert [n for _, n in found.vocabulary[1].sources] == [5, 7]


def test_weights_of_the_vocabulary_are_shares_of_the_bars() -> None:
    song = in_turn((loosely(GROOVE_A, 3), 3), (loosely(GROOVE_B, 2), 2), (loosely(FILL, 1), 1))
    assert sum(bar.weight for bar in measure(song).vocabulary) == pytest.approx(1)


def test_micro_timing_in_the_vocabulary_has_the_latency_removed() -> None:
    rows = {Voice.HAT_CLOSED: "x-x- x-x- x-x- x-x-", Voice.SNARE: "---- X--- ---- X---"}

    def late(step: int, voice: Voice, rng: object) -> float:
        # Latency of 20 ms, snares 8 later still; bars, of ten strokes, alternate around that.
        nonlocal count
        count += 1
        return 20 + (8 if voice is Voice.SNARE else 0) + (3 if (count - 1) // 10 % 2 else -3)

    count = 0
    found = measure(take_of(rows, bars=8, tempo_bpm=125, late_ms=late))
    # 1 ms a tick. On the beats of a bar: four hats at 20, two snares at 28: a mean of 22 2/3.
    (bar,) = found.vocabulary
    assert "quantised: no timing evidence" not in found.notes
    snares = {s.offset_ms for s in bar.strokes if s.voice is Voice.SNARE}
    hats = {s.offset_ms for s in bar.strokes if s.voice is Voice.HAT_CLOSED}
    (snare,), (hat,) = snares, hats
    assert snare - hat == pytest.approx(8, abs=0.11)
    assert hat == pytest.approx(20 - 3 - 22.667, abs=0.11)


def test_a_flat_velocity_gives_no_dynamics() -> None:
    take = take_of(ROCK, bars=8, velocities=dict.fromkeys(".oxX", 100))
    found = measure(take)
    assert "one velocity throughout: no dynamics evidence" in found.notes
    dynamic = ("velocity", "ghost", "backbeat_velocity")
    assert [name for name in found.traits if name.startswith(dynamic)] == []
    assert found.velocities == ()
    assert found.traits["hits_per_quarter"] == (4, 8)


def test_accent_and_normal_alone_are_typed_in_and_a_third_loudness_is_played() -> None:
    rows = {**ROCK, Voice.SNARE: "---- X--- ---- X---"}
    assert "velocity_mean" not in traits_of(take_of(rows, bars=4))
    assert "velocity_mean" in traits_of(take_of(ROCK, bars=4))


def test_a_quantised_take_gives_no_timing_but_its_swing() -> None:
    eighth_ms = 30_000 / 120
    take = take_of(
        {**ROCK, Voice.HAT_CLOSED: "xoxo xoxo xoxo xoxo"},
        bars=8,
        late_ms=lambda step, voice, rng: 0.1 * eighth_ms if step % 2 else 0,
    )
    found = measure(take)
    assert "quantised: no timing evidence" in found.notes
    assert [name for name in found.traits if name.startswith(("push", "timing"))] == []
    assert found.traits["swing_16ths"][0] == pytest.approx(60, abs=0.2)


def test_a_take_played_by_hand_gives_timing() -> None:
    found = measure(loosely(ROCK, 32))
    assert found.notes == ()
    assert found.traits["timing_sd_ms"][0] == pytest.approx(6, rel=0.1)
    assert {"push_ms.kick", "push_ms.snare", "push_ms.hat"} <= set(found.traits)


def test_a_file_without_a_tempo_gives_no_tempo() -> None:
    found = measure(replace(take_of(ROCK, bars=4), has_tempo=False))
    assert "tempo_bpm" not in found.traits
    assert "no tempo in the file: no tempo evidence" in found.notes


def test_the_tempo_is_the_mean_over_the_bars() -> None:
    song = in_turn(
        (take_of(ROCK, bars=3, tempo_bpm=100), 3), (take_of(ROCK, bars=1, tempo_bpm=140), 1)
    )
    assert measure(song).traits["tempo_bpm"] == (pytest.approx(110), 4)


def test_count_in_gaps_and_a_last_downbeat_are_no_bars_of_music() -> None:
    count_in = {Voice.SIDESTICK: "x--- x--- x--- x---"}
    last = {Voice.CRASH: "X--- ---- ---- ----", Voice.KICK: "X--- ---- ---- ----"}
    song = in_turn(
        (take_of(count_in, bars=1), 1),
        (take_of(ROCK, bars=3), 4),  # the fourth is empty
        (take_of(ROCK, bars=2), 2),
        (take_of(last, bars=1), 1),
    )
    found = measure(song)
    assert (found.bars, found.hits) == (5, 5 * 16)
    assert [n for _, n in found.vocabulary[0].sources] == [2, 3, 4, 6, 7]
    assert found.traits["bar_repeat"] == (1, 3)  # bars on either side of a gap are no neighbours
    assert Voice.CRASH not in found.kit


@pytest.mark.parametrize("strokes", [0, 2])
def test_a_take_without_a_bar_of_music_says_so(strokes: int) -> None:
    hits = tuple(Hit(480 * i, Voice.KICK, 90) for i in range(strokes))
    found = measure(Take(hits, ((0, 120.0),), ((0, Metre(3, 4)),), "gm", unmapped=7))
    assert found.notes == ("no bar with music", "7 notes outside the drum map are left out")
    assert (found.bars, found.hits, found.traits, found.vocabulary) == (0, 0, {}, ())
    assert found.metre == Metre(3, 4)


def test_a_few_hits_late_in_a_long_silence_do_not_become_bars() -> None:
    take = take_of(ROCK, bars=4)
    assert measure(replace(take, hits=(*take.hits, Hit(40 * 1920, Voice.CRASH, 90)))).bars == 4


def test_the_metre_is_that_of_most_bars() -> None:
    seven = {Voice.HAT_CLOSED: "x-x-x-x-x-x-x-", Voice.KICK: "X---X---------"}
    song = in_turn((take_of(ROCK, bars=2), 2), (take_of(seven, bars=3, metre=Metre(7, 8)), 3))
    found = measure(song)
    assert found.metre == Metre(7, 8)
    assert {str(bar.metre) for bar in found.vocabulary} == {"4/4", "7/8"}


@pytest.mark.parametrize("take", [take_of(ROCK, bars=4), loosely(ROCK, 40), loosely(FILL, 3)])
def test_every_trait_is_in_the_vocabulary_and_within_its_range(take: Take) -> None:
    for name, (value, count) in measure(take).traits.items():
        kind = trait_kind(name)
        assert kind.low <= value <= kind.high, name
        assert count > 0


def test_the_plain_form_is_json_and_its_bars_are_the_vocabulary() -> None:
    found = measure(loosely(ROCK, 8))
    plain = json.loads(json.dumps(found.to_json()))
    assert (plain["metre"], plain["bar_count"], plain["hit_count"]) == ("4/4", 8, 128)
    assert [Bar.from_json(bar).grid for bar in plain["bars"]] == [b.grid for b in found.vocabulary]
    assert plain["kit"] == {"kick": 0.25, "snare": 0.25, "hat_closed": 0.5}
    assert plain["traits"]["ghost_share"] == [0.5, 32]
    assert len(plain["velocities"]) == 16


def test_a_take_shifted_by_whole_bars_measures_the_same() -> None:
    take = loosely(ROCK, 16)
    one, other = measure(take), measure(shifted(take, 2 * 1920))
    assert {n: c for n, (_, c) in other.traits.items()} == {
        n: c for n, (_, c) in one.traits.items()
    }
    assert {n: v for n, (v, _) in other.traits.items()} == pytest.approx(traits_of(take))
    assert [b.strokes for b in other.vocabulary] == [b.strokes for b in one.vocabulary]


def test_a_take_that_went_through_a_file_measures_what_was_played() -> None:
    from mididrumigen.midi import read_midi

    take = read_midi(midi_file_of(loosely(ROCK, 32), 33))
    traits = traits_of(take)
    assert traits["ghost_share"] == pytest.approx(0.5)
    assert traits["swing_8ths"] == pytest.approx(50, abs=0.5)
    assert traits["timing_sd_ms"] == pytest.approx(6, rel=0.12)

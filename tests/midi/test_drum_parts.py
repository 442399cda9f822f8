"""Which notes are drums, and which are not."""

from collections.abc import Callable
from random import Random

import pytest

from mididrumigen.drums import Voice
from mididrumigen.midi.drum_parts import drum_part
from mididrumigen.midi.parse import parse
from mididrumigen.midi.song import Song, Track
from tests.midi.parts import (
    Event,
    Stroke,
    arpeggios,
    bass_line,
    body,
    chords,
    midi,
    named,
    octave_bass,
    played,
    steel_drums,
    walking_bass,
)
from tests.takes import ROCK, take_of

BARS = 16
SEEDS = range(8)
_PITCH = {
    Voice.KICK: 36,
    Voice.SNARE: 38,
    Voice.HAT_CLOSED: 42,
    Voice.RIDE: 51,
    Voice.CRASH: 49,
    Voice.TOM_LOW: 45,
}


def kit(seed: int, by_hand_ms: float = 0.0) -> list[Stroke]:
    """Sixteen bars of a drummer with a kick of his own, hats or ride, crashes and toms."""
    rng = Random(seed)
    kick = "X" + "".join(rng.choice("X-x--") for _ in range(15))
    rows = {**ROCK, Voice.KICK: kick, Voice.CRASH: "X" + "-" * 15}
    rows[Voice.TOM_LOW] = "-" * 14 + "xx"
    if seed % 2:
        rows[Voice.RIDE] = rows.pop(Voice.HAT_CLOSED)
    take = take_of(
        rows, bars=BARS, late_ms=lambda step, voice, rng: rng.gauss(0, by_hand_ms), seed=seed
    )
    return [(hit.tick, _PITCH[hit.voice], hit.velocity) for hit in take.hits]


def band(seed: int) -> list[tuple[str, int, list[Stroke]]]:
    """(name, channel, what is played) of the others."""
    rng = Random(seed)
    return [
        ("Bass", 1, rng.choice((bass_line, walking_bass))(BARS, rng)),
        ("Piano", 0, chords(BARS, rng)),
        ("Harp", 3, arpeggios(BARS, rng)),
    ]


def backing(seed: int, *, is_named: bool = True) -> list[bytes]:
    """The tracks of the others."""
    return [
        body([*(named(name) if is_named else []), *played(strokes, channel)])
        for name, channel, strokes in band(seed)
    ]


def found(data: bytes) -> tuple[Stroke, ...]:
    return drum_part(parse(data)).struck


def precision_and_recall(data: bytes, drums: list[Stroke]) -> tuple[float, float]:
    """Shares of what is found that is drums, and of the drums that are found."""
    struck, wanted = found(data), set(drums)
    right = len(wanted & set(struck))
    return (right / len(struck) if struck else 0.0), right / len(wanted)


def merged(seed: int, channel: int) -> bytes:
    """All in one track."""
    events: list[Event] = played(kit(seed), channel)
    for _, other, strokes in band(seed):
        events += played(strokes, other)
    return midi(body(events), kind=0)


def two_tracks(seed: int) -> bytes:
    """Hands and feet on channel 10 in two tracks."""
    feet = [stroke for stroke in kit(seed) if stroke[1] == 36]
    hands = [stroke for stroke in kit(seed) if stroke[1] != 36]
    others = backing(seed)
    return midi(others[0], body(played(feet, 9)), *others[1:], body(played(hands, 9)))


def renamed(seed: int) -> bytes:
    """On channel 5, under a name that says what it is."""
    name = ("Drums", "DRUM KIT", "Schlagzeug", "Batterie", "percussion", "Kit 1")[seed % 6]
    return midi(*backing(seed), body([*named(name), *played(kit(seed), 4)]))


def wrong_channel(seed: int) -> bytes:
    """On channel 5, under no name, among others with and without names."""
    return midi(*backing(seed, is_named=bool(seed % 2)), body(played(kit(seed), 4)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "arrangement",
    [lambda seed: merged(seed, 9), two_tracks, renamed, wrong_channel, lambda s: merged(s, 4)],
    ids=["type-0 merge", "two tracks", "renamed", "wrong channel", "wrong channel in a merge"],
)
def test_all_drums_of_a_band_are_found_and_nothing_else(
    arrangement: Callable[[int], bytes], seed: int
) -> None:
    precision, recall = precision_and_recall(arrangement(seed), kit(seed))
    assert (precision, recall) == (1.0, 1.0)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["Drums", ""])
def test_drums_that_are_played_by_hand_are_found_off_channel_10(name: str, seed: int) -> None:
    # No two strokes of a hand and a foot fall on the same tick.
    drums = kit(seed, by_hand_ms=8)
    data = midi(*backing(seed), body([*named(name), *played(drums, 4)]))
    assert precision_and_recall(data, drums) == (1.0, 1.0)


@pytest.mark.parametrize(
    "music", [bass_line, octave_bass, walking_bass, chords, arpeggios, steel_drums]
)
def test_what_is_no_drums_is_not_taken_for_drums(
    music: Callable[[int, Random], list[Stroke]],
) -> None:
    taken = [
        seed
        for seed in range(40)
        if found(midi(body([*named(""), *played(music(BARS, Random(seed)), 0)])))
    ]
    assert taken == []


@pytest.mark.parametrize("lowest", range(24, 72, 6))
@pytest.mark.parametrize("music", [chords, arpeggios])
def test_a_piano_is_no_drum_kit_wherever_its_hands_lie(
    music: Callable[[int, Random, int], list[Stroke]], lowest: int
) -> None:
    assert not any(
        found(midi(body(played(music(BARS, Random(seed), lowest), 0)))) for seed in range(10)
    )


@pytest.mark.parametrize("music", [steel_drums, chords])
def test_steel_drums_are_no_drums_whatever_their_track_is_called(
    music: Callable[[int, Random], list[Stroke]],
) -> None:
    for name in ("Steel Drums", "STEELDRUM", "Steel drum 2"):
        assert not found(midi(body([*named(name), *played(music(BARS, Random(1)), 0)])))


@pytest.mark.parametrize(
    "name",
    [
        *("Piano", "Kitchen", "Tomorrow", "Custom synth", "Phantom"),
        *("Bottom line", "Supercool", "Schlager"),
    ],
)
def test_a_word_in_which_a_drum_hides_makes_no_drums(name: str) -> None:
    assert not found(midi(body([*named(name), *played(chords(BARS, Random(1)), 0)])))


@pytest.mark.parametrize("title", ["The Little Drummer Boy", "Beat It", "Percussive Organ"])
def test_a_title_with_drums_in_it_does_not_make_drums_of_a_piano(title: str) -> None:
    assert not found(midi(body([*named(title), *played(chords(BARS, Random(1)), 0)]), kind=0))


def test_the_bass_of_a_type_0_file_whose_title_says_drums_is_left_out() -> None:
    events = [*named("Drum demo"), *played(kit(1), 9), *played(walking_bass(BARS, Random(1)), 1)]
    assert found(midi(body(events), kind=0)) == tuple(sorted(kit(1)))


def test_kit_and_percussion_on_channel_10_are_drums_together() -> None:
    shaker = [(i * 240, 70, 50 + i % 9) for i in range(8 * BARS)]
    data = midi(*backing(1), body(played(kit(1), 9)), body(played(shaker, 9)))
    assert found(data) == tuple(sorted([*kit(1), *shaker]))
    assert drum_part(parse(data)).notes == ()


def test_a_named_kit_beside_percussion_on_channel_10_is_taken_in_and_said() -> None:
    shaker = [(i * 240, 70, 50 + i % 9) for i in range(8 * BARS)]
    data = midi(*backing(1), body(played(shaker, 9)), body([*named("Drums"), *played(kit(1), 4)]))
    part = drum_part(parse(data))
    assert part.struck == tuple(sorted([*kit(1), *shaker]))
    assert part.notes == ("tracks named like drums off channel 10 are taken in",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (renamed(1), "not on channel 10: found by the name of the track"),
        (wrong_channel(1), "not on channel 10: found by what is played"),
    ],
    ids=["by name", "by playing"],
)
def test_drums_off_channel_10_are_said(data: bytes, words: str) -> None:
    assert drum_part(parse(data)).notes == (words,)


def test_ends_of_notes_are_no_strokes() -> None:
    track = Track(notes=[(0, 9, 36, 100), (30, 9, 36, 0), (60, 9, 38, 90), (90, 9, 38, 0)])
    assert drum_part(Song(0, 480, [track])).struck == ((0, 36, 100), (60, 38, 90))


def test_strokes_of_several_tracks_come_in_order_of_time() -> None:
    late = Track(notes=[(tick, 9, 38, 90) for tick in range(1000, 1009)])
    early = Track(notes=[(tick, 9, 36, 90) for tick in range(5)])
    struck = drum_part(Song(1, 480, [late, early])).struck
    assert list(struck) == sorted(struck)
    assert len(struck) == 14


def test_a_song_without_notes_has_no_drums() -> None:
    assert drum_part(Song(1, 480, [Track(names=["Drums"])])).struck == ()

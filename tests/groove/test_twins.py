"""Two versions of one song are told from two songs that are alike."""

from dataclasses import replace
from random import Random

import pytest

from mididrumigen.drums import Voice
from mididrumigen.groove import measure
from mididrumigen.groove.twins import Songs, is_same_song, sameness
from mididrumigen.models import Hit, Take
from tests.takes import ROCK, take_of

BAR = 1920


def song(seed: int, bars: int = 40, different: int = 10) -> Take:
    """A quantised song of so many bars; each seed has its own."""
    rng = Random(seed)
    kinds = [
        {**ROCK, Voice.KICK: "".join(rng.choice("X---") for _ in range(16))}
        for _ in range(different)
    ]
    hits: list[Hit] = []
    for bar in range(bars):
        one = take_of(kinds[rng.randrange(different)], bars=1)
        hits += [replace(hit, tick=hit.tick + bar * BAR) for hit in one.hits]
    return replace(take_of(ROCK, bars=1), hits=tuple(sorted(hits)))


def prints(take: Take) -> str:
    """The prints of a take."""
    return measure(take).prints


def test_another_typist_plays_the_same_song_louder_and_a_little_late() -> None:
    rng = Random(1)
    one = song(1)
    other = replace(
        one,
        hits=tuple(
            sorted(
                replace(hit, tick=max(hit.tick + rng.randrange(-9, 9), 0), velocity=77)
                for hit in one.hits
            )
        ),
    )
    assert prints(one) == prints(other)
    assert is_same_song(prints(one), prints(other))


def test_a_version_with_another_intro_and_a_few_bars_changed_is_the_same_song() -> None:
    text = prints(song(1))
    other = prints(song(2))
    assert is_same_song(text, other[:16] + text[8:])
    assert not is_same_song(text, other[:80] + text[80:])


@pytest.mark.parametrize("seed", range(2, 12))
def test_another_song_is_another(seed: int) -> None:
    assert not is_same_song(prints(song(1)), prints(song(seed)))


def test_the_same_bars_in_another_order_are_another_song() -> None:
    text = prints(song(1))
    bars = sorted(text[at : at + 4] for at in range(0, len(text), 4))
    assert not is_same_song(text, "".join(bars))


def test_songs_of_few_plain_bars_are_alike_without_being_one() -> None:
    plain = prints(take_of(ROCK, bars=32))
    assert len(plain) == 32 * 4
    assert not is_same_song(plain, plain)
    assert sameness(plain) == 1.0
    assert sameness("") == 0.0


def test_the_song_that_was_there_first_is_named() -> None:
    songs = Songs()
    for seed in range(30):
        songs.add(f"song {seed}", prints(song(seed)))
    assert songs.twin(prints(song(17))) == "song 17"
    assert songs.twin(prints(song(99))) is None
    assert songs.twin("") is None


def test_a_take_of_one_copied_bar_counts_for_less_and_a_played_one_does_not() -> None:
    copied = measure(take_of(ROCK, bars=16))
    assert copied.weight == 0.3
    assert any("copied" in note for note in copied.notes)
    assert copied.to_json()["weight"] == 0.3
    played = measure(take_of(ROCK, bars=16, late_ms=lambda step, voice, rng: rng.gauss(0, 9)))
    assert played.weight == 1.0
    assert measure(take_of(ROCK, bars=6)).weight == 1.0
    assert measure(song(1)).weight == 1.0

"""Which bars, in which order."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from mididrumigen.drums import Voice
from mididrumigen.engine.choose import Lexicon, pick, song_of
from mididrumigen.models import COMMON_TIME, StyleProfile
from tests.engine.conftest import noted_profile
from tests.engine.played import bar_of, measured_ride

BOSSA, ROCK = noted_profile("bossa nova"), noted_profile("rock")


def test_a_phrase_is_of_one_song_and_of_the_asked_length(measured: StyleProfile) -> None:
    for profile in (measured, measured_ride()):
        lexicon = Lexicon(profile, COMMON_TIME, 100, 50)
        for seed in range(20):
            rng = Random(seed)
            phrase = lexicon.phrase(lexicon.song(rng), 7, rng)
            assert len(phrase) == 7
            assert len({(song_of(bar), bar.steps_per_quarter) for bar in phrase}) == 1


def test_a_noted_pattern_of_two_bars_goes_on_as_it_was_written() -> None:
    lexicon = Lexicon(BOSSA, COMMON_TIME, 120, 50)
    for seed in range(20):
        rng = Random(seed)
        phrase = lexicon.phrase(lexicon.song(rng), 6, rng)
        assert phrase[0] == phrase[2] == phrase[4]
        assert phrase[1] == phrase[3] == phrase[5]
        assert len({bar.name for bar in phrase}) == 1


def test_a_noted_pattern_begins_with_its_first_bar() -> None:
    lexicon = Lexicon(BOSSA, COMMON_TIME, 120, 50)
    firsts = {bar.name: bar for bar in reversed(lexicon.grooves)}
    for seed in range(20):
        rng = Random(seed)
        begun = lexicon.phrase(lexicon.song(rng), 1, rng)[0]
        assert begun == firsts[begun.name]


def test_a_phrase_starts_on_a_downbeat_where_the_artist_has_one() -> None:
    on = bar_of({Voice.KICK: "X-------X-------"}, song="take", weight=0.01)
    off = bar_of({Voice.KICK: "--X-------X-----"}, song="take", weight=5)
    feels = {"take": {"tempo_bpm": 100.0}}
    both = Lexicon(replace(ROCK, grooves=(off, on), feels=feels), COMMON_TIME, 100, 50)
    never = Lexicon(replace(ROCK, grooves=(off,), feels=feels), COMMON_TIME, 100, 50)
    for seed in range(20):
        rng = Random(seed)
        assert both.phrase(both.song(rng), 4, rng)[0] == on
        assert never.phrase(never.song(rng), 2, rng) == [off, off]


def test_a_fragment_without_any_downbeat_starts_no_phrase_where_there_are_other_takes() -> None:
    whole = bar_of({Voice.KICK: "X-------X-------"}, song="take", weight=0.01)
    fragment = bar_of({Voice.KICK: "--X-------X-----"}, song="scrap", weight=5)
    feels = {"take": {"tempo_bpm": 100.0}, "scrap": {"tempo_bpm": 100.0}}
    lexicon = Lexicon(replace(ROCK, grooves=(fragment, whole), feels=feels), COMMON_TIME, 100, 50)
    assert {lexicon.song(Random(seed)) for seed in range(20)} == {"take|4|"}


def test_songs_near_the_asked_tempo_are_taken_more_often(measured: StyleProfile) -> None:
    tempos = (60, 90, 130, 200)
    feels = {
        f"take{i}": {**measured.feels[f"take{i}"], "tempo_bpm": float(tempo)}
        for i, tempo in enumerate(tempos)
    }
    for index, tempo in enumerate(tempos):
        lexicon = Lexicon(replace(measured, feels=feels), COMMON_TIME, tempo, 50)
        songs = Counter(lexicon.song(Random(seed)).partition("|")[0] for seed in range(200))
        assert songs.most_common(1)[0][0] == f"take{index}"


@pytest.mark.parametrize("profile", [ROCK, measured_ride()], ids=["noted", "measured"])
def test_complexity_tilts_the_choice_to_busy_bars(profile: StyleProfile) -> None:
    def strokes(complexity: float) -> int:
        lexicon = Lexicon(profile, COMMON_TIME, 100, complexity)
        total = 0
        for seed in range(40):
            rng = Random(seed)
            total += sum(len(b.strokes) for b in lexicon.phrase(lexicon.song(rng), 2, rng))
        return total

    assert strokes(0) < strokes(50) < strokes(100)


def test_relatives_are_other_bars_on_the_same_grid() -> None:
    for profile in (ROCK, noted_profile("John Bonham"), measured_ride()):
        lexicon = Lexicon(profile, COMMON_TIME, 100, 50)
        for bar in lexicon.grooves:
            for other in lexicon.relatives(bar):
                assert other.grid != bar.grid
                assert other.steps_per_quarter == bar.steps_per_quarter


def test_one_is_picked_by_its_weight() -> None:
    counts = Counter(pick("abc", [1, 3, 0], Random(seed)) for seed in range(1000))
    assert counts["c"] == 0
    assert counts["b"] / counts["a"] == pytest.approx(3, rel=0.25)

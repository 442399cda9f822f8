"""The user's own clip."""

from pathlib import Path

import pytest

from mididrumigen.app.clips import clip_of_file, clip_of_notes, clip_of_take
from mididrumigen.drums import Voice
from mididrumigen.errors import InputError, MidiError
from mididrumigen.midi import MAPS, midi_bytes
from mididrumigen.models import COMMON_TIME, Hit, Metre, Pattern, Take
from tests.takes import ROCK, midi_file_of, take_of


def take(
    hits: tuple[Hit, ...],
    *,
    tempos: tuple[tuple[int, float], ...] = ((0, 100.0),),
    metres: tuple[tuple[int, Metre], ...] = ((0, COMMON_TIME),),
) -> Take:
    return Take(hits, tempos, metres, "gm")


def test_a_file_is_a_clip_up_to_the_bar_of_its_last_stroke(tmp_path: Path) -> None:
    path = tmp_path / "beat.mid"
    path.write_bytes(midi_file_of(take_of(ROCK, bars=3, tempo_bpm=96), 3))
    clip = clip_of_file(path)
    assert (clip.title, clip.bars, clip.metre) == ("beat", 3, COMMON_TIME)
    assert clip.tempo_bpm == pytest.approx(96, abs=0.01)
    assert len(clip.hits) == len(take_of(ROCK, bars=3).hits)
    assert clip.notices == ()


def test_what_was_generated_can_be_a_clip(tmp_path: Path) -> None:
    hits = (Hit(-10, Voice.KICK, 99), Hit(1900, Voice.SNARE, 80), Hit(1915, Voice.KICK, 90))
    pattern = Pattern(hits, 1, COMMON_TIME, 120.0, 1, 1, "Nova Kane")
    path = tmp_path / "made.mid"
    path.write_bytes(midi_bytes(pattern))
    # The last stroke leads to a second bar.
    assert clip_of_file(path).bars == 2


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (take((Hit(0, Voice.KICK, 9),), metres=((0, Metre(17, 16)),)), "x is in 17/16"),
        (
            take((Hit(0, Voice.KICK, 9),), metres=((0, COMMON_TIME), (3840, Metre(3, 4)))),
            "changes its time signature in bar 3",
        ),
        (take((Hit(0, Voice.KICK, 9),), tempos=((0, 400.0),)), "x is at 400 BPM"),
    ],
)
def test_what_cannot_be_played_is_a_sentence(made: Take, says: str) -> None:
    with pytest.raises(InputError) as refused:
        clip_of_take(made, "x")
    assert says in str(refused.value)


def test_what_is_no_midi_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.mid").write_bytes(b"no music")
    with pytest.raises(MidiError):
        clip_of_file(tmp_path / "x.mid")


def test_a_change_of_tempo_and_more_than_32_bars_are_told() -> None:
    long = take(
        tuple(Hit(1920 * bar, Voice.KICK, 90) for bar in range(40)),
        tempos=((0, 100.0), (1920, 104.0)),
    )
    clip = clip_of_take(long, "song")
    assert (clip.bars, len(clip.hits), clip.tempo_bpm) == (32, 32, 100.0)
    assert "song has 40 bars; the first 32 are played" in clip.notices
    assert any("changes its tempo" in notice for notice in clip.notices)


def test_the_notes_of_a_daw_are_a_clip_as_long_as_it_says() -> None:
    notes = [(36, 0.0, 0.25, 100.0), (38, 3.5, 0.25, 90.4), (10, 1.0, 0.25, 90.0)]
    clip = clip_of_notes(notes, title="clip 3", metre=Metre(7, 8), tempo_bpm=140, length_beats=14)
    assert (clip.bars, clip.metre, clip.tempo_bpm) == (4, Metre(7, 8), 140)
    assert clip.hits == (Hit(0, Voice.KICK, 100), Hit(1680, Voice.SNARE, 90))
    assert clip.notices == ("1 notes outside the drums of General MIDI are left out",)
    with pytest.raises(InputError, match="no drums in clip 4"):
        clip_of_notes([(10, 0.0, 1.0, 90.0)], title="clip 4")


def test_the_notes_of_a_daw_mean_what_their_drum_map_says() -> None:
    notes = [(36, 0.0, 0.25, 100.0), (49, 0.0, 0.25, 80.0), (37, 1.0, 0.25, 90.0)]
    [addictive] = [m for m in MAPS if m.name == "addictive2"]
    clip = clip_of_notes(notes, title="clip", drum_map=addictive)
    assert {hit.voice for hit in clip.hits} == {Voice.KICK, Voice.HAT_CLOSED, Voice.SNARE}
    assert clip.notices == ()

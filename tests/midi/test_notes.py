"""Hits to notes: lengths, no overlap, nothing outside the pattern."""

from itertools import groupby, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.midi import GM, MAPS, DrumMap, clip_notes, to_notes
from mididrumigen.models import METRES, Hit, Metre, Note, Pattern

FEW_VOICES = (Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED)
ONE_NOTE = DrumMap("one", "One pad", dict.fromkeys(FEW_VOICES, 60))


def bar_of(*hits: tuple[int, Voice, int]) -> Pattern:
    """One bar of 4/4, 1920 ticks, with these hits."""
    return Pattern(tuple(Hit(*h) for h in hits), 1, Metre(4, 4), 120.0, 1, 1, "Test")


def test_a_note_lasts_a_sixteenth_and_sits_on_the_general_midi_note() -> None:
    pattern = bar_of((480, Voice.SNARE, 90), (0, Voice.KICK, 100), (0, Voice.HAT_OPEN, 70))
    assert to_notes(pattern) == (
        Note(0, 36, 100, 120),
        Note(0, 46, 70, 120),
        Note(480, 38, 90, 120),
    )


def test_a_note_ends_where_the_next_of_its_pitch_begins() -> None:
    pattern = bar_of((0, Voice.SNARE, 90), (50, Voice.SNARE, 60), (55, Voice.KICK, 99))
    assert to_notes(pattern) == (Note(0, 38, 90, 50), Note(50, 38, 60, 120), Note(55, 36, 99, 120))


def test_of_two_hits_closer_than_30_ticks_the_louder_velocity_stays() -> None:
    assert to_notes(bar_of((100, Voice.KICK, 40), (129, Voice.KICK, 80))) == (
        Note(100, 36, 80, 120),
    )
    assert to_notes(bar_of((100, Voice.KICK, 80), (129, Voice.KICK, 40))) == (
        Note(100, 36, 80, 120),
    )
    assert len(to_notes(bar_of((100, Voice.KICK, 40), (130, Voice.KICK, 80)))) == 2


def test_voices_on_one_note_are_one_line_of_it() -> None:
    pattern = bar_of((0, Voice.CRASH, 90), (0, Voice.SPLASH, 99), (60, Voice.CHINA, 70))
    [folded] = [m for m in MAPS if m.name == "ableton16"]
    assert to_notes(pattern, folded) == (Note(0, 49, 99, 60), Note(60, 49, 70, 120))
    assert len(to_notes(pattern, GM)) == 3


def test_what_nothing_of_a_kit_can_play_is_left_out() -> None:
    pattern = bar_of((0, Voice.WHISTLE_LONG, 90), (0, Voice.KICK, 99))
    assert to_notes(pattern, ONE_NOTE) == (Note(0, 60, 99, 120),)


def test_hits_outside_are_pulled_inside_and_not_lost() -> None:
    pattern = bar_of((-17, Voice.KICK, 90), (1919, Voice.SNARE, 80), (2500, Voice.RIDE, 70))
    assert to_notes(pattern) == (
        Note(0, 36, 90, 120),
        Note(1890, 38, 80, 30),
        Note(1890, 51, 70, 30),
    )


def test_a_pattern_without_hits_has_no_notes() -> None:
    assert to_notes(bar_of()) == ()


def test_clip_rows_count_in_quarter_notes() -> None:
    notes = (Note(0, 36, 100, 120), Note(160, 38, 90, 30), Note(1890, 42, 1, 30))
    assert clip_notes(notes) == [
        (36, 0.0, 0.25, 100),
        (38, 0.33333, 0.0625, 90),
        (42, 3.9375, 0.0625, 1),
    ]


@settings(max_examples=150, deadline=None)
@given(
    metre=st.sampled_from(METRES),
    bars=st.integers(1, 2),
    hits=st.lists(
        st.builds(
            Hit,
            st.integers(-200, 7000),
            st.sampled_from(FEW_VOICES) | st.sampled_from(Voice),
            st.integers(1, 127),
        ),
        max_size=80,
    ),
    drum_map=st.sampled_from((*MAPS, ONE_NOTE)),
)
def test_no_two_notes_of_one_pitch_overlap_and_none_leaves_the_pattern(
    metre: Metre, bars: int, hits: list[Hit], drum_map: DrumMap
) -> None:
    length = bars * metre.beats * 1920 // metre.unit
    notes = to_notes(Pattern(tuple(hits), bars, metre, 120.0, 1, 1, "Test"), drum_map)
    assert list(notes) == sorted(notes, key=lambda n: (n.tick, n.pitch))
    assert all(n.tick >= 0 and n.tick + n.duration_ticks <= length for n in notes)
    assert all(30 <= n.duration_ticks <= 120 for n in notes)
    by_pitch = sorted(notes, key=lambda n: (n.pitch, n.tick))
    for _, group in groupby(by_pitch, key=lambda n: n.pitch):
        line = list(group)
        for first, second in pairwise(line):
            assert first.tick + first.duration_ticks <= second.tick
    # Each hit is heard: a note of its pitch, at least as loud, starts less than 30 ticks away.
    for hit in hits:
        player = drum_map.plays(hit.voice)
        if player is None:
            continue
        inside = min(max(hit.tick, 0), length - 30)
        assert any(
            n.pitch == drum_map.notes[player]
            and abs(n.tick - inside) < 30
            and n.velocity >= hit.velocity
            for n in notes
        )

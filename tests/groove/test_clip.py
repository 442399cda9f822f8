"""A clip as bars, without losing a stroke."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mididrumigen.drums import Voice
from mididrumigen.errors import InputError
from mididrumigen.groove.clip import clip_bars
from mididrumigen.models import COMMON_TIME, Clip, Hit, Metre

VOICES = (Voice.KICK, Voice.SNARE, Voice.HAT_CLOSED, Voice.TOM_LOW)
HITS = st.sets(
    st.builds(Hit, st.integers(0, 4 * 1920 - 1), st.sampled_from(VOICES), st.integers(1, 127)),
    min_size=1,
    max_size=60,
)


def clip_of(hits: set[Hit], bars: int = 4, metre: Metre = COMMON_TIME) -> Clip:
    return Clip("a clip", tuple(sorted(hits)), bars, metre, 100.0)


@given(HITS)
def test_every_stroke_is_held_by_a_bar_or_beside_one(hits: set[Hit]) -> None:
    assume(min(hits).tick < 4 * 1920 - 120)
    found = clip_bars(clip_of(hits))
    assert len(found.bars) == 4
    assert sum(len(bar.strokes) for bar in found.bars) + len(found.besides) == len(hits)
    counts = {voice: 0 for voice in VOICES}
    for bar in found.bars:
        for stroke in bar.strokes:
            counts[stroke.voice] += 1
    assert all(0 <= beside.nth < counts[beside.beside] for beside in found.besides)


def test_a_roll_between_the_steps_stays_where_it_is_beside_its_strokes() -> None:
    roll = {Hit(tick, Voice.SNARE, 80) for tick in range(960, 1440, 40)}  # 12 in a quarter
    beat = {Hit(tick, Voice.HAT_CLOSED, 90) for tick in range(0, 1920, 240)}
    found = clip_bars(clip_of(roll | beat, bars=1))
    [bar] = found.bars
    held = [s for s in bar.strokes if s.voice is Voice.SNARE]
    beside = [b for b in found.besides if b.voice is Voice.SNARE]
    assert len(held) + len(beside) == 12
    assert all(b.beside is Voice.SNARE and b.loudness == 1 for b in beside)
    assert all(0 < abs(b.after_ticks) <= 80 for b in beside)


def test_strokes_that_all_lead_to_a_bar_after_the_last_are_no_clip() -> None:
    with pytest.raises(InputError, match="no drums in the bars of a clip"):
        clip_bars(clip_of({Hit(4 * 1920 - 10, Voice.KICK, 100)}))


def test_empty_bars_keep_their_place() -> None:
    hits = {Hit(2 * 1920 + tick, Voice.KICK, 100) for tick in range(0, 1920, 480)}
    bars = clip_bars(clip_of(hits)).bars
    assert [len(bar.strokes) for bar in bars] == [0, 0, 4, 0]

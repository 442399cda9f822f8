"""Where the bars of a take are: as its file states them, or as the playing shows.

Conventions: a beat is a quarter note, 480 ticks. A take whose hits agree with its stated bars stays
the very same. Where it is mended, the distance in time between any two hits stays (to half a tick);
silence before the first hit may grow or shrink, so that the music may begin with an upbeat and no
tick is negative. Confidence is the chance that the bars are right, measured on the Groove MIDI
Dataset by tests/benchmarks/bars.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from mididrumigen.groove.bar_lines import (
    SNARE,
    choices_of,
    confidence_of,
    is_in_threes,
    kind,
    line_score,
    read_beats,
    tightness,
)
from mididrumigen.groove.bars import playable_metre
from mididrumigen.groove.clock import counted_anew, mean_tempo, moved, shift_to
from mididrumigen.groove.no_click import ENOUGH_HITS, STAY_SHORT, beats_played
from mididrumigen.models import COMMON_TIME, TICKS_PER_QUARTER, Metre, Take

_MIN_HITS = 12
"""Fewer hits tell nothing of beats or bars."""
_SUPPORTED, _SUPPORTED_SHORT, _SHORT = 0.45, 0.62, 200
"""Hits that gather more narrowly than this on a grid were played to it (fewer than 200 do so by
chance more often): 92 % of the takes in 4/4 of drummers 1, 3 and 5, but 1 % with their tempo stated
a tenth too fast. The others are looked at twice.
"""
_STAY_LINE, _STAY_COUNT = 2.2, 6.0
"""Log odds by which another bar line and another count must be better than the stated ones."""
_RARE_SLOW_BPM, _RARE_FAST_BPM = 58.0, 300.0
"""Slower and faster tempos are seldom meant: another count need be no better than another line."""
_FEW_BARS = 3.5
"""Takes shorter than this tell too little to move their bars."""
_STATED, _STATED_LOOSE, _THREES = 0.9, 0.5, 0.6
"""Confidence in a metre other than 4/4 that is stated, with hits on its grid or off it, and in one
found by its likeness.
"""
_STEP = TICKS_PER_QUARTER // 4


@dataclass(frozen=True, slots=True)
class BarsFound:
    """A take whose bar lines really are bar lines."""

    take: Take
    confidence: float
    """0-1: that its bars are right."""
    notes: tuple[str, ...]
    """What was mended, in words; empty when nothing was."""


def set_bars(take: Take) -> BarsFound:
    """The take with its hits re-placed so that bars begin where the playing says; unchanged where
    they do already.
    """
    if len(take.hits) < _MIN_HITS:
        mended, notes = _with_playable_metre(take)
        return BarsFound(mended, 0.5, notes)
    kinds = [kind(hit.voice, hit.velocity) for hit in take.hits]
    is_supported = _supported([hit.tick / TICKS_PER_QUARTER for hit in take.hits])
    take, notes = _with_playable_metre(take)
    if len(take.metres) > 1 or take.metres[0][1] != COMMON_TIME:
        return BarsFound(take, _STATED if is_supported else _STATED_LOOSE, notes)
    if not is_supported:
        found = beats_played(take, kinds)
        if found:
            mended, confidence = found
            note = "played without a click: the beat was found from the playing"
            notes = (*notes, f"{note} (confidence {confidence:.2f})")
            return _in_threes(mended, notes) or BarsFound(mended, confidence, notes)
    return _in_threes(take, notes) or _on_the_stated_grid(take, kinds, notes)


def _supported(positions: Sequence[float]) -> bool:
    """True where hits gather on eighths, triplets or 16ths of the stated beat."""
    sample = positions[:: max(1, len(positions) // 2000)]
    need = _SUPPORTED if len(sample) >= _SHORT else _SUPPORTED_SHORT
    return max(tightness(sample, parts) for parts in (2, 3, 4)) >= need


def _with_playable_metre(take: Take) -> tuple[Take, tuple[str, ...]]:
    """The take without metres that no bar is played in, such as 1/4 or 64/128."""
    if all(playable_metre(metre) for _, metre in take.metres):
        return take, ()
    wrong = next(metre for _, metre in take.metres if not playable_metre(metre))
    kept = tuple((tick, metre) for tick, metre in take.metres if playable_metre(metre))
    pickup = take.metres[0][1] == wrong and len(kept) == len(take.metres) - 1 and kept
    if pickup and take.metres[1][0] <= 2 * COMMON_TIME.ticks:
        # A short bar before the music is an upbeat: it becomes the end of a whole bar.
        bar = kept[0][1].ticks
        shift = -kept[0][0] % bar
        metres = ((0, kept[0][1]), *((tick + shift, metre) for tick, metre in kept[1:]))
        note = f"its first bar of {wrong} is read as an upbeat"
        return replace(moved(take, shift), metres=metres), (note,)
    note = f"its time signature {wrong} is none that is played: taken for 4/4"
    return replace(take, metres=((0, COMMON_TIME),)), (note,)


def _on_the_stated_grid(take: Take, kinds: Sequence[int], notes: tuple[str, ...]) -> BarsFound:
    """Bars of a take that keeps its beats, or counts them double or half."""
    positions = [hit.tick / TICKS_PER_QUARTER for hit in take.hits[:ENOUGH_HITS]]
    kinds = kinds[:ENOUGH_HITS]
    tempo = mean_tempo(take)
    stated = read_beats(positions, kinds, tempo)
    choices = choices_of(positions, kinds, tempo, (1.0, 2.0, 0.5), stated)
    home = choices[0]
    lines = [c for c in choices if c.ratio == 1]
    line_found = max(lines, key=lambda c: c.score)
    count = max(choices, key=lambda c: c.score)
    usual = _RARE_SLOW_BPM <= tempo <= _RARE_FAST_BPM
    stay = _STAY_COUNT if usual else _STAY_LINE
    stay += STAY_SHORT / stated.bars
    if count.ratio != 1 and count.score > line_found.score + stay:
        how = "twice as long" if count.ratio == 2 else "half as long"
        counted = counted_anew(take, count.ratio)
        counted = moved(counted, shift_to(counted, count.line * _STEP, COMMON_TIME.ticks))
        note = f"its beats were written {how} as they are felt: counted anew"
        return BarsFound(counted, confidence_of(count, choices), (*notes, note))
    if stated.bars >= _FEW_BARS and line_found.score > home.score + _STAY_LINE:
        shift = shift_to(take, line_found.line * _STEP, COMMON_TIME.ticks)
        note = f"its bars began {_length(line_found.line)} off: moved"
        confidence = confidence_of(line_found, lines)
        return BarsFound(moved(take, shift), confidence, (*notes, note))
    return BarsFound(
        take, confidence_of(replace(home, score=home.score + _STAY_LINE), lines), notes
    )


def _in_threes(take: Take, notes: tuple[str, ...]) -> BarsFound | None:
    """The take in 3/4 or 6/8 where bars of three quarters are clearly more alike than of four; None
    where they are not.
    """
    hits = take.hits[:ENOUGH_HITS]
    positions = [hit.tick / TICKS_PER_QUARTER for hit in hits]
    kinds = [kind(hit.voice, hit.velocity) for hit in hits]
    reading = read_beats(positions, kinds, mean_tempo(take), beats=3)
    if not is_in_threes(reading):
        return None
    line = max(range(0, 12, 2), key=lambda step: line_score(reading, step))
    halves = [reading.rates[SNARE][(line + step) % 12] for step in (4, 6, 8)]
    # A backbeat in the middle halves the bar.
    metre = Metre(6, 8) if halves[1] > 2 * max(halves[0], halves[2]) else Metre(3, 4)
    mended = moved(take, shift_to(take, line * _STEP, metre.ticks))
    note = f"its bars are {metre}, not {COMMON_TIME}: mended"
    return BarsFound(replace(mended, metres=((0, metre),)), _THREES, (*notes, note))


def _length(line: int) -> str:
    """How far off bars were that truly begin at this step, in words."""
    eighths = line // 2
    if eighths % 2:
        return f"{eighths} eighths" if eighths > 1 else "an eighth"
    return f"{eighths // 2} beats" if eighths > 2 else "a beat"

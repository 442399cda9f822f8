"""Somebody's own clip as bars, without losing a stroke.

Conventions: a bar of vocabulary has one stroke a voice and step, but a clip is to come back whole.
What a bar cannot hold (the grace strokes of a flam, a roll of 32nds) is kept beside it, each stroke
by how far it is from the nearest one that the bars hold, of its own voice where there is one.
"""

from bisect import bisect_left
from dataclasses import dataclass

from mididrumigen.drums import Voice
from mididrumigen.errors import InputError
from mididrumigen.groove.bars import cut_bars
from mididrumigen.groove.grid import STRAIGHT
from mididrumigen.models import TICKS_PER_QUARTER, Bar, Clip, Hit, Stroke


@dataclass(frozen=True, slots=True)
class Beside:
    """A stroke that no bar holds."""

    voice: Voice
    beside: Voice
    nth: int
    """It goes with the stroke of `beside` that is so many-th in the bars, from 0."""
    after_ticks: int
    """How far after that stroke; negative before."""
    loudness: float
    """As a share of that stroke's velocity."""


@dataclass(frozen=True, slots=True)
class ClipBars:
    """A clip: as many bars as it has, and what they cannot hold."""

    bars: tuple[Bar, ...]
    besides: tuple[Beside, ...]


def clip_bars(clip: Clip) -> ClipBars:
    """A clip bar by bar from its first bar line; raises InputError where no stroke belongs to any
    of its bars.
    """
    found = {bar.number: bar for bar in cut_bars(clip.as_take())}
    bars = []
    held: dict[Voice, list[Hit]] = {}
    for number in range(1, clip.bars + 1):
        played = found.get(number)
        per_quarter = played.grid.steps_per_quarter if played else STRAIGHT
        strokes = played.strokes if played else ()
        start = (number - 1) * clip.metre.ticks
        for s in strokes:
            place = start + s.step * TICKS_PER_QUARTER / per_quarter
            held.setdefault(s.voice, []).append(
                Hit(round(place + s.late_ticks), s.voice, s.velocity)
            )
        bars.append(
            Bar(
                clip.metre,
                per_quarter,
                tuple(Stroke(s.step, s.voice, s.velocity) for s in strokes),
                sources=(("", number),),
            )
        )
    if not held:
        raise InputError(f"there are no drums in the bars of {clip.title}", "choose another clip")
    return ClipBars(tuple(bars), tuple(_besides(clip, held)))


def _besides(clip: Clip, held: dict[Voice, list[Hit]]) -> list[Beside]:
    """Every hit of the clip that is not held, with the nearest one of its voice that is."""
    for line in held.values():
        line.sort()
    in_bars = {hit for line in held.values() for hit in line}
    besides = []
    for hit in sorted(set(clip.hits) - in_bars):
        # Of its own voice where the bars hold it at all.
        lines = [held[hit.voice]] if hit.voice in held else list(held.values())
        near = min((_near(line, hit) for line in lines), key=lambda one: (abs(one[0]), one[2]))
        after_ticks, nth, main = near
        besides.append(
            Beside(hit.voice, main.voice, nth, after_ticks, hit.velocity / main.velocity)
        )
    return besides


def _near(line: list[Hit], hit: Hit) -> tuple[int, int, Hit]:
    """(ticks after it, its place in the line, the hit of a line that is nearest)."""
    after = bisect_left(line, hit)
    places = [n for n in (after - 1, after) if 0 <= n < len(line)]
    return min(((hit.tick - line[n].tick, n, line[n]) for n in places), key=lambda one: abs(one[0]))

"""The bars of a take that was played without its click: beats found from the playing itself.

Conventions: as in `beats`; a take whose stated beats explain the playing as well is left alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mididrumigen.groove.bar_lines import (
    CRASH,
    GHOST,
    KICK,
    SNARE,
    Choice,
    choices_of,
    confidence_of,
)
from mididrumigen.groove.beat_track import Onset, periods, track
from mididrumigen.groove.clock import mean_tempo, positions_at, seconds_at, tempos_of, times_at
from mididrumigen.models import COMMON_TIME, TICKS_PER_QUARTER, Hit, Take

STAY_SHORT = 6.0
"""So much more for a take of one bar, half of it for one of two, ..."""
ENOUGH_HITS = 1500
"""Bars are judged by so many hits from the start; more would cost time only."""
_STAY_CLICK = 2.5
"""Log odds by which beats from the playing must be better than the stated ones."""
_FEW_BARS, _SURE_ENOUGH = 8.0, 0.5
"""The stated tempo of a shorter take is believed rather than a beat less sure than this."""
_SAME_BEATS = 0.25
"""Beats that stray from each other less than this many are the same ones: a 16th."""
_WEIGHTS = {KICK: 1.0, SNARE: 1.0, CRASH: 1.0, GHOST: 0.2}
_WEIGHT = 0.5
"""How far strokes mark the beat; hi-hats, rides and toms less, ghost notes least."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """Beats near one period, and the best way to count them."""

    period: float
    beats: list[float]
    choice: Choice
    choices: list[Choice]


def _counted(onsets: Sequence[Onset], period: float) -> _Counted | None:
    """Beats near this period (seconds) and their bars; None where they make no music."""
    beats = track(onsets, period)
    if len(beats) < 4 or any(b - a < period / 2 for a, b in pairwise(beats)):
        return None
    tempo = 60 * (len(beats) - 1) / (beats[-1] - beats[0])
    some = onsets[:ENOUGH_HITS]
    positions = positions_at([time for time, _, _ in some], beats)
    choices = choices_of(positions, [what for _, _, what in some], tempo)
    if not choices:
        return None
    return _Counted(period, beats, max(choices, key=lambda c: c.score), choices)


def beats_played(take: Take, kinds: Sequence[int]) -> tuple[Take, float] | None:
    """The take with its beats where the playing has them, and the confidence 0-1 that its bars are
    right; None where no beat is found or the stated ones are as good.
    """
    seconds = seconds_at(take, [hit.tick for hit in take.hits])
    onsets: list[Onset] = [
        (time, _WEIGHTS.get(what, _WEIGHT) * (0.5 + hit.velocity / 254), what)
        for time, what, hit in zip(seconds, kinds, take.hits, strict=True)
    ]
    some = onsets[:ENOUGH_HITS]
    likely = (_counted(some, period) for period in periods(some))
    best = max((c for c in likely if c), key=lambda c: c.choice.score, default=None)
    if best and len(onsets) > len(some):  # only the winner is followed to the end
        best = _counted(onsets, best.period)
    if best is None:
        return None
    stated = [hit.tick / TICKS_PER_QUARTER for hit in take.hits[:ENOUGH_HITS]]
    clicked = choices_of(stated, kinds[:ENOUGH_HITS], mean_tempo(take))
    stay = _STAY_CLICK + (STAY_SHORT * 4 / (stated[-1] - stated[0] + 4) if take.has_tempo else 0)
    if clicked and best.choice.score < max(c.score for c in clicked) + stay:
        return None
    choice, beats = best.choice, best.beats
    positions = [p * choice.ratio - choice.line / 4 for p in positions_at(seconds, beats)]
    if clicked and _agree(positions, stated):
        return None
    confidence = confidence_of(choice, best.choices)
    few = positions[-1] - positions[0] < _FEW_BARS * COMMON_TIME.beats
    if take.has_tempo and few and confidence < _SURE_ENOUGH:
        return None
    lead = COMMON_TIME.beats * math.floor((positions[0] + 0.25) / COMMON_TIME.beats)
    if positions[0] - lead < 0:
        lead -= COMMON_TIME.beats  # an early first stroke: no tick is negative
    # Each new quarter's time: the tempo between two of them is what makes it come then.
    last = math.ceil(positions[-1] - lead) + 1
    counted = [(q + lead + choice.line / 4) / choice.ratio for q in range(last + 1)]
    lines = times_at(counted, beats)
    ticks = [max(0, round(p * TICKS_PER_QUARTER)) for p in positions_at(seconds, lines)]
    hits = tuple(
        sorted(
            Hit(tick, hit.voice, hit.velocity) for tick, hit in zip(ticks, take.hits, strict=True)
        )
    )
    tempos = tempos_of(lines)
    new = replace(take, hits=hits, tempos=tempos, metres=((0, COMMON_TIME),), has_tempo=True)
    return new, confidence


def _agree(found: Sequence[float], stated: Sequence[float]) -> bool:
    """True where the beats from the playing go along with the stated ones all through: what the
    two differ by is feel, and not for us to smooth away.
    """
    apart = sorted(a - b for a, b in zip(found, stated, strict=False))
    tenth = len(apart) // 10
    return apart[-1 - tenth] - apart[tenth] < _SAME_BEATS

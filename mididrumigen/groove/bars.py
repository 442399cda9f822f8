"""A take cut into bars of strokes.

Conventions: bars are numbered from 1. A hit less than half a step before a bar line belongs to the
bar it leads to. The small strokes of a flam, drag or double belong to the stroke they decorate,
which carries the ornament; where one voice strikes twice on one step otherwise, the loudest stroke
stays. Metres that cannot be played are read as the playable one of the same length (2/2 as 4/4);
where there is none, 4/4 is laid over the whole take.

Limits of ornaments are measured on 897 takes by ten drummers on one electronic kit: 101,407 snare
and 25,513 tom strokes. There a far softer stroke right after a loud one is the pad's: 4,891 of the
kick, whose share of the loudness before falls with the time between (0.38 at 45 ms, 0.30 at 55,
0.22 at 70), and of the snare from the same line on. It is no ornament.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from statistics import fmean

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.groove.grid import STRAIGHT, Grid, fit_grid
from mididrumigen.models import METRES, TICKS_PER_QUARTER, Hit, Metre, Take
from mididrumigen.models.groove import Ornament

MAX_BARS = 4000
"""Bars that are read of one take: two hours at 120 BPM."""

_OWN_GRID_HITS = 6
"""A bar needs this many hits to be read on another grid than its take."""

_GRACED = frozenset(v for v, f in FAMILY.items() if f == "tom" or v is Voice.SNARE)
_DOUBLED = _GRACED | {Voice.KICK, Voice.HAT_CLOSED, Voice.HAT_OPEN}
"""Voices that are decorated by grace strokes, and by a second stroke."""

_TWIN_MS = 12.0
"""Two strokes of a voice nearer than this are one, sensed twice: the snare has 170 such pairs, and
then 209 in the next 3 ms alone, where flams begin.
"""
_FLAM_MS, _FLAM_STEPS = 60.0, 0.6
"""A grace stroke lies no farther before its stroke, also in steps. In three marches, which are full
of flams, 9 of 10 lie 12-40 ms before, and 7 of 475 over 50; of pairs that stand alone in all takes,
the softer first, fewest are 55-60 ms apart (11; 129 at 25-30), and beyond begin 32nds.
"""
_DRAG_MS, _DRAG_STEPS = 95.0, 0.75
"""Neither grace stroke of a drag lies farther before the next stroke. They are open: about 70 ms
each at every tempo from 75 to 130 BPM, 50-90 in most; next come 16ths, a step each.
"""
_FLAM_RATIO, _DRAG_RATIO = 0.8, 0.7
"""A grace stroke is at most so loud. In the marches 470 of 497 are 0.3-0.8; elsewhere a louder one
is 127 twice, a rim shot that rim and head sense, and its first is the stroke. Of drags that begin a
step before, the first stroke falls together with another voice in 12 of 240 up to 0.7, and above in
9 of 87, as often as the main one: there it is a 16th.
"""
_APART = 1.5
"""Before grace strokes there is more room than between them, by this factor; else it is a roll."""
_EVEN = 2.0
"""The gaps of a drag differ by no more than this factor; else it is a ghost note and a flam."""
FASTEST_DOUBLE_MS = 45.0
"""What is faster is a bounce: 417 of 520 pairs of 127 twice. It is 32nds at 167 BPM."""
DOUBLE_STEPS = (0.38, 0.58)
"""How far after its stroke the second one lies. Where a step lasts 180 ms or more, so that bounces
are far below, 312 pairs of full snare strokes lie 0.45-0.55 steps apart, 39 at 0.35-0.40, 58 at
0.55-0.60, and 177 at 0.60-0.70: sextuplets.
"""
_ECHO_MS, _ECHO_RATIO = 100.0, 0.5
"""A kick so soon after one and so much softer is the pad's and is left out. Of 29,247 kicks by five
drummers 1,850 are 50-100 ms after another and at most 0.45 as loud, 45 are louder than that; they
would be soft kicks on the next step.
"""
_DOUBLE_RATIOS = (0.55, 1.6)
"""How loud the second is: 0.8-1.05 in half of all on the snare. Softer ones are the pad's: between
them and doubles fewest are at 0.5-0.7. Far louder ones are a stroke with a pick-up before it.
"""


@dataclass(frozen=True, slots=True)
class Played:
    """One stroke as it was played."""

    step: int
    voice: Voice
    velocity: int
    late_ticks: float
    """How far after its rigid (unswung) step, ticks; negative is early."""
    ornament: Ornament = ""


@dataclass(frozen=True, slots=True)
class PlayedBar:
    """One bar as it was played."""

    number: int
    metre: Metre
    grid: Grid
    tempo_bpm: float
    strokes: tuple[Played, ...]

    @property
    def ms_per_tick(self) -> float:
        """Length of a tick in this bar."""
        return 60_000 / self.tempo_bpm / TICKS_PER_QUARTER

    @property
    def cells(self) -> frozenset[tuple[int, Voice]]:
        """(step, voice) of every stroke."""
        return frozenset((s.step, s.voice) for s in self.strokes)


def cut_bars(take: Take) -> list[PlayedBar]:
    """Bars of a take from its first bar with music to its last; empty bars between are kept."""
    lines = list(_bar_lines(take))
    starts = [start for start, _ in lines]
    whole = fit_grid(_phases(take.hits, lines, starts))
    inside: list[list[Hit]] = [[] for _ in lines]
    half_step = TICKS_PER_QUARTER / whole.steps_per_quarter / 2
    end = starts[-1] + lines[-1][1].ticks
    for hit in take.hits:
        if hit.tick < end:
            inside[max(bisect_right(starts, hit.tick + half_step) - 1, 0)].append(hit)
    used = [i for i, hits in enumerate(inside) if hits]
    if not used:
        return []
    changes = [tick for tick, _ in take.tempos]
    bars = []
    for index in range(used[0], used[-1] + 1):
        start, metre = lines[index]
        tempo = take.tempos[max(bisect_right(changes, start) - 1, 0)][1]
        grid = whole
        if len(inside[index]) >= _OWN_GRID_HITS:
            own = fit_grid(((h.tick - start) % TICKS_PER_QUARTER for h in inside[index]), whole)
            grid = own if own.steps_per_quarter != whole.steps_per_quarter else whole
        if metre.unit == 8:  # a bar of eighths is already ternary where it wants to be
            grid = Grid(STRAIGHT)
        bars.append(PlayedBar(index + 1, metre, grid, tempo, ()))
    found = _ornaments(bars, inside, starts)
    bars = [
        replace(bar, strokes=_strokes(inside[bar.number - 1], starts[bar.number - 1], bar, found))
        for bar in bars
    ]
    # At either end there may have been no more than a stroke that belongs to the next bar or the
    # one before.
    sounding = [i for i, bar in enumerate(bars) if bar.strokes]
    return bars[sounding[0] : sounding[-1] + 1]


def playable_metre(metre: Metre) -> Metre | None:
    """The metre itself if it can be played, else a playable one of the same length, else None."""
    if metre in METRES:
        return metre
    return next((m for m in METRES if m.quarters == metre.quarters), None)


def _bar_lines(take: Take) -> Iterator[tuple[int, Metre]]:
    """(tick, playable metre) of every bar from tick 0 past the last hit; the first may hold hits
    before it.
    """
    metres = [(tick, playable_metre(metre)) for tick, metre in take.metres]
    if any(metre is None for _, metre in metres):
        metres = [(0, Metre(4, 4))]
    end = take.hits[-1].tick + TICKS_PER_QUARTER // 4 if take.hits else 0
    tick = 0
    for count in range(MAX_BARS):
        metre = [m for start, m in metres if start <= tick][-1] if count else metres[0][1]
        assert metre is not None
        yield tick, metre
        tick += metre.ticks
        if tick > end:
            return


def _phases(
    hits: tuple[Hit, ...], lines: list[tuple[int, Metre]], starts: list[int]
) -> Iterator[int]:
    """Ticks of each hit past its last quarter-note line, counted from the bar line."""
    for hit in hits:
        start = lines[max(bisect_right(starts, hit.tick) - 1, 0)][0]
        yield (hit.tick - start) % TICKS_PER_QUARTER


def _strokes(
    hits: list[Hit], start: int, bar: PlayedBar, found: dict[Hit, Ornament | None]
) -> tuple[Played, ...]:
    """Strokes of a bar that starts at tick `start`: each hit on the nearest step of the grid as it
    swings, but for those that decorate another.
    """
    per_quarter = bar.grid.steps_per_quarter
    nearest = _nearest(bar.grid)
    last = bar.metre.steps(per_quarter) - 1
    loudest: dict[tuple[int, Voice], Played] = {}
    for hit in hits:
        ornament = found.get(hit, "") if found else ""
        if ornament is None:
            continue
        quarter, rest = divmod(hit.tick - start, TICKS_PER_QUARTER)
        step = min(max(quarter * per_quarter + nearest[rest][0], 0), last)
        late = hit.tick - start - step * TICKS_PER_QUARTER / per_quarter
        old = loudest.get((step, hit.voice))
        if old is None or hit.velocity > old.velocity:
            ornament = ornament or (old.ornament if old else "")
            loudest[step, hit.voice] = Played(step, hit.voice, hit.velocity, late, ornament)
        elif ornament and not old.ornament:
            loudest[step, hit.voice] = replace(old, ornament=ornament)
    return tuple(sorted(loudest.values(), key=lambda s: (s.step, s.voice)))


@lru_cache(maxsize=64)
def _nearest(grid: Grid) -> tuple[tuple[int, float], ...]:
    """(nearest step of a quarter note, steps after it) at each of its ticks; the step may be the
    next quarter note's first.
    """
    points = (*grid.phases, 1.0)
    phases = [tick / TICKS_PER_QUARTER for tick in range(TICKS_PER_QUARTER)]
    near = [min(range(len(points)), key=lambda i: abs(phase - points[i])) for phase in phases]
    return tuple(
        (step, (phase - points[step]) * grid.steps_per_quarter)
        for phase, step in zip(phases, near, strict=True)
    )


def _ornaments(
    bars: Sequence[PlayedBar], inside: Sequence[Sequence[Hit]], starts: Sequence[int]
) -> dict[Hit, Ornament | None]:
    """What decorates a stroke, and None for the small strokes that do."""
    found: dict[Hit, Ornament | None] = {}
    runs = list(_runs(bars, inside))
    if not runs:
        return found
    offset = round(_mean_late(bars, inside, starts, {hit for _, run in runs for hit in run}))
    for bar, run in runs:
        if run[0].voice in _GRACED:
            _find_graces(run, bar, found)
        _find_doubles(run, bar, starts[bar.number - 1] + offset, found)
    return found


def _runs(
    bars: Sequence[PlayedBar], inside: Sequence[Sequence[Hit]]
) -> Iterator[tuple[PlayedBar, list[Hit]]]:
    """(bar it begins in, strokes) wherever a voice strikes faster than the steps go by."""
    open_runs: dict[Voice, tuple[PlayedBar, list[Hit]]] = {}
    for bar in bars:
        step_ms = TICKS_PER_QUARTER * bar.ms_per_tick / bar.grid.steps_per_quarter
        longest = max(DOUBLE_STEPS[1] * step_ms, min(_DRAG_MS, _DRAG_STEPS * step_ms))
        twin = _TWIN_MS / bar.ms_per_tick
        for hit in inside[bar.number - 1]:
            voice = hit.voice
            if voice not in _DOUBLED:
                continue
            most = (max(longest, _ECHO_MS) if voice is Voice.KICK else longest) / bar.ms_per_tick
            at = open_runs.get(voice)
            if at is None or (gap := hit.tick - at[1][-1].tick) > most:
                if at is not None and len(at[1]) > 1:
                    yield at
                open_runs[voice] = (bar, [hit])
            elif gap >= twin:
                at[1].append(hit)
            elif hit.velocity > at[1][-1].velocity:
                at[1][-1] = hit
    yield from (at for at in open_runs.values() if len(at[1]) > 1)


def _mean_late(
    bars: Sequence[PlayedBar],
    inside: Sequence[Sequence[Hit]],
    starts: Sequence[int],
    left_out: set[Hit],
) -> float:
    """Mean distance of the other hits after their nearest steps, ticks: that of the instrument."""
    late = []
    for bar in bars:
        start, nearest = starts[bar.number - 1], _nearest(bar.grid)
        ticks = TICKS_PER_QUARTER / bar.grid.steps_per_quarter
        late += [
            nearest[(hit.tick - start) % TICKS_PER_QUARTER][1] * ticks
            for hit in inside[bar.number - 1]
            if hit not in left_out
        ]
    return fmean(late) if late else 0.0


def _find_graces(run: list[Hit], bar: PlayedBar, found: dict[Hit, Ornament | None]) -> None:
    """Flams and drags of a run: full strokes with one or two softer ones close before."""
    step_ms = TICKS_PER_QUARTER * bar.ms_per_tick / bar.grid.steps_per_quarter
    flam_ms, drag_ms = min(_FLAM_MS, _FLAM_STEPS * step_ms), min(_DRAG_MS, _DRAG_STEPS * step_ms)
    gaps = [math.inf, *((b.tick - a.tick) * bar.ms_per_tick for a, b in pairwise(run))]
    for i in range(len(run) - 1, 0, -1):  # the last first: a grace stroke has none of its own
        main, grace, gap = run[i], run[i - 1], gaps[i]
        is_soft = grace.velocity <= _FLAM_RATIO * main.velocity
        if main in found or main.velocity < GHOST_VELOCITY or not is_soft:
            continue
        if gap <= flam_ms and gaps[i - 1] >= _APART * gap:
            found |= {main: "flam", grace: None}
        elif i > 1 and max(grace.velocity, run[i - 2].velocity) <= _DRAG_RATIO * main.velocity:
            short, long = sorted((gap, gaps[i - 1]))
            if long <= min(drag_ms, _EVEN * short) and gaps[i - 2] >= _APART * long:
                found |= {main: "drag", grace: None, run[i - 2]: None}


def _find_doubles(
    run: list[Hit], bar: PlayedBar, line: int, found: dict[Hit, Ornament | None]
) -> None:
    """Strokes of a run with a second one half a step after; of two that are half a step apart the
    one nearer to its step is decorated. Echoes of a kick go. `line` is where the bar line sounds, a
    tick.
    """
    ticks = TICKS_PER_QUARTER / bar.grid.steps_per_quarter
    nearest = _nearest(bar.grid)
    main: Hit | None = None
    for hit in run:
        if hit in found and found[hit] is None:
            continue
        if main is None:
            main = hit
            continue
        steps = (hit.tick - main.tick) / ticks
        ratio = hit.velocity / main.velocity
        ms = steps * ticks * bar.ms_per_tick
        if hit.voice is Voice.KICK and ms <= _ECHO_MS and ratio < _ECHO_RATIO:
            found[hit] = None
            continue
        is_soon = steps < DOUBLE_STEPS[0] or ms < FASTEST_DOUBLE_MS
        if is_soon or (steps <= DOUBLE_STEPS[1] and ratio < _DOUBLE_RATIOS[0]):
            main = hit if ratio > 1 else main
            continue
        own, other = (abs(nearest[(h.tick - line) % TICKS_PER_QUARTER][1]) for h in (main, hit))
        if (
            steps <= DOUBLE_STEPS[1]
            and ratio <= _DOUBLE_RATIOS[1]
            and own < other
            and found.get(main, "double") == "double"
        ):
            found |= {main: "double", hit: None}
        else:
            main = hit

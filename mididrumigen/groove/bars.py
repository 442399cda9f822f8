"""A take cut into bars of strokes.

Conventions: bars are numbered from 1. A hit less than half a step before a bar line belongs to the
bar it leads to. Where one voice strikes twice on one step (flam, drag), the loudest stroke stays.
Metres that cannot be played are read as the playable one of the same length (2/2 as 4/4); where
there is none, 4/4 is laid over the whole take.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from mididrumigen.drums import Voice
from mididrumigen.groove.grid import STRAIGHT, Grid, fit_grid
from mididrumigen.models import METRES, TICKS_PER_QUARTER, Hit, Metre, Take

MAX_BARS = 4000
"""Bars that are read of one take: two hours at 120 BPM."""

_OWN_GRID_HITS = 6
"""A bar needs this many hits to be read on another grid than its take."""


@dataclass(frozen=True, slots=True)
class Played:
    """One stroke as it was played."""

    step: int
    voice: Voice
    velocity: int
    late_ticks: float
    """How far after its rigid (unswung) step, ticks; negative is early."""


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
        strokes = _strokes(inside[index], start, metre, grid)
        bars.append(PlayedBar(index + 1, metre, grid, tempo, strokes))
    return bars


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


def _strokes(hits: list[Hit], start: int, metre: Metre, grid: Grid) -> tuple[Played, ...]:
    """Strokes of a bar that starts at tick `start`: each hit on the nearest step of the grid as it
    swings.
    """
    points = (*grid.phases, 1.0)
    last = metre.steps(grid.steps_per_quarter) - 1
    loudest: dict[tuple[int, Voice], Played] = {}
    for hit in hits:
        quarter, rest = divmod(hit.tick - start, TICKS_PER_QUARTER)
        phase = rest / TICKS_PER_QUARTER
        nearest = min(range(len(points)), key=lambda i: abs(phase - points[i]))
        step = min(max(quarter * grid.steps_per_quarter + nearest, 0), last)
        late = hit.tick - start - step * TICKS_PER_QUARTER / grid.steps_per_quarter
        old = loudest.get((step, hit.voice))
        if old is None or hit.velocity > old.velocity:
            loudest[step, hit.voice] = Played(step, hit.voice, hit.velocity, late)
    return tuple(sorted(loudest.values(), key=lambda s: (s.step, s.voice)))

"""How often the bars of a take are found: `python tests/benchmarks/bars.py FOLDER [DRUMMERS]`.

FOLDER holds the Groove MIDI Dataset (info.csv and its folders); DRUMMERS are numbers such as
2,4,6,7,8,9,10 (the default). The habits were fitted to 1,3,5 alone; the others were looked at when
the margins for leaving a take alone, the ridge and the temper of the confidence were chosen, so
that their untouched rows and the confidence flatter a little. Takes in 3/4 and 6/8 are so few that
those of all drummers are used.

Prints, for each way to spoil a take, the share whose beats are right (median error under 60 ms, and
counted neither double nor half), whose bars are right too, and whose beats are an octave off; then
how far the confidence can be believed, and how long it takes.
"""

import csv
import math
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import median

from mididrumigen.drums import Voice
from mididrumigen.groove.beats import set_bars
from mididrumigen.midi.read import read_file
from mididrumigen.models import COMMON_TIME, TICKS_PER_QUARTER, Hit, Metre, Take

TAKES, FILLS, SEED = 70, 60, 4
LEAST_HITS = 12
LONG_BARS = 8

Spoil = Callable[[Take, Random], Take]


@dataclass(frozen=True)
class Outcome:
    """What became of one spoilt take."""

    beats: bool
    bars: bool
    octave: bool
    confidence: float
    same: bool
    ms: float


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1])
    numbers = sys.argv[2] if len(sys.argv) > 2 else "2,4,6,7,8,9,10"
    drummers = {f"drummer{n}" for n in numbers.split(",")}
    rng = Random(SEED)
    with (folder / "info.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["drummer"] in drummers]
    common = [r for r in rows if r["time_signature"] == "4/4"]
    beats = read(folder, [r for r in common if r["beat_type"] == "beat"], TAKES, rng)
    fills = read(folder, [r for r in common if r["beat_type"] == "fill"], FILLS, rng)
    with (folder / "info.csv").open(encoding="utf-8") as file:
        everyone = list(csv.DictReader(file))
    threes = read(folder, [r for r in everyone if r["time_signature"] in ("3/4", "6/8")], 99, rng)
    long = [t for t in beats if t.hits[-1].tick >= LONG_BARS * COMMON_TIME.ticks]
    short = [t for t in beats if t not in long]
    print(
        f"drummers {numbers}: {len(long)} takes of {LONG_BARS} bars and more, {len(short)} shorter"
    )
    print(f"{'':34}{'takes':>6}{'beats':>7}{'bars':>7}{'octave':>8}{'as it was':>10}{'ms':>7}")
    everything: list[Outcome] = []
    untouched: list[Outcome] = []
    for name, takes in (("", long), ("short: ", short), ("fills: ", fills)):
        for spoilt, spoil in SPOILS.items():
            tried = [try_one(take, spoil, rng) for take in takes]
            outcomes = [outcome for outcome in tried if outcome]
            (untouched if spoilt == "untouched" else everything).extend(outcomes)
            show(name + spoilt, outcomes)
    for spoilt, spoil in THREES.items():
        tried = [try_one(take, spoil, rng) for take in threes]
        show("3/4, 6/8: " + spoilt, [outcome for outcome in tried if outcome])
    print("\nconfidence: takes, bars right of spoilt takes that were mended; of untouched takes")
    mended = [o for o in everything if not o.same]
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1)):
        cells = []
        for group in (mended, untouched):
            inside = [o for o in group if low <= o.confidence < high]
            cells.append(f"{len(inside):5} {share([o.bars for o in inside])}")
        print(f"  {low:.1f}-{high:.1f}  {'   '.join(cells)}")


def read(folder: Path, rows: list[dict[str, str]], count: int, rng: Random) -> list[Take]:
    """At most `count` takes with enough hits."""
    rng.shuffle(rows)
    takes: list[Take] = []
    for row in rows:
        take = read_file(folder / row["midi_filename"])
        if len(take.hits) >= LEAST_HITS and len(takes) < count:
            takes.append(take)
    return takes


def try_one(take: Take, spoil: Spoil, rng: Random) -> Outcome | None:
    """Spoil a take, have it mended, and hold it against the truth; None if too little is left."""
    spoilt = spoil(take, rng)
    if len(spoilt.hits) < LEAST_HITS:
        return None
    began = time.perf_counter()
    found = set_bars(spoilt)
    ms = (time.perf_counter() - began) * 1000
    truth = spoilt.notes  # where each hit truly lies, kept beside the take by `noted`
    true = [float(text) for text in truth] or [h.tick / TICKS_PER_QUARTER for h in spoilt.hits]
    new = [h.tick / TICKS_PER_QUARTER for h in found.take.hits]
    seconds = 60 / take.tempos[0][1]
    apart = [a - b for a, b in zip(new, true, strict=True)]
    span = true[-1] - true[0]
    slope = (new[-1] - new[0]) / span
    error = median(abs(d - round(d)) for d in apart) * seconds
    beats = error < 0.06 and abs(slope - 1) < max(0.03, 0.3 / span)
    quarters = take.metres[0][1].quarters
    right_metre = {m.quarters for _, m in found.take.metres} == {quarters}
    in_bar = sum(round(d) % quarters == 0 for d in apart) > 0.8 * len(apart)
    octave = any(abs(slope / ratio - 1) < 0.05 for ratio in (0.5, 2))
    same = found.take == spoilt
    return Outcome(beats, beats and right_metre and in_bar, octave, found.confidence, same, ms)


def noted(take: Take, true: list[float]) -> Take:
    """The take with the true position of each hit, quarters, in its notes."""
    return replace(take, notes=tuple(map(repr, true)))


def truth_of(take: Take) -> list[float]:
    return [h.tick / TICKS_PER_QUARTER for h in take.hits]


def moved(take: Take, ticks: int) -> Take:
    hits = tuple(Hit(h.tick + ticks, h.voice, h.velocity) for h in take.hits)
    return replace(take, hits=hits)


def shifted(ticks: int) -> Spoil:
    return lambda take, rng: noted(moved(take, ticks), truth_of(take))


def cut(beats: int) -> Spoil:
    """The first beats cut away."""

    def spoil(take: Take, rng: Random) -> Take:
        ticks = beats * TICKS_PER_QUARTER
        first = take.hits[0].tick // ticks * ticks
        kept = replace(take, hits=tuple(h for h in take.hits if h.tick >= first + ticks))
        return noted(moved(kept, -first - ticks), truth_of(kept))

    return spoil


def upbeat(beats: int) -> Spoil:
    """A pickup of eighths on the snare before the first bar, which begins at tick 0."""

    def spoil(take: Take, rng: Random) -> Take:
        ticks = beats * TICKS_PER_QUARTER
        pickup = [Hit(i * 240, Voice.SNARE, 90) for i in range(2 * beats)]
        later = moved(take, ticks)
        whole = replace(later, hits=tuple(sorted((*pickup, *later.hits))))
        return noted(whole, [h.tick / TICKS_PER_QUARTER - beats for h in whole.hits])

    return spoil


def clock(stated: Callable[[float], float], *, drift: float = 0.0, has_tempo: bool = True) -> Spoil:
    """Played at its own tempo, which wanders by `drift`, and written at the stated one."""

    def spoil(take: Take, rng: Random) -> Take:
        bpm = take.tempos[0][1]
        waves = [(rng.uniform(12, 60), rng.uniform(0, 2 * math.pi)) for _ in range(3)]
        points, seconds = [0.0], 0.0  # time of every quarter
        for quarter in range(take.hits[-1].tick // TICKS_PER_QUARTER + 2):
            wave = sum(math.sin(2 * math.pi * quarter / w + p) for w, p in waves) / len(waves)
            seconds += 60 / (bpm * (1 + drift * wave * 1.5))
            points.append(seconds)
        written = stated(bpm)
        hits = []
        for hit in take.hits:
            quarter, rest = divmod(hit.tick, TICKS_PER_QUARTER)
            length = points[quarter + 1] - points[quarter]
            at = points[quarter] + rest / TICKS_PER_QUARTER * length
            tick = round(at * written / 60 * TICKS_PER_QUARTER)
            hits.append(Hit(tick, hit.voice, hit.velocity))
        spoilt = replace(take, hits=tuple(hits), tempos=((0, written),), has_tempo=has_tempo)
        return noted(spoilt, truth_of(take))

    return spoil


def metre(wrong: Metre) -> Spoil:
    return lambda take, rng: replace(take, metres=((0, wrong),))


SPOILS: dict[str, Spoil] = {
    "untouched": lambda take, rng: take,
    "an eighth late": shifted(240),
    "1 beat late": shifted(480),
    "2 beats late": shifted(960),
    "3 beats late": shifted(1440),
    "first beat cut": cut(1),
    "first 2 beats cut": cut(2),
    "pickup of 1 beat": upbeat(1),
    "pickup of 2 beats": upbeat(2),
    "no tempo, 120 by default": clock(lambda bpm: 120.0, has_tempo=False),
    "tempo stated x0.5": clock(lambda bpm: bpm * 0.5),
    "tempo stated x2": clock(lambda bpm: bpm * 2),
    "tempo stated x1.1": clock(lambda bpm: bpm * 1.1),
    "tempo stated x0.87": clock(lambda bpm: bpm * 0.87),
    "drifting 6 %": clock(lambda bpm: bpm, drift=0.06),
    "drifting, no tempo": clock(lambda bpm: 120.0, drift=0.06, has_tempo=False),
    "metre 1/4": metre(Metre(1, 4)),
}
THREES: dict[str, Spoil] = {
    "untouched": lambda take, rng: take,
    "metre missing (4/4)": metre(COMMON_TIME),
    "metre 1/4": metre(Metre(1, 4)),
}


def share(values: list[bool]) -> str:
    return f"{sum(values) / len(values):7.1%}" if values else f"{'-':>7}"


def show(name: str, outcomes: list[Outcome]) -> None:
    if outcomes:
        print(
            f"{name:34}{len(outcomes):6}{share([o.beats for o in outcomes])}"
            f"{share([o.bars for o in outcomes])} {share([o.octave for o in outcomes])}"
            f"   {share([o.same for o in outcomes])}{max(o.ms for o in outcomes):7.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()

"""Everything that is measured of one take.

Conventions: a trait is (value, n), n being the strokes or bars it rests on. A take without dynamics
(one velocity) gives no velocity traits, a quantised one no timing traits; `notes` says so. `bars`
are folded, grooves and fills apart; a bar's weight is the share of the take's bars that it stands
for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import fmean, median, pstdev
from typing import Any

from mididrumigen.drums import FAMILIES, FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.groove.bars import Played, PlayedBar, cut_bars
from mididrumigen.groove.feel import Measured, Signature, measure_feel
from mididrumigen.groove.fills import fill_start, usual_beats
from mididrumigen.groove.fold import fold, jaccard
from mididrumigen.groove.pulse import syncopation
from mididrumigen.groove.twins import prints, sameness
from mididrumigen.models import Bar, Metre, Stroke, Take
from mididrumigen.models.groove import Ornament

MAX_GROOVES, MAX_FILLS = 48, 24
"""Different bars kept of one take."""

_MIN_BAR_HITS = 3
_FLAT_VELOCITIES = 2
"""At most this many different velocities: typed in, not played."""
_MIN_COPIED_BARS, _COPIED, _COPY_WEIGHT = 8, 0.9, 0.3
"""A quantised take of so many bars, of which this share is one and the same, counts so much: who
copies a bar tells little of how the song is drummed.
"""

_MIN_KICKS, _RUN, _ONE_FOOT_MS = 16, 4, 105.0
"""A run of this many kicks this close to each other takes two feet: one plays doubles so fast, but
75 % of the takes of the Groove MIDI Dataset have none closer than 103 ms.
"""

VELOCITY_BINS = 16
"""Bins of the velocity histogram, 8 velocities each."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one take says."""

    metre: Metre
    """The metre of most of its bars."""
    bars: int
    hits: int
    traits: Measured
    vocabulary: tuple[Bar, ...]
    kit: dict[Voice, float]
    """Share of all strokes a voice."""
    velocities: tuple[float, ...]
    """Histogram: 16 shares; empty for a take without dynamics."""
    notes: tuple[str, ...]
    """What could not be learnt, in words."""
    prints: str = ""
    """What its bars are, in order; see `groove.twins`."""
    weight: float = 1.0
    """How much it counts beside other takes."""
    signature: Signature = field(default_factory=dict)
    """See `groove.feel`."""

    def to_json(self) -> dict[str, Any]:
        """Plain form, the `value` of a piece of evidence."""
        return {
            "metre": str(self.metre),
            "bar_count": self.bars,
            "hit_count": self.hits,
            "traits": {name: [round(value, 4), n] for name, (value, n) in self.traits.items()},
            "bars": [bar.to_json() for bar in self.vocabulary],
            "kit": {str(voice): round(share, 5) for voice, share in self.kit.items()},
            "velocities": [round(share, 4) for share in self.velocities],
            "notes": list(self.notes),
            "prints": self.prints,
            "weight": self.weight,
            "signature": {name: list(late) for name, late in self.signature.items()},
        }


def measure(take: Take) -> Measurement:
    """Measure a take; one without a usable bar gives a measurement without traits and
    vocabulary.
    """
    bars = _with_music(cut_bars(take))
    strokes = [s for bar in bars for s in bar.strokes]
    notes = list(take.notes)
    if take.map_name != "gm":
        notes.append(f"read with the {take.map_name.title()} drum map")
    if take.unmapped:
        notes.append(f"{take.unmapped} notes outside the drum map are left out")
    if not bars:
        return Measurement(take.metres[0][1], 0, 0, {}, (), {}, (), ("no bar with music", *notes))

    feel = measure_feel(bars)
    flat = len({s.velocity for s in strokes}) <= _FLAT_VELOCITIES
    traits: Measured = {}
    if take.has_tempo:
        traits["tempo_bpm"] = (fmean(bar.tempo_bpm for bar in bars), len(bars))
    else:
        notes.append("no tempo in the file: no tempo evidence")
    if feel.quantised:
        notes.append("quantised: no timing evidence")
        traits |= {n: value for n, value in feel.traits.items() if n.startswith("swing")}
    else:
        traits |= feel.traits
    if flat:
        notes.append("one velocity throughout: no dynamics evidence")
    else:
        traits |= _dynamics(bars)
    traits |= _ornaments(strokes, flat)
    fill_steps = _fill_steps(bars)
    traits |= _feet(bars)
    traits |= _density(bars) | _form(bars, fill_steps) | _timekeeping(bars)

    order = prints(bars)
    weight = 1.0
    if feel.quantised and len(bars) >= _MIN_COPIED_BARS and sameness(order) >= _COPIED:
        weight = _COPY_WEIGHT
        notes.append("nearly every bar is the same, copied and not played: it counts for less")
    counts = Counter(s.voice for s in strokes)
    return Measurement(
        metre=Counter(bar.metre for bar in bars).most_common(1)[0][0],
        bars=len(bars),
        hits=len(strokes),
        traits=traits,
        vocabulary=_vocabulary(bars, fill_steps, 0.0 if feel.quantised else feel.latency_ms),
        kit={voice: counts[voice] / len(strokes) for voice in Voice if counts[voice]},
        velocities=() if flat else _histogram([s.velocity for s in strokes]),
        notes=tuple(notes),
        prints=order,
        weight=weight,
        signature=feel.signature,
    )


def _with_music(bars: list[PlayedBar]) -> list[PlayedBar]:
    """Bars that hold a groove or fill: no empty ones, no count-in or pick-up before, no lone last
    downbeat.
    """
    if not bars:
        return []
    usual = median(len(bar.strokes) for bar in bars if bar.strokes)
    least = max(_MIN_BAR_HITS, usual / 3)
    first = next((i for i, bar in enumerate(bars) if len(bar.strokes) >= least), len(bars))
    last = next((i for i in range(len(bars) - 1, -1, -1) if len(bars[i].strokes) >= least), -1)
    return [bar for bar in bars[first : last + 1] if len(bar.strokes) >= _MIN_BAR_HITS]


def _fill_steps(bars: Sequence[PlayedBar]) -> list[int | None]:
    usual = usual_beats(bars)
    return [fill_start(bar, usual) for bar in bars]


def _dynamics(bars: Sequence[PlayedBar]) -> Measured:
    """Loudness a family, ghosts and backbeats, and how uneven one place in the bar is."""
    strokes = [s for bar in bars for s in bar.strokes]
    found: Measured = {}
    for family in (None, *FAMILIES):
        own = [s.velocity for s in strokes if family is None or FAMILY[s.voice] == family]
        if len(own) >= _MIN_BAR_HITS:
            suffix = f".{family}" if family else ""
            found[f"velocity_mean{suffix}"] = (fmean(own), len(own))
            found[f"velocity_sd{suffix}"] = (pstdev(own), len(own))
    snare = [s.velocity for s in strokes if s.voice is Voice.SNARE]
    ghosts = [v for v in snare if v < GHOST_VELOCITY]
    full = [v for v in snare if v >= GHOST_VELOCITY]
    if snare:
        found["ghost_share"] = (len(ghosts) / len(snare), len(snare))
    if ghosts:
        found["ghost_velocity"] = (fmean(ghosts), len(ghosts))
    if full:
        found["backbeat_velocity"] = (fmean(full), len(full))
    places: dict[tuple[int, int, Voice], list[int]] = {}
    for bar in bars:
        for s in bar.strokes:
            places.setdefault((bar.grid.steps_per_quarter, s.step, s.voice), []).append(s.velocity)
    repeated = {place: group for place, group in places.items() if len(group) >= 4}
    for family in (None, *FAMILIES):
        groups = [g for (_, _, v), g in repeated.items() if family is None or FAMILY[v] == family]
        if groups:
            count = sum(map(len, groups))
            jitter = sum(pstdev(g) * len(g) for g in groups) / count
            found[f"velocity_jitter.{family}" if family else "velocity_jitter"] = (jitter, count)
    return found


def _ornaments(strokes: Sequence[Played], flat: bool) -> Measured:
    """How often full strokes of snare and toms are decorated; in a take without dynamics nothing
    tells a grace stroke.
    """
    full = [
        s
        for s in strokes
        if s.velocity >= GHOST_VELOCITY and (s.voice is Voice.SNARE or FAMILY[s.voice] == "tom")
    ]
    if not full:
        return {}
    counts = Counter(s.ornament for s in full)
    names: tuple[Ornament, ...] = ("double",) if flat else ("flam", "drag", "double")
    return {f"{name}_rate": (counts[name] / len(full), len(full)) for name in names}


def _density(bars: Sequence[PlayedBar]) -> Measured:
    """Strokes a quarter note, whole and a family, and syncopation a bar."""
    quarters = sum(bar.metre.quarters for bar in bars)
    counts = Counter(FAMILY[s.voice] for bar in bars for s in bar.strokes)
    found: Measured = {"hits_per_quarter": (counts.total() / quarters, len(bars))}
    for family in FAMILIES:
        found[f"hits_per_quarter.{family}"] = (counts[family] / quarters, len(bars))
    scores = []
    for bar in bars:
        kick = {s.step for s in bar.strokes if s.voice is Voice.KICK}
        snare = {
            s.step
            for s in bar.strokes
            if FAMILY[s.voice] == "snare" and s.velocity >= GHOST_VELOCITY
        }
        scores.append(
            sum(
                syncopation(steps, bar.metre, bar.grid.steps_per_quarter)
                for steps in (kick, snare)
                if steps
            )
        )
    found["syncopation"] = (fmean(scores), len(bars))
    return found


def _form(bars: Sequence[PlayedBar], fill_steps: Sequence[int | None]) -> Measured:
    """How bars follow each other: likeness, repeats, fills, crashes, backbeats."""
    found: Measured = {}
    neighbours = [
        (a, b)
        for a, b in pairwise(bars)
        if b.number == a.number + 1
        and a.metre == b.metre
        and a.grid.steps_per_quarter == b.grid.steps_per_quarter
    ]
    if len(neighbours) >= 2:
        likeness = [jaccard(a.cells, b.cells) for a, b in neighbours]
        found["bar_similarity"] = (fmean(likeness), len(neighbours))
        found["bar_repeat"] = (sum(x == 1 for x in likeness) / len(neighbours), len(neighbours))
    if len(bars) >= 4:
        filled = [i for i, start in enumerate(fill_steps) if start is not None]
        found["fill_rate"] = (len(filled) / len(bars), len(bars))
        crashed = {
            i
            for i, bar in enumerate(bars)
            if any(_is_crash(s.voice) and s.step == 0 for s in bar.strokes)
        }
        found["crash_rate"] = (len(crashed) / len(bars), len(bars))
        followed = [i for i in filled if i + 1 < len(bars)]
        if followed:
            found["crash_after_fill"] = (
                sum(i + 1 in crashed for i in followed) / len(followed),
                len(followed),
            )
    lengths = [
        bar.metre.quarters - start / bar.grid.steps_per_quarter
        for bar, start in zip(bars, fill_steps, strict=True)
        if start is not None
    ]
    if lengths:
        found["fill_quarters"] = (fmean(lengths), len(lengths))
    common = [bar for bar in bars if bar.metre == Metre(4, 4)]
    if common:
        beats = [
            any(
                s.voice in (Voice.SNARE, Voice.CLAP)
                and s.velocity >= GHOST_VELOCITY
                and s.step == quarter * bar.grid.steps_per_quarter
                for s in bar.strokes
            )
            for bar in common
            for quarter in (1, 3)
        ]
        found["backbeat"] = (fmean(beats), len(beats))
    return found


def _timekeeping(bars: Sequence[PlayedBar]) -> Measured:
    """Hi-hat against ride, open against closed."""
    counts = Counter(s.voice for bar in bars for s in bar.strokes)
    hat = counts[Voice.HAT_CLOSED] + counts[Voice.HAT_OPEN]
    ride = counts[Voice.RIDE] + counts[Voice.RIDE_BELL]
    found: Measured = {}
    if hat + ride:
        found["ride_share"] = (ride / (hat + ride), hat + ride)
    if hat:
        found["hat_open_share"] = (counts[Voice.HAT_OPEN] / hat, hat)
    return found


def _feet(bars: Sequence[PlayedBar]) -> Measured:
    """Kick strokes in runs that one foot does not play."""
    times = []
    start_ms = 0.0
    for bar in bars:
        step_ms = 60_000 / bar.tempo_bpm / bar.grid.steps_per_quarter
        times += [start_ms + s.step * step_ms for s in bar.strokes if s.voice is Voice.KICK]
        start_ms += bar.metre.quarters * 60_000 / bar.tempo_bpm
    if len(times) < _MIN_KICKS:
        return {}
    fast, run = 0, 1
    for here, following in pairwise([*times, float("inf")]):
        if following - here <= _ONE_FOOT_MS:
            run += 1
            continue
        fast += run if run >= _RUN else 0
        run = 1
    return {"double_kick": (fast / len(times), len(times))}


def _is_crash(voice: Voice) -> bool:
    return FAMILY[voice] == "crash"


def _vocabulary(
    bars: Sequence[PlayedBar], fill_steps: Sequence[int | None], latency_ms: float
) -> tuple[Bar, ...]:
    """Grooves and fills, folded; weights are shares of the take's bars."""
    grooves, fills = [], []
    for bar, start in zip(bars, fill_steps, strict=True):
        kept = Bar(
            metre=bar.metre,
            steps_per_quarter=bar.grid.steps_per_quarter,
            strokes=tuple(
                Stroke(
                    s.step,
                    s.voice,
                    s.velocity,
                    round(s.late_ticks * bar.ms_per_tick - latency_ms, 1),
                    s.ornament,
                )
                for s in bar.strokes
            ),
            weight=1 / len(bars),
            sources=(("", bar.number),),
        )
        if start is None:
            grooves.append(kept)
        else:
            fills.append(replace(kept, kind="fill", fill_from=start))
    return fold(grooves, MAX_GROOVES) + fold(fills, MAX_FILLS)


def _histogram(velocities: Sequence[int]) -> tuple[float, ...]:
    counts = Counter(v * VELOCITY_BINS // 128 for v in velocities)
    return tuple(counts[i] / len(velocities) for i in range(VELOCITY_BINS))

"""Steps -> ticks: swing, push, signature, and chance.

Conventions: what is style (swing, push, signature: see `groove.feel`) is fixed and scaled by
`feel`; what is chance (`looseness`) is scaled by `humanize` and `timing` and is never white. At
each level of the beat the chance of a voice is centred, so that its swing is the one asked for.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from mididrumigen.drums import FAMILY, Family, Voice
from mididrumigen.engine.bar_feel import BarFeel, known_trait
from mididrumigen.engine.choose import song_of
from mididrumigen.engine.dynamics import Dynamics, is_ghost
from mididrumigen.engine.fill import timekeeper
from mididrumigen.engine.looseness import HUMAN_LIMIT_SD, Looseness
from mididrumigen.engine.ornaments import ornament_hits
from mididrumigen.engine.wander import wander
from mididrumigen.groove.grid import TRIPLET
from mididrumigen.groove.pulse import level_of
from mididrumigen.models import TICKS_PER_QUARTER, Bar, Hit, Request, Stroke, StyleProfile
from mididrumigen.models.groove import Ornament

_ENOUGH_TO_CENTRE = 6
"""Strokes of one voice on one level of the beat that are centred; fewer are left to chance."""

_FEW_SIXTEENTHS = 0.1
"""With no more of its strokes than this between the eighths a groove is one of eighths."""

CLOSEST_TICKS = 31
"""A note list has no shorter notes than 30 ticks, so that no two strokes of a voice are nearer; one
more is for the rounding of double-time.
"""
_WIDEST_FLAM_MS = 55.0
"""A flam is opened as far as that is, as long as it stays one."""

_LOUD_TOGETHER = 0.1
"""Share of chance in loudness that all limbs have in common and keep for a while."""


@dataclass(frozen=True, slots=True)
class _Timed:
    """A stroke and where it falls."""

    stroke: Stroke
    bar: Bar
    moment: float
    """Its step in quarter notes from the start, unswung."""
    place_ticks: float
    """Where its swung step lies."""
    push_ms: float
    strayed_ms: float
    """Signature and chance."""
    limit_ms: float
    """The most that it may stray either way."""
    level: tuple[Family, int, int]
    """What is centred together: family, steps a quarter, level of the beat."""


def perform(
    bars: Sequence[Bar],
    profile: StyleProfile,
    request: Request,
    tempo_bpm: float,
    rng: Random,
    *,
    closest_ticks: int = CLOSEST_TICKS,
) -> tuple[Hit, ...]:
    """Hits of the bars as this artist would place and weigh them at a tempo; some may fall before 0
    or past the end, and two of one voice are at least `closest_ticks` apart.
    """
    ticks_per_ms = tempo_bpm * TICKS_PER_QUARTER / 60_000
    timed = _centred(_place(bars, profile, request, tempo_bpm, rng))
    dynamics = Dynamics(bars, profile, request)
    moments = _moments(bars)
    swell = dict(zip(moments, wander(moments, rng), strict=True))
    hits = []
    decorated = []
    for t in timed:
        late = t.place_ticks + (t.push_ms + t.strayed_ms) * ticks_per_ms
        loud = math.sqrt(_LOUD_TOGETHER) * swell[t.moment]
        loud += math.sqrt(1 - _LOUD_TOGETHER) * rng.gauss(0, 1)
        hit = Hit(round(late), t.stroke.voice, dynamics.velocity(t.stroke, t.bar, loud))
        hits.append(hit)
        if t.stroke.ornament:
            decorated.append((hit, t.stroke.ornament, t.bar.steps_per_quarter))
    small = _ornaments(hits, decorated, ticks_per_ms, closest_ticks, rng)
    return _apart(hits, small, closest_ticks)


def _apart(hits: Sequence[Hit], small: Sequence[Hit], ticks: int) -> tuple[Hit, ...]:
    """All hits in order, no two of a voice nearer than `ticks`: one of `small` that is goes, since
    a flam that cannot be written is none; other strokes give way a little.
    """
    lines: dict[Voice, list[Hit]] = {}
    for hit in sorted(hits):
        line = lines.setdefault(hit.voice, [])
        least = line[-1].tick + ticks if line else hit.tick
        line.append(replace(hit, tick=max(hit.tick, least)))
    for hit in small:
        line = lines[hit.voice]
        place = bisect_left(line, hit)
        around = line[max(0, place - 1) : place + 1]
        if all(abs(hit.tick - other.tick) >= ticks for other in around):
            line.insert(place, hit)
    return tuple(sorted(hit for line in lines.values() for hit in line))


def _ornaments(
    hits: Sequence[Hit],
    decorated: Sequence[tuple[Hit, Ornament, int]],
    ticks_per_ms: float,
    closest_ticks: int,
    rng: Random,
) -> list[Hit]:
    """The small strokes of the hits that have an ornament, on steps of so many a quarter."""
    if not decorated:
        return []
    lines: dict[Voice, list[int]] = {}
    for hit in sorted(hits):
        lines.setdefault(hit.voice, []).append(hit.tick)
    small = []
    for hit, ornament, per_quarter in decorated:
        line = lines[hit.voice]
        before, after = bisect_left(line, hit.tick) - 1, bisect_right(line, hit.tick)
        found = ornament_hits(
            ornament,
            hit.velocity,
            step_ms=TICKS_PER_QUARTER / per_quarter / ticks_per_ms,
            before_ms=(hit.tick - line[before]) / ticks_per_ms if before >= 0 else math.inf,
            after_ms=(line[after] - hit.tick) / ticks_per_ms if after < len(line) else math.inf,
            rng=rng,
        )
        for ms, velocity in found:
            off = round(ms * ticks_per_ms)
            if abs(off) < closest_ticks <= _WIDEST_FLAM_MS * ticks_per_ms:
                off = closest_ticks if off > 0 else -closest_ticks
            small.append(Hit(hit.tick + off, hit.voice, velocity))
    return small


def _place(
    bars: Sequence[Bar], profile: StyleProfile, request: Request, tempo_bpm: float, rng: Random
) -> list[_Timed]:
    """Every stroke with its swing, push, signature and chance; in the order of the bars."""
    step_ms = 60_000 / tempo_bpm / 4
    c = request.controls
    amount = c.humanize / 100 * c.timing / 100
    sixteenths = _has_sixteenths(bars)
    triplets = any(bar.steps_per_quarter == TRIPLET for bar in profile.grooves)
    feels = _Feels(bars, profile, request)
    moments = _moments(bars)
    slow = wander(moments, rng)
    shared = {moment: (value, rng.gauss(0, 1)) for moment, value in zip(moments, slow, strict=True)}
    # Seldom has a voice a wander of its own: none is drawn for the others.
    wanders = any(feels.looseness(bar).own_slow for bar in bars)
    own_slow = {
        family: dict(zip(moments, wander(moments, rng), strict=True))
        for family in dict.fromkeys(FAMILY[s.voice] for bar in bars for s in bar.strokes)
        if wanders
    }
    timed = []
    start = 0.0
    for bar in bars:
        feel = BarFeel(bar, profile, request, sixteenths, triplets)
        loose = feels.looseness(bar)
        for s in bar.strokes:
            family = FAMILY[s.voice]
            moment = start + s.step / bar.steps_per_quarter
            spread = loose.spread(family, is_ghost(s), step_ms)
            wandering, jolt = shared[moment]
            together = _mix(wandering, jolt, loose.slow)
            slowly = own_slow[family][moment] if wanders else 0.0
            alone = _mix(slowly, rng.gauss(0, 1), loose.own_slow)
            chance = amount * (spread.shared * together + spread.own * alone)
            signature = feel.signature_ms(s.step, family)
            limit = HUMAN_LIMIT_SD * math.hypot(spread.shared, spread.own)
            timed.append(
                _Timed(
                    stroke=s,
                    bar=bar,
                    moment=moment,
                    place_ticks=start * TICKS_PER_QUARTER + feel.swung_ticks(s.step, family),
                    push_ms=feel.push_ms(family),
                    strayed_ms=signature + chance,
                    limit_ms=abs(signature) + amount * limit,
                    level=(family, bar.steps_per_quarter, level_of(s.step, bar.steps_per_quarter)),
                )
            )
        start += bar.metre.quarters
    return timed


def _mix(slow: float, new: float, share: float) -> float:
    """A deviation of which `share` of the variance is slow."""
    return math.sqrt(share) * slow + math.sqrt(1 - share) * new


def _moments(bars: Sequence[Bar]) -> list[float]:
    """Every step that may be struck, in quarter notes from the start."""
    moments: dict[float, None] = {}
    start = 0.0
    for bar in bars:
        for step in range(bar.steps):
            moments[start + step / bar.steps_per_quarter] = None
        start += bar.metre.quarters
    return list(moments)


def _centred(timed: Sequence[_Timed]) -> list[_Timed]:
    """The strokes without the mean by which a voice strayed on each level of the beat."""
    sums: dict[tuple[Family, int, int], tuple[float, int]] = {}
    for t in timed:
        total, count = sums.get(t.level, (0.0, 0))
        sums[t.level] = (total + t.strayed_ms, count + 1)
    means = {k: total / n for k, (total, n) in sums.items() if n >= _ENOUGH_TO_CENTRE}
    return [
        replace(t, strayed_ms=_within(t.strayed_ms - means.get(t.level, 0.0), t.limit_ms))
        for t in timed
    ]


def _within(value: float, limit: float) -> float:
    return max(-limit, min(limit, value))


def _has_sixteenths(bars: Sequence[Bar]) -> bool:
    """Whether the grooves of a pattern live on 16ths, which are swung then; else eighths are."""
    straight = [bar for bar in bars if bar.steps_per_quarter != TRIPLET]
    grooves = [bar for bar in straight if bar.kind == "groove"] or straight
    steps = [s.step for bar in grooves for s in bar.strokes]
    return sum(step % 2 for step in steps) > _FEW_SIXTEENTHS * len(steps)


class _Feels:
    """The looseness of each take that a pattern draws from."""

    def __init__(self, bars: Sequence[Bar], profile: StyleProfile, request: Request) -> None:
        self._profile, self._request = profile, request
        by_song: dict[str, list[Bar]] = {}
        for bar in bars:
            by_song.setdefault(song_of(bar), []).append(bar)
        self._of_song = {song: self._looseness(song, own) for song, own in by_song.items()}

    def looseness(self, bar: Bar) -> Looseness:
        """That of the take this bar is from."""
        return self._of_song[song_of(bar)]

    def _looseness(self, song: str, bars: Sequence[Bar]) -> Looseness:
        voices = [timekeeper(bar) for bar in bars]
        voice = max(dict.fromkeys(voices), key=voices.count)
        struck = sum(s.voice is voice for bar in bars for s in bar.strokes)
        quarters = sum(bar.metre.quarters for bar in bars)
        spacing = max(0.25, min(1.0, quarters / struck if struck else 1.0))
        usual_ms = self._request.humanization.micro_timing_ms
        snares = [is_ghost(s) for bar in bars for s in bar.strokes if FAMILY[s.voice] == "snare"]
        ghosts = sum(snares) / len(snares) if snares else 0.0

        def value(name: str, family: Family, default: float) -> float:
            return known_trait(self._profile, song, name, family, default)

        return Looseness(value, FAMILY[voice], spacing, usual_ms, ghosts)

"""Swing, push, drift and dynamics: steps -> ticks.

Conventions: what is style (swing, push) is fixed and scaled by `feel`; what is chance is scaled by
`humanize` (and `timing`, `dynamics`) and is never white: a slow drift that all limbs share, with
power over many time scales (about 1/f; Hennig et al. 2011, Räsänen et al. 2015), and a smaller fast
part a stroke. Strokes meant together share the drift, so they correlate as measured (kick and hat
.64, snare and hat .70). The mean of the drift is taken off: it would be latency.

The spread of the deviations never exceeds the 95th percentile of human takes (a standard deviation
of 24 ms, or 16 % of a step at fast tempos), and no single one is over 2.5 times that.
"""

import math
from collections.abc import Sequence
from random import Random

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Family, Voice
from mididrumigen.engine.choose import song_of
from mididrumigen.groove.grid import STRAIGHT_SWING, TRIPLET, TRIPLET_SWING, step_phase
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import TICKS_PER_QUARTER, Bar, Hit, Request, Stroke, StyleProfile

_HUMAN_LIMIT_MS = 24.0
_HUMAN_LIMIT_STEP = 0.16
_HUMAN_LIMIT_SD = 2.5
_GHOST_LOOSER = 1.4
"""Ghosts deviate this much more than backbeats in their own fast part (measured: 24.8 against 17.1
ms in all).
"""

_TIME_SCALES_QUARTERS = (1.0, 4.0, 16.0, 64.0)
_DRIFT_LAG1 = 0.86
"""Lag-1 autocorrelation of the drift itself at a spacing of an eighth; the measured one is divided
by it.
"""
_MOST_SHARED = 0.85
_MOST_WIDENED = 1.5
_DEFAULT_DRIFT = 0.66

_JITTER_SHARE = 0.6
"""Velocities that were measured already hold part of the unevenness; noted ones hold none."""

_PUSH_LIMIT_MS = 45.0
"""The most that is style where evidence says so."""

_OWN_TIMING, _OWN_LIMIT_MS = 0.5, 24.0
"""Share of a measured stroke's own micro-timing that is played with its bar, and the most of it."""

_INTENSITY_RANGE = 0.25
"""Loudness changes by up to this share from `intensity` 50 to 0 or 100."""


def perform(
    bars: Sequence[Bar], profile: StyleProfile, request: Request, rng: Random
) -> tuple[Hit, ...]:
    """Hits of the bars as this artist would place and weigh them; some may fall before 0 or past
    the end.
    """
    step_ms = 60_000 / request.tempo_bpm / 4
    ticks_per_ms = request.tempo_bpm * TICKS_PER_QUARTER / 60_000
    drift = _Drift(bars, rng)
    centre = _velocity_centres(bars)
    controls = request.controls
    random_timing = controls.humanize / 100 * controls.timing / 100
    sixteenths = _has_sixteenths(bars)
    hits = []
    start = 0
    for bar in bars:
        feel = _BarFeel(bar, profile, request, sixteenths)
        for stroke in bar.strokes:
            family = FAMILY[stroke.voice]
            place = start + feel.swung_ticks(stroke.step, family)
            quarter = (
                start + stroke.step * TICKS_PER_QUARTER / bar.steps_per_quarter
            ) / TICKS_PER_QUARTER
            shared = feel.shared
            fast = rng.gauss(0, 1) * (_GHOST_LOOSER if _is_ghost(stroke) else 1.0)
            sd = min(feel.sd_ms(family), _HUMAN_LIMIT_MS, _HUMAN_LIMIT_STEP * step_ms)
            chance = math.sqrt(shared) * drift.at(quarter) + math.sqrt(1 - shared) * fast
            chance = sd * max(-_HUMAN_LIMIT_SD, min(_HUMAN_LIMIT_SD, chance))
            chance = feel.own_ms(stroke) + feel.left_to_chance * chance
            late_ms = feel.push_ms(family) + random_timing * chance
            loudness = rng.gauss(0, 1)
            hits.append(
                Hit(
                    round(place + late_ms * ticks_per_ms),
                    stroke.voice,
                    _velocity(stroke, feel, centre[stroke.voice], loudness, request),
                )
            )
        start += bar.metre.ticks
    return tuple(sorted(hits))


def _has_sixteenths(bars: Sequence[Bar]) -> bool:
    """Whether the grooves of a pattern play 16ths: they are swung then, and eighths otherwise."""
    straight = [bar for bar in bars if bar.steps_per_quarter != TRIPLET]
    grooves = [bar for bar in straight if bar.kind == "groove"] or straight
    return any(s.step % 2 for bar in grooves for s in bar.strokes)


class _BarFeel:
    """The feel of one bar: that of the take it is from, else of the artist, else the defaults."""

    def __init__(self, bar: Bar, profile: StyleProfile, request: Request, sixteenths: bool) -> None:
        self._bar, self._profile, self._request = bar, profile, request
        self._sixteenths = sixteenths
        self._song = song_of(bar)
        drift = profile.feel(self._song, "timing_drift", _DEFAULT_DRIFT)
        self.shared = min(_MOST_SHARED, drift / _DRIFT_LAG1)
        default = request.humanization.velocity_variation * 127
        self._measured = self._song in profile.feels
        self.left_to_chance = math.sqrt(1 - _OWN_TIMING**2) if self._measured else 1.0
        jitter = profile.feel(self._song, "velocity_jitter", default)
        self.jitter = jitter * (_JITTER_SHARE if self._measured else 1.0)

    def velocity(self, stroke: Stroke) -> float:
        """Loudness of a stroke before chance; the marks of noted snares are as loud as the
        artist's.
        """
        if self._measured or FAMILY[stroke.voice] != "snare":
            return stroke.velocity
        mark, trait = (".", "ghost_velocity") if _is_ghost(stroke) else ("X", "backbeat_velocity")
        usual = MARK_VELOCITIES[mark]
        return stroke.velocity * self._profile.trait(trait, usual) / usual

    def _value(self, name: str, family: Family, default: float) -> float:
        own = self._profile.feels.get(self._song, {})
        for key in (f"{name}.{family}", name):
            if key in own:
                return own[key]
        return self._profile.trait(f"{name}.{family}", self._profile.trait(name, default))

    def swung_ticks(self, step: int, family: Family) -> float:
        """Ticks from the bar line to a step, swung."""
        per_quarter = self._bar.steps_per_quarter
        quarter, within = divmod(step, per_quarter)
        eighths, sixteenths = self._swing(family)
        return (quarter + step_phase(within, per_quarter, eighths, sixteenths)) * TICKS_PER_QUARTER

    def _swing(self, family: Family) -> tuple[float, float]:
        """(swing of eighths, of 16ths) in percent: as asked, or the own one scaled by `feel`."""
        amount = self._request.controls.feel / 100
        asked = self._request.controls.swing
        eighths, sixteenths = self._own_swing(family)
        is_triplet = self._bar.steps_per_quarter == TRIPLET
        even = TRIPLET_SWING if is_triplet else STRAIGHT_SWING
        eighths = even + (eighths - even) * amount
        sixteenths = STRAIGHT_SWING + (sixteenths - STRAIGHT_SWING) * amount
        if asked is None:
            return eighths, sixteenths
        if not is_triplet and (self._sixteenths or self._bar.metre.unit == 8):
            return STRAIGHT_SWING, asked
        return asked, STRAIGHT_SWING

    def _own_swing(self, family: Family) -> tuple[float, float]:
        """(swing of eighths, of 16ths) of the take or artist on the grid of this bar, percent."""
        if self._bar.steps_per_quarter == TRIPLET:
            eighths = self._value("swing_8ths", family, TRIPLET_SWING)
            # The mean of an artist's straight takes says nothing about a triplet one, nor the other
            # way round.
            return (eighths if 58 <= eighths <= 80 else TRIPLET_SWING), STRAIGHT_SWING
        eighths = self._value("swing_8ths", family, STRAIGHT_SWING)
        if self._bar.metre.unit == 8 or not 45 <= eighths <= 62:
            eighths = STRAIGHT_SWING  # in x/8 a pair of eighths is no beat to be divided
        return eighths, self._value("swing_16ths", family, STRAIGHT_SWING)

    def push_ms(self, family: Family) -> float:
        """How late a family plays against the kit, ms."""
        return self._own_push(family) * self._request.controls.feel / 100

    def own_ms(self, stroke: Stroke) -> float:
        """What is played of the micro-timing that was measured of this very stroke, ms.

        It is what is left beyond push and swing, and so part of the chance.
        """
        if not self._measured:
            return 0.0
        family = FAMILY[stroke.voice]
        left = stroke.offset_ms - self._own_push(family) - self._own_swing_ms(stroke.step, family)
        return _OWN_TIMING * max(-_OWN_LIMIT_MS, min(_OWN_LIMIT_MS, left))

    def _own_push(self, family: Family) -> float:
        push = self._profile.feels.get(self._song, {}).get(f"push_ms.{family}")
        if push is None:
            push = self._profile.trait(f"push_ms.{family}", 0.0)
        return max(-_PUSH_LIMIT_MS, min(_PUSH_LIMIT_MS, push))

    def _own_swing_ms(self, step: int, family: Family) -> float:
        """How far after its rigid step the take's own swing puts a step, ms at the take's tempo."""
        within = step % self._bar.steps_per_quarter
        eighths, sixteenths = self._own_swing(family)
        phase = step_phase(within, self._bar.steps_per_quarter, eighths, sixteenths)
        tempo = self._profile.feel(self._song, "tempo_bpm", self._request.tempo_bpm)
        return (phase - within / self._bar.steps_per_quarter) * 60_000 / tempo

    def sd_ms(self, family: Family) -> float:
        """Random deviation of a family, ms."""
        return self._value("timing_sd_ms", family, self._request.humanization.micro_timing_ms)


class _Drift:
    """A shared slow deviation, a value a moment: mean 0 over this performance, variance about 1.

    A sum of first-order processes with time constants four times apart, which is close to 1/f
    between them.
    """

    def __init__(self, bars: Sequence[Bar], rng: Random) -> None:
        moments: dict[float, None] = {}
        start = 0.0
        for bar in bars:
            for step in range(bar.steps):
                moments[start + step / bar.steps_per_quarter] = None
            start += bar.metre.quarters
        times = list(moments)
        states = [rng.gauss(0, 1) for _ in _TIME_SCALES_QUARTERS]
        values = []
        last = 0.0
        for time in times:
            for i, scale in enumerate(_TIME_SCALES_QUARTERS):
                keep = math.exp(-(time - last) / scale)
                states[i] = states[i] * keep + rng.gauss(0, 1) * math.sqrt(1 - keep * keep)
            last = time
            values.append(sum(states) / math.sqrt(len(states)))
        mean = sum(values) / len(values)
        spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values))
        # What the mean takes away of the slowest wander is made good, so that the whole is as wide
        # as it was measured; within reason, for a short pattern has no time to wander.
        scale = min(1 / spread, _MOST_WIDENED)
        self._values = {round(t, 4): (v - mean) * scale for t, v in zip(times, values, strict=True)}

    def at(self, quarter: float) -> float:
        """Value at a step, by its place in quarter notes."""
        return self._values[round(quarter, 4)]


def _is_ghost(stroke: Stroke) -> bool:
    return FAMILY[stroke.voice] == "snare" and stroke.velocity < GHOST_VELOCITY


def _velocity_centres(bars: Sequence[Bar]) -> dict[Voice, float]:
    """Mean velocity of each voice: what `dynamics` 0 flattens to."""
    sums: dict[Voice, tuple[int, int]] = {}
    for bar in bars:
        for s in bar.strokes:
            total, count = sums.get(s.voice, (0, 0))
            sums[s.voice] = (total + s.velocity, count + 1)
    return {voice: total / count for voice, (total, count) in sums.items()}


def _velocity(
    stroke: Stroke, feel: _BarFeel, centre: float, chance: float, request: Request
) -> int:
    """Velocity of a stroke; a ghost stays a ghost and a full stroke a full one while `dynamics` is
    up.
    """
    c = request.controls
    jitter = feel.jitter * (0.5 if _is_ghost(stroke) else 1.0)
    loud = feel.velocity(stroke) + chance * jitter * c.humanize / 100
    loud = centre + (loud - centre) * c.dynamics / 100
    loud *= 1 + (c.intensity - 50) / 50 * _INTENSITY_RANGE
    low, high = 1, 127
    if FAMILY[stroke.voice] == "snare" and c.dynamics >= 50:
        low, high = (1, GHOST_VELOCITY - 1) if _is_ghost(stroke) else (GHOST_VELOCITY, 127)
    return max(low, min(high, round(loud)))

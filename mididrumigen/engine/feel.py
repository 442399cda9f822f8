"""Swing, push, drift and dynamics: steps -> ticks.

Conventions: what is style (swing, push) is fixed and scaled by `feel`; what is chance is scaled by
`humanize` (and `timing`, `dynamics`) and is never white: a slow drift that all limbs share, with
power over many time scales (about 1/f; Hennig et al. 2011, Räsänen et al. 2015), and a smaller fast
part a stroke. Strokes meant together share the drift, so they correlate as measured (kick and hat
.64, snare and hat .70). The mean of the drift is taken off: it would be latency.

The deviations never exceed the 95th percentile of human takes (24 ms, or 16 % of a step at fast
tempos).
"""

import math
from collections.abc import Sequence
from random import Random

from mididrumigen.drums import FAMILY, GHOST_VELOCITY, Family, Voice
from mididrumigen.engine.choose import song_of
from mididrumigen.groove.grid import STRAIGHT_SWING, TRIPLET, TRIPLET_SWING, step_phase
from mididrumigen.models import TICKS_PER_QUARTER, Bar, Hit, Request, Stroke, StyleProfile

_HUMAN_LIMIT_MS = 24.0
_HUMAN_LIMIT_STEP = 0.16
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
_DEFAULT_DRIFT = 0.66

_JITTER_SHARE = 0.6
"""Velocities that were measured already hold part of the unevenness; noted ones hold none."""

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
    hits = []
    start = 0
    for bar in bars:
        feel = _BarFeel(bar, profile, request)
        for stroke in bar.strokes:
            family = FAMILY[stroke.voice]
            place = start + feel.swung_ticks(stroke.step, family)
            quarter = (
                start + stroke.step * TICKS_PER_QUARTER / bar.steps_per_quarter
            ) / TICKS_PER_QUARTER
            shared = feel.shared
            fast = rng.gauss(0, 1) * (_GHOST_LOOSER if _is_ghost(stroke) else 1.0)
            sd = min(feel.sd_ms(family), _HUMAN_LIMIT_MS, _HUMAN_LIMIT_STEP * step_ms)
            chance = sd * (math.sqrt(shared) * drift.at(quarter) + math.sqrt(1 - shared) * fast)
            late_ms = feel.push_ms(family) + random_timing * chance
            loudness = rng.gauss(0, 1)
            hits.append(
                Hit(
                    round(place + late_ms * ticks_per_ms),
                    stroke.voice,
                    _velocity(stroke, centre[stroke.voice], feel.jitter, loudness, request),
                )
            )
        start += bar.metre.ticks
    return tuple(sorted(hits))


class _BarFeel:
    """The feel of one bar: that of the take it is from, else of the artist, else the defaults."""

    def __init__(self, bar: Bar, profile: StyleProfile, request: Request) -> None:
        self._bar, self._profile, self._request = bar, profile, request
        self._song = song_of(bar)
        drift = profile.feel(self._song, "timing_drift", _DEFAULT_DRIFT)
        self.shared = min(_MOST_SHARED, drift / _DRIFT_LAG1)
        default = request.humanization.velocity_variation * 127
        measured = self._song in profile.feels
        jitter = profile.feel(self._song, "velocity_jitter", default)
        self.jitter = jitter * (_JITTER_SHARE if measured else 1.0)

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
        """(swing of eighths, of 16ths) in percent."""
        amount = self._request.controls.feel / 100
        asked = self._request.controls.swing
        if self._bar.steps_per_quarter == TRIPLET:
            eighths = self._value("swing_8ths", family, TRIPLET_SWING)
            if (
                not 58 <= eighths <= 80
            ):  # the artist's mean over straight takes says nothing about this one
                eighths = TRIPLET_SWING
            eighths = TRIPLET_SWING + (eighths - TRIPLET_SWING) * amount
            return (eighths if asked is None else asked), STRAIGHT_SWING
        eighths = self._value("swing_8ths", family, STRAIGHT_SWING)
        if not 45 <= eighths <= 62:
            eighths = STRAIGHT_SWING
        sixteenths = self._value("swing_16ths", family, STRAIGHT_SWING)
        eighths = STRAIGHT_SWING + (eighths - STRAIGHT_SWING) * amount
        sixteenths = STRAIGHT_SWING + (sixteenths - STRAIGHT_SWING) * amount
        if asked is None:
            return eighths, sixteenths
        if self._has_sixteenths():
            return STRAIGHT_SWING, asked
        return asked, STRAIGHT_SWING

    def _has_sixteenths(self) -> bool:
        return any(s.step % 2 for s in self._bar.strokes)

    def push_ms(self, family: Family) -> float:
        """How late a family plays against the kit, ms."""
        push = self._profile.feels.get(self._song, {}).get(f"push_ms.{family}")
        if push is None:
            push = self._profile.trait(f"push_ms.{family}", 0.0)
        return max(-45.0, min(45.0, push)) * self._request.controls.feel / 100

    def sd_ms(self, family: Family) -> float:
        """Random deviation of a family, ms."""
        return self._value("timing_sd_ms", family, self._request.humanization.micro_timing_ms)


class _Drift:
    """A shared slow deviation, unit variance over many performances, mean 0 over this one, a value
    a moment.

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
        self._values = {round(t, 4): v - mean for t, v in zip(times, values, strict=True)}

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


def _velocity(stroke: Stroke, centre: float, jitter: float, chance: float, request: Request) -> int:
    """Velocity of a stroke; a ghost stays a ghost and a full stroke a full one while `dynamics` is
    up.
    """
    c = request.controls
    loud = stroke.velocity + chance * jitter * c.humanize / 100 * (
        0.5 if _is_ghost(stroke) else 1.0
    )
    loud = centre + (loud - centre) * c.dynamics / 100
    loud *= 1 + (c.intensity - 50) / 50 * _INTENSITY_RANGE
    low, high = 1, 127
    if FAMILY[stroke.voice] == "snare" and c.dynamics >= 50:
        low, high = (1, GHOST_VELOCITY - 1) if _is_ghost(stroke) else (GHOST_VELOCITY, 127)
    return max(low, min(high, round(loud)))

"""What a word is worth: values of a trait that is said to be high, low or in the middle.

Conventions: (value, low, high) in the units of `groove.traits`; low and high are what listeners
still call so. The values are near the 10th and 90th percentile of all built-in notes that name the
trait (`knowledge/data`), the ranges reach from about the quartile outwards.
"""

from typing import Literal, NamedTuple

Pole = Literal["high", "low", "middle"]


class Worth(NamedTuple):
    """A value with its range."""

    value: float
    low: float
    high: float


POLES: dict[str, dict[Pole, Worth]] = {
    "tempo_bpm": {
        "high": Worth(165, 140, 230),
        "low": Worth(70, 45, 88),
        "middle": Worth(106, 92, 125),
    },
    "swing_8ths": {"high": Worth(63, 55, 70), "low": Worth(50, 48, 53)},
    "swing_16ths": {"high": Worth(57, 53, 67), "low": Worth(50, 48, 52)},
    "push_ms": {"high": Worth(9, 3, 30), "low": Worth(-6, -25, -2), "middle": Worth(0, -3, 3)},
    "timing_sd_ms": {"high": Worth(18, 15, 34), "low": Worth(6, 0, 10)},
    "ghost_share": {"high": Worth(0.4, 0.2, 0.7), "low": Worth(0.01, 0.0, 0.06)},
    "ghost_velocity": {"high": Worth(41, 36, 50), "low": Worth(29, 15, 34)},
    "backbeat_velocity": {"high": Worth(121, 112, 127), "low": Worth(95, 70, 108)},
    "flam_rate": {"high": Worth(0.12, 0.06, 0.4), "low": Worth(0.0, 0.0, 0.03)},
    "drag_rate": {"high": Worth(0.09, 0.05, 0.3), "low": Worth(0.0, 0.0, 0.03)},
    "double_rate": {"high": Worth(0.15, 0.08, 0.4), "low": Worth(0.0, 0.0, 0.03)},
    "velocity_mean": {"high": Worth(106, 95, 120), "low": Worth(68, 50, 80)},
    "velocity_sd": {"high": Worth(30, 26, 40), "low": Worth(11, 2, 18)},
    "hits_per_quarter": {"high": Worth(6.0, 4.6, 12), "low": Worth(3.0, 1.0, 4.0)},
    "hits_per_quarter.tom": {"high": Worth(1.2, 0.6, 4), "low": Worth(0.1, 0.0, 0.3)},
    "hits_per_quarter.kick": {"high": Worth(2.3, 1.6, 4), "low": Worth(0.7, 0.2, 1.0)},
    "hits_per_quarter.hat": {"high": Worth(4.0, 3.0, 8), "low": Worth(1.0, 0.1, 1.6)},
    "hits_per_quarter.ride": {"high": Worth(3.0, 2.0, 8), "low": Worth(1.0, 0.1, 1.6)},
    "hits_per_quarter.snare": {"high": Worth(2.5, 1.8, 6), "low": Worth(0.6, 0.1, 1.0)},
    "syncopation": {"high": Worth(9.5, 7.5, 20), "low": Worth(3, 0, 5)},
    "backbeat": {"high": Worth(0.93, 0.75, 1.0), "low": Worth(0.1, 0.0, 0.4)},
    "bar_similarity": {"high": Worth(0.9, 0.8, 1.0), "low": Worth(0.45, 0.2, 0.58)},
    "fill_rate": {"high": Worth(0.24, 0.16, 0.6), "low": Worth(0.05, 0.0, 0.09)},
    "fill_quarters": {"high": Worth(3.5, 2.5, 8.0), "low": Worth(1.0, 0.5, 1.5)},
    "crash_rate": {"high": Worth(0.28, 0.17, 1.0), "low": Worth(0.02, 0.0, 0.05)},
    "crash_after_fill": {"high": Worth(0.85, 0.7, 1.0), "low": Worth(0.15, 0.0, 0.3)},
    "double_kick": {"high": Worth(0.8, 0.1, 1.0), "low": Worth(0.0, 0.0, 0.04)},
    "ride_share": {"high": Worth(0.8, 0.55, 1.0), "low": Worth(0.08, 0.0, 0.25)},
    "hat_open_share": {"high": Worth(0.4, 0.2, 0.9), "low": Worth(0.02, 0.0, 0.06)},
}

OPPOSITE: dict[Pole, Pole] = {"high": "low", "low": "high", "middle": "middle"}

DENIED_TO_MIDDLE = frozenset({"push_ms"})
"""Who is not late is not early: he is on the beat."""


def worth(trait: str, pole: Pole) -> Worth | None:
    """Value of a trait, narrowed or not, at a pole; None where the trait has none there."""
    poles = POLES.get(trait) or POLES.get(trait.partition(".")[0]) or {}
    return poles.get(pole)


def denied(trait: str, pole: Pole) -> Worth | None:
    """Value of a trait that is said not to be at a pole; None where that says nothing."""
    if pole == "middle":
        return None
    return worth(trait, "middle" if trait.partition(".")[0] in DENIED_TO_MIDDLE else OPPOSITE[pole])

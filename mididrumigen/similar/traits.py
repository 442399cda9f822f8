"""How near measured and noted traits are.

Conventions: only traits that both have are compared. Each difference is counted in spreads: the
standard deviation of that trait over everybody who has it. Tempo is compared as a ratio, in
semitones, since 60 is to 70 BPM as 120 to 140.
"""

import math
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from mididrumigen.groove.traits import trait_kind
from mididrumigen.models.described import Described

_LEAST_SPREAD = 0.03
"""Of the range of a trait: less is one and the same to a listener, however alike all others are."""
_UNKNOWN, _SURE_AFTER = 0.3, 3
"""With few traits in common the likeness is drawn to that of any two: halfway with three."""


class Spread(NamedTuple):
    """How a trait is distributed over everybody who has it, on its own scale."""

    mean: float
    sd: float


def on_scale(name: str, value: float) -> float:
    """A value on the scale that it is compared on."""
    return 12 * math.log2(max(value, 1.0)) if name == "tempo_bpm" else value


def spreads(entries: Iterable[Described], only: Container[str] | None = None) -> dict[str, Spread]:
    """Trait -> its spread over these entries; of all traits, or of some."""
    values: dict[str, list[float]] = {}
    for entry in entries:
        for name, value in entry.traits.items():
            if only is None or name in only:
                values.setdefault(name, []).append(on_scale(name, value))
    return {name: _spread(name, found) for name, found in values.items()}


def _spread(name: str, values: list[float]) -> Spread:
    kind = trait_kind(name)
    least = _LEAST_SPREAD * (on_scale(name, kind.high) - on_scale(name, kind.low))
    mean = math.fsum(values) / len(values)
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
    return Spread(mean, max(sd, least))


def places(traits: Mapping[str, float], spread: Mapping[str, Spread]) -> dict[str, float]:
    """Trait -> how many spreads it is from the mean of everybody; those with a spread only."""
    return {
        name: (on_scale(name, value) - spread[name].mean) / spread[name].sd
        for name, value in traits.items()
        if name in spread
    }


def likeness(mine: Mapping[str, float], theirs: Mapping[str, float]) -> float | None:
    """0-1 from the places of the traits that both have, 1 where they are equal; None without
    any.
    """
    total, count = 0.0, 0
    for name, place in mine.items():
        other = theirs.get(name)
        if other is not None:
            total += (place - other) ** 2
            count += 1
    if not count:
        return None
    near = math.exp(-math.sqrt(total / count))
    return (count * near + _SURE_AFTER * _UNKNOWN) / (count + _SURE_AFTER)

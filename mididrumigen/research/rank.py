"""What a piece of evidence is worth beside another: its rank, and what it says of each trait.

Conventions: measured (MIDI, audio) over what was read or noted about the artist, over what is known
of a style, over the nearest style of an unknown name. What was read (`told`) and our own notes
(`builtin`) vote together; neither outvotes a measurement.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from mididrumigen.groove.traits import TRAITS, trait_kind
from mididrumigen.models import Evidence
from mididrumigen.models.profile import Basis

RANKS = ("unknown", "genre", "builtin", "told", "measured")
_MEASURED_KINDS = frozenset({"midi", "audio"})
_BASIS: dict[str, Basis] = {
    "unknown": "unknown",
    "genre": "genre",
    "builtin": "builtin",
    "told": "researched",
    "measured": "researched",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one piece of evidence says of one trait."""

    value: float
    weight: float
    """Of measurements the square root of the strokes or bars that they rest on, so that one long
    take does not speak for all; of words how surely they say it.
    """
    low: float
    high: float
    """What it leaves open."""
    evidence: Evidence
    is_denied: bool = False
    """True where it says that it is not so."""

    def allows(self, value: float, tolerance: float) -> bool:
        """Whether a value is among what it says."""
        inside = self.low - tolerance <= value <= self.high + tolerance
        return inside is not self.is_denied

    def agrees(self, other: "Claim", tolerance: float) -> bool:
        """Whether it says the same as `other`. Words leave a range open and are taken by that:
        tight (0-10 ms) and loose (15-34 ms) are no closer for how much takes differ.
        """
        if self.is_open and other.is_open and self.is_denied is other.is_denied:
            return self.low <= other.high and other.low <= self.high
        return self.allows(other.value, tolerance)

    @property
    def is_open(self) -> bool:
        """Whether it leaves a range open."""
        return self.low < self.high


def rank_of(evidence: Evidence) -> int:
    """Index in `RANKS`."""
    if evidence.value.get("basis") == "told":
        return RANKS.index("told")
    if evidence.kind in _MEASURED_KINDS:
        return RANKS.index("measured")
    return RANKS.index(evidence.value.get("basis", "builtin"))


def basis_of(rank: int) -> Basis:
    """What a profile of that highest rank rests on."""
    return _BASIS[RANKS[rank]]


def is_own(evidence: Evidence) -> bool:
    """Whether it is about the artist and not about a style."""
    return rank_of(evidence) >= RANKS.index("builtin")


def is_measured(evidence: Evidence) -> bool:
    """Whether somebody's playing was measured."""
    return RANKS[rank_of(evidence)] == "measured"


def claims_by_trait(evidence: Evidence) -> Iterator[tuple[str, Claim]]:
    """(trait, claim) of all that a piece of evidence says; a claim about one song is left out,
    since the artist may play others otherwise, and so is what is no trait of the table.
    """
    weight = evidence.value.get("weight", 1)
    for name, (value, count) in evidence.value["traits"].items():
        yield name, Claim(value, math.sqrt(max(count, 1)) * weight, value, value, evidence)
    for said in evidence.value.get("claims", ()):
        name, value = said["trait"], said["value"]
        if name == "push_ms":  # "laid back": of whom it is said is heard by the snare
            name = "push_ms.snare"
        if name.partition(".")[0] not in TRAITS or said.get("song"):
            continue
        low, high = said.get("low"), said.get("high")
        yield (
            name,
            Claim(
                value,
                evidence.confidence,
                value if low is None else min(low, value),
                value if high is None else max(high, value),
                evidence,
                bool(said.get("not")),
            ),
        )


def tolerance(name: str, value: float) -> float:
    """How far apart two statements about a trait may be that still agree, in its unit: about the
    spread between the takes of one drummer of the Groove MIDI Dataset.
    """
    match trait_kind(name).unit:
        case "BPM":
            return max(4.0, 0.06 * value)
        case "%":
            return 3.0
        case "ms":
            return 8.0
        case "share":
            return 0.15
        case "velocity":
            return 12.0
        case "hits":
            return max(0.4, 0.25 * value)
        case "per bar":
            return 4.0
    return 1.0

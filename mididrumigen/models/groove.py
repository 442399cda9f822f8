"""A bar on a grid.

Conventions: a bar has `steps_per_quarter` steps a quarter note: 4 (16ths) or 3 (eighth triplets).
Step 0 is the downbeat. A stroke's `offset_ms` is how late (+) or early (-) it was played against
the rigid grid, in milliseconds, with the mean of its take removed (that mean is the instrument's
latency, not style). The small strokes of an ornament belong to the stroke they decorate and are no
strokes of the bar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

from mididrumigen.drums import Voice
from mididrumigen.models.music import Metre

BarKind = Literal["groove", "fill"]

Ornament = Literal["", "flam", "drag", "double"]
"""What decorates a stroke: one softer grace stroke just before it, two of them, or a second stroke
half a step after it, as in a roll of 32nds.
"""


@dataclass(frozen=True, slots=True, order=True)
class Stroke:
    """One voice on one step."""

    step: int
    voice: Voice
    velocity: int
    offset_ms: float = 0.0
    ornament: Ornament = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of vocabulary: what was played, how much it counts, and where it is from."""

    metre: Metre
    steps_per_quarter: int
    strokes: tuple[Stroke, ...]
    """Sorted by step, then voice; at most one stroke a voice and step."""
    kind: BarKind = "groove"
    weight: float = 1.0
    """How often it was played, relative to the other bars of the same kind; over 0."""
    fill_from: int = 0
    """For a fill: the step on which it begins; before it the groove goes on."""
    name: str = ""
    sources: tuple[tuple[str, int], ...] = ()
    """(evidence id, bar number from 1) of the bars that were folded into this one; the first is the
    one kept.
    """

    @property
    def steps(self) -> int:
        """Number of steps."""
        return self.metre.steps(self.steps_per_quarter)

    @property
    def grid(self) -> frozenset[tuple[int, Voice]]:
        """(step, voice) of every stroke: the bar without its dynamics and timing."""
        return frozenset((s.step, s.voice) for s in self.strokes)

    def to_json(self) -> dict[str, Any]:
        """Compact plain form: {metre, grid, kind, weight, strokes: {voice: [[step, velocity,
        offset_ms], ...]}, ...}; a stroke with an ornament has that as a fourth item.
        """
        strokes: dict[str, list[list[float | str]]] = {}
        for s in self.strokes:
            mark: list[float | str] = [s.step, s.velocity, s.offset_ms]
            strokes.setdefault(str(s.voice), []).append([*mark, s.ornament] if s.ornament else mark)
        plain: dict[str, Any] = {
            "metre": str(self.metre),
            "grid": self.steps_per_quarter,
            "kind": self.kind,
            "weight": round(self.weight, 4),
            "strokes": strokes,
        }
        if self.fill_from:
            plain["fill_from"] = self.fill_from
        if self.name:
            plain["name"] = self.name
        if self.sources:
            plain["sources"] = [list(s) for s in self.sources]
        return plain

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(
            metre=Metre.parse(plain["metre"]),
            steps_per_quarter=plain["grid"],
            strokes=tuple(
                sorted(
                    Stroke(step, Voice(voice), *rest)
                    for voice, marks in plain["strokes"].items()
                    for step, *rest in marks
                )
            ),
            kind=plain["kind"],
            weight=plain["weight"],
            fill_from=plain.get("fill_from", 0),
            name=plain.get("name", ""),
            sources=tuple((str(e), int(n)) for e, n in plain.get("sources", ())),
        )

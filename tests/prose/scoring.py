"""Labels and claims -> how many were found, missed and invented."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from mididrumigen.groove.poles import worth
from mididrumigen.prose import Claim, Names, claims_of


class Label(NamedTuple):
    """One label of a sentence, taken apart."""

    trait: str
    sign: str
    """"+", "-", or "" where a value is given or the trait alone says it."""
    value: str
    negated: bool
    song: str
    who: str
    is_open: bool


KINDS: dict[str, tuple[str, ...]] = {
    "tempo": ("tempo_bpm",),
    "feel": ("swing_8ths", "swing_16ths", "push_ms", "timing_sd_ms"),
    "touch": (
        "velocity_mean",
        "velocity_sd",
        "backbeat_velocity",
        "ghost_share",
        "ghost_velocity",
        "flam_rate",
        "drag_rate",
        "double_rate",
    ),
    "kit": ("kit",),
    "company": ("plays_with",),
}
"""All else is "patterns"."""


def kind_of(trait: str) -> str:
    base = trait.partition(".")[0]
    return next((kind for kind, traits in KINDS.items() if base in traits), "patterns")


def labels_of(written: str) -> list[Label]:
    return [_label(part.strip()) for part in written.split(";") if part.strip()]


def _label(written: str) -> Label:
    is_open, written = written.startswith("?"), written.removeprefix("?")
    negated, written = written.startswith("!"), written.removeprefix("!")
    written, _, who = written.partition("#")
    written, _, song = written.partition("@")
    trait, _, value = written.partition("=")
    sign = trait[-1] if trait[-1] in "+-" else ""
    return Label(trait.rstrip("+-"), sign, value, negated, song, who, is_open)


def agrees(label: Label, claim: Claim) -> bool:
    """Whether a claim is just what a label says."""
    if (label.trait, label.negated, label.song, label.who) != (
        claim.trait,
        claim.negated,
        claim.song,
        claim.who,
    ):
        return False
    if isinstance(claim.value, str):
        return claim.value.casefold() == label.value.casefold()
    if label.sign:
        pole = worth(label.trait, "high" if label.sign == "+" else "low")
        return pole is not None and pole.low <= claim.value <= pole.high
    low, _, high = label.value.partition("..")
    if high:
        return (claim.low, claim.high) == (float(low), float(high))
    return not low or abs(claim.value - float(low)) < 0.5


@dataclass
class Score:
    """Counts by kind, and what went wrong."""

    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def precision(self, kind: str) -> float:
        found, invented = self.count(self.found, kind), self.count(self.invented, kind)
        return found / (found + invented) if found + invented else 1.0

    def recall(self, kind: str) -> float:
        found, missed = self.count(self.found, kind), self.count(self.missed, kind)
        return found / (found + missed) if found + missed else 1.0

    @staticmethod
    def count(counts: Counter[str], kind: str) -> int:
        return counts.total() if kind == "all" else counts[kind]


def score(sentences: Iterable[tuple[str, str, str, bool]], names: Mapping[str, Names]) -> Score:
    result = Score()
    for called, text, written, has_sections in sentences:
        claims = claims_of(text, names[called], has_sections=has_sections)
        labels = labels_of(written)
        for label in (lb for lb in labels if not lb.is_open):
            hit = any(agrees(label, claim) for claim in claims)
            (result.found if hit else result.missed)[kind_of(label.trait)] += 1
            if not hit:
                result.errors.append(f"missed {label.trait}{label.sign}{label.value}: {text}")
        for claim in claims:
            if not any(agrees(label, claim) for label in labels):
                result.invented[kind_of(claim.trait)] += 1
                said = f"{'!' if claim.negated else ''}{claim.trait}={claim.value}"
                result.errors.append(f"invented {said}@{claim.song}#{claim.who}: {text}")
    return result


def table(result: Score) -> str:
    """The figures a person reads: one line a kind."""
    kinds = [*KINDS, "patterns", "all"]
    return "\n".join(_line(result, kind) for kind in kinds)


def _line(result: Score, kind: str) -> str:
    counts = {"found": result.found, "missed": result.missed, "invented": result.invented}
    told = " ".join(f"{called} {result.count(n, kind):3}" for called, n in counts.items())
    levels = f"precision {result.precision(kind):.2f} recall {result.recall(kind):.2f}"
    return f"{kind:9} {told}  {levels}"

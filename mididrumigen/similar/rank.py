"""The mix of text, styles and traits, and its reasons.

Conventions: every part is 0-1, and so is the score: their mean by the weights below. A part that
the one who is asked about has not (no style is known, no text was read) is left out of the mix for
everybody; one that only the other lacks counts as `_LACKING`.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mididrumigen.groove.traits import trait_kind
from mididrumigen.models.described import Described
from mididrumigen.similar import styles, traits, words
from mididrumigen.similar.traits import Spread

WEIGHTS = {"text": 0.4, "styles": 0.35, "traits": 0.25}
"""Parts of the score. Without the text model the others keep their ratio."""

_LACKING = 0.2
_LEAST_COSINE = 0.2
"""Between any two texts about drums; a text is as near as its cosine above that."""
_CLOSE = 0.5
"""Spreads between two values that are called close."""
_MOST_TRAITS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about."""

    entry: Described
    reads_text: bool = False
    """Whether the others' texts were compared with its own."""


@dataclass(frozen=True, slots=True)
class SharedTrait:
    """A trait in which two are close."""

    name: str
    mine: float
    theirs: float
    says: str

    def to_json(self) -> dict[str, Any]:
        """Plain form."""
        return {
            "trait": self.name,
            "asked": round(self.mine, 3),
            "theirs": round(self.theirs, 3),
            "unit": trait_kind(self.name).unit,
            "says": self.says,
        }


@dataclass(frozen=True, slots=True)
class Alike:
    """One answer: who, how near, and why."""

    entry: Described
    score: float
    parts: Mapping[str, float]
    """text, styles, traits: those that were compared."""
    styles: tuple[str, ...]
    """Titles of the styles that both have, the weightiest first."""
    traits: tuple[SharedTrait, ...]
    why: str

    def to_json(self) -> dict[str, Any]:
        """Plain form."""
        return {
            "name": self.entry.name,
            "kind": self.entry.kind,
            "score": round(self.score, 4),
            "parts": {name: round(value, 4) for name, value in self.parts.items()},
            "styles": list(self.styles),
            "traits": [trait.to_json() for trait in self.traits],
            "drummers": [{"name": n, "years": years} for n, years in drummers(self.entry).items()],
            "why": self.why,
        }


def rank(
    asked: Asked,
    others: Sequence[tuple[Described, float | None]],
    spreads: Mapping[str, Spread],
    families: Mapping[str, str],
    titles: Mapping[str, str],
    limit: int,
) -> list[Alike]:
    """The nearest of `others`, each with the cosine of its text to the one asked (None: not read),
    the nearest first; equals by name. `families` and `titles` are of styles, by their key.
    """
    mine = asked.entry
    scored = []
    for other, cosine in others:
        if not mine.is_one_with(other):
            parts = _parts(asked, other, cosine, spreads, families)
            total = sum(WEIGHTS[name] for name in parts)
            score = sum(WEIGHTS[name] * value for name, value in parts.items()) / (total or 1)
            scored.append((-score, other.name, other, parts))
    best = heapq.nsmallest(limit, scored, key=lambda found: found[:2])
    return [
        _explained(mine, other, -minus, parts, spreads, titles) for minus, _, other, parts in best
    ]


def _parts(
    asked: Asked,
    other: Described,
    cosine: float | None,
    spreads: Mapping[str, Spread],
    families: Mapping[str, str],
) -> dict[str, float]:
    mine = asked.entry
    parts: dict[str, float | None] = {}
    if asked.reads_text:
        parts["text"] = (
            None if cosine is None else max(0.0, (cosine - _LEAST_COSINE) / (1 - _LEAST_COSINE))
        )
    if mine.styles:
        parts["styles"] = styles.likeness(mine.styles, other.styles, families)
    if mine.traits:
        parts["traits"] = traits.likeness(mine.traits, other.traits, spreads)
    return {name: _LACKING if value is None else value for name, value in parts.items()}


def _explained(
    mine: Described,
    other: Described,
    score: float,
    parts: Mapping[str, float],
    spreads: Mapping[str, Spread],
    titles: Mapping[str, str],
) -> Alike:
    shared = sorted(
        (key for key in mine.styles if key in other.styles),
        key=lambda key: (-mine.styles[key] * other.styles[key], key),
    )
    common = tuple(titles.get(key, key) for key in shared)
    close = _close_traits(mine, other, spreads)
    reasons = []
    if common:
        reasons.append(f"both {' and '.join(common)}" if other.kind != "style" else common[0])
    reasons += [trait.says for trait in close]
    if not reasons:
        reasons.append(
            "the descriptions are alike" if "text" in parts else "nearest in styles and traits"
        )
    return Alike(other, score, parts, common, close, "; ".join(reasons))


def _close_traits(
    mine: Described, other: Described, spreads: Mapping[str, Spread]
) -> tuple[SharedTrait, ...]:
    """The most telling traits in which two are close: those far from everybody's mean. What both
    have from their styles alone says nothing that the styles do not.
    """
    found = []
    for name in sorted(mine.traits.keys() & other.traits.keys()):
        if name not in spreads or not (name in mine.own or name in other.own):
            continue
        here = words.deviation(name, mine.traits[name], spreads)
        there = words.deviation(name, other.traits[name], spreads)
        if abs(here - there) <= _CLOSE:
            found.append((abs(here + there) / 2 - abs(here - there), name))
    found.sort(key=lambda close: (-close[0], close[1]))
    return tuple(
        _shared(name, mine.traits[name], other.traits[name], spreads)
        for _, name in found[:_MOST_TRAITS]
    )


def _shared(
    name: str, mine: float, theirs: float, spreads: Mapping[str, Spread]
) -> SharedTrait:
    says = words.in_words(name, (mine + theirs) / 2, spreads)
    return SharedTrait(name, mine, theirs, f"{says} ({words.amounts(name, mine, theirs)})")


def drummers(entry: Described) -> dict[str, str]:
    """Who drums -> when; the years are empty where they are not known."""
    if entry.drummers:
        return dict(entry.drummers)
    return {entry.name: ""} if entry.kind in ("drummer", "producer") else {}



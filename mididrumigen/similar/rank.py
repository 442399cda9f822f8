"""The mix of text, styles and traits, and its reasons.

Conventions: every part is 0-1, and so is the score: their mean by the weights below. A part that
the one who is asked about has not (no style is known, no text was read) is left out of the mix for
everybody; one that only the other lacks counts as `_LACKING`.
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
_ENOUGH = 4
"""Traits of one's own: as many as every noted artist has."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What everybody is compared on."""

    spreads: Mapping[str, Spread]
    families: Mapping[str, str]
    """Style -> its family."""
    titles: Mapping[str, str]
    """Style -> what people call it."""

    def place(self, entry: Described, artist_id: int | None = None) -> "Placed":
        """An entry, ready to be compared."""
        names = entry.names
        return Placed(
            entry,
            names,
            names | entry.others,
            styles.axes(entry.styles, self.families),
            traits.places(entry.traits, self.spreads),
            artist_id,
        )

    def with_traits_of(self, asked: Described, more: Iterable[Described]) -> "Ground":
        """This ground, with the spread over `more` of traits of `asked` that it has not: of what is
        only ever measured.
        """
        new = asked.traits.keys() - self.spreads.keys()
        if not new:
            return self
        return replace(self, spreads={**traits.spreads(more, new), **self.spreads})


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry, ready to be compared on a ground."""

    entry: Described
    names: frozenset[str]
    kin: frozenset[str]
    """Its names, and those of its bands and drummers."""
    axes: Mapping[str, float]
    places: Mapping[str, float]
    artist_id: int | None = None
    """Of a stored artist."""

    def is_one_with(self, other: "Placed") -> bool:
        """Whether one is the other, the other's band or the other's drummer."""
        return not (self.names.isdisjoint(other.kin) and self.kin.isdisjoint(other.names))


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
    artist_id: int | None = None

    @property
    def drummers(self) -> dict[str, str]:
        """Who drums there -> when."""
        return drummers(self.entry)

    def to_json(self) -> dict[str, Any]:
        """Plain form."""
        return {
            "name": self.entry.name,
            "artist_id": self.artist_id,
            "kind": self.entry.kind,
            "score": round(self.score, 4),
            "parts": {name: round(value, 4) for name, value in self.parts.items()},
            "styles": list(self.styles),
            "traits": [trait.to_json() for trait in self.traits],
            "drummers": [{"name": n, "years": years} for n, years in self.drummers.items()],
            "why": self.why,
        }


def rank(
    asked: Placed,
    others: Iterable[tuple[Placed, float | None]],
    ground: Ground,
    limit: int,
    reads_text: bool = False,
) -> list[Alike]:
    """The nearest of `others`, the nearest first; equals by name. With each comes the cosine of its
    text to the one asked (None: it was not read); `reads_text` is whether texts count.
    """
    scored = []
    for other, cosine in others:
        if not asked.is_one_with(other):
            parts = _parts(asked, other, cosine, reads_text)
            total = sum(WEIGHTS[name] for name in parts) or 1.0
            score = sum(WEIGHTS[name] * value for name, value in parts.items()) / total
            scored.append((-score, other.entry.name, other, parts))
    best = heapq.nsmallest(limit, scored, key=lambda found: found[:2])
    return [_explained(asked, other, -minus, parts, ground) for minus, _, other, parts in best]


def _parts(
    asked: Placed, other: Placed, cosine: float | None, reads_text: bool
) -> dict[str, float]:
    parts: dict[str, float | None] = {}
    if reads_text:
        parts["text"] = (
            None if cosine is None else max(0.0, (cosine - _LEAST_COSINE) / (1 - _LEAST_COSINE))
        )
    if asked.axes:
        parts["styles"] = styles.likeness(asked.axes, other.axes)
    if asked.places:
        like = traits.likeness(asked.places, other.places)
        parts["traits"] = (
            None if like is None else _LACKING + _told(asked, other) * (like - _LACKING)
        )
    return {name: _LACKING if value is None else value for name, value in parts.items()}


def _told(asked: Placed, other: Placed) -> float:
    """How far the traits of two tell more than their styles do, 0-1: fully where enough of them
    are noted or measured of both.
    """
    return min(len(asked.entry.own & other.entry.own) / _ENOUGH, 1.0)


def _explained(
    asked: Placed, other: Placed, score: float, parts: Mapping[str, float], ground: Ground
) -> Alike:
    mine, theirs = asked.entry.styles, other.entry.styles
    shared = sorted(mine.keys() & theirs.keys(), key=lambda key: (-mine[key] * theirs[key], key))
    common = tuple(ground.titles.get(key, key) for key in shared)
    close = _close_traits(asked, other)
    reasons = [f"both {' and '.join(common)}"] if common else []
    reasons += [trait.says for trait in close]
    if not reasons:
        reasons.append("the texts are alike" if "text" in parts else "nearest of all, but not near")
    why = "; ".join(reasons)
    return Alike(other.entry, score, parts, common, close, why, other.artist_id)


def _close_traits(asked: Placed, other: Placed) -> tuple[SharedTrait, ...]:
    """The most telling traits in which two are close: those far from everybody's mean. What one has
    from its styles alone says nothing that the styles do not.
    """
    found = []
    own = asked.entry.own & other.entry.own
    for name in own & asked.places.keys() & other.places.keys():
        here, there = asked.places[name], other.places[name]
        if abs(here - there) <= _CLOSE:
            found.append((abs(here + there) / 2 - abs(here - there), name, (here + there) / 2))
    found.sort(key=lambda close: (-close[0], close[1]))
    shared = []
    for _, name, away in found[:_MOST_TRAITS]:
        mine, theirs = asked.entry.traits[name], other.entry.traits[name]
        says = words.in_words(name, (mine + theirs) / 2, away)
        amounts = words.amounts(name, mine, theirs)
        shared.append(SharedTrait(name, mine, theirs, f"{says} ({amounts})"))
    return tuple(shared)


def drummers(entry: Described) -> dict[str, str]:
    """Who drums -> when; the years are empty where they are not known."""
    if entry.drummers:
        return dict(entry.drummers)
    return {entry.name: ""} if entry.kind in ("drummer", "producer") else {}

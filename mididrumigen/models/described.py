"""An artist or a style as it is compared with others: what it is, its styles, its traits, in words.

Conventions: `styles` are keys of built-in styles with their weights; `traits` are values by the
names of `groove.traits`. Plain data, so that it can be kept beside a profile.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from mididrumigen.models.names import normalise_name

DescribedKind = Literal["drummer", "band", "producer", "singer", "musician", "style", "artist"]
"""`artist` where nobody has said what they are."""


@dataclass(frozen=True, slots=True)
class Described:
    """Whom or what is compared."""

    name: str
    kind: DescribedKind
    styles: Mapping[str, float]
    """Style -> weight; of a style itself, weight 1. Empty where no style is known."""
    genre: str = ""
    """Its styles as people read them, the heaviest first: "hip hop, soul"."""
    about: str = ""
    traits: Mapping[str, float] = field(default_factory=dict)
    """What is noted or measured; where that is silent, what its styles are known for."""
    own: frozenset[str] = frozenset()
    """Names of the traits that are its own."""
    aliases: tuple[str, ...] = ()
    """Other names of the same artist."""
    bands: tuple[str, ...] = ()
    """Of a drummer: where he plays."""
    drummers: Mapping[str, str] = field(default_factory=dict)
    """Of a band: who drums -> when, "2002-"; empty where that is not known."""

    @property
    def names(self) -> frozenset[str]:
        """What it is called, normalised."""
        return frozenset(map(normalise_name, (self.name, *self.aliases)))

    @property
    def others(self) -> frozenset[str]:
        """Its bands and its drummers, normalised."""
        return frozenset(map(normalise_name, (*self.bands, *self.drummers)))

    def to_json(self) -> dict[str, Any]:
        """Plain form."""
        return {
            "name": self.name,
            "kind": self.kind,
            "styles": dict(self.styles),
            "genre": self.genre,
            "about": self.about,
            "traits": dict(self.traits),
            "own": sorted(self.own),
            "aliases": list(self.aliases),
            "bands": list(self.bands),
            "drummers": dict(self.drummers),
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(
            name=plain["name"],
            kind=plain["kind"],
            styles=plain["styles"],
            genre=plain["genre"],
            about=plain["about"],
            traits=plain["traits"],
            own=frozenset(plain["own"]),
            aliases=tuple(plain["aliases"]),
            bands=tuple(plain["bands"]),
            drummers=plain["drummers"],
        )

"""The style profile: what is believed about how an artist drums, and on what grounds.

Conventions: a profile is a pure function of evidence (`research.profile`), so it can be rebuilt and
explained at any time. `basis` says what it rests on, in order of trust:

    researched   measured or read about this artist      confidence 0.4-1
    builtin      our own notes about this artist         0.2-0.4
    genre        only styles are known                   under 0.4
    unknown      nothing is known; the nearest style     under 0.2
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Self

from mididrumigen.drums import Voice
from mididrumigen.models.groove import Bar

Basis = Literal["researched", "builtin", "genre", "unknown"]

MAX_IDS = 24
"""Evidence ids that a trait cites: the ones that weigh most."""

BASIS_WORDS: dict[Basis, str] = {
    "researched": "researched",
    "builtin": "from built-in notes, not yet researched",
    "genre": "from genre only",
    "unknown": "unknown artist",
}
"""What people read in place of the number."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One parameter of a style. Its name, unit and range stand in `groove.traits.TRAITS`."""

    value: float
    unit: str
    confidence: float
    evidence: tuple[str, ...]
    """Ids of the evidence that it was drawn from; never empty."""
    low: float | None = None
    high: float | None = None
    """What the evidence leaves open; None: not said."""
    against: tuple[str, ...] = ()
    """Ids of the evidence that says otherwise."""
    is_own: bool = True
    """False where it is only what is usual in the style."""


@dataclass(frozen=True, slots=True)
class StyleProfile:
    """Everything the player needs, and everything a person may ask about."""

    artist_name: str
    text_description: str
    basis: Basis
    confidence_score: float
    sources_count: int
    quantitative_params: Mapping[str, Any]
    """The specification's numbers: tempo_min, tempo_max, tempo_avg, tempo_mode (BPM), swing_percent
    (50-75), ghost_note_prob, syncopation_level, velocity_mean, velocity_std, velocity_histogram (16
    shares).
    """
    traits: Mapping[str, Trait]
    grooves: tuple[Bar, ...]
    fills: tuple[Bar, ...]
    kit: Mapping[Voice, float]
    """Share of all strokes a voice; sums to 1."""
    feels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Evidence id -> timing traits and tempo of that one take, for the takes that the grooves are
    from: an artist who plays jazz and rock has two feels, and their mean is neither.
    """
    signatures: Mapping[str, Mapping[str, Sequence[float]]] = field(default_factory=dict)
    """Evidence id -> family and steps a quarter, such as "hat.4" -> ms at each step of the bar:
    what that take does at each place beyond push and swing.
    """
    notices: tuple[str, ...] = ()
    """What a user must be told when it is played."""
    created_at: str = ""
    updated_at: str = ""
    version: int = field(default=1)
    """Version of this form; a profile of another version is rebuilt from its evidence."""

    def trait(self, name: str, default: float) -> float:
        """Value of a trait, or `default` where nothing is known of it."""
        found = self.traits.get(name)
        return default if found is None else found.value

    def feel(self, source: str, name: str, default: float) -> float:
        """Value of a timing trait in the take `source`, else of the artist, else `default`."""
        own = self.feels.get(source, {}).get(name)
        return self.trait(name, default) if own is None else own

    @property
    def hash(self) -> str:
        """12 hex digits that change when anything that is played from changes; times are left
        out.
        """
        plain = self.to_json()
        del plain["created_at"], plain["updated_at"]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, Any]:
        """Plain form with the specification's field names."""
        return {
            "version": self.version,
            "artist_name": self.artist_name,
            "text_description": self.text_description,
            "basis": self.basis,
            "confidence_score": self.confidence_score,
            "sources_count": self.sources_count,
            "quantitative_params": dict(self.quantitative_params),
            "traits": {
                name: [
                    *(t.value, t.unit, t.confidence, list(t.evidence)),
                    *(t.low, t.high, list(t.against), t.is_own),
                ]
                for name, t in self.traits.items()
            },
            "midi_templates": {
                "grooves": [b.to_json() for b in self.grooves],
                "fills": [b.to_json() for b in self.fills],
            },
            "kit": {str(v): share for v, share in self.kit.items()},
            "feels": {source: dict(values) for source, values in self.feels.items()},
            "signatures": {
                source: {name: list(late) for name, late in places.items()}
                for source, places in self.signatures.items()
            },
            "notices": list(self.notices),
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Self:
        """The inverse of `to_json`."""
        return cls(
            version=plain["version"],
            artist_name=plain["artist_name"],
            text_description=plain["text_description"],
            basis=plain["basis"],
            confidence_score=plain["confidence_score"],
            sources_count=plain["sources_count"],
            quantitative_params=plain["quantitative_params"],
            traits={
                name: Trait(value, unit, confidence, tuple(ids), low, high, tuple(no), is_own)
                for name, (value, unit, confidence, ids, low, high, no, is_own) in plain[
                    "traits"
                ].items()
            },
            grooves=tuple(Bar.from_json(b) for b in plain["midi_templates"]["grooves"]),
            fills=tuple(Bar.from_json(b) for b in plain["midi_templates"]["fills"]),
            kit={Voice(v): share for v, share in plain["kit"].items()},
            feels=plain["feels"],
            signatures=plain["signatures"],
            notices=tuple(plain["notices"]),
            created_at=plain["created_at"],
            updated_at=plain["updated_at"],
        )

"""What the verbs are asked and what they answer; `to_json` gives the forms of the contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mididrumigen.groove.traits import trait_kind
from mididrumigen.midi import GM, DrumMap, clip_notes, to_notes
from mididrumigen.models import (
    TICKS_PER_QUARTER,
    Artist,
    Evidence,
    Pattern,
    Request,
    SourceReport,
    StyleProfile,
    Tracks,
)

if TYPE_CHECKING:
    from mididrumigen.models.described import Described
    from mididrumigen.similar.rank import Alike

MAX_LIMIT, MAX_TEXT = 100, 2000
"""Of `similar`: the most that are named, and the longest text in characters."""


_TOLD = ("tempo", "claims", "styles", "drummers")
"""What was read, as evidence has it."""


@dataclass(frozen=True, slots=True)
class GenerateResult:
    """Finished patterns, their files and what is to be said about them."""

    profile: StyleProfile
    request: Request
    patterns: tuple[Pattern, ...]
    files: tuple[Path, ...]
    """Empty for a dry run."""
    notices: tuple[str, ...]
    generation_time_ms: float
    generation_id: int | None = None
    """None where the history could not be written, and for a dry run."""
    provider_used: str = "template"
    drum_map: DrumMap = GM
    tracks: Tracks = "one"

    def to_json(self) -> dict[str, Any]:
        """The HTTP result."""
        return {
            "generation_id": self.generation_id,
            "artist": self.profile.artist_name,
            "provider_used": self.provider_used,
            "seed": self.request.seed,
            "tempo": self.request.tempo_bpm,
            "time_signature": str(self.request.metre),
            "bars": self.request.bars,
            "generation_time_ms": round(self.generation_time_ms, 1),
            "basis": self.profile.basis,
            "confidence": self.profile.confidence_score,
            "map": self.drum_map.name,
            "voices": {str(note): voice for note, voice in self.drum_map.voices.items()},
            "tracks": self.tracks,
            "midi_files": [str(path) for path in self.files],
            "clips": [clip_json(pattern, self.drum_map) for pattern in self.patterns],
            "notices": list(self.notices),
        }


@dataclass(frozen=True, slots=True)
class ResearchResult:
    """The profile after research, and how each source fared."""

    profile: StyleProfile
    reports: tuple[SourceReport, ...]
    confidence_before: float | None
    """None for an artist who was not known before."""
    changes: tuple[tuple[str, float | None, float], ...] = ()
    """(trait, value before, value now) of what is new or moved."""
    notices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain form for `research --json`."""
        return {
            "artist": self.profile.artist_name,
            "basis": self.profile.basis,
            "confidence": self.profile.confidence_score,
            "confidence_before": self.confidence_before,
            "sources_count": self.profile.sources_count,
            "description": self.profile.text_description,
            "grooves": len(self.profile.grooves),
            "fills": len(self.profile.fills),
            "sources": {report.source: report_json(report) for report in self.reports},
            "changes": [
                {"trait": name, "before": before, "after": after}
                for name, before, after in self.changes
            ],
            "notices": list(self.notices),
        }


@dataclass(frozen=True, slots=True)
class ShowResult:
    """A profile with everything it rests on."""

    artist: Artist
    player: str
    profile: StyleProfile
    evidence: tuple[Evidence, ...]
    lineup: tuple[tuple[str, str], ...] = ()
    """Of a band: who drummed there, and when."""
    reports: tuple[SourceReport, ...] = ()
    """How the sources fared in the last research."""

    def to_json(self) -> dict[str, Any]:
        """The form of `show --json`."""
        sources: dict[str, dict[str, Any]] = {}
        for e in self.evidence:
            sources.setdefault(e.source, {"state": "ok", "reason": "", "found": 0})["found"] += 1
        for report in self.reports:
            line = sources.setdefault(report.source, {"state": "", "reason": "", "found": 0})
            line |= {"state": report.state, "reason": report.reason}
        return {
            "identity": {
                "name": self.artist.name,
                "disambiguation": self.artist.disambiguation,
                "aliases": list(self.artist.aliases),
                "player": self.player,
            },
            "lineup": [{"name": name, "years": years} for name, years in self.lineup],
            "basis": self.profile.basis,
            "confidence": self.profile.confidence_score,
            "description": self.profile.text_description,
            "quantitative_params": dict(self.profile.quantitative_params),
            "traits": {
                name: {
                    "value": trait.value,
                    "unit": trait.unit,
                    "means": trait_kind(name).means,
                    "confidence": trait.confidence,
                    "evidence": list(trait.evidence),
                    "range": None if trait.low is None else [trait.low, trait.high],
                    "against": list(trait.against),
                    "own": trait.is_own,
                }
                for name, trait in self.profile.traits.items()
            },
            "kit": {str(voice): share for voice, share in self.profile.kit.items()},
            "evidence": {
                e.id: {
                    "source": e.source,
                    "kind": e.kind,
                    "url": e.url,
                    "quote": e.quote,
                    "value": claims(e),
                    "confidence": e.confidence,
                    "licence": e.licence,
                    "retrieved_at": e.retrieved_at,
                }
                for e in self.evidence
            },
            "sources": sources,
            "grooves": [bar.to_json() for bar in self.profile.grooves],
            "fills": [bar.to_json() for bar in self.profile.fills],
        }


@dataclass(frozen=True, slots=True)
class SimilarResult:
    """The nearest to somebody, and why."""

    asked: "Described"
    nearest: "tuple[Alike, ...]"
    """Artists, the nearest first."""
    styles: "tuple[Alike, ...]"
    """The nearest styles."""
    weights: Mapping[str, float]
    """What the score is a mean of, with its weights, which sum to 1: text, styles, traits."""
    model: str | None
    """What read the texts; None where they were not compared."""
    notices: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The form of `similar --json`."""
        return {
            "asked": {
                "name": self.asked.name,
                "kind": self.asked.kind,
                "styles": dict(self.asked.styles),
                "traits": {
                    name: value
                    for name, value in self.asked.traits.items()
                    if name in self.asked.own
                },
            },
            "weights": {part: round(weight, 3) for part, weight in self.weights.items()},
            "model": self.model,
            "nearest": [alike.to_json() for alike in self.nearest],
            "styles": [alike.to_json() for alike in self.styles],
            "notices": list(self.notices),
        }


def changes_between(
    before: StyleProfile | None, after: StyleProfile
) -> tuple[tuple[str, float | None, float], ...]:
    """(trait, value before, value now) of every trait of the artist's own that is new or moved by
    more than rounding.
    """
    old = before.traits if before else {}
    changes = []
    for name, trait in after.traits.items():
        was = old[name].value if name in old else None
        if trait.is_own and (was is None or abs(was - trait.value) > 1e-3 * (1 + abs(was))):
            changes.append((name, was, trait.value))
    return tuple(changes)


def clip_json(pattern: Pattern, drum_map: DrumMap) -> dict[str, Any]:
    """A pattern as a clip of the contract, written on a drum map."""
    return {
        "name": pattern.name,
        "length_beats": pattern.ticks / TICKS_PER_QUARTER,
        "fit": pattern.fit,
        "fit_by_trait": {
            trait.name: {
                "played": round(trait.played, 3),
                "wanted": round(trait.wanted, 3),
                "near": round(trait.near, 3),
            }
            for trait in pattern.fits
        },
        "changes": list(pattern.changes),
        "notes": [list(note) for note in clip_notes(to_notes(pattern, drum_map))],
    }


def claims(evidence: Evidence) -> dict[str, Any]:
    """What a piece of evidence says: its traits, what could not be learnt from it, and what was
    read there.
    """
    said = {key: evidence.value[key] for key in _TOLD if key in evidence.value}
    return {
        "traits": {name: value for name, (value, _) in evidence.value["traits"].items()},
        "notes": evidence.value.get("notes", []),
        **said,
    }


def report_of(source: str, plain: Mapping[str, Any]) -> SourceReport:
    """The inverse of `report_json`."""
    refused = tuple((entry["item"], entry["reason"]) for entry in plain["refused"])
    return SourceReport(source, plain["state"], plain["reason"], plain["found"], refused)


def report_json(report: SourceReport) -> dict[str, Any]:
    """Plain form of a source's report."""
    return {
        "state": report.state,
        "reason": report.reason,
        "found": report.found,
        "refused": [{"item": item, "reason": reason} for item, reason in report.refused],
    }

"""Evidence as sites and articles give it, for tests."""

from typing import Any

from mididrumigen.models import Evidence, evidence_id
from mididrumigen.models.evidence import EvidenceKind

AT = "2026-01-02T03:04:05+00:00"


def told(
    source: str, part: str, kind: EvidenceKind = "metadata", confidence: float = 0.5, **value: Any
) -> Evidence:
    """One piece of what was read."""
    url = f"https://{source}.example/{part}"
    return Evidence(
        id=evidence_id(source, url),
        source=source,
        kind=kind,
        url=url,
        value={"basis": "told", "traits": {}, "bars": [], **value},
        confidence=confidence,
        retrieved_at=AT,
    )


def tempo(source: str, track: str, bpm: float, confidence: float = 0.5) -> Evidence:
    """The tempo of a track."""
    return told(source, track, confidence=confidence, tempo={"track": track, "bpm": bpm})


def claim(
    source: str,
    trait: str,
    value: float,
    *,
    kind: EvidenceKind = "article",
    confidence: float = 0.5,
    low: float | None = None,
    high: float | None = None,
    song: str = "",
    denied: bool = False,
) -> Evidence:
    """What a sentence says of a trait."""
    said = {
        "trait": trait,
        "value": value,
        "low": low,
        "high": high,
        "song": song,
        "who": "",
        "not": denied,
    }
    part = f"{trait}-{value}-{song}-{denied}"
    return told(source, part, kind=kind, confidence=confidence, claims=[said])

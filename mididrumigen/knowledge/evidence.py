"""Entries of built-in knowledge -> evidence."""

from collections.abc import Iterator, Mapping
from typing import Any

from mididrumigen.knowledge.steps import parse_bars
from mididrumigen.models import COMMON_TIME, Bar, Evidence, Metre

REVISED = "2026-11-25T00:00:00+00:00"
"""When the notes were last gone over; the time written on their evidence."""


def entry_evidence(
    url: str,
    entry: Mapping[str, Any],
    basis: str,
    confidence: float,
    weight: float,
    notices: tuple[str, ...],
    without: tuple[str, ...] = (),
) -> Evidence:
    """An entry as evidence; its id is its address, which people can read. Traits `without` are left
    out.
    """
    low, usual, high = entry["tempo_bpm"]
    traits = {
        name: [value, 1]
        for name, value in entry.get("traits", {}).items()
        if name.partition(".")[0] not in without
    }
    return Evidence(
        id=url,
        source="builtin",
        kind="knowledge",
        url=url,
        value={
            "basis": basis,
            "weight": weight,
            "about": entry["about"],
            "tempo_range": [low, high],
            "traits": {"tempo_bpm": [usual, 1], **traits},
            "bars": [bar.to_json() for bar in entry_bars(entry, url)],
            "notices": list(notices),
        },
        confidence=confidence,
        retrieved_at=REVISED,
        licence="MIT, own words",
    )


def entry_bars(entry: Mapping[str, Any], source: str) -> Iterator[Bar]:
    """Grooves and fills of an entry as bars."""
    for kind in ("groove", "fill"):
        for index, pattern in enumerate(entry.get(f"{kind}s", ())):
            rows = dict(pattern)
            yield from parse_bars(
                {
                    key: row
                    for key, row in rows.items()
                    if key not in ("name", "weight", "from", "metre")
                },
                metre=Metre.parse(rows["metre"]) if "metre" in rows else _metre(entry),
                kind="groove" if kind == "groove" else "fill",
                weight=rows.get("weight", 1.0),
                name=rows.get("name", ""),
                fill_from=rows.get("from", 1),
                source=source,
                number=100 * (index + 1) + 1,
            )


def _metre(entry: Mapping[str, Any]) -> Metre:
    return Metre.parse(entry["metre"]) if "metre" in entry else COMMON_TIME

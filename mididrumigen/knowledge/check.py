"""The rules of the files, for a test, `doctor` and whoever edits them."""

from collections.abc import Mapping
from typing import Any

from mididrumigen.errors import InputError, KnowledgeError
from mididrumigen.groove.traits import trait_kind
from mididrumigen.knowledge.evidence import entry_bars
from mididrumigen.knowledge.library import Library
from mididrumigen.knowledge.years import Span

_KINDS = frozenset({"drummer", "band", "producer", "singer", "musician"})


def check(library: Library) -> None:
    """Read and check every entry of every file; raises KnowledgeError that names the entry."""
    kinds = {"style": library.styles, "artist": library.artists, "name": library.others}
    for kind, entries in kinds.items():
        for key, entry in entries.items():
            try:
                _check_entry(library, kind, entry)
                if kind == "name" and key in library.artists:
                    raise KnowledgeError("there is an artist of this name already")
            except (KnowledgeError, InputError) as error:
                raise KnowledgeError(f"{kind} {key}: {error}") from error


def _check_entry(library: Library, kind: str, entry: Mapping[str, Any]) -> None:
    wanted = {
        "style": ("title", "about", "tempo_bpm"),
        "artist": ("kind", "about", "tempo_bpm", "styles"),
        "name": ("kind", "tempo_bpm", "styles"),
    }
    for key in wanted[kind]:
        if key not in entry:
            raise KnowledgeError(f"{key} is missing")
    low, usual, high = entry["tempo_bpm"]
    if not 30 <= low <= usual <= high <= 300:
        raise KnowledgeError(f"tempo_bpm {entry['tempo_bpm']} must rise from 30 to 300")
    for name, value in entry.get("traits", {}).items():
        trait = trait_kind(name)
        if not trait.low <= value <= trait.high:
            raise KnowledgeError(f"{name} = {value} lies outside {trait.low:g} to {trait.high:g}")
    styles = entry.get("styles", {})
    for style in styles:
        if style not in library.styles:
            raise KnowledgeError(f"{style!r} is not a style")
    if styles and abs(sum(styles.values()) - 1) > 0.011:
        raise KnowledgeError(f"the weights of its styles sum to {sum(styles.values()):g}, not 1")
    if "kind" in entry and entry["kind"] not in _KINDS:
        raise KnowledgeError(f"kind {entry['kind']!r} is none of {', '.join(sorted(_KINDS))}")
    for years in (*entry.get("bands", {}).values(), *entry.get("drummers", {}).values()):
        Span.parse(years)
    for bar in entry_bars(entry, ""):
        if not bar.strokes:
            raise KnowledgeError(f"{bar.name or bar.kind}: a bar without strokes")

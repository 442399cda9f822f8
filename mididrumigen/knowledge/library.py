"""The files of built-in knowledge, and what they say about a name, as evidence.

Conventions: a name is looked up without case, accents and punctuation: artists and their aliases
first, then bands (which lead to their drummer), then styles. A name that none of these knows gets
the nearest style, and is told so.
"""

import pkgutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mididrumigen.errors import InputError, KnowledgeError
from mididrumigen.groove.traits import trait_kind
from mididrumigen.knowledge.steps import parse_bars
from mididrumigen.models import COMMON_TIME, Artist, Bar, Evidence, Metre
from mididrumigen.models.names import normalise_name
from mididrumigen.models.profile import Basis

FAMILIES = ("rock", "soul_funk", "hip_hop", "jazz_blues", "latin_african_caribbean", "electronic")
"""Files under `data/styles` and `data/artists`."""

REVISED = "2026-11-25T00:00:00+00:00"
"""When the notes were last gone over; the time written on their evidence."""

DEFAULT_STYLE = "rock"
"""The nearest style of a name that gives no clue: the most general one."""

ARTIST_CONFIDENCE, STYLE_CONFIDENCE, GENRE_CONFIDENCE, UNKNOWN_CONFIDENCE = 0.35, 0.22, 0.3, 0.1

_STYLE_KEYS = frozenset(
    {"title", "aliases", "about", "tempo_bpm", "metre", "traits", "grooves", "fills"}
)
_ARTIST_KEYS = (_STYLE_KEYS - {"title"}) | {"kind", "bands", "styles"}
_NOT_BLENDED = ("swing_8ths", "swing_16ths")
"""Taken from the main style of an artist only: half straight and half shuffled is neither."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a name."""

    artist: Artist
    player: str
    """Name of the entry that it led to: for a band its drummer, for a style its title."""
    evidence: tuple[Evidence, ...]


class Library:
    """The built-in files; each is read when it is first asked for."""

    def __init__(self) -> None:
        self._styles: dict[str, dict[str, Any]] | None = None
        self._artists: dict[str, dict[str, Any]] | None = None

    @property
    def styles(self) -> Mapping[str, Mapping[str, Any]]:
        """Key -> entry of every style."""
        if self._styles is None:
            self._styles = _read("styles", _STYLE_KEYS)
        return self._styles

    @property
    def artists(self) -> Mapping[str, Mapping[str, Any]]:
        """Name -> entry of every artist."""
        if self._artists is None:
            self._artists = _read("artists", _ARTIST_KEYS)
        return self._artists

    def find(self, name: str) -> Known | None:
        """What is known about a name; None if nothing."""
        wanted = normalise_name(name)
        for artist, entry in self.artists.items():
            if wanted in map(normalise_name, (artist, *entry.get("aliases", ()))):
                return self._artist(Artist(artist, aliases=tuple(entry.get("aliases", ()))), artist)
        for artist, entry in self.artists.items():
            for band in entry.get("bands", ()):
                if wanted == normalise_name(band):
                    return self._artist(Artist(band), artist)
        for key, entry in self.styles.items():
            if wanted in map(normalise_name, (entry["title"], *entry.get("aliases", ()))):
                return self._style(Artist(entry["title"]), key, "genre", ())
        return None

    def nearest_style(self, name: str) -> Known:
        """The style to play for a name that `find` does not know, with the reason as a notice."""
        words = normalise_name(name).split()
        key, because = (
            DEFAULT_STYLE,
            "nothing in the name says more, and it is the most general one",
        )
        longest = 0
        for style, entry in self.styles.items():
            for title in (entry["title"], *entry.get("aliases", ())):
                part = normalise_name(title).split()
                if len(part) > longest and _holds(words, part):
                    key, because, longest = style, f'the name says "{title}"', len(part)
        title = self.styles[key]["title"]
        notice = f"unknown artist: the nearest known style is {title}, because {because}"
        return self._style(Artist(name), key, "unknown", (notice,))

    def names(self) -> Iterator[str]:
        """Every artist, alias, band, style and tag word, as people write them."""
        for artist, entry in self.artists.items():
            yield from (artist, *entry.get("aliases", ()), *entry.get("bands", ()))
        for entry in self.styles.values():
            yield from (entry["title"], *entry.get("aliases", ()))

    def entries(self) -> list[tuple[str, Basis]]:
        """(name, basis) of every artist and band, then of every style, each by name."""
        artists = [n for name, e in self.artists.items() for n in (name, *e.get("bands", ()))]
        styles = [entry["title"] for entry in self.styles.values()]
        found: list[tuple[str, Basis]] = []
        found += [(name, "builtin") for name in sorted(artists, key=normalise_name)]
        found += [(name, "genre") for name in sorted(styles)]
        return found

    def _artist(self, artist: Artist, key: str) -> Known:
        entry = self.artists[key]
        notices: tuple[str, ...] = ()
        if normalise_name(artist.name) != normalise_name(key):
            notices = (f"{artist.name}: the drums are played in the style of {key}",)
        own = _evidence(f"builtin:{key}", entry, "builtin", ARTIST_CONFIDENCE, 1.0, notices)
        weights = dict(sorted(entry["styles"].items(), key=lambda style: (-style[1], style[0])))
        main = next(iter(weights))
        lent = [
            _evidence(
                f"builtin:style/{style}",
                self.styles[style],
                "genre",
                STYLE_CONFIDENCE,
                weight,
                (),
                without=() if style == main else _NOT_BLENDED,
            )
            for style, weight in weights.items()
        ]
        return Known(artist, key, (own, *lent))

    def _style(self, artist: Artist, key: str, basis: str, notices: tuple[str, ...]) -> Known:
        confidence = GENRE_CONFIDENCE if basis == "genre" else UNKNOWN_CONFIDENCE
        entry = self.styles[key]
        evidence = _evidence(f"builtin:style/{key}", entry, basis, confidence, 1.0, notices)
        return Known(artist, entry["title"], (evidence,))


def _evidence(
    url: str,
    entry: Mapping[str, Any],
    basis: str,
    confidence: float,
    weight: float,
    notices: tuple[str, ...],
    without: tuple[str, ...] = (),
) -> Evidence:
    """An entry as evidence; its id is its address, which people can read."""
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


def _read(kind: str, known_keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """All entries of `data/<kind>/*.toml`; raises KnowledgeError that names file and entry."""
    entries: dict[str, dict[str, Any]] = {}
    for family in FAMILIES:
        path = f"data/{kind}/{family}.toml"
        data = pkgutil.get_data(__package__ or "", path)
        assert data is not None  # only loaders that keep no data answer None
        for key, entry in tomllib.loads(data.decode()).items():
            if unknown := set(entry) - set(known_keys):
                raise KnowledgeError(f"{path}, {key}: unknown key {min(unknown)}")
            entries[key] = entry
    return entries


def check(library: Library) -> None:
    """Read and check every entry of every file; raises KnowledgeError that names the entry."""
    for kind, entries in (("style", library.styles), ("artist", library.artists)):
        for key, entry in entries.items():
            try:
                _check_entry(library, entry)
            except (KnowledgeError, InputError) as error:
                raise KnowledgeError(f"{kind} {key}: {error}") from error


def _check_entry(library: Library, entry: Mapping[str, Any]) -> None:
    for key in ("about", "tempo_bpm", *(() if "title" in entry else ("styles", "kind"))):
        if key not in entry:
            raise KnowledgeError(f"{key} is missing")
    low, usual, high = entry["tempo_bpm"]
    if not 30 <= low <= usual <= high <= 300:
        raise KnowledgeError(f"tempo_bpm {entry['tempo_bpm']} must rise from 30 to 300")
    for name, value in entry.get("traits", {}).items():
        kind = trait_kind(name)
        if not kind.low <= value <= kind.high:
            raise KnowledgeError(f"{name} = {value} lies outside {kind.low:g} to {kind.high:g}")
    for style in entry.get("styles", ()):
        if style not in library.styles:
            raise KnowledgeError(f"{style!r} is not a style")
    for bar in entry_bars(entry, ""):
        if not bar.strokes:
            raise KnowledgeError(f"{bar.name or bar.kind}: a bar without strokes")


def _holds(words: list[str], part: list[str]) -> bool:
    """Whether `part` stands in `words` as a whole."""
    return any(words[i : i + len(part)] == part for i in range(len(words) - len(part) + 1))

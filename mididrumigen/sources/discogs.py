"""Discogs: who is credited with the drums on an artist's records, and the styles of these.

Address: https://api.discogs.com; data CC0, "Data provided by Discogs"; 25 requests a minute, 60
with a free token. Traps: artists of one name are told apart by a number behind it, `Air (5)`, which
says nothing about who is the better known; older answers have `Persuader, The`; records are listed
as "masters" whose `main_release` has the credits; a role is a list in one text, with remarks in
brackets; members of a band stand there without what they play.
"""

import re
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.fetched import Keeping
from mididrumigen.sources.credits import is_drummer
from mididrumigen.sources.fields import at, identifier, rows, text, year
from mididrumigen.sources.meant import Meant
from mididrumigen.sources.site import Site
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="discogs",
    kind="metadata",
    title="Discogs",
    base_url="https://api.discogs.com",
    licence="CC0, data provided by Discogs",
    per_second=0.4,
    key="discogs",
    is_slow=True,
)

WITH_TOKEN_PER_SECOND = 0.9
"""Requests a second at most where the user has a token."""

STYLES, CREDITS = 0.6, 0.8
"""Confidence, a judgement: styles are chosen from a fixed list for each record by those who own it;
credits are copied from its sleeve.
"""
RECORDS, CANDIDATES = 12, 3
"""Records whose credits are read, spread over the years; artists of one name that are looked at."""

_NUMBERED = re.compile(r"\s+\(\d+\)\Z")
_ARTICLE = re.compile(r"(.+), (The|A|An)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """An artist that a search found."""

    id: str
    name: str
    """As Discogs writes it, with its number."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Who drums on a record."""

    artists: tuple[str, ...]
    """Ids of those whose record it is."""
    year: int | None
    """None where it is not told, and of compilations: they were drummed earlier."""
    drummers: tuple[str, ...]


class Discogs(Site):
    """Styles and drummers by the records."""

    card = CARD
    name = "discogs"

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._secret = None
        if self._key:
            self._secret = {"authorization": f"Discogs token={self._key}"}
            self.card = replace(CARD, per_second=WITH_TOKEN_PER_SECOND)

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """The styles of all records, then the drummers of some."""
        progress.tell("looking for the artist at Discogs")
        found = await self._artist(artist, inputs.is_quick, progress)
        if found is None:
            return
        body = await self._json(
            "/database/search", {"artist": found.name, "type": "master", "per_page": 100}
        )
        if styles := parse_styles(body, found.name):
            url = f"https://www.discogs.com/artist/{found.id}"
            yield self.told(inputs, url, STYLES, {"styles": styles}, part="styles")
        if inputs.is_quick:
            return
        body = await self._json(
            f"/artists/{found.id}/releases", {"sort": "year", "per_page": 100, "page": 1}
        )
        records = spread(parse_records(body), RECORDS)
        for done, id in enumerate(records):
            progress.tell("reading credits at Discogs", done, len(records))
            credits = parse_release(await self._json(f"/releases/{id}", {}))
            if credits.drummers and found.id in credits.artists:
                drummers = [Drummer(name, credits.year, credits.year) for name in credits.drummers]
                url = f"https://www.discogs.com/release/{id}"
                yield self.credited(inputs, url, CREDITS, drummers)

    async def _artist(self, artist: Artist, is_quick: bool, progress: Progress) -> Found | None:
        """The artist at Discogs, None where he is not there or cannot be told from another."""
        meant = Meant(artist)
        body = await self._json(
            "/database/search", {"q": artist.name, "type": "artist", "per_page": 25}
        )
        named = [f for f in parse_artists(body) if meant.is_called(plain_name(f.name))][:CANDIDATES]
        if len(named) > 1 or meant.has_namesake:
            for found in () if is_quick else named:
                if meant.drums_in(parse_members(await self._json(f"/artists/{found.id}", {}))):
                    return found
            if meant.has_namesake and named:
                self.doubt(artist, progress)
                return None
        return named[0] if named else None

    async def _json(self, path: str, params: Mapping[str, str | int]) -> Any:
        keep: Keeping = "search" if path.startswith("/database") else "metadata"
        return await self.ask(path, params, secret_headers=self._secret, keep=keep)


def plain_name(name: str) -> str:
    """A name at Discogs as people write it: without its number, the article in front."""
    name = _NUMBERED.sub("", name)
    if match := _ARTICLE.match(name):
        return f"{match[2]} {match[1]}"
    return name


def parse_artists(body: object) -> list[Found]:
    """The artists that a search found."""
    found = [
        Found(identifier(row.get("id")), text(row.get("title")))
        for row in rows(at(body, "results"))
        if text(row.get("type")) == "artist"
    ]
    return [each for each in found if each.id and each.name]


def parse_members(body: object) -> list[str]:
    """Names of a band's members."""
    return [plain_name(text(row.get("name"))) for row in rows(at(body, "members"))]


def parse_styles(body: object, name: str) -> dict[str, int]:
    """Styles of the records of the artist whom Discogs calls `name`, with the number of records;
    genres of those that have no style.
    """
    counts: Counter[str] = Counter()
    for row in rows(at(body, "results")):
        if not text(row.get("title")).startswith((f"{name} - ", f"{name}* - ")):
            continue
        words = [text(each).lower() for each in _listed(row.get("style") or row.get("genre"))]
        counts.update(dict.fromkeys(filter(None, words), 1))
    return dict(counts.most_common())


def parse_records(body: object) -> list[str]:
    """Ids of the artist's own records, in the order of the list."""
    found: dict[str, None] = {}
    for row in rows(at(body, "releases")):
        if text(row.get("role")) in ("Main", ""):
            found[identifier(row.get("main_release") or row.get("id"))] = None
    found.pop("", None)
    return list(found)


def spread(items: Sequence[str], count: int) -> list[str]:
    """At most `count` of the items, spread evenly over all of them."""
    if len(items) <= count:
        return list(items)
    return [items[round(i * (len(items) - 1) / (count - 1))] for i in range(count)]


def parse_release(body: object) -> Credits:
    """Who drums on a record, by the credits of the whole and of each track."""
    credited = rows(at(body, "extraartists"))
    for track in rows(at(body, "tracklist")):
        for part in (track, *rows(track.get("sub_tracks"))):
            credited += rows(part.get("extraartists"))
    drummers = {
        plain_name(text(row.get("name"))): None
        for row in credited
        if is_drummer(text(row.get("role"), limit=1000))
    }
    drummers.pop("", None)
    formats = rows(at(body, "formats"))
    is_collected = any("Compilation" in _listed(each.get("descriptions")) for each in formats)
    released = year(at(body, "year")) or year(at(body, "released"))
    return Credits(
        tuple(identifier(row.get("id")) for row in rows(at(body, "artists"))),
        None if is_collected else released,
        tuple(drummers),
    )


def _listed(value: object) -> list[object]:
    return value[:50] if isinstance(value, list) else [value]

"""DBpedia: genres, bands and members, drawn from the boxes of Wikipedia's articles.

Addresses: https://lookup.dbpedia.org/api/search and https://dbpedia.org/sparql, no key; one request
a second. CC BY-SA 4.0. Traps: it is often down, and behind Wikipedia by months; every value of a
search is a list of texts with `<B>` in them; names carry "(band)" and the like.
"""

import re
from collections.abc import AsyncGenerator, Mapping
from typing import Any
from urllib.parse import quote

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.names import normalise_name
from mididrumigen.sources.fields import at, rows, text
from mididrumigen.sources.musicbrainz import plays_with
from mididrumigen.sources.site import Site
from mididrumigen.sources.tools import Tools
from mididrumigen.sources.wikipedia_parse import bare

CARD = SourceCard(
    name="dbpedia",
    kind="metadata",
    title="DBpedia",
    base_url="https://dbpedia.org",
    licence="DBpedia, CC BY-SA 4.0",
    per_second=1.0,
    is_slow=True,
)
LOOKUP = "https://lookup.dbpedia.org"

STYLES, MEMBERS = 0.5, 0.6
"""Confidence, a judgement: behind Wikidata, which is edited by hand."""

_RESOURCE = "http://dbpedia.org/resource/"
_ONTOLOGY = "http://dbpedia.org/ontology/"
_MARKUP = re.compile(r"</?B>", re.IGNORECASE)
_MUSICAL = ("/Band", "/MusicalArtist", "/MusicGroup", "/Group")
_QUERY = """
PREFIX dbo: <http://dbpedia.org/ontology/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?p ?label ?plays WHERE {
  VALUES ?p { dbo:genre dbo:bandMember dbo:formerBandMember dbo:associatedBand }
  <%s> ?p ?o . ?o rdfs:label ?label . FILTER(lang(?label) = "en")
  OPTIONAL { ?o dbo:instrument ?i . BIND(STR(?i) AS ?plays) }
} LIMIT 200
"""


class DBpedia(Site):
    """Genres, and members that drum."""

    card = CARD
    name = "dbpedia"

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._sparql = (settings.sparql_base_url or self._base).rstrip("/")
        self._lookup = (settings.lookup_base_url or settings.base_url or LOOKUP).rstrip("/")

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the resource of this artist's article."""
        progress.tell("looking the artist up in DBpedia")
        resource = resource_of(artist.page) if artist.page else await self._find(artist)
        if not resource:
            return
        params = {"query": _QUERY % resource, "format": "application/sparql-results+json"}
        facts = parse_facts(await self._asked(f"{self._sparql}/sparql", params))
        if styles := {bare(name).lower(): 1 for name, _ in facts.get("genre", ())}:
            yield self.told(inputs, resource, STYLES, {"styles": styles}, part="styles")
        members = [*facts.get("bandMember", ()), *facts.get("formerBandMember", ())]
        drummers = dict.fromkeys(bare(name) for name, plays in members if "drum" in plays.lower())
        if drummers:
            yield self.credited(inputs, resource, MEMBERS, map(Drummer, drummers))
        for band in dict.fromkeys(bare(name) for name, _ in facts.get("associatedBand", ())):
            if artist.kind == "person" and band != artist.name:
                yield self.told(inputs, resource, MEMBERS, plays_with(band), part=band)

    async def _find(self, artist: Artist) -> str:
        """The resource with just this name; empty where there is none, or where the name alone
        would lead to somebody else.
        """
        if artist.mbid or artist.qid or artist.disambiguation:
            return ""
        params: dict[str, str | int] = {"query": artist.name, "format": "JSON", "maxResults": 5}
        found = parse_found(await self._asked(f"{self._lookup}/api/search", params))
        same = [one for one, name in found if normalise_name(name) == normalise_name(artist.name)]
        return same[0] if len(same) == 1 else ""

    async def _asked(self, url: str, params: Mapping[str, str | int]) -> Any:
        """JSON of either host; raises SourceUnavailable."""
        return (await self._fetch.get(CARD, url, params=params)).json()


def resource_of(page: str) -> str:
    """Resource of an article by its title."""
    # Letters of every script stand as they are; what an IRI may not hold is escaped.
    name = re.sub(r"[\x00-\x20<>\"{}|\\^`%]", lambda c: quote(c[0]), page.replace(" ", "_"))
    return _RESOURCE + name


def parse_found(body: Any) -> list[tuple[str, str]]:
    """(resource, name without brackets) of musicians and bands that a search found."""
    found = []
    for row in rows(at(body, "docs")):
        resource, name = _first(row.get("resource")), _MARKUP.sub("", _first(row.get("label")))
        types = row.get("type")
        kinds = [text(each) for each in types] if isinstance(types, list) else [text(types)]
        if resource.startswith(_RESOURCE) and any(kind.endswith(_MUSICAL) for kind in kinds):
            title = resource.removeprefix(_RESOURCE)
            found.append((resource_of(title.replace("_", " ")), bare(name)))
    return found


def parse_facts(body: Any) -> dict[str, list[tuple[str, str]]]:
    """(name, what it plays) of each property, by its last word."""
    facts: dict[str, list[tuple[str, str]]] = {}
    for row in rows(at(body, "results", "bindings")):
        kind = text(at(row, "p", "value")).removeprefix(_ONTOLOGY)
        name = text(at(row, "label", "value"))
        if kind and name:
            plays = text(at(row, "plays", "value")).rpartition("/")[2]
            facts.setdefault(kind, []).append((name, plays))
    return facts


def _first(value: object) -> str:
    return text(value[0] if isinstance(value, list) and value else value)

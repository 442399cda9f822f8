"""arXiv: abstracts of preprints.

Address: https://export.arxiv.org (`/api/query`), Atom, no key. Metadata is CC0. Traps: an error is
a feed with one entry titled "Error", with status 200 or 400; 429 ("Rate exceeded.") says that the
whole site is at its limit and may last for hours: one try, and an hour of rest. Pacing: one request
in 3 s, one at a time.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.articles import drummers_of, quoted
from mididrumigen.sources.papers import WEIGHT, Paper, from_papers
from mididrumigen.sources.press import host_of
from mididrumigen.sources.safe_xml import parse_xml
from mididrumigen.sources.shapes import plain
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="arxiv",
    kind="paper",
    title="arXiv",
    base_url="https://export.arxiv.org",
    licence="abstract: its authors', quoted in at most 25 words; metadata by arXiv (CC0)",
    per_second=0.33,
    tries=1,
    rest_s=3600.0,
    is_slow=True,
)
_RESULTS = 25
_WAIT_S = 10.0
"""It answers at once or not at all."""
_ATOM = "{http://www.w3.org/2005/Atom}"


class Arxiv:
    """Preprints that name the artist or its drummers."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._query_url = (settings.base_url or CARD.base_url).rstrip("/") + "/api/query"
        self._tools = tools

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the abstracts."""
        progress.tell("preprints")
        params: dict[str, str | int] = {
            "search_query": search_query(artist),
            "start": 0,
            "max_results": _RESULTS,
            "sortBy": "relevance",
        }
        try:
            async with asyncio.timeout(_WAIT_S):
                answer = await self._tools.fetch.get(
                    CARD,
                    self._query_url,
                    params=params,
                    keep="search",
                    accept=frozenset({200, 400, 429}),
                )
        except TimeoutError as error:
            raise SourceUnavailable(f"arXiv did not answer within {_WAIT_S:g} s") from error
        if answer.status == 429:
            why = "is over its capacity right now"
            raise await self._tools.fetch.refused(CARD, self._query_url, why)
        papers = parse_feed(answer.body)
        pieces = from_papers(papers, CARD, self._tools, artist, inputs, progress, WEIGHT - 0.1)
        async with aclosing(pieces) as found:
            async for evidence in found:
                yield evidence


def search_query(artist: Artist) -> str:
    """Artist or drummers, and drums."""
    names = dict.fromkeys([*drummers_of(artist, 2), artist.name])
    either = " OR ".join(f"all:{quoted(name)}" for name in names)
    return f"({either}) AND (all:drum OR all:drums OR all:drumming OR all:drummer)"


def parse_feed(body: bytes) -> list[Paper]:
    """The papers of a feed; raises SourceUnavailable where it is no feed or says an error."""
    root = parse_xml(body)
    if root.tag != f"{_ATOM}feed":
        raise SourceUnavailable("arXiv answered with something that is no feed")
    papers = []
    for entry in root.iter(f"{_ATOM}entry"):
        title, url, abstract = (
            " ".join((entry.findtext(f"{_ATOM}{name}") or "").split())
            for name in ("title", "id", "summary")
        )
        if "/api/errors" in url:
            raise SourceUnavailable(f"arXiv refuses the search: {plain(abstract)[:100]}")
        if title and host_of(url) == "arxiv.org":
            papers.append(Paper(title, abstract, url.replace("http://", "https://", 1)))
    return papers

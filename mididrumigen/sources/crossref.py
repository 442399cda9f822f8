"""Crossref: abstracts of papers, as publishers register them.

Address: https://api.crossref.org (`/works`), no key. Metadata is CC0; an abstract is its
publisher's. Traps: an abstract is JATS XML and mostly absent; a title is a list, maybe an empty
one; the search is loose, so that what it finds must be looked at. Pacing: 3 a second; whoever names
a contact in the User-Agent is in the polite pool, which allows 10.
"""

from collections.abc import AsyncGenerator
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.papers import Paper, doi_url, from_searches
from mididrumigen.sources.shapes import listed, plain
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="crossref",
    kind="paper",
    title="Crossref",
    base_url="https://api.crossref.org",
    licence="abstract: its publisher's, quoted in at most 25 words; metadata by Crossref (CC0)",
    per_second=3.0,
    is_slow=True,
)
_ROWS = 20


class Crossref:
    """Papers that name the artist or its drummers."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._works = (settings.base_url or CARD.base_url).rstrip("/") + "/works"
        self._tools = tools

    def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the abstracts."""
        return from_searches(self._search, CARD, self._tools, artist, inputs, progress)

    async def _search(self, query: str) -> list[Paper]:
        params: dict[str, str | int] = {
            "query": query,
            "rows": _ROWS,
            "filter": "has-abstract:1",
            "select": "DOI,title,abstract",
        }
        answer = await self._tools.fetch.get(CARD, self._works, params=params, keep="search")
        return parse_works(answer.json())


def parse_works(body: Any) -> list[Paper]:
    """The papers of a list of works; those without a DOI or a title are left out."""
    papers = []
    for item in listed(body, "message", "items", site=CARD.title):
        titles = item.get("title")
        title = plain(titles[0] if isinstance(titles, list) and titles else titles)
        url = doi_url(item.get("DOI"))
        if title and url:
            papers.append(Paper(title, plain(item.get("abstract")), url))
    return papers

"""Semantic Scholar: abstracts of papers.

Address: https://api.semanticscholar.org (`/graph/v1/paper/search`); a key is optional and free. Its
use is to be credited. Traps: an abstract is null where its publisher wants that; all who have no
key share one pool, which is mostly busy (429, without a word when to come again), so it is tried
once. Pacing: one request in 2 s, with a key one a second.
"""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.papers import Paper, doi_url, from_searches
from mididrumigen.sources.shapes import listed, plain
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="semanticscholar",
    kind="paper",
    title="Semantic Scholar",
    base_url="https://api.semanticscholar.org",
    licence="abstract: its publisher's, quoted in at most 25 words; found by Semantic Scholar",
    per_second=0.5,
    key="semanticscholar",
    is_slow=True,
)
_LIMIT = 20
_POOL_IS_BUSY = (
    "is busy: the shared pool of all who have no key; a free key gives a place of your own:"
    f" mididrumigen keys set {CARD.key}"
)


class SemanticScholar:
    """Papers that name the artist or its drummers."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        base = (settings.base_url or CARD.base_url).rstrip("/")
        self._search_url = f"{base}/graph/v1/paper/search"
        self._tools = tools

    def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the abstracts."""
        return from_searches(self._search, CARD, self._tools, artist, inputs, progress)

    async def _search(self, query: str) -> list[Paper]:
        key = self._tools.keys.get(CARD.key)
        answer = await self._tools.fetch.get(
            replace(CARD, per_second=1.0) if key else CARD,
            self._search_url,
            params={"query": query, "limit": _LIMIT, "fields": "title,abstract,externalIds"},
            secret_headers={"x-api-key": key} if key else None,
            keep="search",
            accept=frozenset({200} if key else {200, 429}),  # the pool is tried once
        )
        if answer.status == 429:
            raise await self._tools.fetch.refused(CARD, self._search_url, _POOL_IS_BUSY)
        return parse_search(answer.json())


def parse_search(body: Any) -> list[Paper]:
    """The papers of a search; those without an address or a title are left out."""
    if isinstance(body, dict) and body.get("total") == 0:
        return []
    papers = []
    for item in listed(body, "data", site=CARD.title):
        title, ids = plain(item.get("title")), item.get("externalIds")
        ids = ids if isinstance(ids, dict) else {}
        paper = str(item.get("paperId") or "")
        own = f"https://www.semanticscholar.org/paper/{paper}" if paper.isalnum() else ""
        url = doi_url(ids.get("DOI")) or own
        if title and url:
            papers.append(Paper(title, plain(item.get("abstract")), url))
    return papers

"""SearXNG: the user's own search, for articles that nobody links.

Address: what `[sources.searxng] base_url` says (`/search?format=json`); public instances answer
programs with 403, so without that setting nobody is asked. Licence: of each article its
publisher's. Traps: JSON must be allowed in its settings (`search: formats: [html, json]`); engines
that failed stand in `unresponsive_engines` beside results. Pacing: 1 a second; the pages as all
articles, one in 5 s a host.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.articles import drummers_of, quoted
from mididrumigen.sources.pages import PAGES, Pages, spread
from mididrumigen.sources.press import can_be_article, weight_of
from mididrumigen.sources.shapes import listed
from mididrumigen.sources.tools import Tools
from mididrumigen.sources.web import is_for_us

CARD = SourceCard(
    name="searxng",
    kind="article",
    title="SearXNG",
    licence=PAGES.licence,
    is_slow=True,
    needs_address=True,
)
MAX_PAGES, MAX_QUICK, MAX_A_HOST = 6, 2, 2
"""`web` may open some of the same host in the same research."""


class Searxng:
    """Articles that a search finds."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._base = settings.base_url.rstrip("/")
        self._tools = tools

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the best articles."""
        if not self._base:
            raise SourceUnavailable(
                "needs the address of your own SearXNG", "set [sources.searxng] base_url"
            )
        found: list[str] = []
        for query in queries(artist, inputs.is_quick):
            progress.tell(f"searching: {query}")
            answer = await self._tools.fetch.get(
                CARD,
                f"{self._base}/search",
                params={"q": query, "format": "json"},
                keep="search",
                accept=frozenset({200, 403}),
            )
            if answer.status == 403:
                raise SourceUnavailable(
                    "your SearXNG gives no JSON", "add json to search: formats in its settings.yml"
                )
            found += parse_results(answer.json())
        read_already = {*filter(is_for_us, artist.links), *inputs.urls}  # by `web`
        urls = [url for url in found if can_be_article(url) and url not in read_already]
        urls.sort(key=weight_of, reverse=True)  # a stable sort: else as the search has them
        urls = spread(urls, MAX_QUICK if inputs.is_quick else MAX_PAGES, MAX_A_HOST)
        reader = Pages(self._tools, CARD, asked_as=PAGES)
        async with aclosing(reader.collect(urls, artist, inputs, progress, "searched")) as pieces:
            async for evidence in pieces:
                yield evidence


def queries(artist: Artist, is_quick: bool) -> list[str]:
    """What to search for."""
    found = [f"{quoted(name)} drumming style" for name in drummers_of(artist, 2)]
    if artist.drummers:
        found.append(f"{quoted(artist.name)} drummer interview")
    return found[:1] if is_quick else found


def parse_results(body: Any) -> list[str]:
    """The addresses of a search, best first."""
    return [
        url
        for item in listed(body, "results", site=CARD.title)
        if isinstance(url := item.get("url"), str)
    ]

"""Modern Drummer: articles and interviews, found by the search feed of its WordPress.

Address: https://www.moderndrummer.com (`/?s=NAME&feed=rss2`), no key. Licence: the magazine's;
quoted in at most 25 words. Traps: that the feed is there is what WordPress does by itself, and not
promised; it may carry whole articles, so it is not cached. Pacing: one request in 5 s, at most 3
articles, robots.txt is asked.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.articles import drummers_of, mentions
from mididrumigen.sources.pages import PAGES, Pages
from mididrumigen.sources.press import host_of
from mididrumigen.sources.safe_xml import parse_xml
from mididrumigen.sources.shapes import plain
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="moderndrummer",
    kind="article",
    title="Modern Drummer",
    base_url="https://www.moderndrummer.com",
    licence=PAGES.licence,
    per_second=0.2,
    asks_robots=True,
    max_bytes=PAGES.max_bytes,
    is_slow=True,
)
MAX_ARTICLES = 3


class ModernDrummer:
    """Articles about the drummer."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._base = (settings.base_url or CARD.base_url).rstrip("/")
        self._tools = tools

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the articles that name the drummer in their headline or summary."""
        [name] = drummers_of(artist, 1)
        progress.tell(f"Modern Drummer: {name}")
        answer = await self._tools.fetch.get(
            CARD, f"{self._base}/", params={"s": name, "feed": "rss2"}, keep="never"
        )
        found = [
            url
            for url, words in parse_feed(answer.body)
            if mentions(words, name) and (is_ours(url) or host_of(url) == host_of(self._base))
        ]
        linked = [url for url in artist.links if is_ours(url)]
        urls = [url for url in dict.fromkeys([*linked, *found]) if url not in inputs.urls]
        urls = urls[: 1 if inputs.is_quick else MAX_ARTICLES]
        reader = Pages(self._tools, CARD)
        async with aclosing(reader.collect(urls, artist, inputs, progress, "searched")) as pieces:
            async for evidence in pieces:
                yield evidence


def parse_feed(body: bytes) -> list[tuple[str, str]]:
    """(address, headline and summary) of each article of an RSS feed; raises SourceUnavailable
    where it is none.
    """
    items = []
    for item in parse_xml(body).iter("item"):
        url = (item.findtext("link") or "").strip()
        words = f"{plain(item.findtext('title'))}\n\n{plain(item.findtext('description'))}"
        if host_of(url):
            items.append((url, words))
    return items


def is_ours(url: str) -> bool:
    """Whether a page is on this site."""
    return host_of(url) == "moderndrummer.com"

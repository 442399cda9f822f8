"""Drummerworld: a short life of most drummers that one has heard of.

Address: https://www.drummerworld.com, pages `/drummers/First_Last.html`, no key, no API. Licence:
the site's; quoted in at most 25 words. Traps: the address is guessed from the name, so it may not
be there; a page is mostly pictures in tables. Pacing: one page in 5 s, robots.txt is asked.
"""

import unicodedata
from collections.abc import AsyncGenerator
from contextlib import aclosing

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.articles import drummers_of
from mididrumigen.sources.pages import PAGES, Pages
from mididrumigen.sources.press import host_of
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="drummerworld",
    kind="article",
    title="Drummerworld",
    base_url="https://www.drummerworld.com",
    licence=PAGES.licence,
    per_second=0.2,
    asks_robots=True,
    max_bytes=PAGES.max_bytes,
    is_slow=True,
)
_DRUMMERS = 3


class Drummerworld:
    """The page of the drummer."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._base = (settings.base_url or CARD.base_url).rstrip("/")
        self._tools = tools

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the page of each drummer."""
        names = drummers_of(artist, 1 if inputs.is_quick else _DRUMMERS)
        linked = [url for url in artist.links if is_ours(url)]
        pages = [page_path(name) for name in names]
        urls = linked or [f"{self._base}/drummers/{page}" for page in pages if page]
        urls = [url for url in urls[:_DRUMMERS] if url not in inputs.urls]  # those `web` reads
        reader = Pages(self._tools, CARD, may_be_missing=True)
        async with aclosing(reader.collect(urls, artist, inputs, progress, "linked")) as pieces:
            async for evidence in pieces:
                yield evidence


def page_path(name: str) -> str:
    """What the page of a drummer is called: "John_Bonham.html"; empty where a name has no Latin
    letters.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = ["".join(c for c in word if c.isalnum() or c == "-") for word in plain.split()]
    words = [word for word in words if word]
    return "_".join(words) + ".html" if words else ""


def is_ours(url: str) -> bool:
    """Whether a page is on this site."""
    return host_of(url) == "drummerworld.com"

"""Articles on the web: those that the user names, and those that Wikipedia and MusicBrainz link.

Addresses: anybody's; of what is linked, only hosts of `press`. Licence: their publishers'; kept are
claims and quotes of at most 25 words. robots.txt, paywalls and wishes not to be read by machines
are respected, for a page that the user names too. Traps: pages of scripts have no text. Pacing: one
page in 5 s a host, at most 5 a host. Pages on Drummerworld and Modern Drummer that are linked are
left to their own sources.
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Evidence, Inputs, Progress
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources import drummerworld, moderndrummer
from mididrumigen.sources.pages import MAX_A_HOST, PAGES, Pages, spread
from mididrumigen.sources.press import host_of, is_press
from mididrumigen.sources.tools import Tools

CARD = PAGES
MAX_PASTED, MAX_LINKED, MAX_QUICK = 20, 12, 2


class Web:
    """Articles whose addresses are known."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        del settings  # there is no site of its own to replace
        self._tools = tools

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of each article."""
        pasted = spread(inputs.urls, MAX_PASTED)
        for url in dict.fromkeys(inputs.urls):
            if not host_of(url):
                progress.refuse(url, "no address of a web page")
            elif url not in pasted:
                limit = f"only {MAX_PASTED} pages are read, {MAX_A_HOST} of a host"
                progress.refuse(url, limit)
        linked = [url for url in artist.links if url not in pasted and is_for_us(url)]
        most = MAX_QUICK if inputs.is_quick else MAX_LINKED
        # What the user names comes first, also among the five of a host.
        urls = spread([*pasted, *linked], len(pasted) + most)
        reader = Pages(self._tools, CARD)
        async with aclosing(reader.collect(urls, artist, inputs, progress, "linked")) as pieces:
            async for evidence in pieces:
                yield evidence


def is_for_us(url: str) -> bool:
    """Whether a linked page is of the music press, and no other source opens it."""
    return is_press(url) and not (drummerworld.is_ours(url) or moderndrummer.is_ours(url))

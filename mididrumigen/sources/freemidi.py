"""FreeMIDI: MIDI files of songs, by strangers.

Address: https://freemidi.org, no API: `/search?q=`, pages `/download3-ID-SLUG`, files `/getter-ID`.
Licence: none is given; transcriptions of songs that have their owners, for analysis on this machine
alone. Traps: it is made for people, so files are fetched only when the user says yes; a file wants
the cookie of its page, and that page as the one it is asked from; else it answers with a page. The
pages are HTML of which no specimen was at hand: they are known from other programs that read them.
Pacing: one request in 5 s; robots.txt is asked before a search.
"""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.models.file_names import artist_key
from mididrumigen.sources.articles import READ_LIMIT_S, why_unread
from mididrumigen.sources.midi_site import (
    MAX_FILE_BYTES,
    Offer,
    fitting,
    from_offers,
    tidy_name,
)
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="freemidi",
    kind="midi",
    title="FreeMIDI",
    base_url="https://freemidi.org",
    licence="a stranger's transcription, analysed on this machine alone",
    per_second=0.2,
    consent=(
        "FreeMIDI is made for people who click. With your yes, at most five files a research are"
        " fetched, with their pages, one request in 5 s, read on this machine and deleted."
    ),
    max_bytes=MAX_FILE_BYTES,
    is_slow=True,
)
_SEARCH = replace(CARD, asks_robots=True)
_SONG = re.compile(r"\A(?:https?://[^/]+)?/?download3-(\d{1,9})-([\w-]{1,200})\Z", re.ASCII)
_ARTIST = re.compile(r"\A(?:https?://[^/]+)?/?artist-(\d{1,9})-([\w-]{1,200})\Z", re.ASCII)
_COOKIE = re.compile(r"(?:\A|,\s*)([\w.-]+=[^;,\s]*)")
"""Of a Set-Cookie, several of them joined by commas."""


class FreeMidi:
    """Files that the site has under the artist's name."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._base = (settings.base_url or CARD.base_url).rstrip("/")
        self._tools = tools

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of a few files; their pages alone without consent."""
        progress.tell("looking for MIDI files on FreeMIDI")
        offers, artists = await self._look(f"{self._base}/search", {"q": artist.name})
        found = fitting(offers, artist)
        keys = {artist_key(name) for name in (artist.name, *artist.aliases)}
        own = [page for name, page in artists if artist_key(name) in keys]
        if not found and own and not inputs.is_quick:
            offers, _ = await self._look(own[0], {})
            named = [replace(o, name=f"{artist.name} - {o.name}") for o in offers]
            found = fitting(named, artist)
        async with aclosing(
            from_offers(found, self._fetch, CARD, self._tools, artist, inputs, progress)
        ) as pieces:
            async for evidence in pieces:
                yield evidence

    async def _look(
        self, url: str, params: dict[str, str]
    ) -> tuple[list[Offer], list[tuple[str, str]]]:
        """(files, artists) of a page; read in a worker, for a hostile page takes its time."""
        answer = await self._tools.fetch.get(_SEARCH, url, params=params, keep="search")
        try:
            return await self._tools.workers.run(READ_LIMIT_S, parse_page, answer.body, self._base)
        except Exception as error:
            raise SourceUnavailable(f"FreeMIDI's page: {why_unread(error)}") from error

    async def _fetch(self, offer: Offer) -> bytes:
        page = await self._tools.fetch.get(CARD, offer.page, keep="never")
        cookies = "; ".join(_COOKIE.findall(page.headers.get("set-cookie", "")))
        answer = await self._tools.fetch.get(
            CARD,
            offer.file,
            headers={"Referer": offer.page},
            secret_headers={"Cookie": cookies} if cookies else None,
            keep="never",
        )
        return answer.body


def parse_page(body: bytes, base: str) -> tuple[list[Offer], list[tuple[str, str]]]:
    """(files, (name, page) of artists) that a page of the site links, in its order; the artist of a
    file is the one that is linked behind it. Runs in a worker.
    """
    import trafilatura  # its reader of HTML finds the charset too

    tree = trafilatura.load_html(body)
    offers: list[Offer] = []
    artists: dict[str, str] = {}
    bare = False  # whether the last file still waits for its artist
    for link in [] if tree is None else tree.iter("a"):
        text = tidy_name("".join(link.itertext()))
        href = link.get("href", "").strip()
        if (song := _SONG.match(href)) and text:
            page = f"{base}/download3-{song[1]}-{song[2]}"
            if offers and offers[-1].page == page:  # a picture and a headline lead there
                continue
            offers.append(Offer(text, page, f"{base}/getter-{song[1]}"))
            bare = True
        elif (artist := _ARTIST.match(href)) and text:
            if bare:
                offers[-1] = replace(offers[-1], name=f"{text} - {offers[-1].name}")
                bare = False
            artists.setdefault(text, f"{base}/artist-{artist[1]}-{artist[2]}")
    return offers, list(artists.items())

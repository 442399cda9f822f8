"""BitMidi: MIDI files of songs, by strangers.

Address: https://bitmidi.com (`/api/midi/search`), no key. Licence: none is given; transcriptions of
songs that have their owners, for analysis on this machine alone. Traps: the search is full-text and
loose; robots.txt forbids `/uploads/`, where the files are, to every program, so they are fetched
only when the user says yes; servers are often shut out. Pacing: one request in 5 s.
"""

import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.midi_site import (
    MAX_FILE_BYTES,
    Offer,
    fitting,
    from_offers,
    tidy_name,
)
from mididrumigen.sources.shapes import listed
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="bitmidi",
    kind="midi",
    title="BitMidi",
    base_url="https://bitmidi.com",
    licence="a stranger's transcription, analysed on this machine alone",
    per_second=0.2,
    consent=(
        "BitMidi's robots.txt asks programs not to fetch its files. With your yes, at most five a"
        " research are fetched, one in 5 s, read on this machine and deleted."
    ),
    max_bytes=MAX_FILE_BYTES,
    is_slow=True,
)
_PAGE_SIZE = 30
_PATH = re.compile(r"\A/[\w.%~-][\w./%~-]{0,300}\Z", re.ASCII)


class BitMidi:
    """Files whose names say that they are the artist's."""

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
        progress.tell("looking for MIDI files on BitMidi")
        answer = await self._tools.fetch.get(
            CARD,
            f"{self._base}/api/midi/search",
            params={"q": artist.name, "page": 0, "pageSize": _PAGE_SIZE},
            keep="search",
        )
        offers = fitting(parse_search(answer.json(), self._base), artist)
        async with aclosing(
            from_offers(offers, self._fetch, CARD, self._tools, artist, inputs, progress)
        ) as found:
            async for evidence in found:
                yield evidence

    async def _fetch(self, offer: Offer) -> bytes:
        return (await self._tools.fetch.get(CARD, offer.file, keep="never")).body


def parse_search(body: Any, base: str) -> list[Offer]:
    """The files of a search; those without a name or an address are left out. Raises
    SourceUnavailable where the body says an error.
    """
    offers = []
    for item in listed(body, "result", "results", site=CARD.title):
        name, page, file = tidy_name(item.get("name")), item.get("url"), item.get("downloadUrl")
        if name and _is_path(page) and _is_path(file):
            offers.append(Offer(name, f"{base}{page}", f"{base}{file}"))
    return offers


def _is_path(path: object) -> bool:
    """Whether it leads to a page of the site itself."""
    return isinstance(path, str) and _PATH.match(path) is not None

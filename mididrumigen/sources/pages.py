"""Article pages: fetched politely, read in a worker, forgotten.

Conventions: robots.txt is asked, and one request in 5 s a host made (`PAGES`, for every source that
opens pages of strangers), at most 5 pages a host in one research. The bytes of a page live as long
as the call that reads them.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.sources.articles import READ_LIMIT_S, Reading, Trust, evidence_of, why_unread
from mididrumigen.sources.extract import MAX_PAGE_BYTES, read_page
from mididrumigen.sources.press import host_of, weight_of
from mididrumigen.sources.tools import Tools

PAGES = SourceCard(
    name="web",
    kind="article",
    title="Articles on the web",
    licence="its publisher's; quoted in at most 25 words",
    per_second=0.2,
    at_once=4,
    each_host=True,
    asks_robots=True,
    max_bytes=MAX_PAGE_BYTES,
)
MAX_A_HOST = 5
_MISSING = frozenset({404, 410})


class Pages:
    """Opens pages for a source and says what they say."""

    def __init__(
        self,
        tools: Tools,
        card: SourceCard,
        *,
        asked_as: SourceCard | None = None,
        may_be_missing: bool = False,
    ) -> None:
        """`card`: whose evidence it is; `asked_as`: the card of the pages, where they are not on
        the source's own site; `may_be_missing`: the addresses are guesses, and of those that lead
        nowhere nothing is said.
        """
        self._tools, self._card, self._asked_as = tools, card, asked_as or card
        self._accept = frozenset({200}) | (_MISSING if may_be_missing else frozenset())

    async def collect(
        self,
        urls: Sequence[str],
        artist: Artist,
        inputs: Inputs,
        progress: Progress,
        trust: Trust,
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of every page as soon as it is read; a page that cannot be used is refused with
        its reason. Raises SourceUnavailable where not one of them could be had.
        """
        reasons: list[str] = []
        async with aclosing(self._each(urls, artist, trust)) as readings:
            done = 0
            async for reading, was_had in readings:
                done += 1
                progress.tell(reading.title or host_of(reading.url), done, len(urls))
                if reading.refusal:
                    progress.refuse(reading.url, reading.refusal)
                if not was_had:
                    reasons.append(reading.refusal)
                for evidence in evidence_of(
                    reading, self._card, inputs.retrieved_at, weight_of(reading.url), PAGES.licence
                ):
                    yield evidence
        if reasons and len(reasons) == len(urls):
            which = "the page" if len(urls) == 1 else f"each of the {len(urls)} pages"
            raise SourceUnavailable(f"{which} failed, the first so: {reasons[0]}")

    async def _each(
        self, urls: Sequence[str], artist: Artist, trust: Trust
    ) -> AsyncGenerator[tuple[Reading, bool], None]:
        """(what a page says, whether it could be had), in the order in which they come. All are
        asked for at once: pacing is the business of `fetch`, and another host need not wait.
        """
        tasks = [asyncio.ensure_future(self._read(url, artist, trust)) for url in urls]
        left = set(tasks)
        try:
            while left:
                done, left = await asyncio.wait(left, return_when=asyncio.FIRST_COMPLETED)
                for task in sorted(done, key=tasks.index):
                    yield task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self, url: str, artist: Artist, trust: Trust) -> tuple[Reading, bool]:
        try:
            page = await self._tools.fetch.get(
                self._asked_as, url, keep="never", accept=self._accept
            )
        except SourceUnavailable as error:
            return Reading(url, refusal=str(error)), False
        if page.status in _MISSING:
            return Reading(url), True
        headers = dict(page.headers)
        try:
            reading = await self._tools.workers.run(
                READ_LIMIT_S, read_page, page.body, headers, url, artist, trust
            )
        except Exception as error:
            reading = Reading(url, refusal=why_unread(error))
        return reading, True


def spread(urls: Iterable[str], most: int, a_host: int = MAX_A_HOST) -> list[str]:
    """The first `most` web addresses, each once, at most `a_host` of a host."""
    kept: dict[str, None] = {}
    hosts: Counter[str] = Counter()
    for url in urls:
        host = host_of(url)
        if host and url not in kept and hosts[host] < a_host and len(kept) < most:
            kept[url] = None
            hosts[host] += 1
    return list(kept)

"""Who is meant by a name: MusicBrainz first, joined with Wikidata and Wikipedia.

Conventions: a quick look takes at most four requests, and a site that does not answer in time is
done without. Where MusicBrainz does not answer, or knows nobody of the name, Wikidata is asked,
then Wikipedia. Nobody found is an empty answer, not an error; a site that could not be asked is
reported, and not asked again.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TypeVar

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Progress, SourceReport
from mididrumigen.research.namesakes import (
    artist_of,
    choices_of_hits,
    choices_of_items,
    clearly_meant,
    joined,
    ranked_hits,
    ranked_items,
)
from mididrumigen.sources.musicbrainz import PAGES, MusicBrainz, most_credited
from mididrumigen.sources.musicbrainz_parse import Hit, Known, Recording
from mididrumigen.sources.press import is_press
from mididrumigen.sources.site import Site
from mididrumigen.sources.tools import Tools
from mididrumigen.sources.wikidata import Wikidata
from mididrumigen.sources.wikidata_parse import Item
from mididrumigen.sources.wikipedia import Wikipedia
from mididrumigen.sources.wikipedia_parse import Page, bare, parse_members

QUICK_S, FULL_S = 4.0, 45.0
"""For one question, which may be several requests to one site."""
QUICK_ALL_S, FULL_ALL_S = 8.0, 120.0
"""For all of them: a quick research has 15 s."""
QUICK_REQUESTS = 4

MAX_LINKS = 100
_MAX_LINKED_DRUMMERS = 2
"""Drummers of a band whose articles are looked through for links."""

_Answer = TypeVar("_Answer")
_Site = TypeVar("_Site", bound=Site)


@dataclass(frozen=True, slots=True)
class Identified:
    """Whom a name may mean."""

    choices: tuple[Artist, ...] = ()
    """Nobody, the one who is meant, or those among whom the user must choose: these differ in
    `disambiguation` and are not looked up yet (`complete`).
    """
    reports: tuple[SourceReport, ...] = ()
    """How the sites fared, one each."""

    @property
    def artist(self) -> Artist | None:
        """The one who is meant; None where it is nobody, or not clear."""
        return self.choices[0] if len(self.choices) == 1 else None


async def identify(
    name: str,
    settings: Mapping[str, SourceSettings],
    tools: Tools,
    progress: Progress,
    *,
    is_quick: bool = False,
) -> Identified:
    """Whom `name` means: who is clearly meant is looked up whole. Never raises for what sites
    do.
    """
    progress.tell(f"finding out who is meant by {name}")
    return await _Search(settings, tools, is_quick).identify(name)


async def complete(
    artist: Artist,
    settings: Mapping[str, SourceSettings],
    tools: Tools,
    progress: Progress,
    *,
    is_quick: bool = False,
) -> Identified:
    """One of the `choices`, looked up whole; what stands in it already stays, its `disambiguation`
    above all.
    """
    progress.tell(f"looking {artist.name} up")
    return await _Search(settings, tools, is_quick).complete(artist)


class _Search:
    """One question to the sites, and how they fared."""

    def __init__(
        self, settings: Mapping[str, SourceSettings], tools: Tools, is_quick: bool
    ) -> None:
        self._musicbrainz = MusicBrainz(settings["musicbrainz"], tools)
        self._wikidata = Wikidata(settings["wikidata"], tools)
        self._wikipedia = Wikipedia(settings["wikipedia"], tools)
        self._off = {name for name, each in settings.items() if not each.enabled}
        self._is_quick = is_quick
        self._left: float = QUICK_REQUESTS if is_quick else math.inf
        self._clock = asyncio.get_running_loop().time
        self._until_s = self._clock() + (QUICK_ALL_S if is_quick else FULL_ALL_S)
        self._reports: dict[str, SourceReport] = {}

    async def identify(self, name: str) -> Identified:
        """Whom a name means."""

        async def hits(musicbrainz: MusicBrainz) -> list[tuple[float, Hit]]:
            return ranked_hits(await musicbrainz.search(name), name)

        ranked = await self._ask(self._musicbrainz, 1, hits) or []
        hit = clearly_meant(ranked)
        item = None
        if hit is None and ranked:
            # Whom everybody means by the name has the article of this very title.
            title = ranked[0][1].name
            item = await self._ask(self._wikidata, 1, lambda wikidata: wikidata.titled(title))
            hit = next((one for _, one in ranked if item and one.mbid == item.mbid), None)
            if hit is None:
                return self._answer(*choices_of_hits(ranked))
        if hit is None:
            return await self._by_encyclopedia(name)
        artist = Artist(hit.name, aliases=hit.aliases, kind=hit.kind, mbid=hit.mbid)
        return self._answer(await self._whole(artist, item))

    async def complete(self, artist: Artist) -> Identified:
        """An artist whose ids are known, whole."""
        return self._answer(await self._whole(artist, None))

    async def _by_encyclopedia(self, name: str) -> Identified:
        """Whom a name means by Wikidata or, where nobody there has it, by Wikipedia."""
        qids = await self._ask(self._wikidata, 1, lambda wikidata: wikidata.ids_named(name))
        items = None
        if qids:
            items = await self._ask(self._wikidata, 1, lambda wikidata: wikidata.items(qids))
        ranked = ranked_items(list((items or {}).values()), name)
        item = clearly_meant(ranked)
        if item is None and ranked:
            return self._answer(*choices_of_items(ranked))
        if item is not None:
            return self._answer(await self._whole(artist_of(item), item))
        page = await self._article(name)
        if page is None:
            return self._answer()
        drummers = tuple(parse_members(page.text))
        artist = Artist(
            name=bare(page.title),
            kind="group" if drummers else "",
            qid=page.qid,
            page=page.title,
            drummers=drummers,
            links=tuple(filter(is_press, page.links))[:MAX_LINKS],
        )
        return self._answer(artist)

    async def _article(self, name: str) -> Page | None:
        """The article about a musician or a band of this name, where it is clear which."""

        async def title_at(wikipedia: Wikipedia) -> str:
            return (await wikipedia.find_page(Artist(name), is_quick=self._is_quick))[0]

        title = await self._ask(self._wikipedia, 1, title_at)
        if not title:
            return None
        page = await self._ask(self._wikipedia, 1, lambda wikipedia: wikipedia.read(title))
        return page if page is not None and page.is_article else None

    async def _whole(self, artist: Artist, item: Item | None) -> Artist:
        """An artist with all that the sites join to it; `item`: where it is known already."""
        known = None
        if mbid := artist.mbid:
            known = await self._ask(self._musicbrainz, 1, lambda mb: mb.look_up(mbid))
        recordings, item = await asyncio.gather(
            self._recordings(known), self._item(artist, known, item)
        )
        artist = joined(artist, known, recordings, item)
        item = item if artist.qid else None
        if item and item.members and not artist.drummers:
            band = item
            found = await self._ask(self._wikidata, 1, lambda wikidata: wikidata.drummers(band))
            artist = replace(artist, drummers=found or ())
        page = None
        if artist.page and not self._is_quick:
            title = artist.page
            page = await self._ask(self._wikipedia, 1, lambda wikipedia: wikipedia.read(title))
        is_his = page is not None and page.is_article and page.qid in ("", artist.qid)
        if page is not None and is_his and artist.kind == "group" and not artist.drummers:
            artist = replace(artist, drummers=tuple(parse_members(page.text)))
        is_drummer = (item and item.drums) or (known and known.bands)
        if not artist.drummers and not is_drummer:
            credited = most_credited(recordings)
            if artist.mbid not in (drummer.mbid for drummer in credited):  # else he drums himself
                artist = replace(artist, drummers=credited)
        if page is None:
            return artist
        whole, read = artist, page
        links = await self._ask(self._wikipedia, 1, lambda it: _cited(it, whole, read))
        return replace(whole, links=tuple(dict.fromkeys((*whole.links, *(links or ())))))

    async def _recordings(self, known: Known | None) -> list[Recording]:
        if known is None:
            return []
        pages = 1 if self._is_quick else PAGES
        ask = self._ask(self._musicbrainz, 1, lambda mb: mb.recordings(known.mbid, pages))
        return await ask or []

    async def _item(self, artist: Artist, known: Known | None, item: Item | None) -> Item | None:
        """The item in Wikidata: by its id, else by the artist's in MusicBrainz."""
        if item is not None:
            return item
        qid = artist.qid or (known.qid if known else "")
        if not qid and artist.mbid and self._left >= 2:
            mbid = artist.mbid
            qid = await self._ask(self._wikidata, 1, lambda it: it.with_mbid(mbid)) or ""
        return await self._ask(self._wikidata, 1, lambda it: it.item(qid)) if qid else None

    async def _ask(
        self, site: _Site, requests: int, question: Callable[[_Site], Awaitable[_Answer]]
    ) -> _Answer | None:
        """What a site says; None where it is switched off, failed before, does not answer in time
        or would be asked too much.
        """
        before = self._reports.get(site.name)
        if site.name in self._off or requests > self._left:
            return None
        if before is not None and before.state == "unavailable":
            return None
        limit_s = min(QUICK_S if self._is_quick else FULL_S, self._until_s - self._clock())
        if limit_s <= 0:
            reason = f"there was no time left to ask {site.card.title}"
            self._reports[site.name] = SourceReport(site.name, "unavailable", reason)
            return None
        self._left -= requests
        try:
            async with asyncio.timeout(limit_s):
                answer = await question(site)
        except SourceUnavailable as error:
            self._reports[site.name] = SourceReport(site.name, "unavailable", str(error))
            return None
        except TimeoutError:
            reason = f"{site.card.title} did not answer within {limit_s:.1f} s"
            self._reports[site.name] = SourceReport(site.name, "unavailable", reason)
            return None
        if answer or before is None:
            self._reports[site.name] = SourceReport(site.name, "ok" if answer else "empty")
        return answer

    def _answer(self, *choices: Artist) -> Identified:
        return Identified(choices, tuple(self._reports.values()))


async def _cited(wikipedia: Wikipedia, artist: Artist, page: Page) -> list[str]:
    """Addresses in the music press that the article about an artist and those about its first
    drummers cite; raises SourceUnavailable.
    """
    links = list(page.links)
    names = [drummer.name for drummer in artist.drummers]
    try:
        async with aclosing(wikipedia.pages_of(names, artist, page, _MAX_LINKED_DRUMMERS)) as pages:
            async for _, own in pages:
                links += own.links
    except SourceUnavailable:
        pass  # the source itself will say so; what the first article cites is enough to go on
    return [link for link in dict.fromkeys(links) if is_press(link)][:MAX_LINKS]

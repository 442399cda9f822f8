"""The English Wikipedia: what the articles about an artist and its drummers say about the playing.

Address: https://en.wikipedia.org/w/api.php, no key, with a user agent that names a contact (without
one 10 requests a minute); serial requests, 2 a second. The text is CC BY-SA 4.0: kept are claims
and quotes of at most 25 words, with the address of the very revision. Traps: one whole text an
answer; a name may lead to a list of articles, to a section, or to another subject.
"""

import re
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import replace

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.models.names import normalise_name
from mididrumigen.sources.articles import Text, evidence_of, mentions, read_apart
from mididrumigen.sources.mediawiki import MediaWiki, is_title
from mididrumigen.sources.tools import Tools
from mididrumigen.sources.wikipedia_parse import SITE, Page, bare, parse_members, parse_pages

CARD = SourceCard(
    name="wikipedia",
    kind="article",
    title="Wikipedia",
    base_url=SITE,
    licence="Wikipedia contributors, CC BY-SA 4.0",
    per_second=2.0,
    paced_as="wikimedia",
    per_second_nameless=1 / 6,
)

WORDS, MEMBERS = 0.7, 0.75
"""What its word is worth: what is said of the playing, and who is in a band; a judgement."""
MAX_DRUMMERS = 4
"""Drummers of a band whose articles are read."""

_GROUP = ("(band)", "(group)", "(musical group)", "(duo)")
_PERSON = ("(musician)", "(drummer)", "(singer)", "(rapper)")
_FOUND = 5
_MIN_SONG, _MAX_SONGS = 6, 100
"""Letters of a title that tells something ("Help!" stands in any text); songs that are looked for.
"""
_DRUMS = re.compile(r"\b(?:drum|percussion)", re.IGNORECASE)


class Wikipedia(MediaWiki):
    """The article about the artist, then those about its drummers."""

    card = CARD
    name = "wikipedia"
    kind: EvidenceKind = "article"

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        super().__init__(settings, tools)
        self._workers = tools.workers

    async def read(self, title: str) -> Page | None:
        """A page with its text and links; None where there is none; raises SourceUnavailable."""
        params: dict[str, str | int] = {"explaintext": 1, "exsectionformat": "wiki"}
        params |= {"prop": "extracts|pageprops|extlinks|info", "ellimit": "max"}
        page = (await self._pages([title], params)).get(title)
        return None if page is None or page.is_missing else page

    async def look_over(self, titles: Sequence[str]) -> dict[str, Page]:
        """Pages by the titles that lead to them, 50 at most, without their texts; raises
        SourceUnavailable.
        """
        return await self._pages(titles, {"prop": "pageprops|info"})

    async def find_page(self, artist: Artist, *, is_quick: bool = False) -> tuple[str, str]:
        """(title of the article about an artist, empty where there is none; why a page of the name
        is not it); up to three requests, one where `is_quick`; raises SourceUnavailable.
        """
        group, person = artist.kind != "person", artist.kind != "group"
        endings = (*(_GROUP if group else ()), *(_PERSON if person else ()))
        titles = [artist.name, *(f"{artist.name} {ending}" for ending in endings)]
        pages = await self.look_over(titles)
        found = [pages[title] for title in titles if title in pages]
        if chosen := _chosen(found, artist):
            return chosen.title, ""
        if not is_quick:
            what = {"person": "drummer", "group": "band"}.get(artist.kind, "music")
            name = artist.name.replace('"', " ")
            titles = await self.find(f'intitle:"{name}" {what}', _FOUND)
            found += (await self.look_over(titles)).values() if titles else ()
            if chosen := _chosen(found, artist):
                return chosen.title, ""
        several = any(page.lists_several for page in found)
        is_other = any(page.is_article for page in found)
        why = "there are several articles of this name" if several else ""
        return "", why or ("the article of this name is about something else" if is_other else "")

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the artist's own article, then of those about its drummers."""
        progress.tell("looking for the article in Wikipedia")
        page = await self._article(artist, inputs, progress)
        listed: list[Drummer] = []
        if page is not None:
            progress.tell(page.title)
            listed = parse_members(page.text) if artist.kind != "person" else []
            artist = replace(artist, drummers=artist.drummers or tuple(listed))
            for evidence in await self._claims(page, artist, inputs, progress):
                yield evidence
            if listed:
                yield self.credited(inputs, page.url, MEMBERS, listed)
        drummers = [drummer.name for drummer in (*artist.drummers, *listed)]
        most = 1 if inputs.is_quick else MAX_DRUMMERS
        async with aclosing(self.pages_of(drummers, artist, page, most)) as pages:
            async for name, own in pages:
                progress.tell(own.title)
                if not _is_of_the_band(own, artist):
                    progress.refuse(own.title, f"is about another {name}, as far as it says")
                    continue
                who = replace(artist, name=name, aliases=(bare(own.title),), drummers=())
                for evidence in await self._claims(own, who, inputs, progress, of=name):
                    yield evidence

    async def pages_of(
        self, drummers: Iterable[str], artist: Artist, page: Page | None, most: int
    ) -> AsyncGenerator[tuple[str, Page], None]:
        """(drummer, article of the name) for the first drummers of a band; `page` is the article
        about the band. Raises SourceUnavailable.
        """
        own = normalise_name(artist.name)
        names = [name for name in dict.fromkeys(drummers) if normalise_name(name) != own][:most]
        for name, title in await self._own_pages(names, {page.title} if page else set()):
            found = await self.read(title)
            if found is not None and found.is_article:
                yield name, found

    async def _article(self, artist: Artist, inputs: Inputs, progress: Progress) -> Page | None:
        """The article about an artist, surely about him."""
        title = artist.page
        if not title:
            if artist.disambiguation and not artist.qid:
                return None  # the name alone leads to somebody else
            title, why = await self.find_page(artist, is_quick=inputs.is_quick)
            if why:
                progress.refuse(artist.name, why)
        page = await self.read(title) if title else None
        if page is not None and (why := _refusal(page, artist)):
            progress.refuse(page.title, why)
            return None
        return page

    async def _own_pages(self, names: Sequence[str], read: set[str]) -> list[tuple[str, str]]:
        """(drummer, title of the article about him) of those who have one that is not read."""
        if not names:
            return []
        titles = {name: (f"{name} (drummer)", f"{name} (musician)", name) for name in names}
        pages = await self.look_over([title for each in titles.values() for title in each])
        found: list[tuple[str, str]] = []
        for name, each in titles.items():
            for page in (pages[title] for title in each if title in pages):
                if page.is_article and page.makes_music and page.title not in read:
                    found.append((name, page.title))
                    read.add(page.title)
                    break
        return found

    async def _claims(
        self, page: Page, artist: Artist, inputs: Inputs, progress: Progress, of: str = ""
    ) -> list[Evidence]:
        """Evidence of what a page claims; `of`: the drummer of a band whom it is all about."""
        text = Text(page.url, page.title, page.text, has_sections=True)
        [reading] = [r async for r in read_apart(self._workers, [text], artist, "own")]
        if reading.refusal:
            progress.refuse(page.title, reading.refusal)
        claims = tuple(replace(c, who=c.who or of) for c in reading.claims)
        return evidence_of(replace(reading, claims=claims), CARD, inputs.retrieved_at, WORDS)

    async def _pages(self, titles: Sequence[str], params: dict[str, str | int]) -> dict[str, Page]:
        if not (titles := [title for title in titles if is_title(title)][:50]):
            return {}
        asked: dict[str, str | int] = {"action": "query", "titles": "|".join(titles)}
        return parse_pages(await self.query({**asked, "redirects": 1, **params}))


def _chosen(pages: Sequence[Page], artist: Artist) -> Page | None:
    """The page that is about the artist: by the Wikidata id where it is known, else by name and
    what the page says it is about.
    """
    articles = [page for page in pages if page.is_article]
    if artist.qid:
        return next((page for page in articles if page.qid == artist.qid), None)
    names = {normalise_name(name) for name in (artist.name, *artist.aliases)}
    same = {
        page.title: page
        for page in articles
        if page.makes_music
        # Where a name is led on to another one, it is somebody without an article.
        and normalise_name(bare(page.title)) in names
    }
    # The plain title is the one that everybody means; several with brackets are nobody surely.
    if artist.name in same or len(same) == 1:
        return same.get(artist.name) or next(iter(same.values()))
    return None


def _refusal(page: Page, artist: Artist) -> str:
    """Why a page is not the article about an artist; empty where it is."""
    if page.lists_several:
        return "lists articles of this name"
    if not page.is_article:
        return "is about more than that"
    if artist.qid and page.qid and page.qid != artist.qid:
        return "is about somebody else of this name"
    if artist.page or artist.qid or not artist.mbid:
        return ""
    # MusicBrainz knows the artist and no site joins an article to it: that of the name may be
    # another's.
    songs = [track.title for track in artist.tracks if len(track.title) >= _MIN_SONG]
    names = [*(drummer.name for drummer in artist.drummers), *songs[:_MAX_SONGS]]
    if any(mentions(page.text, name) for name in names):
        return ""
    return "may be about another one: it names no drummer or song of theirs"


def _is_of_the_band(page: Page, artist: Artist) -> bool:
    """Whether a page is about a drummer, and names the artist for whom he drums."""
    names = (artist.name, *artist.aliases)
    return bool(_DRUMS.search(page.text[:1500])) and any(mentions(page.text, n) for n in names)

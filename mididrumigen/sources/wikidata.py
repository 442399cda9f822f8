"""Wikidata: genres, who is in a band and when, and the keys that join the other sites.

Address: https://www.wikidata.org/w/api.php, no key, with a user agent that names a contact; serial
requests, 2 a second. CC0. Traps: values may be "unknown" or "none"; a band lists its members, but
what they play stands in their own items; labels come apart, 50 in one answer.
"""

from collections.abc import AsyncGenerator, Iterable

from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.names import normalise_name
from mididrumigen.sources.mediawiki import MediaWiki, is_title
from mididrumigen.sources.musicbrainz import plays_with
from mididrumigen.sources.wikidata_parse import Item, parse_found, parse_items, qid_of

CARD = SourceCard(
    name="wikidata",
    kind="metadata",
    title="Wikidata",
    base_url="https://www.wikidata.org",
    licence="Wikidata, CC0",
    per_second=2.0,
    paced_as="wikimedia",
    per_second_nameless=1 / 6,
)

MEMBERS, STYLES = 0.8, 0.6
"""Confidence, a judgement: of members and bands, and of genres."""

_FOUND, _MAX_LABELS, _MAX_MEMBERS = 7, 50, 10
_WHOLE = "labels|descriptions|aliases|claims|sitelinks"


class Wikidata(MediaWiki):
    """Genres, bands and members."""

    card = CARD
    name = "wikidata"

    async def items(self, qids: Iterable[str], props: str = _WHOLE) -> dict[str, Item]:
        """Items by id, 50 at most; raises SourceUnavailable."""
        ids = "|".join(list(dict.fromkeys(qids))[:_MAX_LABELS])
        if not ids:
            return {}
        params = {"action": "wbgetentities", "ids": ids, "props": props, "languages": "en|mul"}
        return parse_items(await self.query(params))

    async def item(self, qid: str) -> Item | None:
        """One item whole; None where there is none; raises SourceUnavailable."""
        # Where two items were made one, the answer has another id.
        return next(iter((await self.items([qid])).values()), None)

    async def titled(self, title: str) -> Item | None:
        """What the article of a title in the English Wikipedia is about; None where there is none;
        raises SourceUnavailable.
        """
        if not is_title(title):
            return None
        params = {"action": "wbgetentities", "sites": "enwiki", "titles": title, "props": _WHOLE}
        found = parse_items(await self.query({**params, "normalize": 1, "languages": "en|mul"}))
        return next(iter(found.values()), None)

    async def ids_named(self, name: str) -> list[str]:
        """Ids of the items of just this name, whatever they are; raises SourceUnavailable."""
        params = {"action": "wbsearchentities", "search": name, "language": "en", "type": "item"}
        found = parse_found(await self.query({**params, "limit": _FOUND}, keep="search"))
        return [qid for qid, as_ in found if normalise_name(as_) == normalise_name(name)]

    async def with_mbid(self, mbid: str) -> str:
        """Id of the item that has a MusicBrainz id; empty where none has; raises
        SourceUnavailable.
        """
        found = await self.find(f"haswbstatement:P434={mbid}", 2)
        return qid_of(found[0]) if len(found) == 1 else ""

    async def drummers(self, band: Item) -> tuple[Drummer, ...]:
        """Members of a band that drum, with years, by the first; raises SourceUnavailable."""
        members = band.members[:_MAX_MEMBERS]
        known = await self.items((each.qid for each in members), "labels|claims")
        found = [
            Drummer(item.label, each.begin, each.end, item.mbid)
            for each in members
            if (item := known.get(each.qid)) and item.drums and item.label
        ]
        return tuple(sorted(dict.fromkeys(found), key=lambda drummer: drummer.begin or 9999))

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the item of this artist."""
        progress.tell("looking the artist up in Wikidata")
        item = await self._item(artist)
        if item is None:
            return
        url = f"{CARD.base_url}/wiki/{item.qid}"
        linked = [*item.genres, *(item.bands if item.drums else ())]
        labels = await self.items((each.qid for each in linked), "labels")
        genres = [labels[g.qid].label.lower() for g in item.genres if g.qid in labels]
        if styles := {genre: 1 for genre in genres if genre}:
            yield self.told(inputs, f"{url}#P136", STYLES, {"styles": styles})
        for band in item.bands if item.drums else ():
            if band.qid in labels and (name := labels[band.qid].label):
                yield self.told(inputs, f"{url}#P463", MEMBERS, plays_with(name), part=name)
        if inputs.is_quick or item.is_human:
            return
        if drummers := await self.drummers(item):
            yield self.credited(inputs, f"{url}#P527", MEMBERS, drummers)

    async def _item(self, artist: Artist) -> Item | None:
        """The item of an artist, surely his own."""
        qid = artist.qid
        if not qid and artist.mbid:
            qid = await self.with_mbid(artist.mbid)
        if qid:
            return await self.item(qid)
        if artist.mbid or artist.disambiguation:
            return None  # by the name it would be somebody else
        same = (await self.items(await self.ids_named(artist.name))).values()
        musicians = [item for item in same if item.makes_music]
        return musicians[0] if len(musicians) == 1 else None

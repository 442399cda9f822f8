"""MusicBrainz: who an artist is, who drums in a band and when, recordings with ISRCs, genres.

Address: https://musicbrainz.org/ws/2, no key, one request a second: over that every request is
answered with 503. The core is CC0, genres and tags are CC BY-NC-SA 3.0. Traps: a search also finds
names that only share a word; of a famous name there are many artists; nobody says how well known a
song is; an id that was merged leads to another one.
"""

from collections.abc import AsyncGenerator, Sequence
from typing import Any

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Progress, SourceCard
from mididrumigen.sources.fields import at, text
from mididrumigen.sources.musicbrainz_parse import (
    Hit,
    Known,
    Recording,
    credited,
    parse_artist,
    parse_recordings,
    parse_search,
    total_of,
)
from mididrumigen.sources.site import Site

CARD = SourceCard(
    name="musicbrainz",
    kind="metadata",
    title="MusicBrainz",
    base_url="https://musicbrainz.org",
    licence="MusicBrainz, CC0; genres and tags CC BY-NC-SA 3.0",
    per_second=1.0,
)

MEMBERS, STYLES, CREDITS = 0.9, 0.65, 0.8
"""Confidence, a judgement: of a membership, of genres that users voted for, of who drums on at
least two recordings.
"""
MAX_STYLES, MAX_CREDITED = 20, 6
PAGE, PAGES = 100, 3
"""Recordings in one answer; answers that a full research asks for."""

_HITS = 25


class MusicBrainz(Site):
    """Members, genres and credits."""

    card = CARD
    name = "musicbrainz"

    async def search(self, name: str) -> list[Hit]:
        """Artists of about this name, the best first; raises SourceUnavailable."""
        phrase = '"' + name.replace("\\", " ").replace('"', " ") + '"'
        query = f"artist:{phrase} OR alias:{phrase}"
        params: dict[str, str | int] = {"query": query, "limit": _HITS, "fmt": "json"}
        return parse_search(_sound(await self.ask("/ws/2/artist", params, keep="search")))

    async def look_up(self, mbid: str) -> Known | None:
        """What is noted of an artist; None where nobody has this id; raises SourceUnavailable."""
        # The "+" of the manual is a space: written out, it would be sent as %2B.
        params = {"inc": "artist-rels url-rels genres tags aliases", "fmt": "json"}
        return parse_artist(_sound(await self.ask(f"/ws/2/artist/{mbid}", params)))

    async def recordings(self, mbid: str, pages: int = 1) -> list[Recording]:
        """The first recordings of an artist, by pages of 100; raises SourceUnavailable where not
        even the first page is to be had.
        """
        found: list[Recording] = []
        for page in range(pages):
            params: dict[str, str | int] = {"artist": mbid, "limit": PAGE, "offset": PAGE * page}
            params |= {"inc": "isrcs genres artist-rels", "fmt": "json"}
            try:
                body = _sound(await self.ask("/ws/2/recording", params))
            except SourceUnavailable:
                if page:
                    break  # what was found stays
                raise
            found += parse_recordings(body)
            if total_of(body) <= PAGE * (page + 1):
                break
        return found

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the artist with this id, or of nobody: a name alone may be another's."""
        if not artist.mbid:
            return
        progress.tell("looking the artist up in MusicBrainz")
        known = await self.look_up(artist.mbid)
        if known is None:
            return
        url = f"{CARD.base_url}/artist/{known.mbid}"
        if known.drummers:
            yield self.credited(inputs, f"{url}/relationships", MEMBERS, known.drummers)
        if known.styles:
            styles = dict(list(known.styles.items())[:MAX_STYLES])
            yield self.told(inputs, f"{url}/tags", STYLES, {"styles": styles})
        for band in known.bands:
            yield self.told(inputs, f"{url}/relationships", MEMBERS, plays_with(band), part=band)
        if inputs.is_quick:
            return
        progress.tell("looking for who drums on the recordings")
        recordings = await self.recordings(known.mbid, PAGES)
        for evidence in self._credits(inputs, recordings, known):
            yield evidence

    def _credits(
        self, inputs: Inputs, recordings: Sequence[Recording], known: Known
    ) -> list[Evidence]:
        """Who drums on recordings of somebody else, or of a band without being its member; the
        address is that of one recording that says so.
        """
        members = {drummer.name for drummer in known.drummers} | {known.name}
        found = [one for one in credited(recordings).items() if one[0].name not in members]
        return [
            self.told(
                inputs,
                f"{CARD.base_url}/recording/{on[0].mbid}",
                CREDITS,
                {
                    "drummers": [{"name": drummer.name, "begin": None, "end": None}],
                    "songs": list(dict.fromkeys(recording.title for recording in on))[:20],
                },
                part=f"credit {drummer.name}",
            )
            for drummer, on in found[:MAX_CREDITED]
        ]


def plays_with(name: str) -> dict[str, Any]:
    """Value of evidence that the artist plays with somebody."""
    claim = {"trait": "plays_with", "value": name, "low": None, "high": None}
    return {"claims": [{**claim, "song": "", "who": "", "not": False}]}


def most_credited(recordings: Sequence[Recording]) -> tuple[Drummer, ...]:
    """Who drums on most of the recordings."""
    return tuple(credited(recordings))[:MAX_CREDITED]


def _sound(body: Any) -> Any:
    """The body; raises SourceUnavailable where it is an error, which may come with status 200."""
    if told := text(at(body, "error")):
        raise SourceUnavailable(f"MusicBrainz says: {told}")
    return body

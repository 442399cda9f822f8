"""ListenBrainz: tags of an artist, and who drums on recordings, by MusicBrainz id.

Address: https://api.listenbrainz.org/1/metadata, with a free token since programs overran it; at
most one request a second. Facts are MusicBrainz's: relationships CC0, tags CC BY-NC-SA 3.0. Traps:
everything goes by id, so that an artist whom MusicBrainz does not know is not found; one id that is
no UUID refuses the whole call; tags that MusicBrainz knows as genres have a `genre_mbid`, the
others may be anything.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Progress, SourceCard
from mididrumigen.sources.credits import is_drummer
from mididrumigen.sources.fields import at, count, rows, text, uuid, year
from mididrumigen.sources.site import FULL_TRACKS, Site

CARD = SourceCard(
    name="listenbrainz",
    kind="metadata",
    title="ListenBrainz",
    base_url="https://api.listenbrainz.org",
    licence="MusicBrainz: relationships CC0, tags CC BY-NC-SA 3.0",
    per_second=1.0,
    key="listenbrainz",
    needs_key=True,
)

STYLES, CREDITS = 0.55, 0.75
"""Confidence, a judgement: of genres that editors vote for, and of credits that they copy."""
A_CALL = 25
"""Recordings of one call, so that its address stays short."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Who drums on a recording."""

    drummers: tuple[str, ...]
    year: int | None


class ListenBrainz(Site):
    """Genres of the artist, drummers of his recordings."""

    card = CARD
    name = "listenbrainz"

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """The styles, then the drummers of each recording that names some."""
        self.needed_key("token")
        mbid = uuid(artist.mbid)
        if mbid:
            progress.tell("asking ListenBrainz for genres")
            body = await self._json("artist", {"artist_mbids": mbid, "inc": "artist tag"})
            if styles := parse_artist(body, mbid):
                url = f"https://musicbrainz.org/artist/{mbid}/tags"
                yield self.told(inputs, url, STYLES, {"styles": styles}, part="styles")
        mbids = list(dict.fromkeys(filter(None, (uuid(t.mbid) for t in artist.tracks))))
        mbids = mbids[: A_CALL if inputs.is_quick else FULL_TRACKS]
        for start in range(0, len(mbids), A_CALL):
            progress.tell("asking ListenBrainz for credits", start, len(mbids))
            asked = mbids[start : start + A_CALL]
            body = await self._json(
                "recording", {"recording_mbids": ",".join(asked), "inc": "artist release"}
            )
            for id, credits in parse_recordings(body, asked).items():
                drummers = [Drummer(name, credits.year, credits.year) for name in credits.drummers]
                url = f"https://musicbrainz.org/recording/{id}"
                yield self.credited(inputs, url, CREDITS, drummers)

    async def _json(self, what: str, params: Mapping[str, str | int]) -> Any:
        return await self.ask(
            f"/1/metadata/{what}/",
            params,
            secret_headers={"authorization": f"Token {self._key}"},
        )


def parse_artist(body: object, mbid: str) -> dict[str, int]:
    """Genres of an artist with their votes, the commonest first; other tags where it has none."""
    genres: dict[str, int] = {}
    tags: dict[str, int] = {}
    for artist in rows(body):
        if uuid(artist.get("artist_mbid")) != mbid:
            continue
        for row in rows(at(artist, "tag", "artist")):
            tag, votes = text(row.get("tag")).lower(), count(row.get("count"))
            if tag and votes:
                (genres if uuid(row.get("genre_mbid")) else tags).setdefault(tag, votes)
    return dict(sorted((genres or tags).items(), key=lambda style: -style[1])[:20])


def parse_recordings(body: object, asked: Sequence[str]) -> dict[str, Credits]:
    """Who drums on recordings, by the id that was asked for; those without a drummer are absent."""
    found = {}
    for id in asked:
        drummers = {
            text(row.get("artist_name")): None
            for row in rows(at(body, id, "recording", "rels"))
            if is_drummer(text(row.get("instrument")))
        }
        drummers.pop("", None)
        if drummers:
            released = year(at(body, id, "release", "year"))
            found[id] = Credits(tuple(drummers), released)
    return found

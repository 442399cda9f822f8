"""Deezer: tempo of an artist's best known tracks.

Address: https://api.deezer.com, keyless; terms: data may be shown with a link to the track; 50
requests in 5 seconds at most, we ask 5 a second. Traps: errors come with HTTP 200, code 4 is "too
many", 800 "nothing there"; `bpm` stands in a track's own record alone, and 0 means unknown, which
it is for most new tracks; an artist's list holds songs where he is a guest; addresses of previews
expire within minutes and are never kept as evidence.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.fetched import Keeping
from mididrumigen.models.titles import is_remade, song_key
from mididrumigen.sources.fields import at, identifier, isrc, rows, tempo_bpm, text
from mididrumigen.sources.meant import Meant, songs_of
from mididrumigen.sources.site import FULL_TRACKS, QUICK_TRACKS, Site, tempo_of

CARD = SourceCard(
    name="deezer",
    kind="metadata",
    title="Deezer",
    base_url="https://api.deezer.com",
    licence="Deezer, with a link to the track",
    per_second=5.0,
)

CONFIDENCE = 0.55
"""A judgement: measured by a program that nobody describes, of the published master, and mended by
nobody; half a vote, and a little for being left empty where it does not know.
"""
CANDIDATES = 3
"""Artists of one name that are looked at."""

_TOO_MANY, _BUSY, _NOTHING = "4", "700", "800"


@dataclass(frozen=True, slots=True)
class Song:
    """A track in a list."""

    id: str
    title: str
    isrc: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A track as its own record tells it."""

    id: str
    title: str
    isrc: str
    bpm: float | None


class Deezer(Site):
    """Tempos of top tracks, and of recordings by ISRC."""

    card = CARD
    name = "deezer"

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """A tempo for each track that has one."""
        meant = Meant(artist)
        limit = QUICK_TRACKS if inputs.is_quick else FULL_TRACKS
        top = await self._top(artist, meant, inputs.is_quick, progress)
        wanted: dict[str, tuple[str, str]] = {}
        for song in top:
            wanted.setdefault(song_key(song.title), (song.id, ""))
        for key, track in songs_of(artist.tracks).items():
            if code := isrc(track.isrc):
                wanted.setdefault(key, (f"isrc:{code}", code))
        for done, (id, code) in enumerate(list(wanted.values())[:limit]):
            progress.tell("asking Deezer for tempos", done, min(limit, len(wanted)))
            heard = parse_track(await self._json(f"/track/{id}"))
            if heard is None or heard.bpm is None or is_remade(heard.title):
                continue
            if code and heard.isrc != code:
                continue
            value = tempo_of(
                heard.title, heard.bpm, isrc=heard.isrc, mbid=meant.mbid_of(heard.isrc)
            )
            url = f"https://www.deezer.com/track/{heard.id}"
            yield self.told(inputs, url, CONFIDENCE, value)

    async def _top(
        self, artist: Artist, meant: Meant, is_quick: bool, progress: Progress
    ) -> list[Song]:
        """The best known own tracks of the artist; empty where he is not there."""
        progress.tell("looking for the artist at Deezer")
        found = await self._json("/search/artist", {"q": artist.name, "limit": 10}, keep="search")
        artists = [id for id, called in parse_artists(found) if meant.is_called(called)]
        lists = []
        for id in artists[: 1 if is_quick else CANDIDATES]:
            body = await self._json(f"/artist/{id}/top", {"limit": FULL_TRACKS})
            songs = parse_top(body, id)
            if meant.shares((song.title, song.isrc) for song in songs):
                return songs
            lists.append(songs)
        if meant.has_namesake or not lists:
            if lists:
                self.doubt(artist, progress)
            return []
        return lists[0]  # the first one found is the best known

    async def _json(
        self, path: str, params: dict[str, str | int] | None = None, keep: Keeping = "metadata"
    ) -> Any:
        return checked(await self.ask(path, params, keep=keep))


def checked(body: Any) -> Any:
    """A body that is no error, None where nothing is there; raises SourceUnavailable."""
    error = at(body, "error")
    if not error:
        return body
    code = text(at(error, "code"))
    if code == _NOTHING:
        return None
    if code in (_TOO_MANY, _BUSY):
        raise SourceUnavailable("Deezer is asked too much from here", "try again in a minute")
    reason = text(at(error, "message")) or "no reason given"
    raise SourceUnavailable(f"Deezer refused the question: {reason}")


def parse_artists(body: object) -> list[tuple[str, str]]:
    """(id, name) of the artists that a search found."""
    found = [(identifier(row.get("id")), text(row.get("name"))) for row in rows(at(body, "data"))]
    return [(id, name) for id, name in found if id and name]


def parse_top(body: object, artist_id: str) -> list[Song]:
    """The own tracks in an artist's list: those where he is no guest."""
    songs = []
    for row in rows(at(body, "data")):
        id, title = identifier(row.get("id")), text(row.get("title"))
        if id and title and not is_remade(title) and _is_own(row, artist_id):
            songs.append(Song(id, title, isrc(row.get("isrc"))))
    return songs


def _is_own(row: object, artist_id: str) -> bool:
    mains = [identifier(at(row, "artist", "id"))]
    mains += [
        identifier(each.get("id"))
        for each in rows(at(row, "contributors"))
        if text(each.get("role")) == "Main"
    ]
    # A row without a word about its artist is of the artist whose list it is.
    return artist_id in mains or not any(mains)


def parse_track(body: object) -> Heard | None:
    """A track's own record; None where it is none."""
    id, title = identifier(at(body, "id")), text(at(body, "title"))
    if not id or not title:
        return None
    return Heard(id, title, isrc(at(body, "isrc")), tempo_bpm(at(body, "bpm")))

"""ReccoBeats: tempo of an artist's tracks.

Address: https://api.reccobeats.com/v1, keyless and free, as best it can; we ask once a second.
Traps: where its numbers come from is not told (they look like Spotify's, octave errors included);
a search is loose, so that the name must be the very name; an artist's tracks include those where
he is a guest, told by who is named first; there is no metre.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.titles import is_remade, song_key
from mididrumigen.sources.fields import at, identifier, isrc, number, rows, tempo_bpm, text
from mididrumigen.sources.meant import Meant
from mididrumigen.sources.site import FULL_TRACKS, QUICK_TRACKS, Site, tempo_of

CARD = SourceCard(
    name="reccobeats",
    kind="metadata",
    title="ReccoBeats",
    base_url="https://api.reccobeats.com",
    licence="ReccoBeats, free to use",
    per_second=1.0,
)

CONFIDENCE = 0.5
"""A judgement: measured by a program, of unknown origin, octave errors known: half a vote."""
A_PAGE, A_CALL, PAGES = 40, 40, 2
"""Tracks a page, tracks whose features one call asks for, and pages that are read."""
CANDIDATES = 2
"""Artists of one name that are looked at."""


@dataclass(frozen=True, slots=True)
class Song:
    """A track in a list."""

    id: str
    title: str
    isrc: str
    popularity: float
    """0-100."""


class ReccoBeats(Site):
    """Tempos of an artist's tracks, the most popular first."""

    card = CARD
    name = "reccobeats"

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """A tempo for each track that has one."""
        meant = Meant(artist)
        songs = await self._songs(artist, meant, inputs.is_quick, progress)
        songs = songs[: QUICK_TRACKS if inputs.is_quick else FULL_TRACKS]
        for start in range(0, len(songs), A_CALL):
            progress.tell("asking ReccoBeats for tempos", start, len(songs))
            asked = {song.id: song for song in songs[start : start + A_CALL]}
            body = await self.ask("/v1/audio-features", {"ids": ",".join(asked)})
            for id, bpm, code in parse_features(body):
                if id in asked:
                    song = asked.pop(id)
                    code = song.isrc or code
                    value = tempo_of(song.title, bpm, isrc=code, mbid=meant.mbid_of(code))
                    url = f"https://api.reccobeats.com/v1/track/{id}/audio-features"
                    yield self.told(inputs, url, CONFIDENCE, value)

    async def _songs(
        self, artist: Artist, meant: Meant, is_quick: bool, progress: Progress
    ) -> list[Song]:
        """The artist's own songs, the most popular first; empty where he is not there."""
        progress.tell("looking for the artist at ReccoBeats")
        found = await self.ask(
            "/v1/artist/search", {"searchText": artist.name, "size": 25, "page": 0}, keep="search"
        )
        artists = [id for id, called in parse_artists(found) if meant.is_called(called)]
        first: list[Song] | None = None
        for id in artists[: 1 if is_quick else CANDIDATES]:
            songs: list[Song] = []
            for page in range(1 if is_quick else PAGES):
                body = await self.ask(f"/v1/artist/{id}/track", {"page": page, "size": A_PAGE})
                songs += parse_tracks(body, id)
                if page + 1 >= (number(at(body, "totalPages")) or 0):
                    break
            songs = _each_once(songs)
            if meant.shares((song.title, song.isrc) for song in songs):
                return songs
            first = songs if first is None else first
        if first and meant.has_namesake:
            self.doubt(artist, progress)
            return []
        return first or []


def _each_once(songs: list[Song]) -> list[Song]:
    """The most popular version of each song, the most popular song first."""
    best: dict[str, Song] = {}
    for song in sorted(songs, key=lambda song: -song.popularity):
        best.setdefault(song_key(song.title), song)
    return list(best.values())


def parse_artists(body: object) -> list[tuple[str, str]]:
    """(id, name) of the artists that a search found."""
    found = [
        (identifier(row.get("id")), text(row.get("name"))) for row in rows(at(body, "content"))
    ]
    return [(id, name) for id, name in found if id and name]


def parse_tracks(body: object, artist_id: str) -> list[Song]:
    """The songs in an artist's list where he is named first, or nobody is named."""
    songs = []
    for row in rows(at(body, "content")):
        id, title = identifier(row.get("id")), text(row.get("trackTitle"))
        named = [identifier(each.get("id")) for each in rows(row.get("artists"))]
        if id and title and not is_remade(title) and (not named or named[0] == artist_id):
            popularity = number(row.get("popularity")) or 0.0
            songs.append(Song(id, title, isrc(row.get("isrc")), popularity))
    return songs


def parse_features(body: object) -> list[tuple[str, float, str]]:
    """(id, BPM, ISRC) of each track that has a tempo."""
    found = []
    for row in rows(at(body, "content")):
        id, bpm = identifier(row.get("id")), tempo_bpm(row.get("tempo"))
        if id and bpm is not None:
            found.append((id, bpm, isrc(row.get("isrc"))))
    return found

"""Genius: who drums on a song, and what its users write about it.

Address: https://api.genius.com, with a free client access token; 2 requests a second. Its pages are
guarded against programs and are never fetched; texts of songs are not in the API and not asked for.
Traps: a search finds songs, not artists; an artist's list holds songs where he is a guest; credits
have free labels; notes of users are mostly about words, so that few claim anything about drumming.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.fetched import Keeping
from mididrumigen.models.titles import is_remade
from mididrumigen.sources.credits import is_drummer
from mididrumigen.sources.fields import address, at, identifier, paragraphs, rows, text, year
from mididrumigen.sources.meant import Meant
from mididrumigen.sources.site import Site

CARD = SourceCard(
    name="genius",
    kind="metadata",
    title="Genius",
    base_url="https://api.genius.com",
    licence="Genius, quotes with a link",
    per_second=2.0,
    key="genius",
    needs_key=True,
    is_slow=True,
)

CREDITS, WORDS, NOTES = 0.6, 0.45, 0.35
"""Confidence, a judgement: of credits that users copy, of the text about a song that many edit, and
of a note that one user writes.
"""
QUICK_SONGS, FULL_SONGS, NOTED_SONGS = 3, 20, 8
"""Songs whose credits are read, and those of a full research whose notes are."""

_MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A song in a list."""

    id: str
    title: str
    artist_id: str
    artist: str


@dataclass(frozen=True, slots=True)
class Song:
    """A song as its own record tells it."""

    title: str
    url: str
    year: int | None
    drummers: tuple[str, ...]
    description: str


class Genius(Site):
    """Drummers and claims, song by song."""

    card = CARD
    name = "genius"

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """The drummers of each song, and what is claimed of it."""
        self.needed_key("token")
        songs = await self._songs(artist, inputs.is_quick, progress)
        for done, listed in enumerate(songs):
            progress.tell("reading credits at Genius", done, len(songs))
            body = await self._json(f"/songs/{listed.id}", {"text_format": "plain"})
            song = parse_song(body)
            if song is None:
                continue
            if song.drummers:
                drummers = [Drummer(name, song.year, song.year) for name in song.drummers]
                yield self.credited(inputs, song.url, CREDITS, drummers)
            texts = [(song.description, WORDS)]
            if not inputs.is_quick and done < NOTED_SONGS:
                texts += [(note, NOTES) for note in await self._notes(listed.id)]
            for words, worth in texts:
                for claim in await self.claimed(
                    artist, inputs, song.url, worth, words, song=song.title
                ):
                    yield claim

    async def _songs(self, artist: Artist, is_quick: bool, progress: Progress) -> list[Listed]:
        """The artist's own songs, the best known first; empty where he cannot be told."""
        meant = Meant(artist)
        progress.tell("looking for the artist at Genius")
        found = parse_hits(await self._json("/search", {"q": artist.name}, keep="search"))
        own = [song for song in found if song.artist_id and meant.is_called(song.artist)]
        if not own:
            return []
        id = own[0].artist_id
        songs = [song for song in own if song.artist_id == id]
        if not is_quick:
            body = await self._json(
                f"/artists/{id}/songs", {"sort": "popularity", "per_page": 50, "page": 1}
            )
            songs = [song for song in parse_songs(body) if song.artist_id == id] or songs
        if meant.has_namesake and not meant.shares((song.title, "") for song in songs):
            self.doubt(artist, progress)
            return []
        songs = [song for song in songs if not is_remade(song.title)]
        return songs[: QUICK_SONGS if is_quick else FULL_SONGS]

    async def _notes(self, song_id: str) -> list[str]:
        body = await self._json(
            "/referents", {"song_id": song_id, "per_page": 50, "page": 1, "text_format": "plain"}
        )
        return parse_notes(body)

    async def _json(
        self, path: str, params: dict[str, str | int], keep: Keeping = "metadata"
    ) -> Any:
        return await self.ask(
            path, params, keep=keep, secret_headers={"authorization": f"Bearer {self._key}"}
        )


def parse_hits(body: object) -> list[Listed]:
    """The songs that a search found."""
    hits = rows(at(body, "response", "hits"))
    found = (_listed(hit.get("result")) for hit in hits if text(hit.get("type")) == "song")
    return [song for song in found if song]


def parse_songs(body: object) -> list[Listed]:
    """The songs in an artist's list."""
    found = (_listed(row) for row in rows(at(body, "response", "songs")))
    return [song for song in found if song]


def _listed(row: object) -> Listed | None:
    id, title = identifier(at(row, "id")), text(at(row, "title"))
    if not id or not title:
        return None
    artist = at(row, "primary_artist")
    return Listed(id, title, identifier(at(artist, "id")), text(at(artist, "name")))


def parse_song(body: object) -> Song | None:
    """A song's own record; None where it is none."""
    song = at(body, "response", "song")
    title = text(at(song, "title"))
    url = address(at(song, "url"), "https://genius.com/")
    if not title or not url:
        return None
    drummers: dict[str, None] = {}
    for row in rows(at(song, "custom_performances")):
        if is_drummer(text(row.get("label"))):
            drummers.update({text(each.get("name")): None for each in rows(row.get("artists"))})
    drummers.pop("", None)
    return Song(
        title,
        url,
        year(at(song, "release_date")),
        tuple(drummers),
        _words(at(song, "description", "plain")),
    )


def parse_notes(body: object) -> list[str]:
    """What users write about parts of a song."""
    notes = [
        _words(at(note, "body", "plain"))
        for referent in rows(at(body, "response", "referents"))
        for note in rows(referent.get("annotations"))
    ]
    return [note for note in notes if note]


def _words(value: object) -> str:
    words = paragraphs(value, _MAX_TEXT)
    return "" if words == "?" else words  # as Genius writes it where nobody has written anything

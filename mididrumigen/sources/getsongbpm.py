"""GetSongBPM: tempo and metre of songs, the only free one with a metre.

Address: https://api.getsong.co, with a free key and a visible link to https://getsongbpm.com
(README has it); 3,000 requests an hour. Traps: numbers are text; a miss is an object where hits are
a list; JSON comes as text/html, and a real web page is a challenge to browsers; hits are loose, so
that name and title are compared; there is no useful list by artist, so one call a song.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from mididrumigen.errors import InputError, SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Metre, Progress, SourceCard
from mididrumigen.models.titles import bare_title, song_key
from mididrumigen.sources.fields import address, at, rows, tempo_bpm, text, uuid
from mididrumigen.sources.meant import Meant, songs_of
from mididrumigen.sources.site import FULL_TRACKS, Site, tempo_of

CARD = SourceCard(
    name="getsongbpm",
    kind="metadata",
    title="GetSongBPM",
    base_url="https://api.getsong.co",
    licence="GetSongBPM, with a link to getsongbpm.com",
    per_second=0.8,
    key="getsongbpm",
    needs_key=True,
)

CONFIDENCE = 0.6
"""A judgement: more than a program's guess since people look the songs up and correct them, and
still one song may be told differently at another time.
"""
QUICK_SONGS = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A song that a search found."""

    title: str
    artist: str
    artist_mbid: str
    bpm: float
    metre: str
    """As "4/4"; empty where it is not told."""
    url: str


class GetSongBpm(Site):
    """Tempos and metres, song by song."""

    card = CARD
    name = "getsongbpm"

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """A tempo for each of the artist's tracks that it has."""
        key = self.needed_key()
        meant = Meant(artist)
        wanted = list(songs_of(artist.tracks).items())
        wanted = wanted[: QUICK_SONGS if inputs.is_quick else FULL_TRACKS]
        for done, (song, track) in enumerate(wanted):
            progress.tell("asking GetSongBPM for tempos", done, len(wanted))
            lookup = f"song:{_plain(bare_title(track.title))} artist:{_plain(artist.name)}"
            body = await self.ask(
                "/search/", {"type": "both", "lookup": lookup}, secret_params={"api_key": key}
            )
            for hit in parse_search(body):
                if meant.is_it(hit.artist, hit.artist_mbid) and song_key(hit.title) == song:
                    value = tempo_of(track.title, hit.bpm, isrc=track.isrc, mbid=track.mbid)
                    if hit.metre:
                        value["metre"] = hit.metre
                    yield self.told(inputs, hit.url, CONFIDENCE, value)
                    break


def _plain(words: str) -> str:
    """Words that cannot be taken for the name of a field in a lookup."""
    return " ".join(words.replace(":", " ").split())


def parse_search(body: object) -> list[Hit]:
    """The songs with a tempo that a search found, the best first; raises SourceUnavailable where
    the site refuses to answer.
    """
    if error := text(at(body, "error")):
        raise SourceUnavailable(f"GetSongBPM refused the question: {error}")
    hits = []
    for row in rows(at(body, "search")):  # a miss is a row of nothing but a reason
        title, bpm = text(row.get("title")), tempo_bpm(row.get("tempo"))
        url = address(row.get("uri"), "https://getsongbpm.com/")
        if title and bpm is not None and url:
            hits.append(
                Hit(
                    title,
                    text(at(row, "artist", "name")),
                    uuid(at(row, "artist", "mbid")),
                    bpm,
                    _metre(row.get("time_sig")),
                    url,
                )
            )
    return hits


def _metre(value: object) -> str:
    try:
        return str(Metre.parse(text(value)))
    except InputError:
        return ""

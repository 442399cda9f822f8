"""Whether what a site has is of the artist who is meant, and which of its tracks are one song.

Conventions: an artist is told by the whole name or an alias, normalised, or by an id; likeness is
not enough, for a wrong artist poisons a profile. Where two artists have one name
(`Artist.disambiguation`), the name alone is not enough either: songs must be known to be theirs, by
ISRC or title. A title is compared without what stands in brackets and without
"Remastered" and its like.
"""

import re
from collections.abc import Iterable

from mididrumigen.models import Artist, Track
from mididrumigen.models.names import normalise_name
from mididrumigen.sources.fields import isrc as tidy_isrc

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_VERSION = re.compile(
    r"\s[-\u2013\u2014]\s[^-]*\b(?:remaster(?:ed)?|version|mix|edit|mono|stereo|live|demo|acoustic"
    r"|remix(?:ed)?|single|bonus|take|(?:19|20)\d\d)\b.*\Z",
    re.IGNORECASE,
)
_FEATURING = re.compile(r"\s(?:feat|ft|featuring)\b\.?.*\Z", re.IGNORECASE)
_REMADE = re.compile(
    r"[(\[].*?\b(?:remix(?:ed)?|sped up|speed up|slowed|nightcore|karaoke|8d audio|mashup"
    r"|a ?cap+ella|tribute)\b|\s[-\u2013\u2014]\s.*\b(?:remix(?:ed)?|sped up|speed up|slowed"
    r"|nightcore|karaoke|a ?cap+ella)\b",
    re.IGNORECASE,
)


def bare_title(title: str) -> str:
    """A title without brackets, guests and version; itself where nothing is left."""
    bare = _FEATURING.sub("", _VERSION.sub("", _BRACKETS.sub(" ", title)))
    return " ".join(bare.split()) or title


def song_key(title: str) -> str:
    """What the versions of one song share."""
    return normalise_name(bare_title(title))


def is_remade(title: str) -> bool:
    """Whether the drums or the tempo are not those of the song: a remix, "sped up", karaoke."""
    return bool(_REMADE.search(title))


def songs_of(tracks: Iterable[Track]) -> dict[str, Track]:
    """Every song once, the first of its versions, in order, by its key; nothing remade."""
    songs: dict[str, Track] = {}
    for track in tracks:
        if track.title and not is_remade(track.title):
            songs.setdefault(song_key(track.title), track)
    return songs


class Meant:
    """The artist who is meant, as sites are compared with."""

    def __init__(self, artist: Artist) -> None:
        self.has_namesake = bool(artist.disambiguation)
        self._names = {normalise_name(name) for name in (artist.name, *artist.aliases)}
        self._mbid = artist.mbid.lower()
        self._by_isrc = {tidy_isrc(t.isrc): t.mbid for t in artist.tracks if t.isrc}
        self._songs = {song_key(track.title) for track in artist.tracks if track.title}
        self._drummers = {normalise_name(drummer.name) for drummer in artist.drummers}

    def is_called(self, name: str) -> bool:
        """Whether the artist goes by a name."""
        return bool(name) and normalise_name(name) in self._names

    def is_it(self, name: str, mbid: str) -> bool:
        """Whether a name with a MusicBrainz id is the artist's: by the id where both have one."""
        if mbid and self._mbid:
            return mbid == self._mbid
        return self.is_called(name)

    def shares(self, songs: Iterable[tuple[str, str]]) -> bool:
        """Whether (title, ISRC) are known to be songs of the artist: one by its ISRC, or two by
        their titles, since many have a song of one title; one where no more is known.
        """
        songs = list(songs)
        if any(code and code in self._by_isrc for _, code in songs):
            return True
        titles = {song_key(title) for title, _ in songs} & self._songs
        return bool(titles) and len(titles) >= min(2, len(self._songs))

    def drums_in(self, names: Iterable[str]) -> bool:
        """Whether any of the names is one of a drummer of the band."""
        return any(normalise_name(name) in self._drummers for name in names if name)

    def mbid_of(self, code: str) -> str:
        """MusicBrainz id of the recording with an ISRC; empty where it is not known."""
        return self._by_isrc.get(code, "") if code else ""

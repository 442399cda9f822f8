"""Whether what a site has is of the artist who is meant, and which of its tracks are one song.

Conventions: an artist is told by the whole name or an alias, normalised, or by an id; likeness is
not enough, for a wrong artist poisons a profile. Where two artists have one name
(`Artist.disambiguation`), the name alone is not enough either: songs must be known to be theirs, by
ISRC or title. A title is compared without what stands in brackets and without
"Remastered" and its like.
"""

from collections.abc import Iterable

from mididrumigen.models import Artist, Track
from mididrumigen.models.names import normalise_name
from mididrumigen.models.titles import is_remade, song_key
from mididrumigen.sources.fields import isrc as tidy_isrc


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

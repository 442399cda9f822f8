"""What MusicBrainz answers -> who an artist is, who drums, which recordings there are. Pure.

Conventions: nothing here raises; what is missing, null or of another kind is left out. Years are of
dates such as "1968-09" or "1968". Of relations, "backward" from a band leads to its members,
"forward" from a person to the bands. https://musicbrainz.org/doc/MusicBrainz_API
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from mididrumigen.models import Drummer, Track
from mididrumigen.models.titles import bare_title, is_remade, song_key
from mididrumigen.sources.credits import is_drummer
from mididrumigen.sources.fields import address, at, count, isrc, rows, text, uuid, year

KINDS = {"Person": "person", "Group": "group", "Orchestra": "group", "Choir": "group"}
ARTICLES = frozenset({"interview", "review", "biography"})
"""Relations to addresses at which there is prose."""

MAX_ALIASES = 12
_MAX_LINKS = 20
_FEW_CREDITS = 2
"""Recordings on which somebody drums before he is called the artist's drummer."""
_MISSPELT = "Search hint"


@dataclass(frozen=True, slots=True)
class Hit:
    """An artist that a search found."""

    mbid: str
    name: str
    kind: str
    score: int
    """0-100, of the search."""
    disambiguation: str = ""
    aliases: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    """Spellings that are searched for and not used."""
    votes: int = 0
    """For all tags together: how much people care."""
    drums: bool = False
    """Whether tags or disambiguation call him a drummer."""
    place: str = ""
    begin: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is noted of an artist."""

    mbid: str
    name: str
    kind: str
    disambiguation: str = ""
    aliases: tuple[str, ...] = ()
    styles: Mapping[str, int] | None = None
    """Genre words with votes."""
    drummers: tuple[Drummer, ...] = ()
    """Members that drum, one a stint."""
    bands: tuple[str, ...] = ()
    """In which a person drums or drummed."""
    qid: str = ""
    page: str = ""
    """Title in the English Wikipedia."""
    links: tuple[str, ...] = ()
    """Interviews, reviews and biographies."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, and who drums on it."""

    mbid: str
    title: str
    isrcs: tuple[str, ...] = ()
    drummers: tuple[Drummer, ...] = ()
    styles: Mapping[str, int] | None = None


def parse_search(body: Any) -> list[Hit]:
    """The artists of a search, in its order."""
    hits = []
    for row in rows(at(body, "artists")):
        mbid, name = uuid(row.get("id")), text(row.get("name"))
        if not mbid or not name:
            continue
        tags = _votes(row.get("tags"))
        told = text(row.get("disambiguation"))
        names, hints = _aliases(row, name)
        hits.append(
            Hit(
                mbid,
                name,
                KINDS.get(text(row.get("type")), ""),
                count(row.get("score")),
                told,
                names,
                hints,
                sum(tags.values()),
                any("drummer" in words.lower() for words in (told, *tags)),
                text(at(row, "area", "name")) or text(row.get("country")),
                year(at(row, "life-span", "begin")),
            )
        )
    return hits


def parse_artist(body: Any) -> Known | None:
    """An artist that was looked up; None where the body is none."""
    mbid, name = uuid(at(body, "id")), text(at(body, "name"))
    if not mbid or not name:
        return None
    kind = KINDS.get(text(at(body, "type")), "")
    relations = rows(at(body, "relations"))
    urls = [(text(row.get("type")), text(at(row, "url", "resource"))) for row in relations]
    return Known(
        mbid,
        name,
        kind,
        text(at(body, "disambiguation")),
        _aliases(body, name)[0],
        _votes(at(body, "genres")) or _votes(at(body, "tags")),
        _members(relations),
        _bands(relations),
        next((_last_part(url) for kind, url in urls if kind == "wikidata"), ""),
        next((_page(url) for kind, url in urls if kind == "wikipedia" and _page(url)), ""),
        tuple(
            dict.fromkeys(
                address(url, "http://", "https://")
                for kind, url in urls
                if kind in ARTICLES and address(url, "http://", "https://")
            )
        )[:_MAX_LINKS],
    )


def parse_recordings(body: Any) -> list[Recording]:
    """The recordings of one page of a list, or the one that was looked up; no videos."""
    listed = at(body, "recordings")
    recordings = []
    for row in rows(body if listed is None else listed):
        mbid, title = uuid(row.get("id")), text(row.get("title"))
        if not mbid or not title or row.get("video") is True:
            continue
        codes = row.get("isrcs")
        found = [isrc(code) for code in codes[:20]] if isinstance(codes, list) else []
        recordings.append(
            Recording(
                mbid,
                title,
                tuple(dict.fromkeys(code for code in found if code)),
                _credits(rows(row.get("relations"))),
                _votes(row.get("genres")),
            )
        )
    return recordings


def total_of(body: Any) -> int:
    """How many recordings there are beyond this page too."""
    return count(at(body, "recording-count"))


def tracks_of(recordings: Iterable[Recording]) -> tuple[Track, ...]:
    """Every song once, with a recording that has an ISRC where any has. Nobody says how well known
    a song is; one that was released again and again is, so those with most recordings and ISRCs
    come first.
    """
    songs: dict[str, list[Recording]] = {}
    for recording in recordings:
        if not is_remade(recording.title):
            songs.setdefault(song_key(recording.title), []).append(recording)
    ranked = sorted(
        songs.values(),
        key=lambda takes: (
            not any(take.isrcs for take in takes),
            -len(takes) - sum(len(take.isrcs) for take in takes),
        ),
    )
    tracks = []
    for takes in ranked:
        best = min(takes, key=lambda take: (not take.isrcs, len(take.title), take.mbid))
        title = bare_title(best.title)
        tracks.append(Track(title, best.mbid, best.isrcs[0] if best.isrcs else ""))
    return tuple(tracks)


def credited(recordings: Iterable[Recording]) -> dict[Drummer, list[Recording]]:
    """Who drums on at least two of the recordings, and on which; the most often credited first."""
    found: dict[Drummer, list[Recording]] = {}
    for recording in recordings:
        for drummer in recording.drummers:
            found.setdefault(drummer, []).append(recording)
    often = sorted(found.items(), key=lambda item: -len(item[1]))
    return {drummer: on for drummer, on in often if len(on) >= _FEW_CREDITS}


def _aliases(body: Any, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names that are used, those that only help to search), without `name` itself."""
    names: dict[str, None] = {}
    hints: dict[str, None] = {}
    for row in rows(at(body, "aliases")):
        alias = text(row.get("name"))
        if alias and alias != name:
            (hints if row.get("type") == _MISSPELT else names)[alias] = None
    return tuple(names)[:MAX_ALIASES], tuple(hints)[:MAX_ALIASES]


def _votes(value: object) -> dict[str, int]:
    """Words with the votes for them, most first; those voted down are left out."""
    votes: Counter[str] = Counter()
    for row in rows(value):
        if word := text(row.get("name"), 60).lower():
            votes[word] += count(row.get("count"))
    return {word: number for word, number in votes.most_common() if number > 0}


def _roles(relation: Mapping[str, Any]) -> list[str]:
    attributes = relation.get("attributes")
    return [text(each) for each in attributes] if isinstance(attributes, list) else []


def _members(relations: Iterable[Mapping[str, Any]]) -> tuple[Drummer, ...]:
    """Who drums in a band, by the year in which he began; where nobody does, who plays
    percussion.
    """
    stints: dict[str, dict[Drummer, None]] = {"drums": {}, "percussion": {}}
    for row in relations:
        if row.get("type") != "member of band" or row.get("direction") != "backward":
            continue
        name = text(at(row, "artist", "name"))
        if not name:
            continue
        years = year(row.get("begin")), year(row.get("end"))
        stint = Drummer(name, *years, uuid(at(row, "artist", "id")))
        for role in _roles(row):
            if is_drummer(role):
                stints["drums"][stint] = None
            elif role.lower() == "percussion":
                stints["percussion"][stint] = None
    found = stints["drums"] or stints["percussion"]
    return tuple(sorted(found, key=lambda drummer: drummer.begin or 9999))


def _bands(relations: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    bands = {
        text(at(row, "artist", "name")): None
        for row in relations
        if row.get("type") == "member of band"
        and row.get("direction") == "forward"
        and any(map(is_drummer, _roles(row)))
    }
    return tuple(band for band in bands if band)


def _credits(relations: Iterable[Mapping[str, Any]]) -> tuple[Drummer, ...]:
    """Who drums on a recording."""
    found = {
        Drummer(text(at(row, "artist", "name")), mbid=uuid(at(row, "artist", "id"))): None
        for row in relations
        if row.get("type") == "instrument" and any(map(is_drummer, _roles(row)))
    }
    return tuple(drummer for drummer in found if drummer.name)


def _last_part(url: str) -> str:
    found = url.rstrip("/").rpartition("/")[2]
    return found if found[:1] == "Q" and found[1:].isdigit() else ""


def _page(url: str) -> str:
    """Title of a page of the English Wikipedia; empty for any other address."""
    host, _, title = url.partition("//")[2].partition("/wiki/")
    is_english = host in ("en.wikipedia.org", "en.m.wikipedia.org")
    return unquote(title.partition("#")[0]).replace("_", " ") if is_english else ""

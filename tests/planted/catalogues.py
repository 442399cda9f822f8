"""The sites of tempos, records and tags of a planted world: a request -> a body in the site's own
shape.

Conventions: as in `encyclopedias`; ids are numbers or UUIDs made of names.
"""

import re
from collections.abc import Sequence
from typing import Any

from tests.internet import Asked
from tests.planted.people import Someone, Song, isrc_of, mbid_of, number_of

_LOOKUP = re.compile(r"song:(.*) artist:(.*)")


def _listed(world: Sequence[Someone], name: str) -> list[Someone]:
    """Who is in the catalogues and shares a word with a name."""
    words = set(name.lower().split())
    return [
        one
        for one in world
        if one.in_catalogues
        and any(words & set(n.lower().split()) for n in (one.name, *one.aliases))
    ]


def acousticbrainz(world: Sequence[Someone], asked: Asked) -> Any:
    """`/api/v1/low-level`: two measurements of each recording, of which the second differs a
    little.
    """
    songs = {mbid_of(song.title): song for one in world for song in one.songs}
    body: dict[str, Any] = {}
    for pair in asked.query["recording_ids"].split(";"):
        mbid, _, offset = pair.partition(":")
        song = songs.get(mbid)
        bpm = song.at("acousticbrainz") if song else None
        if bpm is not None and int(offset) < 2:
            rhythm = {"bpm": bpm + 0.1 * int(offset), "onset_rate": 3.1}
            body.setdefault(mbid, {})[offset] = {"rhythm": rhythm}
    return {**body, "mbid_mapping": {}}


def reccobeats(world: Sequence[Someone], asked: Asked) -> Any:
    """`/v1`."""
    if asked.path == "/v1/artist/search":
        found = _listed(world, asked.query["searchText"])
        rows = [{"id": mbid_of(f"r {one.id}"), "name": one.name} for one in found]
        return {"content": rows, "page": 0, "size": 25, "totalPages": 1}
    by_id = {mbid_of(f"r {song.title}"): (one, song) for one in world for song in one.songs}
    if asked.path == "/v1/audio-features":
        content = []
        for id in asked.query["ids"].split(","):
            if id in by_id and (bpm := by_id[id][1].at("reccobeats")) is not None:
                isrc = isrc_of(by_id[id][1].title)
                content.append({"id": id, "isrc": isrc, "tempo": bpm, "energy": 0.7})
        return {"content": content}
    artist = asked.path.split("/")[3]
    content = [
        {
            "id": id,
            "trackTitle": song.title,
            "artists": [{"id": artist, "name": one.name}],
            "isrc": isrc_of(song.title),
            "popularity": 50,
        }
        for id, (one, song) in by_id.items()
        if mbid_of(f"r {one.id}") == artist
    ]
    return {"content": content, "page": 0, "size": 40, "totalPages": 1}


def deezer(world: Sequence[Someone], asked: Asked) -> Any:
    """Search, top tracks, tracks."""
    if asked.path == "/search/artist":
        found = _listed(world, asked.query["q"])
        rows = [{"id": number_of(one.id), "name": one.name, "type": "artist"} for one in found]
        return {"data": rows, "total": len(rows)}
    if asked.path.startswith("/artist/"):
        artist = int(asked.path.split("/")[2])
        one = next(one for one in world if number_of(one.id) == artist)
        return {"data": [_track(one, song) for song in one.songs[:50]], "total": len(one.songs)}
    wanted = asked.path.rpartition("/")[2].removeprefix("isrc:")
    for one in world:
        for song in one.songs:
            if wanted in (str(number_of(song.title)), isrc_of(song.title)) and one.in_catalogues:
                return {**_track(one, song), "bpm": song.at("deezer") or 0}
    return {"error": {"type": "DataException", "message": "no data", "code": 800}}


def _track(one: Someone, song: Song) -> dict[str, Any]:
    return {
        "id": number_of(song.title),
        "title": song.title,
        "isrc": isrc_of(song.title),
        "artist": {"id": number_of(one.id), "name": one.name},
        "contributors": [{"id": number_of(one.id), "role": "Main"}],
        "type": "track",
    }


def getsongbpm(world: Sequence[Someone], asked: Asked) -> Any:
    """`/search/`: tempos are text."""
    match = _LOOKUP.match(asked.query["lookup"])
    assert match, asked.query
    for one in world:
        for song in one.songs:
            bpm = song.at("getsongbpm")
            if one.in_catalogues and match[1] == song.title and bpm is not None:
                artist = {"name": one.name, "mbid": one.mbid}
                uri = f"https://getsongbpm.com/song/x/{number_of(song.title)}"
                row = {"title": song.title, "uri": uri, "tempo": f"{bpm:.0f}", "time_sig": "4/4"}
                return {"search": [{**row, "id": "x", "artist": artist}]}
    return {"search": {"error": "no result"}}


def discogs(world: Sequence[Someone], asked: Asked) -> Any:
    """Search, releases, a release: one record for every three songs."""
    if asked.path == "/database/search" and asked.query.get("type") == "artist":
        found = _listed(world, asked.query["q"])
        rows = [{"id": number_of(one.id), "type": "artist", "title": one.name} for one in found]
        return {"results": rows}
    if asked.path == "/database/search":
        found = [one for one in world if one.name == asked.query["artist"]]
        return {
            "results": [
                {"type": "master", "title": f"{one.name} - Record {n}", "style": list(one.genres)}
                for one in found
                for n in range(3)
            ]
        }
    parts = asked.path.split("/")
    if parts[1] == "artists" and len(parts) == 3:
        one = next(one for one in world if number_of(one.id) == int(parts[2]))
        return {"id": int(parts[2]), "members": [{"name": m.name} for m in one.members]}
    if parts[1] == "artists":
        one = next(one for one in world if number_of(one.id) == int(parts[2]))
        records = [number_of(f"{one.id} record {n}") for n in range(len(one.songs) // 3)]
        rows = [{"type": "master", "main_release": id, "role": "Main"} for id in records]
        return {"releases": rows}
    for one in world:
        for n in range(len(one.songs) // 3):
            if number_of(f"{one.id} record {n}") == int(parts[2]):
                return _record(one, n)
    raise AssertionError(asked.path)


def _record(one: Someone, n: int) -> dict[str, Any]:
    members = [m for m in one.members if "drums" in m.role and m.begin]
    member = members[n % len(members)] if members else None
    credits = [{"name": member.name, "role": "Drums, Percussion"}] if member else []
    year = (member.begin or 1990) + 1 if member else 1990 + n
    return {
        "id": number_of(f"{one.id} record {n}"),
        "year": year,
        "artists": [{"id": number_of(one.id), "name": one.name}],
        "formats": [{"name": "CD", "descriptions": ["Album"]}],
        "extraartists": credits,
        "tracklist": [],
    }


def lastfm(world: Sequence[Someone], asked: Asked) -> Any:
    """Info and tags; what is not there comes with HTTP 200."""
    named = [one for one in world if one.in_catalogues and one.name == asked.query["artist"]]
    if not named:
        return {"error": 6, "message": "The artist you supplied could not be found"}
    one = named[0]
    url = f"https://www.last.fm/music/{one.name.replace(' ', '+')}"
    if asked.query["method"] == "artist.gettoptags":
        tags = [
            {"name": genre, "count": 100 - 20 * n, "url": ""} for n, genre in enumerate(one.genres)
        ]
        return {"toptags": {"tag": [*tags, {"name": "seen live", "count": 60, "url": ""}]}}
    bio = f'{one.bio} <a href="{url}">Read more on Last.fm</a>'
    return {"artist": {"name": one.name, "mbid": one.mbid, "url": url, "bio": {"content": bio}}}

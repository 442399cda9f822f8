"""MusicBrainz, Wikipedia, Wikidata and DBpedia of a planted world: a request -> a body in the
site's own shape.

Conventions: a search is as loose as the real one, and finds who only shares a word. What is not
there is missing in the way in which the site says so.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from tests.internet import Answer, Asked
from tests.planted.people import Member, Page, Someone, Song, isrc_of, mbid_of, qid_of

_PHRASE = re.compile(r'artist:"([^"]*)"')


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.lower())) - {"the", "of", "and"}


def _is_alike(query: str, someone: Someone) -> bool:
    return any(_words(query) & _words(name) for name in (someone.name, *someone.aliases))


def musicbrainz(world: Sequence[Someone], asked: Asked) -> Any:
    """`/ws/2`."""
    there = {someone.mbid: someone for someone in world if someone.mbid}
    if asked.path == "/ws/2/artist":
        [phrase] = _PHRASE.findall(asked.query["query"])
        hits = [one for one in there.values() if _is_alike(phrase, one)]
        hits.sort(key=lambda one: phrase.lower() not in (one.name.lower(), *one.aliases))
        return {
            "created": "2026-01-01T00:00:00.000Z",
            "count": len(hits),
            "offset": 0,
            "artists": [_hit(one, 100 - 25 * rank) for rank, one in enumerate(hits)],
        }
    if asked.path == "/ws/2/recording":
        songs = there[asked.query["artist"]].songs
        recordings = [_recording(song) for song in songs]
        return {
            "recordings": recordings,
            "recording-count": len(songs),
            "recording-offset": 0,
        }
    found = there.get(asked.path.rpartition("/")[2])
    if found is None:
        return Answer({"error": "Not Found", "help": "For usage, please see the manual"}, 404)
    return {**_hit(found, 100), "genres": _tags(found), "relations": _relations(found, there)}


def _hit(one: Someone, score: int) -> dict[str, Any]:
    return {
        "id": one.mbid,
        "score": score,
        "name": one.name,
        "sort-name": one.name,
        "type": {"person": "Person", "group": "Group"}[one.kind],
        "country": "GB",
        "area": {"name": "United Kingdom"},
        "disambiguation": one.disambiguation,
        "life-span": {"begin": "1975", "ended": None},
        "aliases": [{"name": alias, "type": "Artist name"} for alias in one.aliases],
        "tags": _tags(one),
    }


def _tags(one: Someone) -> list[dict[str, Any]]:
    return [{"name": genre, "count": max(one.votes - n, 1)} for n, genre in enumerate(one.genres)]


def _relations(one: Someone, there: dict[str, Someone]) -> list[dict[str, Any]]:
    def relation(name: str, direction: str, member: Member) -> dict[str, Any]:
        return {
            "type": "member of band",
            "type-id": "5be4c609-9afa-4ea0-910b-12ffb71e3821",
            "direction": direction,
            "target-type": "artist",
            "begin": str(member.begin) if member.begin else None,
            "end": str(member.end) if member.end else None,
            "ended": member.end is not None,
            "attributes": [member.role],
            "artist": {"id": mbid_of(name), "name": name, "type": None},
        }

    found = [relation(member.name, "backward", member) for member in one.members]
    found += [relation(band, "forward", Member(one.name)) for band in one.bands]
    if one.qid:
        url = {"resource": f"https://www.wikidata.org/wiki/{one.qid}"}
        found.append({"type": "wikidata", "target-type": "url", "url": url})
    return found


def _recording(song: Song) -> dict[str, Any]:
    credit = {
        "type": "instrument",
        "target-type": "artist",
        "attributes": ["drums (drum set)"],
        "artist": {"id": mbid_of(song.drummer), "name": song.drummer},
    }
    return {
        "id": mbid_of(song.title),
        "title": song.title,
        "length": 240_000,
        "video": False,
        "disambiguation": "",
        "isrcs": [isrc_of(song.title)],
        "genres": [],
        "relations": [credit] if song.drummer else [],
    }


def _pages(world: Sequence[Someone]) -> dict[str, tuple[Page, str]]:
    """(page, id in Wikidata) by title."""
    found: dict[str, tuple[Page, str]] = {}
    for one in world:
        if one.page:
            found[one.page] = Page(one.page, one.about, one.text), one.qid
        found.update({page.title: (page, qid_of(page.title)) for page in one.pages})
    return found


def wikipedia(world: Sequence[Someone], asked: Asked) -> Any:
    """`/w/api.php`."""
    pages = _pages(world)
    if asked.query.get("list") == "search":
        wanted = _words(asked.query["srsearch"].partition('"')[2].partition('"')[0])
        titles = [title for title in pages if wanted <= _words(title)]
        return {"batchcomplete": True, "query": {"search": [{"title": t} for t in titles]}}
    listed = []
    for title in asked.query["titles"].split("|"):
        if title not in pages:
            listed.append({"ns": 0, "title": title, "missing": True})
            continue
        page, qid = pages[title]
        props: dict[str, Any] = {"wikibase-shortdesc": page.about, "wikibase_item": qid}
        if page.lists_several:
            props["disambiguation"] = ""
        row = {"ns": 0, "pageid": 1, "title": title, "lastrevid": 123456, "pageprops": props}
        if "extracts" in asked.query["prop"]:
            row["extract"] = page.text
            row["extlinks"] = [{"url": "https://www.example.org/official"}]
        listed.append(row)
    return {"batchcomplete": True, "query": {"pages": listed}}


def wikidata(world: Sequence[Someone], asked: Asked) -> Any:
    """`/w/api.php`."""
    items = {one.qid: one for one in world if one.qid}
    action = asked.query["action"]
    if action == "wbsearchentities":
        name = asked.query["search"]
        found = [one for one in items.values() if _is_alike(name, one)]
        return {"search": [_found(one) for one in found], "success": 1}
    if action == "query":
        mbid = asked.query["srsearch"].partition("P434=")[2]
        titles = [{"title": qid} for qid, one in items.items() if one.mbid == mbid]
        return {"query": {"search": titles}}
    if title := asked.query.get("titles"):
        whole = [_item(one) for one in items.values() if one.page == title]
        return {"entities": {item["id"]: item for item in whole} or _MISSING, "success": 1}
    named = {
        qid_of(name): name
        for one in world
        for name in (*one.genres, *one.bands, *(member.name for member in one.members))
    }
    entities = {}
    for qid in asked.query["ids"].split("|"):
        if qid in items:
            entities[qid] = _item(items[qid])
        elif qid in named:
            drums = any(m.name == named[qid] for one in world for m in one.members if _drums(m))
            entities[qid] = _entity(qid, named[qid], "", _drummer_claims() if drums else {})
        else:
            entities[qid] = {"id": qid, "missing": ""}
    return {"entities": entities, "success": 1}


_MISSING = {"-1": {"site": "enwiki", "title": "-", "missing": ""}}


def _drums(member: Member) -> bool:
    return "drums" in member.role


def _found(one: Someone) -> dict[str, Any]:
    match = {"type": "label", "language": "en", "text": one.name}
    return {"id": one.qid, "label": one.name, "description": one.about, "match": match}


def _entity(qid: str, label: str, about: str, claims: dict[str, Any], page: str = "") -> Any:
    return {
        "type": "item",
        "id": qid,
        "labels": {"en": {"language": "en", "value": label}},
        "descriptions": {"en": {"language": "en", "value": about}} if about else {},
        "aliases": {},
        "claims": claims,
        "sitelinks": {"enwiki": {"site": "enwiki", "title": page}} if page else {},
    }


def _drummer_claims() -> dict[str, Any]:
    return {"P31": [_to("P31", "Q5")], "P106": [_to("P106", "Q386854")]}


def _item(one: Someone) -> Any:
    claims: dict[str, Any] = {}
    if one.kind == "person":
        claims["P31"] = [_to("P31", "Q5")]
        claims["P106"] = [_to("P106", "Q386854" if one.drums else "Q639669")]
    else:
        claims["P31"] = [_to("P31", "Q215380")]
    claims["P136"] = [_to("P136", qid_of(genre)) for genre in one.genres]
    claims["P463"] = [_to("P463", qid_of(band)) for band in one.bands]
    claims["P527"] = [_to("P527", qid_of(m.name), m.begin, m.end) for m in one.members]
    if one.mbid:
        claims["P434"] = [{"mainsnak": _snak("P434", one.mbid), "rank": "normal"}]
    return _entity(one.qid, one.name, one.about, claims, one.page)


def _snak(name: str, value: Any) -> dict[str, Any]:
    return {"snaktype": "value", "property": name, "datavalue": {"value": value, "type": "-"}}


def _to(name: str, qid: str, begin: int | None = None, end: int | None = None) -> dict[str, Any]:
    years = {"P580": begin, "P582": end}
    qualifiers = {
        key: [_snak(key, {"time": f"+{year}-00-00T00:00:00Z", "precision": 9})]
        for key, year in years.items()
        if year
    }
    main = _snak(name, {"entity-type": "item", "id": qid})
    return {"mainsnak": main, "qualifiers": qualifiers, "rank": "normal", "type": "statement"}


def dbpedia(world: Sequence[Someone], asked: Asked) -> Any:
    """`/sparql` and `/api/search`."""
    if asked.path == "/api/search":
        return {"docs": []}
    title = unquote(asked.query["query"].partition("/resource/")[2].partition(">")[0])
    bindings: list[dict[str, Any]] = []

    def told(name: str, label: str, plays: str = "") -> None:
        row = {"p": f"http://dbpedia.org/ontology/{name}", "label": label, "plays": plays}
        bindings.append({k: {"type": "literal", "value": v} for k, v in row.items() if v})

    for one in world:
        if one.page and one.page == title.replace("_", " "):
            for genre in one.genres:
                told("genre", genre.capitalize())
            for member in one.members:
                drums = "http://dbpedia.org/resource/Drum_kit" if _drums(member) else ""
                told("formerBandMember" if member.end else "bandMember", member.name, drums)
            for band in one.bands:
                told("associatedBand", band)
    return {"head": {"vars": ["p", "label", "plays"]}, "results": {"bindings": bindings}}

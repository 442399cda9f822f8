"""What Wikidata answers -> items with what drummers and bands need of them. Pure.

Conventions: nothing here raises; statements with "no value" or "unknown value" are left out, and so
are deprecated ones. Years are those of the qualifiers "start time" (P580) and "end time" (P582).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mididrumigen.sources.fields import at, rows, text, uuid
from mididrumigen.sources.subject import makes_music

HUMAN = "Q5"
DRUMMERS = frozenset({"Q386854"})
DRUM_KITS = frozenset({"Q128309", "Q11404"})
"""Occupation drummer; instruments drum kit and drum."""

_MUSICIANS = DRUMMERS | frozenset(
    {"Q639669", "Q177220", "Q488205", "Q753110", "Q36834", "Q855091", "Q584301", "Q486748"}
    | {"Q1278335", "Q183945", "Q130857", "Q2252262", "Q806349"}
)
"""Musician, singer, singer-songwriter, songwriter, composer, guitarist, bassist, pianist,
instrumentalist, producer, DJ, rapper, bandleader.
"""
_MAX_LINKED = 30


@dataclass(frozen=True, slots=True)
class Linked:
    """An item that another names, with years where it gives them."""

    qid: str
    begin: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An item."""

    qid: str
    label: str = ""
    description: str = ""
    aliases: tuple[str, ...] = ()
    page: str = ""
    """Title in the English Wikipedia."""
    mbid: str = ""
    sitelinks: int = 0
    """Wikipedias that have an article: how well known it is."""
    is_human: bool = False
    genres: tuple[Linked, ...] = ()
    bands: tuple[Linked, ...] = ()
    """Member of."""
    members: tuple[Linked, ...] = ()
    """Has part."""
    drums: bool = False
    makes_music: bool = False
    """Whether it is a musician or a band, as far as it says."""


def parse_items(body: Any) -> dict[str, Item]:
    """Items by id, in the order of the answer; those that are missing are left out."""
    items = {}
    entities = at(body, "entities")
    for entity in entities.values() if isinstance(entities, Mapping) else ():
        item = _item(entity)
        if item is not None:
            items[item.qid] = item
    return items


def parse_found(body: Any) -> list[tuple[str, str]]:
    """(id, the name by which it was found) of `wbsearchentities`."""
    found = [
        (qid_of(row.get("id")), text(at(row, "match", "text")) or text(row.get("label")))
        for row in rows(at(body, "search"))
    ]
    return [(qid, name) for qid, name in found if qid]


def qid_of(value: object) -> str:
    """An item's id; empty where it is none."""
    found = text(value)
    return found if found[:1] == "Q" and found[1:].isascii() and found[1:].isdigit() else ""


def _item(entity: Any) -> Item | None:
    qid = qid_of(at(entity, "id"))
    if not qid or "missing" in entity:
        return None
    claims = at(entity, "claims")
    occupations = _ids(claims, "P106")
    instruments = _ids(claims, "P1303")
    mbid = next((uuid(value) for value in _values(claims, "P434") if uuid(value)), "")
    sitelinks = at(entity, "sitelinks")
    members = _linked(claims, "P527")
    genres = _linked(claims, "P136")
    about = text(at(entity, "descriptions", "en", "value"))
    is_human = HUMAN in _ids(claims, "P31")
    drums = bool(DRUMMERS & occupations or (is_human and DRUM_KITS & instruments))
    return Item(
        qid,
        text(at(entity, "labels", "en", "value")) or text(at(entity, "labels", "mul", "value")),
        about,
        tuple(
            dict.fromkeys(
                alias
                for row in rows(at(entity, "aliases", "en"))
                if (alias := text(row.get("value")))
            )
        ),
        text(at(sitelinks, "enwiki", "title")),
        mbid,
        len(sitelinks) if isinstance(sitelinks, Mapping) else 0,
        is_human,
        genres,
        _linked(claims, "P463"),
        members,
        drums,
        # Writers and presidents have ids in MusicBrainz too.
        bool(drums or _MUSICIANS & occupations or (mbid and not is_human) or makes_music(about)),
    )


def _statements(claims: object, name: str) -> list[Mapping[str, Any]]:
    listed = at(claims, name)
    found = rows(listed) if isinstance(listed, list) else []
    return [one for one in found if one.get("rank") != "deprecated"][:_MAX_LINKED]


def _values(claims: object, name: str) -> list[Any]:
    return [
        at(one, "mainsnak", "datavalue", "value")
        for one in _statements(claims, name)
        if at(one, "mainsnak", "snaktype") == "value"
    ]


def _ids(claims: object, name: str) -> frozenset[str]:
    return frozenset(qid_of(at(value, "id")) for value in _values(claims, name))


def _linked(claims: object, name: str) -> tuple[Linked, ...]:
    found: dict[Linked, None] = {}
    for one in _statements(claims, name):
        qid = qid_of(at(one, "mainsnak", "datavalue", "value", "id"))
        if qid:
            found[Linked(qid, _year(one, "P580"), _year(one, "P582"))] = None
    return tuple(found)


def _year(statement: Mapping[str, Any], name: str) -> int | None:
    """Year of a qualifier such as "+1968-09-00T00:00:00Z"."""
    for row in rows(at(statement, "qualifiers", name)):
        told = text(at(row, "datavalue", "value", "time"))
        if told[:1] == "+" and told[1:5].isdigit() and told[5:6] == "-":
            return int(told[1:5])
    return None

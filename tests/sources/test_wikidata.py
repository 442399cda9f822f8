"""Wikidata: items, their years and labels, and who of a name is a musician."""

from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Drummer, Inputs
from mididrumigen.sources.mediawiki import parse_titles
from mididrumigen.sources.tools import Tools
from mididrumigen.sources.wikidata import Wikidata
from mididrumigen.sources.wikidata_parse import Item, Linked, parse_found, parse_items
from tests.broken import HTML, NO_BODIES, broken
from tests.internet import NOW, Internet, Site, collected, read_body

TOTO = "00000000-0000-4000-8000-000000000001"
API = "/w/api.php"
MEMBERS = [
    Drummer("Jeff Porcaro", 1977, 1992, "00000000-0000-4000-8000-000000000011"),
    Drummer("Simon Phillips", 1992, 2014),
]


async def at_toto(internet: Internet) -> tuple[Site, SourceSettings]:
    """A site that knows the band, its genres and its members."""
    site = await internet.site("wikidata")
    whole = read_body("wikidata_item_toto.json")
    site.answers(API, whole, query={"action": "wbgetentities", "ids": "Q101"})
    site.answers(API, read_body("wikidata_labels_toto.json"), query={"ids": "Q201|Q202"})
    site.answers(API, read_body("wikidata_members_toto.json"), query={"ids": "Q111|Q112|Q113"})
    site.answers(API, read_body("wikidata_search_toto.json"), query={"action": "wbsearchentities"})
    return site, SourceSettings(base_url=site.base_url)


def human(**claims: list[str]) -> Item:
    """The item of a person with such statements."""

    def linked(qid: str) -> Any:
        return {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": qid}}}}

    statements: dict[str, Any] = {"P31": ["Q5"], **claims}
    entity = {
        "id": "Q1",
        "claims": {name: [linked(qid) for qid in qids] for name, qids in statements.items()},
    }
    return parse_items({"entities": {"Q1": entity}})["Q1"]


def test_an_item_is_read_with_years_and_without_what_is_unknown_or_deprecated() -> None:
    item = parse_items(read_body("wikidata_item_toto.json"))["Q101"]
    assert (item.label, item.page, item.mbid, item.sitelinks) == ("Toto", "Toto (band)", TOTO, 41)
    assert item.genres == (Linked("Q201"), Linked("Q202"))
    assert item.members == (
        Linked("Q111", 1977, 1992),
        Linked("Q112", 1992, 2014),
        Linked("Q113", 1977),
    )
    assert (item.is_human, item.makes_music, item.drums) == (False, True, False)


def test_a_drummer_is_told_by_occupation_or_by_instrument() -> None:
    assert human(P106=["Q386854"]).drums
    assert human(P1303=["Q128309"]).drums
    assert not human(P106=["Q855091"], P1303=["Q6607"]).drums


def test_a_writer_who_also_has_an_id_in_musicbrainz_makes_no_music() -> None:
    entity = {
        "id": "Q42",
        "descriptions": {"en": {"value": "English writer and humorist"}},
        "claims": {
            "P31": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q5"}}}}],
            "P434": [{"mainsnak": {"snaktype": "value", "datavalue": {"value": TOTO}}}],
        },
    }
    item = parse_items({"entities": {"Q42": entity}})["Q42"]
    assert (item.mbid, item.makes_music) == (TOTO, False)
    entity["descriptions"] = {"en": {"value": "Italian jazz trumpeter"}}
    assert parse_items({"entities": {"Q42": entity}})["Q42"].makes_music


@pytest.mark.parametrize("missing", [True, ""])
def test_an_item_that_is_missing_is_none_in_both_versions_of_the_format(missing: object) -> None:
    assert parse_items({"entities": {"Q9": {"id": "Q9", "missing": missing}}}) == {}


@pytest.mark.parametrize(
    ("parse", "name"),
    [
        (parse_items, "wikidata_item_toto.json"),
        (parse_items, "wikidata_members_toto.json"),
        (parse_found, "wikidata_search_toto.json"),
        (parse_titles, "wikipedia_search_toto.json"),
    ],
)
def test_no_body_breaks_a_parser(parse: Any, name: str) -> None:
    body = read_body(name)
    assert parse(body)
    for other in (*NO_BODIES, *broken(body)):
        parse(other)


async def test_a_band_gives_genres_and_members_that_drum(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    artist = Artist("Toto", mbid=TOTO, qid="Q101")
    styles, drummers = (await collected(Wikidata(settings, tools), artist))[0]
    assert styles.value["styles"] == {"soft rock": 1, "progressive pop": 1}
    assert drummers.value["drummers"] == [
        {"name": "Jeff Porcaro", "begin": 1977, "end": 1992},
        {"name": "Simon Phillips", "begin": 1992, "end": 2014},
    ]
    assert styles.url == "https://www.wikidata.org/wiki/Q101#P136"
    assert drummers.url == "https://www.wikidata.org/wiki/Q101#P527"
    assert (drummers.retrieved_at, drummers.licence) == (NOW, "Wikidata, CC0")
    assert {request.query["maxlag"] for request in site.asked} == {"5"}
    assert len(site.asked) == 3


async def test_a_quick_look_is_two_requests(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    quick = Inputs(retrieved_at=NOW, is_quick=True)
    found, _ = await collected(Wikidata(settings, tools), Artist("Toto", qid="Q101"), quick)
    assert [list(e.value)[-1] for e in found] == ["styles"]
    assert len(site.asked) == 2


async def test_an_artist_is_found_by_its_musicbrainz_id(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    site.answers(
        API,
        {"query": {"search": [{"ns": 0, "title": "Q101"}]}},
        query={"srsearch": f"haswbstatement:P434={TOTO}"},
    )
    found, _ = await collected(Wikidata(settings, tools), Artist("Toto", mbid=TOTO))
    assert len(found) == 2
    site.answers(API, {"query": {"search": []}}, query={"list": "search"})
    assert (await collected(Wikidata(settings, tools), Artist("Toto", mbid=TOTO)))[0] == []


async def test_by_name_only_musicians_of_just_this_name_are_found(
    internet: Internet, tools: Tools
) -> None:
    site, settings = await at_toto(internet)
    both = read_body("wikidata_item_toto.json")
    both["entities"]["Q102"] = {
        "id": "Q102",
        "labels": {"en": {"value": "Toto"}},
        "descriptions": {"en": {"value": "fictional dog"}},
    }
    site.answers(API, both, query={"ids": "Q101|Q102"})
    assert await Wikidata(settings, tools).ids_named("toto") == ["Q101", "Q102"]
    found, _ = await collected(Wikidata(settings, tools), Artist("Toto"))
    assert len(found) == 2
    namesake = Artist("Toto", "the other one")
    assert (await collected(Wikidata(settings, tools), namesake))[0] == []


async def test_members_are_read_from_their_own_items(internet: Internet, tools: Tools) -> None:
    _, settings = await at_toto(internet)
    source = Wikidata(settings, tools)
    band = await source.item("Q101")
    assert band is not None
    assert list(await source.drummers(band)) == MEMBERS


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (HTML, "web page"),
        ([], "no answer to a query"),
        ({"error": {"code": "maxlag", "info": "Waiting for a server", "lag": 6}}, "busy"),
        ({"error": {"code": "no-such-entity", "info": "Could not find Q0"}}, "Could not find Q0"),
        ({"error": "?"}, r"\?"),
    ],
)
async def test_an_error_is_said_and_no_evidence(
    internet: Internet, tools: Tools, body: Any, told: str
) -> None:
    site = await internet.site("wikidata")
    site.answers(API, body)
    source = Wikidata(SourceSettings(base_url=site.base_url), tools)
    with pytest.raises(SourceUnavailable, match=told):
        await collected(source, Artist("Toto", qid="Q101"))


@pytest.mark.parametrize("body", [{}, {"entities": {}}, {"entities": None, "success": 1}])
async def test_an_empty_answer_is_nothing(internet: Internet, tools: Tools, body: Any) -> None:
    site = await internet.site("wikidata")
    site.answers(API, body)
    source = Wikidata(SourceSettings(base_url=site.base_url), tools)
    assert (await collected(source, Artist("Toto", qid="Q101")))[0] == []

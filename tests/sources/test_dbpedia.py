"""DBpedia: facts of the article's resource, and none of another one."""

from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist
from mididrumigen.sources.dbpedia import DBpedia, parse_facts, parse_found, resource_of
from mididrumigen.sources.tools import Tools
from tests.broken import HTML, NO_BODIES, broken
from tests.internet import Internet, Site, collected, read_body

RESOURCE = "http://dbpedia.org/resource/Toto_(band)"


async def at_toto(internet: Internet) -> tuple[Site, Site, SourceSettings]:
    """The two hosts, which know the band."""
    lookup, sparql = await internet.site("lookup"), await internet.site("sparql")
    lookup.answers("/api/search", read_body("dbpedia_search_toto.json"))
    sparql.answers("/sparql", read_body("dbpedia_facts_toto.json"))
    settings = SourceSettings(lookup_base_url=lookup.base_url, sparql_base_url=sparql.base_url)
    return lookup, sparql, settings


async def test_a_band_gives_genres_and_members_that_drum(internet: Internet, tools: Tools) -> None:
    lookup, sparql, settings = await at_toto(internet)
    artist = Artist("Toto", kind="group", page="Toto (band)")
    styles, drummers = (await collected(DBpedia(settings, tools), artist))[0]
    assert styles.value["styles"] == {"soft rock": 1}
    assert [each["name"] for each in drummers.value["drummers"]] == [
        "Jeff Porcaro",
        "Simon Phillips",
    ]
    assert {styles.url, drummers.url} == {RESOURCE}
    assert styles.id != drummers.id
    assert lookup.asked == []
    assert f"<{RESOURCE}>" in sparql.asked[0].query["query"]


async def test_a_drummer_plays_with_his_bands(internet: Internet, tools: Tools) -> None:
    _, _, settings = await at_toto(internet)
    artist = Artist("Jeff Porcaro", kind="person", page="Jeff Porcaro")
    found, _ = await collected(DBpedia(settings, tools), artist)
    claims = [claim["value"] for e in found for claim in e.value.get("claims", ())]
    assert claims == ["Steely Dan"]


async def test_without_an_article_the_one_resource_of_the_name_is_taken(
    internet: Internet, tools: Tools
) -> None:
    lookup, sparql, settings = await at_toto(internet)
    assert len((await collected(DBpedia(settings, tools), Artist("toto")))[0]) == 2
    assert f"<{RESOURCE}>" in sparql.asked[0].query["query"]
    sparql.asked.clear()
    for other in (Artist("Toto Coelo"), Artist("Toto", "the comedian"), Artist("Toto", qid="Q1")):
        assert (await collected(DBpedia(settings, tools), other))[0] == []
    assert sparql.asked == []
    assert len(lookup.asked) == 2


def test_a_title_cannot_end_the_query() -> None:
    assert resource_of("Motörhead") == "http://dbpedia.org/resource/Motörhead"
    assert resource_of("AC/DC") == "http://dbpedia.org/resource/AC/DC"
    assert set('<>"{}\n ') & set(resource_of('x> ?p ?o } "\n{')) == set()


@pytest.mark.parametrize(
    ("parse", "name"),
    [(parse_found, "dbpedia_search_toto.json"), (parse_facts, "dbpedia_facts_toto.json")],
)
def test_no_body_breaks_a_parser(parse: Any, name: str) -> None:
    body = read_body(name)
    assert parse(body)
    for other in (*NO_BODIES, *broken(body)):
        parse(other)


@pytest.mark.parametrize(("body", "status"), [(HTML, 200), ("Virtuoso error", 500)])
async def test_an_error_is_said(internet: Internet, tools: Tools, body: str, status: int) -> None:
    site = await internet.site("dbpedia")
    site.answers("*", body, status=status)
    source = DBpedia(SourceSettings(base_url=site.base_url), tools)
    with pytest.raises(SourceUnavailable):
        await collected(source, Artist("Toto", page="Toto (band)"))

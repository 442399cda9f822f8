"""Wikipedia: which article is the artist's, what it and those of the drummers say."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Drummer, Evidence, Inputs, Track
from mididrumigen.sources.subject import makes_music
from mididrumigen.sources.tools import Tools
from mididrumigen.sources.wikipedia import Wikipedia
from mididrumigen.sources.wikipedia_parse import parse_members, parse_pages
from mididrumigen.workers import Workers
from tests.broken import HTML, NO_BODIES, broken
from tests.internet import NOW, Internet, PlainFetch, Site, collected, read_body
from tests.sources.conftest import NoLibraries

API = "/w/api.php"
BAND = Artist("Toto", kind="group", qid="Q101", page="Toto (band)")
PORCARO, PHILLIPS = Drummer("Jeff Porcaro", 1977, 1992), Drummer("Simon Phillips", 1992, 2014)


@pytest.fixture
async def tools(fetch: PlainFetch) -> AsyncIterator[Tools]:
    """Tools with workers, since texts are read in one."""
    async with Workers(1) as workers:
        yield Tools(workers, NoLibraries(), fetch)


async def at_toto(internet: Internet) -> tuple[Site, SourceSettings]:
    """A site with articles about the band and one of its drummers."""
    site = await internet.site("wikipedia")
    site.answers(API, read_body("wikipedia_titles_toto.json"), query={"prop": "pageprops|info"})
    drummers = "Jeff Porcaro (drummer)|Jeff Porcaro (musician)|Jeff Porcaro"
    more = "|Simon Phillips (drummer)|Simon Phillips (musician)|Simon Phillips"
    for titles in (drummers, drummers + more, f"{more[1:]}|{drummers}"):
        site.answers(API, read_body("wikipedia_drummers_toto.json"), query={"titles": titles})
    site.answers(API, read_body("wikipedia_search_toto.json"), query={"list": "search"})
    porcaro = read_body("wikipedia_read_porcaro.json")
    site.answers(API, porcaro, query={"titles": "Jeff Porcaro"})
    elsewhere = read_body("wikipedia_read_porcaro.json")
    elsewhere["query"]["pages"][0] |= {
        "title": "Simon Phillips",
        "extract": "Simon Phillips is an English drummer. His own song is played at 120 BPM.",
    }
    site.answers(API, elsewhere, query={"titles": "Simon Phillips"})
    site.answers(API, read_body("wikipedia_read_toto.json"), query={"titles": "Toto (band)"})
    return site, SourceSettings(base_url=site.base_url)


def tempos(found: list[Evidence]) -> list[tuple[str, float, str]]:
    """(song, tempo, drummer) of every claim of a tempo."""
    claims = [claim for e in found for claim in e.value.get("claims", ())]
    return [(c["song"], c["value"], c["who"]) for c in claims if c["trait"] == "tempo_bpm"]


def test_a_page_is_read_with_its_revision_subject_and_links() -> None:
    page = parse_pages(read_body("wikipedia_read_toto.json"))["Toto (band)"]
    assert page.url == "https://en.wikipedia.org/w/index.php?title=Toto_(band)&oldid=5001"
    assert (page.qid, page.about, page.is_article) == ("Q101", "American rock band", True)
    assert page.links == (
        "https://www.moderndrummer.com/article/toto",
        "https://shop.example/toto",
        "https://www.rollingstone.com/toto",
    )
    assert "Toto is an American rock band.\n\nThe song" in page.text


def test_both_versions_of_the_format_give_the_same_page() -> None:
    body = read_body("wikipedia_read_toto.json")
    [row] = body["query"]["pages"]
    older = {**row, "extlinks": [{"*": link["url"]} for link in row["extlinks"]]}
    assert parse_pages({"query": {"pages": {"1": older}}}) == parse_pages(body)


def test_who_drums_is_read_from_the_list_of_members_and_not_of_guests() -> None:
    page = parse_pages(read_body("wikipedia_read_toto.json"))["Toto (band)"]
    assert parse_members(page.text) == [PORCARO, PHILLIPS]


@pytest.mark.parametrize(
    ("line", "stints"),
    [
        ("Ringo Starr \u2013 drums, vocals (1962\u20131970)", [(1962, 1970)]),
        ("* Ringo Starr - vocals, drums (1962\u2013present)", [(1962, None)]),
        ("Ringo Starr \u2013 drums (1962)", [(1962, 1962)]),
        ("Ringo Starr \u2013 drums (1962\u20131966, 1968\u20131970)", [(1962, 1966), (1968, 1970)]),
        ("Ringo Starr \u2013 drums", [(None, None)]),
        ("Ringo Starr \u2013 drum programming (1962)", []),
        ("Ringo Starr \u2013 vocals (1962\u20131970)", []),
        ("Ringo Starr plays the drums.", []),
    ],
)
def test_the_years_of_a_member_are_read_as_they_are_written(
    line: str, stints: list[tuple[int | None, int | None]]
) -> None:
    other = "Pete Best \u2013 drums (1960\u20131962)"
    text = f"Words.\n\n== Members ==\n\n{line}\n\n== Legacy ==\n\n{other}"
    assert parse_members(text) == [Drummer("Ringo Starr", *years) for years in stints]


@pytest.mark.parametrize(
    ("told", "is_it"),
    [
        ("English rock band (1968\u20131980)", True),
        ("American film composer", True),
        ("English musician, best known as the author of the song", True),
        ("South Korean girl group", True),
        ("1977 song by the rock band Queen", False),
        ("Band discography", False),
        ("English writer and humorist", False),
        ("Film producer", False),
        ("", False),
    ],
)
def test_a_page_is_about_a_musician_by_what_it_says_it_is(told: str, is_it: bool) -> None:
    assert makes_music(told) == is_it


@pytest.mark.parametrize(
    "name",
    ["wikipedia_read_toto.json", "wikipedia_drummers_toto.json", "wikipedia_titles_toto.json"],
)
def test_no_body_breaks_a_parser(name: str) -> None:
    body = read_body(name)
    assert parse_pages(body)
    for other in (*NO_BODIES, *broken(body)):
        for page in parse_pages(other).values():
            assert page.url
            assert parse_members(page.text) is not None


async def test_a_band_gives_what_its_own_article_says_and_who_drums(
    internet: Internet, tools: Tools
) -> None:
    site, settings = await at_toto(internet)
    found, progress = await collected(Wikipedia(settings, tools), BAND)
    assert tempos(found) == [("Africa", 93, ""), ("Rosanna", 86, "Jeff Porcaro")]
    [members] = [e for e in found if "drummers" in e.value]
    assert members.value["drummers"] == [
        {"name": "Jeff Porcaro", "begin": 1977, "end": 1992},
        {"name": "Simon Phillips", "begin": 1992, "end": 2014},
    ]
    assert {e.url for e in found} == {
        "https://en.wikipedia.org/w/index.php?title=Toto_(band)&oldid=5001",
        "https://en.wikipedia.org/w/index.php?title=Jeff_Porcaro&oldid=5002",
    }
    for evidence in found:
        assert (evidence.source, evidence.kind) == ("wikipedia", "article")
        assert (evidence.licence, evidence.retrieved_at) == (
            "Wikipedia contributors, CC BY-SA 4.0",
            NOW,
        )
        assert len(evidence.quote.split()) <= 25
        assert 0 < evidence.confidence < 1
    # The article of that name never mentions the band: it may be somebody else's.
    [(title, reason)] = progress.refused
    assert (title, reason) == (
        "Simon Phillips",
        "is about another Simon Phillips, as far as it says",
    )
    assert [request.query["titles"] for request in site.asked if "ellimit" in request.query] == [
        "Toto (band)",
        "Jeff Porcaro",
        "Simon Phillips",
    ]


async def test_a_quick_look_reads_two_articles_at_most(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    quick = Inputs(retrieved_at=NOW, is_quick=True)
    found, _ = await collected(Wikipedia(settings, tools), BAND, quick)
    assert len(tempos(found)) == 2
    assert len(site.asked) == 3


async def test_the_article_is_found_by_name_past_a_list_of_articles(
    internet: Internet, tools: Tools
) -> None:
    site, settings = await at_toto(internet)
    found, progress = await collected(Wikipedia(settings, tools), Artist("Toto", kind="group"))
    assert ("Africa", 93, "") in tempos(found)
    assert site.unscripted == []
    assert [title for title, _ in progress.refused] == ["Simon Phillips"]


@pytest.mark.parametrize(
    "artist",
    [
        Artist("Toto", "Italian comedian", kind="person"),
        Artist("Toto", kind="group", qid="Q999"),
        Artist("Toto Coelo", kind="group"),
    ],
    ids=["namesake", "another id", "another name"],
)
async def test_the_article_about_somebody_else_is_not_read(
    internet: Internet, tools: Tools, artist: Artist
) -> None:
    site, settings = await at_toto(internet)
    assert (await collected(Wikipedia(settings, tools), artist))[0] == []
    assert not [request for request in site.asked if "ellimit" in request.query]


async def test_a_page_with_another_id_than_the_artist_is_refused(
    internet: Internet, tools: Tools
) -> None:
    _, settings = await at_toto(internet)
    other = replace(BAND, qid="Q999")
    found, progress = await collected(Wikipedia(settings, tools), other)
    assert found == []
    assert progress.refused == [("Toto (band)", "is about somebody else of this name")]


async def test_an_article_found_by_name_alone_must_name_a_drummer_or_a_song(
    internet: Internet, tools: Tools
) -> None:
    _, settings = await at_toto(internet)
    known = Artist("Toto", kind="group", mbid="00000000-0000-4000-8000-000000000009")
    found, progress = await collected(Wikipedia(settings, tools), known)
    assert found == []
    assert [title for title, _ in progress.refused] == ["Toto (band)"]
    for own in (replace(known, drummers=(PHILLIPS,)), replace(known, tracks=(Track("Africa"),))):
        assert tempos((await collected(Wikipedia(settings, tools), own))[0])
    other = replace(known, tracks=(Track("Song 2"), Track("Roseanne")))
    assert (await collected(Wikipedia(settings, tools), other))[0] == []


async def test_a_list_of_articles_is_refused(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    text = "Toto may refer to:\nToto (band), played at 100 BPM"
    listed = {"query": {"pages": [{"title": "Toto", "extract": text, "pageprops": {}}]}}
    site.answers(API, listed, query={"titles": "Toto"})
    found, progress = await collected(Wikipedia(settings, tools), Artist("Toto", page="Toto"))
    assert found == []
    assert progress.refused == [("Toto", "lists articles of this name")]


async def test_a_redirect_is_followed_to_an_article_but_not_into_another_one(
    internet: Internet, tools: Tools
) -> None:
    site, settings = await at_toto(internet)
    body = read_body("wikipedia_read_toto.json")
    body["query"]["redirects"] = [{"from": "TOTO", "to": "Toto (band)"}]
    site.answers(API, body, query={"titles": "TOTO"})
    led = replace(BAND, page="TOTO")
    found, _ = await collected(Wikipedia(settings, tools), led)
    assert ("Africa", 93, "") in tempos(found)
    body["query"]["redirects"][0]["tofragment"] = "Members"
    site.answers(API, body, query={"titles": "TOTO"})
    assert tempos((await collected(Wikipedia(settings, tools), led))[0]) == []


async def test_a_name_without_an_article_gives_nothing(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    nobody = {"query": {"pages": [{"ns": 0, "title": "Zyxwv Qrst", "missing": True}]}}
    site.answers(API, nobody)
    site.answers(API, {"query": {"search": []}}, query={"list": "search"})
    found, progress = await collected(Wikipedia(settings, tools), Artist("Zyxwv Qrst"))
    assert (found, progress.refused) == ([], [])


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (HTML, "web page"),
        ({"error": {"code": "maxlag", "info": "Waiting for a server: 6 seconds lagged."}}, "busy"),
        (
            {"error": {"code": "ratelimited", "info": "You exceeded the limit."}},
            "exceeded",
        ),
        ("", "no JSON"),
    ],
)
async def test_an_error_is_said_and_no_evidence(
    internet: Internet, tools: Tools, body: Any, told: str
) -> None:
    site = await internet.site("wikipedia")
    site.answers(API, body)
    source = Wikipedia(SourceSettings(base_url=site.base_url), tools)
    with pytest.raises(SourceUnavailable, match=told):
        await collected(source, BAND)


async def test_a_name_that_can_be_no_title_is_not_asked_for(
    internet: Internet, tools: Tools
) -> None:
    site, settings = await at_toto(internet)
    site.answers(API, {"query": {"search": []}}, query={"list": "search"})
    found, _ = await collected(Wikipedia(settings, tools), Artist('Toto (band)|"Weird" \\ [x]'))
    assert found == []
    [request] = site.asked
    assert request.query["srsearch"] == 'intitle:"Toto (band)| Weird    [x]" music'

"""What the scholarly sources share, and each of them on bodies in its shape."""

import json
from typing import Any

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist
from mididrumigen.sources import crossref, openalex, semanticscholar
from mididrumigen.sources.arxiv import Arxiv, parse_feed, search_query
from mididrumigen.sources.crossref import Crossref
from mididrumigen.sources.openalex import OpenAlex, rebuilt
from mididrumigen.sources.papers import doi_url, paper_queries
from mididrumigen.sources.semanticscholar import SemanticScholar
from tests.internet import Internet
from tests.sources.readers import PORCARO, TOTO, Fetch, ask, body, claims
from tests.sources.test_safe_xml import LAUGHS

DOI = "https://doi.org/10.5555/shuffle.1"
SITES: list[Any] = [
    (Crossref, "/works", "crossref_works.json", DOI),
    (OpenAlex, "/works", "openalex_works.json", DOI),
    (SemanticScholar, "/graph/v1/paper/search", "semanticscholar_search.json", DOI),
    (Arxiv, "/api/query", "arxiv_feed.xml", "https://arxiv.org/abs/2601.00001v1"),
]
EMPTY = {
    Crossref: {"status": "ok", "message": {"total-results": 0, "items": []}},
    OpenAlex: {"meta": {"count": 0}, "results": []},
    SemanticScholar: {"total": 0, "offset": 0},
    Arxiv: '<feed xmlns="http://www.w3.org/2005/Atom"><title>arXiv Query</title></feed>',
}
each_site = pytest.mark.parametrize(
    ("source", "path", "name", "url"), SITES, ids=[site[0].__name__ for site in SITES]
)


@each_site
async def test_the_abstract_that_names_the_drummer_gives_evidence(
    internet: Internet, source: Any, path: str, name: str, url: str
) -> None:
    site = await internet.site(source.name)
    site.answers(path, body(name))
    fetch = Fetch()
    found, _ = await ask(source, site.base_url, fetch=fetch)
    assert {evidence.url for evidence in found} == {url}
    assert "ghost_share" in claims(found)
    assert len({evidence.id for evidence in found}) == len(found)
    assert set(fetch.kept) == {"search"}
    assert site.unscripted == []


@each_site
async def test_nothing_found_and_other_artists_give_nothing(
    internet: Internet, source: Any, path: str, name: str, url: str
) -> None:
    site = await internet.site(source.name)
    site.answers(path, EMPTY[source])
    assert (await ask(source, site.base_url))[0] == []
    site.answers(path, body(name))
    found, progress = await ask(source, site.base_url, Artist("Steve Gadd", kind="person"))
    assert found == []
    assert progress.refused == []


@each_site
async def test_what_is_no_answer_is_said_in_a_sentence(
    internet: Internet, source: Any, path: str, name: str, url: str
) -> None:
    site = await internet.site(source.name)
    for wrong in ("<html><body>Busy</body></html>", "", "[", "{}", "null", '{"error": "no"}'):
        site.answers(path, wrong)
        with pytest.raises(SourceUnavailable, match="answered with"):
            await ask(source, site.base_url)


@each_site
async def test_a_quick_research_asks_once(
    internet: Internet, source: Any, path: str, name: str, url: str
) -> None:
    site = await internet.site(source.name)
    site.answers(path, EMPTY[source])
    await ask(source, site.base_url, is_quick=True)
    assert site.paths() == [path]


def test_fields_that_are_null_or_of_another_kind_are_left_out() -> None:
    odd = [None, 3, "x", {}, {"DOI": 7, "title": "x"}, {"title": {"a": 1}, "DOI": "10.1/x"}]
    assert crossref.parse_works({"message": {"items": odd}}) == []
    works = [{"id": None, "title": "x"}, {"id": "javascript:alert(1)", "title": "x"}, {"title": 3}]
    assert openalex.parse_works({"results": works}) == []
    papers = [{"paperId": None, "title": "x"}, {"paperId": "a"}, {"externalIds": [], "title": None}]
    assert semanticscholar.parse_search({"data": papers}) == []


def test_jats_becomes_text_and_a_title_may_be_text_or_a_list() -> None:
    [first, second, bare] = crossref.parse_works(json.loads(body("crossref_works.json")))
    assert first.title == "The half-time shuffle"
    assert first.abstract.startswith("Jeff Porcaro drums a half-time shuffle with")
    assert first.abstract.endswith("\n\nThe tempo of Rosanna is 86 BPM.")
    assert (second.title, bare.abstract) == ("Tapping & funk", "")
    item = {"DOI": "10.5555/x", "title": "As text"}
    assert [p.title for p in crossref.parse_works({"message": {"items": item}})] == ["As text"]


@pytest.mark.parametrize(
    ("index", "text"),
    [
        ({"the": [0, 3], "snare": [1], "and": [2], "kick": [4]}, "the snare and the kick"),
        ({"a": [0], "b": [10**12, -1, None, "2", 1.5]}, "a"),
        ({"a": None, "b": 3, "c": [2]}, "c"),
        ({}, ""),
        (None, ""),
        ([], ""),
    ],
)
def test_an_abstract_is_put_together_from_its_index(index: object, text: str) -> None:
    assert rebuilt(index) == text


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("10.5555/ABC", "https://doi.org/10.5555/abc"),
        ("http://dx.doi.org/10.5555/abc", "https://doi.org/10.5555/abc"),
        ("doi:10.5555/abc", "https://doi.org/10.5555/abc"),
        ("javascript:alert(1)", ""),
        (None, ""),
        (10, ""),
    ],
)
def test_a_doi_has_one_address_however_it_is_given(given: object, url: str) -> None:
    assert doi_url(given) == url


def test_drummers_are_searched_for_before_the_band() -> None:
    assert paper_queries(TOTO, False) == [
        '"Jeff Porcaro" drumming',
        '"Simon Phillips" drumming',
        '"Toto" groove microtiming',
    ]
    assert paper_queries(PORCARO, False) == ['"Jeff Porcaro" drumming']
    assert paper_queries(Artist('Say "Hi"'), True) == ['"Say Hi" drumming']
    assert search_query(Artist('x" OR all:"y')).startswith('(all:"x OR all: y") AND')


def test_a_feed_that_says_an_error_or_carries_a_bomb_is_refused() -> None:
    entry = "<id>https://arxiv.org/api/errors#x</id><title>Error</title><summary>bad id</summary>"
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{entry}</entry></feed>'
    with pytest.raises(SourceUnavailable, match="refuses the search: bad id"):
        parse_feed(feed.encode())
    with pytest.raises(SourceUnavailable, match="document type"):
        parse_feed(LAUGHS)
    with pytest.raises(SourceUnavailable, match="no feed"):
        parse_feed(b"<rss><channel/></rss>")


async def test_arxiv_and_the_shared_pool_are_tried_once_when_they_are_busy(
    internet: Internet,
) -> None:
    for source, words in ((Arxiv, "over its capacity"), (SemanticScholar, "the shared pool")):
        site = await internet.site(source.name)
        site.answers("*", "Rate exceeded.", status=429)
        with pytest.raises(SourceUnavailable, match=words):
            await ask(source, site.base_url)
        assert len(site.asked) == 1


async def test_a_spent_budget_and_a_wrong_key_of_openalex_are_told_apart(
    internet: Internet,
) -> None:
    site = await internet.site("openalex")
    site.answers("*", {"error": "x"}, status=429, headers={"x-ratelimit-reset": "7000"})
    with pytest.raises(SourceUnavailable, match="has spent its free budget of today"):
        await ask(OpenAlex, site.base_url)
    site.answers("*", {"error": "x"}, status=401)
    with pytest.raises(SourceUnavailable, match="keys set openalex"):
        await ask(OpenAlex, site.base_url, keys={"openalex": "wrong"})


@pytest.mark.parametrize(
    ("source", "name"), [(OpenAlex, "openalex"), (SemanticScholar, "semanticscholar")]
)
async def test_a_key_is_sent_only_where_there_is_one_and_never_in_the_open(
    internet: Internet, source: Any, name: str
) -> None:
    site = await internet.site(name)
    site.answers("*", EMPTY[source])
    fetch = Fetch()
    await ask(source, site.base_url, PORCARO, fetch=fetch)
    await ask(source, site.base_url, PORCARO, fetch=fetch, keys={name: "s3cret"})
    without, with_key = site.asked
    assert "s3cret" not in f"{without} {fetch.asked}"
    assert "s3cret" in str(with_key)

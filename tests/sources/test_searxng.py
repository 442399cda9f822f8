"""SearXNG: the user's own search, whose results are read like any article."""

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist
from mididrumigen.sources.pages import PAGES
from mididrumigen.sources.searxng import CARD, Searxng, parse_results, queries
from tests.internet import Internet
from tests.sources.readers import TOTO, Fetch, ask, body, claims


async def test_results_are_read_once_and_videos_not_at_all(internet: Internet) -> None:
    site = await internet.site("searxng")
    site.answers("/search", body("searxng_search.json", site.base_url))
    site.answers("/blog/porcaro", body("article.html"))
    fetch = Fetch()
    found, progress = await ask(Searxng, site.base_url, fetch=fetch)
    assert {evidence.url for evidence in found} == {f"{site.base_url}/blog/porcaro"}
    assert "ghost_share" in claims(found)
    assert progress.refused == []
    assert site.paths() == ["/search", "/search", "/search", "/blog/porcaro"]
    assert [card.name for card in fetch.cards] == [CARD.name] * 3 + [PAGES.name]
    site.asked.clear()
    await ask(Searxng, site.base_url, is_quick=True, urls=(f"{site.base_url}/blog/porcaro",))
    assert site.paths() == ["/search"]  # what the user names is read by another source


async def test_without_an_address_nobody_is_asked() -> None:
    fetch = Fetch()
    with pytest.raises(SourceUnavailable, match=r"set \[sources.searxng\] base_url"):
        await ask(Searxng, fetch=fetch)
    assert fetch.asked == []


async def test_a_server_without_json_is_told_apart(internet: Internet) -> None:
    site = await internet.site("searxng")
    site.answers("/search", "Forbidden", status=403)
    with pytest.raises(SourceUnavailable, match="add json to search: formats"):
        await ask(Searxng, site.base_url)
    for wrong in ("<html></html>", "{}", '{"results": null}'):
        site.answers("/search", wrong)
        with pytest.raises(SourceUnavailable, match="answered with"):
            await ask(Searxng, site.base_url)


async def test_nothing_found_gives_nothing(internet: Internet) -> None:
    site = await internet.site("searxng")
    site.answers("/search", {"results": []})
    assert (await ask(Searxng, site.base_url))[0] == []


def test_only_addresses_that_are_text_are_taken() -> None:
    assert parse_results({"results": [{"url": 3}, {"url": None}, {}, {"url": "x"}]}) == ["x"]


def test_drummers_are_searched_for_first() -> None:
    assert queries(TOTO, True) == ['"Jeff Porcaro" drumming style']
    assert queries(TOTO, False)[-1] == '"Toto" drummer interview'
    assert queries(Artist("J Dilla"), False) == ['"J Dilla" drumming style']

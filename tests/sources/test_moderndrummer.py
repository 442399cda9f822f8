"""Modern Drummer: a search feed, and at most three of its articles."""

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.sources.moderndrummer import MAX_ARTICLES, ModernDrummer, parse_feed
from tests.internet import Internet
from tests.sources.readers import PORCARO, Fetch, ask, body, claims
from tests.sources.test_safe_xml import LAUGHS

EMPTY = '<rss version="2.0"><channel><title>Search</title></channel></rss>'


async def test_an_article_of_the_feed_that_names_the_drummer_gives_evidence(
    internet: Internet,
) -> None:
    site = await internet.site("moderndrummer")
    site.answers("/", body("moderndrummer_feed.xml", site.base_url))
    site.answers("/article/porcaro/", body("article.html"))
    fetch = Fetch()
    found, _ = await ask(ModernDrummer, site.base_url, fetch=fetch)
    assert {evidence.url for evidence in found} == {f"{site.base_url}/article/porcaro/"}
    assert "ghost_share" in claims(found)
    assert site.paths() == ["/", "/article/porcaro/"]
    assert site.asked[0].query == {"s": "Jeff Porcaro", "feed": "rss2"}
    assert set(fetch.kept) == {"never"}
    assert all(card.asks_robots for card in fetch.cards)


async def test_only_a_few_articles_are_opened(internet: Internet) -> None:
    site = await internet.site("moderndrummer")
    items = "".join(
        f"<item><title>Jeff Porcaro {n}</title><link>{site.base_url}/{n}</link></item>"
        for n in range(9)
    )
    site.answers("*", body("article.html"))
    site.answers("/", EMPTY.replace("</channel>", f"{items}</channel>"))
    await ask(ModernDrummer, site.base_url, PORCARO)
    assert len(site.asked) == 1 + MAX_ARTICLES
    site.asked.clear()
    await ask(ModernDrummer, site.base_url, PORCARO, is_quick=True)
    assert len(site.asked) == 2


async def test_nothing_found_gives_nothing(internet: Internet) -> None:
    site = await internet.site("moderndrummer")
    site.answers("/", EMPTY)
    assert (await ask(ModernDrummer, site.base_url))[0] == []


async def test_a_feed_that_is_none_and_a_robots_txt_that_forbids_are_told(
    internet: Internet,
) -> None:
    site = await internet.site("moderndrummer")
    for wrong in (b"<html><body>blocked</body></html>", b"<!doctype html><html>", b"", LAUGHS):
        site.answers("/", wrong)
        with pytest.raises(SourceUnavailable, match="answered with"):
            await ask(ModernDrummer, site.base_url)
    with pytest.raises(SourceUnavailable, match=r"robots\.txt"):
        await ask(ModernDrummer, site.base_url, fetch=Fetch([f"{site.base_url}/"]))


def test_items_without_a_link_are_left_out() -> None:
    found = parse_feed(body("moderndrummer_feed.xml", "http://a.example").encode())
    assert [url for url, _ in found] == [
        "http://a.example/article/porcaro/",
        "http://a.example/article/cymbals/",
        "https://elsewhere.example/porcaro/",
    ]
    assert found[0][1] == "Jeff Porcaro: the shuffle\n\nHow he played it."

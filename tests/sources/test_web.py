"""Articles whose addresses are known: what is opened, what is left alone, what is said of it."""

import asyncio
from dataclasses import replace

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Inputs, Progress
from mididrumigen.sources import press
from mididrumigen.sources.pages import MAX_A_HOST, PAGES, spread
from mididrumigen.sources.web import MAX_QUICK, Web
from tests.internet import HOST, Internet
from tests.sources.readers import TOTO, Fetch, ask, body, claims, tools_for


async def test_a_page_that_the_user_names_gives_evidence_with_its_address(
    internet: Internet,
) -> None:
    site = await internet.site("example")
    site.answers("/a", body("article.html"))
    url = f"{site.base_url}/a"
    fetch = Fetch()
    found, progress = await ask(Web, urls=(url, url), fetch=fetch)
    assert {evidence.url for evidence in found} == {url}
    assert "ghost_share" in claims(found)
    assert all(evidence.quote in body("article.html") for evidence in found)
    assert progress.refused == []
    assert (fetch.kept, fetch.cards) == (["never"], [PAGES])
    assert len(site.asked) == 1


async def test_pages_that_cannot_be_used_are_named_with_their_reason(internet: Internet) -> None:
    site = await internet.site("example")
    base = site.base_url
    free = '<script type="application/ld+json">{"isAccessibleForFree": false}</script>'
    site.answers("/paid", body("article.html", head=free))
    site.answers("/noai", body("article.html", head='<meta name="robots" content="noai">'))
    site.answers("/app", "<html><body><script>go()</script></body></html>")
    site.answers("/other", body("article.html").replace("Toto", "Kansas").replace("Porcaro", "X"))
    pages = [f"{base}/{page}" for page in ("paid", "noai", "app", "other", "forbidden")]
    found, progress = await ask(
        Web, urls=(*pages, "ftp://example.org/x", "no address"), fetch=Fetch([pages[-1]])
    )
    assert found == []
    assert dict(progress.refused) == {
        pages[0]: "behind a paywall",
        pages[1]: "asks not to be read by machines",
        pages[2]: "no article in it; it may need a browser",
        pages[3]: "does not name Toto",
        pages[4]: "its robots.txt asks programs to stay away",
        "ftp://example.org/x": "no address of a web page",
        "no address": "no address of a web page",
    }


async def test_where_no_page_could_be_had_the_source_says_why(internet: Internet) -> None:
    site = await internet.site("example")
    gone = f"{site.base_url}/gone"
    with pytest.raises(SourceUnavailable, match=r"the page failed.*404"):
        await ask(Web, urls=(gone,))
    assert (await ask(Web))[0] == []


async def test_of_the_links_only_the_press_is_opened(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = await internet.site("press")
    monkeypatch.setitem(press.PRESS, HOST, press.MUSIC_PRESS)  # loopback as a magazine
    site.answers("*", body("article.html"))
    links = [f"{site.base_url}/{n}" for n in range(8)]
    others = ["https://shop.example/", "https://www.drummerworld.com/drummers/Jeff_Porcaro.html"]
    artist = replace(TOTO, links=(*others, *links))
    found, _ = await ask(Web, artist=artist)
    assert sorted(site.paths()) == [f"/{n}" for n in range(MAX_A_HOST)]
    assert len({evidence.url for evidence in found}) == MAX_A_HOST
    site.asked.clear()
    await ask(Web, artist=artist, is_quick=True)
    assert len(site.asked) == MAX_QUICK


async def test_a_slow_host_does_not_hold_up_another(internet: Internet) -> None:
    slow, fast = await internet.site("slow"), await internet.site("fast")
    slow.answers("/a", body("article.html"), fault="silence")
    fast.answers("/a", body("article.html"))
    inputs = Inputs(urls=(f"{slow.base_url}/a", f"{fast.base_url}/a"))
    async with tools_for(Fetch()) as tools:
        answers = Web(SourceSettings(), tools).collect(TOTO, inputs, Progress())
        async with asyncio.timeout(4):  # the slow one is given up after 5 s
            assert (await anext(answers)).url == f"{fast.base_url}/a"
        await answers.aclose()


def test_pages_are_spread_over_hosts_each_once() -> None:
    urls = [f"https://a.example/{n}" for n in range(9)] + ["https://b.example/", "mailto:x"] * 2
    assert spread(urls, 20) == [*urls[:MAX_A_HOST], "https://b.example/"]
    assert spread(urls, 2) == urls[:2]


def test_pages_are_asked_slowly_and_with_robots() -> None:
    assert PAGES.asks_robots
    assert PAGES.each_host
    assert PAGES.per_second == 0.2

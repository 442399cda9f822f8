"""What robots.txt says is what is done."""

import asyncio

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.fetch import Fetch, places_of
from mididrumigen.fetch.robots import Rules, parse_rules
from tests.fetch.site import Clock, FetchOf, Raw, Site, card, refusal

PAGES = card(name="web", title="Articles", each_host=True, asks_robots=True)
NO = "127.0.0.1 does not want programs to read this page (robots.txt)"


@pytest.mark.parametrize(
    ("text", "path", "is_allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("user-agent:*\r\ndisallow :/a # all of it\r\n", "/abc", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a", "/A", True),
        ("User-agent: *\nDisallow: /\nAllow: /a", "/abc", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a/b", "/a/b", True),
        ("User-agent: *\nDisallow: /a\nUser-agent: MidiDrumiGen/2.0\nAllow: /", "/a", True),
        ("User-agent: MIDIDRUMIGEN\nDisallow: /\nUser-agent: *\nDisallow:", "/x", False),
        ("User-agent: other\nUser-agent: mididrumigen\nDisallow: /", "/x", False),
        ("User-agent: mididrumigen\nUser-agent: *\n\nDisallow: /x", "/x", False),
        ("User-agent: midi\nDisallow: /", "/x", True),
        ("User-agent: mididrumigenbot\nDisallow: /", "/x", True),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", False),
        ("Disallow: /\nUser-agent: *\nDisallow: /b", "/a", True),
        ("User-agent: *\nDisallow: /*?s=", "/find?x=1&s=a", True),
        ("User-agent: *\nDisallow: /*s=", "/find?x=1&s=a", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /x$", "/x", False),
        ("User-agent: *\nDisallow: /x$", "/xy", True),
        ("User-agent: *\nDisallow: /a*b*b$", "/ab", True),
        ("User-agent: *\nDisallow: /a%3Cd", "/a%3cd", False),
        ("User-agent: *\nDisallow: /%7ejoe", "/~joe", False),
        ("User-agent: *\nDisallow: /bücher", "/b%C3%BCcher", False),
        ("<html><body>User-agent: *</body></html>", "/x", True),
        ("User-agent: *\nSitemap: /s\nDisallow: /x", "/x", False),
    ],
)
def test_rules_are_read_by_the_rfc(text: str, path: str, is_allowed: bool) -> None:
    assert parse_rules(text).allow(path) == is_allowed


@pytest.mark.parametrize(
    ("value", "delay_s"), [("10", 10), ("0.5", 0.5), ("-1", 0), ("nan", 0), ("inf", 0), ("x", 0)]
)
def test_the_delay_is_ours_or_everyones(value: str, delay_s: float) -> None:
    assert parse_rules(f"User-agent: *\nCrawl-delay: {value}").delay_s == delay_s
    other = "User-agent: other\nCrawl-delay: 9\nUser-agent: *\nDisallow: /x"
    assert parse_rules(other).delay_s == 0


@given(st.text(max_size=60))
def test_whatever_the_file_holds_it_can_be_read(text: str) -> None:
    parse_rules(text).allow("/a")
    parse_rules(f"User-agent: *\nDisallow: {text}").allow("/a")


def test_a_pattern_of_many_stars_is_decided_at_once() -> None:
    rules = Rules((("/" + "*a" * 5000 + "b", False),))
    assert rules.allow("/" + "a" * 20_000)


async def test_a_page_that_is_allowed_is_read_and_one_that_is_not_is_not(
    fetch: Fetch, site: Site
) -> None:
    site.answers = [{"text": "User-agent: *\nDisallow: /closed"}, {"text": "a page"}]
    assert (await fetch.get(PAGES, f"{site.url}/open", keep="never")).text == "a page"
    assert str(await refusal(fetch.get(PAGES, f"{site.url}/closed?x", keep="never"))) == NO
    assert site.paths == ["/robots.txt", "/open"]
    assert site.asked[0].headers["user-agent"].startswith("MidiDrumiGen/")


async def test_the_file_is_asked_for_once_a_day(fetch: Fetch, site: Site, clock: Clock) -> None:
    site.answers = [{"text": ""}]
    await asyncio.gather(*(fetch.get(PAGES, f"{site.url}/{n}") for n in range(3)))
    clock.now += 86_000
    await fetch.get(PAGES, f"{site.url}/4")
    assert site.paths.count("/robots.txt") == 1
    clock.now += 500
    await fetch.get(PAGES, f"{site.url}/5")
    assert site.paths.count("/robots.txt") == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_site_without_the_file_allows_everything(
    fetch: Fetch, site: Site, status: int
) -> None:
    site.answers = [{"status": status}, {"text": "a page"}]
    assert (await fetch.get(PAGES, f"{site.url}/x")).text == "a page"


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_a_site_that_cannot_be_asked_for_it_is_not_read_for_now(
    fetch: Fetch, site: Site, clock: Clock, status: int
) -> None:
    site.answers = [{"status": status}, {"text": ""}]
    first = await refusal(fetch.get(PAGES, f"{site.url}/x"))
    again = await refusal(fetch.get(PAGES, f"{site.url}/y"))
    assert str(first) == str(again)
    assert site.paths == ["/robots.txt"]
    clock.now += 302
    assert (await fetch.get(PAGES, f"{site.url}/x")).status == 200


async def test_a_site_that_is_not_there_is_not_asked_for_pages(fetch_of: FetchOf) -> None:
    async with Raw(b"") as broken:
        fetch = fetch_of(configured=frozenset({("127.0.0.1", broken.port)}))
        assert "broke off" in str(await refusal(fetch.get(PAGES, broken.url)))
        assert broken.connections == 1


async def test_the_delay_a_site_asks_for_is_kept_up_to_half_a_minute(
    fetch_of: FetchOf, site: Site
) -> None:
    for asked, kept in (("12", 12), ("3600", 30)):
        site.answers = [{"text": f"User-agent: *\nCrawl-delay: {asked}"}, {"text": ""}]
        fetch = fetch_of()
        await fetch.get(PAGES, f"{site.url}/a")
        await fetch.get(PAGES, f"{site.url}/b")
        before, after = (asked.at for asked in site.asked[-2:])
        assert kept <= after - before < kept + 0.01


async def test_the_site_that_a_page_redirects_to_is_asked_as_well(
    fetch_of: FetchOf, site: Site, clock: Clock
) -> None:
    other = Site(clock)
    await other.open()
    try:
        other.answers = [{"text": "User-agent: *\nDisallow: /"}]
        target = {"location": f"{other.url}/page"}

        async def script(request: web.Request) -> web.Response:
            if request.path == "/robots.txt":  # may be elsewhere itself
                return web.Response(status=301, headers={"location": "/rules"})
            if request.path == "/rules":
                return web.Response(text="User-agent: *\nAllow: /")
            return web.Response(status=302, headers=target)

        site.script = script
        fetch = fetch_of(configured=places_of([site.url, other.url]))
        assert str(await refusal(fetch.get(PAGES, f"{site.url}/x"))) == NO
        assert site.paths == ["/robots.txt", "/rules", "/x"]
        assert other.paths == ["/robots.txt"]
    finally:
        await other.close()

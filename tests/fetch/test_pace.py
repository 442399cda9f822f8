"""Nobody is asked sooner or by more at once than he should be."""

import asyncio
import time
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from aiohttp import web

from mididrumigen.fetch import Fetch, places_of
from tests.fetch.site import Clock, FetchOf, Site, card, refusal


def gaps(site: Site) -> list[float]:
    """Seconds between questions as they arrived."""
    return [after.at - before.at for before, after in pairwise(site.asked)]


async def test_calls_at_once_go_out_one_after_the_other(
    fetch: Fetch, site: Site, clock: Clock
) -> None:
    slow = card(per_second=0.5)
    await asyncio.gather(*(fetch.get(slow, f"{site.url}/{n}") for n in range(4)))
    assert all(2 <= gap < 2.01 for gap in gaps(site))
    assert len(site.asked) == 4


async def test_every_redirect_and_every_other_try_takes_a_turn(fetch: Fetch, site: Site) -> None:
    site.answers = [
        {"status": 302, "headers": {"location": "/b"}},
        {"status": 502},
        {"text": "yes"},
    ]
    await fetch.get(card(per_second=0.1), f"{site.url}/a")
    assert site.paths == ["/a", "/b", "/b"]
    assert all(gap >= 10 for gap in gaps(site))


async def test_no_more_are_under_way_at_once_than_the_card_says(fetch: Fetch, site: Site) -> None:
    there, most = 0, 0
    full = asyncio.Event()

    async def script(request: web.Request) -> web.Response:
        nonlocal there, most
        there += 1
        most = max(most, there)
        if there == 3:
            full.set()
        await full.wait()
        await asyncio.sleep(0)
        there -= 1
        return web.Response(text="yes")

    site.script = script
    three = card(at_once=3)
    await asyncio.gather(*(fetch.get(three, f"{site.url}/{n}") for n in range(9)))
    assert most == 3


async def test_pages_are_paced_by_host_and_sources_of_one_platform_together(
    fetch_of: FetchOf, site: Site, clock: Clock
) -> None:
    other = Site(clock)
    await other.open()
    try:
        fetch = fetch_of(configured=places_of([site.url, other.url]))
        pages = card(per_second=0.2, each_host=True)
        for url in (site.url, other.url, site.url, other.url):
            await fetch.get(pages, url)
        assert gaps(site) == gaps(other) == [5]
        assert site.asked[0].at == other.asked[0].at
        encyclopedia = card(name="a", per_second=0.5, paced_as="platform")
        facts = card(name="b", per_second=0.5, paced_as="platform")
        await fetch.get(encyclopedia, site.url)
        await fetch.get(facts, site.url)
        assert gaps(site)[-1] == 2
        site.answers = [{"status": 429, "headers": {"retry-after": "100"}}]
        await refusal(fetch.get(encyclopedia, site.url))
        error = await refusal(fetch.get(facts, site.url))
        assert "asks us to wait until" in str(error)
    finally:
        await other.close()


async def test_who_gives_no_contact_asks_more_slowly_where_the_card_says_so(
    fetch_of: FetchOf, site: Site
) -> None:
    strict, plain = card(name="a", per_second_nameless=1 / 6), card(name="b", per_second=1)
    for contact, cards, every in (("", strict, 6), ("me@example.org", strict, 0), ("", plain, 1)):
        fetch = fetch_of(contact=contact)
        await fetch.get(cards, site.url)
        await fetch.get(cards, site.url)
        assert every <= gaps(site)[-1] < every + 0.01


async def test_a_question_that_left_late_moves_the_next(
    fetch_of: FetchOf, site: Site, clock: Clock
) -> None:
    is_slow = True

    async def resolve(name: str, port: int) -> list[str]:
        if is_slow:
            clock.now += 3  # what it takes to reach it
        return ["127.0.0.1"]

    fetch = fetch_of(resolve=resolve)
    for number in range(2):
        await fetch.get(card(per_second=0.2), f"{site.url}/{number}")
        is_slow = False
    assert gaps(site) == [5]


async def test_real_time_is_kept_as_well(fetch_of: FetchOf, site: Site) -> None:
    site._clock = time.time
    fetch = fetch_of(clock=time.time, sleep=asyncio.sleep)
    paced = card(per_second=25, at_once=2)
    await fetch.get(paced, site.url)  # what is loaded and connected first is not measured
    await asyncio.gather(*(fetch.get(paced, f"{site.url}/{n}") for n in range(8)))
    took_s = site.asked[-1].at - site.asked[1].at
    assert took_s > 0.2  # seven times 40 ms, whatever this computer does besides


@dataclass
class Sleepers:
    """A clock whose sleepers are woken by hand."""

    clock: Clock
    asleep: asyncio.Queue[tuple[float, asyncio.Event]] = field(default_factory=asyncio.Queue)

    async def sleep(self, seconds: float) -> None:
        """Wait to be woken."""
        woken = asyncio.Event()
        self.asleep.put_nowait((self.clock.now + seconds, woken))
        await woken.wait()

    async def next(self) -> tuple[float, asyncio.Event]:
        """Who fell asleep next, and until when."""
        return await asyncio.wait_for(self.asleep.get(), 5)

    def wake(self, until: float, woken: asyncio.Event) -> None:
        """Let the time pass for a sleeper."""
        self.clock.now = max(self.clock.now, until)
        woken.set()


@pytest.mark.parametrize("asked_s", [30, 100])
async def test_who_has_a_turn_already_does_not_ask_a_site_that_refused_meanwhile(
    fetch_of: FetchOf, site: Site, clock: Clock, asked_s: int
) -> None:
    sleepers, may_answer = Sleepers(clock), asyncio.Event()
    start = clock.now

    async def script(request: web.Request) -> web.Response:
        await may_answer.wait()
        if len(site.asked) > 1:
            return web.Response(text="yes")
        return web.Response(status=429, headers={"retry-after": str(asked_s)})

    site.script = script
    fetch = fetch_of(sleep=sleepers.sleep)
    two = card(per_second=1, at_once=2)
    first, second = (asyncio.create_task(fetch.get(two, f"{site.url}/{n}")) for n in range(2))
    waiting = await sleepers.next()
    assert waiting[0] == pytest.approx(start + 1)
    may_answer.set()
    if asked_s == 100:
        assert "asks us to wait" in str(await refusal(first))
        sleepers.wake(*waiting)
        assert "asks us to wait" in str(await refusal(second))
        assert len(site.asked) == 1
        return
    trying_again = await sleepers.next()
    sleepers.wake(*waiting)
    waiting = await sleepers.next()
    assert waiting[0] == pytest.approx(start + 30)
    sleepers.wake(*waiting)
    sleepers.wake(*trying_again)
    assert [(await asking).text for asking in (first, second)] == ["yes", "yes"]
    assert all(asked.at >= start + 30 for asked in site.asked[1:])

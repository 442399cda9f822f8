"""The loopback internet answers by script, breaks by script, and remembers what it was asked."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import SourceCard
from tests.internet import Answer, Internet, PlainFetch, loopback

CARD = SourceCard("somewhere", "metadata", "Somewhere")


@pytest.fixture
async def internet() -> AsyncIterator[Internet]:
    async with loopback() as sites:
        yield sites


async def test_a_site_answers_by_path_and_query_and_remembers_it(internet: Internet) -> None:
    site = await internet.site("one")
    site.answers("/find", {"hits": 0})
    site.answers("/find", {"hits": 2}, query={"q": "drums", "limit": 5})
    fetch = PlainFetch()
    more = {"q": "drums", "limit": 5, "format": "json"}
    found = await fetch.get(CARD, f"{site.base_url}/find", params=more)
    other = await fetch.get(CARD, f"{site.base_url}/find", params={"q": "bass"})
    assert (found.json(), other.json()) == ({"hits": 2}, {"hits": 0})
    assert [request.query for request in site.asked] == [
        {"q": "drums", "limit": "5", "format": "json"},
        {"q": "bass"},
    ]
    assert site.gaps_s()[0] > 0
    assert site.unscripted == []


async def test_answers_come_in_turn_and_the_last_one_stays(internet: Internet) -> None:
    site = await internet.site("one")
    site.answers_in_turn("/", [Answer(status=503, headers={"Retry-After": "1"}), Answer("yes")])
    fetch = PlainFetch()
    with pytest.raises(SourceUnavailable, match="503"):
        await fetch.get(CARD, f"{site.base_url}/")
    assert [(await fetch.get(CARD, f"{site.base_url}/")).text for _ in "12"] == ["yes", "yes"]


async def test_what_nobody_scripted_is_a_404_that_stands_out(internet: Internet) -> None:
    site = await internet.site("one")
    with pytest.raises(SourceUnavailable, match="404"):
        await PlainFetch().get(CARD, f"{site.base_url}/what", params={"is": "this"})
    assert [request.path for request in site.unscripted] == ["/what"]


@pytest.mark.parametrize("fault", ["silence", "hang up", "cut short", "endless"])
async def test_a_fault_gives_no_answer(internet: Internet, fault: str) -> None:
    site = await internet.site("one")
    site.answers("*", "words" * 1000, fault=fault)  # type: ignore[arg-type]
    with pytest.raises((SourceUnavailable, TimeoutError)):
        await asked_for_a_moment(f"{site.base_url}/any")
    assert site.paths() == ["/any"]


async def asked_for_a_moment(url: str) -> None:
    async with asyncio.timeout(0.3):
        await PlainFetch(limit_s=0.2).get(CARD, url)


async def test_two_sites_have_two_addresses_and_nobody_has_none(internet: Internet) -> None:
    one, two = await internet.site("one"), await internet.site("two")
    assert one.base_url != two.base_url
    assert await internet.site("one") is one
    with pytest.raises(SourceUnavailable, match="ConnectError"):
        await PlainFetch().get(CARD, await internet.nobody())


async def test_the_plain_fetch_leads_nowhere_but_to_loopback() -> None:
    with pytest.raises(AssertionError, match="leads out"):
        await PlainFetch().get(CARD, "http://mididrumigen.invalid/")

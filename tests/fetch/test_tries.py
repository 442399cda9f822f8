"""Another try where it is worth one, as late as the site asks; and sites that are left alone."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from mididrumigen.fetch import Fetch
from mididrumigen.fetch.trouble import clock_time, retry_after_s
from tests.fetch.site import NOON, Clock, FetchOf, Raw, Site, card, refusal


def at(seconds: float) -> str:
    """A time of the clock as users read it."""
    return clock_time(seconds, NOON)


def http_date(seconds: float) -> str:
    """A time as sites write it."""
    return format_datetime(datetime.fromtimestamp(seconds, UTC), usegmt=True)


@pytest.mark.parametrize("asked", ["7", http_date(NOON + 7)], ids=["seconds", "date"])
async def test_a_site_that_asks_us_to_wait_is_asked_again_when_it_said(
    fetch: Fetch, site: Site, clock: Clock, asked: str
) -> None:
    headers = {"retry-after": asked, "date": http_date(NOON)}
    site.answers = [{"status": 429, "headers": headers}, {"text": "yes"}]
    assert (await fetch.get(card(), site.url)).text == "yes"
    first, second = (asked.at for asked in site.asked)
    assert second - first == pytest.approx(7, abs=0.01)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_storm_is_met_with_three_tries_further_and_further_apart(
    fetch: Fetch, site: Site, status: int
) -> None:
    site.answers = [{"status": status}]
    await refusal(fetch.get(card(), site.url))
    times = [asked.at for asked in site.asked]
    assert len(times) == 3
    first, second = times[1] - times[0], times[2] - times[1]
    least = (2, 6) if status in (429, 503) else (0.5, 1.5)
    assert least[0] <= first <= least[0] * 1.5
    assert least[1] <= second <= least[1] * 1.5 + 0.01


async def test_pauses_are_not_the_same_for_everyone(fetch_of: FetchOf, site: Site) -> None:
    site.answers = [{"status": 502}]
    pauses = set()
    for seed in range(3):
        fetch = fetch_of(rng=random.Random(seed))
        await refusal(fetch.get(card(), site.url))
        pauses.add(site.asked[-1].at - site.asked[-2].at)
    assert len(pauses) == 3


@pytest.mark.parametrize(
    ("status", "headers", "sentence", "rest_s", "requests"),
    [
        (429, {}, "asks us to wait", 300, 3),
        (429, {"retry-after": "10"}, "asks us to wait", 300, 3),
        (429, {"retry-after": "61"}, "asks us to wait", 61, 1),
        (503, {"retry-after": "7200"}, "asks us to wait", 7200, 1),
        (503, {"retry-after": "999999999"}, "asks us to wait", 86_400, 1),
        (503, {}, "is overloaded (503) and is left alone", 300, 3),
        (202, {}, "asks us to wait", 300, 1),
        (403, {"cf-mitigated": "challenge"}, "wants to see a person and is left alone", 1800, 1),
        (503, {"CF-Mitigated": "challenge"}, "wants to see a person and is left alone", 1800, 1),
        (405, {"x-amzn-waf-action": "captcha"}, "wants to see a person and is left alone", 1800, 1),
    ],
)
async def test_a_site_that_refuses_is_left_alone_by_every_later_call_and_process(
    fetch_of: FetchOf,
    site: Site,
    clock: Clock,
    status: int,
    headers: dict[str, str],
    sentence: str,
    rest_s: float,
    requests: int,
) -> None:
    site.answers = [{"status": status, "headers": headers}]
    error = await refusal(fetch_of().get(card(), site.url))
    assert len(site.asked) == requests
    until = clock.now + rest_s
    assert str(error) == f"The Archive {sentence} until {at(until)}"
    later = fetch_of()  # as after a restart: what is known is in the database
    assert str(await refusal(later.get(card(), site.url))) == str(error)
    clock.now = until - 1
    await refusal(later.get(card(), f"{site.url}/other"))
    assert len(site.asked) == requests
    assert (await later.get(card(name="another"), site.url, accept=frozenset({status}))).status
    clock.now = until + 1
    site.answers = [{"text": "yes"}]
    assert (await later.get(card(), site.url)).text == "yes"


async def test_a_source_can_say_that_an_answer_was_a_refusal(
    fetch: Fetch, site: Site, clock: Clock
) -> None:
    error = await fetch.refused(card(), site.url, "has no quota left for us", 5)
    assert str(error) == f"The Archive has no quota left for us until {at(NOON + 5)}"
    assert str(await refusal(fetch.get(card(), site.url))) == str(error)
    assert site.asked == []
    clock.now += 5.001
    assert (await fetch.get(card(), site.url)).text == "yes"
    assert str(await fetch.refused(card(), site.url, "is busy")).endswith(at(clock.now + 300))


async def test_a_card_says_how_often_and_how_long(fetch: Fetch, site: Site, clock: Clock) -> None:
    site.answers = [{"status": 429}]
    impatient = card(tries=1, rest_s=3600)
    error = await refusal(fetch.get(impatient, site.url))
    assert str(error).endswith(at(NOON + 3600))
    assert len(site.asked) == 1


async def test_who_waits_while_a_site_refuses_another_does_not_ask_it(
    fetch: Fetch, site: Site
) -> None:
    site.answers = [{"status": 429, "headers": {"retry-after": "100"}}]
    asking = [refusal(fetch.get(card(), f"{site.url}/{n}")) for n in range(5)]
    errors = await asyncio.gather(*asking)
    assert len({str(error) for error in errors}) == 1
    assert len(site.asked) == 1


async def test_a_connection_that_breaks_once_is_no_failure(fetch_of: FetchOf) -> None:
    async with Raw(b"") as broken:
        clock = Clock()

        async def sleep(seconds: float) -> None:
            await clock.sleep(seconds)
            broken.said = b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes"

        configured = frozenset({("127.0.0.1", broken.port)})
        fetch = fetch_of(configured=configured, clock=clock, sleep=sleep)
        assert (await fetch.get(card(), broken.url)).text == "yes"
        assert broken.connections == 2


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("1.5", 1.5),
        (http_date(NOON + 90), 90.0),
        (http_date(NOON - 90), 0.0),
        ("Fri, 15 Jan 2027 08:01:30 -0000", 90.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("nan", None),
        ("٣", None),
        ("1.2.3", None),
        ("Fri, 99 Jan 2027 08:01:30 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_forms_and_rubbish_is_none(
    value: str, seconds: float | None
) -> None:
    assert retry_after_s({"retry-after": value}, NOON) == seconds


def test_a_date_is_counted_from_the_clock_of_the_site() -> None:
    wrong_by_an_hour = NOON + 3600
    headers = {"retry-after": http_date(NOON + 30), "date": http_date(NOON)}
    assert retry_after_s(headers, wrong_by_an_hour) == 30


def test_a_time_of_another_day_is_told_with_its_date() -> None:
    now = datetime(2027, 1, 15, 14, 5).astimezone()
    later = now + timedelta(days=1)
    assert clock_time(now.timestamp(), now.timestamp()) == "14:05"
    assert clock_time(later.timestamp(), now.timestamp()) == "2027-01-16 14:05"

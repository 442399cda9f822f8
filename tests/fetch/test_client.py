"""What is asked, and what is made of the answer."""

import asyncio
import gzip
import subprocess
import sys

import pytest
from aiohttp import web

from mididrumigen import __version__
from mididrumigen.fetch import Fetch, Limits
from mididrumigen.models import Fetching
from tests.fetch.site import FetchOf, Raw, Site, card, refusal


async def test_an_answer_comes_with_its_address_status_headers_and_body(
    fetch: Fetch, site: Site
) -> None:
    site.answers = [{"text": '{"a": 1}', "content_type": "application/json"}]
    way_out: Fetching = fetch
    found = await way_out.get(
        card(), f"{site.url}/ws/2/artist", params={"query": "J D", "limit": 5}
    )
    assert (found.status, found.json(), found.is_cached) == (200, {"a": 1}, False)
    assert found.url == f"{site.url}/ws/2/artist?query=J+D&limit=5"
    assert found.headers["content-type"].startswith("application/json")
    assert site.paths == ["/ws/2/artist?query=J+D&limit=5"]


async def test_a_site_is_told_who_asks_and_how_to_reach_them(fetch_of: FetchOf, site: Site) -> None:
    for contact in ("me@example.org", "", "a)\r\nx: (é"):
        await fetch_of(contact=contact).get(card(), site.url, headers={"User-Agent": "nobody"})
    plain = f"MidiDrumiGen/{__version__}"
    told = [asked.headers["user-agent"] for asked in site.asked]
    assert told == [f"{plain} (me@example.org)", plain, f"{plain} (ax:)"]
    assert site.asked[0].headers["accept-encoding"] == "gzip, deflate"


async def test_a_status_that_was_asked_for_is_an_answer(fetch: Fetch, site: Site) -> None:
    site.answers = [{"status": 404, "text": "no such artist"}]
    found = await fetch.get(card(), site.url, accept=frozenset({200, 404}))
    assert (found.status, found.text) == (404, "no such artist")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (400, "The Archive refuses to answer (400)"),
        (403, "The Archive refuses to answer (403)"),
        (404, "The Archive has nothing at this address (404)"),
        (500, "The Archive answered with an error (500)"),
        (300, "The Archive answered with an error (300)"),
    ],
)
async def test_a_status_that_no_other_try_changes_is_asked_for_once(
    fetch: Fetch, site: Site, status: int, sentence: str
) -> None:
    site.answers = [{"status": status}]
    error = await refusal(fetch.get(card(), site.url))
    assert str(error) == sentence
    assert len(site.asked) == 1


async def test_a_key_that_is_not_accepted_is_asked_for_anew(fetch: Fetch, site: Site) -> None:
    site.answers = [{"status": 401}]
    with_key = card(key="discogs")
    error = await refusal(fetch.get(with_key, site.url))
    assert error.message == "The Archive wants a key (401)"
    error = await refusal(fetch.get(with_key, site.url, secret_params={"key": "0123456789"}))
    assert error.message == "The Archive does not accept the key (401)"
    assert error.hint == "mididrumigen keys set discogs"


async def test_a_key_that_no_header_can_hold_is_not_sent(fetch: Fetch, site: Site) -> None:
    for broken in ("abc\r\nX-Evil: 1", "schlüssel"):
        asking = fetch.get(card(key="genius"), site.url, secret_headers={"authorization": broken})
        error = await refusal(asking)
        assert error.message == "The Archive was not asked: its key holds what no key can hold"
        assert broken not in str(error)
    assert site.asked == []


@pytest.mark.parametrize(
    "url", ["", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://", "//x/y", "http://[::1", "x y"]
)
async def test_what_is_no_address_of_the_web_is_not_asked(fetch: Fetch, url: str) -> None:
    assert "The Archive was not asked" in str(await refusal(fetch.get(card(), url)))
    assert "was not asked" in str(await fetch.refused(card(), url, "has no quota left"))


async def test_redirects_are_followed_to_where_they_lead(fetch: Fetch, site: Site) -> None:
    ways = {"/a": "/b?x=1#part", "/b?x=1": f"{site.url}/c/", "/c/": "../d"}

    async def script(request: web.Request) -> web.Response:
        if request.raw_path in ways:
            return web.Response(status=302, headers={"location": ways[request.raw_path]})
        return web.Response(text="there")

    site.script = script
    found = await fetch.get(card(), f"{site.url}/a")
    assert (found.text, found.url) == ("there", f"{site.url}/d")


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("/there", "sends us round in circles"),
        ("/x", "sends us on and on"),
        ("ftp://127.0.0.1/", "sends us to nowhere"),
        ("http://[::1", "sends us to nowhere"),
        (None, "sends us to nowhere"),
    ],
)
async def test_redirects_that_lead_nowhere_end(
    fetch: Fetch, site: Site, location: str | None, sentence: str
) -> None:
    async def script(request: web.Request) -> web.Response:
        number = len(site.asked)
        target = f"{location}{number}" if location == "/x" else location
        return web.Response(status=302, headers={"location": target} if target else {})

    site.script = script
    error = await refusal(fetch.get(card(), f"{site.url}/there"))
    assert str(error) == f"The Archive {sentence}"
    assert len(site.asked) == (6 if location == "/x" else 1)


async def test_a_site_that_accepts_and_never_answers_is_asked_once(fetch_of: FetchOf) -> None:
    async with Raw(b"", waits=True) as silent:
        fetch = fetch_of(
            configured=frozenset({("127.0.0.1", silent.port)}), limits=Limits(read_s=0.2)
        )
        error = await refusal(fetch.get(card(), silent.url))
        assert str(error) == "The Archive did not answer within 0.2 s"
        assert silent.connections == 1


async def test_a_site_that_nobody_listens_at_is_tried_three_times(
    fetch_of: FetchOf, site: Site
) -> None:
    await site.close()
    error = await refusal(fetch_of().get(card(), site.url))
    assert str(error) == "The Archive cannot be reached"


async def test_an_answer_that_never_ends_is_given_up_in_time(fetch_of: FetchOf, site: Site) -> None:
    async def script(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:  # a byte now and then: never silent, never done
            await response.write(b".")
            await asyncio.sleep(0.01)

    fetch = fetch_of(limits=Limits(total_s=0.4))
    await fetch.get(card(), site.url)  # what is loaded first does not count
    site.script = script
    error = await refusal(fetch.get(card(), site.url))
    assert str(error) == "The Archive did not answer within 0.4 s"
    assert len(site.asked) == 2


async def test_all_tries_together_have_one_limit(fetch_of: FetchOf, site: Site) -> None:
    fetch = fetch_of(limits=Limits(total_s=0.5))
    await fetch.get(card(), site.url)  # what is loaded first does not count

    async def script(request: web.Request) -> web.Response:
        await asyncio.sleep(0.35)
        return web.Response(status=502)

    site.script = script
    error = await refusal(fetch.get(card(), site.url))
    assert str(error) == "The Archive did not answer within 0.5 s"
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nonly this",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n" + gzip.compress(b"this")[:-9],
        b"220 this is no web server\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x: " + b"y" * 200_000,
    ],
    ids=["nothing", "short of its length", "a chunk that is cut off", "cut gzip", "smtp", "header"],
)
async def test_an_answer_that_breaks_off_is_asked_for_three_times(
    fetch_of: FetchOf, said: bytes
) -> None:
    async with Raw(said) as broken:
        fetch = fetch_of(configured=frozenset({("127.0.0.1", broken.port)}))
        error = await refusal(fetch.get(card(), broken.url))
        assert str(error) == "The Archive broke off in the middle of its answer"
        assert broken.connections == 3


async def test_bytes_beyond_the_length_of_an_answer_are_no_part_of_any(
    fetch_of: FetchOf,
) -> None:
    async with Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok and more", waits=True) as long:
        fetch = fetch_of(configured=frozenset({("127.0.0.1", long.port)}))
        answers = [await fetch.get(card(), long.url) for _ in range(3)]
        assert [found.body for found in answers] == [b"ok"] * 3


async def test_a_call_that_is_given_up_leaves_room_for_the_next(fetch: Fetch, site: Site) -> None:
    arrived, held = asyncio.Event(), asyncio.Event()

    async def script(request: web.Request) -> web.Response:
        if request.path == "/slow":
            arrived.set()
            await held.wait()
        return web.Response(text="yes")

    site.script = script
    slow = asyncio.create_task(fetch.get(card(), f"{site.url}/slow"))
    await arrived.wait()
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow
    assert (await fetch.get(card(), f"{site.url}/fast")).text == "yes"
    held.set()


async def test_a_way_out_that_was_closed_is_not_opened_again(fetch_of: FetchOf, site: Site) -> None:
    async with fetch_of() as fetch:
        await fetch.get(card(), site.url)
    assert str(await refusal(fetch.get(card(), site.url))) == "The Archive is not asked any more"
    assert len(site.asked) == 1


def test_nobody_pays_for_httpx_before_the_first_question() -> None:
    code = (
        "import sys; from mididrumigen.fetch import Fetch; Fetch(None);"
        "print({'httpx', 'httpcore', 'anyio'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "set()\n"

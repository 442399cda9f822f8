"""Nobody is asked the same twice while the answer is kept, and no damage on disk is an answer."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mididrumigen.fetch import Cache
from mididrumigen.fetch.cache import DAY_S, cache_key, is_worth_keeping
from mididrumigen.models import Fetched
from mididrumigen.models.fetched import Keeping
from tests.fetch.site import NOON, Clock, FetchOf, Site, card

KEY = cache_key("https://a.example/x", {})
FOUND = Fetched(
    "https://a.example/x", 200, b'{"a": 1}\n\xff', {"content-type": "text/x", "set-cookie": "c=1"}
)


@pytest.mark.parametrize(
    ("keep", "days", "ttl_days"),
    [("metadata", 30, 30), ("metadata", 2, 2), ("search", 7, 30), ("search", 2, 2)],
)
async def test_an_answer_is_kept_as_long_as_it_should_be(
    fetch_of: FetchOf,
    site: Site,
    clock: Clock,
    tmp_path: Path,
    keep: Keeping,
    days: float,
    ttl_days: float,
) -> None:
    fetch = fetch_of(cache=Cache(tmp_path / "cache", ttl_days, clock))
    site.answers = [{"text": "käse", "content_type": "text/plain"}]
    first = await fetch.get(card(), site.url, params={"q": "a"}, keep=keep)
    clock.now += days * DAY_S - 1
    again = await fetch.get(card(), site.url, params={"q": "a"}, keep=keep)
    assert (again.is_cached, again.text, again.url) == (True, "käse", first.url)
    assert len(site.asked) == 1
    assert not (await fetch.get(card(), site.url, params={"q": "b"}, keep=keep)).is_cached
    clock.now += 2
    assert not (await fetch.get(card(), site.url, params={"q": "a"}, keep=keep)).is_cached


async def test_what_is_never_kept_is_neither_written_nor_found(
    fetch_of: FetchOf, site: Site, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    fetch = fetch_of(cache=Cache(folder, 30, clock))
    await fetch.get(card(), site.url, keep="never")
    assert not folder.exists()
    await fetch.get(card(), site.url)
    assert not (await fetch.get(card(), site.url, keep="never")).is_cached


async def test_other_headers_are_another_question(
    fetch_of: FetchOf, site: Site, clock: Clock, tmp_path: Path
) -> None:
    fetch = fetch_of(cache=Cache(tmp_path / "cache", 30, clock))
    for headers in ({"Accept": "text/x"}, {"accept": "text/y"}, {"ACCEPT": "text/x"}):
        found = await fetch.get(card(), site.url, headers=headers)
    assert found.is_cached
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("status", "body", "is_kept"),
    [
        (200, b'{"query": {"pages": []}}', True),
        (200, b'{"search": {"error": "no result"}}', True),
        (200, b"[]", True),
        (200, b'<?xml version="1.0"?><feed/>', True),
        (
            200,
            b'{"error": {"type": "Exception", "message": "Quota limit exceeded", "code": 4}}',
            False,
        ),
        (200, b'{"message": "Rate limit", "error": 29}', False),
        (200, b'{"cut off', False),
        (200, b"\n <!DOCTYPE html><title>Just a moment...</title>", False),
        (200, b"<HTML>", False),
        (404, b"{}", False),
    ],
)
def test_refusals_that_call_themselves_answers_are_not_kept(
    status: int, body: bytes, is_kept: bool
) -> None:
    assert is_worth_keeping(Fetched("https://a.example", status, body)) == is_kept


async def test_an_entry_is_what_was_kept_without_what_belongs_to_the_visit(
    clock: Clock, tmp_path: Path
) -> None:
    cache = Cache(tmp_path, 30, clock)
    await cache.keep(KEY, FOUND)
    assert await cache.find(KEY, "metadata") == Fetched(
        FOUND.url, 200, FOUND.body, {"content-type": "text/x"}, is_cached=True
    )
    assert os.listdir(tmp_path) == [f"{KEY}.entry"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
async def test_a_damaged_entry_is_as_none(tmp_path: Path, data: st.DataObject) -> None:
    cache = Cache(tmp_path, 30, Clock())
    await cache.keep(KEY, FOUND)
    path = tmp_path / f"{KEY}.entry"
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    broken = data.draw(
        st.sampled_from([whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]])
    )
    path.write_bytes(broken)
    assert await cache.find(KEY, "metadata") is None
    await cache.keep(KEY, FOUND)
    assert await cache.find(KEY, "metadata") is not None


async def test_an_entry_of_the_future_is_not_believed(tmp_path: Path) -> None:
    await Cache(tmp_path, 30, Clock(NOON + 10 * DAY_S)).keep(KEY, FOUND)
    assert await Cache(tmp_path, 30, Clock(NOON)).find(KEY, "metadata") is None


async def test_the_oldest_go_when_there_are_too_many_bytes(tmp_path: Path) -> None:
    clock = Clock(time.time() + 2 * DAY_S)
    keys = [cache_key(f"https://a.example/{number}", {}) for number in range(12)]
    big = Fetched("https://a.example", 200, bytes(1000))
    (tmp_path / ".half-written").write_bytes(b"x")
    for number, key in enumerate(keys):
        # A new object each time, as after restarts.
        await Cache(tmp_path, 30, clock, max_bytes=6000).keep(key, big)
        os.utime(tmp_path / f"{key}.entry", (1e9 + number, 1e9 + number))
    left = sorted(os.listdir(tmp_path))  # without the half of one
    assert left == sorted(f"{key}.entry" for key in keys[-len(left) :])
    assert 3 <= len(left) <= 5


async def test_a_disk_that_takes_nothing_is_no_failure(
    fetch_of: FetchOf, site: Site, clock: Clock, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file")
    fetch = fetch_of(cache=Cache(in_the_way, 30, clock))
    for _ in range(2):
        assert not (await fetch.get(card(), site.url)).is_cached

"""Bodies of limited size, however they are packed."""

import asyncio
import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.fetch import Fetch
from mididrumigen.fetch.bodies import read_body
from mididrumigen.fetch.trouble import Trouble
from tests.fetch.site import Site, card, refusal

MEGABYTE = 1_000_000


def raw_deflate(data: bytes) -> bytes:
    """Packed without the usual frame, as some servers do."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def twice_gzip(data: bytes) -> bytes:
    """Packed in two members, with rubbish after them."""
    return gzip.compress(data[: len(data) // 2]) + gzip.compress(data[len(data) // 2 :]) + b"\0\0"


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "": bytes,
}


def unpacked(packed: bytes, encoding: str, cut: int = 7, limit: int = MEGABYTE) -> bytes:
    """What a body is that arrives in parts of `cut` bytes."""

    async def parts() -> AsyncIterator[bytes]:
        for at in range(0, len(packed), cut):
            yield packed[at : at + cut]

    return asyncio.run(read_body(parts(), {"content-encoding": encoding}, limit))


@given(st.binary(max_size=300), st.integers(1, 40))
def test_whatever_is_packed_is_the_same_when_it_is_unpacked(data: bytes, cut: int) -> None:
    for encoding, packer in PACKERS.items():
        assert unpacked(packer(data), encoding, cut) == data
    assert unpacked(raw_deflate(data), "deflate", cut=1000) == data
    assert unpacked(twice_gzip(data), "X-GZIP", cut) == data


@given(st.binary(min_size=1, max_size=200), st.sampled_from(["gzip", "deflate"]))
def test_rubbish_is_called_so_and_nothing_else_is_raised(data: bytes, encoding: str) -> None:
    with contextlib.suppress(Trouble):
        unpacked(data, encoding)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_every_body_that_is_cut_off_is_missed(encoding: str) -> None:
    packed = PACKERS[encoding](b"some drummers play behind the beat" * 20)
    for end in range(1, len(packed) - 1):
        with pytest.raises(Trouble, match=r"broke off|cannot be unpacked"):
            unpacked(packed[:end], encoding)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip"])
def test_what_was_not_asked_for_is_not_unpacked(encoding: str) -> None:
    with pytest.raises(Trouble, match="not asked for"):
        unpacked(b"x", encoding)


async def test_a_gzip_bomb_is_never_held(fetch: Fetch, site: Site) -> None:
    bomb = gzip.compress(bytes(200 * MEGABYTE), 1)
    assert len(bomb) < MEGABYTE
    site.answers = [{"body": bomb, "headers": {"content-encoding": "gzip"}}]
    small = card(max_bytes=2 * MEGABYTE)
    tracemalloc.start()
    try:
        error = await refusal(fetch.get(small, site.url))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(error) == "The Archive sent more than 2 MB"
    assert peak < 6 * MEGABYTE
    assert len(site.asked) == 1


@pytest.mark.parametrize("length", [None, 100 * MEGABYTE])
async def test_a_hundred_megabytes_are_left_after_the_limit(
    fetch: Fetch, site: Site, length: int | None
) -> None:
    sent = 0

    async def script(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        response.content_length = length
        await response.prepare(request)
        try:
            for _ in range(100):
                await response.write(bytes(MEGABYTE))
                sent += MEGABYTE
        except ConnectionError:
            pass
        return response

    site.script = script
    error = await refusal(fetch.get(card(max_bytes=MEGABYTE), site.url))
    assert str(error) == "The Archive sent more than 1 MB"
    # What the system holds between the two ends was sent; no more.
    assert sent <= 30 * MEGABYTE
    assert len(site.asked) == 1


async def test_a_body_of_the_largest_size_is_taken(fetch: Fetch, site: Site) -> None:
    site.answers = [{"body": bytes(MEGABYTE)}]
    assert len((await fetch.get(card(max_bytes=MEGABYTE), site.url)).body) == MEGABYTE


async def test_the_body_of_an_error_is_not_read(fetch: Fetch, site: Site) -> None:
    async def script(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=500)
        await response.prepare(request)
        await asyncio.Event().wait()  # and now nothing, for ever
        return response

    site.script = script
    assert str(await refusal(fetch.get(card(), site.url))) == (
        "The Archive answered with an error (500)"
    )


def test_what_is_left_in_the_unpacker_at_the_end_is_not_lost() -> None:
    for size in range(65_536, 65_900, 20):  # around the size of a piece
        assert unpacked(raw_deflate(bytes(size)), "deflate", cut=10_000) == bytes(size)


def test_what_unpacks_to_nothing_is_limited_as_well() -> None:
    with pytest.raises(Trouble, match=r"sent more than 0\.01 MB"):
        unpacked(gzip.compress(b"") * 1000, "gzip", cut=1000, limit=10_000)


async def test_a_body_that_is_said_to_be_too_large_is_not_read() -> None:
    async def parts() -> AsyncIterator[bytes]:
        raise AssertionError("read")
        yield b""

    for length in ("1000001", "9" * 5000):
        with pytest.raises(Trouble, match="sent more than 1 MB"):
            await read_body(parts(), {"content-length": length}, MEGABYTE)

"""A store, a clock, a site, and a way out to it."""

import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.fetch import Fetch, Limits, places_of
from mididrumigen.store import Store
from mididrumigen.store.waits import StoredWaits
from tests.fetch.site import Clock, FetchOf, Site


@pytest.fixture
def clock() -> Clock:
    """A clock that goes on only while somebody sleeps."""
    return Clock()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A database of its own."""
    opened = await Store.open(tmp_path / "x.db")
    yield opened
    await opened.close()


@pytest.fixture
async def site(clock: Clock) -> AsyncIterator[Site]:
    """A site that answers "yes" until it is told otherwise."""
    opened = Site(clock)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def fetch_of(store: Store, clock: Clock, site: Site) -> AsyncIterator[FetchOf]:
    """Makes ways out for which the site is configured; closed at the end."""
    async with AsyncExitStack() as stack:
        made: list[Fetch] = []

        def make(**more: Any) -> Fetch:
            given: dict[str, Any] = {
                "clock": clock,
                # The usual one takes a while to read, and nobody on loopback needs it.
                "trusted": lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                "sleep": clock.sleep,
                "configured": places_of([site.url]),
                "limits": Limits(connect_s=2, read_s=2, total_s=5),
            }
            made.append(Fetch(StoredWaits(store), **{**given, **more}))
            stack.push_async_exit(made[-1])
            return made[-1]

        yield make


@pytest.fixture
def fetch(fetch_of: FetchOf) -> Fetch:
    """The way out."""
    return fetch_of()

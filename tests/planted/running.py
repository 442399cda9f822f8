"""A planted world on the loopback internet, and the program that researches in it.

Conventions: every address that the settings know leads to loopback; keys are of the test. Where a
test does not measure time the program's clock runs fast: `Hurry(20)` makes its seconds twenty times
shorter, pacing and pauses included.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from mididrumigen import fetch
from mididrumigen.app import App
from mididrumigen.app.network import OFFLINE
from mididrumigen.app.owner import Owner
from mididrumigen.config import Config, Paths, find_paths, parse_config
from mididrumigen.fetch.call import Call
from mididrumigen.fetch.limits import Limits
from mididrumigen.fetch.pace import Ticket
from mididrumigen.fetch.wire import Answer
from mididrumigen.keys import KEYS
from mididrumigen.sources.registry import SOURCES
from tests.internet import Asked, Internet
from tests.planted import catalogues, encyclopedias, press
from tests.planted.people import Someone

CONTACT = "tests@example.org"
ASKING = tuple(source.card.name for source in SOURCES if not source.card.is_local)
"""Every source that goes out."""
NOBODY = "http://127.0.0.1:9"
"""The address of a site that is switched off."""
KEYED = frozenset({"lastfm", "getsongbpm"})
"""Whose keys the user of the planted world has."""


class Hurry:
    """A clock that runs so many times as fast as the real one, and waits by it."""

    def __init__(self, times: float) -> None:
        self.times = times
        self.sent: dict[str, list[float]] = {}
        """When requests left, by this clock and by what is paced as one."""
        self._began, self._real = time.time(), time.monotonic()

    def clock(self) -> float:
        """Seconds since 1970, by this clock."""
        return self._began + (time.monotonic() - self._real) * self.times

    async def sleep(self, seconds: float) -> None:
        """Wait, by this clock."""
        await asyncio.sleep(seconds / self.times)


def hurry(monkeypatch: pytest.MonkeyPatch, times: float, limits: Limits | None = None) -> Hurry:
    """From now on the program's way out goes by a fast clock, with limits of its own; when its
    requests leave is noted there, since they arrive as late as a busy machine lets them.
    """
    fast = Hurry(times)

    class Watched(fetch.Fetch):
        async def _try(self, call: Call, ticket: Ticket) -> Answer:
            try:
                return await super()._try(call, ticket)
            finally:
                fast.sent.setdefault(call.pace_key, []).append(ticket.sent_at)

    made = partial(Watched, clock=fast.clock, sleep=fast.sleep, limits=limits)
    monkeypatch.setattr(fetch, "Fetch", made)
    return fast


async def plant(
    internet: Internet, world: Sequence[Someone], only: Sequence[str] = ASKING
) -> dict[str, Callable[[Asked], Any]]:
    """Begin sites, and let them know the world; what each would say to a request."""
    base_urls = {name: (await internet.site(name)).base_url for name in only}
    web, modern = base_urls.get("web", ""), base_urls.get("moderndrummer", "")
    tellers: dict[str, Callable[[Asked], Any]] = {
        "musicbrainz": partial(encyclopedias.musicbrainz, world),
        "wikipedia": partial(encyclopedias.wikipedia, world),
        "wikidata": partial(encyclopedias.wikidata, world),
        "dbpedia": partial(encyclopedias.dbpedia, world),
        "acousticbrainz": partial(catalogues.acousticbrainz, world),
        "reccobeats": partial(catalogues.reccobeats, world),
        "deezer": partial(catalogues.deezer, world),
        "getsongbpm": partial(catalogues.getsongbpm, world),
        "discogs": partial(catalogues.discogs, world),
        "lastfm": partial(catalogues.lastfm, world),
        "crossref": partial(press.crossref, world),
        "moderndrummer": partial(press.moderndrummer, world, modern),
        "drummerworld": partial(press.pages, world, "drummerworld"),
        "web": partial(press.pages, world, "web"),
        "searxng": partial(press.searxng, world, web),
    }
    empty: Mapping[str, Any] = {
        "openalex": {"meta": {"count": 0}, "results": []},
        "semanticscholar": {"total": 0, "offset": 0, "data": []},
        "arxiv": press.EMPTY_FEED,
        "bitmidi": {"result": {"query": "", "results": [], "total": 0}},
        "freemidi": "<html><body>No results</body></html>",
        "genius": {"response": {"hits": []}},
        "guardian": {"response": {"status": "ok", "total": 0, "results": []}},
        "listenbrainz": [],
    }
    for name, body in empty.items():
        tellers[name] = partial(_always, body)
    for name in only:
        internet.sites[name].answers("*", tellers[name])
        if name not in ("web", "moderndrummer", "drummerworld"):
            internet.sites[name].answers("/robots.txt", status=404)
    return tellers


def _always(body: Any, asked: Asked) -> Any:
    del asked
    return body


def settings(
    internet: Internet,
    only: Sequence[str] = ASKING,
    at: Mapping[str, str] | None = None,
    **research: Any,
) -> Config:
    """Settings that lead every source to its site, or to the address in `at`; all but `only` are
    switched off.
    """
    sources: dict[str, dict[str, Any]] = {}
    for name in ASKING:
        site = internet.sites.get(name)
        base = (at or {}).get(name) or (site.base_url if site else NOBODY)
        sources[name] = {"base_url": base, "enabled": name in only}
    base = sources["dbpedia"]["base_url"]
    sources["dbpedia"] |= {"lookup_base_url": base, "sparql_base_url": base}
    return parse_config({"contact": CONTACT, "sources": sources, "research": research})


def go_online(monkeypatch: pytest.MonkeyPatch, keys: frozenset[str] = KEYED) -> None:
    """Let the program go out, with these keys."""
    monkeypatch.delenv(OFFLINE)
    for name in keys:
        monkeypatch.setenv(KEYS[name].variable, f"key-of-{name}")


@asynccontextmanager
async def program(config: Config, home: Path) -> AsyncIterator[App]:
    """The program, as the one that owns the home."""
    os.makedirs(home, exist_ok=True)
    paths: Paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    owner = Owner.take(paths)
    assert owner is not None
    try:
        async with App.open(config, paths, owner) as app:
            yield app
    finally:
        owner.release()

"""The way out: opened with the first question, closed with the program, shut where the user says.

Conventions: `[research] online = false` and the environment's `MIDIDRUMIGEN_OFFLINE` both mean that
nobody outside this machine is asked.
"""

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mididrumigen.app.setting_up import SettingUp
from mididrumigen.app.settings import Settings
from mididrumigen.config import Config
from mididrumigen.errors import OutputError
from mididrumigen.sources.tools import Tools
from mididrumigen.store import Store
from mididrumigen.store.waits import StoredWaits

if TYPE_CHECKING:
    from mididrumigen.fetch import Fetch

_log = logging.getLogger(__name__)

OFFLINE = "MIDIDRUMIGEN_OFFLINE"
REACH_S, REACHED = 2.0, 3
"""No connection to any of so many sites within this time: there is no network."""


class Network:
    """The network as research uses it; `close` it."""

    def __init__(
        self,
        settings: Settings,
        setting_up: SettingUp,
        store: Store,
        cache: Path,
        environ: Mapping[str, str],
    ) -> None:
        self._settings, self._setting_up, self._store = settings, setting_up, store
        self._cache, self._environ = cache, environ
        self._fetch: Fetch | None = None
        self._older: list[Fetch] = []
        self._opened_for: Config | None = None

    @property
    def is_on(self) -> bool:
        """Whether anybody outside this machine may be asked."""
        return self._settings.config.research.online and not self._environ.get(OFFLINE)

    async def tools(self, tools: Tools) -> Tools:
        """The tools of a research, with the way out, the keys and what the user said yes to."""
        try:
            keys = await asyncio.to_thread(self._setting_up.keys.all)
        except OutputError as error:  # most sources want none
            _log.warning("no keys: %s", error)
            keys = {}
        allowed = await self._setting_up.allowed()
        return replace(tools, fetch=await self._open(), keys=keys, consent=allowed)

    async def reaches(self) -> bool:
        """Whether any of the first sites can be connected to, in two seconds at most; one that is
        down is no missing network.
        """
        from mididrumigen.sources.registry import SOURCES  # all sources: only who asks needs them

        sources = self._settings.config.sources
        cards = [source.card for source in SOURCES if source.card.base_url]
        urls = [sources[c.name].base_url or c.base_url for c in cards if sources[c.name].enabled]
        tries = [asyncio.create_task(_connects(url)) for url in dict.fromkeys(urls[:REACHED])]
        try:
            async with asyncio.timeout(REACH_S):
                for answer in asyncio.as_completed(tries):
                    if await answer:
                        return True
        except TimeoutError:
            pass
        finally:
            for one in tries:
                one.cancel()
            await asyncio.gather(*tries, return_exceptions=True)
        return False

    async def close(self) -> None:
        """Close the way out."""
        for fetch in (*self._older, self._fetch):
            if fetch is not None:
                await fetch.__aexit__(None, None, None)
        self._older, self._fetch = [], None

    async def _open(self) -> "Fetch":
        """The way out as the settings are now."""
        from mididrumigen.fetch import Cache, Fetch, places_of  # only who asks pays for it

        config = self._settings.config
        if self._fetch is not None and self._opened_for is not config:
            self._older.append(self._fetch)  # a research that is under way may be asking by it
            self._fetch = None
        if self._fetch is None:
            cache = config.cache
            self._fetch = Fetch(
                StoredWaits(self._store),
                cache=Cache(self._cache, cache.ttl_days, time.time) if cache.enabled else None,
                contact=config.contact,
                configured=places_of(_addresses(config)),
            )
            self._opened_for = config
        return self._fetch


async def _connects(url: str) -> bool:
    """Whether somebody listens at an address; nothing is asked."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        _, writer = await asyncio.open_connection(parts.hostname, port)
    except (OSError, ValueError, UnicodeError):
        return False
    writer.close()
    return True


def _addresses(config: Config) -> list[str]:
    """Every address that the settings or the cards of the sources name: these may lie in the user's
    own network, as a mirror does, or every name with some VPNs.
    """
    from mididrumigen.sources.registry import SOURCES

    ours = config.sources.values()
    named = [
        url for one in ours for url in (one.base_url, one.lookup_base_url, one.sparql_base_url)
    ]
    named += [provider.base_url for provider in config.llm.providers.values()]
    return [url for url in (*named, *(source.card.base_url for source in SOURCES)) if url]

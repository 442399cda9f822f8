"""What the user decides: settings, keys, and the sites that are asked only after a yes.

Conventions: nothing here is needed for the first beat. A site is a source whose card names what its
user must agree to.
"""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mididrumigen.app.clock import now
from mididrumigen.app.settings import Settings
from mididrumigen.config import Config, Paths
from mididrumigen.errors import NotFound
from mididrumigen.keys import Keys, KeyState, Place, key_kind
from mididrumigen.models import SourceCard
from mididrumigen.store import Store, consents


@dataclass(frozen=True, slots=True)
class Consent:
    """A site that is asked only after a yes."""

    site: str
    title: str
    to: str
    """What the user says yes to."""
    since: str
    """Since when; empty: not said."""


class SettingUp:
    """The verbs of setting up."""

    def __init__(self, settings: Settings, paths: Paths, store: Store) -> None:
        self._settings, self._store = settings, store
        self.keys = Keys(paths.keys, os.environ)
        self._changing = asyncio.Lock()

    async def change(self, changes: Mapping[str, Any]) -> Config:
        """Change settings, from now on and in the file; raises ConfigError."""
        async with self._changing:
            return await asyncio.to_thread(self._settings.change, changes)

    async def consents(self) -> list[Consent]:
        """Every site that asks for a yes, in the order of the sources."""
        said = await self._store.read(consents.consents)
        return [
            Consent(card.name, card.title, card.consent, said.get(card.name, ""))
            for card in _sites().values()
        ]

    async def allowed(self) -> frozenset[str]:
        """Names of the sites that the user said yes to."""
        return frozenset(await self._store.read(consents.consents)) & frozenset(_sites())

    async def consent(self, site: str, is_yes: bool) -> None:
        """Note a yes, or take it back; raises NotFound for what asks for none."""
        name = site.strip().lower()
        if name not in _sites():
            asking = ", ".join(_sites()) or "none in this version"
            raise NotFound(f"no site called {site[:40]} asks for consent", f"known are {asking}")
        if is_yes:
            await self._store.write(consents.allow, name, now())
        else:
            await self._store.write(consents.revoke, name)

    async def key_states(self) -> list[KeyState]:
        """How every key stands."""
        return await asyncio.to_thread(self.keys.states)

    async def set_key(self, name: str, key: str) -> Place:
        """Keep a key; where it is now."""
        return await asyncio.to_thread(self.keys.set, name, key)

    async def remove_key(self, name: str) -> bool:
        """Forget a key; False where none was kept."""
        return await asyncio.to_thread(self.keys.remove, key_kind(name).name)


def _sites() -> dict[str, SourceCard]:
    from mididrumigen.sources.registry import SOURCES  # all sources: only who decides needs them

    return {source.name: source.card for source in SOURCES if source.card.consent}

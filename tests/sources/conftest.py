"""What the tests of the sources share: sites on loopback, and tools that lead there alone."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from mididrumigen.models import Progress
from mididrumigen.sources.tools import Tools
from mididrumigen.workers import Workers
from tests.internet import Internet, PlainFetch, loopback


class NoLibraries:
    """Libraries that nobody looks into here."""

    async def refresh(self, folders: Sequence[Path], progress: Progress) -> None:
        raise AssertionError(folders)

    async def files_of(self, names: Iterable[str]) -> list[Path]:
        raise AssertionError(names)


ToolsWith = Callable[..., Tools]


@pytest.fixture
async def internet() -> AsyncIterator[Internet]:
    """An internet of this test's own."""
    async with loopback() as sites:
        yield sites


@pytest.fixture
def fetch() -> PlainFetch:
    """The way out that `tools_with` gives."""
    return PlainFetch()


@pytest.fixture
def tools_with(fetch: PlainFetch) -> ToolsWith:
    """Makes tools: `tools_with(keys={"lastfm": "abc"}, consent=("bitmidi",))`."""

    def tools(keys: Mapping[str, str] | None = None, consent: Iterable[str] = ()) -> Tools:
        return Tools(Workers(), NoLibraries(), fetch, keys or {}, frozenset(consent))

    return tools


@pytest.fixture
def tools(tools_with: ToolsWith) -> Tools:
    """Tools without keys and without consent."""
    return tools_with()

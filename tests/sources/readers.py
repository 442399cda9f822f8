"""What the tests of sources that read articles and fetch files share: bodies, artists, tools."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import (
    Artist,
    Drummer,
    Evidence,
    Fetched,
    Inputs,
    Progress,
    SourceCard,
    Track,
)
from mididrumigen.sources.tools import Tools
from mididrumigen.workers import Workers
from tests.internet import NOW, PlainFetch

BODIES = Path(__file__).parent / "bodies"
TOTO = Artist(
    "Toto",
    kind="group",
    drummers=(Drummer("Jeff Porcaro", 1977, 1992), Drummer("Simon Phillips", 1992, 2014)),
    tracks=(Track("Rosanna"), Track("Hold the Line")),
)
PORCARO = Artist("Jeff Porcaro", kind="person")


class NoLibraries:
    """Libraries that nobody looks into here."""

    async def refresh(self, *_: object) -> None:
        raise AssertionError

    async def files_of(self, names: Iterable[str]) -> list[Path]:
        raise AssertionError(names)


class Fetch(PlainFetch):
    """The plain way out, where a robots.txt forbids some addresses."""

    def __init__(self, forbidden: Iterable[str] = ()) -> None:
        super().__init__()
        self._forbidden = frozenset(forbidden)
        self.cards: list[SourceCard] = []
        """As which source each request was made."""
        self.kept: list[str] = []
        """How long each body was to be kept."""

    async def get(self, card: SourceCard, url: str, **how: Any) -> Fetched:
        """As `Fetching.get`."""
        self.cards.append(card)
        self.kept.append(how.get("keep", "metadata"))
        if url in self._forbidden:
            raise SourceUnavailable("its robots.txt asks programs to stay away")
        return await super().get(card, url, **how)

    async def refused(
        self, card: SourceCard, url: str, why: str, rest_s: float | None = None
    ) -> SourceUnavailable:
        """As `Fetching.refused`."""
        del url, rest_s
        return SourceUnavailable(f"{card.title} {why}")


def body(name: str, base: str = "", head: str = "") -> str:
    """A body of `bodies` as text, with the address of its site put in."""
    text = (BODIES / name).read_text(encoding="utf-8")
    return text.replace("@BASE@", base).replace("@HEAD@", head)


@asynccontextmanager
async def tools_for(
    fetch: PlainFetch, keys: Mapping[str, str] | None = None, consent: Iterable[str] = ()
) -> AsyncIterator[Tools]:
    """Tools with a worker of their own, which ends with them."""
    async with Workers(1) as workers:
        yield Tools(workers, NoLibraries(), fetch, keys or {}, frozenset(consent))


async def ask(
    source: Any,
    base_url: str = "",
    artist: Artist = TOTO,
    *,
    fetch: PlainFetch | None = None,
    keys: Mapping[str, str] | None = None,
    consent: Iterable[str] = (),
    urls: tuple[str, ...] = (),
    is_quick: bool = False,
    known: Iterable[Evidence] = (),
    progress: Progress | None = None,
) -> tuple[list[Evidence], Progress]:
    """(what a class of source gives, what it told); `known`: of an interrupted run."""
    progress = progress or Progress()
    before = {evidence.url: evidence for evidence in known}
    inputs = Inputs(retrieved_at=NOW, urls=urls, is_quick=is_quick, known=before, since=NOW)
    async with tools_for(fetch or Fetch(), keys, consent) as tools:
        asked = source(SourceSettings(base_url=base_url), tools)
        found = [evidence async for evidence in asked.collect(artist, inputs, progress)]
    for evidence in found:
        assert evidence.source == source.name
        assert evidence.kind == source.kind
        assert evidence.retrieved_at == NOW
        assert evidence.licence
        assert evidence.url.startswith("http")
        assert 0 < evidence.confidence < 1
        assert len(evidence.quote.split()) <= 25
    return found, progress


def claims(found: Iterable[Evidence]) -> dict[str, Any]:
    """Value by trait of everything that was claimed."""
    return {claim["trait"]: claim["value"] for e in found for claim in e.value["claims"]}

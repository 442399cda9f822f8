"""What sources are given to work with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Fetched, Fetching, Progress, SourceCard
from mididrumigen.workers import Workers


class Libraries(Protocol):
    """Folders of MIDI files that are known by artist without being read."""

    async def refresh(self, folders: Sequence[Path], progress: Progress) -> object:
        """Look through folders for what has changed."""

    async def files_of(self, names: Iterable[str]) -> list[Path]:
        """Files of an artist by any of its names, in a fixed order."""


class NoNetwork:
    """A way out that is shut, and says so."""

    async def get(self, card: SourceCard, url: str, **_: object) -> Fetched:
        """Refuse."""
        del url
        raise SourceUnavailable(f"{card.title} was not asked: there is no network here")

    async def refused(
        self, card: SourceCard, url: str, why: str, rest_s: float | None = None
    ) -> SourceUnavailable:
        """The same words as those of a way out that is open."""
        del url, rest_s
        return SourceUnavailable(f"{card.title} {why}")


@dataclass(frozen=True, slots=True)
class Tools:
    """One set for all sources of a research."""

    workers: Workers
    libraries: Libraries
    fetch: Fetching = field(default_factory=NoNetwork)
    keys: Mapping[str, str] = field(default_factory=dict)
    """Key by name; those that the user has not set are absent."""
    consent: frozenset[str] = frozenset()
    """Names of the sources to which the user said yes."""

"""What sources are given to work with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mididrumigen.models import Progress
from mididrumigen.workers import Workers


class Libraries(Protocol):
    """Folders of MIDI files that are known by artist without being read."""

    async def refresh(self, folders: Sequence[Path], progress: Progress) -> object:
        """Look through folders for what has changed."""

    async def files_of(self, names: Iterable[str]) -> list[Path]:
        """Files of an artist by any of its names, in a fixed order."""


@dataclass(frozen=True, slots=True)
class Tools:
    """One set for all sources of a research."""

    workers: Workers
    libraries: Libraries

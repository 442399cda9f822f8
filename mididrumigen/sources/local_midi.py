"""MIDI files on this machine: what the user hands over, and libraries that are configured.

Conventions: a library matches an artist by the name of a folder (`Artist/Title.mid`, anywhere
below) or of a file (`Artist - Title.mid`), compared without case, accents and punctuation. Every
file that cannot be used is named with its reason and the rest goes on. Takes with the same strokes
count once. Files are read and measured, never kept or changed.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from mididrumigen.config import SourceSettings
from mididrumigen.errors import MidiError
from mididrumigen.groove import measure
from mididrumigen.groove.measure import Measurement
from mididrumigen.midi import read_file
from mididrumigen.models import Artist, Evidence, Inputs, Progress, Take, evidence_id
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.models.names import normalise_name

SUFFIXES = (".mid", ".midi", ".kar")
MAX_FILES = 5000
"""Files that one research reads."""

CONFIDENCE = 0.6
"""A file says what its writer heard: better than opinion, less than a recording."""


class LocalMidi:
    """MIDI files of the user."""

    name = "local_midi"
    kind: EvidenceKind = "midi"

    def __init__(self, settings: SourceSettings) -> None:
        self._folders = [Path(folder) for folder in settings.folders]

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncIterator[Evidence]:
        """One piece of evidence a usable file."""
        progress.tell("looking for MIDI files")
        files = await asyncio.to_thread(self._files, artist, inputs, progress)
        for path in files[MAX_FILES:]:
            progress.refuse(str(path), f"only the first {MAX_FILES} files are read")
        seen: dict[int, Path] = {}
        for index, path in enumerate(files[:MAX_FILES]):
            progress.tell(path.name, index, len(files))
            try:
                take, measured = await asyncio.to_thread(_learn, path)
            except MidiError as error:
                progress.refuse(str(path), str(error))
                continue
            twin = seen.setdefault(hash(take.hits), path)
            if twin is not path:
                progress.refuse(str(path), f"the same drums as {twin.name}")
            elif not measured.vocabulary:
                progress.refuse(str(path), "no bar of drums to learn from")
            else:
                yield to_evidence(path, measured, inputs.retrieved_at)
        progress.tell("MIDI files read", len(files), len(files))

    def _files(self, artist: Artist, inputs: Inputs, progress: Progress) -> list[Path]:
        """Every file to read, once, in a fixed order."""
        found = [file for path in inputs.midi_paths for file in midi_files(path)]
        for folder in self._folders:
            if not folder.is_dir():
                progress.refuse(str(folder), "the folder of the library is not there")
            found += [
                file for file in midi_files(folder) if matches(file.relative_to(folder), artist)
            ]
        real: dict[Path, None] = {}
        for file in found:
            try:
                real[file.resolve()] = None
            except (OSError, RuntimeError) as error:  # a link to itself: RuntimeError before 3.13
                progress.refuse(str(file), f"its link leads nowhere: {error}")
        return sorted(real)


def midi_files(path: Path) -> Iterator[Path]:
    """The file itself, or every MIDI file below a folder; hidden ones and links to folders are left
    out.
    """
    if path.is_file():
        yield path
        return
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield Path(folder, name)


def matches(file: Path, artist: Artist) -> bool:
    """Whether a file of a library, by its path below it, is named after the artist."""
    wanted = {normalise_name(name) for name in (artist.name, *artist.aliases)}
    parts = file.stem.split(" - ")
    leads = [" - ".join(parts[:count]) for count in range(1, len(parts))]
    names = [*file.parent.parts, *leads]
    return any(normalise_name(name) in wanted for name in names)


def to_evidence(path: Path, measured: Measurement, retrieved_at: str) -> Evidence:
    """Evidence of one measured file."""
    url = path.as_uri()
    return Evidence(
        id=evidence_id(LocalMidi.name, url),
        source=LocalMidi.name,
        kind=LocalMidi.kind,
        url=url,
        value=measured.to_json(),
        confidence=CONFIDENCE,
        retrieved_at=retrieved_at,
        licence="user's own file",
    )


def _learn(path: Path) -> tuple[Take, Measurement]:
    take = read_file(path)
    return take, measure(take)

"""MIDI files on this machine: what the user hands over, and libraries that are configured.

Conventions: what a library has of an artist it knows from the names of folders and files
(`models.file_names`), without reading them. Every file that cannot be used is named with its reason
and the rest goes on (`midi_reading`). Files are never kept or changed.
"""

import os
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mididrumigen.config import SourceSettings
from mididrumigen.groove.measure import Measurement
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard, evidence_id
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.midi_reading import MidiFile, Seen, read_each
from mididrumigen.sources.tools import Tools

SUFFIXES = (".mid", ".midi", ".kar")
MAX_FILES = 5000
"""Files that one research reads."""

FIND_LIMIT_S = 120.0
"""For listing all folders."""

CONFIDENCE = 0.6
"""A file says what its writer heard: better than opinion, less than a recording."""


class LocalMidi:
    """MIDI files of the user."""

    name = "local_midi"
    kind: EvidenceKind = "midi"
    card = SourceCard("local_midi", "midi", "Your MIDI files", licence="yours", is_local=True)

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._folders = [Path(folder).absolute() for folder in settings.folders]
        self._workers, self._libraries = tools.workers, tools.libraries

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """One piece of evidence a usable file."""
        progress.tell("looking for MIDI files")
        files = await self._files(artist, inputs, progress)
        seen = Seen(inputs, {file.url for file in files})
        new = []
        for file in files:
            known = inputs.found_already(file.url)
            if known is None:
                new.append(file)
            else:
                seen.add(file.title, known.value)
                yield known
        done = len(files) - len(new)
        async with aclosing(read_each(self._workers, new, seen, progress)) as answers:
            async for file, value in answers:
                progress.tell(file.title, done, len(files))
                done += 1
                if value is not None:
                    yield _evidence(file.url, value, inputs.retrieved_at)
        progress.tell("MIDI files read", len(files), len(files))

    async def _files(self, artist: Artist, inputs: Inputs, progress: Progress) -> list[MidiFile]:
        """Every file to read, once, in a fixed order; uploads last."""
        found: list[Path] = []
        try:
            if inputs.midi_paths:
                # In a worker: a network drive may take for ever to list a folder.
                found += await self._workers.run(FIND_LIMIT_S, find_files, inputs.midi_paths)
        except TimeoutError:
            progress.refuse("the folders", f"not all listed within {FIND_LIMIT_S:g} s")
        if self._folders:
            await self._libraries.refresh(self._folders, progress)
            files = await self._libraries.files_of((artist.name, *artist.aliases))
            found += [f for f in files if any(f.is_relative_to(each) for each in self._folders)]
        paths: list[Path] = []
        if found:
            paths, refused = await self._workers.run(FIND_LIMIT_S, each_once, found)
            progress.refused += refused
        return [MidiFile(path, path.as_uri(), str(path)) for path in paths] + [
            MidiFile(u.path, f"upload:{u.digest}/{quote(u.name)}", u.name) for u in inputs.uploads
        ]


def find_files(handed_over: Sequence[Path]) -> list[Path]:
    """Every MIDI file that is handed over, in folders too; runs in a worker."""
    return [file for path in handed_over for file in midi_files(path)]


def each_once(found: Sequence[Path]) -> tuple[list[Path], list[tuple[str, str]]]:
    """(files in a fixed order, each once; what was refused and why); runs in a worker."""
    refused = []
    real: dict[Path, None] = {}
    for file in found:
        try:
            real[file.resolve()] = None
        except (OSError, RuntimeError) as error:  # a link to itself: RuntimeError before 3.13
            refused.append((str(file), f"its link leads nowhere: {error}"))
    paths = sorted(real)
    limit = f"only the first {MAX_FILES} files are read"
    refused += [(str(path), limit) for path in paths[MAX_FILES:]]
    return paths[:MAX_FILES], refused


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


def to_evidence(path: Path, measured: Measurement, retrieved_at: str) -> Evidence:
    """Evidence of one measured file."""
    return _evidence(path.as_uri(), measured.to_json(), retrieved_at)


def _evidence(url: str, value: Mapping[str, Any], retrieved_at: str) -> Evidence:
    return Evidence(
        id=evidence_id(LocalMidi.name, url),
        source=LocalMidi.name,
        kind=LocalMidi.kind,
        url=url,
        value=value,
        confidence=CONFIDENCE,
        retrieved_at=retrieved_at,
        licence="user's own file",
    )

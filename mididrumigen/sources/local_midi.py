"""MIDI files on this machine: what the user hands over, and libraries that are configured.

Conventions: a library matches an artist by the name of a folder (`Artist/Title.mid`, anywhere
below) or of a file (`Artist - Title.mid`), compared without case, accents and punctuation. Every
file that cannot be used is named with its reason and the rest goes on. Takes with the same strokes
count once. Files are read and measured in worker processes, never kept or changed.
"""

import asyncio
import hashlib
import logging
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from mididrumigen.config import SourceSettings
from mididrumigen.errors import MidiDrumiGenError
from mididrumigen.groove import measure
from mididrumigen.groove.measure import Measurement
from mididrumigen.midi import read_file
from mididrumigen.models import Artist, Evidence, Inputs, Progress, evidence_id
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.models.names import normalise_name
from mididrumigen.workers import Workers

_log = logging.getLogger(__name__)

SUFFIXES = (".mid", ".midi", ".kar")
MAX_FILES = 5000
"""Files that one research reads."""

READ_LIMIT_S = 15.0
"""For one file."""

CONFIDENCE = 0.6
"""A file says what its writer heard: better than opinion, less than a recording."""


class LocalMidi:
    """MIDI files of the user."""

    name = "local_midi"
    kind: EvidenceKind = "midi"

    def __init__(self, settings: SourceSettings, workers: Workers) -> None:
        self._folders = [Path(folder) for folder in settings.folders]
        self._workers = workers

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncIterator[Evidence]:
        """One piece of evidence a usable file."""
        progress.tell("looking for MIDI files")
        files = await asyncio.to_thread(self._files, artist, inputs, progress)
        for path in files[MAX_FILES:]:
            progress.refuse(str(path), f"only the first {MAX_FILES} files are read")
        places = {path: path.as_uri() for path in files[:MAX_FILES]}
        names = {path: str(path) for path in places}
        for upload in inputs.uploads:
            places[upload.path] = f"upload:{upload.digest}/{quote(upload.name)}"
            names[upload.path] = upload.name
        new = [path for path, url in places.items() if url not in inputs.known]
        first: dict[str, str] = {}
        for url in places.values():
            if url not in inputs.known:
                continue
            evidence = inputs.known[url]
            first.setdefault(evidence.value.get("strokes", url), Path(unquote(evidence.url)).name)
            yield evidence
        done = len(places) - len(new)
        async with aclosing(self._workers.each(READ_LIMIT_S, learn, new)) as answers:
            async for path, answer in answers:
                name = Path(names[path]).name
                progress.tell(name, done, len(places))
                done += 1
                if isinstance(answer, Exception):
                    progress.refuse(names[path], _reason(answer))
                    continue
                twin = first.get(answer["strokes"])
                if twin is not None:
                    progress.refuse(names[path], f"the same drums as {twin}")
                    continue
                first[answer["strokes"]] = name
                if not answer["bars"]:
                    progress.refuse(names[path], "no bar of drums to learn from")
                else:
                    yield _evidence(places[path], answer, inputs.retrieved_at)
        progress.tell("MIDI files read", len(places), len(places))

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


def learn(path: Path) -> dict[str, Any]:
    """What one file says, with a digest of its strokes; runs in a worker."""
    take = read_file(path)
    strokes = hashlib.sha256(repr(take.hits).encode()).hexdigest()[:16]
    return {**measure(take).to_json(), "strokes": strokes}


def _reason(error: Exception) -> str:
    """Why a file could not be used, for the user."""
    if isinstance(error, MidiDrumiGenError):
        return str(error)
    if isinstance(error, TimeoutError):
        return f"not read within {READ_LIMIT_S:g} s"
    _log.warning("a MIDI file broke the reader", exc_info=error)
    return f"it broke the reader ({type(error).__name__}); please report it with the file"

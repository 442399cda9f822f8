"""MIDI files on this machine: what the user hands over, and libraries that are configured.

Conventions: a library matches an artist by the name of a folder (`Artist/Title.mid`, anywhere
below) or of a file (`Artist - Title.mid`), compared without case, accents and punctuation. Every
file that cannot be used is named with its reason and the rest goes on. Takes with the same strokes
count once. Files are read and measured in worker processes, never kept or changed.
"""

import hashlib
import logging
import os
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
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

READ_LIMIT_S, FIND_LIMIT_S = 15.0, 120.0
"""For one file, and for listing all folders."""

CONFIDENCE = 0.6
"""A file says what its writer heard: better than opinion, less than a recording."""


@dataclass(frozen=True, slots=True)
class MidiFile:
    """A file to read."""

    path: Path
    url: str
    """What its evidence names as its origin."""
    name: str
    """What the user calls it: a path, or the name of what was handed over."""

    @property
    def title(self) -> str:
        """Its last part."""
        return Path(self.name).name


class LocalMidi:
    """MIDI files of the user."""

    name = "local_midi"
    kind: EvidenceKind = "midi"

    def __init__(self, settings: SourceSettings, workers: Workers) -> None:
        self._folders = [Path(folder) for folder in settings.folders]
        self._workers = workers

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """One piece of evidence a usable file."""
        progress.tell("looking for MIDI files")
        files = await self._files(artist, inputs, progress)
        seen = _strokes_elsewhere(inputs, files)
        new = []
        for file in files:
            known = inputs.found_already(file.url)
            if known is None:
                new.append(file)
            else:
                seen.setdefault(known.value["strokes"], file.title)
                yield known
        done = len(files) - len(new)
        async with aclosing(self._workers.each(READ_LIMIT_S, learn, new)) as answers:
            async for file, answer in answers:
                progress.tell(file.title, done, len(files))
                done += 1
                refusal = _refusal(answer, seen)
                if refusal or isinstance(answer, Exception):
                    progress.refuse(file.name, refusal)
                    continue
                seen[answer["strokes"]] = file.title
                yield _evidence(file.url, answer, inputs.retrieved_at)
        progress.tell("MIDI files read", len(files), len(files))

    async def _files(self, artist: Artist, inputs: Inputs, progress: Progress) -> list[MidiFile]:
        """Every file to read, once, in a fixed order; uploads last."""
        paths: list[Path] = []
        if inputs.midi_paths or self._folders:
            # In a worker: a network drive may take for ever to list a folder.
            names = (artist.name, *artist.aliases)
            where = (inputs.midi_paths, tuple(self._folders), names)
            try:
                paths, refused = await self._workers.run(FIND_LIMIT_S, find_files, *where)
                progress.refused += refused
            except TimeoutError:
                progress.refuse("the folders", f"not all listed within {FIND_LIMIT_S:g} s")
        return [MidiFile(path, path.as_uri(), str(path)) for path in paths] + [
            MidiFile(u.path, f"upload:{u.digest}/{quote(u.name)}", u.name) for u in inputs.uploads
        ]


def find_files(
    handed_over: Sequence[Path], libraries: Sequence[Path], names: Sequence[str]
) -> tuple[list[Path], list[tuple[str, str]]]:
    """(files to read, what was refused and why): what is handed over and what a library has of an
    artist with these names, each once, in a fixed order; runs in a worker.
    """
    refused = []
    found = [file for path in handed_over for file in midi_files(path)]
    for folder in libraries:
        if not folder.is_dir():
            refused.append((str(folder), "the folder of the library is not there"))
        found += [f for f in midi_files(folder) if matches(f.relative_to(folder), names)]
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


def matches(file: Path, artist_names: Sequence[str]) -> bool:
    """Whether a file of a library, by its path below it, is named after the artist."""
    wanted = {normalise_name(name) for name in artist_names}
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


def learn(file: MidiFile) -> dict[str, Any]:
    """What one file says, with a digest of its strokes; runs in a worker."""
    take = read_file(file.path)
    strokes = hashlib.sha256(repr(take.hits).encode()).hexdigest()[:16]
    return {**measure(take).to_json(), "strokes": strokes}


def _strokes_elsewhere(inputs: Inputs, files: Sequence[MidiFile]) -> dict[str, str]:
    """Digest of strokes -> title, of what is known from other files than these."""
    here = {file.url for file in files}
    return {
        e.value["strokes"]: unquote(e.url.rpartition("/")[2])
        for e in inputs.known.values()
        if e.url not in here and "strokes" in e.value
    }


def _refusal(answer: Mapping[str, Any] | Exception, seen: Mapping[str, str]) -> str:
    """Why a file cannot be used, for the user; empty where it can."""
    match answer:
        case MidiDrumiGenError():
            return str(answer)
        case TimeoutError():
            return f"not read within {READ_LIMIT_S:g} s"
        case Exception():
            _log.warning("a MIDI file broke the reader", exc_info=answer)
            return f"it broke the reader ({type(answer).__name__}); please report it with the file"
    if twin := seen.get(answer["strokes"]):
        return f"the same drums as {twin}"
    return "" if answer["bars"] else "no bar of drums to learn from"

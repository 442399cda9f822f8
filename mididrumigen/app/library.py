"""Libraries: folders with thousands of MIDI files, known by artist and title without reading them.

Conventions: a worker lists some folders at a time, the differences from what is known are written
2,000 files at most in a transaction: a kill, a cancel or a full disk loses the last batch, and the
next refresh goes on from there. Hidden files, links to folders and names that are no text are left
out. Nothing is removed but what is seen to be gone: a drive that is unplugged or a folder that
cannot be listed keeps its files here until it is back.
"""

import asyncio
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from mididrumigen.app.clock import now
from mididrumigen.app.walk import (
    BATCH_FILES,
    BATCH_FOLDERS,
    Listing,
    gone_files,
    gone_folders,
    is_text,
    is_there_and_not_empty,
    list_folders,
    read_names,
    shown,
)
from mididrumigen.errors import WorkerError
from mididrumigen.models import Progress
from mididrumigen.models.file_names import BACKS, ENOUGH, artist_key, holds
from mididrumigen.store import Store, library
from mididrumigen.store.library import ArtistFiles, FoundFile, LibraryLine, Stamps
from mididrumigen.workers import Workers

_Item = TypeVar("_Item")

MAX_FILES = 500_000
"""Of one library."""
MAX_REFUSED = 100
"""Things of one library that are told one by one."""
CALL_LIMIT_S = 60.0
"""For one call of a worker: a network drive may never answer."""
_ALIKE = 70
"""Names at least this alike (0-100, by edits) are found by `search`."""


@dataclass(slots=True)
class LibraryReport:
    """What a refresh did with one library."""

    path: str
    seen: int = 0
    """Files."""
    read: int = 0
    """New ones, and such as were read by older rules."""
    changed: int = 0
    removed: int = 0
    complete: bool = False
    """Whether it was walked to its end."""


@dataclass(frozen=True, slots=True)
class FoundArtist:
    """An artist that the libraries have files of."""

    name: str
    files: int


@dataclass(frozen=True, slots=True)
class _Artists:
    """What the libraries had when their stamps were these."""

    stamps: Stamps
    by_key: dict[str, ArtistFiles]
    keys: list[str]
    """Of those with files that count."""


class Index:
    """The libraries of a home."""

    def __init__(self, store: Store, workers: Workers) -> None:
        self._store, self._workers = store, workers
        self._artists = _Artists((), {}, [])
        self._refreshing = asyncio.Lock()

    async def refresh(self, folders: Sequence[Path], progress: Progress) -> list[LibraryReport]:
        """Look through libraries and keep what has changed, one report each; what could not be
        looked at goes to `progress.refused`. One refresh at a time; raises StoreError.
        """
        reports = []
        async with self._refreshing:
            for path in dict.fromkeys(map(_place, folders)):
                report = LibraryReport(path)
                reports.append(report)
                try:
                    await self._refresh(report, _Told(progress, path))
                except TimeoutError:
                    progress.refuse(shown(path), f"no answer from it within {CALL_LIMIT_S:g} s")
                except WorkerError as error:
                    progress.refuse(shown(path), str(error))
        return reports

    async def _refresh(self, report: LibraryReport, told: "_Told") -> None:
        path = report.path
        if not is_text(path):
            told.refuse(path, "its name is no text")
            return
        is_there = await self._workers.run(CALL_LIMIT_S, is_there_and_not_empty, path)
        library_id = await self._store.read(library.find_library, path)
        known = 0
        if library_id is not None:
            known = await self._store.read(library.count_files, library_id)
        if is_there is None:
            kept = f"; the {known} files that it had are kept" if known else ""
            told.refuse(path, f"the folder of the library is not there{kept}")
            return
        if not is_there and known:
            # So looks the place of a drive that is not plugged in.
            told.refuse(path, f"the library is empty; the {known} files that it had are kept")
            return
        if library_id is None:
            library_id = await self._store.write(library.add_library, path)
        visited: set[str] = set()
        left, is_cut = [""], False
        while left and not is_cut:
            some = left[-BATCH_FOLDERS:]
            room = MAX_FILES - report.seen
            listing = await self._workers.run(CALL_LIMIT_S, list_folders, path, some, room)
            left[-BATCH_FOLDERS:] = listing.left
            visited.update(listing.seen)
            report.seen += listing.files
            for item, reason in listing.refused:
                told.refuse(item, reason)
            if not await self._keep(library_id, report, listing):
                return
            told.tell(report.seen, max(known, report.seen))
            is_cut = listing.is_cut
        if is_cut:
            told.refuse(path, f"only the first {MAX_FILES} files are taken")
        report.complete = not left and not is_cut
        unseen = set(await self._store.read(library.known_folders, library_id)) - visited
        for folders in _slices(sorted(unseen), BATCH_FOLDERS):
            gone = await self._workers.run(CALL_LIMIT_S, gone_folders, path, folders)
            files = await self._store.read(library.files_in, library_id, gone)
            await self._remove(library_id, report, files)
        if report.complete:
            await self._store.write(library.walked, library_id, now())

    async def _keep(self, library_id: int, report: LibraryReport, listing: Listing) -> bool:
        """Write what is new in some folders; False where the library is forgotten by now."""
        found = await self._store.read(library.differences, library_id, listing.seen)
        for files in _slices(found.new, BATCH_FILES):
            read = await self._workers.run(CALL_LIMIT_S, read_names, files)
            if not await self._store.write(library.write_files, library_id, read=read):
                return False
            report.read += len(read)
        for files in _slices(found.changed, BATCH_FILES):
            if not await self._store.write(library.write_files, library_id, changed=files):
                return False
            report.changed += len(files)
        for names in _slices(found.missing, BATCH_FILES):
            gone = await self._workers.run(CALL_LIMIT_S, gone_files, report.path, names)
            await self._remove(library_id, report, gone)
        return True

    async def _remove(
        self, library_id: int, report: LibraryReport, files: Sequence[tuple[str, str]]
    ) -> None:
        for gone in _slices(files, BATCH_FILES):
            await self._store.write(library.write_files, library_id, gone=gone)
            report.removed += len(gone)

    async def files_of(self, names: Iterable[str]) -> list[Path]:
        """Files of an artist, by any of its names, that are there now: each once, by path."""
        keys = sorted({artist_key(name) for name in names} - {""})
        found = await self._store.read(library.files_of, keys)
        if not found:
            return []
        artists = (await self._known_artists()).by_key
        return await asyncio.to_thread(_there, [file for file in found if _counts(file, artists)])

    async def search(self, text: str, limit: int = 5) -> list[FoundArtist]:
        """Artists that are spelt nearly like `text`, the most alike first."""
        key = artist_key(text)
        artists = await self._known_artists()
        if not key or not artists.keys:
            return []
        keys = await asyncio.to_thread(_alike, key, artists.keys, limit)
        found = (artists.by_key[key] for key in keys)
        return [FoundArtist(artist.name, artist.files) for artist in found]

    async def state(self) -> list[LibraryLine]:
        """Every library that is known, by path, with the number of its files."""
        return await self._store.read(library.libraries)

    async def forget(self, folder: Path) -> int:
        """Remove what is known of a library; number of files that went."""
        path, gone = _place(folder), 0
        if not is_text(path):
            return 0
        while some := await self._store.write(library.forget_files, path, BATCH_FILES):
            gone += some
        return gone

    async def _known_artists(self) -> _Artists:
        """Every artist of the libraries as they are now."""
        stamps = await self._store.read(library.stamps)
        if stamps != self._artists.stamps:
            # The stamps come first: what changes meanwhile is read again the next time.
            rows = await self._store.read(library.artist_names, ENOUGH, BACKS)
            keys = [row.key for row in rows if row.files]
            self._artists = _Artists(stamps, {row.key: row for row in rows}, keys)
        return self._artists


class _Told:
    """What is told about one library, up to a limit."""

    def __init__(self, progress: Progress, path: str) -> None:
        self._progress, self._path, self._count = progress, path, 0

    def tell(self, done: int, total: int) -> None:
        self._progress.tell(f"looking through {shown(self._path)}", done, total)

    def refuse(self, item: str, reason: str) -> None:
        self._count += 1
        if self._count <= MAX_REFUSED:
            self._progress.refuse(shown(item), reason)
        elif self._count == MAX_REFUSED + 1:
            self._progress.refuse(shown(self._path), "more is left out that is not named here")


def _place(folder: Path) -> str:
    """What a library is known by."""
    return os.path.abspath(folder)


def _counts(file: FoundFile, artists: dict[str, ArtistFiles]) -> bool:
    own, rival = (_backing(artists, key) for key in (file.artist_key, file.rival_key))
    return holds(file.weight, bool(file.rival_key), own, rival)


def _backing(artists: dict[str, ArtistFiles], key: str) -> int:
    found = artists.get(key)
    return found.backing if found else 0


def _there(files: Collection[FoundFile]) -> list[Path]:
    """Paths of files that are there."""
    paths = {os.path.join(file.library, file.folder, file.name) for file in files}
    return [Path(path) for path in sorted(paths) if os.path.isfile(path)]


def _alike(key: str, keys: Sequence[str], limit: int) -> list[str]:
    from rapidfuzz import fuzz, process  # 25 ms: only where names are compared

    found = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=limit)
    return [name for name, _, _ in found]


def _slices(values: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (values[start : start + size] for start in range(0, len(values), size))

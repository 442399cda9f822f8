"""What a worker does for the libraries: lists folders, reads names, sees what is gone.

Conventions: a folder is named by its path below the library with `/` between its parts, `""` for
the library itself. No file is opened. What cannot be looked at is refused with its reason.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from mididrumigen.models.file_names import (
    RULES,
    artist_key,
    folder_artists,
    name_guesses,
    title_of,
    titles_first,
)
from mididrumigen.sources.local_midi import SUFFIXES
from mididrumigen.store.library import FileState, GuessRow, ReadFile

BATCH_FILES = 2000
"""In one transaction, and about so many in one call of a worker."""
BATCH_FOLDERS = 500
MAX_PATH_LENGTH = 1000
"""Characters of a path below a library."""
_INT64 = 2**63 - 1


@dataclass(slots=True)
class Listing:
    """What a worker saw in some folders."""

    seen: dict[str, list[FileState]] = field(default_factory=dict)
    """By folder below the library."""
    left: list[str] = field(default_factory=list)
    """Folders that are to be listed yet."""
    refused: list[tuple[str, str]] = field(default_factory=list)
    files: int = 0
    is_cut: bool = False
    """Whether there were more than there was room for."""


def is_there_and_not_empty(library_path: str) -> bool | None:
    """None where the folder is not there; runs in a worker."""
    try:
        with os.scandir(library_path) as entries:
            return next(entries, None) is not None
    except OSError:
        return None


def list_folders(library_path: str, folders: Sequence[str], room: int) -> Listing:
    """What is in some folders and those below, the last ones first, until there are enough for one
    answer; `room` files at most. Runs in a worker.
    """
    listing = Listing(left=list(folders))
    tries = 0
    while listing.left and listing.files < BATCH_FILES and not listing.is_cut:
        if tries == BATCH_FOLDERS:
            break
        tries += 1
        folder = listing.left.pop()
        try:
            with os.scandir(os.path.join(library_path, folder)) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue  # it went after it was seen
        except OSError as error:
            path = os.path.join(library_path, folder)
            listing.refused.append((path, f"it cannot be listed: {error.strerror}"))
            continue
        files, below = _entries(folder, entries, listing.refused)
        if len(files) > room - listing.files:
            listing.is_cut = True
            del files[room - listing.files :]
        listing.seen[folder] = files
        listing.files += len(files)
        listing.left += reversed(below)
    return listing


def _entries(
    folder: str, entries: Iterable["os.DirEntry[str]"], refused: list[tuple[str, str]]
) -> tuple[list[FileState], list[str]]:
    """(MIDI files, folders) of one folder."""
    files: list[tuple[str, os.stat_result]] = []
    below = []
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        try:
            is_folder = entry.is_dir(follow_symlinks=False) and not _is_junction(entry)
            if not is_folder and not (name.lower().endswith(SUFFIXES) and entry.is_file()):
                continue
            path = f"{folder}/{name}" if folder else name
            if not is_text(name):
                refused.append((entry.path, "its name is no text"))
            elif len(path) > MAX_PATH_LENGTH:
                refused.append((entry.path, f"its path is over {MAX_PATH_LENGTH} characters"))
            elif is_folder:
                below.append(path)
            else:
                files.append((name, entry.stat()))
        except OSError as error:
            refused.append((entry.path, f"it cannot be looked at: {error.strerror}"))
    reading = RULES * 2 + titles_first(name for name, _ in files)
    return [
        # Some file systems give times that no database takes.
        FileState(folder, name, was.st_size, max(-_INT64, min(was.st_mtime_ns, _INT64)), reading)
        for name, was in files
    ], below


def _is_junction(entry: "os.DirEntry[str]") -> bool:
    """Whether a folder is a link of the kind that only Windows has."""
    return sys.version_info >= (3, 12) and entry.is_junction()


def read_names(files: Sequence[FileState]) -> list[ReadFile]:
    """What the names of files say; runs in a worker."""
    artists: dict[str, tuple[tuple[str, float], ...]] = {}
    read = []
    for file in files:
        if file.folder not in artists:
            artists[file.folder] = folder_artists(PurePosixPath(file.folder))
        guesses = name_guesses(file.name, artists[file.folder], bool(file.reading % 2))
        rows = tuple(
            GuessRow(
                artist_key(guess.artist),
                guess.artist,
                guess.title,
                guess.weight,
                artist_key(guess.rival) if guess.rival else "",
            )
            for guess in guesses
        )
        read.append(ReadFile(file, guesses[0].title if guesses else title_of(file.name), rows))
    return read


def gone_files(library_path: str, files: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of some files, by (folder, name), that are not there any more; runs in a worker."""
    gone = [
        (folder, name)
        for folder, name in files
        if _is_gone(os.path.join(library_path, folder, name), stat.S_ISREG)
    ]
    # Asked afterwards: with a drive that was unplugged just now, all seems gone.
    return gone if is_there_and_not_empty(library_path) else []


def gone_folders(library_path: str, folders: Sequence[str]) -> list[str]:
    """Those of some folders that are not there any more, or only behind a link; runs in a
    worker.
    """
    gone = []
    for folder in folders:
        parts = folder.split("/") if folder else []
        steps = ["/".join(parts[: count + 1]) for count in range(len(parts))]
        paths = [os.path.join(library_path, step) for step in steps]
        if any(map(os.path.islink, paths)) or any(_is_gone(p, stat.S_ISDIR) for p in paths[-1:]):
            gone.append(folder)
    return gone if is_there_and_not_empty(library_path) else []


def _is_gone(path: str, is_kind: Callable[[int], bool]) -> bool:
    """Whether a path is known to lead to nothing of its kind."""
    try:
        return not is_kind(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False  # it cannot be told


def is_text(name: str) -> bool:
    """False for bytes that are no text, which neither SQLite nor JSON takes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def shown(name: str) -> str:
    """A name that can be printed, whatever it is made of."""
    return name.encode("utf-8", "backslashreplace").decode()

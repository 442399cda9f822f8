"""What is asked and written about the files of libraries, one function an intent; run by
`Store.read` and `Store.write`.

Conventions: a library is a folder, by its whole path. A file of it is (folder, name), the folder
below the library with `/` between its parts, `""` for the library itself. `reading` says by what
rules its name was read; a file is as it was when size, time and reading are. The stamp of a library
changes with every change of its files.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mididrumigen.store.queries import Connection

_NEW_STAMP = "lower(hex(randomblob(8)))"
_AT_ONCE = 500
"""Values in one question: SQLite may have been built for no more than 999."""

Stamps = tuple[tuple[int, str], ...]


class FileState(NamedTuple):
    """A file as it was seen; a tuple, since workers hand over many."""

    folder: str
    name: str
    size: int
    mtime_ns: int
    reading: int


@dataclass(frozen=True, slots=True)
class GuessRow:
    """Whose song a file may be."""

    artist_key: str
    artist: str
    title: str
    weight: float
    rival_key: str = ""
    """Of the other side of the name; empty where there is none."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file and what its name says."""

    state: FileState
    title: str
    guesses: tuple[GuessRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """What is in some folders now, beside what was known of them."""

    new: tuple[FileState, ...]
    """Whose names are to be read."""
    changed: tuple[FileState, ...]
    """With other contents under the same name."""
    missing: tuple[tuple[str, str], ...]
    """(folder, name) that were not seen."""

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.missing)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be a song of the artist that was asked for."""

    library: str
    folder: str
    name: str
    artist_key: str
    weight: float
    rival_key: str


@dataclass(frozen=True, slots=True)
class ArtistFiles:
    """What the libraries have of an artist."""

    key: str
    name: str
    """Its most frequent spelling."""
    files: int
    """That count by themselves."""
    backing: int
    """That speak for the artist, some of them only where there is doubt."""


@dataclass(frozen=True, slots=True)
class LibraryLine:
    """A line of the list of libraries."""

    path: str
    files: int
    walked_at: str
    """Empty before it was walked to its end."""


def add_library(db: Connection, path: str) -> int:
    """Id of the library at `path`, stored if it is new."""
    db.execute(
        f"INSERT INTO libraries (path, stamp) VALUES (?, {_NEW_STAMP}) ON CONFLICT DO NOTHING",
        [path],
    )
    found = find_library(db, path)
    assert found is not None
    return found


def find_library(db: Connection, path: str) -> int | None:
    """Id of the library at `path`; None if it is not known."""
    row = db.execute("SELECT id FROM libraries WHERE path = ?", [path]).fetchone()
    return None if row is None else int(row[0])


def libraries(db: Connection) -> list[LibraryLine]:
    """Every library, by path."""
    rows = db.execute(
        "SELECT path, (SELECT count(*) FROM library_files WHERE library_id = libraries.id),"
        " coalesce(walked_at, '') FROM libraries ORDER BY path"
    )
    return [LibraryLine(*row) for row in rows]


def count_files(db: Connection, library_id: int) -> int:
    """Number of files of a library."""
    count: int = db.execute(
        "SELECT count(*) FROM library_files WHERE library_id = ?", [library_id]
    ).fetchone()[0]
    return count


def stamps(db: Connection) -> Stamps:
    """What changes with every change of a library."""
    return tuple(db.execute("SELECT id, stamp FROM libraries ORDER BY id").fetchall())


def differences(
    db: Connection, library_id: int, seen: Mapping[str, Sequence[FileState]]
) -> Differences:
    """What has changed in folders of a library, given all that was seen in each."""
    new, changed, missing = [], [], []
    known = _known(db, library_id, list(seen))
    for folder, files in seen.items():
        before = known.get(folder, {})
        for file in files:
            row = before.pop(file.name, None)
            if row is None or row[2] != file.reading:
                new.append(file)
            elif row != (file.size, file.mtime_ns, file.reading):
                changed.append(file)
        missing += [(folder, name) for name in before]
    return Differences(tuple(new), tuple(changed), tuple(missing))


def _known(
    db: Connection, library_id: int, folders: Sequence[str]
) -> dict[str, dict[str, tuple[int, int, int]]]:
    """Folder -> name -> (size, mtime_ns, reading)."""
    known: dict[str, dict[str, tuple[int, int, int]]] = {}
    for some in _slices(folders):
        rows = db.execute(
            "SELECT folder, name, size, mtime_ns, reading FROM library_files"
            f" WHERE library_id = ? AND folder IN ({_marks(some)})",
            [library_id, *some],
        )
        for folder, name, *state in rows:
            known.setdefault(folder, {})[name] = tuple(state)
    return known


def known_folders(db: Connection, library_id: int) -> list[str]:
    """Every folder of a library with a file in it, in order."""
    rows = db.execute(
        "SELECT DISTINCT folder FROM library_files WHERE library_id = ? ORDER BY folder",
        [library_id],
    )
    return [folder for (folder,) in rows]


def files_in(db: Connection, library_id: int, folders: Sequence[str]) -> list[tuple[str, str]]:
    """(folder, name) of what is known in these folders."""
    known = _known(db, library_id, folders)
    return [(folder, name) for folder, files in known.items() for name in files]


def write_files(
    db: Connection,
    library_id: int,
    *,
    read: Iterable[ReadFile] = (),
    changed: Iterable[FileState] = (),
    gone: Iterable[tuple[str, str]] = (),
) -> bool:
    """Keep what has changed in a library; a file that is known is replaced. False, and nothing is
    written, where the library is forgotten by now.
    """
    stamped = db.execute(
        f"UPDATE libraries SET stamp = {_NEW_STAMP} WHERE id = ?", [library_id]
    ).rowcount
    if not stamped:
        return False
    for folder, name in gone:
        _remove(db, library_id, folder, name)
    for state in changed:
        db.execute(
            "UPDATE library_files SET size = ?, mtime_ns = ?"
            " WHERE library_id = ? AND folder = ? AND name = ?",
            [state.size, state.mtime_ns, library_id, state.folder, state.name],
        )
    for file in read:
        _put(db, library_id, file)
    return True


def _remove(db: Connection, library_id: int, folder: str, name: str) -> None:
    which = "library_id = ? AND folder = ? AND name = ?"
    db.execute(
        f"DELETE FROM library_guesses WHERE file_id = (SELECT id FROM library_files WHERE {which})",
        [library_id, folder, name],
    )
    db.execute(f"DELETE FROM library_files WHERE {which}", [library_id, folder, name])


def _put(db: Connection, library_id: int, file: ReadFile) -> None:
    state, told = file.state, (file.state.size, file.state.mtime_ns, file.state.reading, file.title)
    place = (library_id, state.folder, state.name)
    row = db.execute(
        "SELECT id FROM library_files WHERE library_id = ? AND folder = ? AND name = ?", place
    ).fetchone()
    if row is None:
        cursor = db.execute(
            "INSERT INTO library_files (library_id, folder, name, size, mtime_ns, reading, title)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*place, *told),
        )
        file_id = cursor.lastrowid
    else:
        [file_id] = row
        db.execute(
            "UPDATE library_files SET size = ?, mtime_ns = ?, reading = ?, title = ? WHERE id = ?",
            (*told, file_id),
        )
    db.execute("DELETE FROM library_guesses WHERE file_id = ?", [file_id])
    db.executemany(
        "INSERT INTO library_guesses (file_id, artist_key, artist, title, weight, rival_key)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (file_id, guess.artist_key, guess.artist, guess.title, guess.weight, guess.rival_key)
            for guess in file.guesses
        ],
    )


def walked(db: Connection, library_id: int, when: str) -> None:
    """Note that a library has been walked to its end."""
    db.execute("UPDATE libraries SET walked_at = ? WHERE id = ?", [when, library_id])


def files_of(db: Connection, artist_keys: Sequence[str]) -> list[FoundFile]:
    """Every file that may be of an artist with one of these keys, however unsure."""
    found: list[FoundFile] = []
    for some in _slices(artist_keys):
        rows = db.execute(
            "SELECT path, folder, name, artist_key, weight, rival_key FROM library_guesses"
            " JOIN library_files ON library_files.id = file_id"
            " JOIN libraries ON libraries.id = library_id"
            f" WHERE artist_key IN ({_marks(some)}) ORDER BY path, folder, name",
            some,
        )
        found += [FoundFile(*row) for row in rows]
    return found


def artist_names(db: Connection, enough: float, backs: float) -> list[ArtistFiles]:
    """Every artist with files of at least weight `backs`, by key; `enough` is the least weight of
    one that counts by itself.
    """
    rows = db.execute(
        # The bare column goes with the max(): SQLite takes it from the row of the maximum.
        "SELECT artist_key, artist, sum(strong), sum(files), max(files) FROM"
        " (SELECT artist_key, artist, sum(weight >= ?) AS strong, count(*) AS files"
        " FROM library_guesses WHERE weight >= ? GROUP BY artist_key, artist)"
        " GROUP BY artist_key ORDER BY artist_key",
        [enough, backs],
    )
    return [ArtistFiles(*row[:4]) for row in rows]


def forget_files(db: Connection, path: str, limit: int) -> int:
    """Remove up to `limit` files of a library, and the library after its last one; how many went,
    fewer than `limit` when all are gone.
    """
    library_id = find_library(db, path)
    if library_id is None:
        return 0
    some = "SELECT id FROM library_files WHERE library_id = ? ORDER BY folder, name LIMIT ?"
    db.execute(f"DELETE FROM library_guesses WHERE file_id IN ({some})", [library_id, limit])
    gone = int(
        db.execute(f"DELETE FROM library_files WHERE id IN ({some})", [library_id, limit]).rowcount
    )
    if gone < limit:
        db.execute("DELETE FROM libraries WHERE id = ?", [library_id])
    else:
        db.execute(f"UPDATE libraries SET stamp = {_NEW_STAMP} WHERE id = ?", [library_id])
    return gone


def _slices(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))

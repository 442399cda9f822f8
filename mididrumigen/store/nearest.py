"""Vectors near a vector: two ways that give the same answers.

    Indexed   sqlite-vec, in a file of its own beside the database: nothing to load, little memory
    Exact     numpy, over all vectors in memory: where sqlite-vec does not load

Conventions: vectors are of length 1, little-endian float32; a vector is known by its serial, and
comes with its artist. Both compare exactly, without shortening a vector. What they hold is made
from the table `vectors` and can be thrown away at any time.
"""

import contextlib
import importlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from mididrumigen.store.sqlite import sqlite3

SPARE = 32
"""Ask for so many more than are needed, and choose by `cosines`: which of two near ones is nearer
may hang on how a search rounds."""

_MAPPED_BYTES = 2**30
"""Of the file: mapped into memory it is searched a quarter faster than read."""

Row = tuple[int, int, bytes]
"""(serial, artist id, vector)"""


class Search(Protocol):
    """A way to find near vectors. Its methods may be called from any thread."""

    def held(self) -> tuple[int, int]:
        """(number, highest serial) of the vectors that it holds."""
        ...

    def add(self, rows: Sequence[Row]) -> None:
        """Take more vectors, in the order of their serials."""
        ...

    def keep_only(self, serials: Sequence[int]) -> None:
        """Drop every vector but these."""
        ...

    def nearest(self, vector: bytes, most: int) -> list[int]:
        """Artists of the nearest vectors, the nearest first, but for what rounding may change."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


def open_search(path: Path, model: str, dimensions: int) -> Search:
    """The way that works here; `path` is the file of the index. Raises ImportError where neither
    library is installed.
    """
    if vec_problem() is None:
        with contextlib.suppress(sqlite3.Error, OSError):
            return Indexed(path, model, dimensions)
    return Exact(dimensions)


def vec_problem() -> str | None:
    """Why sqlite-vec does not work here; None where it does."""
    try:
        connection = sqlite3.connect(":memory:")
        try:
            _load_vec(connection)
        finally:
            connection.close()
    except ImportError:
        return "sqlite-vec is not installed"
    except AttributeError:  # this Python was built without
        return "this Python's SQLite loads no extensions"
    except (sqlite3.Error, OSError) as error:
        return f"sqlite-vec does not load: {error}"
    return None


def _load_vec(connection: sqlite3.Connection) -> None:
    vec: Any = importlib.import_module("sqlite_vec")
    connection.enable_load_extension(True)
    vec.load(connection)
    connection.enable_load_extension(False)
    connection.execute("SELECT vec_version()")


class Indexed:
    """By sqlite-vec; what its file holds of another model goes."""

    def __init__(self, path: Path, model: str, dimensions: int) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            _load_vec(self._db)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
            self._db.execute("PRAGMA synchronous = OFF")  # it can be made again at any time
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("CREATE TABLE IF NOT EXISTS index_of (model TEXT)")
            if self._db.execute("SELECT model FROM index_of").fetchone() != (model,):
                self._db.execute("DROP TABLE IF EXISTS vectors")
                self._db.execute("DELETE FROM index_of")
                self._db.execute("DROP TABLE IF EXISTS members")
                self._db.execute("INSERT INTO index_of VALUES (?)", [model])
                self._db.execute(
                    "CREATE TABLE members (serial INTEGER PRIMARY KEY, artist_id INTEGER NOT NULL)"
                )
                self._db.execute(
                    f"CREATE VIRTUAL TABLE vectors USING vec0 (vector float[{dimensions}])"
                )
            self._db.execute("COMMIT")
        except BaseException:
            self.close()
            raise

    def held(self) -> tuple[int, int]:
        """(number, highest serial) of the vectors in the file."""
        with self._lock:
            held: tuple[int, int] = self._db.execute(
                "SELECT count(*), coalesce(max(serial), 0) FROM members"
            ).fetchone()
        return held

    def add(self, rows: Sequence[Row]) -> None:
        """Write more vectors to the file."""
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for serial, artist_id, vector in rows:
                # Another process may have been faster.
                new = self._db.execute(
                    "INSERT OR IGNORE INTO members VALUES (?, ?)", [serial, artist_id]
                )
                if new.rowcount:
                    self._db.execute(
                        "INSERT INTO vectors (rowid, vector) VALUES (?, ?)", [serial, vector]
                    )

    def keep_only(self, serials: Sequence[int]) -> None:
        """Drop the others from the file."""
        keep = set(serials)
        with self._lock, self._db:
            self._db.execute("BEGIN IMMEDIATE")
            held = self._db.execute("SELECT serial FROM members").fetchall()
            gone = [row for row in held if row[0] not in keep]
            self._db.executemany("DELETE FROM members WHERE serial = ?", gone)
            self._db.executemany("DELETE FROM vectors WHERE rowid = ?", gone)

    def nearest(self, vector: bytes, most: int) -> list[int]:
        """Artists of the nearest vectors; of vectors of length 1, distance gives the order of
        cosines.
        """
        with self._lock:
            rows = self._db.execute(
                "SELECT artist_id FROM (SELECT rowid, distance FROM vectors"
                " WHERE vector MATCH ? AND k = ?) JOIN members ON serial = rowid"
                " ORDER BY distance, serial",
                [vector, most],
            ).fetchall()
        return [row[0] for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._db.close()


class Exact:
    """By numpy: 1.5 kB of memory a vector."""

    def __init__(self, dimensions: int) -> None:
        self._lock = threading.Lock()
        self._np: Any = importlib.import_module("numpy")
        self._serials = self._np.empty(0, dtype="i8")
        self._artists = self._np.empty(0, dtype="i8")
        self._vectors = self._np.empty((0, dimensions), dtype="<f4")
        self._dimensions = dimensions

    def held(self) -> tuple[int, int]:
        """(number, highest serial) of the vectors in memory."""
        with self._lock:
            return len(self._serials), int(self._serials[-1]) if len(self._serials) else 0

    def add(self, rows: Sequence[Row]) -> None:
        """Take more vectors."""
        np = self._np
        with self._lock:
            rows = [row for row in rows if not len(self._serials) or row[0] > self._serials[-1]]
            if not rows:
                return
            joined = b"".join(vector for _, _, vector in rows)
            more = np.frombuffer(joined, dtype="<f4").reshape(-1, self._dimensions)
            self._vectors = np.concatenate([self._vectors, more])
            self._serials = np.concatenate([self._serials, [row[0] for row in rows]])
            self._artists = np.concatenate([self._artists, [row[1] for row in rows]])

    def keep_only(self, serials: Sequence[int]) -> None:
        """Drop the others."""
        with self._lock:
            keep = self._np.isin(self._serials, list(serials))
            self._vectors = self._vectors[keep]
            self._serials, self._artists = self._serials[keep], self._artists[keep]

    def nearest(self, vector: bytes, most: int) -> list[int]:
        """Artists of the vectors with the highest cosine."""
        np = self._np
        with self._lock:
            cosines = self._vectors @ np.frombuffer(vector, dtype="<f4")
            best = np.arange(len(cosines))
            if most < len(cosines):
                best = np.argpartition(-cosines, most - 1)[:most]
            order = np.lexsort((self._serials[best], -cosines[best]))
            return [int(artist) for artist in self._artists[best[order]]]

    def close(self) -> None:
        """Let go of the memory."""
        with self._lock:
            self._vectors = self._vectors[:0]
            self._serials, self._artists = self._serials[:0], self._artists[:0]


def cosines(vector: bytes, others: Sequence[bytes | None]) -> list[float | None]:
    """Cosine of a vector with each of others, to six digits; None for one that is not there."""
    np: Any = importlib.import_module("numpy")
    there = [other for other in others if other is not None]
    mine = np.frombuffer(vector, dtype="<f4")
    all_of_them = np.frombuffer(b"".join(there), dtype="<f4").reshape(len(there), len(mine))
    found = iter((all_of_them @ mine).round(6).tolist())
    return [None if other is None else next(found) for other in others]

"""The database: the only SQL of the program.

    migrations   the tables, in the order they came to be
    queries      artists, evidence, profiles: what is asked and written, one function an intent
    records      the same for generations and jobs
    library      the same for files of the libraries
    described    the same for what artists are compared by, and the vectors of it
    waits        the same for when which site may be asked
    nearest      vectors near a vector: by sqlite-vec where it loads, else by numpy

Conventions: a query is a plain function whose first argument is the open database. `Store.write`
runs it in the one thread that writes, in one transaction; `Store.read` in one of a few that read,
each with a connection of its own (the log is write-ahead, so neither waits for the other). Errors
of SQLite become a StoreError whose sentence says what to do. There is one sqlite module in the
process: the one that sqlite-utils chose.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from mididrumigen.errors import StoreError
from mididrumigen.store.sqlite import sqlite3

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")

BUSY_TIMEOUT_S = 5.0
READERS = 4
"""Threads that read beside the one that writes."""

MIGRATION_SET = "mididrumigen"
MIGRATIONS = (
    "m001_first_tables",
    "m002_jobs_vectors_cooldowns",
    "m003_library",
    "m004_descriptions",
    "m005_consents_and_what_is_kept",
    "m006_source_reports",
    "m007_paces",
)
"""Names of all migrations, in order: known without importing them, which a database that is up to
date does not need. A test holds them to `migrations`."""


class Store:
    """An open database; use `open` and `close`."""

    def __init__(
        self, path: Path, writer: ThreadPoolExecutor, connection: sqlite3.Connection
    ) -> None:
        self._path, self._writer, self._connection = path, writer, connection
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")
        self._own = threading.local()
        self._reading: list[sqlite3.Connection] = []

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the database at `path`, creating it and bringing its tables up to date; raises
        StoreError.
        """
        writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")
        try:
            connection = await asyncio.get_running_loop().run_in_executor(writer, _open, path)
        except BaseException:
            writer.shutdown(wait=False)
            raise
        return cls(path, writer, connection)

    async def close(self) -> None:
        """Close the database; what was written is on disk."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._readers.shutdown()
        for connection in self._reading:
            connection.close()
        self._writer.submit(self._connection.close).result()
        self._writer.shutdown()

    async def read(
        self,
        query: Callable[Concatenate[sqlite3.Connection, _Params], _Result],
        *args: _Params.args,
        **kwargs: _Params.kwargs,
    ) -> _Result:
        """Result of a query that changes nothing; sees all that was written before."""

        def run() -> _Result:
            try:
                return query(self._reader(), *args, **kwargs)
            except sqlite3.Error as error:
                raise _explained(error, self._path) from error

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def write(
        self,
        query: Callable[Concatenate[sqlite3.Connection, _Params], _Result],
        *args: _Params.args,
        **kwargs: _Params.kwargs,
    ) -> _Result:
        """Result of a query that writes: all of it is written, or nothing."""

        def run() -> _Result:
            try:
                # IMMEDIATE: a deferred one that reads and then writes fails beside a writer.
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    result = query(self._connection, *args, **kwargs)
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._connection.rollback()
                    raise
                return result
            except sqlite3.Error as error:
                raise _explained(error, self._path) from error

        return await asyncio.get_running_loop().run_in_executor(self._writer, run)

    def _reader(self) -> sqlite3.Connection:
        """The connection of this thread."""
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self._path, BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA query_only = ON")
            self._own.connection = connection
            self._reading.append(connection)  # closed by `close`, when its thread has ended
        return connection


def look(path: Path) -> int:
    """Number of profiles in the database at `path`; changes nothing; raises StoreError."""
    return len(_looked(path, "style_profiles", "artist_id"))


def look_at_consents(path: Path) -> frozenset[str]:
    """Sites that the user said yes to, by the database at `path`; as `look`."""
    return frozenset(_looked(path, "consents", "site"))


def _looked(path: Path, table: str, column: str) -> list[Any]:
    """A column of a table; empty where there is no such table or no database yet."""
    if not path.exists():
        return []
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            _refuse_newer(_applied(connection), path)
            there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [table])
            if there.fetchone() is None:
                return []
            rows = connection.execute(f"SELECT {column} FROM {table}").fetchall()
            return [value for (value,) in rows]
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _open(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder {path.parent} cannot be made ({error.strerror});"
            " set MIDIDRUMIGEN_HOME to one that can"
        ) from error
    try:
        # Transactions are begun by `write` alone.
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    try:
        _bring_up_to_date(connection, path)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        connection.close()
        raise _explained(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what migrations are missing; a database that a later version has changed is left
    alone.
    """
    applied = _applied(connection)
    _refuse_newer(applied, path)
    # Asked each time, which costs nothing where it is so: with a reader at it, it was not set.
    with contextlib.suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    if applied == set(MIGRATIONS):
        return
    from mididrumigen.store.migrations import apply

    try:
        apply(connection, path)
    except OSError as error:
        raise StoreError(
            f"{path} could not be copied before the update ({error.strerror})",
            "make room and try again, nothing was changed",
        ) from error


def _refuse_newer(applied: set[str], path: Path) -> None:
    if applied - set(MIGRATIONS):
        raise StoreError(
            f"{path} was written by a newer version of MidiDrumiGen",
            "update the program, or set MIDIDRUMIGEN_HOME to another folder",
        )


def _applied(connection: sqlite3.Connection) -> set[str]:
    """Names of the migrations that the database has had."""
    table = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
    ).fetchone()
    if table is None:
        return set()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [MIGRATION_SET]
    )
    return {name for (name,) in rows}


def _explained(error: sqlite3.Error, path: Path) -> StoreError:
    """A sentence for an error of SQLite."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return StoreError(f"{path} is in use by another program", "try again when it is done")
    if "readonly" in text or "read-only" in text:
        return StoreError(
            f"{path} is read-only", "make it writable or set MIDIDRUMIGEN_HOME elsewhere"
        )
    if "full" in text:
        return StoreError(f"the disk with {path} is full", "nothing was written")
    if "not a database" in text or "malformed" in text:
        return StoreError(f"{path} is damaged", "move it away to start anew, or restore a copy")
    if "unable to open" in text or "disk i/o" in text:
        return StoreError(
            f"{path} cannot be opened", "set MIDIDRUMIGEN_HOME to a folder you can write to"
        )
    return StoreError(f"{path}: {error}")

"""The database: the only SQL of the program.

    migrations   the tables, in the order they came to be
    queries      what is asked and written, one function an intent

Conventions: a query is a plain function whose first argument is the open database; `Store.read` and
`Store.write` run it in the one thread that owns the connection, a write in one transaction. Errors
of SQLite become a StoreError whose sentence says what to do. There is one sqlite module in the
process: the one that sqlite-utils chose.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlite_utils.db import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the documented way to get its module

from mididrumigen.errors import StoreError
from mididrumigen.store.migrations import NAMES, migrations

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")

BUSY_TIMEOUT_S = 5.0


class Store:
    """An open database; use `open` and `close`."""

    def __init__(self, path: Path, thread: ThreadPoolExecutor, database: Database) -> None:
        self._path, self._thread, self._database = path, thread, database

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the database at `path`, creating it and bringing its tables up to date; raises
        StoreError.
        """
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        try:
            database = await asyncio.get_running_loop().run_in_executor(thread, _open, path)
        except BaseException:
            thread.shutdown()
            raise
        return cls(path, thread, database)

    async def close(self) -> None:
        """Close the database; what was written is on disk."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._database.close)
        self._thread.shutdown()

    async def read(
        self,
        query: Callable[Concatenate[Database, _Params], _Result],
        *args: _Params.args,
        **kwargs: _Params.kwargs,
    ) -> _Result:
        """Result of a query that changes nothing."""

        def run() -> _Result:
            try:
                return query(self._database, *args, **kwargs)
            except sqlite3.Error as error:
                raise _explained(error, self._path) from error

        return await asyncio.get_running_loop().run_in_executor(self._thread, run)

    async def write(
        self,
        query: Callable[Concatenate[Database, _Params], _Result],
        *args: _Params.args,
        **kwargs: _Params.kwargs,
    ) -> _Result:
        """Result of a query that writes: all of it is written, or nothing."""

        def run() -> _Result:
            try:
                # IMMEDIATE: a deferred one that reads and then writes fails beside a writer.
                self._database.execute("BEGIN IMMEDIATE")
                try:
                    result = query(self._database, *args, **kwargs)
                    self._database.execute("COMMIT")
                except BaseException:
                    self._database.conn.rollback()
                    raise
                return result
            except sqlite3.Error as error:
                raise _explained(error, self._path) from error

        return await asyncio.get_running_loop().run_in_executor(self._thread, run)


def _open(path: Path) -> Database:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder {path.parent} cannot be made ({error.strerror});"
            " set MIDIDRUMIGEN_HOME to one that can"
        ) from error
    try:
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)
    except sqlite3.Error as error:
        raise _explained(error, path) from error
    database = Database(connection, execute_plugins=False)
    try:
        _refuse_newer(database, path)
        if migrations.pending(database):
            connection.execute("PRAGMA journal_mode = WAL")
            migrations.apply(database)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        database.close()
        raise _explained(error, path) from error
    except BaseException:
        database.close()
        raise
    return database


def _refuse_newer(database: Database, path: Path) -> None:
    """A database that a later version has changed is left alone."""
    applied = {migration.name for migration in migrations.applied(database)}
    if applied - NAMES:
        raise StoreError(
            f"{path} was written by a newer version of MidiDrumiGen; update the program, "
            "or set MIDIDRUMIGEN_HOME to another folder"
        )


def _explained(error: sqlite3.Error, path: Path) -> StoreError:
    """A sentence for an error of SQLite."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return StoreError(f"{path} is in use by another program; try again when it is done")
    if "readonly" in text or "read-only" in text:
        return StoreError(
            f"{path} is read-only; make it writable or set MIDIDRUMIGEN_HOME elsewhere"
        )
    if "full" in text:
        return StoreError(f"the disk with {path} is full; nothing was written")
    if "not a database" in text or "malformed" in text:
        return StoreError(f"{path} is damaged; move it away to start anew, or restore a copy")
    if "unable to open" in text:
        return StoreError(
            f"{path} cannot be opened; set MIDIDRUMIGEN_HOME to a folder you can write to"
        )
    return StoreError(f"{path}: {error}")

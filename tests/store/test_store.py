"""The database: opened in whatever state the disk is in, written whole or not at all."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from mididrumigen.errors import StoreError
from mididrumigen.models import Artist
from mididrumigen.store import MIGRATIONS, Store, queries
from mididrumigen.store.sqlite import sqlite3

NOW = "2026-01-02T03:04:05+00:00"

OPENER = """
import asyncio, sys
from pathlib import Path
from mididrumigen.store import Store, queries
from mididrumigen.models import Artist
import mididrumigen.store.migrations

async def run():
    store = await Store.open(Path(sys.argv[1]))
    await store.write(queries.add_artist, Artist(sys.argv[2]), "2026-01-01T00:00:00+00:00")
    await store.close()

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(run())
"""


def count(path: Path, table: str) -> int:
    """Rows of a table, read beside the store."""
    db = sqlite3.connect(path)
    try:
        number: int = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return number
    finally:
        db.close()


async def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "x.db"
    store = await Store.open(path)
    artist_id = await store.write(queries.add_artist, Artist("Tony Allen"), NOW)
    await store.close()
    again = await Store.open(path)
    found = await again.read(queries.find_artist, "tony allen")
    await again.close()
    assert found == (artist_id, Artist("Tony Allen"))


async def test_a_transaction_that_fails_in_the_middle_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    store = await Store.open(path)

    def half(db: sqlite3.Connection) -> None:
        queries.add_artist(db, Artist("First"), NOW)
        raise ZeroDivisionError

    def wrong(db: sqlite3.Connection) -> None:
        queries.add_artist(db, Artist("Second"), NOW)
        db.execute("INSERT INTO no_such_table VALUES (1)")

    with pytest.raises(ZeroDivisionError):
        await store.write(half)
    with pytest.raises(StoreError, match="no_such_table"):
        await store.write(wrong)
    assert count(path, "artists") == 0
    # The connection is not stuck in the transaction that failed.
    await store.write(queries.add_artist, Artist("Third"), NOW)
    await store.close()
    assert count(path, "artists") == 1


async def test_writes_that_are_started_at_once_all_arrive(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    names = [f"Artist {i}" for i in range(20)]
    ids = await asyncio.gather(
        *(store.write(queries.add_artist, Artist(name), NOW) for name in names)
    )
    found = [await store.read(queries.find_artist, name) for name in names]
    await store.close()
    assert found == [(number, Artist(name)) for number, name in zip(ids, names, strict=True)]
    assert len(set(ids)) == 20


async def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    await (await Store.open(path)).close()
    db = sqlite3.connect(path)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('mididrumigen', 'm999_from_the_future', '2030-01-01')"
    )
    db.commit()
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version"):
        await Store.open(path)
    assert path.read_bytes() == before


async def test_migrations_of_another_program_in_the_same_file_are_not_a_newer_version(
    tmp_path: Path,
) -> None:
    path = tmp_path / "shared.db"
    await (await Store.open(path)).close()
    db = sqlite3.connect(path)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
        " VALUES ('another-program', 'm999_theirs', '2030-01-01')"
    )
    db.commit()
    db.close()
    store = await Store.open(path)
    assert await store.read(queries.known_artists) == []
    await store.close()


async def test_tables_of_another_program_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE artists (theirs TEXT)")
    db.execute("INSERT INTO artists VALUES ('precious')")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="artists"):
        await Store.open(path)
    db = sqlite3.connect(path)
    assert db.execute("SELECT * FROM artists").fetchall() == [("precious",)]
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    db.close()
    assert names == {"artists"}


async def test_a_file_that_is_no_database_is_called_damaged_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"these are not the tables you are looking for\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="damaged"):
        await Store.open(path)
    assert path.read_bytes() == before


async def test_a_database_with_damaged_pages_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "torn.db"
    await (await Store.open(path)).close()
    data = bytearray(path.read_bytes())
    data[100:] = b"\xa5" * (len(data) - 100)
    path.write_bytes(bytes(data))
    with pytest.raises(StoreError, match="damaged"):
        await Store.open(path)


async def test_a_folder_in_place_of_the_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "folder.db"
    path.mkdir()
    with pytest.raises(StoreError, match=r"folder\.db cannot be opened"):
        await Store.open(path)
    assert list(path.iterdir()) == []


async def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(StoreError, match="MIDIDRUMIGEN_HOME"):
        await Store.open(tmp_path / "home" / "x.db")
    assert (tmp_path / "home").read_text() == "a file"


async def test_an_error_while_reading_is_a_sentence_too(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    with pytest.raises(StoreError, match="no_such_table"):
        await store.read(lambda db: db.execute("SELECT * FROM no_such_table"))
    await store.close()


def test_processes_that_open_a_new_database_at_once_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "home" / "x.db"
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(path), f"Artist {number}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
        )
        for number in range(3)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], [err for _, err in ends]
    assert count(path, "artists") == 3
    assert count(path, "_sqlite_migrations") == len(MIGRATIONS)

"""The database: opened in whatever state the disk is in, written whole or not at all."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mididrumigen import store as module
from mididrumigen.errors import StoreError
from mididrumigen.models import Artist
from mididrumigen.store import MIGRATIONS, READERS, Store, queries
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


WAIT_S = 10.0


@contextmanager
def held(path: Path, how: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Another program that is in the middle of writing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(how)
        yield
        db.execute("ROLLBACK")


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """A file and its folder that nobody may write."""
    path.chmod(0o444)
    path.parent.chmod(0o555)
    yield
    path.parent.chmod(0o755)


def below(folder: Path) -> list[str]:
    """Names of all files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def names(db: sqlite3.Connection) -> list[str]:
    """Names of all artists."""
    return [name for (name,) in db.execute("SELECT name FROM artists ORDER BY id")]


async def test_reads_go_on_while_a_write_is_in_the_middle_and_see_what_was_before(
    tmp_path: Path,
) -> None:
    store = await Store.open(tmp_path / "x.db")
    await store.write(queries.add_artist, Artist("Before"), NOW)
    inside, may_end = threading.Event(), threading.Event()

    def slow(db: sqlite3.Connection) -> None:
        queries.add_artist(db, Artist("Half"), NOW)
        inside.set()
        assert may_end.wait(WAIT_S)

    writing = asyncio.ensure_future(store.write(slow))
    assert await asyncio.to_thread(inside.wait, WAIT_S)
    async with asyncio.timeout(WAIT_S):
        seen = await asyncio.gather(*(store.read(names) for _ in range(READERS * 3)))
    assert not writing.done()
    may_end.set()
    await writing
    assert seen == [["Before"]] * (READERS * 3)
    assert await store.read(names) == ["Before", "Half"]
    await store.close()


async def test_reads_run_beside_each_other_and_a_write_beside_them(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    together = threading.Barrier(READERS + 1)

    def meet(db: sqlite3.Connection) -> int:
        queries_seen = len(names(db))
        together.wait(WAIT_S)  # broken where they come one after the other
        return queries_seen

    assert await asyncio.gather(store.write(meet), *(store.read(meet) for _ in range(READERS))) == [
        0
    ] * (READERS + 1)
    await store.close()


async def test_what_was_written_is_seen_by_every_read_after_it(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    for number in range(1, 15):
        await store.write(queries.add_artist, Artist(f"Artist {number}"), NOW)
        seen = await asyncio.gather(*(store.read(names) for _ in range(READERS)))
        assert [len(each) for each in seen] == [number] * READERS
    await store.close()


async def test_a_read_cannot_write(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    with pytest.raises(StoreError, match="read-only"):
        await store.read(queries.add_artist, Artist("Nobody"), NOW)
    assert await store.read(names) == []
    await store.write(queries.add_artist, Artist("Somebody"), NOW)
    await store.close()
    assert count(tmp_path / "x.db", "artists") == 1


async def test_closing_waits_for_reads_and_writes_that_are_under_way(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    may_end = threading.Event()

    def slow(db: sqlite3.Connection) -> int:
        assert may_end.wait(WAIT_S)
        return queries.add_artist(db, Artist("Late"), NOW)

    writing = asyncio.ensure_future(store.write(slow))
    reading = asyncio.ensure_future(store.read(lambda db: may_end.wait(WAIT_S)))
    await asyncio.sleep(0.05)
    closing_it = asyncio.ensure_future(store.close())
    await asyncio.sleep(0.05)
    assert not closing_it.done()
    may_end.set()
    await closing_it
    assert (await writing, await reading) == (1, True)
    assert count(tmp_path / "x.db", "artists") == 1


async def test_a_write_beside_another_program_that_is_soon_done_waits_for_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.db"
    store = await Store.open(path)
    with held(path):
        writing = asyncio.ensure_future(store.write(queries.add_artist, Artist("Patient"), NOW))
        await asyncio.sleep(0.2)
        assert not writing.done()
    assert await writing == 1
    await store.close()


async def test_a_database_that_another_program_keeps_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_S", 0.1)
    path = tmp_path / "x.db"
    store = await Store.open(path)
    with held(path, "BEGIN EXCLUSIVE"):
        with pytest.raises(StoreError, match=r"x\.db is in use by another program; try again"):
            await store.write(queries.add_artist, Artist("Nobody"), NOW)
        assert await store.read(names) == []  # reading waits for nobody
    await store.write(queries.add_artist, Artist("Somebody"), NOW)
    assert await store.read(names) == ["Somebody"]
    await store.close()


async def test_a_new_database_that_another_program_keeps_is_said_to_be_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_TIMEOUT_S", 0.1)
    path = tmp_path / "x.db"
    with held(path, "BEGIN EXCLUSIVE"), pytest.raises(StoreError, match="in use by another"):
        await Store.open(path)
    store = await Store.open(path)
    await store.close()


async def test_a_database_that_cannot_be_written_says_so_and_can_be_read(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")
    await store.write(queries.add_artist, Artist("Before"), NOW)
    await store.write(lambda db: db.execute("PRAGMA query_only = ON"))
    with pytest.raises(StoreError, match=r"x\.db is read-only; make it writable"):
        await store.write(queries.add_artist, Artist("After"), NOW)
    assert await store.read(names) == ["Before"]
    await store.close()


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only to root"
)
async def test_a_database_file_that_is_read_only_is_said_to_be(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    await (await Store.open(path)).close()

    async def write() -> None:
        store = await Store.open(path)
        try:
            await store.write(queries.add_artist, Artist("Nobody"), NOW)
        finally:
            await store.close()

    with read_only(path), pytest.raises(StoreError, match=r"read-only|cannot be opened"):
        await write()


async def test_a_disk_that_is_full_writes_nothing_of_it_and_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.db"
    store = await Store.open(path)
    await store.write(queries.add_artist, Artist("Before"), NOW)

    def limit(db: sqlite3.Connection, pages: int) -> int:
        now: int = db.execute("PRAGMA page_count").fetchone()[0]
        return int(db.execute(f"PRAGMA max_page_count = {now + pages}").fetchone()[0])

    def much(db: sqlite3.Connection) -> None:
        for number in range(2000):
            queries.add_artist(db, Artist(f"Artist {number} {'x' * 100}"), NOW)

    await store.write(limit, 2)
    with pytest.raises(StoreError, match=r"the disk with .*x\.db is full; nothing was written"):
        await store.write(much)
    assert await store.read(names) == ["Before"]
    await store.write(limit, 1_000_000)
    await store.write(queries.add_artist, Artist("After"), NOW)
    await store.close()
    with closing(sqlite3.connect(path)) as db:
        assert names(db) == ["Before", "After"]
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def test_a_read_that_fails_leaves_its_thread_fit_for_the_next_one(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "x.db")

    def wrong(db: sqlite3.Connection) -> None:
        db.execute("SELECT no_such_column FROM artists")

    for _ in range(READERS * 2):
        with pytest.raises(StoreError, match="no_such_column"):
            await store.read(wrong)
    assert await store.read(names) == []
    await store.close()


async def test_the_log_is_write_ahead_and_nothing_is_left_beside_a_closed_database(
    tmp_path: Path,
) -> None:
    store = await Store.open(tmp_path / "x.db")
    mode = await store.read(lambda db: db.execute("PRAGMA journal_mode").fetchone())
    await store.write(queries.add_artist, Artist("A"), NOW)
    await asyncio.gather(*(store.read(names) for _ in range(READERS * 2)))
    await store.close()
    assert mode == ("wal",)
    assert below(tmp_path) == ["x.db"]

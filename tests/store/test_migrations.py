"""The tables come to be once, in order, all of them or none."""

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils.db import Database

from mididrumigen.errors import StoreError
from mididrumigen.models import Artist
from mididrumigen.store import MIGRATIONS, Store, queries, records
from mididrumigen.store.migrations import apply, migrations
from mididrumigen.store.sqlite import sqlite3

SPECIFIED = {
    "artists",
    "aliases",
    "research_sources",
    "style_profiles",
    "generation_history",
}
OF_THE_DAEMON = {"jobs", "vectors", "cooldowns"}
OF_THE_LIBRARIES = {"libraries", "library_files", "library_guesses"}
OF_FETCH = {"paces"}
OF_SIMILAR = {"descriptions", "text_vectors"}
OF_SETTING_UP = {"consents", "source_reports"}
ALL_TABLES = SPECIFIED.union(OF_THE_DAEMON, OF_THE_LIBRARIES, OF_FETCH, OF_SIMILAR, OF_SETTING_UP)
LATER_COLUMNS = {"task_id", "kept", "identity"}
SECOND = "m002_jobs_vectors_cooldowns"

OPENER = """
import asyncio, sys
from pathlib import Path
from mididrumigen.store import Store
import mididrumigen.store.migrations

async def run():
    await (await Store.open(Path(sys.argv[1]))).close()

print("ready", flush=True)
sys.stdin.readline()
asyncio.run(run())
"""


def tables(path: Path) -> set[str]:
    """Names of the tables in a database file, without those of SQLite and sqlite-utils."""
    db = sqlite3.connect(path)
    try:
        rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    finally:
        db.close()
    return {name for (name,) in rows if not name.startswith(("sqlite_", "_"))}


def applied(path: Path) -> list[tuple[str, str]]:
    """(set, name) of the migrations that a database file says it has had."""
    db = sqlite3.connect(path)
    try:
        return db.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall()
    finally:
        db.close()


def test_the_names_that_are_known_without_importing_migrations_are_the_registered_ones() -> None:
    registered = tuple(migration.name for migration in migrations._migrations)
    assert registered == MIGRATIONS


async def test_a_new_database_has_the_tables_of_the_specification(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    await (await Store.open(path)).close()
    assert tables(path) == ALL_TABLES
    assert applied(path) == [("mididrumigen", name) for name in MIGRATIONS]


async def test_opening_again_applies_nothing_again(tmp_path: Path) -> None:
    path = tmp_path / "twice.db"
    await (await Store.open(path)).close()
    before = path.read_bytes()
    await (await Store.open(path)).close()
    assert path.read_bytes() == before


def test_a_migration_that_fails_leaves_no_table_of_it(tmp_path: Path) -> None:
    # The last table of the first migration is there already: what came before it must go again.
    path = tmp_path / "half.db"
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("CREATE TABLE generation_history (theirs TEXT)")
    with pytest.raises(sqlite3.OperationalError, match="generation_history"):
        apply(db, path)
    assert not db.in_transaction
    db.close()
    assert tables(path) == {"generation_history"}


async def test_an_artist_is_unique_by_normalised_name_and_disambiguation(tmp_path: Path) -> None:
    store = await Store.open(tmp_path / "unique.db")

    def insert(db: sqlite3.Connection, disambiguation: str) -> None:
        db.execute(
            "INSERT INTO artists (name, norm, disambiguation, created_at) VALUES"
            " ('Nirvana', 'nirvana', ?, '2026-01-01')",
            [disambiguation],
        )

    try:
        await store.write(insert, "")
        await store.write(insert, "60s UK band")
        with pytest.raises(Exception, match="UNIQUE"):
            await store.write(insert, "")
        count = await store.read(lambda db: db.execute("SELECT count(*) FROM artists").fetchone())
    finally:
        await store.close()
    assert count == (2,)


def first_version(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Make a database as the first version left it, with a row or more in every table; its rows."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db, execute_plugins=False), stop_before=SECOND)
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(
            """
            INSERT INTO artists VALUES (7, 'Björk', 'bjork', '', '2026-01-01');
            INSERT INTO artists VALUES (9, 'Nirvana', 'nirvana', '60s UK band', '2026-01-02');
            INSERT INTO aliases VALUES (7, 'Björk G.', 'bjork g');
            INSERT INTO research_sources VALUES
                (7, 'e1', 'local_midi', 'midi', 'file:///1.mid', '{"traits":{}}', 'so', 0.6, 'own',
                 '2026-01-03');
            INSERT INTO style_profiles VALUES
                (7, '{"old": 1}', 1, 'researched', 0.5, 1, '2026-01-03', '2026-01-03');
            """
        )
        for number in range(3):
            db.execute(
                "INSERT INTO generation_history (artist_name, created_at, seed, provider,"
                " engine_version, profile_hash, request, result)"
                " VALUES ('Björk', '2026-01-04', ?, 'template', 1, 'abc', '{}', '{\"bars\": 4}')",
                [number],
            )
        return contents(path)


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the specification's tables, without columns that came later."""
    with closing(sqlite3.connect(path)) as db:
        found = {}
        for table in sorted(SPECIFIED):
            columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
            old = ", ".join(column for column in columns if column not in LATER_COLUMNS)
            found[table] = db.execute(f"SELECT {old} FROM {table} ORDER BY rowid").fetchall()
        return found


def below(folder: Path) -> list[str]:
    """Names of all files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def backup_of(path: Path) -> Path:
    """Where the copy before the second migration is."""
    return path.with_name(f"{path.stem}-before-{SECOND}.db")


async def test_a_database_of_the_first_version_keeps_every_row_and_gets_the_new_tables(
    tmp_path: Path,
) -> None:
    path = tmp_path / "mididrumigen.db"
    before = first_version(path)
    assert all(before.values())
    store = await Store.open(path)
    assert await store.read(queries.find_artist, "björk") == (7, Artist("Björk"))
    assert await store.read(records.generation, 2) == {"bars": 4, "generation_id": 2}
    await store.close()
    assert contents(path) == before
    assert tables(path) == ALL_TABLES
    assert [name for _, name in applied(path)] == list(MIGRATIONS)


async def test_before_a_migration_the_database_is_copied_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "mididrumigen.db"
    before = first_version(path)
    store = await Store.open(path)
    await store.write(queries.add_artist, Artist("Later"), "2026-02-01")
    await store.close()
    copy = backup_of(path)
    assert copy.name == "mididrumigen-before-m002_jobs_vectors_cooldowns.db"
    assert tables(copy) == SPECIFIED
    assert contents(copy) == before
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert below(tmp_path) == sorted([path.name, copy.name])


async def test_what_is_in_the_log_beside_the_database_is_in_the_copy_too(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    before = first_version(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO artists VALUES (11, 'In The Log', 'in the log', '', '2026')")
        assert path.with_name("x.db-wal").stat().st_size > 0
        store = await Store.open(path)
        await store.close()
    assert contents(backup_of(path))["artists"] == [
        *before["artists"],
        (11, "In The Log", "in the log", "", "2026"),
    ]


async def test_a_copy_can_be_put_in_the_place_of_the_database(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    before = first_version(path)
    await (await Store.open(path)).close()
    path.unlink()
    backup_of(path).rename(path)
    await (await Store.open(path)).close()
    assert contents(path) == before
    assert tables(path) == ALL_TABLES


async def test_a_new_database_and_one_that_is_up_to_date_are_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        await (await Store.open(tmp_path / "x.db")).close()
    assert below(tmp_path) == ["x.db"]


async def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    before = first_version(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE cooldowns (theirs TEXT)")  # the last of the new ones
        db.commit()
    with pytest.raises(StoreError, match="cooldowns"):
        await Store.open(path)
    assert contents(path) == before
    assert tables(path) == SPECIFIED | {"cooldowns"}
    assert [name for _, name in applied(path)] == [MIGRATIONS[0]]
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE cooldowns")
        db.commit()
    await (await Store.open(path)).close()
    assert contents(path) == before
    assert tables(path) == ALL_TABLES


async def test_no_migration_without_a_copy(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    before = first_version(path)
    backup_of(path).mkdir()  # something is where the copy should be
    with pytest.raises(StoreError, match=r"could not be copied.*nothing was changed"):
        await Store.open(path)
    assert contents(path) == before
    assert tables(path) == SPECIFIED
    backup_of(path).rmdir()
    await (await Store.open(path)).close()
    assert contents(backup_of(path)) == before


async def test_what_is_left_of_a_copy_that_was_interrupted_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    before = first_version(path)
    backup_of(path).with_suffix(".part").write_bytes(b"half a copy" * 1000)
    await (await Store.open(path)).close()
    assert contents(backup_of(path)) == before
    assert below(tmp_path) == sorted([path.name, backup_of(path).name])


def test_processes_that_migrate_at_once_make_one_copy_and_all_succeed(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    before = first_version(path)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    ends = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, [err for _, err in ends]
    assert contents(path) == before
    assert [name for _, name in applied(path)] == list(MIGRATIONS)
    # Had a later one copied again, the copy would have the new tables.
    assert tables(backup_of(path)) == SPECIFIED
    assert contents(backup_of(path)) == before
    assert below(tmp_path) == sorted([path.name, backup_of(path).name])


async def test_two_generations_of_one_job_are_refused_and_those_of_none_are_not(
    tmp_path: Path,
) -> None:
    store = await Store.open(tmp_path / "x.db")

    def insert(db: sqlite3.Connection, task_id: str | None) -> None:
        records.add_generation(
            db,
            artist_name="A",
            created_at="2026",
            seed=1,
            provider="template",
            engine_version=1,
            profile_hash="",
            request={},
            result={},
            task_id=task_id,
        )

    for task_id in (None, None, "t1", "t2"):
        await store.write(insert, task_id)
    with pytest.raises(StoreError, match="UNIQUE"):
        await store.write(insert, "t1")
    await store.close()

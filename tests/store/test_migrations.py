"""The tables come to be once, in order, all of them or none."""

from pathlib import Path

import pytest

from mididrumigen.store import MIGRATIONS, Store
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
    assert tables(path) == SPECIFIED | OF_THE_DAEMON
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

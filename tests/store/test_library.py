"""The files of libraries, in a real database."""

from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from mididrumigen.store import Store, library
from mididrumigen.store.library import (
    ArtistFiles,
    Differences,
    FileState,
    FoundFile,
    GuessRow,
    LibraryLine,
    ReadFile,
)
from mididrumigen.store.sqlite import sqlite3

ROOT, OTHER = "/music/midi", "/drive/midi"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A new, empty database."""
    opened = await Store.open(tmp_path / "x.db")
    yield opened
    await opened.close()


def state(name: str, folder: str = "", size: int = 10, mtime_ns: int = 20) -> FileState:
    """A file as it was seen."""
    return FileState(folder, name, size, mtime_ns, 2)


def abba(name: str, folder: str = "", weight: float = 0.8, artist: str = "ABBA") -> ReadFile:
    """A file of one artist."""
    key = artist.lower().replace(" ", "")
    return ReadFile(state(name, folder), "T", (GuessRow(key, artist, "T", weight),))


async def filled(store: Store, *files: ReadFile, path: str = ROOT) -> int:
    """Id of a library with some files."""
    number = await store.write(library.add_library, path)
    assert await store.write(library.write_files, number, read=files)
    return number


def counts(path: Path) -> tuple[int, ...]:
    """Rows of the three tables."""
    with closing(sqlite3.connect(path)) as db:
        return tuple(
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("libraries", "library_files", "library_guesses")
        )


async def test_a_library_is_kept_once(store: Store) -> None:
    first = await store.write(library.add_library, ROOT)
    assert await store.write(library.add_library, ROOT) == first
    assert await store.read(library.find_library, ROOT) == first
    assert await store.read(library.find_library, OTHER) is None
    assert await store.read(library.libraries) == [LibraryLine(ROOT, 0, "")]


async def test_files_are_found_by_any_key_of_the_artist(store: Store) -> None:
    await filled(store, abba("2.mid", "A"), abba("1.mid", "A"), abba("3.mid", artist="Toto"))
    found = await store.read(library.files_of, ["abba", "bjornbenny"])
    assert found == [FoundFile(ROOT, "A", name, "abba", 0.8, "") for name in ("1.mid", "2.mid")]
    assert await store.read(library.files_of, ["abb"]) == []
    assert await store.read(library.files_of, []) == []


async def test_more_keys_than_sqlite_takes_in_one_question_are_asked_in_several(
    store: Store,
) -> None:
    await filled(store, abba("1.mid"))
    keys = [f"k{number}" for number in range(40_000)]
    assert len(await store.read(library.files_of, [*keys, "abba"])) == 1


async def test_all_files_of_an_artist_are_one_look_into_an_index(store: Store) -> None:
    await filled(store, abba("1.mid"))
    plan = await store.read(
        lambda db: db.execute(
            "EXPLAIN QUERY PLAN SELECT path FROM library_guesses"
            " JOIN library_files ON library_files.id = file_id"
            " JOIN libraries ON libraries.id = library_id WHERE artist_key IN ('abba')"
        ).fetchall()
    )
    assert [row[3].split()[0] for row in plan] == ["SEARCH"] * 3, plan


async def test_what_is_new_changed_or_missing_is_told_apart(store: Store) -> None:
    number = await filled(store, *(abba(f"{n}.mid", "A") for n in range(4)), abba("0.mid", "B"))
    seen = {
        "A": [
            state("0.mid", "A"),
            state("1.mid", "A", size=11),
            state("2.mid", "A")._replace(reading=4),
            state("9.mid", "A"),
        ],
        "C": [state("0.mid", "C")],
    }
    found = await store.read(library.differences, number, seen)
    assert found == Differences(
        new=(seen["A"][2], seen["A"][3], seen["C"][0]),
        changed=(seen["A"][1],),
        missing=(("A", "3.mid"),),
    )
    assert found
    same = {"B": [state("0.mid", "B")]}
    assert not await store.read(library.differences, number, same)


async def test_a_file_of_one_library_is_new_in_another(store: Store) -> None:
    await filled(store, abba("1.mid"))
    other = await store.write(library.add_library, OTHER)
    found = await store.read(library.differences, other, {"": [state("1.mid")]})
    assert found.new == (state("1.mid"),)


async def test_a_file_that_is_read_again_is_replaced_with_its_guesses(
    store: Store, tmp_path: Path
) -> None:
    number = await filled(store, abba("1.mid"))
    await store.write(library.write_files, number, read=[abba("1.mid", artist="Toto")])
    assert await store.read(library.files_of, ["abba"]) == []
    assert len(await store.read(library.files_of, ["toto"])) == 1
    assert counts(tmp_path / "x.db") == (1, 1, 1)


async def test_a_changed_file_keeps_its_guesses_and_a_gone_one_takes_them_along(
    store: Store, tmp_path: Path
) -> None:
    number = await filled(store, abba("1.mid"), abba("2.mid"))
    changed = state("1.mid", size=99, mtime_ns=-5)
    gone = [("", "2.mid"), ("", "never there.mid")]
    await store.write(library.write_files, number, changed=[changed], gone=gone)
    assert not await store.read(library.differences, number, {"": [changed]})
    assert [file.name for file in await store.read(library.files_of, ["abba"])] == ["1.mid"]
    assert counts(tmp_path / "x.db") == (1, 1, 1)


async def test_a_batch_is_written_whole_or_not_at_all(store: Store, tmp_path: Path) -> None:
    number = await filled(store, abba("1.mid"))
    before = await store.read(library.stamps)
    bad = ReadFile(state("3.mid"), "T", (GuessRow("\ud800", "x", "y", 1.0),))
    with pytest.raises(UnicodeEncodeError):
        await store.write(library.write_files, number, read=[abba("2.mid"), bad])
    assert counts(tmp_path / "x.db") == (1, 1, 1)
    assert await store.read(library.stamps) == before


async def test_the_stamp_changes_with_files_and_not_with_a_walk(store: Store) -> None:
    number = await filled(store, abba("1.mid"))
    first = await store.read(library.stamps)
    await store.write(library.walked, number, "2026-01-02")
    assert await store.read(library.stamps) == first
    assert await store.read(library.libraries) == [LibraryLine(ROOT, 1, "2026-01-02")]
    await store.write(library.write_files, number, gone=[("", "1.mid")])
    assert await store.read(library.stamps) != first


async def test_artists_are_listed_with_their_most_frequent_spelling(store: Store) -> None:
    await filled(
        store,
        abba("1.mid", artist="abba"),
        *(abba(f"{n}.mid") for n in (2, 3)),
        abba("4.mid", weight=0.4),
        abba("5.mid", weight=0.3),
        abba("6.mid", weight=0.3, artist="Waterloo"),
        abba("7.mid", weight=0.4, artist="Toto"),
    )
    assert await store.read(library.artist_names, 0.5, 0.4) == [
        ArtistFiles("abba", "ABBA", 3, 4),
        ArtistFiles("toto", "Toto", 0, 1),
    ]


async def test_folders_and_their_files_are_listed(store: Store) -> None:
    number = await filled(store, abba("1.mid", "B"), abba("2.mid", "B"), abba("3.mid"))
    await filled(store, abba("4.mid", "C"), path=OTHER)
    assert await store.read(library.known_folders, number) == ["", "B"]
    found = await store.read(library.files_in, number, ["B", "C"])
    assert sorted(found) == [("B", "1.mid"), ("B", "2.mid")]
    assert await store.read(library.count_files, number) == 3


async def test_a_library_is_forgotten_in_parts_and_no_other_with_it(
    store: Store, tmp_path: Path
) -> None:
    number = await filled(store, *(abba(f"{n}.mid") for n in range(5)))
    await filled(store, abba("1.mid"), path=OTHER)
    went = [await store.write(library.forget_files, ROOT, 2) for _ in range(4)]
    assert went == [2, 2, 1, 0]
    assert await store.read(library.libraries) == [LibraryLine(OTHER, 1, "")]
    assert counts(tmp_path / "x.db") == (1, 1, 1)
    assert not await store.write(library.write_files, number, read=[abba("1.mid")])
    assert counts(tmp_path / "x.db") == (1, 1, 1)


async def test_the_tables_come_to_a_database_of_the_second_version(tmp_path: Path) -> None:
    from sqlite_utils.db import Database

    from mididrumigen.store.migrations import migrations

    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db, execute_plugins=False), stop_before="m003_library")
        db.execute("INSERT INTO artists VALUES (7, 'Björk', 'bjork', '', '2026-01-01')")
    store = await Store.open(path)
    await filled(store, abba("1.mid"))
    await store.close()
    assert counts(path) == (1, 1, 1)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT name FROM artists").fetchall() == [("Björk",)]
    assert (tmp_path / "old-before-m003_library.db").exists()

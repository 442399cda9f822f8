"""Libraries of real files, indexed by real workers, as they change between two looks."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from mididrumigen.app import library as module
from mididrumigen.app import walk
from mididrumigen.app.library import FoundArtist, Index, LibraryReport
from mididrumigen.models import Progress
from mididrumigen.store import Store
from mididrumigen.store.library import LibraryLine
from mididrumigen.store.sqlite import sqlite3
from mididrumigen.workers import Workers

NAMES = ("ABBA/Waterloo.mid", "A/ABBA/Arrival/01 - Tiger.mid", "Toto - Africa.kar", "what.mid")
LONG_S = 60.0

REFRESHER = """
import asyncio, sys
from pathlib import Path
from mididrumigen.app.library import Index
from mididrumigen.models import Progress
from mididrumigen.store import Store
from mididrumigen.workers import Workers

async def run():
    store = await Store.open(Path(sys.argv[1]))
    async with Workers() as workers:
        tell = lambda message, done, total: print(done, flush=True)
        [report] = await Index(store, workers).refresh([Path(sys.argv[2])], Progress(tell))
        print(report.complete, flush=True)
    await store.close()

asyncio.run(run())
"""


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of more files than a batch has; not to be changed."""
    folder = tmp_path_factory.mktemp("big")
    for artist in range(50):
        put(folder, *(f"Quintet {artist}/Song {song}.mid" for song in range(120)))
    return folder


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the database of this test is."""
    return tmp_path / "x.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of four files."""
    put(tmp_path / "library", *NAMES)
    return tmp_path / "library"


@asynccontextmanager
async def opened(database: Path) -> AsyncIterator[Index]:
    """An index as a process has it."""
    store = await Store.open(database)
    try:
        async with Workers(slots=2) as workers:
            yield Index(store, workers)
    finally:
        await store.close()


@pytest.fixture
async def index(database: Path) -> AsyncIterator[Index]:
    """An empty index."""
    async with opened(database) as made:
        yield made


def put(folder: Path, *names: str) -> list[Path]:
    """Files in a folder."""
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"MThd")
    return paths


def moved(folder: Path, to: Path) -> Path:
    """A folder in another place."""
    return folder.rename(to)


async def refresh(index: Index, *folders: Path) -> tuple[LibraryReport, list[tuple[str, str]]]:
    """(report on the last library, what was refused)."""
    progress = Progress()
    reports = await index.refresh(folders, progress)
    return reports[-1], progress.refused


def rows(database: Path) -> list[tuple[object, ...]]:
    """Every file and guess in the database, by id, with the stamps."""
    with closing(sqlite3.connect(database)) as db:
        return [
            *db.execute("SELECT id, path, stamp FROM libraries ORDER BY id"),
            *db.execute("SELECT * FROM library_files ORDER BY id"),
            *db.execute("SELECT * FROM library_guesses ORDER BY file_id, artist_key"),
        ]


def known(database: Path) -> list[str]:
    """Paths below their libraries of all files in the database."""
    with closing(sqlite3.connect(database)) as db:
        found = db.execute("SELECT folder, name FROM library_files").fetchall()
        orphans = db.execute(
            "SELECT count(*) FROM library_guesses WHERE file_id NOT IN"
            " (SELECT id FROM library_files)"
        ).fetchone()
    assert orphans == (0,)
    return sorted(f"{folder}/{name}".lstrip("/") for folder, name in found)


def below(folder: Path) -> list[str]:
    """Paths of all files below a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


async def test_the_files_of_an_artist_are_found_by_any_name(index: Index, folder: Path) -> None:
    report, refused = await refresh(index, folder)
    assert report == LibraryReport(str(folder), seen=4, read=4, complete=True)
    assert refused == []
    abba = [folder / "A/ABBA/Arrival/01 - Tiger.mid", folder / "ABBA/Waterloo.mid"]
    assert await index.files_of(["Björn & Benny", "abba"]) == abba
    assert await index.files_of(["TOTO"]) == [folder / "Toto - Africa.kar"]
    assert await index.files_of(["Africa"]) == []  # a weak guess that nothing backs
    assert await index.files_of(["", " ", "Nobody"]) == []
    [line] = await index.state()
    assert (line.path, line.files) == (str(folder), 4)
    assert line.walked_at


async def test_a_second_look_writes_no_file_again(
    index: Index, folder: Path, database: Path
) -> None:
    await refresh(index, folder)
    before = rows(database)
    report, _ = await refresh(index, folder)
    assert report == LibraryReport(str(folder), seen=4, complete=True)
    assert rows(database) == before


async def test_files_that_are_added_changed_removed_and_renamed_are_seen(
    index: Index, folder: Path, database: Path
) -> None:
    await refresh(index, folder)
    waterloo, tiger, africa, what = (folder / name for name in NAMES)
    await index.files_of(["Toto"])  # what it remembers is outdated from now on
    waterloo.write_bytes(b"MThd and more")
    tiger.unlink()
    africa.rename(folder / "Queen - Africa.kar")
    (folder / "Prince").mkdir()
    what.rename(folder / "Prince" / "what.mid")
    put(folder, "new/Toto - Rosanna.mid")
    report, refused = await refresh(index, folder)
    assert report == LibraryReport(str(folder), seen=4, read=3, changed=1, removed=3, complete=True)
    assert refused == []
    assert known(database) == below(folder)
    assert await index.files_of(["ABBA"]) == [waterloo]
    assert await index.files_of(["Toto"]) == [folder / "new/Toto - Rosanna.mid"]
    assert await index.files_of(["Queen"]) == [folder / "Queen - Africa.kar"]
    assert await index.files_of(["Prince"]) == [folder / "Prince/what.mid"]


async def test_a_file_that_went_since_the_last_look_is_not_given(
    index: Index, folder: Path
) -> None:
    await refresh(index, folder)
    (folder / NAMES[0]).unlink()
    assert await index.files_of(["ABBA"]) == [folder / NAMES[1]]


async def test_a_folder_that_is_renamed_or_removed_takes_its_files_along(
    index: Index, folder: Path, database: Path
) -> None:
    await refresh(index, folder)
    (folder / "ABBA").rename(folder / "Roxette")
    shutil.rmtree(folder / "A")
    report, _ = await refresh(index, folder)
    assert (report.read, report.removed) == (1, 2)
    assert known(database) == below(folder)
    assert await index.files_of(["ABBA"]) == []


async def test_a_library_that_is_not_there_or_empty_keeps_its_files(
    index: Index, folder: Path, tmp_path: Path, database: Path
) -> None:
    await refresh(index, folder)
    before = rows(database)
    elsewhere = moved(folder, tmp_path / "elsewhere")
    report, refused = await refresh(index, folder)
    assert not report.complete
    [(item, reason)] = refused
    assert item == str(folder)
    assert reason == "the folder of the library is not there; the 4 files that it had are kept"
    os.mkdir(folder)  # so it looks where a drive is put in later
    _, [(_, reason)] = await refresh(index, folder)
    assert reason == "the library is empty; the 4 files that it had are kept"
    assert await index.files_of(["ABBA"]) == []
    os.rmdir(folder)
    moved(elsewhere, folder)
    await refresh(index, folder)
    assert rows(database) == before
    assert len(await index.files_of(["ABBA"])) == 2


async def test_one_library_that_is_not_there_does_not_stop_the_next(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    report, refused = await refresh(index, tmp_path / "none", folder, folder)
    assert report.seen == 4
    assert refused == [(str(tmp_path / "none"), "the folder of the library is not there")]
    assert [line.path for line in await index.state()] == [str(folder)]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
async def test_hidden_files_links_to_folders_and_other_files_are_left_out(
    index: Index, folder: Path, database: Path
) -> None:
    put(folder, ".hidden.mid", ".cache/ABBA/x.mid", "ABBA/cover.jpg", "ABBA/notes.txt")
    (folder / "folder.mid").mkdir()
    os.symlink(folder, folder / "again")
    os.symlink("nowhere.mid", folder / "dangling.mid")
    os.symlink(folder / NAMES[0], folder / "ABBA - linked.mid")
    _, refused = await refresh(index, folder)
    assert refused == []
    assert known(database) == sorted([*NAMES, "ABBA - linked.mid"])
    os.rename(folder / "ABBA", folder.parent / "moved")
    os.symlink(folder.parent / "moved", folder / "ABBA")
    await refresh(index, folder)
    assert "ABBA/Waterloo.mid" not in known(database)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are different there")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read all")
async def test_a_folder_that_cannot_be_read_is_told_and_keeps_its_files(
    index: Index, folder: Path, database: Path
) -> None:
    await refresh(index, folder)
    before = known(database)
    (folder / "ABBA").chmod(0)
    try:
        _, refused = await refresh(index, folder)
    finally:
        (folder / "ABBA").chmod(0o755)
    [(item, reason)] = refused
    assert item == str(folder / "ABBA")
    assert reason.startswith("it cannot be listed")
    assert known(database) == before


@pytest.mark.skipif(sys.platform != "linux", reason="such names are refused elsewhere")
async def test_names_that_are_no_text_are_told_and_the_rest_goes_on(
    index: Index, folder: Path, database: Path
) -> None:
    bad = os.fsencode(folder)
    put(folder, os.fsdecode(b"caf\xe9.mid"), os.fsdecode(b"M\xfcller/x.mid"))
    report, refused = await refresh(index, folder)
    assert report.complete
    assert [Path(item).name for item, _ in refused] == ["M\\udcfcller", "caf\\udce9.mid"]
    assert {reason for _, reason in refused} == {"its name is no text"}
    assert known(database) == sorted(NAMES)
    _, refused = await refresh(index, Path(os.fsdecode(bad + b"/M\xfcller")))
    assert [reason for _, reason in refused] == ["its name is no text"]
    assert await index.forget(Path(os.fsdecode(bad + b"/M\xfcller"))) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="paths are short there")
async def test_a_path_that_is_too_long_is_told(index: Index, folder: Path) -> None:
    (folder / "/".join(["x" * 200] * 5)).mkdir(parents=True)
    report, refused = await refresh(index, folder)
    assert report.complete
    [(_, reason)] = refused
    assert reason == f"its path is over {walk.MAX_PATH_LENGTH} characters"


async def test_a_time_that_no_database_takes_is_taken(index: Index, folder: Path) -> None:
    try:
        os.utime(folder / NAMES[0], ns=(0, 2**63 - 1))
        os.utime(folder / NAMES[1], ns=(0, -(10**18)))
    except (OSError, OverflowError):
        pytest.skip("the file system takes no such time")
    await refresh(index, folder)
    report, _ = await refresh(index, folder)
    assert (report.seen, report.changed, report.read) == (4, 0, 0)


async def test_only_so_many_files_of_a_library_are_taken(
    index: Index, folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(folder, *(f"ABBA/{number}.mid" for number in range(10)))
    monkeypatch.setattr(module, "MAX_FILES", 6)
    for _ in range(2):
        report, refused = await refresh(index, folder)
        assert not report.complete
        assert refused == [(str(folder), "only the first 6 files are taken")]
        assert len(known(database)) == 6


async def test_what_is_refused_is_told_up_to_a_limit(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_REFUSED", 0)
    _, refused = await refresh(index, folder / "none")
    assert refused == [(str(folder / "none"), "more is left out that is not named here")]


async def test_a_title_first_folder_turns_round_when_there_is_enough_to_tell(
    index: Index, folder: Path
) -> None:
    songs = [f"mixed/Song{n} - Roxette.mid" for n in range(7)]
    put(folder, *songs[:2])
    await refresh(index, folder)
    assert await index.files_of(["Roxette"]) == []
    put(folder, *songs[2:])
    report, _ = await refresh(index, folder)
    assert report.read == 7
    assert len(await index.files_of(["Roxette"])) == 7
    assert await index.files_of(["Song1"]) == []


async def test_a_well_known_artist_gets_its_weak_guesses_and_keeps_others_from_its_own(
    index: Index, folder: Path
) -> None:
    put(folder, *(f"Toto/{n}.mid" for n in range(3)), "mix/Lea - Toto.mid", "Toto-Rosanna.mid")
    await refresh(index, folder)
    names = [path.name for path in await index.files_of(["Toto"])]
    assert sorted(names) == sorted(
        ["0.mid", "1.mid", "2.mid", "Lea - Toto.mid", "Toto - Africa.kar", "Toto-Rosanna.mid"]
    )
    assert await index.files_of(["Lea"]) == []


async def test_artists_are_found_in_other_spellings_with_their_files(
    index: Index, folder: Path
) -> None:
    assert await index.search("ABBA") == []
    await refresh(index, folder)
    assert await index.search("led zepelin") == []
    put(folder, "Led Zeppelin/Kashmir.mid", "LedZeppelin/Rock.mid", "Led Zeppelin/Dog.mid")
    await refresh(index, folder)
    assert (await index.search("led zepelin"))[0] == FoundArtist("Led Zeppelin", 3)
    assert await index.search("aba", 1) == [FoundArtist("ABBA", 2)]
    assert await index.search("Waterloo") == []  # a title
    assert await index.search("xyzzy") == await index.search("") == []


async def test_a_file_in_two_libraries_is_given_once(index: Index, folder: Path) -> None:
    await refresh(index, folder, folder / "A")
    assert len(await index.state()) == 2
    assert len(await index.files_of(["ABBA"])) == 2


async def test_a_library_is_forgotten(index: Index, folder: Path, database: Path) -> None:
    await refresh(index, folder, folder / "A")
    assert await index.forget(folder) == 4
    assert await index.forget(folder) == 0
    assert [line.path for line in await index.state()] == [str(folder / "A")]
    assert await index.files_of(["ABBA"]) == [folder / NAMES[1]]
    assert len(known(database)) == 1


async def test_two_refreshes_at_once_of_one_index_do_the_work_once(
    index: Index, folder: Path
) -> None:
    reports = await asyncio.gather(*(refresh(index, folder) for _ in range(3)))
    assert sorted(report.read for report, _ in reports) == [0, 0, 4]


@pytest.mark.slow
async def test_refreshes_of_several_processes_at_once_end_in_one_right_index(
    big: Path, database: Path
) -> None:
    async with opened(database):
        pass
    command = [sys.executable, "-c", REFRESHER, str(database), str(big)]
    running = [
        await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE) for _ in range(3)
    ]
    async with asyncio.timeout(LONG_S):
        said = [(await process.communicate())[0].split()[-1] for process in running]
    assert said == [b"True"] * 3
    assert known(database) == below(big)


@pytest.mark.slow
async def test_a_kill_in_the_middle_loses_only_the_last_batch(big: Path, database: Path) -> None:
    command = [sys.executable, "-c", REFRESHER, str(database), str(big)]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert process.stdout
    async with asyncio.timeout(LONG_S):
        told = int(await process.stdout.readline())
        process.kill()
        await process.communicate()
    kept = len(known(database))
    assert told <= kept < 6000
    async with opened(database) as index:
        assert [line.walked_at for line in await index.state()] == [""]
        report, _ = await refresh(index, big)
        assert report.read == 6000 - kept
        assert known(database) == below(big)
        assert len(await index.files_of(["Quintet 7"])) == 120
        report, _ = await refresh(index, big)
        assert (report.read, report.removed) == (0, 0)


@pytest.mark.slow
async def test_a_cancelled_refresh_leaves_what_the_next_one_completes(
    index: Index, big: Path, database: Path
) -> None:
    begun = asyncio.Event()
    progress = Progress(lambda message, done, total: begun.set())
    task = asyncio.ensure_future(index.refresh([big], progress))
    await asyncio.wait_for(begun.wait(), LONG_S)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(known(database)) < 6000
    await refresh(index, big)
    assert known(database) == below(big)


async def test_a_library_that_is_forgotten_while_it_is_looked_through_stays_so(
    index: Index, big: Path
) -> None:
    begun = asyncio.Event()
    progress = Progress(lambda message, done, total: begun.set())
    task = asyncio.ensure_future(index.refresh([big], progress))
    await asyncio.wait_for(begun.wait(), LONG_S)
    await index.forget(big)
    [report] = await task
    assert not report.complete
    lines: list[LibraryLine] = await index.state()
    assert lines == []


def test_a_drive_that_is_unplugged_in_the_middle_makes_nothing_seem_gone(folder: Path) -> None:
    files, folders = [("ABBA", "Waterloo.mid"), ("ABBA", "x.mid")], ["ABBA", "B", "A/ABBA"]
    assert walk.gone_files(str(folder), files) == [("ABBA", "x.mid")]
    assert walk.gone_folders(str(folder), folders) == ["B"]
    shutil.rmtree(folder)
    assert walk.gone_files(str(folder), files) == walk.gone_folders(str(folder), folders) == []
    folder.mkdir()
    assert walk.gone_files(str(folder), files) == walk.gone_folders(str(folder), folders) == []

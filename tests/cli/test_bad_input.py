"""Bad input: one clear sentence, the right exit code, nothing lost or half-written."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from mididrumigen.store.sqlite import sqlite3

Run = Callable[..., "CompletedProcess[str]"]

LIMITED = """
import resource, runpy, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.argv[0] = "mididrumigen"
runpy.run_module("mididrumigen", run_name="__main__", alter_sys=False)
"""


def refused(done: "CompletedProcess[str]", code: int, *words: str) -> None:
    """Check that a command ended with one sentence of these words and nothing on stdout."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("mididrumigen: ")
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def below(folder: Path) -> set[str]:
    """Every file and folder below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def rows(home: Path) -> dict[str, int]:
    """Rows of every table of the program, read beside it."""
    db = sqlite3.connect(home / "mididrumigen.db")
    try:
        return {
            table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("artists", "research_sources", "style_profiles", "generation_history")
        }
    finally:
        db.close()


EMPTY = dict.fromkeys(("artists", "research_sources", "style_profiles", "generation_history"), 0)


@pytest.mark.parametrize(
    ("name", "word"),
    [("", "empty"), (" \t", "empty"), ("\u200f\u200e", "empty"), ("x" * 10_000, "200 characters")],
    ids=["empty", "blank", "direction marks", "10,000 characters"],
)
def test_what_is_no_name_is_a_usage_error_for_generate(
    run: Run, home: Path, name: str, word: str
) -> None:
    refused(run("generate", name, "--json"), 2, word)
    assert below(Path.cwd()) == set()
    assert rows(home) == EMPTY


@pytest.mark.parametrize("command", ["research", "show", "forget"])
def test_what_is_no_name_is_a_usage_error_for_every_command(run: Run, command: str) -> None:
    refused(run(command, ""), 2, "empty")


@pytest.mark.parametrize(
    "name",
    [
        "🥁🔥👨‍👩‍👧",
        "عمر خيرت",
        "‮evil‬ שלום",
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\..\\x",
        "..",
        "CON",
        "-" * 3,
        "!!!",
        ".hidden",
        "a:b*c?d<e>f|g",
    ],
)
def test_a_strange_name_is_played_and_its_files_stay_in_the_folder(
    run: Run, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    before = below(tmp_path)
    done = run(
        *("generate", "--bars", "1", "--variations", "1", "--seed", "1", "--out", str(out)),
        *("--", name),
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    new = {path for path in below(tmp_path) - before if not path.startswith("home")}
    [folder] = out.iterdir()
    [file] = folder.iterdir()
    assert new == {"out", f"out/{folder.name}", f"out/{folder.name}/{file.name}"}
    assert folder.name.endswith(" - seed 1")
    assert not folder.name.startswith((".", "CON -"))
    assert file.read_bytes()[:4] == b"MThd"


def test_a_folder_without_midi_is_named(run: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "no midi"
    folder.mkdir()
    (folder / "readme.txt").write_text("nothing here")
    refused(run("research", "Me", "--midi", str(folder)), 1, str(folder), ".mid")
    assert rows(home) == EMPTY


def test_a_text_file_called_mid_is_named(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "song.mid").write_text("la la la")
    done = run("research", "Me", "--midi", str(tmp_path / "song.mid"), "--json")
    refused(done, 1, "song.mid: not a MIDI file")
    assert rows(home) == EMPTY


def test_a_file_of_500_mb_is_refused_unread(run: Run, home: Path, tmp_path: Path) -> None:
    with open(tmp_path / "huge.mid", "wb") as file:
        file.write(b"MThd")
        file.truncate(500_000_000)
    refused(run("research", "Me", "--midi", str(tmp_path / "huge.mid")), 1, "huge.mid: 500 MB")
    assert rows(home) == EMPTY


def test_bad_files_among_good_ones_are_told_and_the_rest_is_learnt(
    run: Run, home: Path, midi_folder: Path
) -> None:
    (midi_folder / "a.mid").write_text("la la la")
    done = run("research", "Me", "--midi", str(midi_folder))
    assert done.returncode == 0
    assert "a.mid: not a MIDI file" in done.stderr
    assert rows(home) == {**EMPTY, "artists": 1, "research_sources": 4, "style_profiles": 1}


def test_an_output_folder_that_cannot_be_is_refused(run: Run, home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    refused(run("generate", "John Bonham", "--out", str(tmp_path / "file")), 2, "--out")
    inside = str(tmp_path / "file" / "folder")
    refused(run("generate", "John Bonham", "--out", inside, "--json"), 1, "--out")
    assert (tmp_path / "file").read_text() == "a file"
    assert rows(home) == EMPTY


def limited(limit: int, *args: str) -> "CompletedProcess[str]":
    """The command as a process that may write no file longer than `limit` bytes."""
    return subprocess.run(
        [sys.executable, "-B", "-c", LIMITED, str(limit), *args],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_a_full_disk_leaves_no_half_set(run: Run, home: Path, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    assert run("history").returncode == 0
    out = tmp_path / "out"
    out.mkdir()
    # Held open, so that the files beside the database are there at full length already.
    db = sqlite3.connect(home / "mididrumigen.db")
    try:
        db.execute("SELECT count(*) FROM artists").fetchone()
        refused(limited(60, "generate", "John Bonham", "--out", str(out)), 1, "--out")
    finally:
        db.close()
    assert below(out) == set()
    assert rows(home) == EMPTY


def test_a_disk_too_full_for_the_database_is_one_sentence(home: Path, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    refused(limited(1000, "generate", "John Bonham"), 1, "mididrumigen.db")
    assert below(Path.cwd()) == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[generation\n", ("config.toml", "not valid TOML")),
        ("[generation]\ndefault_barz = 4\n", ("config.toml", "generation.default_barz")),
        ("nonsense = 1\n", ("config.toml", "nonsense")),
        ("[sources.napster]\n", ("config.toml", "napster")),
        ('[generation]\ndefault_bars = "four"\n', ("generation.default_bars", "whole number")),
        ("\udcff", ("config.toml", "cannot be read")),
    ],
    ids=["broken", "unknown key", "unknown top key", "unknown source", "type", "not UTF-8"],
)
def test_a_broken_configuration_is_named_and_nothing_is_made(
    run: Run, home: Path, text: str, words: tuple[str, ...]
) -> None:
    home.mkdir()
    (home / "config.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    refused(run("generate", "John Bonham", "--json"), 1, *words)
    assert below(home) == {"config.toml"}
    assert below(Path.cwd()) == set()


@pytest.mark.parametrize("bars", ["0", "33"])
def test_a_default_outside_its_range_is_one_sentence(run: Run, home: Path, bars: str) -> None:
    home.mkdir()
    (home / "config.toml").write_text(f"[generation]\ndefault_bars = {bars}\n")
    done = run("generate", "John Bonham")
    assert done.returncode in (1, 2)
    refused(done, done.returncode, "bars")
    assert below(Path.cwd()) == set()


@pytest.mark.parametrize("state", ["newer", "garbage", "folder"])
def test_a_database_that_cannot_be_used_is_named_and_left_alone(
    run: Run, home: Path, midi_folder: Path, state: str
) -> None:
    path = home / "mididrumigen.db"
    home.mkdir()
    if state == "newer":
        assert run("history").returncode == 0
        db = sqlite3.connect(path)
        db.execute("UPDATE _sqlite_migrations SET name = 'm999_from_the_future' WHERE id = 1")
        db.commit()
        db.close()
    elif state == "garbage":
        path.write_bytes(b"not a database\n" * 500)
    else:
        path.mkdir()
    before = path.read_bytes() if path.is_file() else b""
    word = {"newer": "newer version", "garbage": "damaged", "folder": "cannot be opened"}[state]
    refused(run("generate", "John Bonham", "--json"), 1, str(path), word)
    refused(run("research", "Me", "--midi", str(midi_folder)), 1, str(path), word)
    assert (path.read_bytes() if path.is_file() else b"") == before
    assert below(Path.cwd()) == set()


def test_an_unknown_name_is_a_sentence_for_show_and_forget(run: Run) -> None:
    refused(run("show", "Jon Bonham", "--json"), 1, "did you mean John Bonham")
    refused(run("forget", "Zyxwv Qrst", "--yes"), 1, "nothing is known about Zyxwv Qrst")

"""A file is shown by the file manager of the system, and by nothing else."""

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from mididrumigen.app import reveal as module
from mididrumigen.app.reveal import command, reveal
from mididrumigen.errors import NotFound, NotYet

FILE = Path("Me - seed 7") / "-rf; $(x) & 'y' \"z\".mid"

if sys.platform in ("win32", "darwin"):
    pytest.skip("the file manager there cannot be replaced", allow_module_level=True)


def file_manager(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a script in the place of the file manager."""
    path = folder / "xdg-open"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with a name that a shell would stumble over."""
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_bytes(b"MThd")
    return path


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        ("darwin", ["open", "-R", str(FILE)]),
        ("win32", [r"D:\Win\explorer.exe", "/select,", str(FILE)]),
        ("linux", ["xdg-open", str(FILE.parent)]),
        ("freebsd14", ["xdg-open", str(FILE.parent)]),
    ],
)
def test_each_system_has_its_own_command(
    platform: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYSTEMROOT", r"D:\Win")
    assert command(platform, FILE) == words


def test_the_folder_of_the_file_is_opened(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_manager(tmp_path, f'printf "%s" "$*" > "{tmp_path}/shown"', monkeypatch)
    reveal(file)
    assert (tmp_path / "shown").read_text() == str(file.parent)


def test_a_file_that_has_gone_is_said_to_be_gone(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_manager(tmp_path, f'touch "{tmp_path}/shown"', monkeypatch)
    file.unlink()
    with pytest.raises(NotFound, match="not there any more"):
        reveal(file)
    assert not (tmp_path / "shown").exists()


def test_a_machine_without_a_file_manager_says_where_the_file_is(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotYet, match="no file manager") as caught:
        reveal(file)
    assert str(file) in str(caught.value)


def test_a_file_manager_that_fails_says_where_the_file_is(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_manager(tmp_path, "echo no display >&2; exit 3", monkeypatch)
    with pytest.raises(NotYet, match="no file manager"):
        reveal(file)


def test_a_file_manager_that_does_not_come_back_is_not_waited_for(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LIMIT_S", 0.2)
    file_manager(tmp_path, "exec sleep 30", monkeypatch)
    began = time.monotonic()
    with pytest.raises(NotYet, match="no file manager"):
        reveal(file)
    assert time.monotonic() - began < 5

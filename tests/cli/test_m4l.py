"""`m4l`: the device goes into the User Library that Live's own settings name."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from m4l.writer import DEVICE
from mididrumigen.app.user_library import DEVICE_PLACE, find_user_library
from mididrumigen.errors import NotFound
from tests.processes import guarded

Run = Callable[..., "CompletedProcess[str]"]

CFG = """<?xml version="1.0" encoding="UTF-8"?>
<Ableton MajorVersion="5" MinorVersion="12.0_12203">
	<ContentLibrary>
		<UserLibrary>
			<LibraryProject Id="0">
				<ProjectLocation />
				<ProjectPath Value="{path}" />
				<ProjectName Value="{name}" />
			</LibraryProject>
		</UserLibrary>
		<Places><LibraryProject Id="1"><ProjectPath Value="/elsewhere" /></LibraryProject></Places>
	</ContentLibrary>
</Ableton>
"""
SETTINGS = {
    "darwin": ("Library/Preferences/Ableton/{live}/Library.cfg", "Music"),
    "win32": ("AppData/Roaming/Ableton/{live}/Preferences/Library.cfg", "Documents"),
}


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of somebody."""
    folder = tmp_path / "José Ünal"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


def settle(person: Path, system: str, live: str, text: str) -> None:
    """Write the settings of a version of Live."""
    place = person / SETTINGS[system][0].format(live=live)
    place.parent.mkdir(parents=True)
    place.write_text(text, encoding="utf-8")


def library_at(folder: Path, name: str = "User Library") -> Path:
    (folder / name).mkdir(parents=True)
    return folder / name


@pytest.mark.parametrize("system", SETTINGS)
def test_the_library_of_the_newest_live_is_taken(system: str, person: Path) -> None:
    for live in ("Live 9.7.7", "Live 11.3.43", "Live 12.4.6", "Live Reports"):
        library_at(person / live)
        settle(person, system, live, CFG.format(path=person / live, name="User Library"))
    assert find_user_library({}, system) == person / "Live 12.4.6" / "User Library"


@pytest.mark.parametrize("system", SETTINGS)
def test_settings_that_lead_nowhere_are_passed_over(system: str, person: Path) -> None:
    settle(person, system, "Live 12.4.6", CFG.format(path="/moved/away", name="User Library"))
    settle(person, system, "Live 12.1.0", "<Ableton><broken")
    settle(person, system, "Live 12.0.0", "<Ableton />")
    theirs = library_at(person / "D & B", "My Library")
    settle(
        person, system, "Live 11.1.0", CFG.format(path=f"{person}/D &amp; B/", name="My Library")
    )
    assert find_user_library({}, system) == theirs


@pytest.mark.parametrize("system", SETTINGS)
def test_without_settings_it_is_the_usual_place_or_a_sentence(system: str, person: Path) -> None:
    with pytest.raises(NotFound, match="--user-library"):
        find_user_library({}, system)
    usual = library_at(person / SETTINGS[system][1] / "Ableton")
    assert find_user_library({}, system) == usual


def test_windows_says_where_settings_are(person: Path, tmp_path: Path) -> None:
    roaming = tmp_path / "roaming"
    place = roaming / "Ableton" / "Live 12.0.5" / "Preferences" / "Library.cfg"
    place.parent.mkdir(parents=True)
    library = library_at(tmp_path / "D")
    place.write_text(CFG.format(path=tmp_path / "D", name="User Library"), encoding="utf-8")
    assert find_user_library({"APPDATA": str(roaming)}, "win32") == library


def test_install_writes_the_device_and_says_what_to_do(run: Run, tmp_path: Path) -> None:
    library = library_at(tmp_path / "Ableton")
    done = run("m4l", "install", "--user-library", str(library))
    target = library / DEVICE_PLACE / "MidiDrumiGen.amxd"
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Wrote {target}\n")
    assert "drag MidiDrumiGen onto a MIDI track" in done.stdout
    assert target.read_bytes() == DEVICE.read_bytes()
    target.write_bytes(b"an older one")
    assert run("m4l", "install", "--user-library", str(library)).returncode == 0
    assert target.read_bytes() == DEVICE.read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["MidiDrumiGen.amxd"]


def test_path_names_a_file_that_is_the_device(run: Run) -> None:
    done = run("m4l", "path")
    assert done.returncode == 0
    assert Path(done.stdout.strip()).read_bytes() == DEVICE.read_bytes()


@pytest.mark.parametrize(
    ("args", "code"), [(("--user-library", "/not/there"), 2), ((), 1)], ids=["named", "found"]
)
def test_a_library_that_is_not_there_is_one_sentence(
    args: tuple[str, ...], code: int, run: Run, person: Path
) -> None:
    done = run("m4l", "install", *args, env={"HOME": str(person), "APPDATA": ""})
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.startswith("mididrumigen: ")
    assert done.stderr.count("\n") == 1


def test_a_library_that_cannot_be_written_is_one_sentence(run: Run, tmp_path: Path) -> None:
    library = library_at(tmp_path / "Ableton")
    (library / "Presets").write_text("a file where a folder should be")
    done = run("m4l", "install", "--user-library", str(library))
    assert done.returncode == 1
    assert done.stderr.startswith("mididrumigen: ")
    assert "cannot be written" in done.stderr


def test_a_package_without_its_checkout_has_the_device(tmp_path: Path) -> None:
    """As it is installed: the device lies beside the code."""
    package = tmp_path / "site" / "mididrumigen"
    source = Path(__file__).parents[2] / "mididrumigen"
    shutil.copytree(source, package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "MidiDrumiGen.amxd").write_bytes(b"the shipped one")
    done = subprocess.run(
        [sys.executable, "-m", "mididrumigen", "m4l", "path"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": guarded(package.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == str(package / "MidiDrumiGen.amxd"), done.stderr

"""What works here: each check says how it stands and what mends it."""

from pathlib import Path

import pytest

from mididrumigen.app.doctor import Check, examine
from mididrumigen.config import Paths, find_paths
from mididrumigen.similar.model import INSTALL, missing
from mididrumigen.store import Store
from mididrumigen.store.sqlite import sqlite3


@pytest.fixture
def paths(home: Path) -> Paths:
    """The places of this test's home."""
    return find_paths({"MIDIDRUMIGEN_HOME": str(home)})


def below(folder: Path) -> set[Path]:
    """What lies in a folder."""
    return set(folder.iterdir())


async def checked(paths: Paths) -> dict[str, Check]:
    """Checks by their name."""
    return {check.name: check for check in await examine(paths)}


async def test_a_new_home_has_no_problem_and_stays_untouched(paths: Paths, home: Path) -> None:
    checks = await checked(paths)
    assert [name for name, check in checks.items() if check.state == "problem"] == []
    assert {"program", "configuration", "database", "built-in notes", "disk"} <= set(checks)
    assert "config init" in checks["configuration"].text
    assert home not in below(home.parent)


async def test_a_good_database_is_counted(paths: Paths) -> None:
    await (await Store.open(paths.database)).close()
    assert (await checked(paths))["database"].text == f"{paths.database}, 0 researched"


@pytest.mark.parametrize("state", ["text", "folder", "newer"])
async def test_a_database_that_cannot_be_used_is_a_problem_and_the_rest_is_checked(
    paths: Paths, state: str
) -> None:
    paths.database.parent.mkdir()
    if state == "text":
        paths.database.write_text("no database " * 100)
    elif state == "folder":
        paths.database.mkdir()
    else:
        await (await Store.open(paths.database)).close()
        db = sqlite3.connect(paths.database)
        db.execute("UPDATE _sqlite_migrations SET name = 'm999_future' WHERE id = 1")
        db.commit()
        db.close()
    checks = await checked(paths)
    word = {"text": "damaged", "folder": "cannot be opened", "newer": "newer version"}[state]
    assert checks["database"].state == "problem"
    assert word in checks["database"].text
    assert checks["built-in notes"].state == "ok"


async def test_a_broken_configuration_is_a_problem_that_names_the_key(paths: Paths) -> None:
    paths.config.parent.mkdir()
    paths.config.write_text("[generation]\ndefault_barz = 4\n")
    check = (await checked(paths))["configuration"]
    assert check.state == "problem"
    assert "generation.default_barz" in check.text


async def test_a_library_that_is_not_there_is_a_problem(paths: Paths, tmp_path: Path) -> None:
    paths.config.parent.mkdir()
    there, gone = tmp_path / "there", tmp_path / "gone"
    there.mkdir()
    paths.config.write_text(
        f"[sources.local_midi]\nfolders = ['{there.as_posix()}', '{gone.as_posix()}']\n"
    )
    found = [(c.state, c.text) for c in await examine(paths) if c.name == "MIDI library"]
    assert found == [("ok", there.as_posix()), ("problem", f"{gone.as_posix()} is not there")]


async def test_an_extra_that_is_missing_is_a_note_with_its_command(paths: Paths) -> None:
    extras = {n: c for n, c in (await checked(paths)).items() if n.startswith("extra ")}
    assert list(extras) == ["extra audio", "extra llm", "extra similar", "extra tray"]
    similar = extras.pop("extra similar")
    absent = missing()
    assert similar.state == ("note" if absent else "ok")
    assert all(package in similar.text for package in absent)
    assert (INSTALL in similar.text) == bool(absent)
    assert {check.state for check in extras.values()} == {"note"}
    for name, check in extras.items():
        says_so = "not installed" in check.text
        assert (f'pip install "mididrumigen[{name.split()[1]}]"' in check.text) == says_so


async def test_a_drum_map_that_is_none_is_a_problem(paths: Paths) -> None:
    assert (await checked(paths))["drum map"] == Check("drum map", "ok", "gm: General MIDI")
    paths.maps.mkdir(parents=True)
    (paths.maps / "bad.toml").write_text("bang = 1\n")
    paths.config.write_text('[generation]\nmap = "lost"\n')
    said = [c.text for c in await examine(paths) if (c.name, c.state) == ("drum map", "problem")]
    assert len(said) == 2
    assert said[0].startswith("[generation] map: there is no drum map 'lost'")
    assert said[1].startswith("bad.toml, line 1: there is no voice 'bang'")

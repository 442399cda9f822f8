"""Nothing heavy is imported before it is needed."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[str]"]


def imported(done: "CompletedProcess[str]") -> set[str]:
    """First parts of the names of all modules that a process with `-X importtime` imported."""
    assert done.returncode == 0, done.stderr
    names = re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s*(\w+)", done.stderr, re.MULTILINE)
    assert "mididrumigen" in names
    return set(names)


@pytest.mark.parametrize("args", [("--help",), ("generate", "--help")])
def test_help_pays_for_nothing_heavy(run: Run, args: tuple[str, ...]) -> None:
    found = imported(run(*args, python=("-X", "importtime")))
    heavy = {"asyncio", "mido", "sqlite3", "rich", "numpy", "pydantic", "structlog"}
    assert found & (heavy | {"sqlite_utils", "rapidfuzz", "platformdirs"}) == set()


def test_generate_of_a_cached_artist_pays_for_nothing_heavy(run: Run, midi_folder: Path) -> None:
    assert run("research", "Me", "--midi", str(midi_folder)).returncode == 0
    for name in ("Me", "John Bonham"):
        found = imported(run("generate", name, "--json", python=("-X", "importtime")))
        assert "mido" in found  # the files are written with it
        heavy = {"pydantic", "numpy", "sqlite_utils", "structlog", "rapidfuzz", "rich"}
        assert found & heavy == set(), name

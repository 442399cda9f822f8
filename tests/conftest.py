"""What the tests share: a home of their own, a folder of MIDI files, the command as a process."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import hypothesis
import pytest

from mididrumigen.drums import Voice
from mididrumigen.keys import KEYS
from tests.guard import sitecustomize as guard
from tests.takes import ROCK, midi_file_of, take_of

# A machine that does other things as well is no failure; what takes too long is a benchmark's.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# No test asks the internet, or sees the keyring or the keys of whoever runs it; fixtures of modules
# and processes of their own neither.
os.environ["MIDIDRUMIGEN_OFFLINE"] = "1"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
for kind in KEYS.values():
    os.environ.pop(kind.variable, None)

# The processes that tests start compile the program once, not each anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Nor could it: here and in every process that a test starts, whoever goes out fails.
_FILE, _NAME = tempfile.mkstemp(prefix="leaks-")
os.close(_FILE)
_LEAKS = Path(_NAME)
os.environ[guard.LEAKS] = str(_LEAKS)
_PYTHONPATH = os.environ.get("PYTHONPATH", "")
_GUARD = str(Path(guard.__file__).parent)
if _GUARD not in _PYTHONPATH.split(os.pathsep):
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (_GUARD, _PYTHONPATH)))


@pytest.fixture(autouse=True)
def stays_here() -> Iterator[None]:
    """Fails a test during which anything tried to leave this machine, whoever caught the error."""
    before = _LEAKS.read_text(encoding="utf-8")
    yield
    assert _LEAKS.read_text(encoding="utf-8") == before


def pytest_unconfigure() -> None:
    """Remove the note of what tried to leave."""
    _LEAKS.unlink(missing_ok=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for this test; the current directory is another empty folder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MIDIDRUMIGEN_HOME", str(folder))
    monkeypatch.delenv("MIDIDRUMIGEN_CONFIG", raising=False)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return folder


@pytest.fixture
def midi_folder(tmp_path: Path) -> Path:
    """A folder with four different takes of one drummer."""
    folder = tmp_path / "takes"
    folder.mkdir()
    grooves = [
        {**ROCK, Voice.KICK: kick}
        for kick in (
            "X--- --x- x-x- ----",
            "X-x- ---x --x- --x-",
            "X--x ---- X-x- ---x",
            "X--- ---- x-xx ----",
        )
    ]
    for index, rows in enumerate(grooves):
        take = take_of(
            rows,
            bars=8,
            tempo_bpm=100 + index,
            late_ms=lambda step, voice, rng: rng.gauss(4 if voice is Voice.SNARE else 0, 8),
            seed=index,
        )
        (folder / f"take {index + 1}.mid").write_bytes(midi_file_of(take, 8))
    return folder


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(home: Path, tmp_path: Path) -> Run:
    """Runs the command as a process of its own, as a user does; text in and out, time-limited."""

    def command(
        *args: str,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        python: Sequence[str] = (),
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *python, "-m", "mididrumigen", *args],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            cwd=cwd or Path.cwd(),
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **(env or {})},
            check=False,
        )

    return command

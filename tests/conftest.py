"""What the tests share: takes made by hand, MIDI bytes, a home of their own, the command as a process."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from mididrumigen.drums import Voice
from mididrumigen.midi import midi_bytes
from mididrumigen.models import COMMON_TIME, TICKS_PER_QUARTER, Hit, Metre, Pattern, Take

SIXTEENTH = TICKS_PER_QUARTER // 4


def take_of(
    rows: Mapping[Voice, str],
    *,
    bars: int = 8,
    tempo_bpm: float = 120.0,
    metre: Metre = COMMON_TIME,
    steps_per_quarter: int = 4,
    late_ms: Callable[[int, Voice, Random], float] | None = None,
    velocities: Mapping[str, int] | None = None,
    seed: int = 1,
) -> Take:
    """A take that plays one bar of step notation again and again.

    `late_ms(step, voice, rng)` places each stroke against the rigid grid; without it the take is
    quantised.
    """
    loudness = velocities or {".": 34, "o": 62, "x": 88, "X": 112}
    rng = Random(seed)
    hits = []
    for bar in range(bars):
        for voice, row in rows.items():
            for step, mark in enumerate(row.replace(" ", "")):
                if mark == "-":
                    continue
                tick = bar * metre.ticks + step * TICKS_PER_QUARTER / steps_per_quarter
                if late_ms:
                    tick += late_ms(step, voice, rng) * tempo_bpm * TICKS_PER_QUARTER / 60_000
                hits.append(Hit(max(0, round(tick)), voice, loudness[mark]))
    return Take(
        hits=tuple(sorted(hits)),
        tempos=((0, tempo_bpm),),
        metres=((0, metre),),
        map_name="gm",
    )


ROCK = {
    Voice.HAT_CLOSED: "X-x- X-x- X-x- X-x-",
    Voice.SNARE: "---- X--. -.-- X---",
    Voice.KICK: "X--- --x- x-x- ----",
}


def midi_file_of(take: Take, bars: int) -> bytes:
    """Bytes of a MIDI file with a take's hits, its first tempo and its first metre."""
    pattern = Pattern(take.hits, bars, take.metres[0][1], take.tempos[0][1], 1, 1, "Test")
    return midi_bytes(pattern)


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
        for kick in ("X--- --x- x-x- ----", "X-x- ---x --x- --x-", "X--x ---- X-x- ---x", "X--- ---- x-xx ----")
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
        *args: str, env: Mapping[str, str] | None = None, cwd: Path | None = None, python: Sequence[str] = ()
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

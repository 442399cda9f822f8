"""How long commands take beside a bare Python: `python tests/benchmarks/start.py`.

Prints the best of several runs in milliseconds and as a multiple of `python -c pass` in the same
run. Goals: help 12x, keyless generate of a cached artist 35x.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 11
COMMANDS = {
    "--help": ["--help"],
    "generate, built-in artist": ["generate", "John Bonham", "--seed", "1"],
    "generate, researched artist": ["generate", "Bench Drummer", "--seed", "1"],
    "show, researched artist": ["show", "Bench Drummer", "--json"],
}


def best_ms(command: list[str], env: dict[str, str], folder: str) -> float:
    """Shortest of several runs, ms."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(command, env=env, cwd=folder, capture_output=True, check=True)
        times.append(time.perf_counter() - began)
    return min(times) * 1000


def main(midi: list[str]) -> None:
    """Measure; `midi` are files or folders to research the cached artist from."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "MIDIDRUMIGEN_HOME": str(Path(folder, "home"))}
        program = [sys.executable, "-m", "mididrumigen"]
        if not midi:  # our own output is MIDI too
            made = Path(folder, "made")
            subprocess.run(
                [
                    *program,
                    "generate",
                    "rock",
                    "--bars",
                    "32",
                    "--variations",
                    "8",
                    "--out",
                    str(made),
                ],
                env=env,
                capture_output=True,
                check=True,
            )
            midi = [str(made)]
        paths = [part for path in midi for part in ("--midi", str(Path(path).resolve()))]
        subprocess.run(
            [*program, "research", "Bench Drummer", *paths],
            env=env,
            capture_output=True,
            check=True,
        )
        bare = best_ms([sys.executable, "-c", "pass"], env, folder)
        print(f"{'python -c pass':30} {bare:6.0f} ms")
        for name, arguments in COMMANDS.items():
            took = best_ms([*program, *arguments], env, folder)
            print(f"{name:30} {took:6.0f} ms  {took / bare:5.1f}x")


if __name__ == "__main__":
    main(sys.argv[1:])

"""Same seed, same bytes: in another process, with another hash seed, in another folder."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., "CompletedProcess[str]"]


def files(folder: Path) -> dict[str, bytes]:
    """Contents of the MIDI files below a folder, by their names."""
    return {path.name: path.read_bytes() for path in folder.rglob("*.mid")}


def test_a_seed_gives_the_same_bytes_in_any_process_and_folder(run: Run, tmp_path: Path) -> None:
    made = []
    for seed, hash_seed, where in (("7", "0", "a"), ("7", "4711", "b/c"), ("8", "0", "d")):
        cwd = tmp_path / where
        cwd.mkdir(parents=True)
        env = {"PYTHONHASHSEED": hash_seed, "MIDIDRUMIGEN_HOME": str(tmp_path / f"home{where[0]}")}
        command = ("generate", "John Bonham", "--bars", "8", "--variations", "8", "--seed", seed)
        done = run(*command, cwd=cwd, env=env)
        assert done.returncode == 0, done.stderr
        made.append(files(cwd))
    first, same, other = made
    assert len(first) == 8
    assert len(set(first.values())) == 8
    assert same == first
    assert set(other) == set(first)
    assert all(other[name] != first[name] for name in first)


def test_research_in_another_process_leads_to_the_same_bytes(
    run: Run, tmp_path: Path, midi_folder: Path
) -> None:
    made = []
    for hash_seed, home in (("1", "one"), ("2", "two")):
        cwd = tmp_path / f"in {home}"
        cwd.mkdir()
        env = {"PYTHONHASHSEED": hash_seed, "MIDIDRUMIGEN_HOME": str(tmp_path / home)}
        assert run("research", "Me", "--midi", str(midi_folder), env=env).returncode == 0
        # Played from the stored profile, then once more.
        for again in ("first", "second"):
            run("generate", "me", "--seed", "3", "--out", str(cwd / again), env=env)
        made += [files(cwd / "first"), files(cwd / "second")]
    assert len(made[0]) == 4
    assert made[0] == made[1] == made[2] == made[3]

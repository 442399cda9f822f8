"""The contract of the command line, command by command, as processes of their own."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import mido
import pytest

from mididrumigen import __version__
from mididrumigen.cli import main

Run = Callable[..., "CompletedProcess[str]"]

GENERATED = {
    "generation_id",
    "artist",
    "provider_used",
    "seed",
    "tempo",
    "time_signature",
    "bars",
    "generation_time_ms",
    "basis",
    "confidence",
    "midi_files",
    "clips",
    "notices",
}


def document(done: "CompletedProcess[str]") -> Any:
    """The one JSON document on stdout of a command that went well; ASCII."""
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii()
    return json.loads(done.stdout)


def test_generate_json_is_the_result_of_the_contract_and_the_files_hold_its_clips(
    run: Run, tmp_path: Path
) -> None:
    done = run(
        *("generate", "Led Zeppelin", "--bars", "2", "--variations", "3", "--seed", "7"),
        *("--tempo", "97.5", "--time-signature", "3/4", "--out", str(tmp_path / "out"), "--json"),
    )
    result = document(done)
    assert done.stderr == ""
    assert set(result) == GENERATED
    assert result["generation_id"] == 1
    assert (result["artist"], result["provider_used"], result["seed"]) == (
        "Led Zeppelin",
        "template",
        7,
    )
    assert (result["tempo"], result["time_signature"], result["bars"]) == (97.5, "3/4", 2)
    assert (result["basis"], result["confidence"]) == ("builtin", 0.35)
    assert result["generation_time_ms"] > 0
    assert any("John Bonham" in notice for notice in result["notices"])
    folder = tmp_path / "out" / "Led Zeppelin - seed 7"
    assert result["midi_files"] == [
        str(folder / f"Led Zeppelin - Variation {n}.mid") for n in (1, 2, 3)
    ]
    assert len(result["clips"]) == 3
    for number, clip in enumerate(result["clips"], start=1):
        assert set(clip) == {"name", "length_beats", "fit", "notes"}
        assert clip["name"] == f"Led Zeppelin - Variation {number}"
        assert clip["length_beats"] == 6
        assert 0 <= clip["fit"] <= 1
        in_file = notes_of(Path(result["midi_files"][number - 1]))
        assert [
            [pitch, pytest.approx(start, abs=1e-5), pytest.approx(length, abs=1e-5), velocity]
            for pitch, start, length, velocity in in_file
        ] == clip["notes"]
        assert len(in_file) >= 6
        for pitch, start, length, velocity in in_file:
            assert 35 <= pitch <= 81
            assert 1 <= velocity <= 127
            assert length >= 30 / 480
            assert 0 <= start < start + length <= 6


def notes_of(path: Path) -> list[tuple[int, float, float, int]]:
    """(pitch, start, duration, velocity) of the notes in a file of channel 10, in beats."""
    midi = mido.MidiFile(path)
    assert (midi.type, midi.ticks_per_beat, len(midi.tracks)) == (0, 480, 1)
    now, open_notes, notes = 0, {}, []
    for message in midi.tracks[0]:
        now += message.time
        if message.type == "note_on" and message.velocity:
            assert message.channel == 9
            open_notes[message.note] = (now, message.velocity)
        elif message.type in ("note_on", "note_off"):
            start, velocity = open_notes.pop(message.note)
            notes.append((message.note, start / 480, (now - start) / 480, velocity))
    assert not open_notes
    return sorted(notes, key=lambda note: (note[1], note[0]))


def test_generate_without_options_writes_four_files_to_the_current_directory(
    run: Run, tmp_path: Path
) -> None:
    done = run("generate", "John Bonham", env={"COLUMNS": "40"})
    assert done.returncode == 0
    made = sorted(path.relative_to(tmp_path / "work") for path in Path.cwd().rglob("*.mid"))
    assert [path.name for path in made] == [f"John Bonham - Variation {n}.mid" for n in range(1, 5)]
    [folder] = {path.parent.as_posix() for path in made}
    seed = folder.removeprefix("John Bonham - seed ")
    assert seed.isdigit()
    assert f"seed {seed}" in done.stdout
    assert "from built-in notes, not yet researched" in done.stdout
    assert "John Bonham: from built-in notes, not yet researched" in done.stderr
    for path in made:
        assert str(Path.cwd() / path) in done.stdout


def test_a_dry_run_has_notes_and_no_files(run: Run, tmp_path: Path) -> None:
    result = document(run("generate", "Reggae", "--dry-run", "--json", "--variations", "1"))
    assert set(result) == GENERATED
    assert (result["generation_id"], result["midi_files"]) == (None, [])
    assert result["basis"] == "genre"
    assert len(result["clips"][0]["notes"]) > 4
    assert list(Path.cwd().iterdir()) == []


def test_research_show_artists_history_and_forget_tell_one_story(
    run: Run, midi_folder: Path
) -> None:
    (midi_folder / "bad.mid").write_text("no MIDI")
    learnt = run("research", "Drümmer X", "--midi", str(midi_folder), "--json")
    result = document(learnt)
    assert set(result) == {
        "artist",
        "basis",
        "confidence",
        "confidence_before",
        "sources_count",
        "description",
        "grooves",
        "fills",
        "sources",
    }
    assert (result["artist"], result["basis"], result["sources_count"]) == (
        "Drümmer X",
        "researched",
        4,
    )
    assert 0.4 <= result["confidence"] < 0.7
    assert result["confidence_before"] is None
    assert result["sources"]["builtin"] == {
        "state": "empty",
        "reason": "",
        "found": 0,
        "refused": [],
    }
    assert result["sources"]["local_midi"] == {
        "state": "ok",
        "reason": "",
        "found": 4,
        "refused": [{"item": str(midi_folder / "bad.mid"), "reason": "not a MIDI file"}],
    }

    shown = document(run("show", "drummer x", "--json"))
    assert set(shown) == {
        *("identity", "basis", "confidence", "traits", "evidence", "sources"),  # the contract
        *("description", "quantitative_params", "kit", "grooves", "fills"),  # beyond it
    }
    assert set(shown["identity"]) == {"name", "disambiguation", "aliases", "player"}
    assert shown["identity"]["name"] == "Drümmer X"
    assert len(shown["evidence"]) == 4
    for piece in shown["evidence"].values():
        assert set(piece) == {
            *("source", "kind", "url", "quote"),
            *("value", "confidence", "licence", "retrieved_at"),
        }
        assert (piece["source"], piece["kind"]) == ("local_midi", "midi")
    assert {piece["url"] for piece in shown["evidence"].values()} == {
        path.as_uri() for path in midi_folder.glob("take*.mid")
    }
    assert shown["traits"]["tempo_bpm"]["unit"] == "BPM"
    for trait in shown["traits"].values():
        assert set(trait) == {"value", "unit", "confidence", "evidence", "means"}
        assert trait["evidence"]
        assert set(trait["evidence"]) <= set(shown["evidence"])
    assert shown["sources"] == {"local_midi": {"state": "ok", "reason": "", "found": 4}}

    listed = document(run("artists", "drummer", "--json"))["artists"]
    assert set(listed[0]) == {"name", "basis", "confidence", "sources_count", "updated_at"}
    assert (listed[0]["name"], listed[0]["basis"]) == ("Drümmer X", "researched")

    made = document(run("generate", "drümmer x", "--seed", "5", "--variations", "1", "--json"))
    assert (made["artist"], made["basis"]) == ("Drümmer X", "researched")
    [line] = document(run("history", "--json"))["generations"]
    assert set(line) == {
        *("generation_id", "artist", "created_at", "seed", "provider_used", "engine_version"),
        *("profile_hash", "request", "tempo", "time_signature", "bars", "basis", "confidence"),
        "midi_files",
    }
    assert (line["generation_id"], line["seed"], line["artist"]) == (
        made["generation_id"],
        5,
        "Drümmer X",
    )
    assert line["midi_files"] == made["midi_files"]

    gone = run("forget", "DRUMMER X", "--yes")
    assert (gone.returncode, gone.stderr) == (0, "")
    assert gone.stdout == "Forgot Drümmer X: 4 pieces of evidence removed.\n"
    assert run("show", "drummer x").returncode == 1


def test_what_people_read_goes_to_stdout_and_remarks_to_stderr(run: Run, midi_folder: Path) -> None:
    (midi_folder / "bad.mid").write_text("no MIDI")
    learnt = run("research", "Me [bold]", "--midi", str(midi_folder))
    assert learnt.returncode == 0
    assert learnt.stdout.startswith("Me [bold]  confidence 0.")
    assert 'Next: mididrumigen generate "Me [bold]"' in learnt.stdout
    assert learnt.stderr == "left out bad.mid: not a MIDI file\n"
    shown = run("show", "me bold")
    assert shown.stderr == ""
    assert re.search(r" take [1-4]\.mid and 3 more", shown.stdout)
    assert "main groove" in shown.stdout
    listed = run("artists")
    assert listed.stdout.splitlines()[0].split() == [
        "artist",
        "basis",
        "sure",
        "sources",
        "updated",
    ]
    assert "Me [bold]" in listed.stdout
    nobody = run("artists", "zyxwvq")
    assert (nobody.returncode, nobody.stdout) == (0, "")
    empty = run("history")
    assert (empty.returncode, empty.stdout) == (0, "")
    assert "nothing generated yet" in empty.stderr


def test_config_shows_finds_and_begins_a_file(run: Run, home: Path) -> None:
    path = run("config", "path")
    assert path.stdout == f"{home / 'config.toml'}\n"
    assert not home.exists()
    assert run("config", "init").returncode == 0
    example = Path(__file__).parents[1] / "config.example.toml"
    assert (home / "config.toml").read_text("utf-8") == example.read_text("utf-8")
    (home / "config.toml").write_text("[generation]\ndefault_bars = 6\n")
    again = run("config", "init")
    assert again.returncode == 1
    assert again.stderr.startswith("mididrumigen: ")
    assert (home / "config.toml").read_text() == "[generation]\ndefault_bars = 6\n"
    assert sorted(p.name for p in home.iterdir()) == ["config.toml"]
    shown = run("config", "show")
    assert tomllib.loads(shown.stdout)["generation"]["default_bars"] == 6


def test_doctor_reports_and_its_exit_code_tells_of_a_problem(run: Run, home: Path) -> None:
    checks = document(run("doctor", "--json"))["checks"]
    assert all(set(check) == {"name", "state", "text"} for check in checks)
    assert {"program", "configuration", "database", "built-in notes", "disk"} <= {
        check["name"] for check in checks
    }
    home.mkdir(exist_ok=True)
    (home / "mididrumigen.db").write_text("no database" * 99)
    bad = run("doctor", "--json")
    assert (bad.returncode, bad.stderr) == (1, "")
    states = {check["name"]: check["state"] for check in json.loads(bad.stdout)["checks"]}
    assert states["database"] == "problem"


def test_home_moves_all_state_and_config_the_settings_alone(run: Run, tmp_path: Path) -> None:
    settings = tmp_path / "mine.toml"
    settings.write_text("[generation]\ndefault_bars = 3\ndefault_variations = 1\n")
    other = tmp_path / "other home"
    env = {"MIDIDRUMIGEN_HOME": str(other), "MIDIDRUMIGEN_CONFIG": str(settings)}
    made = document(run("generate", "John Bonham", "--json", env=env))
    assert (made["bars"], len(made["clips"])) == (3, 1)
    assert [path.name for path in other.iterdir() if path.suffix == ".db"] == ["mididrumigen.db"]
    assert run("config", "path", env=env).stdout == f"{settings}\n"
    assert not (tmp_path / "home").exists()


def test_help_version_and_usage_have_the_exit_codes_of_the_contract(run: Run) -> None:
    version = run("--version")
    assert (version.returncode, version.stdout) == (0, f"MidiDrumiGen {__version__}\n")
    bare = run()
    assert bare.returncode == 2
    assert "Usage: mididrumigen" in bare.stdout + bare.stderr
    helped = run("generate", "--help")
    assert helped.returncode == 0
    for option in (
        *("--bars", "--tempo", "--time-signature", "--variations", "--seed", "--part"),
        *("--provider", "--swing", "--humanize", "--feel", "--timing", "--dynamics"),
        *("--complexity", "--intensity", "--fills", "--research", "--dry-run", "--out", "--json"),
    ):
        assert option in helped.stdout


@pytest.mark.parametrize(
    ("option", "low", "high", "outside"),
    [
        ("--bars", "1", "32", ("0", "33", "2.5", "x")),
        ("--variations", "1", "8", ("0", "9")),
        ("--seed", "0", str(2**53 - 1), ("-1", str(2**53))),
        ("--tempo", "30", "300", ("29.9", "300.1", "nan", "inf")),
        ("--swing", "50", "75", ("49.9", "75.1", "nan")),
        *(
            (f"--{name}", "0", "100", ("-0.1", "100.1", "nan"))
            for name in (
                *("humanize", "feel", "timing", "dynamics"),
                *("complexity", "intensity", "fills"),
            )
        ),
        ("--time-signature", "2/4", "12/8", ("1/4", "13/8", "5/3", "4", "")),
        ("--part", "fill", "groove", ("drums",)),
        ("--research", "auto", "never", ("always",)),
        ("--provider", "auto", "none", ("openai", "skynet")),
    ],
)
def test_an_option_takes_its_whole_range_and_nothing_outside(
    option: str,
    low: str,
    high: str,
    outside: tuple[str, ...],
    home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    small = () if option in ("--bars", "--variations") else ("--bars", "1", "--variations", "1")
    command = ["generate", "John Bonham", "--dry-run", "--json", *small]
    for value in (low, high):
        assert main([*command, option, value]) == 0, value
        result = json.loads(capsys.readouterr().out)
        assert set(result) == GENERATED
    for value in outside:
        assert main([*command, f"{option}={value}"]) == 2, value
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.startswith("mididrumigen: ")
        assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ["bogus"],
        ["generate"],
        ["generate", "A", "B"],
        ["generate", "A", "--bogus"],
        ["research", "A", "--midi", "not there"],
        ["history", "--limit", "0"],
        ["config", "bogus"],
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_two(
    args: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(args) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("mididrumigen: ")
    assert said.err.count("\n") == 1
    assert not home.exists()


def test_a_narrow_console_is_no_reason_to_fail(run: Run) -> None:
    env = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = run("generate", "Sigur Rós 🥁", "--variations", "1", env=env)
    assert done.returncode == 0
    assert done.stdout.startswith("Sigur R\\xf3s")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end in another way there")
def test_a_reader_of_a_pipe_that_leaves_early_is_no_reason_for_a_traceback(home: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "mididrumigen", "show", "John Bonham", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert error == b""
    assert process.wait(60) == 1

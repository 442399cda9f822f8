"""The contract: the command line, command by command, as processes of their own; then HTTP, call by
call, with a daemon as a process of its own.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any, TypeVar

import httpx
import mido
import pytest
from aiohttp import web
from pydantic import BaseModel

from mididrumigen import __version__
from mididrumigen.cli import main
from mididrumigen.config import find_paths
from mididrumigen.drums import Voice
from mididrumigen.midi import read_midi
from mididrumigen.models import Artist
from mididrumigen.store import Store, queries
from mididrumigen.web import answers, set_up_models
from mididrumigen.web.calls import CALLS
from tests.daemon import Daemon
from tests.takes import ROCK, midi_file_of, take_of

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
    "map",
    "voices",
    "tracks",
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
        assert set(clip) == CLIP
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


def test_a_take_is_locked_by_drums_and_bars_and_the_rest_is_new(run: Run) -> None:
    first = document(run("generate", "John Bonham", "--seed", "1", "--json"))
    source = f"{first['generation_id']}/2"
    options = ("--lock", "kick,hats", "--lock-bars", "4", "--from", source, "--seed", "2")
    second = document(run("generate", "J Dilla", *options, "--json"))
    assert (second["artist"], second["bars"], second["tempo"]) == ("J Dilla", 4, first["tempo"])
    held = first["clips"][1]["notes"]
    kept = [n[:2] + n[3:] for n in held if n[0] in (36, 42, 44, 46) or n[1] >= 12]
    for clip in second["clips"]:
        notes = [n[:2] + n[3:] for n in clip["notes"]]
        assert all(n in notes for n in kept)
        assert notes != [n[:2] + n[3:] for n in held]
    [line] = document(run("history", "--limit", "1", "--json"))["generations"]
    assert line["request"]["lock"]["generation_id"] == first["generation_id"]
    for options, says in (
        (("--lock", "kick"), "nothing says which take is locked"),
        (("--lock", "gong", "--from", "1/1"), "'gong' is no drum"),
        (("--lock", "kick", "--from", "1/7"), "takes 1 to 4, not 7"),
        (("--lock", "kick", "--from", "1/1", "--bars", "8"), "has 4 bars, not 8"),
    ):
        done = run("generate", "J Dilla", *options)
        assert (done.returncode, done.stdout) == (1 if "takes 1" in says else 2, "")
        assert says in done.stderr


def test_another_artist_is_blended_in(run: Run) -> None:
    result = document(run("generate", "John Bonham", "--blend", "J Dilla:0.4", "--json"))
    assert result["artist"] == "John Bonham + J Dilla"
    assert 91 < result["tempo"] < 92
    assert Path(result["midi_files"][0]).name == "John Bonham + J Dilla - Variation 1.mid"
    done = run("generate", "John Bonham", "--blend", "Bonzo:0.4")
    assert (done.returncode, done.stdout) == (2, "")
    assert "cannot be blended with themselves" in done.stderr


def test_a_clip_is_played_as_an_artist_and_gone_on_with(run: Run) -> None:
    Path("mine.mid").write_bytes(played(1, bars=4))
    own = document(run("play-as", "J Dilla", "mine.mid", "--seed", "3", "--json"))
    assert (own["artist"], own["bars"], len(own["clips"])) == ("J Dilla", 4, 1)
    assert own["time_signature"] == "4/4"
    assert len(own["clips"][0]["notes"]) == len(read_midi(Path("mine.mid").read_bytes()).hits)
    more = document(run("continue", "mine.mid", "--artist", "J Dilla", "--bars", "2", "--json"))
    assert (more["bars"], len(more["clips"]), more["tempo"]) == (2, 4, own["tempo"])
    for command in (("play-as", "J Dilla"), ("continue", "--artist", "J Dilla")):
        Path("bad.mid").write_bytes(b"no music")
        done = run(*command, "bad.mid")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("mididrumigen: bad.mid: ")
        assert len(done.stderr.splitlines()) == 1


def test_maps_are_listed_printed_edited_and_written_to(run: Run, home: Path) -> None:
    listed = document(run("maps", "--json"))
    assert {row["name"] for row in listed["maps"]} >= {
        *("gm", "ableton", "ableton16", "logic", "ezdrummer", "superior", "addictive2", "roland")
    }
    assert all(set(row) == {"name", "title"} for row in listed["maps"])
    assert listed["wrong"] == []
    printed = run("maps", "addictive2").stdout
    assert "hat_closed = 49\n" in printed
    Path("My Kit.toml").write_text(printed.replace("kick = 36", "kick = 24"), encoding="utf-8")
    asked = ("generate", "John Bonham", "--seed", "7", "--variations", "1", "--json")
    made = document(run(*asked, "--map", "My Kit.toml", "--tracks", "per-voice"))
    assert (made["map"], made["tracks"]) == ("My-Kit", "per-voice")
    assert (made["voices"]["24"], made["voices"]["49"]) == ("kick", "hat_closed")
    [file] = made["midi_files"]
    midi = mido.MidiFile(file)
    assert midi.type == 1
    assert {"Kick", "Snare", "Closed hi-hat"} <= {track.name for track in midi.tracks}
    in_file = {m.note for track in midi.tracks for m in track if m.type == "note_on"}
    assert in_file == {note[0] for note in made["clips"][0]["notes"]}
    assert {24, 38, 49} <= in_file
    assert in_file <= set(map(int, made["voices"]))
    # In the folder of maps it goes by its name, and as the setting without one.
    (home / "maps").mkdir()
    Path("My Kit.toml").rename(home / "maps" / "My Kit.toml")
    (home / "maps" / "wrong.toml").write_text("kick = 36\nbang = 1\n", encoding="utf-8")
    (home / "config.toml").write_text('[generation]\nmap = "My-Kit"\n', encoding="utf-8")
    again = document(run(*asked))
    assert (again["map"], again["clips"]) == ("My-Kit", made["clips"])
    assert document(run("maps", "My-Kit", "--json"))["notes"]["kick"] == 24
    told = run("maps")
    assert "My-Kit" in told.stdout
    assert "wrong.toml, line 2: there is no voice 'bang'" in told.stderr
    assert str(home / "maps") in told.stderr
    assert document(run("history", "--json"))["generations"][0]["request"]["map"] == "My-Kit"


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
        "changes",
        "notices",
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
        *("description", "quantitative_params", "kit", "grooves", "fills", "lineup"),  # beyond it
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
        assert set(trait) == TRAIT
        assert trait["evidence"]
        assert set(trait["evidence"]) <= set(shown["evidence"])
    assert shown["sources"] == {
        "local_midi": {"state": "ok", "reason": "", "found": 4},
        "builtin": {"state": "empty", "reason": "", "found": 0},
    }

    listed = document(run("artists", "drummer", "--json"))["artists"]
    assert set(listed[0]) == {"name", "basis", "confidence", "sources_count", "updated_at"}
    assert (listed[0]["name"], listed[0]["basis"]) == ("Drümmer X", "researched")

    made = document(run("generate", "drümmer x", "--seed", "5", "--variations", "1", "--json"))
    assert (made["artist"], made["basis"]) == ("Drümmer X", "researched")
    [line] = document(run("history", "--json"))["generations"]
    assert set(line) == {
        *("generation_id", "artist", "created_at", "seed", "provider_used", "engine_version"),
        *("profile_hash", "request", "tempo", "time_signature", "bars", "basis", "confidence"),
        *("midi_files", "kept"),
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
    assert learnt.stderr.splitlines()[-1] == "left out bad.mid: not a MIDI file"
    assert re.fullmatch(r"confidence 0.\d\d is under 0.7: add .*", learnt.stderr.splitlines()[0])
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


ALIKE = {
    *("name", "artist_id", "kind", "score", "parts"),
    *("styles", "traits", "drummers", "why"),
}
SIMILAR = {"asked", "weights", "model", "nearest", "styles", "notices"}


def test_similar_names_the_nearest_and_why_for_artists_styles_and_words(run: Run) -> None:
    for asked, name, kind in (
        (("John Bonham",), "John Bonham", "drummer"),
        (("bossa nova",), "bossa nova", "style"),
        (("--text", "swung hip hop, late snare"), "swung hip hop, late snare", "artist"),
    ):
        result = document(run("similar", *asked, "--limit", "4", "--json"))
        answers.Similar.model_validate(result)
        assert set(result) == SIMILAR
        assert set(result["asked"]) == {"name", "kind", "styles", "traits"}
        assert (result["asked"]["name"], result["asked"]["kind"]) == (name, kind)
        assert sum(result["weights"].values()) == pytest.approx(1, abs=0.002)
        assert ("text" in result["weights"]) == (result["model"] is not None)
        assert len(result["nearest"]) == 4
        for alike in result["nearest"]:
            assert set(alike) == ALIKE
            assert set(alike["parts"]) == set(result["weights"])
            assert alike["name"] != name
            assert alike["why"]
            for trait in alike["traits"]:
                assert set(trait) == {"trait", "asked", "theirs", "unit", "says"}
    said = run("similar", "Led Zeppelin", "--limit", "2")
    assert said.returncode == 0
    assert said.stdout.startswith("Most like John Bonham")
    assert "Led Zeppelin: the drums are played in the style of John Bonham" in said.stderr
    unknown = run("similar", "Zyx Funk Trio")
    assert (unknown.returncode, "nearest known style is funk" in unknown.stderr) == (0, True)
    for wrong in ((), ("John Bonham", "--text", "funk"), ("John Bonham", "--limit", "0")):
        assert run("similar", *wrong).returncode == 2


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


def test_m4l_installs_the_device_and_says_where_it_is(run: Run, tmp_path: Path) -> None:
    where = run("m4l", "path")
    device = Path(where.stdout.removesuffix("\n"))
    assert (where.returncode, device.name) == (0, "MidiDrumiGen.amxd")
    library = tmp_path / "User Library"
    library.mkdir()
    assert run("m4l", "install", "--user-library", str(library)).returncode == 0
    [installed] = library.rglob("*.amxd")
    assert installed.read_bytes() == device.read_bytes()
    assert installed.read_bytes().startswith(b"ampf\x04\0\0\0mmmm")


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
        *("--map", "--tracks"),
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
        ("--map", "gm", "roland", ("tr808", "./nowhere.toml", "maps/gm")),
        ("--tracks", "one", "per-voice", ("two", "")),
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
        ["maps", "tr808"],
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


# HTTP

HTTP_CALLS = {
    *("GET /health", "GET /research/{artist}", "POST /research", "POST /generate"),
    *("GET /task/{task_id}", "GET /task/{task_id}/events", "DELETE /task/{task_id}"),
    *("GET /artists", "GET /profile/{artist}", "GET /similar/{artist}", "GET /generations"),
    *("GET /similar", "POST /clips/continue", "GET /maps"),
    *("GET /generation/{generation_id}", "GET /generation/{generation_id}/{take}"),
    "GET /generation/{generation_id}/{take}.mid",
    "POST /generation/{generation_id}/{take}/reveal",
    "GET /generation/{generation_id}/{take}/hands",
    "POST /generation/{generation_id}/{take}/edit",
    *("POST /uploads", "POST /clips/play-as", "GET /settings", "PUT /settings"),
    *("GET /consent", "PUT /consent", "PUT /keys/{name}", "DELETE /keys/{name}"),
    *("POST /keys/{name}/test", "GET /doctor", "GET /keys", "GET /sources", "GET /device"),
    *("POST /device/install", "GET /profile/{artist}/export", "POST /profiles"),
    "PUT /generation/{generation_id}/{take}/kept",
}
TRAIT = {"value", "unit", "confidence", "evidence", "means", "range", "against", "own"}
CLIP = {"name", "length_beats", "fit", "fit_by_trait", "changes", "notes"}
RESEARCH_STATUS = {
    *("artist", "exists", "basis", "status"),
    *("confidence", "sources_count", "updated_at"),
}
TASK = {"task_id", "kind", "status", "progress", "message", "rev"}
LONG_FILES, LONG_BARS = 100, 400

Model = TypeVar("Model", bound=BaseModel)


def played(seed: int, bars: int = 8) -> bytes:
    """A MIDI file of a drummer who plays a little differently every time."""
    kicks = ("X--- --x- x-x- ----", "X-x- ---x --x- --x-", "X--x ---- X-x- ---x")
    take = take_of(
        {**ROCK, Voice.KICK: kicks[seed % len(kicks)]},
        bars=bars,
        late_ms=lambda step, voice, rng: rng.gauss(0, 8),
        seed=seed,
    )
    return midi_file_of(take, bars)


@contextmanager
def site(handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Iterator[str]:
    """A site on loopback that answers every request so; its address."""
    loop = asyncio.new_event_loop()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app)
    loop.run_until_complete(runner.setup())
    where = web.TCPSite(runner, "127.0.0.1", 0)
    loop.run_until_complete(where.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(runner.cleanup())
        loop.close()


@pytest.fixture(scope="module")
def long_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that a research reads for many seconds: long takes, all of the same strokes."""
    folder = tmp_path_factory.mktemp("long")
    take = played(1, LONG_BARS)
    for number in range(LONG_FILES):
        (folder / f"{number:03}.mid").write_bytes(take)
    return folder


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon that knows two artists called Twins, and whose file manager is a script."""
    folder = tmp_path_factory.mktemp("daemon")
    home, desktop = folder / "home", folder / "desktop"
    desktop.mkdir()
    for name in ("xdg-open", "open"):
        script = desktop / name
        script.write_text(f'#!/bin/sh\necho "$@" >> "{folder / "shown"}"\n')
        script.chmod(0o755)

    async def two_of_a_name() -> None:
        store = await Store.open(find_paths({"MIDIDRUMIGEN_HOME": str(home)}).database)
        for who in ("a duo from Leeds", "a trio from Ghent"):
            artist = Artist("Twins", who)
            await store.write(queries.add_artist, artist, "2026-01-01T00:00:00+00:00")
        await store.close()

    home.mkdir()
    asyncio.run(two_of_a_name())
    path = os.pathsep.join([str(desktop), os.environ.get("PATH", "")])
    with Daemon(home, env={"PATH": path}) as running:
        yield running


@pytest.fixture(scope="module")
def http(daemon: Daemon) -> Iterator[httpx.Client]:
    """A client of the daemon."""
    with daemon.client() as client:
        yield client


def told(
    answer: httpx.Response, model: type[BaseModel], fields: set[str], status: int = 200
) -> Any:
    """The JSON of an answer with these fields and no others, that keeps to its model; ASCII."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.content.isascii()
    document = answer.json()
    assert set(document) == fields
    model.model_validate(document)
    return document


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, str]:
    """The error of an answer that must have a status and a code."""
    error: dict[str, str] = told(answer, answers.Error, {"error"}, status)["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["code"] == code
    assert error["message"]
    return error


def begun(answer: httpx.Response, joined: bool = False) -> str:
    """The id of the task that an answer tells of."""
    task = told(answer, answers.Begun, {"task_id", "joined"}, 202)
    assert task["joined"] is joined
    return str(task["task_id"])


def followed(http: httpx.Client, task_id: str) -> list[dict[str, Any]]:
    """What a task says from now to its end, read by long-poll."""
    said: list[dict[str, Any]] = []
    while not said or said[-1]["status"] in ("queued", "running"):
        since = said[-1]["rev"] if said else -1
        answer = http.get(f"/task/{task_id}", params={"wait": 25, "since": since})
        ended = {"completed": {"result"}, "failed": {"error"}}
        more = ended.get(answer.json().get("status"), set())
        said.append(told(answer, answers.Task, TASK | more))
    return said


def uploaded(http: httpx.Client, *files: tuple[str, bytes]) -> list[str]:
    """The ids of files that are handed over in one form."""
    form = [("file", (name, data, "audio/midi")) for name, data in files]
    rows = told(http.post("/uploads", files=form), answers.Uploads, {"uploads"}, 201)["uploads"]
    assert [(row["name"], row["bytes"]) for row in rows] == [(n, len(data)) for n, data in files]
    assert all(set(row) == {"upload_id", "name", "bytes"} for row in rows)
    return [row["upload_id"] for row in rows]


def played_now(http: httpx.Client, **asked: Any) -> dict[str, Any]:
    """The result of a generation that is waited for."""
    answer = http.post("/generate", params={"wait": 25}, json={"artist": "John Bonham", **asked})
    result: dict[str, Any] = told(answer, answers.Generation, GENERATED)
    return result


def test_every_call_of_the_contract_is_there() -> None:
    assert {f"{c.method} {re.sub(r':[^}]+', '', c.path)}" for c in CALLS} >= HTTP_CALLS


def test_health_says_who_answers_and_with_what(http: httpx.Client) -> None:
    fields = {"status", "version", "api", "uptime_s", "providers", "sources"}  # the contract
    fields |= {"pid"}  # beyond it
    health = told(http.get("/health"), answers.Health, fields)
    assert (health["status"], health["version"], health["api"]) == ("ok", __version__, 1)
    assert health["uptime_s"] > 0
    assert set(health["providers"]) == {"anthropic", "openai", "google", "local"}
    assert health["sources"]["local_midi"] == {"state": "on", "reason": ""}
    assert "builtin" in health["sources"]


def test_a_band_is_shown_with_everybody_who_drummed_there_and_as_each_of_them_plays(
    http: httpx.Client,
) -> None:
    whole = http.get("/profile/Yes").json()
    answers.Profile.model_validate(whole)
    assert [(one["name"], one["years"]) for one in whole["lineup"]] == [
        ("Bill Bruford", "1968-1972"),
        ("Alan White", "1972-2022"),
    ]
    assert whole["identity"]["player"] == "Bill Bruford"
    for query in ({"player": "Alan White"}, {"era": "1980-1985"}):
        other = http.get("/profile/Yes", params=query).json()
        answers.Profile.model_validate(other)
        assert other["identity"]["player"] == "Alan White"
        assert other["lineup"] == whole["lineup"]
        assert other["traits"] != whole["traits"]
    assert http.get("/profile/John Bonham").json()["lineup"] == []
    refused(http.get("/profile/Yes", params={"player": "Ringo Starr"}), 422, "invalid")


def test_hands_and_feet_are_told_for_each_note_of_a_take(http: httpx.Client) -> None:
    made = played_now(http, seed=4)
    place = f"/generation/{made['generation_id']}"
    for number, clip in enumerate(made["clips"], start=1):
        limbs = told(http.get(f"{place}/{number}/hands"), answers.Hands, {"limbs"})["limbs"]
        assert len(limbs) == len(clip["notes"])
        feet = {"right foot", "left foot"}
        for limb, (pitch, *_) in zip(limbs, clip["notes"], strict=True):
            assert (limb in feet) == (pitch in (36, 44)), (limb, pitch)
    refused(http.get(f"{place}/9/hands"), 404, "not_found")


def test_an_edited_take_is_a_generation_of_its_own_and_the_first_one_stays(
    http: httpx.Client, daemon: Daemon
) -> None:
    made = played_now(http, seed=5, variations=2)
    place = f"/generation/{made['generation_id']}"
    notes = made["clips"][1]["notes"]
    edited_notes = [[38, 0.5, 0.25, 77], *notes[3:]]
    edited = told(
        http.post(f"{place}/2/edit", json={"notes": edited_notes}), answers.Generation, GENERATED
    )
    assert edited["generation_id"] > made["generation_id"]
    [clip] = edited["clips"]
    assert set(clip) == CLIP
    assert sorted((n[0], n[1], n[3]) for n in clip["notes"]) == sorted(
        (n[0], n[1], n[3]) for n in edited_notes
    )
    assert 0 < clip["fit"] < 1
    assert clip["fit_by_trait"].keys() <= made["clips"][1]["fit_by_trait"].keys()
    [path] = edited["midi_files"]
    assert path not in made["midi_files"]
    file = http.get(f"/generation/{edited['generation_id']}/1.mid").content
    assert Path(path).read_bytes() == file
    assert len(notes_of(Path(path))) == len(edited_notes)
    [line] = http.get("/generations?limit=1").json()["generations"]
    assert line["request"]["edited"] == f"{made['generation_id']}/2"
    assert http.get(place).json() == made
    again = f"/generation/{edited['generation_id']}"
    assert http.get(again).json() == edited
    for bad in ([], [[38, 99, 0.25, 77]], [[1, 0, 0.25, 77]], [[38, 0, 0.25, 0]], [[38, -1, 1, 9]]):
        refused(http.post(f"{place}/2/edit", json={"notes": bad}), 422, "invalid")
    refused(http.post(f"{place}/3/edit", json={"notes": notes}), 404, "not_found")


def test_from_uploaded_midi_to_files_and_pages_as_a_studio_does_it(
    http: httpx.Client, daemon: Daemon
) -> None:
    before = told(http.get("/research/Nova Kane"), answers.ResearchStatus, RESEARCH_STATUS)
    assert (before["exists"], before["status"], before["basis"]) == (False, "pending", "unknown")
    assert before["artist"] == "Nova Kane"
    refused(http.get("/profile/Nova Kane"), 404, "unknown_artist")

    ids = uploaded(http, ("one take.mid", played(1)), ("another.mid", played(2)))
    asked = {"artist": "Nova Kane", "depth": "full", "upload_ids": ids}
    task_id = begun(http.post("/research", json=asked))
    said = followed(http, task_id)
    for one in said:
        assert (one["task_id"], one["kind"]) == (task_id, "research")
    assert [one["rev"] for one in said] == sorted({one["rev"] for one in said})
    assert [one["progress"] for one in said] == sorted(one["progress"] for one in said)
    assert (said[-1]["status"], said[-1]["progress"]) == ("completed", 1)
    result = said[-1]["result"]
    answers.Researched.model_validate(result)
    assert set(result) == {
        *("artist", "basis", "confidence", "confidence_before", "sources_count"),
        *("description", "grooves", "fills", "sources", "changes", "notices"),
    }
    assert (result["artist"], result["basis"], result["sources_count"]) == (
        "Nova Kane",
        "researched",
        2,
    )
    assert result["sources"]["local_midi"]["found"] == 2
    assert told(http.get(f"/task/{task_id}"), answers.Task, TASK | {"result"}) == said[-1]

    after = told(http.get("/research/nova kane"), answers.ResearchStatus, RESEARCH_STATUS)
    assert (after["exists"], after["status"], after["basis"]) == (True, "cached", "researched")
    assert (after["sources_count"], after["confidence"]) == (2, result["confidence"])
    assert after["updated_at"] > "2026"
    profile = told(
        http.get("/profile/Nova Kane"),
        answers.Profile,
        {
            *("identity", "basis", "confidence", "traits", "evidence", "sources"),  # the contract
            *(
                "description",
                "quantitative_params",
                "kit",
                "grooves",
                "fills",
                "lineup",
            ),  # beyond it
        },
    )
    assert profile["identity"]["name"] == "Nova Kane"
    assert sorted(e["url"].rpartition("/")[2] for e in profile["evidence"].values()) == [
        "another.mid",
        "one%20take.mid",
    ]
    for trait in profile["traits"].values():
        assert set(trait["evidence"]) <= set(profile["evidence"])
    rows = told(http.get("/artists?query=nova"), answers.Artists, {"artists"})["artists"]
    assert set(rows[0]) == {"name", "basis", "confidence", "sources_count", "updated_at"}
    assert (rows[0]["name"], rows[0]["basis"]) == ("Nova Kane", "researched")

    made = played_now(http, artist="nova kane", bars=4, variations=2, seed=9, part="full")
    assert (made["artist"], made["basis"], made["seed"]) == ("Nova Kane", "researched", 9)
    assert (made["bars"], made["provider_used"], len(made["clips"])) == (4, "template", 2)
    for clip in made["clips"]:
        assert set(clip) == CLIP
        assert clip["length_beats"] == 16
        assert clip["notes"]
    number = made["generation_id"]
    assert told(http.get(f"/generation/{number}"), answers.Generation, GENERATED) == made
    for take, (file, clip) in enumerate(zip(made["midi_files"], made["clips"], strict=True), 1):
        assert Path(file).is_relative_to(daemon.out_dir)
        answer = http.get(f"/generation/{number}/{take}.mid")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/midi")
        assert answer.content == Path(file).read_bytes()
        page = note_page(http.get(f"/generation/{number}/{take}"))
        assert (page["generation_id"], page["take"]) == (number, take)
        assert (page["from_bar"], page["next_bar"]) == (0, None)
        assert page["notes"] == clip["notes"]
    lines = told(http.get("/generations"), answers.Generations, {"generations"})["generations"]
    [line] = [line for line in lines if line["generation_id"] == number]
    assert set(line) == {
        *("generation_id", "artist", "created_at", "seed", "provider_used", "engine_version"),
        *("profile_hash", "request", "tempo", "time_signature", "bars", "basis", "confidence"),
        *("midi_files", "kept"),
    }
    assert (line["artist"], line["seed"]) == ("Nova Kane", 9)
    assert line["midi_files"] == made["midi_files"]
    again = told(http.get("/generations?limit=1"), answers.Generations, {"generations"})
    assert again["generations"] == lines[:1]


def test_a_studio_locks_blends_and_hands_its_own_clip_over(http: httpx.Client) -> None:
    first = played_now(http, bars=2, variations=2, seed=1)
    source = f"{first['generation_id']}/2"
    kicks = [n[:2] for n in first["clips"][1]["notes"] if n[0] == 36]
    asked = {"lock": ["kick"], "from": source, "seed": 2, "variations": 1}
    [clip] = played_now(http, artist="Funk", **asked)["clips"]
    assert [n[:2] for n in clip["notes"] if n[0] == 36] == kicks
    whole = played_now(http, lock_bars=[1], seed=3, variations=1, **{"from": source})["clips"][0]
    one, two = ([n for n in c["notes"] if n[1] < 3.9] for c in (whole, first["clips"][1]))
    assert [n[:2] for n in one] == [n[:2] for n in two]
    refused(http.post("/generate", json={"artist": "Funk", "lock": ["kick"]}), 422, "invalid")
    refused(
        http.post("/generate?wait=25", json={"artist": "Funk", "lock": ["kick"], "from": "999/1"}),
        404,
        "not_found",
    )
    blended = played_now(http, blend="J Dilla:1:feel", bars=1, variations=1)
    assert blended["artist"] == "John Bonham + J Dilla"

    notes = clip["notes"]
    mine = {"artist": "J Dilla", "notes": notes, "length_beats": 8, "tempo": 100, "title": "mine"}
    answer = http.post("/clips/play-as?wait=25", json={**mine, "seed": 5})
    own = told(answer, answers.Generation, GENERATED)
    assert (own["bars"], own["tempo"], len(own["clips"])) == (2, 100, 1)
    assert sorted(n[0] for n in own["clips"][0]["notes"]) == sorted(n[0] for n in notes)
    answer = http.post("/clips/continue?wait=25", json={**mine, "bars": 3, "variations": 2})
    more = told(answer, answers.Generation, GENERATED)
    assert (more["bars"], len(more["clips"])) == (3, 2)
    # A clip in a DAW is on the drum map that it is asked for on, and stays on it.
    kit = {"notes": [[36, 0, 0.25, 90], [49, 0, 0.25, 80], [38, 1, 0.25, 99]], "map": "addictive2"}
    answer = http.post("/clips/play-as?wait=25", json={"artist": "Funk", **kit})
    again = told(answer, answers.Generation, GENERATED)["clips"][0]["notes"]
    assert sorted(n[0] for n in again) == [36, 38, 49]
    refused(http.post("/clips/play-as", json={**mine, "map": "lost"}), 422, "invalid")
    [number] = uploaded(http, ("my beat.mid", played(1, bars=4)))
    answer = http.post("/clips/play-as?wait=25", json={"artist": "Funk", "upload_id": number})
    assert told(answer, answers.Generation, GENERATED)["bars"] == 4
    for wrong in ({}, {"upload_id": number, "notes": notes}, {"notes": [[36, 0, 1]]}):
        refused(http.post("/clips/play-as", json={"artist": "Funk", **wrong}), 422, "invalid")
    refused(http.post("/clips/play-as", json={**mine, "upload_id": "0" * 24}), 422, "invalid")
    gone = {"artist": "Funk", "upload_id": "0" * 24}
    refused(http.post("/clips/play-as", json=gone), 404, "not_found")


def note_page(answer: httpx.Response) -> Any:
    """One page of notes, under 30 kB."""
    assert len(answer.content) < 30_000
    return told(
        answer,
        answers.NotePage,
        {
            *("generation_id", "take", "name", "tempo", "time_signature", "bars"),
            *("length_beats", "fit", "from_bar", "next_bar", "notes"),
        },
    )


def test_the_pages_of_a_long_take_hold_all_its_notes_once(http: httpx.Client) -> None:
    busiest = {"complexity": 100, "fills": 100}
    made = played_now(http, artist="John Bonham", bars=32, variations=1, seed=3, controls=busiest)
    where = f"/generation/{made['generation_id']}/1"
    [clip] = made["clips"]
    for step in (1, 5, 32, None):
        notes, bar, pages = [], 0, 0
        while bar is not None:
            asked = {"from_bar": bar} if step is None else {"from_bar": bar, "bars": step}
            page = note_page(http.get(where, params=asked))
            assert page["from_bar"] == bar
            until = page["next_bar"] or 32
            assert bar < until <= bar + (step or 32)
            assert all(bar * 4 <= start < until * 4 for _, start, _, _ in page["notes"])
            notes += page["notes"]
            bar, pages = page["next_bar"], pages + 1
        assert notes == clip["notes"], step
        assert pages >= 32 / (step or 32)
    refused(http.get(where, params={"from_bar": 32}), 422, "invalid")
    refused(http.get(where, params={"bars": 0}), 422, "invalid")
    short = played_now(http, bars=2, variations=1)
    refused(http.get(f"/generation/{short['generation_id']}/1?from_bar=2"), 422, "invalid")


def test_without_clips_the_notes_are_left_out_and_nothing_else(http: httpx.Client) -> None:
    asked = {"artist": "Reggae", "bars": 1, "variations": 2, "seed": 4}
    answer = http.post("/generate", params={"wait": 25, "clips": 0}, json=asked)
    bare = told(answer, answers.Generation, GENERATED)
    assert [set(clip) for clip in bare["clips"]] == [CLIP - {"notes"}] * 2
    where = f"/generation/{bare['generation_id']}"
    assert told(http.get(f"{where}?clips=0"), answers.Generation, GENERATED) == bare
    whole = told(http.get(where), answers.Generation, GENERATED)
    assert all(clip.pop("notes") for clip in whole["clips"])
    assert whole == bare
    task_id = begun(http.post("/generate", json=asked))
    followed(http, task_id)
    task = told(http.get(f"/task/{task_id}?clips=0"), answers.Task, TASK | {"result"})
    assert all("notes" not in clip for clip in task["result"]["clips"])


def test_generate_is_a_task_that_ends_with_the_result(http: httpx.Client) -> None:
    asked = {"artist": "Questlove", "bars": 2, "variations": 1, "seed": 5, "tempo": 91.5}
    task_id = begun(http.post("/generate", json=asked))
    last = followed(http, task_id)[-1]
    assert (last["kind"], last["status"]) == ("generate", "completed")
    result = last["result"]
    answers.Generation.model_validate(result)
    assert set(result) == GENERATED
    assert (result["artist"], result["seed"], result["tempo"]) == ("Questlove", 5, 91.5)
    other = played_now(http, **asked)
    assert other["generation_id"] != result["generation_id"]
    assert [clip["notes"] for clip in other["clips"]] == [clip["notes"] for clip in result["clips"]]


def test_a_wait_that_is_too_short_gives_the_task(http: httpx.Client) -> None:
    asked = {"artist": "John Bonham", "bars": 32, "variations": 8}
    answer = http.post("/generate", params={"wait": 0.001}, json=asked)
    assert followed(http, begun(answer))[-1]["status"] == "completed"
    refused(http.post("/generate?wait=25.1", json=asked), 422, "invalid")
    refused(http.post("/generate?wait=-1", json=asked), 422, "invalid")


def test_every_field_of_a_generation_reaches_the_player(http: httpx.Client) -> None:
    made = played_now(
        http,
        **{"bars": 3, "tempo": 77, "time_signature": "6/8", "variations": 1, "seed": 2**53 - 1},
        **{"part": "groove", "provider": "none", "research": "never"},
        **{"map": "addictive2", "tracks": "per-voice"},
        controls={"swing": 60, "humanize": 0, "feel": 10, "timing": 20, "dynamics": 30},
    )
    assert (made["tempo"], made["time_signature"], made["bars"]) == (77, "6/8", 3)
    assert (made["seed"], made["clips"][0]["length_beats"]) == (2**53 - 1, 9)
    lines = http.get("/generations?limit=1").json()["generations"]
    assert lines[0]["request"]["part"] == "groove"
    assert (lines[0]["request"]["map"], lines[0]["request"]["tracks"]) == (
        "addictive2",
        "per-voice",
    )
    controls = lines[0]["request"]["controls"]
    assert (controls["swing"], controls["timing"], controls["fills"]) == (60, 20, 50)


def test_the_notes_of_a_generation_are_on_its_map_wherever_they_are_asked_for(
    http: httpx.Client, daemon: Daemon
) -> None:
    folder = daemon.home / "maps"
    folder.mkdir(exist_ok=True)
    (folder / "mine.toml").write_text('base = "gm"\nkick = 24\n', encoding="utf-8")
    maps = told(http.get("/maps"), answers.Maps, {"maps", "wrong"})["maps"]
    assert {"gm", "superior", "roland", "mine"} <= {row["name"] for row in maps}
    made = played_now(http, bars=2, variations=1, seed=7, map="mine", tracks="per-voice")
    (folder / "mine.toml").unlink()
    assert (made["map"], made["tracks"], made["voices"]["24"]) == ("mine", "per-voice", "kick")
    notes = made["clips"][0]["notes"]
    assert 24 in {note[0] for note in notes}
    assert 36 not in {note[0] for note in notes}
    number = made["generation_id"]
    assert http.get(f"/generation/{number}").json() == made
    assert http.get(f"/generation/{number}/1").json()["notes"] == notes
    file = Path(made["midi_files"][0]).read_bytes()
    assert http.get(f"/generation/{number}/1.mid").content == file
    tracks = mido.MidiFile(made["midi_files"][0]).tracks
    in_file = {m.note for track in tracks for m in track if m.type == "note_on"}
    assert in_file == {note[0] for note in notes}


@pytest.mark.parametrize(
    "name", ["mine", "../mine", "/etc/passwd", "C:\\maps\\x.toml", "x.toml", "a" * 41, "\u00e4", 3]
)
def test_over_http_a_map_is_a_name_and_never_a_path(name: Any, http: httpx.Client) -> None:
    asked = {"artist": "John Bonham", "map": name}
    error = refused(http.post("/generate", json=asked), 422, "invalid")
    assert "map" in error["message"]


def test_generate_takes_the_player_or_the_era_of_a_band(http: httpx.Client) -> None:
    asked = {"artist": "Yes", "bars": 1, "variations": 1, "seed": 1}
    for choice in ({"player": "Alan White"}, {"era": "1980-1990"}):
        made = http.post("/generate?wait=25&clips=0", json={**asked, **choice}).json()
        assert "drums: Alan White (1972-2022); no notes on their own playing yet" in made["notices"]
    refused = http.post("/generate?wait=25", json={**asked, "player": "John Bonham"})
    assert refused.status_code == 422
    assert "Bill Bruford" in refused.json()["error"]["hint"]


def test_a_provider_that_is_not_in_this_version_is_told(http: httpx.Client) -> None:
    asked = {"artist": "John Bonham", "provider": "anthropic"}
    error = refused(http.post("/generate?wait=5", json=asked), 501, "not_implemented")
    assert "provider anthropic" in error["message"]


@pytest.mark.parametrize("field", [{"audio_paths": ["/a.wav"]}])
def test_a_field_of_research_that_is_not_in_this_version_says_so(
    field: dict[str, Any], http: httpx.Client
) -> None:
    answer = http.post("/research", json={"artist": "John Bonham", **field})
    assert next(iter(field)) in refused(answer, 501, "not_implemented")["message"]


def test_a_built_in_artist_exists_without_research(http: httpx.Client) -> None:
    status = told(http.get("/research/led zeppelin"), answers.ResearchStatus, RESEARCH_STATUS)
    assert (status["exists"], status["basis"], status["status"]) == (True, "builtin", "pending")
    assert (status["artist"], status["confidence"]) == ("Led Zeppelin", 0.35)
    assert http.get("/profile/AC%2FDC").json()["identity"]["name"] == "AC/DC"


def test_an_unknown_name_is_played_as_the_nearest_style_and_called_unknown(
    http: httpx.Client,
) -> None:
    made = played_now(http, artist="Zyxwvut Qrs", variations=1, bars=1)
    assert (made["basis"], made["artist"]) == ("unknown", "Zyxwvut Qrs")
    assert made["confidence"] < 0.2
    assert any("drop their MIDI here" in notice for notice in made["notices"])


def test_research_that_finds_nothing_fails_with_the_reason(http: httpx.Client) -> None:
    task_id = begun(http.post("/research", json={"artist": "Nobody At All"}))
    last = followed(http, task_id)[-1]
    assert last["status"] == "failed"
    assert set(last["error"]) == {"code", "message", "hint"}
    assert last["error"]["code"] == "nothing_found"
    assert "Nobody At All" in last["error"]["message"]
    status = told(
        http.get("/research/Nobody At All"),
        answers.ResearchStatus,
        RESEARCH_STATUS | {"task_id", "error"},
    )
    assert (status["status"], status["task_id"]) == ("failed", task_id)
    assert status["error"] == last["error"]


def events_of(answer: httpx.Response) -> Iterator[tuple[str, str, Any]]:
    """(id, event, data) of every event of a stream."""
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        if not line and "data" in fields:
            yield fields["id"], fields["event"], json.loads(fields["data"])
            fields = {}
        elif line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value


def test_the_events_of_a_task_come_at_once_and_the_last_holds_the_result(
    http: httpx.Client, tmp_path: Path
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.mid").write_bytes(played(20 + number, 100))
    asked = {"artist": "Streamed", "midi_paths": [str(tmp_path)]}
    task_id = begun(http.post("/research", json=asked))
    with http.stream("GET", f"/task/{task_id}/events", timeout=30) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        said = list(events_of(answer))
    assert len(said) >= 3
    for number, kind, task in said:
        assert (number, kind) == (str(task["rev"]), "task")
        answers.Task.model_validate(task)
        assert set(task) == TASK | ({"result"} if task["status"] == "completed" else set())
    assert said[0][2]["status"] in ("queued", "running")
    revs = [task["rev"] for _, _, task in said]
    assert revs == sorted(set(revs))
    assert said[-1][2]["status"] == "completed"
    assert said[-1][2] == http.get(f"/task/{task_id}").json()
    with http.stream("GET", f"/task/{task_id}/events", timeout=5) as answer:
        [(_, _, only)] = events_of(answer)
    assert only == said[-1][2]


def test_the_first_event_of_a_task_at_which_nothing_happens_comes_at_once(
    http: httpx.Client, long_folder: Path
) -> None:
    asked = {"artist": "Watched", "midi_paths": [str(long_folder)]}
    task_id = begun(http.post("/research", json=asked))
    try:
        with http.stream("GET", f"/task/{task_id}/events", timeout=5) as answer:
            _, _, first = next(events_of(answer))
        assert first["task_id"] == task_id
        assert first["status"] in ("queued", "running")
    finally:
        http.delete(f"/task/{task_id}")


def test_a_name_that_two_artists_have_is_asked_back_and_an_id_settles_it(
    http: httpx.Client,
) -> None:
    [upload_id] = uploaded(http, ("leeds.mid", played(31)))
    for path, asked in (
        ("/research", {"upload_ids": [upload_id]}),
        ("/generate?wait=5", {"variations": 1}),
    ):
        answer = http.post(path, json={"artist": "twins", **asked})
        choices = told(answer, answers.Choices, {"choices"}, 300)["choices"]
        assert all(set(one) == {"artist_id", "name", "disambiguation"} for one in choices)
        assert [(one["name"], one["disambiguation"]) for one in choices] == [
            ("Twins", "a duo from Leeds"),
            ("Twins", "a trio from Ghent"),
        ]
    ghent = choices[1]["artist_id"]
    asked = {"artist_id": ghent, "upload_ids": [upload_id]}
    last = followed(http, begun(http.post("/research", json=asked)))[-1]
    assert (last["status"], last["result"]["sources_count"]) == ("completed", 1)
    by_id = http.post("/generate?wait=25", json={"artist_id": ghent, "variations": 1, "bars": 1})
    made = told(by_id, answers.Generation, GENERATED)
    assert (made["artist"], made["basis"]) == ("Twins", "researched")
    leeds = {"artist_id": choices[0]["artist_id"], "variations": 1, "bars": 1}
    other = told(http.post("/generate?wait=25", json=leeds), answers.Generation, GENERATED)
    assert other["basis"] == "unknown"
    refused(http.post("/generate", json={"artist_id": 10**6}), 404, "not_found")
    refused(http.post("/generate", json={"artist_id": ghent, "artist": "Twins"}), 422, "invalid")
    refused(http.post("/research", json={}), 422, "invalid")


def test_a_second_research_about_an_artist_joins_and_delete_cancels_it(
    http: httpx.Client, long_folder: Path
) -> None:
    asked = {"artist": "The Joiners", "midi_paths": [str(long_folder)]}
    task_id = begun(http.post("/research", json=asked))
    assert begun(http.post("/research", json=asked), joined=True) == task_id
    assert begun(http.post("/research", json={"artist": "joiners!"}), joined=True) == task_id
    status = told(
        http.get("/research/The Joiners"), answers.ResearchStatus, RESEARCH_STATUS | {"task_id"}
    )
    assert (status["status"], status["task_id"]) == ("researching", task_id)
    running = told(http.get(f"/task/{task_id}?wait=10&since=1"), answers.Task, TASK)
    assert running["status"] == "running"
    ended = told(http.delete(f"/task/{task_id}"), answers.Task, TASK)
    assert (ended["task_id"], ended["status"]) == (task_id, "cancelled")
    assert told(http.get(f"/task/{task_id}"), answers.Task, TASK) == ended
    assert told(http.delete(f"/task/{task_id}"), answers.Task, TASK) == ended
    other = begun(http.post("/research", json=asked))
    assert other != task_id
    assert told(http.delete(f"/task/{other}"), answers.Task, TASK)["status"] == "cancelled"


def stored_id(daemon: Daemon, name: str) -> int:
    """The id of an artist who is in the database of a daemon."""

    async def find() -> int:
        store = await Store.open(find_paths({"MIDIDRUMIGEN_HOME": str(daemon.home)}).database)
        found = await store.read(queries.find_artist, name)
        await store.close()
        assert found
        return found[0]

    return asyncio.run(find())


def test_a_research_by_id_is_the_one_that_is_told_of_and_joined_by_name(
    http: httpx.Client, daemon: Daemon, long_folder: Path
) -> None:
    [upload_id] = uploaded(http, ("known.mid", played(41)))
    by_name = {"artist": "By Either", "upload_ids": [upload_id]}
    assert followed(http, begun(http.post("/research", json=by_name)))[-1]["status"] == "completed"
    by_id = {"artist_id": stored_id(daemon, "By Either"), "midi_paths": [str(long_folder)]}
    task_id = begun(http.post("/research", json=by_id))
    try:
        status = http.get("/research/By Either").json()
        assert (status["status"], status.get("task_id")) == ("researching", task_id)
        second = http.post("/research", json={"artist": "By Either"})
        assert begun(second, joined=True) == task_id
    finally:
        http.delete(f"/task/{task_id}")


def test_midi_that_is_handed_over_while_a_research_runs_is_learnt_from_too(
    http: httpx.Client, tmp_path: Path
) -> None:
    for number in range(2):
        (tmp_path / f"first {number}.mid").write_bytes(played(50 + number, 300))
    asked = {"artist": "Augmented", "midi_paths": [str(tmp_path)]}
    task_id = begun(http.post("/research", json=asked))
    [upload_id] = uploaded(http, ("second.mid", played(52)))
    more = {"artist": "augmented", "augment": True, "upload_ids": [upload_id]}
    assert begun(http.post("/research", json=more), joined=True) == task_id
    last = followed(http, task_id)[-1]
    assert (last["status"], last["result"]["sources_count"]) == ("completed", 3)
    evidence = http.get("/profile/Augmented").json()["evidence"].values()
    assert sorted(piece["url"].rpartition("/")[2] for piece in evidence) == [
        "first%200.mid",
        "first%201.mid",
        "second.mid",
    ]
    gone = http.post("/research", json={"artist": "Augmented", "upload_ids": [upload_id]})
    refused(gone, 404, "not_found")  # an upload is read once

    third = {"artist": "Augmented", "augment": True}
    third["upload_ids"] = uploaded(http, ("third.mid", played(53)))
    last = followed(http, begun(http.post("/research", json=third)))[-1]
    assert last["result"]["sources_count"] == 4
    assert last["result"]["confidence_before"] is not None
    assert last["result"]["sources"]["local_midi"]["found"] == 1


def test_what_is_not_there_is_not_found(http: httpx.Client, tmp_path: Path) -> None:
    number = played_now(http, bars=1, variations=1)["generation_id"]
    for method, path in (
        *(("GET", "/task/0123456789abcdef"), ("GET", "/task/0123456789abcdef/events")),
        *(("DELETE", "/task/0123456789abcdef"), ("GET", "/task/x?wait=25")),
        *(("GET", "/generation/0"), ("GET", "/generation/999999"), ("GET", "/generation/999999/1")),
        *(("GET", f"/generation/{number}/0"), ("GET", f"/generation/{number}/2")),
        *(("GET", f"/generation/{number}/2.mid"), ("POST", f"/generation/{number}/2/reveal")),
        *(("GET", f"/generation/{'9' * 400}"), ("GET", f"/generation/{number}/{'9' * 20}")),
        *(("GET", "/generation/x"), ("GET", "/nothing"), ("GET", "/health/"), ("GET", "/../")),
    ):
        refused(http.request(method, path), 404, "not_found")
    for field in (
        {"upload_ids": ["0123456789abcdef01234567"]},
        {"midi_paths": [str(tmp_path / "nowhere")]},
    ):
        refused(http.post("/research", json={"artist": "X", **field}), 404, "not_found")
    error = refused(http.get("/profile/John Bonam"), 404, "unknown_artist")
    assert "John Bonham" in error["hint"]


@pytest.mark.skipif(sys.platform == "win32", reason="the file manager of the test is a script")
def test_reveal_shows_the_file_in_the_file_manager(http: httpx.Client, daemon: Daemon) -> None:
    made = played_now(http, bars=1, variations=2)
    answer = http.post(f"/generation/{made['generation_id']}/2/reveal")
    assert told(answer, answers.Revealed, {"revealed"}) == {"revealed": made["midi_files"][1]}
    shown = (daemon.home.parent / "shown").read_text("utf-8").splitlines()
    file = Path(made["midi_files"][1])
    assert str(file.parent) in shown[-1]
    file.unlink()
    refused(http.post(f"/generation/{made['generation_id']}/2/reveal"), 404, "not_found")
    again = http.get(f"/generation/{made['generation_id']}/2.mid")
    assert again.status_code == 200  # the history has it still


def test_settings_and_doctor_tell_what_is_in_force(http: httpx.Client, daemon: Daemon) -> None:
    answer = told(http.get("/settings"), set_up_models.Settings, {"path", "settings"})
    assert answer["path"] == str(daemon.home / "config.toml")
    assert answer["settings"]["generation"]["output_dir"] == str(daemon.out_dir)
    assert answer["settings"]["generation"]["default_bars"] == 4
    checks = told(http.get("/doctor"), answers.Doctor, {"checks"})["checks"]
    assert all(set(check) == {"name", "state", "text"} for check in checks)
    assert {"program", "configuration", "database"} <= {check["name"] for check in checks}
    assert "problem" not in {check["state"] for check in checks}


def test_settings_change_at_once_and_stay_in_the_file_with_its_comments(
    http: httpx.Client, daemon: Daemon
) -> None:
    file = daemon.home / "config.toml"
    file.write_text(f"# mine\n{file.read_text('utf-8')}", "utf-8")
    asked = {"contact": "me@example.org", "generation": {"default_bars": 2}}
    answer = told(
        http.put("/settings", json={"settings": asked}),
        set_up_models.Settings,
        {"path", "settings"},
    )
    assert answer["settings"]["contact"] == "me@example.org"
    assert played_now(http, bars=None)["bars"] == 2
    text = file.read_text("utf-8")
    assert text.startswith("# mine\n")
    assert "default_bars = 2" in text
    for wrong in ({"generation": {"default_bars": 99}}, {"nonsense": 1}, {"llm": 3}):
        refused(http.put("/settings", json={"settings": wrong}), 422, "bad_configuration")
    assert file.read_text("utf-8") == text
    back = {"contact": None, "generation": {"default_bars": None}}
    answer = http.put("/settings", json={"settings": back}).json()
    assert (answer["settings"]["contact"], answer["settings"]["generation"]["default_bars"]) == (
        "",
        4,
    )


def test_a_key_goes_in_and_never_comes_out(http: httpx.Client, daemon: Daemon) -> None:
    key = "abcdefghijklmnop-SECRET"
    kept = told(
        http.put("/keys/lastfm", json={"key": f" {key}\n"}),
        set_up_models.KeyPlace,
        {"name", "place"},
    )
    assert kept == {"name": "lastfm", "place": "file"}
    assert json.loads((daemon.home / "keys.json").read_text("utf-8")) == {"lastfm": key}
    listed = http.get("/keys")
    [line] = [k for k in told(listed, set_up_models.Keys, {"keys"})["keys"] if k["place"]]
    assert (line["name"], line["end"]) == ("lastfm", "CRET")
    for path in ("/keys", "/settings", "/doctor", "/sources", "/health"):
        assert key not in http.get(path).text
    assert key not in (daemon.home / "logs" / "mididrumigen.log").read_text("utf-8")
    refused(http.put("/keys/lastfm", json={"key": "two words"}), 422, "invalid")
    refused(http.put("/keys/nobody", json={"key": "x"}), 404, "not_found")
    assert http.delete("/keys/lastfm").json() == {"name": "lastfm", "place": ""}
    assert not (daemon.home / "keys.json").exists()
    refused(http.delete("/keys/lastfm"), 404, "not_found")


def test_a_key_is_tested_at_its_service_and_never_said_again(tmp_path: Path) -> None:
    said: list[tuple[str, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        key = request.headers.get("Authorization")
        said.append((request.path, key))
        return web.json_response({"id": 1}, status=200 if key == "Discogs token=good" else 401)

    with site(answer) as url:
        home = tmp_path / "home"
        home.mkdir()
        (home / "config.toml").write_text(f"[sources.discogs]\nbase_url = '{url}'\n", "utf-8")
        with Daemon(home, env={"MIDIDRUMIGEN_OFFLINE": ""}) as daemon, daemon.client() as client:
            refused(client.post("/keys/discogs/test"), 404, "not_found")
            for key, works in (("good", True), ("wrong", False)):
                client.put("/keys/discogs", json={"key": key})
                fields = {"name", "works", "message"}
                told_of = told(client.post("/keys/discogs/test"), set_up_models.KeyTest, fields)
                assert told_of["works"] is works
                assert key not in told_of["message"].split()
            assert "good" not in (home / "logs" / "mididrumigen.log").read_text("utf-8")
    assert said == [
        ("/oauth/identity", "Discogs token=good"),
        ("/oauth/identity", "Discogs token=wrong"),
    ]


def test_sources_say_what_they_want_and_whom_to_credit(http: httpx.Client) -> None:
    sources = told(http.get("/sources"), set_up_models.Sources, {"sources", "online"})["sources"]
    by_name = {source["name"]: source for source in sources}
    assert by_name["builtin"]["licence"] == "MIT, own words"
    assert by_name["local_midi"]["enabled"] is True
    assert all(source["wants"] in ("", "key", "consent", "address") for source in sources)


def test_no_site_is_asked_without_a_yes_that_can_be_taken_back(http: httpx.Client) -> None:
    sites = told(http.get("/consent"), set_up_models.Consents, {"sites"})["sites"]
    assert all(site["since"] == "" for site in sites)
    refused(http.put("/consent", json={"site": "nobody", "allowed": True}), 404, "not_found")
    for site in (site["site"] for site in sites):
        said = http.put("/consent", json={"site": site, "allowed": True}).json()["sites"]
        assert [one["site"] for one in said if one["since"]] == [site]
        said = http.put("/consent", json={"site": site, "allowed": False}).json()["sites"]
        assert not any(one["since"] for one in said)


def test_the_device_is_handed_out_and_put_where_live_finds_it(
    http: httpx.Client, tmp_path: Path
) -> None:
    shipped = http.get("/device").content
    library = tmp_path / "User Library"
    library.mkdir()
    put = told(
        http.post("/device/install", json={"user_library": str(library)}),
        set_up_models.Installed,
        {"path"},
    )
    assert Path(put["path"]).is_relative_to(library)
    assert Path(put["path"]).read_bytes() == shipped
    gone = {"user_library": str(tmp_path / "gone")}
    refused(http.post("/device/install", json=gone), 404, "not_found")


def test_a_profile_goes_out_as_a_file_and_in_again_elsewhere(
    http: httpx.Client, run: Run, tmp_path: Path
) -> None:
    upload = http.post("/uploads", files=[("file", (f"{n}.mid", played(n))) for n in range(3)])
    ids = [one["upload_id"] for one in upload.json()["uploads"]]
    task = begun(http.post("/research", json={"artist": "Ex Porter", "upload_ids": ids}))
    followed(http, task)
    answer = http.get("/profile/Ex Porter/export")
    assert "Ex%20Porter%20-%20style.json" in answer.headers["Content-Disposition"]
    file = tmp_path / "ex.json"
    file.write_bytes(answer.content)
    taken_in = document(run("import", str(file), "--json"))
    assert (taken_in["artist"], taken_in["basis"], taken_in["evidence"]) == (
        "Ex Porter",
        "researched",
        3,
    )
    here = http.get("/profile/Ex Porter").json()
    there = document(run("show", "Ex Porter", "--json"))
    assert there["traits"] == here["traits"]
    assert run("export", "Ex Porter", "--out", str(tmp_path / "again.json")).returncode == 0
    again = json.loads((tmp_path / "again.json").read_text("utf-8"))
    assert again["evidence"] == answer.json()["evidence"]

    http_upload = http.post("/uploads", files={"file": ("ex.json", answer.content)}).json()
    body = {"upload_id": http_upload["uploads"][0]["upload_id"]}
    fields = {"artist", "basis", "confidence", "evidence"}
    told(http.post("/profiles", json=body), answers.TakenIn, fields, 201)
    refused(http.post("/profiles", json=body), 404, "not_found")  # it is removed
    bad = http.post("/uploads", files={"file": ("x.json", b"[1]")}).json()["uploads"][0]
    error = refused(http.post("/profiles", json={"upload_id": bad["upload_id"]}), 422, "invalid")
    assert error["message"] == "x.json is no profile"


def test_a_take_is_kept_until_it_is_not(http: httpx.Client) -> None:
    made = played_now(http, variations=2)
    place = f"/generation/{made['generation_id']}"
    for take in (2, 1):
        kept = told(http.put(f"{place}/{take}/kept", json={"kept": True}), answers.Kept, {"kept"})
    assert kept == {"kept": [1, 2]}
    assert http.put(f"{place}/1/kept", json={"kept": False}).json() == {"kept": [2]}
    lines = http.get("/generations?kept=1").json()["generations"]
    assert [(line["generation_id"], line["kept"]) for line in lines] == [
        (made["generation_id"], [2])
    ]
    refused(http.put(f"{place}/3/kept", json={"kept": True}), 404, "not_found")


def test_artists_are_listed_and_found_by_nearly_their_name(http: httpx.Client) -> None:
    everyone = told(http.get("/artists"), answers.Artists, {"artists"})["artists"]
    assert {"John Bonham", "Questlove"} <= {artist["name"] for artist in everyone}
    near = told(http.get("/artists?query=John Bonam"), answers.Artists, {"artists"})["artists"]
    assert near[0]["name"] == "John Bonham"
    assert len(near) < len(everyone)
    assert http.get("/artists?query=zyxwvq").json() == {"artists": []}


def test_similar_artists_are_told_with_reasons(http: httpx.Client) -> None:
    for path, name in (
        ("/similar/john bonham?limit=3", "John Bonham"),
        ("/similar/bossa nova?limit=3&wait=0.1", "bossa nova"),
        ("/similar?text=swung hip hop&limit=3", "swung hip hop"),
    ):
        found = told(http.get(path), answers.Similar, SIMILAR)
        assert found["asked"]["name"] == name
        assert len(found["nearest"]) == 3
        assert all(set(alike) == ALIKE for alike in found["nearest"] + found["styles"])
    unknown = told(http.get("/similar/Zyx Funk Trio"), answers.Similar, SIMILAR)
    assert "nearest known style is funk" in unknown["notices"][0]
    for wrong in ("?limit=0", "?wait=26", "?what=1", "?limit=101"):
        assert http.get(f"/similar/John Bonham{wrong}").status_code == 422
    for wrong in ("", "?text=", "?text=zyxwvq"):
        answer = http.get(f"/similar{wrong}")
        assert answer.status_code == 422 or answer.json()["model"], wrong


def test_the_document_of_the_api_is_served(http: httpx.Client) -> None:
    whole = http.get("/openapi.json").json()
    assert whole["openapi"].startswith("3.")
    assert {f"/api/v1{call.partition(' ')[2]}" for call in HTTP_CALLS} <= set(whole["paths"])

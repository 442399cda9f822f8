"""What survives: kill -9 at any moment, commands beside a daemon, ten commands at once."""

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from mididrumigen.drums import Voice
from mididrumigen.store.sqlite import sqlite3
from tests.daemon import Daemon
from tests.takes import ROCK, midi_file_of, take_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc"),
]

FILES = 300
KILLS = int(os.environ.get("MIDIDRUMIGEN_KILLS", "30"))
LATEST_S = 4.0
"""A kill comes so long after the work was asked for, at the latest."""
FINAL_WITHIN_S = 5.0
GONE_WITHIN_S = 2.0
FINAL = ("completed", "failed", "cancelled")
LOCKED = re.compile(r"database is locked|in use by another program", re.IGNORECASE)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 300 short takes, no two alike."""
    folder = tmp_path_factory.mktemp("library")
    for index in range(FILES):
        rng = Random(index)
        kick = "".join(rng.choice("X-x--") for _ in range(16))
        take = take_of(
            {**ROCK, Voice.KICK: kick},
            bars=4,
            tempo_bpm=90 + index % 60,
            late_ms=lambda step, voice, rng: rng.gauss(0, 8),
            seed=index,
        )
        (folder / f"take {index:03}.mid").write_bytes(midi_file_of(take, 4))
    return folder


class Load(threading.Thread):
    """Someone who asks and asks until nobody answers: what was acknowledged is remembered."""

    def __init__(self, daemon: Daemon, library: Path, seed: int) -> None:
        super().__init__()
        self._url, self._library, self._rng = f"{daemon.origin}/api/v1", library, Random(seed)
        self.acknowledged: dict[str, str] = {}
        """Task -> what it is."""
        self.is_over = threading.Event()

    def run(self) -> None:
        with (
            contextlib.suppress(httpx.TransportError),
            httpx.Client(base_url=self._url, timeout=30, trust_env=False) as client,
        ):
            self._ask(client, "research", artist="Survivor", midi_paths=[str(self._library)])
            while not self.is_over.wait(self._rng.uniform(0, 0.6)):
                name = self._rng.choice(["John Bonham", "Survivor", "jazz"])
                bars = self._rng.choice([1, 4, 32])
                seed = self._rng.randrange(10**6)
                self._ask(client, "generate", artist=name, bars=bars, variations=8, seed=seed)
                if self._rng.random() < 0.3:
                    path = self._rng.choice(sorted(self._library.iterdir()))
                    answer = client.post("/uploads", files={"file": (path.name, path.read_bytes())})
                    assert answer.status_code == 201, answer.text
                    ids = [upload["upload_id"] for upload in answer.json()["uploads"]]
                    self._ask(client, "research", artist="Uploaded", upload_ids=ids)

    def _ask(self, client: httpx.Client, call: str, **body: Any) -> None:
        answer = client.post(f"/{call}", json=body)
        assert answer.status_code == 202, answer.text
        self.acknowledged[answer.json()["task_id"]] = call


@contextlib.contextmanager
def rows(home: Path) -> Iterator[sqlite3.Connection]:
    """The database, to look at."""
    with contextlib.closing(sqlite3.connect(home / "mididrumigen.db", timeout=10)) as db:
        db.row_factory = sqlite3.Row
        yield db


def workers(home: Path) -> list[int]:
    """Processes of the workers that were begun for a home."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if (
                entry.name.isdigit()
                and b"mididrumigen.workers.child" in (entry / "cmdline").read_bytes()
                and f"MIDIDRUMIGEN_HOME={home}".encode()
                in (entry / "environ").read_bytes().split(b"\0")
            ):
                found.append(int(entry.name))
    return found


def gone(home: Path) -> float:
    """Seconds until no worker of a home was left."""
    began = time.monotonic()
    while left := workers(home):
        assert time.monotonic() - began < GONE_WITHIN_S, f"left behind: {left}"
        time.sleep(0.02)
    return time.monotonic() - began


def final(daemon: Daemon, tasks: dict[str, str], within_s: float) -> dict[str, dict[str, Any]]:
    """Every task as it is when all have ended, or when time is up."""
    until = time.monotonic() + within_s
    known: dict[str, dict[str, Any]] = {}
    with daemon.client() as client:
        while True:
            for task_id in tasks:
                if known.get(task_id, {}).get("status") not in FINAL:
                    answer = client.get(f"/task/{task_id}?clips=0")
                    assert answer.status_code == 200, (task_id, answer.text)
                    known[task_id] = answer.json()
            ended = all(task["status"] in FINAL for task in known.values())
            if ended or time.monotonic() > until:
                return known
            time.sleep(0.02)


def test_nothing_that_was_acknowledged_is_lost_when_the_daemon_is_killed(
    tmp_path: Path, library: Path
) -> None:
    rng = Random(300)
    everything: dict[str, str] = {}
    ended: dict[str, dict[str, Any]] = {}
    starts, finals, left = [], [], []
    in_recovery, late_ones = 0, Counter[str]()
    with Daemon(tmp_path / "home") as daemon:
        for kill in range(KILLS):
            # Every fifth kill hits the recovery from the one before.
            load = Load(daemon, library, kill) if kill % 5 != 4 else None
            in_recovery += load is None
            if load:
                load.start()
            time.sleep(rng.uniform(0, LATEST_S if load else 1.5))
            daemon.kill()
            left.append(gone(daemon.home))
            if load:
                load.is_over.set()
                load.join()
                everything |= load.acknowledged
            open_tasks = {task: kind for task, kind in everything.items() if task not in ended}
            began = time.monotonic()
            daemon.start()
            starts.append(time.monotonic() - began)
            known = final(daemon, everything if kill % 10 == 0 else open_tasks, 0)
            assert known.keys() >= open_tasks.keys()
            if kill % 5 == 3 and kill < KILLS - 1:
                continue  # the next one comes while this recovers
            began_waiting = time.monotonic()
            known = final(daemon, open_tasks, max(0.0, FINAL_WITHIN_S - starts[-1]))
            late = [task for task, how in known.items() if how["status"] not in FINAL]
            at_work = {everything[task] for task in late if known[task]["status"] == "running"}
            assert at_work or not late, [known[task] for task in late]
            late_ones.update(everything[task] for task in late)
            known = final(daemon, open_tasks, 60)
            finals.append(time.monotonic() - began_waiting + starts[-1])
            ended |= {task: how for task, how in known.items() if how["status"] in FINAL}
            assert all(how["status"] in FINAL for how in known.values()), known

        assert set(ended) == set(everything)
        whole = daemon.call(
            "POST", "/research", {"artist": "Survivor", "midi_paths": [str(library)]}, 202
        )
        last = daemon.finished(whole["task_id"])
        assert last["status"] == "completed", last
        assert last["result"]["sources"]["local_midi"]["found"] == FILES

        for how in ended.values():
            assert how["status"] in ("completed", "failed"), how
            if how["status"] == "failed":
                assert "ended twice" in how["error"]["message"], how
        uploads = daemon.home / "uploads"
        assert [p.name for p in uploads.iterdir() if p.name.startswith(".")] == []
        hidden = [p for p in daemon.home.rglob("*") if ".part" in p.name or p.name[0] == "."]
        assert hidden == []

        with rows(daemon.home) as db:
            assert db.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
            urls = db.execute(
                "SELECT url FROM research_sources JOIN artists ON artists.id = artist_id"
                " WHERE name = 'Survivor' AND source = 'local_midi'"
            ).fetchall()
            jobs = {row["task_id"]: row for row in db.execute("SELECT * FROM jobs")}
            history = {
                row["task_id"]: row["id"] for row in db.execute("SELECT * FROM generation_history")
            }
        assert {row["url"] for row in urls} == {p.as_uri() for p in library.iterdir()}
        assert len(urls) == FILES
        assert {row["status"] for row in jobs.values()} <= {"completed", "failed"}
        completed = {task for task, row in jobs.items() if row["status"] == "completed"}
        generated = {task for task in completed if jobs[task]["command"] == "generate"}
        assert generated <= history.keys()
        written: set[Path] = set()
        with daemon.client() as client:
            for task in history:
                files = client.get(f"/generation/{history[task]}?clips=0").json()["midi_files"]
                assert len(files) == 8
                written |= set(map(Path, files))
                for number, path in enumerate(files, 1):
                    body = client.get(f"/generation/{history[task]}/{number}.mid").content
                    assert Path(path).read_bytes() == body, path
        # A job that was given up may have got as far as its files.
        given_up = {task for task, how in ended.items() if how["status"] == "failed"}
        unlisted = set(daemon.out_dir.rglob("*.mid")) - written
        assert len(unlisted) <= 8 * len(given_up), sorted(unlisted)
        for folder in daemon.out_dir.iterdir():
            assert len(list(folder.iterdir())) == 8, folder
        errors = [line for line in daemon.log() if line["level"] == "error"]
        assert errors == []
        daemon.interrupt()
        gone(daemon.home)

    over = [seconds for seconds in finals if seconds > FINAL_WITHIN_S]
    kinds = Counter((jobs[task]["command"], jobs[task]["status"]) for task in everything)
    print(
        f"\n{KILLS} kills, {in_recovery} of them in recovery; {len(everything)} tasks acknowledged:"
        f" {dict(kinds)}; unlisted files {len(unlisted)}"
        f"\nstart until it answers: worst {max(starts):.2f} s"
        f"\nworkers gone: worst {max(left):.2f} s"
        f"\nall jobs final after the start: worst {max(finals):.2f} s,"
        f" median {sorted(finals)[len(finals) // 2]:.2f} s, {len(over)} of {len(finals)} over 5 s;"
        f" at work then: {dict(late_ones)}"
    )


def command(home: Path, out: Path, *args: str) -> "subprocess.CompletedProcess[str]":
    """The command as a process of its own."""
    out.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "mididrumigen", *args],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=out,
        env={**os.environ, "MIDIDRUMIGEN_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def all_done(answers: list["subprocess.CompletedProcess[str]"]) -> None:
    """Each command did what it was asked for."""
    for answer in answers:
        assert answer.returncode == 0, (answer.args, answer.stderr)
        assert not LOCKED.search(answer.stderr), answer.stderr
        assert "not in the history" not in answer.stdout + answer.stderr


def test_commands_and_a_daemon_work_at_one_home_at_once(tmp_path: Path, library: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    some = tmp_path / "some"
    some.mkdir()
    for path in sorted(library.iterdir())[:20]:
        (some / path.name).write_bytes(path.read_bytes())
    asked: list[tuple[str, ...]] = [
        ("research", "By Command", "--midi", str(library)),
        ("research", "By Both", "--midi", str(some)),
        *(("generate", "John Bonham", "--seed", str(seed)) for seed in range(6)),
    ]
    with Daemon(home) as daemon, ThreadPoolExecutor(8) as pool:
        by_command = [pool.submit(command, home, out, *args) for args in asked]
        begun = [
            daemon.call("POST", "/research", {"artist": name, "midi_paths": [str(some)]}, 202)
            for name in ("By Both", "By Daemon")
        ]
        begun += [
            daemon.call("POST", "/generate", {"artist": "John Bonham", "seed": 100 + seed}, 202)
            for seed in range(20)
        ]
        all_done([answer.result() for answer in by_command])
        for task in begun:
            how = daemon.finished(task["task_id"])
            assert how["status"] == "completed", how
        with rows(home) as db:
            jobs = db.execute("SELECT * FROM jobs").fetchall()
            seeds = [r[0] for r in db.execute("SELECT seed FROM generation_history ORDER BY seed")]
            found = dict(
                db.execute(
                    "SELECT name, count(*) FROM research_sources"
                    " JOIN artists ON artists.id = artist_id GROUP BY name"
                ).fetchall()
            )
        assert seeds == [*range(6), *range(100, 120)]
        assert found == {"By Command": FILES, "By Both": 20, "By Daemon": 20}
        assert {job["status"] for job in jobs} == {"completed"}
        assert {job["attempts"] for job in jobs} == {1}
        assert "mididrumigen-cli" in {job["sender"] for job in jobs}
        for line in daemon.log():
            assert not LOCKED.search(str(line)), line
            assert line["level"] != "error", line


def test_ten_commands_at_once_at_a_new_home_lose_nothing(tmp_path: Path, library: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    files = sorted(library.iterdir())
    asked: list[tuple[str, ...]] = []
    for number in range(5):
        folder = tmp_path / f"takes {number}"
        folder.mkdir()
        for path in files[10 * number : 10 * number + 10]:
            (folder / path.name).write_bytes(path.read_bytes())
        asked.append(("research", f"Drummer {number}", "--midi", str(folder)))
        asked.append(("generate", "John Bonham", "--seed", str(number)))
    with ThreadPoolExecutor(len(asked)) as pool:
        all_done(list(pool.map(lambda args: command(home, out, *args), asked)))
    with rows(home) as db:
        assert db.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"
        seeds = [r[0] for r in db.execute("SELECT seed FROM generation_history ORDER BY seed")]
        found = dict(
            db.execute(
                "SELECT name, count(*) FROM research_sources JOIN artists ON artists.id = artist_id"
                " JOIN style_profiles USING (artist_id) GROUP BY name"
            ).fetchall()
        )
    assert seeds == list(range(5))
    assert found == {f"Drummer {number}": 10 for number in range(5)}
    assert len(list(out.rglob("*.mid"))) == 5 * 4
    assert list(out.rglob(".*")) == []
    assert workers(home) == []


def test_ten_commands_and_a_daemon_begin_a_new_home_at_once(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    daemon = Daemon(home)  # writes the settings
    with ThreadPoolExecutor(10) as pool:
        answers = [
            pool.submit(command, home, out, "generate", "John Bonham", "--seed", str(seed))
            for seed in range(10)
        ]
        with daemon:
            all_done([answer.result() for answer in answers])
            generations = daemon.call("GET", "/generations?limit=100")["generations"]
            assert sorted(line["seed"] for line in generations) == list(range(10))
            assert [line for line in daemon.log() if line["level"] == "error"] == []

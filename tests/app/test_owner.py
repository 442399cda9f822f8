"""Who does the work of a home, how others find out, and how commands get on beside a daemon."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from mididrumigen import __version__
from mididrumigen.app.owner import Owner, Runtime, read_runtime, running, take_or_find
from mididrumigen.config import Config, Paths, find_paths
from mididrumigen.errors import OwnerError, ServerError
from mididrumigen.store.sqlite import sqlite3
from mididrumigen.web.server import serve
from tests.daemon import Daemon, free_port
from tests.processes import guarded, is_alive
from tests.takes import ROCK, midi_file_of, take_of

Run = Callable[..., "subprocess.CompletedProcess[str]"]
TOKEN = "a-token-of-the-test"
LIMIT_S = 10.0

HOLDER = """
import os, sys, time
from mididrumigen.app.owner import Owner, Runtime
from mididrumigen.config import find_paths

owner = Owner.take(find_paths(os.environ))
if owner is None:
    sys.exit("taken")
if sys.argv[1]:
    owner.announce(Runtime.of_this_process("127.0.0.1", int(sys.argv[1]), ""))
print("taken", flush=True)
sys.stdin.readline()
owner.release()
"""
"""A process that owns a home until it reads a line."""


@pytest.fixture
def paths(home: Path) -> Paths:
    """The places of this test's home."""
    return find_paths({"MIDIDRUMIGEN_HOME": str(home)})


@contextlib.contextmanager
def holder(port: str = "") -> Iterator["subprocess.Popen[str]"]:
    """Another process that owns the home."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, port],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": guarded(Path(__file__).parents[2])},
    )
    try:
        assert process.stdout
        assert process.stdout.readline() == "taken\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def written(paths: Paths, **fields: Any) -> None:
    """A runtime.json as something left it."""
    whole = {
        "pid": 4_190_000,
        "port": free_port(),
        "version": __version__,
        "started_at": "2026-01-01T00:00:00+00:00",
        **fields,
    }
    paths.runtime.parent.mkdir(parents=True, exist_ok=True)
    paths.runtime.write_text(json.dumps(whole))


def jobs_of(home: Path) -> list[dict[str, Any]]:
    """Rows of the jobs, read beside the daemon."""
    with contextlib.closing(sqlite3.connect(home / "mididrumigen.db", timeout=10)) as db:
        db.row_factory = sqlite3.Row
        return [dict(row) for row in db.execute("SELECT * FROM jobs ORDER BY rowid")]


class TestLock:
    """`Owner.take` and `release`."""

    def test_one_process_owns_a_home_at_a_time(self, paths: Paths) -> None:
        with holder() as other:
            assert Owner.take(paths) is None
            assert other.stdin
            other.stdin.write("go\n")
            other.stdin.flush()
            assert other.wait(LIMIT_S) == 0
            owner = Owner.take(paths)
            assert owner is not None
        assert Owner.take(paths) is None
        owner.release()
        again = Owner.take(paths)
        assert again is not None
        again.release()

    def test_another_home_is_another_matter(self, paths: Paths, tmp_path: Path) -> None:
        other = find_paths({"MIDIDRUMIGEN_HOME": str(tmp_path / "other")})
        owners = [Owner.take(paths), Owner.take(other)]
        assert None not in owners
        for owner in owners:
            assert owner
            owner.release()

    @pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
    def test_a_killed_owner_owns_nothing(self, paths: Paths) -> None:
        with holder("1") as other:
            other.send_signal(signal.SIGKILL)
            other.wait(LIMIT_S)
            owner = Owner.take(paths)
        assert owner is not None
        owner.release()

    def test_a_file_in_place_of_the_home_is_a_sentence(self, paths: Paths, home: Path) -> None:
        home.write_text("a file")
        with pytest.raises(OwnerError, match=r"owner\.lock cannot be locked .*MIDIDRUMIGEN_HOME"):
            Owner.take(paths)


class TestRuntime:
    """`runtime.json`."""

    def test_it_says_how_the_daemon_is_reached_to_its_user_alone_and_goes_with_it(
        self, paths: Paths, home: Path
    ) -> None:
        owner = Owner.take(paths)
        assert owner
        (home / "runtime.part").write_text("left over, and readable for all")
        runtime = Runtime.of_this_process("127.0.0.1", 8001, TOKEN)
        owner.announce(runtime)
        assert read_runtime(paths.runtime) == runtime
        assert (runtime.pid, runtime.port, runtime.token) == (os.getpid(), 8001, TOKEN)
        assert (runtime.version, runtime.url) == (__version__, "http://127.0.0.1:8001")
        if sys.platform != "win32":
            assert stat.S_IMODE(paths.runtime.stat().st_mode) == 0o600
        assert sorted(path.name for path in home.iterdir()) == ["owner.lock", "runtime.json"]
        owner.release()
        assert not paths.runtime.exists()
        owner.release()

    @pytest.mark.parametrize(
        ("host", "url"),
        [
            ("127.0.0.1", "http://127.0.0.1:8001"),
            ("0.0.0.0", "http://127.0.0.1:8001"),
            ("::", "http://[::1]:8001"),
            ("::1", "http://[::1]:8001"),
            ("192.168.1.7", "http://192.168.1.7:8001"),
            ("localhost", "http://localhost:8001"),
        ],
    )
    def test_the_address_is_one_that_this_machine_can_ask(self, host: str, url: str) -> None:
        assert Runtime(1, 8001, "0", "", host).url == url

    async def test_no_file_is_no_daemon(self, paths: Paths) -> None:
        assert await running(paths) is None

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "null",
            "[]",
            '"text"',
            "{}",
            '{"pid": 1}',
            '{"pid": 1, "port": 2, "version": "", "started_at": "", "more": 1}',
            '{"pid": 1, "port": "abc", "version": "", "started_at": ""}',
            '{"pid": 1, "port": null, "version": "", "started_at": ""}',
            '{"pid": 1, "port": 99999999, "version": "", "started_at": ""}',
            '{"pid": 1, "port": -1, "version": "", "started_at": ""}',
            '{"pid": 1, "port": 1, "version": "", "started_at": "", "host": 5}',
            '{"pid": 1, "port": 1, "version": "", "started_at": "", "host": "\\u0000"}',
            '{"pid": 1, "port": 1, "version": "", "started_at": "", "token": "\\n\\u2603"}',
            "[" * 100_000,
            "\x00\xff" * 100,
        ],
        ids=lambda text: ascii(text)[:60],
    )
    async def test_garbage_is_no_daemon(self, paths: Paths, text: str) -> None:
        paths.runtime.parent.mkdir()
        paths.runtime.write_bytes(text.encode("latin-1"))
        assert await running(paths) is None

    async def test_a_port_where_nobody_listens_is_no_daemon(self, paths: Paths) -> None:
        written(paths)
        assert await running(paths) is None

    @pytest.mark.parametrize(
        "answer",
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]",
            b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"status":"ok"}',
            b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
            b"HTTP/1.1 301 Moved\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n",
            b"SSH-2.0-OpenSSH_9.6\r\n",
            b"",
            None,
        ],
        ids=["text", "list", "other", "404", "moved", "ssh", "closed", "silent"],
    )
    async def test_a_port_where_another_program_listens_is_no_daemon(
        self, paths: Paths, answer: bytes | None
    ) -> None:
        asked, over = asyncio.Event(), asyncio.Event()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            asked.set()
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await reader.readuntil(b"\r\n\r\n")
                if answer is None:
                    await reader.read()
                else:
                    writer.write(answer)
                writer.close()
                await writer.wait_closed()
            over.set()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            written(paths, port=server.sockets[0].getsockname()[1], pid=os.getpid())
            async with asyncio.timeout(LIMIT_S):
                assert await running(paths) is None
                assert asked.is_set()
                await over.wait()


class TestTakeOrFind:
    """`take_or_find`."""

    async def test_who_comes_alone_owns_the_home_whatever_an_earlier_daemon_left(
        self, paths: Paths
    ) -> None:
        written(paths)
        owner = await take_or_find(paths, pytest.fail)
        assert isinstance(owner, Owner)
        owner.release()
        assert not paths.runtime.exists()

    async def test_who_comes_while_a_command_works_waits_says_so_and_then_owns(
        self, paths: Paths
    ) -> None:
        said: list[str] = []
        with holder() as other:
            waiting = asyncio.ensure_future(take_or_find(paths, said.append))
            await asyncio.sleep(1.5)
            assert not waiting.done()
            assert other.stdin
            other.stdin.write("go\n")
            other.stdin.flush()
            async with asyncio.timeout(LIMIT_S):
                owner = await waiting
        assert isinstance(owner, Owner)
        owner.release()
        assert said == ["waiting for another mididrumigen to finish its research"]

    async def test_what_a_dead_daemon_left_is_not_taken_for_the_command_that_works_now(
        self, paths: Paths
    ) -> None:
        with holder():
            written(paths)
            waiting = asyncio.ensure_future(take_or_find(paths, lambda text: None))
            await asyncio.sleep(0.5)
            assert not waiting.done()
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)


@pytest.fixture
def daemon(home: Path) -> Iterator[Daemon]:
    """A daemon on this test's home."""
    with Daemon(home) as running_one:
        yield running_one


@pytest.fixture
async def other_daemon(tmp_path: Path) -> AsyncIterator[Daemon]:
    """A daemon on another home."""
    with Daemon(tmp_path / "another home") as running_one:
        yield running_one


async def test_a_daemon_of_another_home_is_not_taken_for_our_own(
    paths: Paths, other_daemon: Daemon
) -> None:
    # Ours was killed, and the other one was given its port.
    written(paths, port=other_daemon.port)
    assert await running(paths) is None
    with holder():  # a command of ours works
        waiting = asyncio.ensure_future(take_or_find(paths, lambda text: None))
        await asyncio.sleep(0.5)
        assert not waiting.done()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)


async def test_a_running_daemon_is_found_and_a_second_one_names_it_and_ends(
    daemon: Daemon, paths: Paths, run: Run, midi_folder: Path
) -> None:
    assert daemon.process
    found = await take_or_find(paths, pytest.fail)
    assert isinstance(found, Runtime)
    assert (found.pid, found.port, found.version) == (
        daemon.process.pid,
        daemon.port,
        __version__,
    )
    assert found == await running(paths)
    second = await asyncio.to_thread(run, "serve", "--port", str(free_port()))
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith("mididrumigen: ")
    assert second.stderr.count("\n") == 1
    assert f"{daemon.origin} (process {daemon.process.pid}," in second.stderr
    # The first one is none the worse for it.
    assert daemon.call("GET", "/health")["status"] == "ok"
    assert read_runtime(paths.runtime) == found
    # Killed, it is no hindrance, whatever it leaves behind.
    daemon.kill()
    assert read_runtime(paths.runtime) == found
    assert await running(paths) is None
    done = await asyncio.to_thread(run, "research", "Me", "--midi", str(midi_folder))
    assert done.returncode == 0, done.stderr
    assert jobs_of(paths.database.parent) == []


def test_a_port_that_is_taken_is_a_sentence_and_owns_nothing(run: Run, paths: Paths) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = run("serve", "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"mididrumigen: port {port} is not free at 127.0.0.1; ")
    assert "--port" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not paths.runtime.exists()
    owner = Owner.take(paths)
    assert owner
    owner.release()


def test_an_open_address_without_a_token_is_refused(run: Run, home: Path) -> None:
    done = run("serve", "--host", "0.0.0.0", env={"MIDIDRUMIGEN_TOKEN": ""})
    assert (done.returncode, done.stdout) == (1, "")
    assert "MIDIDRUMIGEN_TOKEN" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (home / "mididrumigen.db").exists()


async def test_an_open_address_with_a_token_that_is_soon_guessed_is_refused(paths: Paths) -> None:
    with pytest.raises(ServerError, match="a token of 16 characters or more"):
        await serve(Config(), paths, asyncio.Event(), pytest.fail, host="::", token="x" * 15)
    assert not paths.owner_lock.exists()


@pytest.mark.slow
def test_an_open_address_needs_its_token_on_every_call_and_a_command_beside_it_sends_it(
    home: Path, run: Run, midi_folder: Path
) -> None:
    """And a path that is given to the command is one from where the command stands."""
    with Daemon(home, "--host", "0.0.0.0", env={"MIDIDRUMIGEN_TOKEN": TOKEN}) as daemon:
        calls = [("GET", "/health"), ("GET", "/openapi.json"), ("POST", "/generate")]
        for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN[:-1]}):
            with daemon.client(headers=header) as client:
                for method, path in calls:
                    body = {"json": {"artist": "John Bonham"}} if method == "POST" else {}
                    answer = client.request(method, path, **body)
                    assert answer.status_code == 401, path
                    assert answer.json()["error"]["code"] == "token_needed"
        with daemon.client(headers={"Authorization": f"Bearer {TOKEN}"}) as client:
            assert client.get("/health").json()["status"] == "ok"
        done = run("research", "Me", "--midi", "take 2.mid", "--json", cwd=midi_folder)
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["sources"]["local_midi"]["found"] == 1
        [job] = jobs_of(home)
        assert job["sender"] == "mididrumigen-cli"
        assert json.loads(job["payload"])["midi_paths"] == [str(midi_folder / "take 2.mid")]
        assert all(TOKEN not in str(line) for line in daemon.log())


@pytest.mark.slow
def test_commands_beside_a_daemon_have_it_do_the_research_and_say_the_same(
    home: Path, run: Run, tmp_path: Path, midi_folder: Path
) -> None:
    library = tmp_path / "library" / "Zyxwv Qrst"
    library.mkdir(parents=True)
    (library / "take.mid").write_bytes((midi_folder / "take 1.mid").read_bytes())
    settings = f"[sources.local_midi]\nfolders = ['{library.parent}']\n"
    alone = tmp_path / "alone"
    alone.mkdir()
    for folder in (home, alone):
        folder.mkdir(exist_ok=True)
        (folder / "config.toml").write_text(settings)
    commands = (
        ("research", "Me", "--midi", str(midi_folder)),
        ("generate", "zyxwv qrst", "--bars", "1", "--variations", "1", "--seed", "3", "--dry-run"),
        ("research", "Nobody"),
    )

    def all_at(folder: Path) -> list["subprocess.CompletedProcess[str]"]:
        return [run(*words, env={"MIDIDRUMIGEN_HOME": str(folder)}) for words in commands]

    with Daemon(home), ThreadPoolExecutor(2) as pool:
        without, beside = pool.map(all_at, (alone, home))
    for one, other in zip(without, beside, strict=True):
        assert (other.returncode, other.stdout, other.stderr) == (
            one.returncode,
            one.stdout,
            one.stderr,
        )
    assert [done.returncode for done in beside] == [0, 0, 1]
    assert "Me" in beside[0].stdout
    jobs = jobs_of(home)
    assert {job["sender"] for job in jobs} == {"mididrumigen-cli"}
    assert [(job["command"], job["subject"], job["status"]) for job in jobs] == [
        ("research", "me", "completed"),
        ("research", "zyxwv qrst", "completed"),
        ("research", "nobody", "failed"),
    ]
    assert jobs_of(alone) == []


@pytest.mark.slow
def test_commands_at_once_on_one_new_home_all_succeed(
    home: Path, run: Run, midi_folder: Path
) -> None:
    takes = sorted(midi_folder.iterdir())
    commands = [
        *(("research", f"Drummer {n}", "--midi", str(takes[n])) for n in range(2)),
        *(("generate", "John Bonham", "--bars", "1", "--seed", str(n)) for n in range(2)),
    ]
    with ThreadPoolExecutor(len(commands)) as pool:
        done = list(pool.map(lambda words: run(*words), commands))
    assert [one.returncode for one in done] == [0] * len(commands), [one.stderr for one in done]
    assert all("locked" not in one.stderr and "in use" not in one.stderr for one in done)
    with contextlib.closing(sqlite3.connect(home / "mididrumigen.db")) as db:
        counts = [
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("artists", "research_sources", "style_profiles", "generation_history")
        ]
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert counts == [2, 2, 2, 2]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
@pytest.mark.parametrize(
    "end",
    [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)],
    ids=lambda e: e.name,
)
def test_a_daemon_ends_soon_at_a_signal_and_the_next_one_finishes_its_research(
    home: Path, tmp_path: Path, end: signal.Signals
) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    long = long_take()
    count = 8
    for number in range(count):  # one stroke of each is softer: no two are the same
        path = folder / f"{number:02}.mid"
        path.write_bytes(long.replace(b"\x99\x24\x70", bytes((0x99, 0x24, 60 + number)), 1))
    with Daemon(home) as daemon:
        asked = {"artist": "Me", "midi_paths": [str(folder)]}
        task = daemon.call("POST", "/research", asked, 202)["task_id"]
        children = under_way(daemon, task)
        assert daemon.process
        assert stopped(daemon, end) < 3
        assert daemon.process.returncode == 0
        assert [pid for pid in children if is_alive(pid)] == []
        assert not (home / "runtime.json").exists()
        [job] = jobs_of(home)
        assert (job["status"], job["finished_at"]) == ("queued", "")
        daemon.start()
        last = daemon.finished(task)
        assert last["status"] == "completed"
        assert last["result"]["sources"]["local_midi"]["found"] == count
        assert daemon.call("GET", "/research/Me")["sources_count"] == count
        assert [line for line in daemon.log() if line["level"] == "error"] == []


def long_take() -> bytes:
    """A MIDI file that takes a good part of a second to read."""
    return midi_file_of(take_of(ROCK, bars=250), 250)


def under_way(daemon: Daemon, task_id: str) -> list[int]:
    """Wait until a research has found something and is not done; who works for it."""
    assert daemon.process
    task: dict[str, Any] = {"rev": 0, "progress": 0, "status": "queued"}
    while True:
        children = children_of(daemon.process.pid)
        if task["progress"] and children:
            return children
        task = daemon.call("GET", f"/task/{task_id}?wait=1&since={task['rev']}")
        assert task["status"] in ("queued", "running"), task


def children_of(pid: int) -> list[int]:
    """Ids of the processes that a process has begun."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("this system does not say who began whom")
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(entry.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(entry.parent.name))
    return found


def stopped(daemon: Daemon, end: signal.Signals) -> float:
    """Send a signal; seconds until the process was gone."""
    assert daemon.process
    began = time.monotonic()
    daemon.process.send_signal(end)
    daemon.process.wait(LIMIT_S)
    return time.monotonic() - began

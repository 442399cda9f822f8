"""Functions in processes of their own: what they give, how they end, and that nothing stays."""

import asyncio
import contextlib
import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from mididrumigen import workers as module
from mididrumigen.errors import MidiError, WorkerError
from mididrumigen.midi import read_file
from mididrumigen.workers import Workers
from tests.processes import ends_soon, ends_within, is_alive

LONG_S = 30.0

PARENT = """
import asyncio, os, sys
from mididrumigen.workers import Workers

async def main():
    async with Workers(slots=1) as workers:
        pid = await workers.run(30, os.getpid)
        if sys.argv[1]:
            busy = asyncio.ensure_future(workers.run(600, exec, sys.argv[1]))
            await asyncio.sleep(0.3)
        print(pid, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""
"""A process with one worker, which runs what it is given, or rests; prints the worker's id."""


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    """Two slots."""
    async with Workers(slots=2) as opened:
        yield opened


def saying(path: Path, then: str = "__import__('time').sleep(30)") -> str:
    """Code that writes the id of its process to a file, then does something."""
    text = "str(__import__('os').getpid())"
    return f"__import__('pathlib').Path({str(path)!r}).write_text({text}) and {then}"


async def said(path: Path) -> int:
    """The id that a worker has written to a file, as soon as it has."""
    async with asyncio.timeout(LONG_S):
        while True:
            if text := written(path):
                return int(text)
            await asyncio.sleep(0.01)


def written(path: Path) -> str:
    """What is in a file; empty where it is not there."""
    return path.read_text() if path.exists() else ""


async def test_a_function_runs_in_another_process_and_gives_its_result(workers: Workers) -> None:
    assert await workers.run(LONG_S, math.factorial, 30) == math.factorial(30)
    assert await workers.run(LONG_S, os.getpid) != os.getpid()


async def test_keywords_and_large_arguments_and_results_go_both_ways(workers: Workers) -> None:
    assert await workers.run(LONG_S, int, "ff", base=16) == 255
    large = os.urandom(3_000_000)
    assert await workers.run(LONG_S, bytes, large) == large


async def test_a_worker_is_used_again(workers: Workers) -> None:
    assert len({await workers.run(LONG_S, os.getpid) for _ in range(4)}) == 1


async def test_what_a_function_raises_is_raised_here(workers: Workers) -> None:
    with pytest.raises(ValueError, match="math domain error"):
        await workers.run(LONG_S, math.sqrt, -1)
    with pytest.raises(MidiError, match="No such file"):
        await workers.run(LONG_S, read_file, Path("no such folder") / "x.mid")
    assert await workers.run(LONG_S, abs, -1) == 1


async def test_an_error_of_the_function_costs_no_process(workers: Workers) -> None:
    before = await workers.run(LONG_S, os.getpid)
    with pytest.raises(ValueError, match="math domain error"):
        await workers.run(LONG_S, math.sqrt, -1)
    assert await workers.run(LONG_S, os.getpid) == before


async def test_no_more_run_at_once_than_there_are_slots(workers: Workers, tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(3)]
    calls = [asyncio.ensure_future(workers.run(LONG_S, eval, saying(f))) for f in files[:2]]
    for file in files[:2]:
        await said(file)
    late = asyncio.ensure_future(workers.run(LONG_S, eval, saying(files[2], "7")))
    await asyncio.sleep(0.3)
    assert not files[2].exists()
    calls[0].cancel()
    assert await late == 7
    calls[1].cancel()
    await asyncio.gather(*calls, return_exceptions=True)


async def test_one_that_takes_too_long_is_killed(workers: Workers) -> None:
    pid = await workers.run(LONG_S, os.getpid)
    with pytest.raises(TimeoutError):
        await workers.run(0.2, time.sleep, LONG_S)
    assert not is_alive(pid)
    assert await workers.run(LONG_S, os.getpid) != pid


async def test_one_that_is_cancelled_is_killed(workers: Workers) -> None:
    pid = await workers.run(LONG_S, os.getpid)
    call = asyncio.ensure_future(workers.run(LONG_S, time.sleep, LONG_S))
    await asyncio.sleep(0.1)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert not is_alive(pid)
    assert await workers.run(LONG_S, os.getpid) != pid


async def test_one_that_waits_for_a_slot_can_be_cancelled_without_harm(tmp_path: Path) -> None:
    async with Workers(slots=1) as workers:
        busy = asyncio.ensure_future(workers.run(LONG_S, eval, saying(tmp_path / "pid")))
        pid = await said(tmp_path / "pid")
        waiting = asyncio.ensure_future(workers.run(LONG_S, os.getpid))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert is_alive(pid)
        busy.cancel()
        await asyncio.gather(busy, return_exceptions=True)
        assert await workers.run(LONG_S, abs, -3) == 3


@pytest.mark.parametrize("end", [os._exit, sys.exit], ids=["at once", "by an exception"])
async def test_a_process_that_ends_in_the_middle_is_one_error_and_no_more(
    workers: Workers, end: "type[os._exit]"
) -> None:
    with pytest.raises(WorkerError, match="died"):
        await workers.run(LONG_S, end, 3)
    assert await workers.run(LONG_S, abs, -1) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
async def test_a_process_that_is_killed_in_the_middle_is_one_error_and_no_more(
    workers: Workers, tmp_path: Path
) -> None:
    call = asyncio.ensure_future(workers.run(LONG_S, eval, saying(tmp_path / "pid")))
    os.kill(await said(tmp_path / "pid"), signal.SIGKILL)
    with pytest.raises(WorkerError, match="died"):
        await call
    assert await workers.run(LONG_S, abs, -1) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
async def test_a_worker_that_was_killed_while_it_rested_is_replaced(workers: Workers) -> None:
    pid = await workers.run(LONG_S, os.getpid)
    os.kill(pid, signal.SIGKILL)
    assert await ends_soon(pid)
    await asyncio.sleep(0.2)  # until the loop has heard of it
    assert await workers.run(LONG_S, os.getpid) != pid


async def test_a_result_that_cannot_be_sent_is_one_error_and_no_more(workers: Workers) -> None:
    with pytest.raises(WorkerError):
        await workers.run(LONG_S, threading.Lock)
    assert await workers.run(LONG_S, abs, -1) == 1


async def test_a_call_that_cannot_be_sent_is_one_error_and_no_more(workers: Workers) -> None:
    with pytest.raises((AttributeError, TypeError, ValueError)):
        await workers.run(LONG_S, len, (item for item in "abc"))  # type: ignore[arg-type]
    assert await workers.run(LONG_S, abs, -1) == 1


async def test_an_answer_beyond_the_limit_is_one_error_and_no_more(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_ANSWER_BYTES", 1000)
    pid = await workers.run(LONG_S, os.getpid)
    with pytest.raises(WorkerError, match="MB"):
        await workers.run(LONG_S, bytes, 5000)
    assert not is_alive(pid)
    assert await workers.run(LONG_S, abs, -1) == 1


async def test_what_a_function_prints_is_not_taken_for_an_answer(workers: Workers) -> None:
    await workers.run(LONG_S, print, "hello " * 20_000)
    await workers.run(LONG_S, exec, "import sys; sys.stdout.write('x' * 99); sys.stdout.flush()")
    await workers.run(LONG_S, os.write, 1, b"past Python\n")
    await workers.run(LONG_S, os.system, "echo from a program of its own")
    assert await workers.run(LONG_S, abs, -1) == 1


async def test_what_is_in_the_current_directory_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pickle", "queue", "mididrumigen"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a file of downloads')")
    monkeypatch.chdir(tmp_path)
    async with Workers(slots=1) as workers:
        assert await workers.run(LONG_S, abs, -1) == 1


async def test_each_keeps_the_order_of_the_items_whatever_they_take(workers: Workers) -> None:
    items = [f"(__import__('time').sleep({s}), {n})[1]" for n, s in enumerate((0.4, 0, 0.2, 0, 0))]
    got = [pair async for pair in workers.each(LONG_S, eval, items)]
    assert got == list(zip(items, range(5), strict=True))


async def test_each_works_at_several_items_at_once(workers: Workers, tmp_path: Path) -> None:
    # Each of two waits for what the other writes: alone neither would ever end.
    wait = "next(1 for _ in iter(int, 1) if __import__('os').path.exists({!r}))"
    one, two = tmp_path / "one", tmp_path / "two"
    items = [saying(one, wait.format(str(two))), saying(two, wait.format(str(one)))]
    assert [answer async for _, answer in workers.each(LONG_S, eval, items)] == [1, 1]


async def test_each_gives_what_was_raised_in_its_place(workers: Workers) -> None:
    items = ["1", "1 / 0", "3", "__import__('os')._exit(1)", "5", "no_such_name"]
    got = [answer async for _, answer in workers.each(LONG_S, eval, items)]
    assert got[::2] == [1, 3, 5]
    assert [type(answer) for answer in got[1::2]] == [ZeroDivisionError, WorkerError, NameError]


async def test_each_gives_a_time_that_was_up_in_its_place(workers: Workers) -> None:
    await asyncio.gather(*(workers.run(LONG_S, time.sleep, 0.1) for _ in range(2)))  # both begun
    items = ["1", "__import__('time').sleep(30)", "3"]
    got = [answer async for _, answer in workers.each(0.8, eval, items)]
    assert (got[0], type(got[1]), got[2]) == (1, TimeoutError, 3)


async def test_each_of_nothing_is_nothing(workers: Workers) -> None:
    assert [pair async for pair in workers.each(LONG_S, abs, [])] == []


async def test_leaving_each_early_ends_what_was_begun(workers: Workers, tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(6)]
    items = [saying(files[0], "1"), *(saying(file) for file in files[1:])]
    async with contextlib.aclosing(workers.each(LONG_S, eval, items)) as answers:
        async for _, answer in answers:
            assert answer == 1
            pids = [await said(file) for file in files[1:2]]
            break
    assert [pid for pid in pids if is_alive(pid)] == []
    assert not files[5].exists()
    assert await workers.run(LONG_S, abs, -1) == 1


async def test_cancelling_one_who_goes_through_each_ends_what_was_begun(
    workers: Workers, tmp_path: Path
) -> None:
    items = [saying(tmp_path / name) for name in "abcd"]

    async def go_through() -> None:
        async with contextlib.aclosing(workers.each(LONG_S, eval, items)) as answers:
            async for _ in answers:
                pass

    going = asyncio.ensure_future(go_through())
    pids = [await said(tmp_path / name) for name in "ab"]
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert [pid for pid in pids if is_alive(pid)] == []


async def test_a_worker_that_has_rested_for_long_is_let_go() -> None:
    async with Workers(slots=1, idle_s=0.2) as workers:
        pid = await workers.run(LONG_S, os.getpid)
        assert is_alive(pid)
        assert await ends_soon(pid)
        assert await workers.run(LONG_S, os.getpid) != pid


async def test_a_worker_that_is_used_is_not_let_go() -> None:
    async with Workers(slots=1, idle_s=0.4) as workers:
        pids = set()
        for _ in range(5):
            pids.add(await workers.run(LONG_S, os.getpid))
            await asyncio.sleep(0.12)
    assert len(pids) == 1


async def test_closing_ends_all_who_rest_and_all_who_work(tmp_path: Path) -> None:
    workers = Workers(slots=2)
    rested = await workers.run(LONG_S, os.getpid)
    calls = [
        asyncio.ensure_future(workers.run(LONG_S, eval, saying(tmp_path / name))) for name in "ab"
    ]
    pids = {rested, *[await said(tmp_path / name) for name in "ab"]}
    await workers.close()
    assert [pid for pid in pids if is_alive(pid)] == []
    ends = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(end) for end in ends] == [WorkerError, WorkerError]


@pytest.fixture
def parents() -> Iterator[list["subprocess.Popen[str]"]]:
    """Processes that are gone at the end."""
    begun: list[subprocess.Popen[str]] = []
    yield begun
    for process in begun:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
@pytest.mark.parametrize(
    "work",
    [
        "",
        "import time; time.sleep(600)",
        "while True: pass",
        pytest.param(
            "sum(range(10**10))",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only its kernel can"),
        ),
    ],
    ids=["resting", "asleep", "in a loop", "in one long call of a library"],
)
def test_no_worker_outlives_a_parent_that_is_killed(
    parents: list["subprocess.Popen[str]"], work: str
) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, work],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    parents.append(parent)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert is_alive(pid)
    parent.send_signal(signal.SIGKILL)
    try:
        assert ends_within(pid, 2.0)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_a_ctrl_c_of_the_terminal_does_not_reach_a_worker(
    parents: list["subprocess.Popen[str]"],
) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, "import time; time.sleep(600)"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )
    parents.append(parent)
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert os.getpgid(pid) != os.getpgid(parent.pid)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no cat there")
async def test_a_program_that_a_worker_starts_reads_nothing_of_the_calls_and_ends_with_it() -> None:
    async with Workers(1) as workers:
        done = await workers.run(10, subprocess.run, ["cat"], timeout=5, check=False)
        assert done.returncode == 0
        with pytest.raises(TimeoutError):
            await workers.run(0.5, os.system, "exec sleep 61.25")
        assert await workers.run(10, os.getpid)
    assert "sleep 61.25" not in commands_that_run()


def commands_that_run() -> set[str]:
    """Command lines of all processes, where the system shows them in files."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.add(path.read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace"))
    return found

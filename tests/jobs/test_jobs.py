"""Jobs: on disk before they are acknowledged, seen while they run, finished or begun again."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from mididrumigen import jobs as module
from mididrumigen.app.tasks import _Records
from mididrumigen.errors import Busy, ResearchError, StoreError
from mididrumigen.jobs import MAX_ATTEMPTS, Jobs, Kind, Records, Tell
from mididrumigen.models.job import BACKGROUND, USER, Command, Job
from mididrumigen.store import Store, records

NOW = "2026-01-02T03:04:05+00:00"
LIMIT_S = 5.0


class Memory:
    """Records that live as long as the test; what is kept is a copy, as on disk."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self.saved: list[tuple[str, str]] = []
        """(task, status) of every save, in order."""
        self.is_full = False
        self.may_save = asyncio.Event()
        self.may_save.set()

    async def save(self, job: Job) -> None:
        """Keep it, when it may."""
        await self.may_save.wait()
        if self.is_full:
            raise StoreError("the disk with x.db is full; nothing was written")
        self.rows[job.task_id] = json.loads(json.dumps(asdict(job)))
        self.saved.append((job.task_id, job.status))

    async def unfinished(self) -> list[Job]:
        """What has not ended."""
        found = [Job(**row) for row in self.rows.values()]
        return [job for job in found if not job.is_final]


class Stage:
    """What the jobs of these tests do: nothing, until they may go on."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.payloads: list[Mapping[str, Any]] = []
        self.inside = self.most = 0
        self.tells: dict[str, Tell] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self.failures: dict[str, Exception] = {}

    async def run(self, job: Job, tell: Tell) -> Mapping[str, Any]:
        """Wait for the gate of the job."""
        self.begun.append(job.task_id)
        self.payloads.append(job.payload)
        self.tells[job.task_id] = tell
        self.inside += 1
        self.most = max(self.most, self.inside)
        try:
            await self.gates.setdefault(job.task_id, asyncio.Event()).wait()
        finally:
            self.inside -= 1
        if job.task_id in self.failures:
            raise self.failures[job.task_id]
        return {"of": job.task_id}

    def open(self, *task_ids: str) -> None:
        """Let jobs go on to their end."""
        for task_id in task_ids:
            self.gates.setdefault(task_id, asyncio.Event()).set()


def merged(running: Mapping[str, Any], more: Mapping[str, Any]) -> Mapping[str, Any]:
    """What two ask together."""
    return {"files": [*running["files"], *more["files"]]}


def jobs_of(
    stage: Stage,
    records: Records,
    *,
    at_once: int = 1,
    timeout_s: float = LIMIT_S,
    after: Callable[[Job], Awaitable[None]] | None = None,
) -> Jobs:
    """Jobs: researches about one artist are joined, generations are not."""
    kinds: dict[Command, Kind] = {
        "research": Kind(stage.run, at_once, lambda: timeout_s, merged, after),
        "generate": Kind(stage.run, at_once, lambda: timeout_s),
    }
    return Jobs(records, kinds, lambda: NOW)


@pytest.fixture
def stage() -> Stage:
    """Nobody on it."""
    return Stage()


@pytest.fixture
def memory() -> Memory:
    """Empty."""
    return Memory()


@pytest.fixture
async def jobs(stage: Stage, memory: Memory) -> AsyncIterator[Jobs]:
    """One of a kind at a time."""
    opened = jobs_of(stage, memory)
    yield opened
    await opened.close()


def asked(
    task_id: str,
    command: Command = "generate",
    *,
    subject: str = "",
    priority: int = USER,
    files: tuple[str, ...] = (),
    **more: Any,
) -> Job:
    """A job as it is handed in."""
    payload = {"files": list(files)}
    return Job(command, payload, task_id, NOW, "test", priority, subject, **more)


async def settled(enough: Callable[[], bool]) -> None:
    """Wait until something is so; TimeoutError where it never is."""
    async with asyncio.timeout(LIMIT_S):
        while True:
            if enough():
                return
            await asyncio.sleep(0.001)


async def test_a_job_runs_to_its_end_and_is_on_disk_at_each_step(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    job = await jobs.submit(asked("a"))
    assert memory.saved[0] == ("a", "queued")
    await settled(lambda: stage.begun == ["a"])
    assert (job.status, job.attempts) == ("running", 1)
    assert memory.rows["a"]["attempts"] == 1
    assert jobs.alive("a") is job
    stage.open("a")
    await jobs.finished(job, LIMIT_S)
    await settled(lambda: jobs.alive("a") is None)
    assert memory.saved == [("a", "queued"), ("a", "running"), ("a", "completed")]
    row = memory.rows["a"]
    assert (row["status"], row["progress"], row["finished_at"]) == ("completed", 1.0, NOW)
    assert row["result"] == {"of": "a"}
    assert row["error"] == {}


async def test_what_users_ask_goes_first_then_what_was_asked_first(
    jobs: Jobs, stage: Stage
) -> None:
    await jobs.submit(asked("first"))
    await settled(lambda: stage.begun == ["first"])
    order = [("late", BACKGROUND), ("user 1", USER), ("later", BACKGROUND), ("user 2", USER)]
    waiting = [await jobs.submit(asked(name, priority=priority)) for name, priority in order]
    stage.open("first", *(name for name, _ in order))
    for job in waiting:
        await jobs.finished(job, LIMIT_S)
    assert stage.begun == ["first", "user 1", "user 2", "late", "later"]


async def test_so_many_of_a_kind_run_at_once_and_kinds_do_not_wait_for_each_other(
    stage: Stage, memory: Memory
) -> None:
    jobs = jobs_of(stage, memory, at_once=2)
    for number in range(5):
        await jobs.submit(asked(f"g{number}"))
    await jobs.submit(asked("r", "research", subject="x"))
    await settled(lambda: len(stage.begun) == 3)
    for _ in range(20):
        await asyncio.sleep(0)
    assert stage.begun == ["g0", "g1", "r"]
    stage.open("g0")
    await settled(lambda: len(stage.begun) == 4)
    assert stage.begun[-1] == "g2"
    assert stage.most == 3
    await jobs.close()


async def test_a_second_request_about_the_same_joins_and_what_it_adds_is_done_too(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    first = await jobs.submit(asked("a", "research", subject="bonham", files=("1.mid",)))
    await settled(lambda: stage.begun == ["a"])
    second = await jobs.submit(asked("b", "research", subject="bonham", files=("2.mid",)))
    assert second is first
    assert memory.rows["a"]["payload"] == {"files": ["1.mid", "2.mid"]}
    assert "b" not in memory.rows
    assert jobs.about("research", "bonham") is first
    stage.open("a")
    await jobs.finished(first, LIMIT_S)
    assert stage.payloads == [{"files": ["1.mid"]}, {"files": ["1.mid", "2.mid"]}]
    assert first.status == "completed"


async def test_a_second_request_that_adds_nothing_is_not_run_again(
    jobs: Jobs, stage: Stage
) -> None:
    first = await jobs.submit(asked("a", "research", subject="bonham", files=("1.mid",)))
    await settled(lambda: stage.begun == ["a"])
    await jobs.submit(asked("b", "research", subject="bonham"))
    stage.open("a")
    await jobs.finished(first, LIMIT_S)
    assert stage.begun == ["a"]


async def test_a_request_joins_one_that_waits_and_is_run_once(jobs: Jobs, stage: Stage) -> None:
    await jobs.submit(asked("busy", "research", subject="x"))
    first = await jobs.submit(asked("a", "research", subject="bonham", files=("1.mid",)))
    assert await jobs.submit(asked("b", "research", subject="bonham", files=("2.mid",))) is first
    stage.open("busy", "a")
    await jobs.finished(first, LIMIT_S)
    assert stage.begun == ["busy", "a"]
    assert stage.payloads[-1] == {"files": ["1.mid", "2.mid"]}


async def test_others_subjects_other_kinds_and_no_subject_do_not_join(
    jobs: Jobs, stage: Stage
) -> None:
    one = await jobs.submit(asked("a", "research", subject="bonham"))
    other = await jobs.submit(asked("b", "research", subject="starr"))
    third = await jobs.submit(asked("c", "generate", subject="bonham"))
    fourth = await jobs.submit(asked("d", "generate", subject="bonham"))
    fifth = await jobs.submit(asked("e", "research"))
    sixth = await jobs.submit(asked("f", "research"))
    assert len({id(job) for job in (one, other, third, fourth, fifth, sixth)}) == 6


async def test_one_about_the_same_that_has_ended_is_not_joined(jobs: Jobs, stage: Stage) -> None:
    stage.open("a", "b")
    first = await jobs.submit(asked("a", "research", subject="bonham"))
    await jobs.finished(first, LIMIT_S)
    assert jobs.about("research", "bonham") is None
    second = await jobs.submit(asked("b", "research", subject="bonham"))
    assert second is not first
    await jobs.finished(second, LIMIT_S)
    assert second.status == "completed"


async def test_requests_that_come_in_one_moment_are_one_job(jobs: Jobs, memory: Memory) -> None:
    memory.may_save.clear()
    coming = [
        asyncio.ensure_future(
            jobs.submit(asked(name, "research", subject="bonham", files=(f"{name}.mid",)))
        )
        for name in "abcdef"
    ]
    for _ in range(10):
        await asyncio.sleep(0)
    memory.may_save.set()
    taken = await asyncio.gather(*coming)
    assert len({id(job) for job in taken}) == 1
    assert memory.rows.keys() == {"a"}
    assert memory.rows["a"]["payload"] == {"files": [f"{name}.mid" for name in "abcdef"]}


async def test_nothing_is_acknowledged_before_it_is_on_disk(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    memory.may_save.clear()
    coming = asyncio.ensure_future(jobs.submit(asked("a", "research", subject="x", files=("1",))))
    await asyncio.sleep(0.02)
    assert not coming.done()
    assert stage.begun == []
    memory.may_save.set()
    job = await coming
    await settled(lambda: stage.begun == ["a"])
    memory.may_save.clear()
    joining = asyncio.ensure_future(jobs.submit(asked("b", "research", subject="x", files=("2",))))
    await asyncio.sleep(0.02)
    assert not joining.done()
    assert memory.rows["a"]["payload"] == {"files": ["1"]}
    memory.may_save.set()
    assert await joining is job
    assert memory.rows["a"]["payload"] == {"files": ["1", "2"]}


async def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    memory.is_full = True
    with pytest.raises(StoreError, match="full"):
        await jobs.submit(asked("a", "research", subject="bonham"))
    assert jobs.alive("a") is None
    assert jobs.about("research", "bonham") is None
    memory.is_full = False
    stage.open("b")
    after = await jobs.submit(asked("b", "research", subject="bonham"))
    await jobs.finished(after, LIMIT_S)
    assert (after.task_id, after.status, stage.begun) == ("b", "completed", ["b"])


async def test_a_request_to_join_that_cannot_be_written_adds_nothing(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    job = await jobs.submit(asked("a", "research", subject="bonham", files=("1.mid",)))
    await settled(lambda: stage.begun == ["a"])
    memory.is_full = True
    with pytest.raises(StoreError, match="full"):
        await jobs.submit(asked("b", "research", subject="bonham", files=("2.mid",)))
    memory.is_full = False
    stage.open("a")
    await jobs.finished(job, LIMIT_S)
    assert stage.payloads == [{"files": ["1.mid"]}]


async def test_one_that_cannot_be_written_as_running_fails_with_the_reason(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    await jobs.submit(asked("busy"))
    job = await jobs.submit(asked("a"))
    await settled(lambda: stage.begun == ["busy"])
    memory.is_full = True
    stage.open("busy")
    await jobs.finished(job, LIMIT_S)
    assert (job.status, job.error["code"]) == ("failed", "database")
    assert stage.begun == ["busy"]


async def test_one_too_many_is_refused_and_others_go_on(
    jobs: Jobs, stage: Stage, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_WAITING", 2)
    await jobs.submit(asked("running"))
    await settled(lambda: stage.begun == ["running"])
    waiting = [await jobs.submit(asked(name)) for name in "ab"]
    await settled(lambda: jobs._lines["generate"].waiting == 2)
    with pytest.raises(Busy, match="2 requests are waiting"):
        await jobs.submit(asked("c"))
    assert "c" not in memory.rows
    assert jobs.alive("c") is None
    # The other kind has a line of its own; a request that joins takes no place.
    research = await jobs.submit(asked("r", "research", subject="x"))
    assert await jobs.submit(asked("s", "research", subject="x")) is research
    await jobs.cancel(waiting[0])
    await jobs.submit(asked("d"))
    stage.open("running", "b", "d")
    await jobs.finished(waiting[1], LIMIT_S)
    assert waiting[1].status == "completed"


async def test_the_limit_holds_for_requests_that_come_in_one_moment(
    jobs: Jobs, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_WAITING", 2)
    await jobs.submit(asked("running"))
    await settled(lambda: stage.begun == ["running"])
    ends = await asyncio.gather(
        *(jobs.submit(asked(f"{number}")) for number in range(10)), return_exceptions=True
    )
    assert sum(isinstance(end, Busy) for end in ends) == 8


async def test_progress_never_falls_and_every_change_has_a_revision(
    jobs: Jobs, stage: Stage
) -> None:
    job = await jobs.submit(asked("a"))
    await settled(lambda: "a" in stage.tells)
    revs, seen = [job.rev], []
    for progress in (0.1, 0.5, 0.2, 0.0, 0.7, 1.4, -1.0):
        stage.tells["a"](progress, f"at {progress}")
        seen.append(job.progress)
        revs.append(job.rev)
        assert job.message == f"at {progress}"
    assert seen == [0.1, 0.5, 0.5, 0.5, 0.7, 1.0, 1.0]
    stage.open("a")
    await jobs.finished(job, LIMIT_S)
    revs.append(job.rev)
    assert revs == sorted(set(revs))


async def test_waiting_ends_with_a_change_an_end_or_the_time(jobs: Jobs, stage: Stage) -> None:
    loop = asyncio.get_running_loop()
    job = await jobs.submit(asked("a"))
    await settled(lambda: "a" in stage.tells)
    await jobs.wait(job, job.rev - 1, 60)  # has changed since: no wait
    began = loop.time()
    await jobs.wait(job, job.rev, 0.1)
    assert 0.09 <= loop.time() - began < 1
    seen = job.rev
    waiting = asyncio.ensure_future(jobs.wait(job, seen, 60))
    await asyncio.sleep(0)
    stage.tells["a"](0.5, "half")
    async with asyncio.timeout(1):
        await waiting
    assert job.rev > seen
    finishing = asyncio.ensure_future(jobs.finished(job, 60))
    stage.tells["a"](0.6, "more")
    await asyncio.sleep(0.02)
    assert not finishing.done()
    stage.open("a")
    async with asyncio.timeout(1):
        await finishing
    assert job.is_final
    async with asyncio.timeout(1):  # it is over: nothing to wait for
        await jobs.wait(job, job.rev, 60)
        await jobs.finished(job, 60)


async def test_those_who_wait_are_let_go_when_the_program_is_about_to_stop(
    jobs: Jobs, stage: Stage
) -> None:
    running, waiting = await jobs.submit(asked("a")), await jobs.submit(asked("b"))
    await settled(lambda: stage.begun == ["a"])
    listeners = [
        *(asyncio.ensure_future(jobs.wait(job, job.rev, 60)) for job in (running, waiting)),
        *(asyncio.ensure_future(jobs.finished(job, 60)) for job in (running, waiting)),
    ]
    await asyncio.sleep(0.01)
    jobs.let_go()
    async with asyncio.timeout(1):
        await asyncio.gather(*listeners)
    assert (running.status, waiting.status) == ("running", "queued")


async def test_changes_come_at_once_then_with_each_change_and_every_beat_and_end(
    jobs: Jobs, stage: Stage
) -> None:
    job = await jobs.submit(asked("a"))
    await settled(lambda: "a" in stage.tells)
    changes = jobs.changes(job, 0.05)
    async with asyncio.timeout(LIMIT_S), contextlib.aclosing(changes):
        assert await anext(changes) is True
        assert await anext(changes) is False
        stage.tells["a"](0.5, "half")
        assert await anext(changes) is True
        assert await anext(changes) is False
        stage.open("a")
        assert [changed async for changed in changes][-1] is True
        assert job.status == "completed"


async def test_changes_of_a_job_that_has_ended_are_one(jobs: Jobs, stage: Stage) -> None:
    stage.open("a")
    job = await jobs.submit(asked("a"))
    await jobs.finished(job, LIMIT_S)
    assert [changed async for changed in jobs.changes(job, 60)] == [True]


async def test_changes_end_when_the_program_is_about_to_stop(jobs: Jobs, stage: Stage) -> None:
    job = await jobs.submit(asked("a"))
    await settled(lambda: "a" in stage.tells)

    async def listen() -> list[bool]:
        return [changed async for changed in jobs.changes(job, 60)]

    listening = asyncio.ensure_future(listen())
    await asyncio.sleep(0.01)
    jobs.let_go()
    async with asyncio.timeout(1):
        assert (await listening)[0] is True


async def test_one_that_waits_can_be_cancelled(jobs: Jobs, stage: Stage, memory: Memory) -> None:
    running, waiting = await jobs.submit(asked("a")), await jobs.submit(asked("b"))
    await settled(lambda: stage.begun == ["a"])
    await jobs.cancel(waiting)
    assert (waiting.status, memory.rows["b"]["status"]) == ("cancelled", "cancelled")
    assert memory.rows["b"]["finished_at"] == NOW
    assert jobs.alive("b") is None
    stage.open("a", "b")
    await jobs.finished(running, LIMIT_S)
    assert stage.begun == ["a"]


async def test_one_that_runs_can_be_cancelled_and_the_next_one_goes_on(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    running, waiting = await jobs.submit(asked("a")), await jobs.submit(asked("b"))
    await settled(lambda: stage.begun == ["a"])
    stage.tells["a"](0.4, "far")
    await jobs.cancel(running)
    assert stage.inside == 0 or stage.begun == ["a", "b"]
    assert (running.status, running.progress, running.result) == ("cancelled", 0.4, {})
    assert memory.rows["a"]["status"] == "cancelled"
    stage.open("b")
    await jobs.finished(waiting, LIMIT_S)
    assert waiting.status == "completed"


async def test_one_that_was_taken_this_very_moment_can_be_cancelled(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    job = await jobs.submit(asked("a", "research", subject="bonham"))
    await jobs.cancel(job)
    assert (job.status, memory.rows["a"]["status"]) == ("cancelled", "cancelled")
    assert jobs.alive("a") is None
    assert jobs.about("research", "bonham") is None
    assert stage.inside == 0


async def test_one_that_has_ended_is_not_changed_by_a_cancel(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    stage.open("a")
    job = await jobs.submit(asked("a"))
    await jobs.finished(job, LIMIT_S)
    await settled(lambda: jobs.alive("a") is None)
    rev = job.rev
    await jobs.cancel(job)
    assert (job.status, job.rev, memory.rows["a"]["status"]) == ("completed", rev, "completed")


async def test_a_cancel_at_the_very_end_leaves_it_completed(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    job = await jobs.submit(asked("a"))
    await settled(lambda: stage.begun == ["a"])
    memory.may_save.clear()  # its end takes a while to be written
    stage.open("a")
    await jobs.finished(job, LIMIT_S)
    cancels = [asyncio.ensure_future(jobs.cancel(job)) for _ in range(3)]
    await asyncio.sleep(0.02)
    memory.may_save.set()
    await asyncio.gather(*cancels)
    assert (job.status, memory.rows["a"]["status"]) == ("completed", "completed")
    assert memory.rows["a"]["result"] == {"of": "a"}
    assert jobs.alive("a") is None


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (
            ResearchError("nothing to learn about Me", "hand over MIDI files"),
            {
                "code": "nothing_found",
                "message": "nothing to learn about Me",
                "hint": "hand over MIDI files",
            },
        ),
        (
            ZeroDivisionError("a secret of the inside"),
            {
                "code": "failed",
                "message": "something broke inside MidiDrumiGen",
                "hint": "the log says what",
            },
        ),
    ],
    ids=["told", "broken"],
)
async def test_one_that_fails_says_why_and_what_helps(
    jobs: Jobs, stage: Stage, memory: Memory, failure: Exception, error: dict[str, str]
) -> None:
    stage.failures["a"] = failure
    stage.open("a", "b")
    job, after = await jobs.submit(asked("a")), await jobs.submit(asked("b"))
    await jobs.finished(after, LIMIT_S)
    assert (job.status, job.error, job.result) == ("failed", error, {})
    assert memory.rows["a"]["error"] == error
    assert "secret" not in str(memory.rows["a"])
    assert after.status == "completed"


async def test_one_that_breaks_is_in_the_log(
    jobs: Jobs, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.failures["a"] = ZeroDivisionError("why")
    stage.open("a")
    job = await jobs.submit(asked("a"))
    await jobs.finished(job, LIMIT_S)
    [record] = [r for r in caplog.records if r.levelname == "ERROR"]
    assert record.exc_info
    assert record.exc_info[0] is ZeroDivisionError
    assert "a" in record.getMessage()


async def test_one_that_takes_too_long_is_stopped_and_says_so(stage: Stage, memory: Memory) -> None:
    jobs = jobs_of(stage, memory, timeout_s=0.1)
    job = await jobs.submit(asked("a"))
    await jobs.finished(job, LIMIT_S)
    assert job.status == "failed"
    assert job.error["message"] == "not done within 0.1 s"
    assert stage.inside == 0
    await jobs.close()


async def test_the_time_counts_from_the_beginning_not_from_the_request(
    stage: Stage, memory: Memory
) -> None:
    jobs = jobs_of(stage, memory, timeout_s=0.3)
    first, second = await jobs.submit(asked("a")), await jobs.submit(asked("b"))
    await asyncio.sleep(0.2)
    stage.open("a")
    await asyncio.sleep(0.2)
    stage.open("b")
    await jobs.finished(second, LIMIT_S)
    assert (first.status, second.status) == ("completed", "completed")
    await jobs.close()


async def test_what_is_to_be_tidied_is_when_the_end_is_on_disk_and_not_when_it_is_to_go_on(
    stage: Stage, memory: Memory
) -> None:
    tidied: list[tuple[str, str]] = []

    async def after(job: Job) -> None:
        tidied.append((job.task_id, memory.rows[job.task_id]["status"]))

    jobs = jobs_of(stage, memory, at_once=4, after=after)
    stage.failures["bad"] = ResearchError("nothing")
    stage.open("good", "bad")
    good, bad, gone = [
        await jobs.submit(asked(name, "research", subject=name)) for name in ("good", "bad", "gone")
    ]
    for job in (good, bad):
        await jobs.finished(job, LIMIT_S)
    await settled(lambda: jobs.alive("good") is None and jobs.alive("bad") is None)
    await jobs.cancel(gone)
    ends = [("bad", "failed"), ("gone", "cancelled"), ("good", "completed")]
    assert sorted(tidied) == ends
    await jobs.submit(asked("later", "research", subject="later"))
    await jobs.close()
    assert sorted(tidied) == ends


async def test_tidying_that_fails_changes_nothing_of_the_job(
    stage: Stage, memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    async def after(job: Job) -> None:
        raise OSError("the folder is held by another program")

    jobs = jobs_of(stage, memory, after=after)
    stage.open("a")
    job = await jobs.submit(asked("a", "research", subject="a"))
    await jobs.finished(job, LIMIT_S)
    for _ in range(20):
        await asyncio.sleep(0)
    assert memory.rows["a"]["status"] == "completed"
    assert jobs.alive("a") is None
    await jobs.close()


async def test_an_end_that_cannot_be_written_leaves_the_job_for_the_next_owner(
    jobs: Jobs, stage: Stage, memory: Memory, caplog: pytest.LogCaptureFixture
) -> None:
    job = await jobs.submit(asked("a"))
    await settled(lambda: stage.begun == ["a"])
    memory.is_full = True
    stage.open("a")
    await jobs.finished(job, LIMIT_S)
    await settled(lambda: jobs.alive("a") is None)
    assert memory.rows["a"]["status"] == "running"
    assert "could not be written" in caplog.text
    memory.is_full = False
    again = jobs_of(stage, memory)
    await again.recover()
    await settled(lambda: again.alive("a") is None)
    assert memory.rows["a"]["status"] == "completed"


async def test_closing_leaves_what_was_under_way_waiting_on_disk(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    running, waiting = await jobs.submit(asked("a")), await jobs.submit(asked("b"))
    await settled(lambda: stage.begun == ["a"])
    await jobs.close()
    assert stage.inside == 0
    assert (running.status, waiting.status) == ("queued", "queued")
    for name in "ab":
        row = memory.rows[name]
        assert (row["status"], row["attempts"], row["finished_at"]) == ("queued", 0, "")
    # However often it is stopped on purpose, it is never given up.
    for _ in range(MAX_ATTEMPTS + 1):
        again = jobs_of(stage, memory)
        await again.recover()
        await settled(lambda: stage.inside == 1)
        await again.close()
    last = jobs_of(stage, memory)
    await last.recover()
    stage.open("a", "b")
    await settled(lambda: not last.alive("a") and not last.alive("b"))
    assert [memory.rows[name]["status"] for name in "ab"] == ["completed", "completed"]


async def test_closing_when_nothing_is_under_way_is_nothing(jobs: Jobs) -> None:
    async with asyncio.timeout(1):
        await jobs.close()
        await jobs.close()


async def test_what_a_crash_left_is_begun_again_in_its_order(stage: Stage, memory: Memory) -> None:
    left = [
        asked("a", status="running", attempts=1, progress=0.6, rev=7),
        asked("b"),
        asked("done", status="completed", rev=9),
        asked("c"),
    ]
    for job in left:
        await memory.save(job)
    jobs = jobs_of(stage, memory)
    await jobs.recover()
    again = jobs.alive("a")
    assert again
    assert again.rev > 7
    assert jobs.alive("done") is None
    stage.open("a", "b", "c")
    await settled(lambda: not any(map(jobs.alive, "abc")))
    assert stage.begun == ["a", "b", "c"]
    assert [memory.rows[name]["status"] for name in "abc"] == ["completed"] * 3
    assert memory.rows["a"]["attempts"] == 2
    assert memory.rows["done"]["rev"] == 9
    await jobs.close()


async def test_what_is_begun_again_can_be_joined(stage: Stage, memory: Memory) -> None:
    await memory.save(asked("a", "research", subject="bonham", status="running", attempts=1))
    jobs = jobs_of(stage, memory)
    await jobs.recover()
    joined = await jobs.submit(asked("b", "research", subject="bonham", files=("2.mid",)))
    assert joined.task_id == "a"
    await jobs.close()


async def test_what_ended_the_program_twice_is_given_up_with_the_reason(
    stage: Stage, memory: Memory
) -> None:
    await memory.save(asked("a", status="running", attempts=MAX_ATTEMPTS, rev=5))
    await memory.save(asked("b", status="running", attempts=MAX_ATTEMPTS - 1))
    jobs = jobs_of(stage, memory)
    await jobs.recover()
    row = memory.rows["a"]
    assert (row["status"], row["rev"], row["finished_at"]) == ("failed", 6, NOW)
    assert row["error"] == {
        "code": "failed",
        "message": "the program ended twice while this was at work",
        "hint": "what was found is kept",
    }
    assert jobs.alive("a") is None
    stage.open("b")
    await settled(lambda: jobs.alive("b") is None)
    assert stage.begun == ["b"]
    await jobs.close()


async def test_on_a_real_database_a_crash_loses_no_job_and_no_order(
    stage: Stage, tmp_path: Path
) -> None:
    store = await Store.open(tmp_path / "x.db")
    kept = _Records(store)
    jobs = jobs_of(stage, kept)
    first = await jobs.submit(asked("a", "research", subject="ä", files=("1.mid",)))
    await settled(lambda: stage.begun == ["a"])
    for name in "bc":
        await jobs.submit(asked(name, "research", subject=name))
    await jobs.submit(asked("d", "research", subject="ä", files=("2.mid",)))
    # As after kill -9: what the database holds now is all that is known.
    left = await kept.unfinished()
    assert [job.task_id for job in left] == ["a", "b", "c"]
    assert left[0].payload == {"files": ["1.mid", "2.mid"]}
    assert (left[0].status, left[0].attempts, left[0].subject) == ("running", 1, "ä")
    stage.open(*"abc")
    await jobs.finished(first, LIMIT_S)
    await settled(lambda: jobs.alive("c") is None)
    assert await kept.unfinished() == []
    assert await store.read(records.job, "a") == first
    await jobs.close()
    await store.close()


async def test_one_who_cancels_what_another_asked_for_too_leaves_it_to_the_other(
    jobs: Jobs, stage: Stage
) -> None:
    job = await jobs.submit(asked("a", "research", subject="bonham"))
    assert await jobs.submit(asked("b", "research", subject="bonham")) is job
    await jobs.cancel(job, unless_shared=True)
    assert job.status == "running"
    await jobs.cancel(job, unless_shared=True)  # now nobody wants it any more
    assert job.status == "cancelled"
    assert stage.inside == 0


async def test_one_that_failed_runs_once_more_for_what_joined_meanwhile(
    jobs: Jobs, stage: Stage
) -> None:
    stage.failures["a"] = ResearchError("nothing in these")
    job = await jobs.submit(asked("a", "research", subject="bonham", files=("bad.mid",)))
    await settled(lambda: stage.begun == ["a"])
    await jobs.submit(asked("b", "research", subject="bonham", files=("good.mid",)))
    stage.open("a")
    await jobs.finished(job, LIMIT_S)
    assert stage.payloads == [{"files": ["bad.mid"]}, {"files": ["bad.mid", "good.mid"]}]
    assert job.status == "failed"


async def test_a_time_that_was_up_inside_the_work_is_no_time_of_the_job(
    jobs: Jobs, stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.failures["a"] = TimeoutError("of a socket")
    stage.open("a")
    job = await jobs.submit(asked("a"))
    await jobs.finished(job, LIMIT_S)
    assert job.error["message"] == "something broke inside MidiDrumiGen"


async def test_one_that_a_user_cancelled_stays_so_when_the_program_stops_at_that_moment(
    jobs: Jobs, stage: Stage, memory: Memory
) -> None:
    job = await jobs.submit(asked("a"))
    await settled(lambda: stage.begun == ["a"])
    jobs.let_go()
    await jobs.cancel(job)
    await jobs.close()
    assert memory.rows["a"]["status"] == "cancelled"

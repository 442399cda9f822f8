"""Jobs: work that outlives the call that asked for it, one line of it a kind.

    line    who goes next: user requests first, then in the order in which they were asked
    watch   waiting for the next thing to see of a job

Conventions: a job is on disk before it is acknowledged and again when it ends; what happens between
is told to whoever watches. What runs when its process dies is begun again by the next owner, twice
at most. Where jobs are kept is handed in (`Records`): this floor knows no database.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mididrumigen.errors import Busy, MidiDrumiGenError, explained
from mididrumigen.jobs.line import Line
from mididrumigen.jobs.watch import Watch
from mididrumigen.models.job import Command, Job

_log = logging.getLogger(__name__)

MAX_WAITING = 200
"""Jobs of one kind that may wait; the next one is refused."""
MAX_ATTEMPTS = 2

Payload = Mapping[str, Any]
Tell = Callable[[float, str], None]
"""Says how far a job is, 0-1, and what it is at."""


class Records(Protocol):
    """Where jobs are kept."""

    async def save(self, job: Job) -> None:
        """Keep a job as it is now."""

    async def unfinished(self) -> list[Job]:
        """Every job that has not ended, in the order in which they were asked."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a command does."""

    run: Callable[[Job, Tell], Awaitable[Payload]]
    """Does the work and gives the result."""
    at_once: int
    """Jobs of the kind that run at the same time."""
    timeout_s: float
    merge: Callable[[Payload, Payload], Payload] | None = None
    """What a running job and a second request about the same subject ask together; None: every
    request is a job of its own.
    """
    after: Callable[[Job], Awaitable[None]] | None = None
    """What is to be tidied when a job is completed and on disk as such."""


class Jobs:
    """All jobs of a home; belongs to its owner."""

    def __init__(
        self, records: Records, kinds: Mapping[Command, Kind], now: Callable[[], str]
    ) -> None:
        self._records, self._kinds, self._now = records, kinds, now
        self._lines = {command: Line(kind.at_once) for command, kind in kinds.items()}
        self._alive: dict[str, tuple[Job, Watch]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    async def recover(self) -> None:
        """Begin again what the last owner did not finish; call it once, before anything else."""
        for job in await self._records.unfinished():
            if job.attempts >= MAX_ATTEMPTS:
                reason = "the program ended twice while this was at work; what was found is kept"
                _fail(job, MidiDrumiGenError(reason))
                job.finished_at = self._now()
                job.rev += 1
                await self._records.save(job)
                continue
            job.message = "going on after an interruption"
            job.status = "queued"
            job.rev += 1
            await self._records.save(job)
            self._alive[job.task_id] = (job, Watch())
            self._begin(job)

    async def submit(self, job: Job) -> Job:
        """Take a job; the one that is under way where it is about the same. Raises Busy."""
        kind = self._kinds[job.command]
        running = self.about(job.command, job.subject) if kind.merge and job.subject else None
        if running is not None and kind.merge:
            running.payload = kind.merge(running.payload, job.payload)
            await self._records.save(running)
            return running
        if self._lines[job.command].waiting >= MAX_WAITING:
            raise Busy(f"{MAX_WAITING} requests are waiting already; try again in a minute")
        self._alive[job.task_id] = (job, Watch())  # from now on a second one joins
        try:
            await self._records.save(job)
        except BaseException:
            del self._alive[job.task_id]
            raise
        self._begin(job)
        return job

    def about(self, command: Command, subject: str) -> Job | None:
        """The job of a command that is under way about a subject."""
        for job, _ in self._alive.values():
            if job.command == command and job.subject == subject and not job.is_final:
                return job
        return None

    def alive(self, task_id: str) -> Job | None:
        """A job that is under way; what has ended is in the records."""
        found = self._alive.get(task_id)
        return found[0] if found else None

    async def wait(self, job: Job, rev: int, timeout_s: float) -> None:
        """Wait until the job is at another revision than `rev`, ends, or time is up."""
        if found := self._alive.get(job.task_id):
            await found[1].changed(
                lambda: job.rev != rev or job.is_final or self._closing, timeout_s
            )

    async def finished(self, job: Job, timeout_s: float) -> None:
        """Wait until the job has ended, or time is up."""
        if found := self._alive.get(job.task_id):
            await found[1].changed(lambda: job.is_final or self._closing, timeout_s)

    async def changes(self, job: Job, beat_s: float) -> AsyncGenerator[bool, None]:
        """Yield at once and after every change until the job has ended: True; False when nothing
        changed for `beat_s`.
        """
        seen = -1
        while True:
            changed = job.rev != seen
            seen = job.rev
            yield changed
            if job.is_final or self._closing:
                return
            await self.wait(job, seen, beat_s)

    async def cancel(self, job: Job) -> None:
        """End a job; nothing happens to one that has ended."""
        task = self._tasks.get(job.task_id)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def close(self) -> None:
        """Stop everything; what was under way waits on disk for the next owner."""
        self.let_go()
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def let_go(self) -> None:
        """Answer everyone who waits: the program is about to stop."""
        self._closing = True
        for _, watch in self._alive.values():
            watch.tell()

    def _begin(self, job: Job) -> None:
        task = asyncio.ensure_future(self._live(job))
        self._tasks[job.task_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(job.task_id, None))

    async def _live(self, job: Job) -> None:
        """A job from its place in the line to its end."""
        try:
            async with self._lines[job.command].turn(job.priority):
                await self._work(job)
        except asyncio.CancelledError:
            if self._closing:
                job.status, job.message = "queued", "goes on when the program is started again"
                job.attempts = 0  # stopped on purpose, not by this job
            else:
                job.status, job.message = "cancelled", "cancelled"
        except MidiDrumiGenError as error:
            _fail(job, error)
        except TimeoutError:
            limit = self._kinds[job.command].timeout_s
            _fail(job, MidiDrumiGenError(f"not done within {limit:g} s; what was found is kept"))
        except Exception:
            _log.exception("a job broke: %s %s", job.command, job.task_id)
            _fail(job, MidiDrumiGenError("something broke inside MidiDrumiGen; the log says what"))
        if job.is_final:
            job.finished_at = self._now()
        _log.info("%s %s: %s", job.command, job.subject or job.task_id, job.status)
        self._changed(job)
        saving = asyncio.ensure_future(self._records.save(job))
        while not saving.done():  # cancelled or not: how it ended is written
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([saving])
        if unsaved := saving.exception():
            _log.error("the end of a job could not be written: %s", unsaved)
        elif job.status == "completed" and (after := self._kinds[job.command].after):
            await after(job)
        del self._alive[job.task_id]

    async def _work(self, job: Job) -> None:
        kind = self._kinds[job.command]
        job.status, job.message = "running", ""
        job.attempts += 1
        self._changed(job)
        await self._records.save(job)

        def tell(progress: float, message: str) -> None:
            job.progress = max(job.progress, min(round(progress, 3), 1.0))
            job.message = message
            self._changed(job)

        async with asyncio.timeout(kind.timeout_s):
            seen = None
            while seen != job.payload:  # a second request may have joined meanwhile
                seen = job.payload
                result = await kind.run(job, tell)
        job.result = result
        job.status, job.progress, job.message = "completed", 1.0, "done"

    def _changed(self, job: Job) -> None:
        job.rev += 1
        self._alive[job.task_id][1].tell()


def _fail(job: Job, error: MidiDrumiGenError) -> None:
    job.status, job.message = "failed", str(error)
    job.error = explained(error)

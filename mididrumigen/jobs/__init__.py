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
from dataclasses import dataclass, field
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
    timeout_s: Callable[[], float]
    """Asked when a job begins: a setting may have changed since the last one."""
    merge: Callable[[Payload, Payload], Payload] | None = None
    """What a running job and a second request about the same subject ask together; None: every
    request is a job of its own.
    """
    after: Callable[[Job], Awaitable[None]] | None = None
    """What is to be tidied when a job has ended, however it ended, and is on disk as such."""


@dataclass(slots=True)
class _Alive:
    """A job that is under way."""

    job: Job
    watch: Watch = field(default_factory=Watch)
    task: "asyncio.Task[None] | None" = None
    askers: int = 1
    is_unwanted: bool = False
    """Whether a user has cancelled it."""


class Jobs:
    """All jobs of a home; belongs to its owner."""

    def __init__(
        self, records: Records, kinds: Mapping[Command, Kind], now: Callable[[], str]
    ) -> None:
        self._records, self._kinds, self._now = records, kinds, now
        self._lines = {command: Line(kind.at_once) for command, kind in kinds.items()}
        self._alive: dict[str, _Alive] = {}
        self._taking = asyncio.Lock()
        self._closing = False

    async def recover(self) -> None:
        """Begin again what the last owner did not finish; call it once, before anything else."""
        for job in await self._records.unfinished():
            job.rev += 1
            if job.attempts >= MAX_ATTEMPTS:
                _fail(job, "the program ended twice while this was at work", _KEPT)
                job.finished_at = self._now()
            else:
                job.status, job.message = "queued", "going on after an interruption"
            await self._records.save(job)
            if not job.is_final:
                await self._begin(job)

    async def submit(self, job: Job) -> Job:
        """Take a job; the one that is under way where it is about the same. Raises Busy."""
        kind = self._kinds[job.command]
        async with self._taking:  # two about the same must not both find that there is none
            found = self._about(job.command, job.subject) if kind.merge and job.subject else None
            if found is not None and kind.merge:
                before = found.job.payload
                found.job.payload = kind.merge(before, job.payload)
                try:
                    await self._records.save(found.job)
                except BaseException:
                    found.job.payload = before
                    raise
                found.askers += 1
                return found.job
            if self._lines[job.command].waiting >= MAX_WAITING:
                raise Busy(f"{MAX_WAITING} requests are waiting already", "try again in a minute")
            await self._records.save(job)
            await self._begin(job)
        return job

    def about(self, command: Command, subject: str) -> Job | None:
        """The job of a command that is under way about a subject."""
        found = self._about(command, subject)
        return found.job if found else None

    def alive(self, task_id: str) -> Job | None:
        """A job that is under way; what has ended is in the records."""
        found = self._alive.get(task_id)
        return found.job if found else None

    def all_alive(self) -> list[Job]:
        """Every job that is under way."""
        return [found.job for found in self._alive.values()]

    async def wait(self, job: Job, rev: int, timeout_s: float) -> None:
        """Wait until the job is at another revision than `rev`, ends, or time is up."""
        if found := self._alive.get(job.task_id):
            await found.watch.changed(
                lambda: job.rev != rev or job.is_final or self._closing, timeout_s
            )

    async def finished(self, job: Job, timeout_s: float) -> None:
        """Wait until the job has ended, or time is up."""
        if found := self._alive.get(job.task_id):
            await found.watch.changed(lambda: job.is_final or self._closing, timeout_s)

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

    async def cancel(self, job: Job, *, unless_shared: bool = False) -> None:
        """End a job; nothing happens to one that has ended. `unless_shared`: nothing happens to one
        that another request has joined, but for one asker less.
        """
        found = self._alive.get(job.task_id)
        if found is None or found.task is None:
            return
        found.askers -= 1
        if unless_shared and found.askers:
            return
        found.is_unwanted = True
        found.task.cancel()
        await asyncio.wait([found.task])

    async def close(self) -> None:
        """Stop everything; what was under way waits on disk for the next owner."""
        self.let_go()
        tasks = [found.task for found in self._alive.values() if found.task]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def let_go(self) -> None:
        """Answer everyone who waits: the program is about to stop."""
        self._closing = True
        for found in self._alive.values():
            found.watch.tell()

    def _about(self, command: Command, subject: str) -> _Alive | None:
        for found in self._alive.values():
            job = found.job
            if job.command == command and job.subject == subject and not job.is_final:
                return found
        return None

    async def _begin(self, job: Job) -> None:
        found = self._alive[job.task_id] = _Alive(job)
        found.task = asyncio.ensure_future(self._live(found))
        await asyncio.sleep(0)  # a task that is cancelled before its first step never ends its job

    async def _live(self, found: _Alive) -> None:
        """A job from its place in the line to its end."""
        job, kind = found.job, self._kinds[found.job.command]
        try:
            async with self._lines[job.command].turn(job.priority):
                await self._work(found)
        except asyncio.CancelledError:
            if self._closing and not found.is_unwanted:
                job.status, job.message = "queued", "goes on when the program is started again"
                job.attempts = 0  # stopped on purpose, not by this job
            else:
                job.status, job.message = "cancelled", "cancelled"
        except MidiDrumiGenError as error:
            job.status, job.message, job.error = "failed", str(error), explained(error)
        except Exception:
            _log.exception("a job broke: %s %s", job.command, job.task_id)
            _fail(job, "something broke inside MidiDrumiGen", "the log says what")
        if job.is_final:
            job.finished_at = self._now()
        _log.info("%s %s: %s", job.command, job.subject or job.task_id, job.status)
        self._changed(found)
        try:
            await self._finish(job, kind)
        finally:
            del self._alive[job.task_id]

    async def _finish(self, job: Job, kind: Kind) -> None:
        """Write down how a job ended, cancelled meanwhile or not."""
        saving = asyncio.ensure_future(self._records.save(job))
        while not saving.done():
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.wait([saving])
        if unsaved := saving.exception():
            _log.error("the end of a job could not be written: %s", unsaved)
        elif job.is_final and kind.after:
            await kind.after(job)

    async def _work(self, found: _Alive) -> None:
        job, kind = found.job, self._kinds[found.job.command]
        job.status, job.message = "running", ""
        job.attempts += 1
        self._changed(found)
        await self._records.save(job)

        def tell(progress: float, message: str) -> None:
            job.progress = max(job.progress, min(round(progress, 3), 1.0))
            job.message = message
            self._changed(found)

        timeout_s = kind.timeout_s()
        limit = asyncio.timeout(timeout_s)
        try:
            async with limit:
                result = await self._run(job, kind, tell)
        except TimeoutError:
            if not limit.expired():
                raise
            raise MidiDrumiGenError(f"not done within {timeout_s:g} s", _KEPT) from None
        job.result = result
        job.status, job.progress, job.message = "completed", 1.0, "done"

    async def _run(self, job: Job, kind: Kind, tell: Tell) -> Payload:
        """Result of a job, with all that joined it while it ran."""
        while True:
            asked = job.payload
            try:
                result = await kind.run(job, tell)
            except MidiDrumiGenError:
                if asked == job.payload:
                    raise
                continue  # what joined may fare better
            if asked == job.payload:
                return result

    def _changed(self, found: _Alive) -> None:
        found.job.rev += 1
        found.watch.tell()


_KEPT = "what was found is kept"


def _fail(job: Job, message: str, hint: str) -> None:
    error = MidiDrumiGenError(message, hint)
    job.status, job.message, job.error = "failed", str(error), explained(error)

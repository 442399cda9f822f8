"""Processes for work that keeps a core busy or may never end: they can be killed, threads cannot.

    child   what runs in such a process

Conventions: one process and two pipes a slot, begun when it is first needed and ended when it has
been idle. A call is a function of this package, by name, with arguments that can be pickled; heavy
libraries are imported in the child alone. Not a ProcessPoolExecutor: its tasks cannot be killed
singly. Not `multiprocessing`: it imports the parent's main module again and keeps a process of its
own beside the workers. The child ends by itself when the pipe from its parent closes.
"""

import asyncio
import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import AsyncGenerator, Callable, Sequence
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

from mididrumigen.errors import WorkerError

_Params = ParamSpec("_Params")
_Result = TypeVar("_Result")
_Item = TypeVar("_Item")

IDLE_S = 20.0
"""A worker with nothing to do for so long is let go."""
_END_S = 1.0
_MAX_SLOTS = 4
MAX_ANSWER_BYTES = 256 * 2**20
_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from mididrumigen.workers.child import main; main()"
)


class Workers:
    """A few processes that run functions; `async with Workers() as workers`."""

    def __init__(self, slots: int | None = None, idle_s: float = IDLE_S) -> None:
        self.slots = slots or min(os.cpu_count() or 1, _MAX_SLOTS)
        self._idle_s = idle_s
        self._free = asyncio.Semaphore(self.slots)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._timers: dict[_Worker, asyncio.TimerHandle] = {}
        self._ending: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    async def run(
        self,
        timeout_s: float,
        function: Callable[_Params, _Result],
        *args: _Params.args,
        **kwargs: _Params.kwargs,
    ) -> _Result:
        """Result of a function that is run in a process. What it raises is raised here;
        TimeoutError when it takes too long, WorkerError when its process dies. Cancelling kills the
        process.
        """
        async with self._free:
            worker = self._rested() or await _Worker.begin()
            self._busy.add(worker)
            try:
                async with asyncio.timeout(timeout_s):
                    ok, value = await worker.ask((function, args, kwargs))
            except BaseException:
                self._busy.discard(worker)
                await worker.kill()
                raise
            self._busy.discard(worker)
            self._idle.append(worker)
            self._timers[worker] = asyncio.get_running_loop().call_later(
                self._idle_s, self._let_go, worker
            )
        if ok:
            return value  # type: ignore[no-any-return]  # what the function returned
        raise value

    async def each(
        self, timeout_s: float, function: Callable[[_Item], _Result], items: Sequence[_Item]
    ) -> AsyncGenerator[tuple[_Item, _Result | Exception], None]:
        """(item, result or what was raised) of a function for each item, several at once, in the
        order of the items.
        """
        ahead: deque[asyncio.Task[_Result]] = deque()
        try:
            for index, item in enumerate(items):
                for later in items[index + len(ahead) : index + self.slots + 1]:
                    ahead.append(asyncio.ensure_future(self.run(timeout_s, function, later)))
                try:
                    answer: _Result | Exception = await ahead[0]
                except Exception as error:
                    answer = error
                ahead.popleft()
                yield item, answer
                del answer  # an exception would hold this frame, and the tasks ahead, in a circle
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    async def close(self) -> None:
        """End every process."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        workers = [*self._idle, *self._busy]
        self._idle.clear()
        self._busy.clear()
        await asyncio.gather(*(worker.kill() for worker in workers), *self._ending)

    def _rested(self) -> "_Worker | None":
        """A worker that has nothing to do and still lives."""
        while self._idle:
            worker = self._idle.pop()
            self._timers.pop(worker).cancel()
            if worker.lives:
                return worker
        return None

    def _let_go(self, worker: "_Worker") -> None:
        del self._timers[worker]
        self._idle.remove(worker)
        task = asyncio.ensure_future(worker.kill())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def begin(cls) -> Self:
        # A terminal's Ctrl-C goes to its whole group: the parent decides what ends.
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
            apart = {"creationflags": flags}
        try:
            process = await asyncio.create_subprocess_exec(
                # -P: nothing but the parent's own path, which _BOOT hands on.
                *(sys.executable, "-P", "-c", _BOOT, json.dumps(sys.path)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                **apart,
            )
        except OSError as error:
            raise WorkerError(f"no process for the work could be begun: {error}") from error
        return cls(process)

    @property
    def lives(self) -> bool:
        return self._process.returncode is None

    async def ask(self, call: tuple[Any, ...]) -> tuple[bool, Any]:
        """(True, result) or (False, exception) of a call."""
        into, out = self._process.stdin, self._process.stdout
        assert into
        assert out
        body = pickle.dumps(call)
        try:
            into.write(len(body).to_bytes(8, "big") + body)
            await into.drain()
            size = int.from_bytes(await out.readexactly(8), "big")
            if size > MAX_ANSWER_BYTES:
                raise WorkerError(f"a worker answered with {size / 1e6:.0f} MB")
            answer: tuple[bool, Any] = pickle.loads(await out.readexactly(size))
        except (asyncio.IncompleteReadError, OSError) as error:
            raise WorkerError("the process that did the work died") from error
        return answer

    async def kill(self) -> None:
        """End the process and what it has started at once, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            elif self.lives:
                os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_END_S):
                await self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

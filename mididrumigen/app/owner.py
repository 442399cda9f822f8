"""One process does the work of a home: who it is, and how it is reached.

Conventions: the owner holds an OS lock on `owner.lock`, which ends with the process however that
ends; the file itself says nothing. A daemon also writes `runtime.json` {pid, port, version,
started_at, host, token}, readable for its user alone, and removes it when it stops. One that is
left behind is recognised: nobody holds the lock, or nobody answers at the port.
"""

import asyncio
import contextlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from mididrumigen import __version__
from mididrumigen.app.clock import now
from mididrumigen.config import Paths
from mididrumigen.errors import OwnerError
from mididrumigen.files import patiently

if TYPE_CHECKING:
    from filelock import BaseFileLock

_LOOK_AGAIN_S = 0.1
_LOOKS_A_TRY, _LOOKS_BEFORE_SAYING = 5, 10


@dataclass(frozen=True, slots=True)
class Runtime:
    """How a daemon is reached."""

    pid: int
    port: int
    version: str
    started_at: str
    host: str = "127.0.0.1"
    token: str = ""

    @classmethod
    def of_this_process(cls, host: str, port: int, token: str) -> Self:
        """How this process is reached from now on."""
        return cls(os.getpid(), port, __version__, now(), host, token)

    @property
    def url(self) -> str:
        """Address of the daemon, for programs on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


class Owner:
    """The lock of a home, held; `release` gives it back."""

    def __init__(self, paths: Paths, lock: "BaseFileLock") -> None:
        self._paths, self._lock = paths, lock

    @classmethod
    def take(cls, paths: Paths) -> Self | None:
        """Become the owner; None where another process is. Raises OwnerError."""
        import filelock

        try:
            paths.owner_lock.parent.mkdir(parents=True, exist_ok=True)
            lock = filelock.FileLock(paths.owner_lock, timeout=0, thread_local=False)
            lock.acquire()
        except filelock.Timeout:
            return None
        except OSError as error:
            raise OwnerError(
                f"{paths.owner_lock} cannot be locked ({error.strerror or error})",
                "set MIDIDRUMIGEN_HOME to a folder you can write to",
            ) from error
        # Whoever wrote it is dead, and its port may be another home's by now.
        paths.runtime.unlink(missing_ok=True)
        return cls(paths, lock)

    def announce(self, runtime: Runtime) -> None:
        """Say how this process is reached."""
        part = self._paths.runtime.with_suffix(".part")
        part.unlink(missing_ok=True)
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(runtime), file)
        patiently(lambda: os.replace(part, self._paths.runtime))

    def release(self) -> None:
        """Let another process be the owner."""
        with contextlib.suppress(OSError):
            self._paths.runtime.unlink(missing_ok=True)
        self._lock.release()


def read_runtime(path: Path) -> Runtime | None:
    """What the last daemon wrote; None where nothing usable is there."""
    try:
        runtime = Runtime(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    is_whole = type(runtime.port) is int and 0 < runtime.port < 65536
    for text in (runtime.host, runtime.token, runtime.version, runtime.started_at):
        is_whole = is_whole and isinstance(text, str) and text.isascii() and text.isprintable()
    return runtime if is_whole else None


async def take_or_find(paths: Paths, say: Callable[[str], None]) -> Owner | Runtime:
    """Become the owner, or find the daemon that is; waits while a command is."""
    look = 0
    while True:
        owner = Owner.take(paths)
        if owner is not None:
            return owner
        # What is left over from a dead daemon need not be tried ten times a second.
        if look % _LOOKS_A_TRY == 0:
            runtime = await asyncio.to_thread(read_runtime, paths.runtime)
            if runtime is not None and await _answers(runtime):
                return runtime
        if look == _LOOKS_BEFORE_SAYING:
            say("waiting for another mididrumigen to finish its research")
        await asyncio.sleep(_LOOK_AGAIN_S)
        look += 1


async def running(paths: Paths) -> Runtime | None:
    """The daemon of a home; None where there is none."""
    runtime = await asyncio.to_thread(read_runtime, paths.runtime)
    return runtime if runtime is not None and await _answers(runtime) else None


async def _answers(runtime: Runtime) -> bool:
    """Whether a daemon is to be heard there."""
    from mididrumigen.app.remote import Remote

    async with Remote(runtime) as daemon:
        return await daemon.is_there(runtime.pid)

"""Processes of tests: whether one is there, for tests that kill some and want others to end, and
where one that is started finds its modules.
"""

import asyncio
import os
import time
from pathlib import Path

from tests.guard import sitecustomize as guard

_LOOK_S = 0.02


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that has ended and waits for its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:  # it ended just now, or this system has no such file
        return not Path("/proc/self/stat").exists()
    return state not in "ZX"


def ends_within(pid: int, limit_s: float) -> bool:
    """Wait until a process has ended; False when time is up before."""
    until = time.monotonic() + limit_s
    while is_alive(pid):
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_S)
    return True


async def ends_soon(pid: int, limit_s: float = 2.0) -> bool:
    """The same, while the loop goes on."""
    until = time.monotonic() + limit_s
    while is_alive(pid):
        if time.monotonic() > until:
            return False
        await asyncio.sleep(_LOOK_S)
    return True


def guarded(*folders: Path | str) -> str:
    """PYTHONPATH of a process with its own folders, in which the guard stands all the same."""
    return os.pathsep.join(map(str, (Path(guard.__file__).parent, *folders)))

"""What runs in a worker: takes calls from stdin, answers on stdout, ends when its parent has gone.

Conventions: a message is 8 bytes of length, big-endian, and a pickle. A thread reads, so that the
end of the parent is seen in the middle of work too.
"""

import os
import pickle
import queue
import signal
import sys
import threading
from typing import Any, BinaryIO

from mididrumigen.errors import WorkerError

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_NICE = 5
"""A DAW on the same machine goes first."""


def main() -> None:
    """Answer calls until the parent closes the pipe or dies."""
    into, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library reads or prints, or a program that it starts, must not get between the calls.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    _die_with_parent()
    if hasattr(os, "nice"):
        os.nice(_NICE)
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(into, calls), daemon=True).start()
    while True:
        body = _packed(_answer(calls.get()))
        out.write(len(body).to_bytes(8, "big") + body)
        out.flush()


def _die_with_parent() -> None:
    """Have the kernel end this process with its parent, where it can: while a library computes
    without a pause, no thread sees the pipe close.
    """
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _listen(into: BinaryIO, calls: "queue.SimpleQueue[bytes]") -> None:
    while True:
        head = into.read(8)
        body = into.read(int.from_bytes(head, "big"))
        if len(head) < 8 or not body:
            os._exit(0)  # the main thread may be deep in work that nobody waits for any more
        calls.put(body)


def _packed(answer: tuple[bool, Any]) -> bytes:
    try:
        return pickle.dumps(answer)
    except Exception as error:
        return pickle.dumps((False, WorkerError(f"the answer cannot be handed over: {error}")))


def _answer(body: bytes) -> tuple[bool, Any]:
    try:
        function, args, kwargs = pickle.loads(body)
        return True, function(*args, **kwargs)
    except Exception as error:
        return False, error

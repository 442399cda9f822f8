"""What runs in a worker: takes calls from stdin, answers on stdout, ends when its parent has gone.

Conventions: a message is 8 bytes of length, big-endian, and a pickle. A thread reads, so that the
end of the parent is seen in the middle of work too.
"""

import os
import pickle
import queue
import sys
import threading
from typing import Any, BinaryIO

_NICE = 5
"""A DAW on the same machine goes first."""


def main() -> None:
    """Answer calls until the parent closes the pipe or dies."""
    into, out = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not get between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    if hasattr(os, "nice"):
        os.nice(_NICE)
    calls: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(into, calls), daemon=True).start()
    while True:
        body = pickle.dumps(_answer(calls.get()))
        out.write(len(body).to_bytes(8, "big") + body)
        out.flush()


def _listen(into: BinaryIO, calls: "queue.SimpleQueue[bytes]") -> None:
    while True:
        head = into.read(8)
        body = into.read(int.from_bytes(head, "big"))
        if len(head) < 8 or not body:
            os._exit(0)  # the main thread may be deep in work that nobody waits for any more
        calls.put(body)


def _answer(body: bytes) -> tuple[bool, Any]:
    try:
        function, args, kwargs = pickle.loads(body)
        return True, function(*args, **kwargs)
    except Exception as error:
        return False, error

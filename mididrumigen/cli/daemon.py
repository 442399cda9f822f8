"""`serve`: the daemon in the foreground, with the signals that end it.

Conventions: signals are set in the main thread and posted to the loop. The second one ends at once,
and so does the way down where it takes too long: what counts is on disk.
"""

import asyncio
import os
import signal
import sys
import threading
from types import FrameType

import click

from mididrumigen.config import Paths, load_config
from mididrumigen.web.server import serve

_WAY_DOWN_S, _SWITCH_S = 2.8, 0.001
_INTERRUPTED = 130


def run_daemon(paths: Paths, *, host: str, port: int | None, token: str, debug: bool) -> None:
    """Serve until a signal comes."""
    config = load_config(paths.config)
    # A fifth of the usual: while a thread plays, the loop waits so long for its turn.
    sys.setswitchinterval(_SWITCH_S)

    async def run() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        is_ending = False

        def end(number: int, frame: FrameType | None) -> None:
            nonlocal is_ending
            if is_ending:
                os._exit(_INTERRUPTED)
            is_ending = True
            loop.call_soon_threadsafe(stop.set)
            guard = threading.Timer(_WAY_DOWN_S, os._exit, [0])
            guard.daemon = True
            guard.start()

        for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last one is Windows'
            if number := getattr(signal, name, None):
                signal.signal(number, end)
        await serve(config, paths, stop, _say, host=host, port=port, token=token, debug=debug)

    asyncio.run(run())


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()

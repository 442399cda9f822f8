"""`serve`: the daemon in the foreground, with the signals that end it.

Conventions: signals are set in the main thread and posted to the loop. The second one ends at once,
and so does the way down where it takes too long: what counts is on disk.
"""

import asyncio
import os
import signal
import sys
import threading
import webbrowser
from types import FrameType

import click

from mididrumigen.app.owner import running
from mididrumigen.config import Paths, load_config
from mididrumigen.web.server import serve

_WAY_DOWN_S, _SWITCH_S = 2.8, 0.001
_INTERRUPTED = 130


def run_daemon(
    paths: Paths, *, host: str, port: int | None, token: str, debug: bool, opens: bool
) -> None:
    """Serve until a signal comes. `opens` shows the page in the browser: that of the daemon that
    runs already where there is one.
    """
    config = load_config(paths.config)
    if opens and (there := asyncio.run(running(paths))):
        _say(f"MidiDrumiGen is running already at {there.url}")
        webbrowser.open(there.url)
        return
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
        await serve(
            config,
            paths,
            stop,
            _say,
            host=host,
            port=port,
            token=token,
            debug=debug,
            ready=_open if opens else lambda url: None,
        )

    asyncio.run(run())


def _open(url: str) -> None:
    """Show the page; in a thread, for some browsers keep whoever opens them."""
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def _say(text: str) -> None:
    click.echo(text)
    sys.stdout.flush()

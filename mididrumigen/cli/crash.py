"""What is kept of an error that nobody expected: its traceback, in the log, not on the screen."""

import os
import sys
from pathlib import Path

from mididrumigen.config import find_paths


def record() -> str:
    """Write the current traceback to the log as one JSON line; words for the user that say where it
    is.
    """
    import structlog

    folder = find_paths(os.environ).logs
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = Path(folder, "mididrumigen.log")
        with open(place, "a", encoding="utf-8") as file:
            log = structlog.wrap_logger(
                structlog.WriteLogger(file),
                processors=[
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                    structlog.processors.add_log_level,
                    structlog.processors.dict_tracebacks,
                    structlog.processors.JSONRenderer(),
                ],
            )
            log.exception("unexpected error", command=sys.argv[1:2])
    except OSError as error:
        return f"and its log could not be written: {error}"
    return f"please report it with the last line of {place}"

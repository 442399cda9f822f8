"""What is kept of an error that nobody expected: its traceback, in the log, not on the screen."""

import logging
import os
import sys

from mididrumigen.config import find_paths
from mididrumigen.errors import OutputError


def record() -> str:
    """Write the current traceback to the log as one JSON line; words for the user that say where it
    is.
    """
    from mididrumigen.app.log import log_to

    # A file of its own: the daemon may be at the other, and only one process can turn it over.
    place = find_paths(os.environ).logs / "crash.log"
    try:
        with log_to(place):
            logging.getLogger(__name__).exception("unexpected error in %s", sys.argv[1:2])
    except OutputError as error:
        return f"and its log could not be written: {error}"
    return f"please report it with the last line of {place}"

"""The log: JSON, one event a line, in a file that is turned over before it grows large.

Conventions: code logs with `logging.getLogger(__name__)`; what libraries log goes the same way.
Nothing that a user typed as a secret is ever handed to a logger.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

import structlog

from mididrumigen.errors import OutputError

MAX_BYTES, KEPT = 1_000_000, 4
"""Of one file, and how many older ones stay."""


@contextmanager
def log_to(path: Path, level: int = logging.INFO) -> Iterator[None]:
    """Log everything to a file while the block runs; one process a file. Raises OutputError where
    it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"the log {path} cannot be written: {error.strerror}") from error
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.ExceptionRenderer(
                    # Without the values of variables: one of them may be a secret.
                    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
                ),
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    # Their lines hold whole addresses, and some sites want their key in it.
    for chatty in ("httpx", "httpcore"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        handler.close()

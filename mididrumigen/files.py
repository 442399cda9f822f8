"""File systems as they are: a virus scanner or a DAW may hold a new file for a moment, and a
process may end in the middle of a sentence.
"""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Result = TypeVar("_Result")

_TRIES, _WAIT_S = 20, 0.05


def patiently(action: Callable[[], _Result]) -> _Result:
    """Result of an action on files, tried again for a second while something holds them; raises
    what it raises in the end.
    """
    for _ in range(_TRIES - 1):
        try:
            return action()
        except PermissionError:
            time.sleep(_WAIT_S)
    return action()


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file, whole or not at all, with the folders above it; raises OSError. `mode` says who
    may read it, as `chmod` does; before its last byte nobody but its user may.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, mode)
        patiently(lambda: os.replace(name, path))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

"""Files that are shipped with the program but are no code, and writing one to its place.

Conventions: in an installed package they lie inside it, in a checkout where they are edited.
"""

import os
import tempfile
from importlib.resources import files
from pathlib import Path

from mididrumigen.files import patiently

_CHECKOUT = Path(__file__).parents[2]


def shipped(name: str, place: str = "") -> Path:
    """Where a shipped file is; `place` is its folder in a checkout."""
    inside = Path(str(files("mididrumigen") / name))
    return inside if inside.exists() else _CHECKOUT / place / name


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file, whole or not at all, with the folders above it; raises OSError. `mode` says who
    may read it, as `chmod` does.
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

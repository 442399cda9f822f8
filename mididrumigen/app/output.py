"""Patterns -> files: the whole set or none.

Conventions: the files go to a folder of their own, `ARTIST - seed N`. They are written to a hidden
folder beside it, which then takes the name in one step, so that no half set is ever seen. A folder
of that name with other contents is left alone and the new one gets a number; one with the very same
files is used again. What a killed process left of a hidden folder is removed by the next one.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from mididrumigen.errors import OutputError
from mididrumigen.files import patiently
from mididrumigen.midi import GM, DrumMap, midi_bytes
from mididrumigen.models import Pattern, Tracks
from mididrumigen.models.names import file_name

_MAX_NUMBERED = 999

STAGING = ".mididrumigen-"
"""How the names of hidden folders begin."""
_LEFT_OVER_S = 60.0


def write_files(
    patterns: Sequence[Pattern],
    out_dir: Path,
    *,
    drum_map: DrumMap = GM,
    tracks: Tracks = "one",
    staging: str = STAGING,
) -> tuple[Path, ...]:
    """Write one file a pattern below `out_dir`; their paths. Raises OutputError, and nothing is
    left behind.
    """
    safe = file_name(patterns[0].artist)
    files = {
        f"{safe} - Variation {p.variation}.mid": midi_bytes(p, drum_map, tracks) for p in patterns
    }
    base = f"{safe} - seed {patterns[0].seed}"
    try:
        return _write(files, out_dir, base, staging)
    except OSError as error:
        raise OutputError(
            f"the files could not be written to {out_dir}: {error.strerror or error}",
            "choose another folder with --out",
        ) from error


def _write(files: dict[str, bytes], out_dir: Path, base: str, staging: str) -> tuple[Path, ...]:
    made = [folder for folder in (out_dir, *out_dir.parents) if not folder.exists()]
    out_dir.mkdir(parents=True, exist_ok=True)
    try:
        sweep(out_dir, STAGING, _LEFT_OVER_S)
        return _write_set(files, out_dir, base, staging)
    except BaseException:
        for folder in made:
            with contextlib.suppress(OSError):  # not empty any more: another run is using it
                folder.rmdir()
        raise


def staging_of(home: Path) -> str:
    """How the names of the hidden folders of a home's daemon begin: there is one such daemon at
    most, so what is there when it starts is left over from an earlier one.
    """
    return f"{STAGING}{hashlib.sha256(str(home).encode()).hexdigest()[:8]}-"


def sweep(out_dir: Path, staging: str, older_than_s: float) -> None:
    """Remove hidden folders that were left over by a process that was killed."""
    with contextlib.suppress(OSError):
        for folder in out_dir.glob(f"{staging}*"):
            if time.time() - folder.stat().st_mtime >= older_than_s:
                shutil.rmtree(folder, ignore_errors=True)


def _write_set(files: dict[str, bytes], out_dir: Path, base: str, staging: str) -> tuple[Path, ...]:
    # Not mkdtemp: its folder lets only its owner in, and a DAW may run as another user.
    hidden = out_dir / f"{staging}{secrets.token_hex(6)}"
    hidden.mkdir()
    try:
        for name, data in files.items():
            with open(hidden / name, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for number in range(1, _MAX_NUMBERED):
            folder = out_dir / (base if number == 1 else f"{base} ({number})")
            if folder.exists():
                if _holds(folder, files):
                    break
                continue
            if _renamed(hidden, folder):
                break
        else:
            raise FileExistsError(f"there are {_MAX_NUMBERED} folders named {base} already")
    finally:
        shutil.rmtree(hidden, ignore_errors=True)
    return tuple((folder / name).resolve() for name in files)


def _holds(folder: Path, files: dict[str, bytes]) -> bool:
    """Whether a folder holds these very files already, whatever a desktop put beside them."""
    with contextlib.suppress(OSError):
        return all((folder / name).read_bytes() == data for name, data in files.items())
    return False


def _renamed(hidden: Path, folder: Path) -> bool:
    """Give the hidden folder its name; False if another run was faster."""
    try:
        patiently(lambda: os.rename(hidden, folder))
    except PermissionError:
        raise
    except OSError:
        if folder.exists():
            return False
        raise
    return True

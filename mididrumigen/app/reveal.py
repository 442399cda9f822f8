"""Show a file where the user's other files are: in Finder, Explorer or the file manager."""

import os
import subprocess
import sys
from pathlib import Path

from mididrumigen.errors import NotFound, NotYet

_LIMIT_S = 10.0


def reveal(path: Path) -> None:
    """Open the folder of a file with the file selected where the system can. Raises NotFound where
    it has gone, NotYet where there is no desktop.
    """
    if not path.exists():
        raise NotFound(f"{path} is not there any more", "it was moved or deleted")
    try:
        done = subprocess.run(
            command(sys.platform, path),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotYet("no file manager can be opened here", f"the file is {path}") from error
    # Explorer answers 1 when all went well.
    if done.returncode and sys.platform != "win32":
        raise NotYet("no file manager can be opened here", f"the file is {path}")


def command(platform: str, path: Path) -> list[str]:
    """What shows a file on a platform, named as in `sys.platform`."""
    if platform == "darwin":
        return ["open", "-R", str(path)]
    if platform == "win32":
        # By its place: a bare name is looked for in the current directory first.
        windows = os.environ.get("SYSTEMROOT", r"C:\Windows")
        return [rf"{windows}\explorer.exe", "/select,", str(path)]
    return ["xdg-open", str(path.parent)]

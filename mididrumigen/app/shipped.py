"""Files that are shipped with the program but are no code.

Conventions: in an installed package they lie inside it, in a checkout where they are edited.
"""

from importlib.resources import files
from pathlib import Path

_CHECKOUT = Path(__file__).parents[2]


def shipped(name: str, place: str = "") -> Path:
    """Where a shipped file is; `place` is its folder in a checkout."""
    inside = Path(str(files("mididrumigen") / name))
    return inside if inside.exists() else _CHECKOUT / place / name

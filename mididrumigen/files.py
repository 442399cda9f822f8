"""File systems as they are: a virus scanner or a DAW may hold a new file for a moment."""

import time
from collections.abc import Callable
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

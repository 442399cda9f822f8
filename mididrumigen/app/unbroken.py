"""Work that goes on to its end when the one who asked for it is cancelled."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

_Result = TypeVar("_Result")


async def unbroken(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Result of the work, whoever cancels the caller meanwhile."""
    task = asyncio.ensure_future(work)
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None:
                current.uncancel()
    return task.result()

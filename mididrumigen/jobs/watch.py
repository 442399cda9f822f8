"""Waiting for the next thing to see of a job."""

import asyncio
from collections.abc import Callable


class Watch:
    """Something that changes, and those who wait for it."""

    def __init__(self) -> None:
        self._next: asyncio.Future[None] | None = None

    def tell(self) -> None:
        """Wake everyone who waits."""
        if self._next is not None:
            self._next.set_result(None)
            self._next = None

    async def changed(self, enough: Callable[[], bool], timeout_s: float) -> None:
        """Wait until `enough` says so after a change, or time is up."""
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout_s
        while not enough():
            if self._next is None:
                self._next = loop.create_future()
            done, _ = await asyncio.wait([self._next], timeout=max(0.0, until - loop.time()))
            if not done:
                return

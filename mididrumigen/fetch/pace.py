"""Turns: how often a site is asked, and by how many at once.

Conventions: a key is what is paced as one (see `models.Waits`). When the next turn is, and until
when a site is left alone, is kept by `Waits` for all processes of a home; how many are under way at
once is counted here, for only the process that owns a home asks anybody. Times are seconds since
1970.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from weakref import WeakValueDictionary

from mididrumigen.models import Turn, Waits

_LATE_S = 0.01
"""A request that left so much later than its turn, as after a slow connection, moves the next."""


class Resting(Exception):
    """A site is left alone until `turn.at`."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn.refusal)
        self.turn = turn


@dataclass(slots=True, weakref_slot=True)
class _Line:
    """Who waits for one key in this process; forgotten when nobody does."""

    gate: asyncio.Semaphore
    held_until: float = 0.0
    rest: Turn | None = None


class Pace:
    """Gives turns, and makes those who take one wait for it."""

    def __init__(
        self,
        waits: Waits,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._waits, self._clock, self._sleep = waits, clock, sleep
        self._lines: WeakValueDictionary[str, _Line] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, key: str, every_s: float, at_once: int) -> AsyncIterator["Ticket"]:
        """A turn at `key`, waited for; `at_once` of them are under way at most, for as long as the
        block runs. Raises Resting.
        """
        line = self._lines.get(key)
        if line is None:
            line = self._lines[key] = _Line(asyncio.Semaphore(at_once))
        async with line.gate:
            turn = await self._waits.turn(key, self._clock(), every_s)
            if turn.refusal:
                raise Resting(turn)
            await self._wait(line, turn.at)
            ticket = Ticket(turn.at)
            try:
                yield ticket
            finally:
                if ticket.sent_at - turn.at > _LATE_S:
                    await self.hold(key, ticket.sent_at + every_s)

    async def _wait(self, line: _Line, at: float) -> None:
        """Wait for a turn, and for what others were told meanwhile."""
        while True:
            now = self._clock()
            if line.rest is not None and line.rest.at > now:
                raise Resting(line.rest)
            wait_s = max(at, line.held_until) - now
            if wait_s <= 0:
                return
            # Some systems wake sleepers a little early.
            await self._sleep(wait_s)

    async def hold(self, key: str, until: float) -> None:
        """Give no turn at `key` before a time, nor let go who waits for one."""
        line = self._lines.get(key)
        if line is not None:
            line.held_until = max(line.held_until, until)
        await self._waits.hold(key, until)

    async def rest(self, key: str, until: float, why: str) -> Resting:
        """Leave `key` alone until a time; what to raise then."""
        turn = Turn(until, why)
        line = self._lines.get(key)
        if line is not None:
            line.rest = turn
        await self._waits.rest(key, until, why)
        return Resting(turn)


@dataclass(slots=True)
class Ticket:
    """A turn that has come."""

    sent_at: float
    """When the request left; to be set by who sends it."""

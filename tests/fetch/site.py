"""What the tests of `fetch` share: sites on loopback that answer by script, and a clock that goes
on only while somebody sleeps.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from mididrumigen.errors import SourceUnavailable
from mididrumigen.fetch import Fetch
from mididrumigen.models import Fetched, SourceCard

NOON = 1_800_000_000.0
"""2027-01-15 08:00 UTC, in seconds since 1970."""
MANY = 1000.0
"""Requests a second, where pace is not what is tried."""


@dataclass
class Clock:
    """A time that only sleeping changes."""

    now: float = NOON
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let the time pass."""
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


@dataclass
class Asked:
    """A question as it arrived."""

    path: str
    headers: dict[str, str]
    at: float


Script = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Site:
    """A site: `answers` are given in turn, the last for ever; or a script answers."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.asked: list[Asked] = []
        self.answers: list[dict[str, Any]] = [{"text": "yes"}]
        self.script: Script | None = None
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked, in order."""
        return [asked.path for asked in self.asked]

    async def open(self, context: ssl.SSLContext | None = None) -> None:
        """Begin to answer; encrypted with a context."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context).start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        """Answer nobody any more."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.asked.append(Asked(request.raw_path, headers, self._clock()))
        if self.script is not None:
            return await self.script(request)
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return web.Response(**said)


@dataclass
class Raw:
    """A site below HTTP: sends bytes, and closes or waits."""

    said: bytes
    waits: bool = False
    connections: int = 0
    port: int = 0
    _server: asyncio.Server | None = None
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)
    _serving: list[asyncio.Future[None]] = field(default_factory=list)

    async def __aenter__(self) -> "Raw":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*self._serving)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        done = asyncio.get_running_loop().create_future()
        self._serving.append(done)
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(self.said)
            await writer.drain()
            if self.waits:
                await reader.read()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            done.set_result(None)


def card(**more: Any) -> SourceCard:
    """A site that may be asked often."""
    given = {"name": "test", "kind": "metadata", "title": "The Archive", "per_second": MANY}
    return SourceCard(**{**given, **more})


async def refusal(asking: Awaitable[Fetched]) -> SourceUnavailable:
    """What is raised by asking."""
    try:
        answer = await asking
    except SourceUnavailable as error:
        return error
    raise AssertionError(f"answered {answer.status} with {answer.body[:80]!r}")


FetchOf = Callable[..., Fetch]

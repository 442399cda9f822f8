"""A loopback internet: one real HTTP server a site, which answers by script.

Conventions: `internet.site("musicbrainz")` listens on a port of its own, so that pacing per source
is real. A request gets the first script whose path is its own and whose query it has; of several
answers of one script it gets the next, and the last one from then on. What nobody scripted is
answered with 404 and stands in `unscripted`. Nothing listens or asks beyond 127.0.0.1.
"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import httpx
from aiohttp import web

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Fetched, Inputs, Progress, Source, SourceCard
from mididrumigen.models.fetched import Keeping

HOST = "127.0.0.1"
BODIES = Path(__file__).parent / "sources" / "bodies"
NOW = "2026-01-02T03:04:05+00:00"

Fault = Literal["", "silence", "hang up", "cut short", "endless", "vast"]
"""What goes wrong beyond a status: nothing; never an answer; the connection closed without one; in
the middle of the body; a body without an end; one of 100 MB that says so.
"""
VAST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site says: `body` is text, bytes, anything that JSON can write, or a function that
    makes one of these of the request.
    """

    body: Any = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Fault = ""
    delay_s: float = 0.0

    def content(self) -> tuple[bytes, str]:
        """The body's bytes and their type."""
        if isinstance(self.body, bytes):
            return self.body, "application/octet-stream"
        if isinstance(self.body, str):
            kind = "text/html" if self.body.lstrip().startswith("<") else "text/plain"
            return self.body.encode(), f"{kind}; charset=utf-8"
        return json.dumps(self.body).encode(), "application/json"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that arrived."""

    at_s: float
    """By the monotonic clock."""
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By lower-case name."""


@dataclass(slots=True)
class _Script:
    path: str
    query: Mapping[str, str]
    answers: list[Answer]

    def fits(self, path: str, query: Mapping[str, str]) -> bool:
        return self.path in (path, "*") and self.query.items() <= query.items()

    def next(self) -> Answer:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass(slots=True)
class Site:
    """One address, and what it was asked."""

    base_url: str = ""
    asked: list[Asked] = field(default_factory=list)
    unscripted: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    """Requests that were under way together, at most."""
    _scripts: list[_Script] = field(default_factory=list)
    _under_way: int = 0

    def answers(
        self,
        path: str,
        body: Any = b"",
        *,
        query: Mapping[str, str | int] | None = None,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        fault: Fault = "",
        delay_s: float = 0.0,
    ) -> None:
        """From now on `path` ("*": every one), asked with `query` or more, is answered so; what was
        said later goes before what was said earlier.
        """
        answer = Answer(body, status, headers or {}, fault, delay_s)
        self.answers_in_turn(path, [answer], query=query)

    def answers_in_turn(
        self,
        path: str,
        answers: Sequence[Answer],
        *,
        query: Mapping[str, str | int] | None = None,
    ) -> None:
        """The same with one answer after the other, the last one for ever."""
        wanted = {name: str(value) for name, value in (query or {}).items()}
        self._scripts.insert(0, _Script(path, wanted, list(answers)))

    def paths(self) -> list[str]:
        """Path of every request, in order."""
        return [request.path for request in self.asked]

    def gaps_s(self) -> list[float]:
        """Seconds from each request to the next."""
        times = [request.at_s for request in self.asked]
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request by script."""
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            return await self._handle(request)
        finally:
            self._under_way -= 1

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        asked = Asked(
            time.monotonic(),
            request.method,
            request.path,
            dict(request.query),
            {name.lower(): value for name, value in request.headers.items()},
        )
        self.asked.append(asked)
        for script in self._scripts:
            if script.fits(asked.path, asked.query):
                answer = script.next()
                if callable(answer.body):
                    answer = replace(answer, body=answer.body(asked))
                if isinstance(answer.body, Answer):  # it has a status of its own
                    answer = answer.body
                return await _answer(request, answer)
        self.unscripted.append(asked)
        return web.json_response({"error": "nobody scripted this"}, status=404)


async def _answer(request: web.BaseRequest, answer: Answer) -> web.StreamResponse:
    await asyncio.sleep(answer.delay_s)
    if answer.fault == "silence":
        await asyncio.Event().wait()
    if answer.fault == "hang up":
        assert request.transport is not None
        request.transport.abort()
    content, kind = answer.content()
    headers = {"Content-Type": kind, **answer.headers}
    if answer.fault not in ("cut short", "endless", "vast"):
        return web.Response(body=content, status=answer.status, headers=headers)
    response = web.StreamResponse(status=answer.status, headers=headers)
    if answer.fault == "cut short":
        response.content_length = len(content) + 1000
    if answer.fault == "vast":
        response.content_length = VAST_BYTES
        content = b" " * 100_000
    await response.prepare(request)
    for _ in range(VAST_BYTES // len(content) - 1 if answer.fault == "vast" else 0):
        await response.write(content)
    await response.write(content)
    while answer.fault == "endless":
        await response.write(content or b" " * 65536)
        await asyncio.sleep(0)
    assert request.transport is not None
    request.transport.abort()
    return response


@dataclass(slots=True)
class Internet:
    """Every site of a test."""

    sites: dict[str, Site] = field(default_factory=dict)
    _runners: list[web.ServerRunner] = field(default_factory=list)

    async def site(self, name: str) -> Site:
        """The site of a name; begun where it is new."""
        if name not in self.sites:
            site = Site()
            runner = web.ServerRunner(web.Server(site.handle), shutdown_timeout=0.01)
            await runner.setup()
            self._runners.append(runner)
            await web.TCPSite(runner, HOST, 0).start()
            site.base_url = f"http://{HOST}:{runner.addresses[0][1]}"
            self.sites[name] = site
        return self.sites[name]

    async def nobody(self) -> str:
        """An address at which nobody listens."""
        runner = web.ServerRunner(web.Server(Site().handle))
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        port = runner.addresses[0][1]
        await runner.cleanup()
        return f"http://{HOST}:{port}"

    async def close(self) -> None:
        """Shut every site."""
        for runner in self._runners:
            await runner.cleanup()


@asynccontextmanager
async def loopback() -> AsyncIterator[Internet]:
    """An internet that is shut in the end."""
    internet = Internet()
    try:
        yield internet
    finally:
        await internet.close()


class PlainFetch:
    """The way out without pacing, tries and cache: to loopback alone."""

    def __init__(self, limit_s: float = 5.0) -> None:
        self._limit_s = limit_s
        self.asked: list[str] = []
        """Whole addresses, without secrets, in order."""

    async def get(
        self,
        card: SourceCard,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        secret_params: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        keep: Keeping = "metadata",
        accept: frozenset[int] = frozenset({200}),
    ) -> Fetched:
        """As `Fetching.get`."""
        del keep
        whole = httpx.URL(url).copy_merge_params(params or {})
        assert whole.host == HOST, f"{whole} leads out of this machine"
        self.asked.append(str(whole))
        secret = whole.copy_merge_params(secret_params or {})
        every = {**(headers or {}), **(secret_headers or {})}
        try:
            # Loopback has no certificates, and to load them takes longer than a test.
            async with httpx.AsyncClient(
                timeout=self._limit_s, follow_redirects=True, trust_env=False, verify=False
            ) as client:
                response = await client.get(secret, headers=every)
        except httpx.HTTPError as error:
            why = type(error).__name__
            raise SourceUnavailable(f"{card.title} did not answer ({why})") from error
        if response.status_code not in accept:
            raise SourceUnavailable(f"{card.title} answered with {response.status_code}")
        lower = {name.lower(): value for name, value in response.headers.items()}
        return Fetched(str(whole), response.status_code, response.content, lower)


async def collected(
    source: Source, artist: Artist, inputs: Inputs | None = None
) -> tuple[list[Evidence], Progress]:
    """Everything that a source gives, and what it told."""
    progress = Progress()
    inputs = inputs or Inputs(retrieved_at=NOW)
    return [piece async for piece in source.collect(artist, inputs, progress)], progress


def read_body(name: str) -> Any:
    """A JSON body of `tests/sources/bodies`."""
    return json.loads((BODIES / name).read_text(encoding="utf-8"))

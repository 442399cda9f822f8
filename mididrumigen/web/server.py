"""The life of the daemon: owner, log, program, jobs, port; and back, the port first.

Conventions: `serve` runs until `stop` is set, wherever its loop runs; signals belong to the caller.
The way down takes three seconds at most: whoever waits is answered, jobs wait on disk for the next
start.
"""

import asyncio
import contextlib
import functools
import json
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.typedefs import Middleware

from mididrumigen.app import App
from mididrumigen.app.log import log_to
from mididrumigen.app.owner import Owner, Runtime, take_or_find
from mididrumigen.app.tasks import Tasks
from mididrumigen.config import Config, Paths
from mididrumigen.errors import NotYet, OwnerError, ServerError
from mididrumigen.web.calls import CALLS, ROOT, Call
from mididrumigen.web.guard import ANSWER_HEADERS, LOOPBACK, Guard
from mididrumigen.web.handlers import Ambiguous, Asked, Desk
from mididrumigen.web.openapi import document
from mididrumigen.web.problems import Problem, answer_to
from mididrumigen.web.read import MAX_JSON_BYTES, body_of, query_of

_log = logging.getLogger(__name__)

PORTS = range(8000, 8010)
"""The first free one is taken where none is asked for."""
MAX_CONNECTIONS = 256
MIN_TOKEN_LENGTH = 16
KEEP_ALIVE_S = 30.0
"""A connection that sends no request for so long is closed: half a request is none."""
_LAST_ANSWERS_S, _LINGER_S = 1.0, 2.0
_SLOW_CALLBACK_S = 0.1

DESK = web.AppKey("desk", Desk)
_Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def serve(
    config: Config,
    paths: Paths,
    stop: asyncio.Event,
    say: Callable[[str], None],
    *,
    host: str = LOOPBACK[0],
    port: int | None = None,
    token: str = "",
    debug: bool = False,
) -> None:
    """Run the daemon until `stop` is set. `say` is told what a user should know, among it the
    address. `debug` logs whatever keeps the loop for over 0.1 s. Raises ServerError, OwnerError,
    StoreError.
    """
    if host in LOOPBACK:
        token = ""
    elif len(token) < MIN_TOKEN_LENGTH:
        raise ServerError(
            f"{host} can be reached by others, so a token of {MIN_TOKEN_LENGTH} characters or more"
            " is needed; set MIDIDRUMIGEN_TOKEN, or leave --host out"
        )
    if debug:
        loop = asyncio.get_running_loop()
        loop.set_debug(True)
        loop.slow_callback_duration = _SLOW_CALLBACK_S
    async with (
        _owning(paths, say) as owner,
        _bound(host, port) as listener,
        _logging(paths),
        App.open(config, paths, owner) as app,
        Tasks.open(app) as tasks,
        _listening(Desk(app, tasks), listener, token),
    ):
        url = owner.announce(host, listener.getsockname()[1], token).url
        _log.info("serving at %s", url)
        say(f"MidiDrumiGen is at {url}/api/v1; files go to {tasks.output_dir}; Ctrl-C stops it")
        await stop.wait()
        _log.info("stopping")


@asynccontextmanager
async def _owning(paths: Paths, say: Callable[[str], None]) -> AsyncIterator[Owner]:
    owner = await take_or_find(paths, say)
    if isinstance(owner, Runtime):
        raise OwnerError(
            f"MidiDrumiGen is running already at {owner.url} (process {owner.pid}, version"
            f" {owner.version}, since {owner.started_at}); use that one, or stop it first"
        )
    try:
        yield owner
    finally:
        owner.release()


@asynccontextmanager
async def _logging(paths: Paths) -> AsyncIterator[None]:
    with log_to(paths.logs):
        yield


@asynccontextmanager
async def _bound(host: str, port: int | None) -> AsyncIterator[socket.socket]:
    """The port, taken before any work begins; nobody is answered there yet."""
    with _bind(host, port) as listener:
        yield listener


@asynccontextmanager
async def _listening(desk: Desk, listener: socket.socket, token: str) -> AsyncIterator[None]:
    """Answer at a port; in the end all who wait are answered first."""
    runner = web.AppRunner(
        application(desk, Guard(listener.getsockname()[1], token)),
        access_log=None,
        keepalive_timeout=KEEP_ALIVE_S,
        lingering_time=_LINGER_S,
        shutdown_timeout=_LAST_ANSWERS_S,
    )
    await runner.setup()
    assert runner.server is not None
    accept = functools.partial(_connection, runner.server)
    server = await asyncio.get_running_loop().create_server(accept, sock=listener)
    try:
        yield
    finally:
        desk.tasks.jobs.let_go()
        server.close()
        await runner.cleanup()


def application(desk: Desk, guard: Guard) -> web.Application:
    """The aiohttp application with every call."""
    app = web.Application(middlewares=[_middleware(guard)], client_max_size=MAX_JSON_BYTES)
    app[DESK] = desk
    for call in CALLS:
        app.router.add_route(call.method, ROOT + call.path, _handler(call))

    async def openapi(request: web.Request) -> web.Response:
        return web.json_response(document())

    app.router.add_route("GET", f"{ROOT}/openapi.json", openapi)
    app.router.add_route("GET", "/openapi.json", openapi)
    app.on_response_prepare.append(_add_headers)
    return app


def _handler(call: Call) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handle(request: web.Request) -> web.StreamResponse:
        if call.handler is None:
            raise NotYet(f"{call.absent} is not in this version yet")
        query = query_of(request, call.query)
        body = await body_of(request, call.body) if call.body else None
        answer = await call.handler(request.app[DESK], Asked(request, query, body))
        return answer if isinstance(answer, web.StreamResponse) else web.json_response(answer)

    return handle


def _middleware(guard: Guard) -> Middleware:
    @web.middleware
    async def guarded(request: web.Request, handler: _Next) -> web.StreamResponse:
        try:
            refusal = guard.refusal(request.headers)
            if refusal is not None:
                _log.warning("refused: %s %s", refusal.code, request.method)
                raise Problem(refusal.status, refusal.code, refusal.message, refusal.hint)
            return await handler(request)
        except Ambiguous as error:
            return error.answer()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            return answer_to(error)

    return guarded


async def _add_headers(request: web.Request, answer: web.StreamResponse) -> None:
    answer.headers.update(ANSWER_HEADERS)


def _connection(server: web.Server) -> asyncio.Protocol:
    """What speaks with one who connects."""
    return _Full() if len(server.connections) >= MAX_CONNECTIONS else server()


class _Full(asyncio.Protocol):
    """Tells one connection too many so, and hangs up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        body = json.dumps(
            {
                "error": {
                    "code": "busy",
                    "message": f"{MAX_CONNECTIONS} connections are open already",
                    "hint": "close some and try again",
                }
            }
        )
        head = (
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nRetry-After: 5\r\nConnection: close\r\n\r\n"
        )
        assert isinstance(transport, asyncio.Transport)
        transport.write((head + body).encode())
        transport.close()


def _bind(host: str, port: int | None) -> socket.socket:
    """A socket at the port that was asked for, else at the first free one of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in PORTS if port is None else (port,):
        with contextlib.suppress(OSError):
            return socket.create_server((host, candidate), family=family)
    where = f"ports {PORTS[0]}-{PORTS[-1]} are" if port is None else f"port {port} is"
    raise ServerError(
        f"{where} not free at {host}; choose another with --port, or stop the program that has it"
    )

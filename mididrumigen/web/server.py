"""The life of the daemon: owner, log, program, jobs, port; and back, the port first.

Conventions: `serve` runs until `stop` is set, wherever its loop runs; signals belong to the caller.
The way down takes three seconds at most: whoever waits is answered, jobs wait on disk for the next
start.
"""

import asyncio
import errno
import json
import logging
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.typedefs import Handler

from mididrumigen.app import App
from mididrumigen.app.log import log_to
from mididrumigen.app.owner import Owner, Runtime, take_or_find
from mididrumigen.app.tasks import Tasks
from mididrumigen.config import Config, Paths
from mididrumigen.errors import OwnerError, ServerError
from mididrumigen.web import connections
from mididrumigen.web.calls import CALLS, ROOT, Call
from mididrumigen.web.guard import ANSWER_HEADERS, LOOPBACK, Guard
from mididrumigen.web.handlers import Ambiguous, Asked, Desk
from mididrumigen.web.openapi import document
from mididrumigen.web.pages import add_page
from mididrumigen.web.problems import Problem, answer_to
from mididrumigen.web.read import MAX_JSON_BYTES, body_of, query_of

_log = logging.getLogger(__name__)

PORTS = range(8000, 8010)
"""The first free one is taken where none is asked for."""
MIN_TOKEN_LENGTH = 16
_TAKEN = (errno.EADDRINUSE, getattr(errno, "WSAEACCES", errno.EADDRINUSE))
_LAST_ANSWERS_S = 1.0
_SLOW_CALLBACK_S = 0.1
_PAGE_HEADERS = ("Content-Security-Policy", "Cache-Control")
"""Those of an answer's own that stay: the page may do more than an answer."""

DESK = web.AppKey("desk", Desk)


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
    ready: Callable[[str], None] = lambda url: None,
) -> None:
    """Run the daemon until `stop` is set. `say` is told what a user should know, among it the
    address; `ready` gets the address once it answers there. `debug` logs whatever keeps the loop
    for over 0.1 s. Raises ServerError, OwnerError, StoreError.
    """
    if host in LOOPBACK:
        token = ""
    elif len(token) < MIN_TOKEN_LENGTH or not (token.isascii() and token.isprintable()):
        raise ServerError(
            f"{host} can be reached by others, so a token of {MIN_TOKEN_LENGTH} characters or more"
            " is needed",
            "set MIDIDRUMIGEN_TOKEN, or leave --host out",
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
        _listening(Desk(app, tasks, runtime := _runtime(listener, host, token)), listener, token),
    ):
        owner.announce(runtime)
        _log.info("serving at %s", runtime.url)
        say(
            f"MidiDrumiGen is at {runtime.url} (its API: /api/v1); files go to"
            f" {tasks.output_dir}; Ctrl-C stops it"
        )
        ready(runtime.url)
        await stop.wait()
        _log.info("stopping")


def _runtime(listener: socket.socket, host: str, token: str) -> Runtime:
    return Runtime.of_this_process(host, listener.getsockname()[1], token)


@asynccontextmanager
async def _owning(paths: Paths, say: Callable[[str], None]) -> AsyncIterator[Owner]:
    owner = await take_or_find(paths, say)
    if isinstance(owner, Runtime):
        raise OwnerError(
            f"MidiDrumiGen is running already at {owner.url} (process {owner.pid}, version"
            f" {owner.version}, since {owner.started_at})",
            "use that one, or stop it first",
        )
    try:
        yield owner
    finally:
        owner.release()


@asynccontextmanager
async def _logging(paths: Paths) -> AsyncIterator[None]:
    with log_to(paths.logs / "mididrumigen.log"):
        yield


@asynccontextmanager
async def _bound(host: str, port: int | None) -> AsyncIterator[socket.socket]:
    """The port, taken before any work begins; nobody is answered there yet."""
    with await asyncio.to_thread(_bind, host, port) as listener:
        yield listener


@asynccontextmanager
async def _listening(desk: Desk, listener: socket.socket, token: str) -> AsyncIterator[None]:
    """Answer at a port; in the end all who wait are answered first."""
    guard = Guard(listener.getsockname()[1], token)
    runner = web.AppRunner(
        application(desk, guard), shutdown_timeout=_LAST_ANSWERS_S, **connections.SETTINGS
    )
    await runner.setup()
    assert runner.server is not None
    server = await asyncio.get_running_loop().create_server(
        connections.Connections(runner.server), sock=listener
    )
    try:
        yield
    finally:
        desk.tasks.jobs.let_go()
        server.close()
        await runner.cleanup()


def application(desk: Desk, guard: Guard) -> web.Application:
    """The aiohttp application with every call."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            _check(guard, request)
            return await handler(request)
        except Ambiguous as error:
            return error.answer()
        except ConnectionError:  # they left, and hear no answer
            return web.Response(status=400)
        except Exception as error:
            return answer_to(error)

    async def expect(request: web.Request) -> None:
        """Before a large body comes: whether it may."""
        try:
            _check(guard, request)
            if request.headers["Expect"].lower() != "100-continue":
                raise Problem(417, "expectation", "nothing but 100-continue can be expected here")
        except Problem as problem:
            answer = answer_to(problem)
            raise web.HTTPExpectationFailed(
                text=answer.text, content_type="application/json"
            ) from problem
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    app = web.Application(middlewares=[guarded], client_max_size=MAX_JSON_BYTES)
    app[DESK] = desk
    for call in CALLS:
        app.router.add_route(call.method, ROOT + call.path, _handler(call), expect_handler=expect)
    described: list[str] = []

    async def openapi(request: web.Request) -> web.Response:
        if not described:
            described.append(json.dumps(await asyncio.to_thread(document)))
        return web.Response(text=described[0], content_type="application/json")

    app.router.add_route("GET", f"{ROOT}/openapi.json", openapi)
    app.router.add_route("GET", "/openapi.json", openapi)
    add_page(app)
    app.on_response_prepare.append(_add_headers)
    return app


def _check(guard: Guard, request: web.Request) -> None:
    """Raise Problem for a request that may not be asked."""
    refusal = guard.refusal(request.headers)
    if refusal is not None:
        _log.warning("refused: %s %s", refusal.code, request.method)
        raise Problem(refusal.status, refusal.code, refusal.message, refusal.hint)


def _handler(call: Call) -> Handler:
    async def handle(request: web.Request) -> web.StreamResponse:
        query = query_of(request, call.query)
        body = await body_of(request, call.body) if call.body else None
        answer = await call.handler(request.app[DESK], Asked(request, query, body))
        return answer if isinstance(answer, web.StreamResponse) else web.json_response(answer)

    return handle


async def _add_headers(request: web.Request, answer: web.StreamResponse) -> None:
    own = {name: answer.headers[name] for name in _PAGE_HEADERS if name in answer.headers}
    answer.headers.update({**ANSWER_HEADERS, **own})


def _bind(host: str, port: int | None) -> socket.socket:
    """A socket at the port that was asked for, else at the first free one of ours."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, 0, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise ServerError(f"{host} is no address of this machine", "leave --host out") from error
    for candidate in PORTS if port is None else (port,):
        listener = socket.socket(family, socket.SOCK_STREAM)
        # On Windows the default lets another program take the port as well, elsewhere it keeps a
        # port that was just closed from being taken again.
        if sys.platform == "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((address[0], candidate))
        except OSError as error:
            listener.close()
            if error.errno not in _TAKEN:
                reason = error.strerror or str(error)
                raise ServerError(f"nobody can listen at {host}: {reason}") from error
            continue
        return listener
    where = f"ports {PORTS[0]}-{PORTS[-1]} are" if port is None else f"port {port} is"
    raise ServerError(
        f"{where} not free at {host}", "choose another with --port, or stop the program that has it"
    )

"""One who connects: how many may, how long they may be silent, and what they hear when what they
say is no HTTP.

Conventions: aiohttp speaks the protocol; here is only what it does otherwise than this daemon
promises: text answers, and as many connections as come.
"""

import asyncio
import json
from typing import Any

from aiohttp import web

from mididrumigen.web.guard import ANSWER_HEADERS
from mididrumigen.web.problems import Problem, answer_to

MAX_CONNECTIONS = 256
KEEP_ALIVE_S = 30.0
"""A connection that sends no request for so long is closed: half a request is none."""
LINGER_S = 2.0
"""How long what is still coming in is read after an answer, so that the answer is heard."""

SETTINGS: dict[str, Any] = {
    "access_log": None,
    "keepalive_timeout": KEEP_ALIVE_S,
    "lingering_time": LINGER_S,
    "auto_decompress": False,  # a small body could become a large one
}


class Connections:
    """Makes what speaks with each one who connects."""

    def __init__(self, server: web.Server) -> None:
        self._server = server
        self.count = 0

    def __call__(self) -> asyncio.Protocol:
        """For the next one."""
        return _Full() if self.count >= MAX_CONNECTIONS else _Connection(self, self._server)


class _Connection(web.RequestHandler):
    """One connection."""

    def __init__(self, all_: Connections, server: web.Server) -> None:
        super().__init__(server, loop=asyncio.get_running_loop(), **SETTINGS)
        self._all = all_
        all_.count += 1  # here, not when it is made: many are accepted before the first is

    def connection_lost(self, exc: BaseException | None) -> None:
        self._all.count -= 1
        super().connection_lost(exc)

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """The answer to what is no HTTP. Not logged: the line that cannot be read may be the one
        with the token.
        """
        if status == 500 and isinstance(exc, Exception):
            answer = answer_to(exc)
        else:
            answer = answer_to(
                Problem(status, "bad_http", "the request is no HTTP as it should be")
            )
        answer.headers.update(ANSWER_HEADERS)
        answer.force_close()
        return answer


class _Full(asyncio.Protocol):
    """Tells one connection too many so, and hangs up."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        error = {
            "code": "busy",
            "message": f"{MAX_CONNECTIONS} connections are open already",
            "hint": "close some and try again",
        }
        body = json.dumps({"error": error})
        head = (
            "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nRetry-After: 5\r\nConnection: close\r\n\r\n"
        )
        assert isinstance(transport, asyncio.Transport)
        transport.write((head + body).encode())
        transport.close()

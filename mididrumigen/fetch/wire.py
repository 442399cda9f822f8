"""The wire: one question out, one answer in.

Conventions: a name is resolved, every address it has is judged, and the connection goes to an
address that was judged: between the two nobody can change his mind. That is why this stands on
httpcore, the lower half of httpx, which lets us connect ourselves; it also knows no cookies, no
proxy of the environment, no redirects and no log of whole addresses.
Every failure is a Trouble.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from socket import SOCK_STREAM, gaierror

import httpcore
import httpx

from mididrumigen.fetch.addresses import is_public
from mididrumigen.fetch.bodies import read_body, told_bytes
from mididrumigen.fetch.limits import Limits
from mididrumigen.fetch.trouble import Trouble

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""(name, port) -> addresses as numbers; raises OSError."""

_MOST_ADDRESSES = 4
"""Of one name that are tried."""
_CONNECTIONS, _IDLE_CONNECTIONS, _IDLE_S = 40, 8, 5.0
_SMALL_BYTES = 16_384
"""A body that nobody wants is read so far, for the connection's sake."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes
    """As unpacked; empty where the status was not wanted."""


async def system_names(name: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    found = await asyncio.get_running_loop().getaddrinfo(name, port, type=SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Wire:
    """Connections to all sites, kept a little while."""

    def __init__(
        self,
        limits: Limits,
        resolve: Resolve,
        configured: frozenset[tuple[str, int]],
        context: ssl.SSLContext,
    ) -> None:
        self._limits = limits
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_IDLE_CONNECTIONS,
            keepalive_expiry=_IDLE_S,
            network_backend=_JudgedAddresses(resolve, configured),
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

    async def ask(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        *,
        wanted: frozenset[int],
        max_bytes: int,
        on_sent: Callable[[], None],
    ) -> Answer:
        """The answer, with its body where the status is wanted; `on_sent` is called when the
        question leaves. Raises Trouble.
        """

        async def trace(event: str, _: object) -> None:
            if event == "http11.send_request_headers.started":
                on_sent()

        limits = self._limits
        times = {"connect": limits.connect_s, "read": limits.read_s, "write": limits.read_s}
        try:
            async with self._pool.stream(
                "GET",
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=[(name.encode(), value.encode()) for name, value in headers.items()],
                extensions={"timeout": times, "trace": trace},
            ) as response:
                told = _by_name(response.headers)
                stream = response.aiter_stream()
                if response.status in wanted:
                    return Answer(response.status, told, await read_body(stream, told, max_bytes))
                size = told_bytes(told)
                if size is not None and size <= _SMALL_BYTES:
                    async for _ in stream:
                        pass
                return Answer(response.status, told, b"")
        except httpcore.ConnectTimeout as error:
            text = f"could not be reached within {limits.connect_s:g} s"
            raise Trouble(text, is_passing=True) from error
        except (httpcore.ReadTimeout, httpcore.WriteTimeout) as error:
            # No other try: a site that is silent for so long has enough to do.
            raise Trouble(f"did not answer within {limits.read_s:g} s") from error
        except httpcore.ConnectError as error:
            if _is_of_certificates(error):
                raise Trouble("cannot prove that it is who it says it is") from error
            raise Trouble("cannot be reached", is_passing=True) from error
        except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
            raise Trouble("broke off in the middle of its answer", is_passing=True) from error
        except httpcore.LocalProtocolError as error:
            raise Trouble("cannot be asked in these words") from error


def _is_of_certificates(error: BaseException | None) -> bool:
    """Whether a site's certificate is behind an error, however deep."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__  # the pool cuts the cause off
    return error is not None


def _by_name(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-case name; those that come twice with a comma between."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


class _JudgedAddresses(httpcore.AnyIOBackend):
    """Connects to addresses of the public internet, and to what the user's configuration names."""

    def __init__(self, resolve: Resolve, configured: frozenset[tuple[str, int]]) -> None:
        self._resolve, self._configured = resolve, configured

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the name is httpcore's)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        loop = asyncio.get_running_loop()
        limit_s = 0.0 if timeout is None else timeout
        until = loop.time() + limit_s
        addresses = await self._addresses(host, port, limit_s)
        failed: Exception = httpcore.ConnectTimeout()
        for number, address in enumerate(addresses):
            # What one address leaves of the time is for the others: the first kind of address
            # may lead nowhere from here.
            share_s = (until - loop.time()) / (len(addresses) - number)
            if share_s <= 0:
                break
            try:
                return await super().connect_tcp(
                    address, port, share_s, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int, limit_s: float) -> list[str]:
        """The addresses of a name that may be asked."""
        try:
            async with asyncio.timeout(limit_s):
                found = await self._resolve(host, port)
        except TimeoutError as error:
            raise _unknown(host) from error
        except (gaierror, OSError, UnicodeError) as error:
            raise _unknown(host) from error
        if (host, port) not in self._configured:
            found = [address for address in found if is_public(address)]
            if not found:
                raise Trouble(f"leads to a private network ({host}), where nothing is asked")
        return list(dict.fromkeys(found))[:_MOST_ADDRESSES]


def _unknown(host: str) -> Trouble:
    return Trouble(f"cannot be found ({host})", "look whether this computer is on the network")


def usual_trust() -> ssl.SSLContext:
    """By whose word sites are who they say: the usual authorities."""
    return httpx.create_ssl_context()

"""Who may ask: programs and pages of this machine, nobody else's pages.

Conventions: a page of another origin reaches a loopback port with the user's browser, so what the
browser says is checked on every request, whatever its method. `Host` must name this machine (a name
that leads here by DNS is somebody else's), `Origin` must be ours to the letter, and
`Sec-Fetch-Site` must say that a page of ours or nobody's asks. Programs send none of these two. No
header ever allows another origin to read an answer. On an address that others reach, each request
needs the token, and that replaces the check of `Host`.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "::1")
ANSWER_HEADERS = {
    "Server": "MidiDrumiGen",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is refused."""

    status: int
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of one daemon."""

    port: int
    token: str = ""
    """Not empty where others than this machine can reach it."""

    def refusal(self, headers: Mapping[str, str]) -> Refusal | None:
        """Why a request with these headers is refused; None if it is not."""
        host = headers.get("Host", "")
        if self.token:
            given = headers.get("Authorization", "").removeprefix("Bearer ")
            # As bytes: what is not ASCII cannot be compared as text.
            if not hmac.compare_digest(_bytes(given), _bytes(self.token)):
                return Refusal(
                    401,
                    "token_needed",
                    "this daemon is open to the network and needs its token",
                    "send it as Authorization: Bearer TOKEN",
                )
        elif host and not self._is_here(host):
            return Refusal(
                403,
                "foreign_host",
                "this daemon answers to this machine's own address alone",
                f"use http://127.0.0.1:{self.port}",
            )
        origin = headers.get("Origin")
        if origin is not None and origin != f"http://{host}":
            return Refusal(403, "foreign_origin", "pages of other sites may not ask this daemon")
        if headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
            return Refusal(403, "foreign_origin", "pages of other sites may not ask this daemon")
        return None

    def _is_here(self, host: str) -> bool:
        names = {f"[{name}]" if ":" in name else name for name in LOOPBACK}
        return host.lower() in names | {f"{name}:{self.port}" for name in names}


def _bytes(text: str) -> bytes:
    """As it came: a header may hold bytes that are no text."""
    return text.encode(errors="surrogateescape")

"""No test leaves this machine: whoever connects elsewhere, or asks what address a name has, fails.

Conventions: Python loads a module of this name in every process whose PYTHONPATH leads here;
`tests/conftest.py` sees to that for all processes that tests start, and loads it into its own. The
hook is one of the interpreter's, so that no library gets past it that goes out through `socket`.
What was tried is refused, and noted in the file that `MIDIDRUMIGEN_TEST_LEAKS` names, since a
program may swallow the refusal. Names under `.invalid` (RFC 6761) are nobody's, and are unknown
here without anybody being asked. Browsers and node are no Python: the pages they open are held by
the tests' own checks of what a page asks for.
"""

import ipaddress
import os
import socket
import sys

LEAKS = "MIDIDRUMIGEN_TEST_LEAKS"
_INSTALLED = "_mididrumigen_stays_on_loopback"
_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_SENDS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


class LeavesLoopback(PermissionError):
    """Something would have gone out."""


def is_here(host: object) -> bool:
    """Whether an address or a name is of this machine; the name that stands for "any" too."""
    if isinstance(host, bytes | bytearray):
        host = bytes(host).decode("utf-8", "replace")
    if host is None or host in ("", "localhost", "<broadcast>"):
        return host != "<broadcast>"
    try:
        address = ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _is_number(host: object) -> bool:
    """Whether nobody needs to be asked for an address, as for "127.1" and "0x7f000001"."""
    try:
        ipaddress.ip_address(str(host).partition("%")[0])
    except ValueError:
        try:
            socket.inet_aton(str(host))
        except OSError:
            return False
    return True


def _hook(event: str, args: tuple[object, ...]) -> None:
    if event in _SENDS:
        address = args[1]
        if isinstance(address, tuple) and not is_here(address[0]):  # of a Unix socket it is a path
            _refuse(event, address[0])
    elif event in _LOOKUPS:
        name = args[0]
        if is_here(name) or _is_number(name):
            return
        if str(name).rstrip(".").endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if event == "socket.gethostbyaddr" and name == socket.gethostname():
            return  # its own name
        _refuse(event, name)


def _refuse(event: str, host: object) -> None:
    told = f"{event} {host!r} in {' '.join(sys.argv)}"
    if path := os.environ.get(LEAKS):
        with open(path, "a", encoding="utf-8") as file:
            file.write(told + "\n")
    raise LeavesLoopback(f"a test would leave this machine: {told}")


if not getattr(sys, _INSTALLED, False):
    setattr(sys, _INSTALLED, True)
    sys.addaudithook(_hook)

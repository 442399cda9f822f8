"""Which addresses are of the public internet: all others belong to somebody's own network, where a
page that a stranger linked to has nothing to ask for.

Conventions: addresses are numbers (IPv4 or IPv6) as a name was resolved to; names are never judged
by their spelling. An IPv6 address that stands for one of IPv4 is judged as that.
Ranges: the IANA registries of special-purpose addresses, for IPv4 and IPv6.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

_CLOSED_4 = tuple(
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # what machines at one cloud ask about themselves
    )
)
_OPEN_6 = ip_network("2000::/3")
_CLOSED_6 = tuple(
    ip_network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
)
_STAND_FOR_4 = (ip_network("::ffff:0:0/96"), ip_network("64:ff9b::/96"))
"""Written as IPv6, and as networks without IPv4 reach those who have nothing else."""


def is_public(address: str) -> bool:
    """Whether an address, as a number, is of the public internet; False for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and any(found in network for network in _STAND_FOR_4):
        found = IPv4Address(int(found) & 0xFFFF_FFFF)
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _CLOSED_4)
    # With a zone ("%eth0") it is one of this very link.
    closed = found.scope_id is not None or any(found in network for network in _CLOSED_6)
    return found in _OPEN_6 and not closed


def places_of(urls: Iterable[str]) -> frozenset[tuple[str, int]]:
    """(host, port) of addresses that the user's configuration names; what is no address is left
    out.
    """
    found = set()
    for url in urls:
        try:
            parts = urlsplit(url)
            port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
            host = (parts.hostname or "").encode("idna").decode()
        except (ValueError, UnicodeError):
            continue
        if host and port:
            found.add((host, port))
    return frozenset(found)

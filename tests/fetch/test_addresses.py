"""Nothing that a stranger links to is asked for in the user's own network."""

import asyncio
import ipaddress
from ipaddress import IPv4Address, IPv6Address

import pytest
from httpx import URL
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.fetch import Limits, places_of
from mididrumigen.fetch.addresses import is_public
from mididrumigen.fetch.call import Call
from mididrumigen.fetch.trouble import Trouble
from tests.fetch.site import FetchOf, Site, card, refusal

PRIVATE = "leads to a private network"


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.9.9.9"),
        *("169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "198.18.0.1"),
        *("192.0.0.192", "168.63.129.16", "224.0.0.251", "239.255.255.250", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:a00:1", "::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::"),
        *("64:ff9b:1::1", "2001:0:7f00:1::", "2001:db8::1", "fec0::1", "2606:4700::1%eth0"),
        *("", "localhost", "127.1", "2130706433", "0x7f.0.0.1", "1.1.1.1:80", "[::1]"),
    ],
)
def test_private_addresses_and_what_is_none_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "100.63.255.255", "172.32.0.1", "192.169.0.1", "223.255.255.254"),
        *("2606:4700:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"),
    ],
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


def is_plainly_public(address: IPv4Address | IPv6Address) -> bool:
    """What Python's own registry says, without exceptions."""
    return address.is_global and not address.is_multicast and not address.is_reserved


@given(st.ip_addresses(v=4))
def test_what_is_public_here_is_public_by_the_registry_in_every_spelling(
    address: IPv4Address,
) -> None:
    assert not is_public(str(address)) or is_plainly_public(address)
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(f"{prefix}{address}") == is_public(str(address))
    assert not is_public(f"2002:{int(address) >> 16:x}:{int(address) & 0xFFFF:x}::")


@given(st.ip_addresses(v=6) | st.integers(0, 2**125 - 1).map(lambda n: IPv6Address(n + 2**125)))
def test_the_same_for_the_long_ones(address: IPv6Address) -> None:
    stands_for_4 = address.ipv4_mapped or address in ipaddress.ip_network("64:ff9b::/96")
    assert not is_public(str(address)) or stands_for_4 or is_plainly_public(address)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"),
        *("[::1]", "[::ffff:127.0.0.1]", "\uff11\uff12\uff17.0.0.1", "[::ffff:7f00:1]"),
    ],
)
async def test_a_private_address_is_not_asked_however_it_is_spelt(
    fetch_of: FetchOf, site: Site, host: str
) -> None:
    fetch = fetch_of(configured=frozenset())
    error = await refusal(fetch.get(card(), f"http://{host}:{site.port}/secrets"))
    # Some spellings are no address on some systems.
    assert any(words in str(error) for words in (PRIVATE, "cannot be found", "no address"))
    assert site.asked == []


async def test_what_the_configuration_names_is_asked_at_its_port_and_no_other(
    fetch_of: FetchOf, site: Site
) -> None:
    fetch = fetch_of(configured=places_of([f"http://LOCALHOST:{site.port}/searx"]))
    assert (await fetch.get(card(), f"http://localhost:{site.port}/x")).text == "yes"
    for other in (f"http://localhost:{site.port + 1}", site.url):
        assert PRIVATE in str(await refusal(fetch.get(card(), other)))


async def test_a_redirect_leads_to_no_private_address(fetch_of: FetchOf, site: Site) -> None:
    async def resolve(name: str, port: int) -> list[str]:
        return ["169.254.169.254"] if name == "metadata.example" else ["127.0.0.1"]

    for target in ("http://metadata.example/latest", "http://10.0.0.1/", "http://localhost:1/"):
        site.answers = [{"status": 302, "headers": {"location": target}}]
        fetch = fetch_of(resolve=resolve)
        assert PRIVATE in str(await refusal(fetch.get(card(), site.url)))


async def test_the_address_that_is_asked_is_the_one_that_was_judged(
    fetch_of: FetchOf, site: Site
) -> None:
    looked_up = []

    async def resolve(name: str, port: int) -> list[str]:
        looked_up.append(name)
        # A name whose owner changes his mind between two looks.
        return ["127.0.0.1"] if len(looked_up) > 1 else ["192.0.2.1", "10.0.0.1", "127.0.0.1"]

    fetch = fetch_of(resolve=resolve, configured=frozenset())
    for _ in range(2):
        error = await refusal(fetch.get(card(), f"http://rebind.example:{site.port}/"))
        assert PRIVATE in str(error)
    assert looked_up == ["rebind.example"] * 2
    assert site.asked == []


async def test_of_several_addresses_the_next_is_tried(fetch_of: FetchOf, site: Site) -> None:
    async def resolve(name: str, port: int) -> list[str]:
        return ["::1", "127.0.0.2", "127.0.0.1"]  # nobody listens at the first two

    fetch = fetch_of(resolve=resolve, configured=frozenset({("site.example", site.port)}))
    assert (await fetch.get(card(), f"http://site.example:{site.port}/")).text == "yes"
    assert site.asked[0].headers["host"] == f"site.example:{site.port}"


@pytest.mark.parametrize("error", [OSError(-2, "Name or service not known"), UnicodeError("label")])
async def test_a_name_that_is_not_found_is_said_once_and_at_once(
    fetch_of: FetchOf, error: Exception
) -> None:
    looked_up = []

    async def resolve(name: str, port: int) -> list[str]:
        looked_up.append(name)
        raise error

    said = await refusal(fetch_of(resolve=resolve).get(card(), "https://nowhere.example/"))
    assert said.message == "The Archive cannot be found (nowhere.example)"
    assert said.hint == "look whether this computer is on the network"
    assert looked_up == ["nowhere.example"]


async def test_a_name_server_that_never_answers_is_not_waited_for(fetch_of: FetchOf) -> None:
    async def resolve(name: str, port: int) -> list[str]:
        await asyncio.Event().wait()
        return []

    fetch = fetch_of(resolve=resolve, limits=Limits(connect_s=0.05))
    assert "cannot be found" in str(await refusal(fetch.get(card(), "https://nowhere.example/")))


def test_encryption_is_not_given_up_on_the_way() -> None:
    call = Call(card(), URL("https://a.example/x"), frozenset({200}))
    with pytest.raises(Trouble, match="without encryption"):
        call.turn("http://a.example/y")
    call = Call(card(), URL("http://a.example/x"), frozenset({200}), {"cookie": "c"})
    call.turn("https://a.example/x")
    assert (str(call.url), call.headers) == ("https://a.example/x", {"cookie": "c"})
    call.turn("https://a.example:444/x")
    assert call.headers == {}

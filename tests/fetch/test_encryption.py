"""Sites prove who they are by name, though they are asked by the address that was judged."""

import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fetch.site import Clock, FetchOf, Site, card, refusal

PEM = str(Path(__file__).with_name("site.pem"))


@pytest.fixture
async def encrypted(clock: Clock) -> AsyncIterator[Site]:
    """A site that can prove that it is site.example."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    opened = Site(clock)
    await opened.open(context)
    yield opened
    await opened.close()


async def loopback(name: str, port: int) -> list[str]:
    """Every name leads to this computer."""
    return ["127.0.0.1"]


async def test_a_site_is_believed_by_its_name_alone(fetch_of: FetchOf, encrypted: Site) -> None:
    names = ("site.example", "other.example")
    fetch = fetch_of(
        resolve=loopback,
        configured=frozenset((name, encrypted.port) for name in names),
        trusted=lambda: ssl.create_default_context(cafile=PEM),
    )
    found = await fetch.get(card(), f"https://site.example:{encrypted.port}/x")
    assert (found.text, encrypted.paths) == ("yes", ["/x"])
    error = await refusal(fetch.get(card(), f"https://other.example:{encrypted.port}/x"))
    assert str(error) == "The Archive cannot prove that it is who it says it is"
    assert encrypted.paths == ["/x"]


async def test_a_site_that_nobody_vouches_for_is_not_believed(
    fetch_of: FetchOf, encrypted: Site, clock: Clock
) -> None:
    place = ("site.example", encrypted.port)
    fetch = fetch_of(resolve=loopback, configured=frozenset({place}))
    error = await refusal(fetch.get(card(), f"https://{place[0]}:{place[1]}/"))
    assert str(error) == "The Archive cannot prove that it is who it says it is"
    assert clock.slept == []  # no other try changes that


async def test_a_redirect_out_of_encryption_is_not_followed(
    fetch_of: FetchOf, encrypted: Site, site: Site
) -> None:
    encrypted.answers = [{"status": 302, "headers": {"location": f"{site.url}/x"}}]
    fetch = fetch_of(
        resolve=loopback,
        configured=frozenset({("site.example", encrypted.port), ("127.0.0.1", site.port)}),
        trusted=lambda: ssl.create_default_context(cafile=PEM),
    )
    error = await refusal(fetch.get(card(), f"https://site.example:{encrypted.port}/"))
    assert str(error) == "The Archive sends us on without encryption"
    assert site.asked == []

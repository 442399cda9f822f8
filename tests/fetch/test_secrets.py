"""Keys reach the site they are for, and nothing and nobody else."""

import logging
import re
from pathlib import Path
from urllib.parse import quote, quote_plus

import httpx
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from mididrumigen.app.log import log_to
from mididrumigen.fetch import Cache, places_of
from mididrumigen.fetch.secret import Secrets
from tests.fetch.site import Clock, FetchOf, Site, card, refusal

PARAM, TOKEN, PASSWORD = "k3y-in-the-address", "t0ken/in+aheader", "pa55word of mine"
SECRETS = {
    "secret_params": {"api_key": PARAM},
    "secret_headers": {"Authorization": f"Bearer {TOKEN}"},
}


def with_password(url: str) -> str:
    """An address with a name and a password in it."""
    return url.replace("://", f"://me:{quote(PASSWORD)}@")


def assert_untold(text: str) -> None:
    """None of the secrets is in a text, in whatever spelling."""
    for secret in (PARAM, TOKEN, PASSWORD):
        for spelt in (secret, quote(secret, safe=""), quote_plus(secret)):
            assert spelt not in text


def files(folder: Path) -> list[str]:
    """All that stands in the files below a folder."""
    return [path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file()]


async def test_keys_go_out_and_are_in_no_log_no_error_no_address_and_no_file(
    fetch_of: FetchOf, site: Site, clock: Clock, tmp_path: Path
) -> None:
    told, log = "", tmp_path / "log"
    fetch = fetch_of(cache=Cache(tmp_path / "cache", 30, clock))

    async def script(request: web.Request) -> web.Response:
        if request.path == "/away":  # its key comes back in the address
            location = f"/found?back={quote(request.raw_path)}"
            return web.Response(status=302, headers={"location": location})
        if request.path == "/echo":
            return web.Response(text=f"you said {request.query['api_key']}")
        return web.Response(status=200 if request.path in ("/found", "/") else 503)

    site.script = script
    with log_to(log, logging.DEBUG):
        for path in ("", "/away", "/echo", "/broken", "/broken"):
            try:
                found = await fetch.get(card(), site.url + path, params={"q": "Can"}, **SECRETS)
                told += found.url
                assert found.url.startswith(site.url)
            except Exception as error:
                told += f"{error!r} {error.__cause__!r} {error.__context__!r}"
        found = await fetch.get(card(name="other"), with_password(site.url), keep="never")
        told += found.url
        logging.getLogger("test").debug("the log is on")
    assert PARAM in site.paths[0]
    assert site.asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert site.asked[-1].headers["authorization"].startswith("Basic bWU6")
    lines = log.read_text(encoding="utf-8")
    assert "the log is on" in lines
    assert "503" in lines
    assert_untold(told + lines)
    assert len(files(tmp_path / "cache")) == 2  # what was found; not what says the key
    assert_untold("".join(files(tmp_path)))


async def test_the_same_question_with_another_key_is_the_same_question(
    fetch_of: FetchOf, site: Site, clock: Clock, tmp_path: Path
) -> None:
    fetch = fetch_of(cache=Cache(tmp_path, 30, clock))
    for key in ("0123456789", "9876543210"):
        found = await fetch.get(card(), site.url, secret_params={"k": key})
    assert found.is_cached
    assert len(site.asked) == 1


async def test_a_redirect_to_another_site_takes_no_secret_with_it(
    fetch_of: FetchOf, site: Site, clock: Clock
) -> None:
    other = Site(clock)
    await other.open()
    try:
        fetch = fetch_of(configured=places_of([site.url, other.url]))
        site.answers = [{"status": 302, "headers": {"location": f"{other.url}/x"}}]
        headers = {"cookie": "session=1", "x-plain": "yes"}
        secrets = {"secret_headers": {"x-api-key": TOKEN}, "secret_params": {"api_key": PARAM}}
        found = await fetch.get(card(), with_password(site.url), headers=headers, **secrets)
        assert found.url == f"{other.url}/x"
        [arrived] = other.asked
        assert arrived.headers["x-plain"] == "yes"
        assert {"authorization", "cookie", "x-api-key"} & set(arrived.headers) == set()
        assert site.asked[0].headers["x-api-key"] == TOKEN
        assert_untold(f"{arrived}")

        site.answers = [{"status": 302, "headers": {"location": f"{other.url}/?k={PARAM}"}}]
        error = await refusal(fetch.get(card(), site.url, **SECRETS))
        assert str(error) == "The Archive would hand on a key to another site"
        assert len(other.asked) == 1
    finally:
        await other.close()


async def test_a_redirect_within_a_site_keeps_the_secret_headers(
    fetch_of: FetchOf, site: Site
) -> None:
    site.answers = [{"status": 302, "headers": {"location": "/x"}}, {"text": "yes"}]
    await fetch_of().get(card(), site.url, **SECRETS)
    assert site.asked[1].headers["authorization"] == f"Bearer {TOKEN}"


secrets = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=4, max_size=20)
words = st.text("abcdefghij", min_size=1, max_size=3)


@given(secrets, words, words, st.integers(0, 2))
def test_no_address_is_told_with_a_secret_however_it_is_quoted(
    secret: str, host: str, name: str, times: int
) -> None:
    quoted = secret
    for _ in range(times):
        quoted = quote(quoted, safe="")
    hidden = Secrets({"key": secret})
    for url in (
        httpx.URL(f"https://{host}.example/{name}", params={"key": secret, name: "1"}),
        httpx.URL(f"https://{host}.example/{name}", params={"other": quoted, name: "1"}),
        httpx.URL(f"https://{host}.example/{quote(quoted, safe='')}/x"),
        httpx.URL(f"https://u:{quote(quoted, safe='')}@{host}.example/{name}?{name}=1#{name}"),
    ):
        told = hidden.hide(url)
        parts = re.split("[/?&=]", told)
        for undo in (str, httpx.URL(told).params.get, lambda part: httpx.URL(part).path):
            assert all(secret not in (undo(part) or "") for part in parts)
        assert told.startswith(f"https://{host}.example/")
        if url.path == f"/{name}":
            assert told.endswith(f"/{name}?{name}=1")


@given(words, words)
def test_an_address_without_secrets_stays_as_it_is(host: str, name: str) -> None:
    url = f"https://{host}.example/{name}%20x?{name}=a+b&c="
    assert Secrets({"key": "not in there"}).hide(httpx.URL(url)) == url
    assert Secrets().hide(httpx.URL(url)) == url


@pytest.mark.parametrize("secret", ["a", "example", "https"])
def test_a_secret_that_is_everywhere_leaves_nothing_to_tell(secret: str) -> None:
    assert secret not in Secrets({"k": secret}).hide(httpx.URL("https://www.example.com/a"))


def test_places_are_hosts_with_their_ports() -> None:
    urls = ["http://localhost:8080/x", "https://A.example", "http://[::1]/", "", "no", "http://x:y"]
    assert places_of(urls) == {("localhost", 8080), ("a.example", 443), ("::1", 80)}

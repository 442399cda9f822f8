"""Who may ask the daemon: the rules on their own, header by header."""

import pytest

from mididrumigen.web.guard import Guard

PORT = 8000
HERE = "127.0.0.1:8000"
TOKEN = "correct horse battery"

OURS = [
    *("127.0.0.1", "127.0.0.1:8000"),
    *("localhost", "localhost:8000", "LOCALHOST", "LocalHost:8000"),
    *("[::1]", "[::1]:8000"),
]

FOREIGN = [
    *("evil.com", "evil.com:8000", "EVIL.com"),
    *("127.0.0.1.evil.com", "127.0.0.1.evil.com:8000", "localhost.evil.com:8000"),
    *("evil.com.localhost:8000", "notlocalhost:8000", "localhost-evil.com"),
    *("127.0.0.1:9999", "localhost:80", "[::1]:8001", "127.0.0.1:80000", "127.0.0.1:800"),
    *("127.0.0.1:", "localhost:", "[::1]:", ":8000", ":"),
    *("127.0.0.1.", "127.0.0.1.:8000", "localhost.", "localhost.:8000"),
    *("127.0.0.1:8000:8000", "127.0.0.1:08000", "127.0.0.1:+8000", "127.0.0.1:8000 "),
    *("::1", "::1:8000", "[::1", "[::1]8000", "[::]:8000", "[::ffff:127.0.0.1]:8000"),
    *("[0:0:0:0:0:0:0:1]:8000", "[::1%25lo]:8000", "[127.0.0.1]:8000", "[localhost]:8000"),
    *("0.0.0.0:8000", "127.0.0.2:8000", "127.1:8000", "0x7f.1:8000", "2130706433:8000"),
    *("user@127.0.0.1:8000", "127.0.0.1:8000@evil.com", "127.0.0.1:8000/", "127.0.0.1\t"),
    *("127.0.0.1:8000, evil.com", "evil.com, 127.0.0.1:8000", " 127.0.0.1:8000", " "),
    *("localho\u017ft:8000", "\u217cocalhost", "127\u30020\u30020\u30021", "127.0.0.1:\u0668000"),
    "\udcff",
]


@pytest.mark.parametrize("host", OURS)
def test_every_spelling_of_this_machine_with_and_without_the_port_is_let_in(host: str) -> None:
    assert Guard(PORT).refusal({"Host": host}) is None


def test_a_program_that_sends_no_host_at_all_is_let_in() -> None:
    assert Guard(PORT).refusal({}) is None
    assert Guard(PORT).refusal({"User-Agent": "curl/8", "Accept": "*/*"}) is None


@pytest.mark.parametrize("host", FOREIGN)
def test_a_host_that_is_not_this_machine_to_the_letter_is_refused(host: str) -> None:
    refusal = Guard(PORT).refusal({"Host": host})
    assert refusal is not None
    assert (refusal.status, refusal.code) == (403, "foreign_host")
    assert "8000" in refusal.hint


def test_the_port_that_counts_is_the_daemons_own() -> None:
    assert Guard(8003).refusal({"Host": "localhost:8003"}) is None
    assert Guard(8003).refusal({"Host": "localhost:8000"}) is not None


@pytest.mark.parametrize("host", OURS)
def test_a_page_of_our_own_is_let_in(host: str) -> None:
    headers = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert Guard(PORT).refusal(headers) is None


@pytest.mark.parametrize(
    "origin",
    [
        *("null", "", "*", "http://", "127.0.0.1:8000", "//127.0.0.1:8000", "file://"),
        *("http://evil.com", "https://evil.com", "http://127.0.0.1.evil.com:8000"),
        *("http://127.0.0.1", "http://127.0.0.1:80", "http://127.0.0.1:9999"),
        *("https://127.0.0.1:8000", "HTTP://127.0.0.1:8000", "ws://127.0.0.1:8000"),
        *("http://127.0.0.1:8000/", "http://127.0.0.1:8000/x", "http://127.0.0.1:8000 "),
        *("http://127.0.0.1:8000.evil.com", "http://127.0.0.1:8000@evil.com"),
        *("http://localhost:8000", "http://[::1]:8000"),
        *("http://127.0.0.1:8000, http://evil.com", "http://127.0.0.1:8000 http://evil.com"),
        *("chrome-extension://abcdef", "moz-extension://abcdef", "\udcff"),
    ],
)
def test_an_origin_that_is_not_ours_to_the_letter_is_refused(origin: str) -> None:
    refusal = Guard(PORT).refusal({"Host": HERE, "Origin": origin})
    assert refusal is not None
    assert (refusal.status, refusal.code) == (403, "foreign_origin")


def test_an_origin_without_a_host_to_hold_it_to_is_refused() -> None:
    assert Guard(PORT).refusal({"Origin": "http://127.0.0.1:8000"}) is not None


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_what_the_browser_says_of_our_own_pages_and_of_the_user_is_let_in(site: str) -> None:
    assert Guard(PORT).refusal({"Host": HERE, "Sec-Fetch-Site": site}) is None


@pytest.mark.parametrize(
    "site",
    ["cross-site", "same-site", "", "SAME-ORIGIN", "same-origin, cross-site", "null", "\udcff"],
)
@pytest.mark.parametrize("origin", [{}, {"Origin": f"http://{HERE}"}])
def test_what_the_browser_says_of_any_other_page_is_refused_whatever_its_origin(
    site: str, origin: dict[str, str]
) -> None:
    refusal = Guard(PORT).refusal({"Host": HERE, "Sec-Fetch-Site": site, **origin})
    assert refusal is not None
    assert (refusal.status, refusal.code) == (403, "foreign_origin")


@pytest.mark.parametrize("host", ["192.168.1.7:8000", "studio.local:8000", "127.0.0.1:8000", ""])
def test_the_right_token_is_let_in_at_any_host(host: str) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {TOKEN}"}
    assert Guard(PORT, TOKEN).refusal(headers) is None


@pytest.mark.parametrize(
    "given",
    [
        *("", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz"),
        *(f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN.upper()}"),
        *(f"Bearer  {TOKEN}", f"Bearer {TOKEN} ", f"Basic {TOKEN}", f"Bearer Bearer {TOKEN}"),
        *("Bearer schl\u00fcssel", "Bearer \U0001f941", "Bearer \udce9\udcff", "Bearer \x00"),
        "Bearer " + "x" * 100_000,
    ],
)
def test_a_wrong_token_is_refused_whatever_it_is_made_of(given: str) -> None:
    refusal = Guard(PORT, TOKEN).refusal({"Host": HERE, "Authorization": given})
    assert refusal is not None
    assert (refusal.status, refusal.code) == (401, "token_needed")
    assert "Bearer" in refusal.hint


def test_without_the_token_this_very_machine_is_refused_where_one_is_needed() -> None:
    refusal = Guard(PORT, TOKEN).refusal({"Host": HERE})
    assert refusal is not None
    assert refusal.status == 401


def test_a_token_that_is_not_ascii_works_as_bytes_from_the_wire_or_as_text() -> None:
    guard = Guard(PORT, "schl\u00fcssel mit bart")
    as_read = "schl\u00fcssel mit bart".encode().decode("ascii", "surrogateescape")
    assert guard.refusal({"Authorization": "Bearer schl\u00fcssel mit bart"}) is None
    assert guard.refusal({"Authorization": f"Bearer {as_read}"}) is None
    assert guard.refusal({"Authorization": "Bearer schlussel mit bart"}) is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.com"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_the_right_token_does_not_make_another_page_ours(headers: dict[str, str]) -> None:
    known = {"Host": "studio.local:8000", "Authorization": f"Bearer {TOKEN}"}
    refusal = Guard(PORT, TOKEN).refusal({**known, **headers})
    assert refusal is not None
    assert (refusal.status, refusal.code) == (403, "foreign_origin")


def test_where_no_token_is_needed_one_that_is_sent_opens_nothing() -> None:
    headers = {"Host": "evil.com", "Authorization": f"Bearer {TOKEN}"}
    assert Guard(PORT).refusal(headers) is not None
    assert Guard(PORT).refusal({"Host": "evil.com", "Authorization": "Bearer "}) is not None

"""What nobody should send, to one daemon that has to live through all of it: the right status, an
error that says what to do, and no harm done.
"""

import gzip
import json
import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from mididrumigen.app.uploads import MAX_UPLOAD_BYTES
from mididrumigen.web.connections import MAX_CONNECTIONS
from mididrumigen.web.handlers import MAX_STREAMS
from tests.daemon import Daemon
from tests.takes import ROCK, midi_file_of, take_of

ROOT = "/api/v1"
GIGABYTE = 10**9
PIECE = b" " * 65_536
FORM = "multipart/form-data; boundary=EDGE"
SONG = midi_file_of(take_of(ROCK), 8)


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """The one daemon of this file."""
    with Daemon(tmp_path_factory.mktemp("daemon") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def http(daemon: Daemon) -> Iterator[httpx.Client]:
    """A client of the daemon."""
    with daemon.client() as client:
        yield client


@pytest.fixture
def long_task(daemon: Daemon, tmp_path: Path) -> Iterator[str]:
    """The id of a task that runs for many seconds: a research in a folder of long takes."""
    take = midi_file_of(
        take_of(ROCK, bars=400, late_ms=lambda step, voice, rng: rng.gauss(0, 8)), 400
    )
    for number in range(150):
        (tmp_path / f"{number:03}.mid").write_bytes(take)
    asked = {"artist": "Long Task", "midi_paths": [str(tmp_path)]}
    task_id = daemon.call("POST", "/research", asked, 202)["task_id"]
    yield task_id
    daemon.call("DELETE", f"/task/{task_id}")


class Line:
    """A connection that says byte by byte what it is told to; `with Line(daemon) as line`."""

    def __init__(self, daemon: Daemon, limit_s: float = 10) -> None:
        self._daemon = daemon
        self.socket = socket.create_connection(("127.0.0.1", daemon.port), timeout=limit_s)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def head(self, method: str, path: str, **headers: str) -> None:
        """Send a request up to its body."""
        lines = {"Host": f"127.0.0.1:{self._daemon.port}", **headers}
        fields = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in lines.items())
        self.send(f"{method} {ROOT}{path} HTTP/1.1\r\n{fields}\r\n".encode())

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.socket.sendall(data)

    def pour(self, most: int, chunked: bool = False) -> int:
        """Send spaces until there is an answer or enough was sent; bytes sent."""
        sent = 0
        piece = b"%x\r\n%s\r\n" % (len(PIECE), PIECE) if chunked else PIECE
        while sent < most and not select.select([self.socket], [], [], 0)[0]:
            try:
                self.send(piece)
            except ConnectionError:
                break
            sent += len(PIECE)
        return sent

    def answer(self) -> httpx.Response:
        """What comes back."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        headers = [tuple(field.split(": ", 1)) for field in fields]
        while len(body) < int(dict(headers)["Content-Length"]):
            body += self._more()
        return httpx.Response(int(status.split()[1]), headers=headers, content=body)

    def is_closed(self) -> bool:
        """Whether the daemon hangs up, within the limit."""
        try:
            while self.socket.recv(65_536):
                pass
        except TimeoutError:
            return False
        except ConnectionError:
            pass
        return True

    def _more(self) -> bytes:
        piece = self.socket.recv(65_536)
        assert piece, "the daemon hung up without an answer"
        return piece


def refused(answer: httpx.Response, status: int, code: str | None = None) -> dict[str, str]:
    """The error of an answer that must have a status: three strings, and nothing for pages of
    other origins to read.
    """
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/json"), answer.text
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert answer.content.isascii()
    document = answer.json()
    assert set(document) == {"error"}
    error: dict[str, str] = document["error"]
    assert set(error) == {"code", "message", "hint"}
    assert all(isinstance(text, str) for text in error.values())
    assert error["message"]
    assert error["code"] == code or (code is None and error["code"])
    return error


def form(file_name: bytes | str, data: bytes = SONG, more: bytes = b"") -> bytes:
    """The bytes of a form with one file, just as they are given here."""
    name = file_name.encode() if isinstance(file_name, str) else file_name
    return (
        b'--EDGE\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n%b\r\n%b\r\n'
        b"--EDGE--\r\n"
    ) % (name, more, data)


def upload(http: httpx.Client, body: Any, kind: str = FORM) -> httpx.Response:
    """The answer to a body that is sent to the uploads."""
    return http.post("/uploads", content=body, headers={"Content-Type": kind})


def kept(daemon: Daemon) -> list[Path]:
    """The files in the folder of the uploads."""
    return sorted(path for path in (daemon.home / "uploads").rglob("*") if path.is_file())


# who asks


@pytest.mark.parametrize("path", ["/health", "/artists", "/nothing"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_a_foreign_host_gets_nothing_whatever_it_asks(
    method: str, path: str, http: httpx.Client
) -> None:
    for host in ("evil.com", f"127.0.0.1.evil.com:{http.base_url.port}", "127.0.0.1:1"):
        refused(http.request(method, path, headers={"Host": host}), 403, "foreign_host")


@pytest.mark.parametrize("path", ["/research", "/generate", "/uploads"])
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/plain", FORM, "application/json"]
)
def test_a_page_of_another_site_posts_nothing(kind: str, path: str, http: httpx.Client) -> None:
    before = http.get("/generations").json()
    for by in (
        {"Origin": "https://evil.com", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = http.post(
            path, content=b'{"artist": "Evil"}', headers={"Content-Type": kind, **by}
        )
        refused(answer, 403, "foreign_origin")
    assert http.get("/generations").json() == before
    assert http.get("/research/Evil").json()["status"] == "pending"


@pytest.mark.parametrize("path", ["/research", "/generate", "/settings", "/health"])
def test_a_preflight_is_refused_and_allows_nothing(path: str, http: httpx.Client) -> None:
    asks = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    foreign = {"Origin": "https://evil.com", "Sec-Fetch-Site": "cross-site", **asks}
    refused(http.request("OPTIONS", path, headers=foreign), 403, "foreign_origin")
    refused(http.request("OPTIONS", path, headers=asks), 405, "method_not_allowed")


def test_no_answer_lets_another_origin_read_it(http: httpx.Client) -> None:
    ours = {"Origin": f"http://127.0.0.1:{http.base_url.port}", "Sec-Fetch-Site": "same-origin"}
    for answer in (
        http.get("/health"),
        http.get("/health", headers=ours),
        http.get("/health", headers={"Origin": "https://evil.com"}),
        http.get("/artists"),
        http.get("/nothing"),
        http.get("/openapi.json"),
    ):
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "aiohttp" not in answer.headers["Server"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", FORM, "application/jsonx", None]
)
def test_a_body_that_does_not_call_itself_json_is_refused(
    kind: str | None, http: httpx.Client
) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    for path in ("/research", "/generate"):
        answer = http.post(path, content=b'{"artist": "John Bonham"}', headers=headers)
        refused(answer, 415, "not_json")


# too much


@pytest.mark.parametrize(("path", "kind"), [("/generate", "application/json"), ("/uploads", FORM)])
def test_a_body_of_a_gigabyte_is_refused_before_it_is_read(
    path: str, kind: str, daemon: Daemon
) -> None:
    began = time.monotonic()
    with Line(daemon) as line:
        line.head("POST", path, Content_Type=kind, Content_Length=str(GIGABYTE))
        sent = line.pour(GIGABYTE)
        refused(line.answer(), 413, "too_large")
    assert sent < GIGABYTE / 20
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    ("path", "kind", "start", "most"),
    [
        ("/generate", "application/json", b"", 1_000_000),
        ("/uploads", FORM, form("endless.mid")[: -len(b"\r\n--EDGE--\r\n")], MAX_UPLOAD_BYTES),
    ],
)
def test_a_body_that_does_not_say_how_long_it_is_is_read_up_to_the_limit(
    path: str, kind: str, start: bytes, most: int, daemon: Daemon
) -> None:
    with Line(daemon) as line:
        line.head("POST", path, Content_Type=kind, Transfer_Encoding="chunked")
        if start:
            line.send(b"%x\r\n%s\r\n" % (len(start), start))
        sent = line.pour(GIGABYTE, chunked=True)
        refused(line.answer(), 413, "too_large")
    assert most - len(PIECE) < sent < most + 40_000_000
    assert not [path for path in kept(daemon) if "endless" in path.name]


def test_an_upload_of_a_byte_too_many_is_refused_and_leaves_nothing(daemon: Daemon) -> None:
    before = kept(daemon)
    head, tail = form("big.mid", b"|").split(b"|")

    def pieces() -> Iterator[bytes]:
        yield head
        whole, rest = divmod(MAX_UPLOAD_BYTES + 1, 2**20)
        for _ in range(whole):
            yield bytes(2**20)
        yield bytes(rest)
        yield tail

    length = len(head) + MAX_UPLOAD_BYTES + 1 + len(tail)
    headers = {"Content-Type": FORM, "Content-Length": str(length)}
    with daemon.client() as alone:
        answer = alone.post("/uploads", content=pieces(), headers=headers)
    error = refused(answer, 413, "too_large")
    assert "50 MB" in error["message"]
    assert kept(daemon) == before


def test_a_body_that_unpacks_to_far_more_is_not_unpacked(daemon: Daemon) -> None:
    answer = packed(daemon, "gzip", gzip.compress(b" " * 100_000_000, 9))
    refused(answer, 413 if answer.status_code == 413 else 415)  # or packed bodies are not taken


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_is_not_packed_as_it_says_is_refused(coding: str, daemon: Daemon) -> None:
    answer = packed(daemon, coding, b'{"artist": "John Bonham"}')
    refused(answer, 400 if answer.status_code == 400 else 415)  # or packed bodies are not taken


def packed(daemon: Daemon, coding: str, body: bytes) -> httpx.Response:
    """The answer to a body that says how it is packed, on a connection of its own."""
    head = (
        f"POST {ROOT}/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Content-Encoding: {coding}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with Line(daemon) as line:
        line.send(head.encode() + body)
        return line.answer()


@pytest.mark.slow
def test_a_body_that_dribbles_in_is_given_ten_seconds(daemon: Daemon) -> None:
    began = time.monotonic()
    with Line(daemon, 15) as line:
        line.head("POST", "/generate", Content_Type="application/json", Content_Length="500")
        while not select.select([line.socket], [], [], 0.2)[0]:
            line.send(b" ")
            assert time.monotonic() - began < 13
        refused(line.answer(), 408, "too_slow")
        assert 9 < time.monotonic() - began < 13
        assert line.is_closed()


@pytest.mark.slow
def test_half_a_request_that_never_ends_is_hung_up_on(daemon: Daemon) -> None:
    began = time.monotonic()
    starts = (b"", b"GET /api/v1/hea", b"GET /api/v1/health HTTP/1.1\r\nHos")
    with ExitStack() as stack:
        lines = [stack.enter_context(Line(daemon, 45)) for _ in starts]
        for line, start in zip(lines, starts, strict=True):
            line.send(start)
        assert not select.select([line.socket for line in lines], [], [], 5)[0]
        for line in lines:
            assert line.is_closed()
    assert time.monotonic() - began < 40


# JSON


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b" ", b"{", b'{"artist": "A"', b"{'artist': 'A'}", b'{"artist": "A",}', b"artist=A"),
        *(b'{"artist": "A"} x', b'{"artist": "A"}{}', b"undefined", b"\xff\xfe", b"\x00"),
        *(b'{"artist": "\xff"}', b'{"artist": "\xed\xa0\x80"}', b'{"artist": "\\ud800"}'),
        *(b'{"artist": "A\nB"}', b'{"artist": "\\x41"}', '{"artist": "A"}'.encode("utf-16")),
        *(b"[" * 100_000, b'{"a":' * 100_000, b"[" * 100_000 + b"]" * 100_000, b"1" * 10_000),
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_json_is_called_so(body: bytes, http: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("/research", "/generate"):
        error = refused(http.post(path, content=body, headers=headers), 400, "bad_json")
        assert "no JSON" in error["message"]


@pytest.mark.parametrize("body", ["[]", "null", "true", "1", '"John Bonham"', '["artist", "A"]'])
def test_json_that_is_no_object_is_invalid(body: str, http: httpx.Client) -> None:
    for path in ("/research", "/generate"):
        answer = http.post(path, content=body, headers={"Content-Type": "application/json"})
        refused(answer, 422, "invalid")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        *(("/generate", "bar"), ("/generate", "Artist"), ("/generate", "midi_paths")),
        *(("/generate", "__proto__"), ("/generate", ""), ("/generate", "x" * 5000)),
        *(("/generate", "caf\u00e9 \U0001f941"), ("/generate", "\x00")),
        *(("/research", "bars"), ("/research", "force"), ("/research", "wait")),
    ],
)
def test_an_unknown_field_is_refused_by_its_name(path: str, field: str, http: httpx.Client) -> None:
    error = refused(http.post(path, json={"artist": "John Bonham", field: 1}), 422, "unknown_field")
    assert field[:100] in error["message"]
    assert len(error["message"]) < 1000


def test_an_unknown_control_is_refused_by_its_place(http: httpx.Client) -> None:
    asked = {"artist": "John Bonham", "controls": {"swagger": 11}}
    error = refused(http.post("/generate", json=asked), 422, "unknown_field")
    assert "controls.swagger" in error["message"]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        *(("/generate", f'"bars": {bad}') for bad in ('"4"', "4.5", "true", "[]", "{}", "0", "33")),
        *(("/generate", f'"bars": {bad}') for bad in ("-1", "1e400", "NaN", "-Infinity")),
        *(("/generate", f'"bars": {bad}') for bad in ("1" + "0" * 30, "1e2")),
        *(("/generate", f'"seed": {bad}') for bad in ("-1", str(2**53), "1" + "0" * 30, "1.5")),
        *(("/generate", f'"tempo": {bad}') for bad in ("29.9", "301", "1e400", "NaN", '"120"')),
        *(("/generate", f'"tempo": {bad}') for bad in ("-1e400", "1e308", "true", "Infinity")),
        *(("/generate", f'"variations": {bad}') for bad in ("0", "9", '"2"', "1e400")),
        *(("/generate", f'"time_signature": {bad}') for bad in ('"4"', '"5/3"', '"0/4"', "4")),
        *(("/generate", f'"time_signature": {bad}') for bad in ('""', '"999/4"', '"4/4/4/4/4"')),
        *(("/generate", f'"part": {bad}') for bad in ('"solo"', "1", '""', '["fill"]')),
        *(("/generate", f'"provider": {bad}') for bad in ('"skynet"', "null", "1")),
        *(("/generate", f'"research": {bad}') for bad in ('"always"', "true", "null")),
        *(("/generate", f'"map": {bad}') for bad in ('"mine"', "null", "1")),
        *(("/generate", f'"lock": {bad}') for bad in ('"kick"', "[1]", "{}")),
        *(("/generate", f'"controls": {bad}') for bad in ("null", "[]", "1", '"all"')),
        *(
            ("/generate", f'"controls": {{{bad}}}')
            for bad in (
                '"swing": 49',
                '"swing": NaN',
                '"feel": 101',
                '"timing": "1"',
                '"fills": -1',
            )
        ),
        *(("/research", f'"depth": {bad}') for bad in ('"deep"', "null", "1")),
        *(("/research", f'"augment": {bad}') for bad in ('"true"', "1", "null")),
        *(("/research", f'"midi_paths": {bad}') for bad in ('"/a"', "[1]", "[null]", "{}", "null")),
        *(("/research", f'"upload_ids": {bad}') for bad in ('"a"', "[1]", "[[]]")),
        ("/research", f'"upload_ids": [{", ".join(["1"] * 600)}]'),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_value_that_cannot_be_meant_is_refused_by_the_name_of_its_field(
    path: str, fields: str, http: httpx.Client
) -> None:
    answer = http.post(
        path,
        content=f'{{"artist": "John Bonham", {fields}}}',
        headers={"Content-Type": "application/json"},
    )
    error = refused(answer, 422, "invalid")
    name = fields.split('"')[1]
    words = {"time_signature": ("time_signature", "time signature", "metre", "beat")}
    assert any(word in error["message"].lower() for word in words.get(name, (name,))), error


@pytest.mark.parametrize(
    "bad", ["0", "-1", str(2**53), "1" + "0" * 30, "1.5", "1e400", '"1"', "[]"]
)
def test_an_artist_id_that_cannot_be_one_is_refused(bad: str, http: httpx.Client) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("/research", "/generate"):
        answer = http.post(path, content=f'{{"artist_id": {bad}}}', headers=headers)
        refused(answer, 422, "invalid")


def test_a_list_that_is_too_long_is_refused(http: httpx.Client) -> None:
    for field in ("midi_paths", "upload_ids"):
        asked = {"artist": "John Bonham", field: ["/x"] * 501}
        assert field in refused(http.post("/research", json=asked), 422, "invalid")["message"]
        asked = {"artist": "John Bonham", field: ["/" + "x" * 5000]}
        assert field in refused(http.post("/research", json=asked), 422, "invalid")["message"]


# names


NO_NAMES = ["", " ", "\t\n", "\x00", "\x00\x01\x7f", "\u200b\u202e", "x" * 201, "x" * 10_000]
ODD_NAMES = [
    *("AC/DC tribute", "../../etc/passwd", "..", "a\\b", "C:\\x", "/", "a/b/c", "con"),
    *(
        "a\x00b",
        "\U0001f941",
        "\U0001f941" * 200,
        "!!!",
        "\u202egnol",
        "x" * 200,
        "{braces}",
        "%00",
    ),
    *("'; DROP TABLE artists; --", "<script>alert(1)</script>", "a?b=c#d", "{artist}", "."),
]


@pytest.mark.parametrize("name", NO_NAMES, ids=lambda name: repr(name[:8]))
def test_what_is_no_name_is_refused(name: str, http: httpx.Client) -> None:
    refused(http.post("/generate?wait=5", json={"artist": name}), 422, "invalid")
    refused(http.post("/research", json={"artist": name}), 422, "invalid")


@pytest.mark.parametrize("bad", [None, 1, True, [], {}, ["A"]])
def test_a_name_that_is_no_text_is_refused(bad: object, http: httpx.Client) -> None:
    for path in ("/research", "/generate"):
        refused(http.post(path, json={"artist": bad}), 422, "invalid")


@pytest.mark.parametrize("name", ODD_NAMES, ids=lambda name: repr(name[:12]))
def test_an_odd_name_is_a_name_and_its_files_stay_where_they_belong(
    name: str, http: httpx.Client, daemon: Daemon
) -> None:
    asked = {"artist": name, "bars": 1, "variations": 1, "research": "never"}
    answer = http.post("/generate", params={"wait": 25}, json=asked)
    assert answer.status_code == 200, answer.text
    assert answer.content.isascii()
    result = answer.json()
    [file] = [Path(path) for path in result["midi_files"]]
    assert file.parent.parent == daemon.out_dir
    assert file.resolve() == file
    assert file.is_file()
    assert "\x00" not in result["artist"]


@pytest.mark.parametrize("name", ODD_NAMES[1:], ids=lambda name: repr(name[:12]))
def test_an_odd_name_can_be_asked_about(name: str, http: httpx.Client) -> None:
    quoted = quote(name, safe="").replace(".", "%2E")
    answer = http.get(f"/research/{quoted}")
    assert answer.status_code == 200, answer.text
    if answer.json()["exists"]:  # some bands are really called so
        assert answer.json()["basis"] == "builtin"
        return
    error = refused(http.get(f"/profile/{quoted}"), 404, "unknown_artist")
    assert name.replace("\x00", "").replace("\u202e", "") in error["message"]


@pytest.mark.parametrize("quoted", ["%00", "%20", "%E2%80%8B", "x" * 201, "x" * 3000])
def test_what_is_no_name_cannot_be_asked_about(quoted: str, http: httpx.Client) -> None:
    for path in ("/research", "/profile"):
        refused(http.get(f"{path}/{quoted}"), 422, "invalid")


def test_bytes_that_are_no_text_in_an_address_do_no_harm(http: httpx.Client) -> None:
    for quoted in ("%FF", "%ED%A0%80", "%C3", "%"):
        assert http.get(f"/research/{quoted}").status_code == 200
        refused(http.get(f"/profile/{quoted}"), 404, "unknown_artist")
        refused(http.get(f"/task/{quoted}"), 404, "not_found")
        assert http.get("/artists", params=f"query={quoted}").status_code == 200


# addresses


@pytest.mark.parametrize(
    ("path", "place"),
    [
        *(("/health?x=1", "x"), ("/health?", None), ("/artists?Query=a", "Query")),
        *(("/artists?query=a&q=b", "q"), ("/generations?offset=1", "offset")),
        *(("/profile/Reggae?clips=0", "clips"), ("/research/Reggae?wait=1", "wait")),
        *(("/settings?reveal=1", "reveal"), ("/artists?%00=1", "\x00")),
    ],
)
def test_an_unknown_key_of_a_query_is_refused_by_its_name(
    path: str, place: str | None, http: httpx.Client
) -> None:
    answer = http.get(path)
    if place is None:
        assert answer.status_code == 200
    else:
        assert place in refused(answer, 422, "unknown_field")["message"]


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=-1", "limit=1001", "limit=x", "limit=", "limit=1.5", "limit=1e400"),
        *(
            "limit=NaN",
            f"limit=1{'0' * 30}",
            f"limit={'9' * 5000}",
            "limit=%00",
            "limit=\u0661\u0662x",
        ),
    ],
)
def test_a_limit_that_cannot_be_meant_is_refused(query: str, http: httpx.Client) -> None:
    error = refused(http.get("/generations", params=query), 422, "invalid")
    assert error["message"].startswith("limit")


@pytest.mark.parametrize(
    "query",
    [
        *("wait=26", "wait=-1", "wait=NaN", "wait=inf", "wait=1e400", "wait=x", "wait="),
        *("since=-2", "since=1.5", f"since=1{'0' * 30}", "since=NaN", "clips=2", "clips=no"),
    ],
)
def test_a_poll_that_cannot_be_meant_is_refused(query: str, http: httpx.Client) -> None:
    error = refused(http.get("/task/0123456789abcdef", params=query), 422, "invalid")
    assert error["message"].startswith(query.partition("=")[0])


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        *(("POST", "/health", "GET"), ("PUT", "/research", "POST"), ("GET", "/research", "POST")),
        *(("DELETE", "/generate", "POST"), ("GET", "/uploads", "POST"), ("HEAD", "/health", "GET")),
        *(("PATCH", "/settings", "GET, PUT"), ("POST", "/task/1", "DELETE, GET")),
        ("TRACE", "/health", "GET"),
    ],
)
def test_a_method_that_is_not_for_a_call_is_refused_with_those_that_are(
    method: str, path: str, allowed: str, http: httpx.Client
) -> None:
    answer = http.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["Allow"].split(", ") == allowed.split(", ")
    if method != "HEAD":
        refused(answer, 405, "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/nothing", "/health/x", "/Health", "/health/", "/research/", "/research/a/b"),
        *("/generation/abc", "/generation/-1", "/generation/1.5", "/generation/1/1.wav"),
        *("/generation/%2e%2e/1", "/task/", "/static/../../etc/passwd", "/..%2f..%2fetc%2fpasswd"),
    ],
)
def test_an_address_where_nothing_is_is_not_found(path: str, http: httpx.Client) -> None:
    refused(http.get(path), 404, "not_found")


def test_addresses_outside_the_root_are_not_found(daemon: Daemon) -> None:
    with httpx.Client(base_url=daemon.origin, trust_env=False) as client:
        for path in ("/api", "/api/v1", "/api/v2/health", "/health", "//api/v1/health", "/.env"):
            refused(client.get(path), 404, "not_found")


# what is hardly HTTP


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\xff\xfe\x80 rubbish\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(50),
        b"hello\r\n\r\n",
        b"GET\r\n\r\n",
        b"BREW /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\nHost localhost\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nHost: evil.com\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX\x00: y\r\n\r\n",
        b"GET /api/v1/profile/caf\xc3\xa9 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"POST /api/v1/generate HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/v1/generate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1e9\r\n\r\n",
        b"POST /api/v1/generate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/v1/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        b"GET /api/v1/profile/" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
    ],
    ids=[
        *("rubbish", "TLS", "one word", "a method alone", "a method that is none"),
        *("another version", "no colon", "two hosts", "NUL in a header", "bytes in the address"),
        *("negative length", "length that is none", "two lengths", "broken chunk"),
        *("long address", "long header", "many headers"),
    ],
)
def test_what_is_hardly_http_is_told_so_as_json_and_hung_up_on(data: bytes, daemon: Daemon) -> None:
    with Line(daemon) as line:
        line.send(data)
        refused(line.answer(), 400)
        assert line.is_closed()


def test_an_expectation_that_nobody_knows_is_refused(daemon: Daemon) -> None:
    with Line(daemon) as line:
        line.head("GET", "/health", Expect="miracles")
        refused(line.answer(), 417)


def test_who_leaves_in_the_middle_of_a_body_is_forgotten(
    daemon: Daemon, http: httpx.Client
) -> None:
    for path, kind, start in (
        ("/generate", "application/json", b'{"artist": "John'),
        ("/uploads", FORM, form("left.mid")[:-20]),
    ):
        with Line(daemon) as line:
            line.head("POST", path, Content_Type=kind, Content_Length="5000")
            line.send(start)
    until = time.monotonic() + 5
    while [path for path in kept(daemon) if path.name == "left.mid"]:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert http.get("/health").status_code == 200


# uploads


@pytest.mark.parametrize(
    "kind", ["application/json", "audio/midi", "text/plain", "application/x-www-form-urlencoded"]
)
def test_an_upload_that_is_no_form_is_refused(kind: str, http: httpx.Client) -> None:
    assert "curl -F" in refused(upload(http, SONG, kind), 415, "not_a_form")["hint"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"\x00\xff" * 500, FORM),
        (form("a.mid"), "multipart/form-data"),
        (form("a.mid"), "multipart/form-data; boundary=OTHER"),
        (form("a.mid"), "multipart/form-data; boundary=" + "x" * 200),
        (form("a.mid").removesuffix(b"--EDGE--\r\n"), FORM),
        (form("a.mid").removesuffix(b"\r\n--EDGE--\r\n"), FORM),
        (b"--EDGE\r\nContent-Disposition\r\n\r\nx\r\n--EDGE--\r\n", FORM),
        (form("x" * 20_000), FORM),
        (form("a.mid", more=b"X: y\r\n" * 1000), FORM),
        (form(b"a\x00b.mid"), FORM),
    ],
    ids=[
        *("empty", "rubbish", "no boundary", "another boundary", "long boundary", "cut", "cut off"),
        *("no header", "long name", "many headers", "NUL in the name"),
    ],
)
def test_a_form_that_is_broken_is_refused_and_leaves_nothing(
    body: bytes, kind: str, http: httpx.Client, daemon: Daemon
) -> None:
    before = kept(daemon)
    refused(upload(http, body, kind), 400, "bad_form")
    assert kept(daemon) == before


@pytest.mark.parametrize(
    "body",
    [
        b"--EDGE--\r\n",
        b'--EDGE\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--EDGE--\r\n',
        form(""),
    ],
)
def test_a_form_without_a_file_is_refused(body: bytes, http: httpx.Client) -> None:
    refused(upload(http, body), 422, "no_file")


def test_an_empty_file_is_refused(http: httpx.Client, daemon: Daemon) -> None:
    before = kept(daemon)
    error = refused(upload(http, form("nothing.mid", b"")), 422, "invalid")
    assert "nothing.mid is empty" in error["message"]
    assert kept(daemon) == before


def test_a_form_with_one_bad_file_leaves_none_of_the_others(
    http: httpx.Client, daemon: Daemon
) -> None:
    before = kept(daemon)
    files = [("file", ("good.mid", SONG)), ("file", ("empty.mid", b""))]
    refused(http.post("/uploads", files=files), 422, "invalid")
    assert kept(daemon) == before


@pytest.mark.parametrize(
    "name",
    [
        *("../../x.mid", "..", ".", "/etc/passwd", "..\\\\..\\\\x.mid", "C:\\\\x.mid", "C:x.mid"),
        *("%2e%2e%2fx.mid", "..%2F..%2Fx.mid", "%00", "~/x.mid", "-rf", ".bashrc", "con.mid", " "),
        *("\U0001f941.mid", "x" * 4000, "a;b.mid", "a b.mid"),
        pytest.param(b"\xff\xfe.mid", id="no text"),
        pytest.param("\u202edim.exe", id="right to left"),
    ],
)
def test_a_file_name_with_a_trick_in_it_stays_in_the_folder_of_its_upload(
    name: bytes | str, http: httpx.Client, daemon: Daemon
) -> None:
    answer = upload(http, form(name))
    assert answer.status_code == 201, answer.text
    assert answer.content.isascii()
    [row] = answer.json()["uploads"]
    folder = daemon.home / "uploads" / row["upload_id"]
    [file] = folder.iterdir()
    assert file.read_bytes() == SONG
    assert not file.name.startswith(".")
    assert not set(file.name) & set('<>:"/\\\\|?*\x00')
    above = {path.name for path in (daemon.home / "uploads").iterdir() if path.is_file()}
    assert above == set()
    assert not list(daemon.home.glob("*.mid"))


@pytest.mark.parametrize(
    "forged",
    [
        *("", ".", "..", "../", "../logs", "../../home", "/etc", "C:\\\\", "*", "x", "\x00"),
        *("0" * 23, "0" * 24, "0" * 25, "0" * 24 + "\\n", "G" * 24, "\u0660" * 24, "%2e%2e"),
    ],
)
def test_a_forged_id_of_an_upload_leads_nowhere(forged: str, http: httpx.Client) -> None:
    asked = {"artist": "Forger", "upload_ids": [forged]}
    refused(http.post("/research", json=asked), 404, "not_found")


def test_a_real_id_does_not_help_a_forged_one(http: httpx.Client) -> None:
    real = upload(http, form("real.mid")).json()["uploads"][0]["upload_id"]
    for forged in (f"{real}/real.mid", f"{real}/..", f"../uploads/{real}", real.upper() + " "):
        asked = {"artist": "Forger", "upload_ids": [real, forged]}
        refused(http.post("/research", json=asked), 404, "not_found")
    assert http.get("/research/Forger").json()["exists"] is False


@pytest.mark.parametrize("path", ["relative.mid", "../up.mid", "", ".", "~", "file:///a.mid"])
def test_a_path_that_does_not_begin_at_the_root_is_refused(path: str, http: httpx.Client) -> None:
    asked = {"artist": "Lost", "midi_paths": [path]}
    refused(http.post("/research", json=asked), 422, "invalid")


@pytest.mark.parametrize(
    "path",
    ["no/such/folder", "a\x00b", "x" * 300, "x/" * 1900, "\U0001f941", "\udce9 no text"],
    ids=lambda path: ascii(path)[:16],
)
def test_a_path_that_leads_nowhere_is_refused(
    path: str, http: httpx.Client, tmp_path: Path
) -> None:
    text = json.dumps({"artist": "Lost", "midi_paths": [f"{tmp_path}/{path}"]})
    answer = http.post("/research", content=text, headers={"Content-Type": "application/json"})
    if path.isprintable() or path.isascii():
        refused(answer, 404, "not_found")
    else:  # half a character is no JSON
        refused(answer, 400, "bad_json")


def test_what_a_user_typed_stays_whole_in_the_sentence(http: httpx.Client) -> None:
    error = refused(http.get("/profile/Left; Right"), 404, "unknown_artist")
    assert "Left; Right" in error["message"]
    error = refused(upload(http, form("one; two.mid", b"")), 422, "invalid")
    assert "one; two.mid" in error["message"]


# too many


def test_two_hundred_clients_on_one_stream_are_served_up_to_the_limit(
    daemon: Daemon, http: httpx.Client, long_task: str
) -> None:
    with ExitStack() as stack:
        lines = [stack.enter_context(Line(daemon)) for _ in range(200)]
        for line in lines:
            line.head("GET", f"/task/{long_task}/events")
        firsts = [line.socket.recv(65_536) for line in lines]
        statuses = Counter(first.split()[1] for first in firsts)
        assert statuses == {b"200": MAX_STREAMS, b"503": 200 - MAX_STREAMS}
        assert http.get("/health").status_code == 200
        turned_away = http.get(f"/task/{long_task}/events")
        assert "event streams" in refused(turned_away, 503, "busy")["message"]
        assert turned_away.headers["Retry-After"]
        served = lines[firsts.index(next(first for first in firsts if b" 200 " in first[:20]))]
        said = b""
        while b"\n\n" not in said.replace(b"\r", b"").partition(b"event: task")[2]:
            said += served.socket.recv(65_536)
        assert json.loads(said.partition(b"data: ")[2].partition(b"\n")[0])["task_id"] == long_task
    until = time.monotonic() + 15
    while True:  # a place is free again once the daemon has noticed that they left
        with http.stream("GET", f"/task/{long_task}/events") as answer:
            if answer.status_code == 200:
                break
        assert time.monotonic() < until
        time.sleep(0.1)


def test_more_connections_than_are_served_are_turned_away_until_others_leave(
    daemon: Daemon,
) -> None:
    with ExitStack() as stack:
        lines = []
        for _ in range(4):  # fewer at a time than the system lets wait
            lines += [stack.enter_context(Line(daemon)) for _ in range(90)]
            time.sleep(0.1)
        too_many, until = len(lines) - MAX_CONNECTIONS, time.monotonic() + 5
        turned_away: list[Line] = []
        while len(turned_away) < too_many and time.monotonic() < until:
            told, _, _ = select.select([line.socket for line in lines], [], [], 0.1)
            turned_away = [line for line in lines if line.socket in told]
        assert too_many <= len(turned_away) <= too_many + 20
        for line in turned_away:
            answer = line.answer()
            assert refused(answer, 503, "busy")["hint"]
            assert answer.headers["Retry-After"]
            assert line.is_closed()
        with Line(daemon) as late:
            late.head("GET", "/health")
            refused(late.answer(), 503, "busy")
        with Line(daemon) as late:
            refused(late.answer(), 503, "busy")
    wait_until_it_answers(daemon)


def wait_until_it_answers(daemon: Daemon) -> None:
    """Give it the moment that it needs to notice who has left."""
    until = time.monotonic() + 5
    while True:
        with Line(daemon) as line:
            line.head("GET", "/health")
            if line.answer().status_code == 200:
                return
        assert time.monotonic() < until
        time.sleep(0.05)


# and then


def test_after_all_that_the_same_daemon_answers_and_nothing_broke_inside(
    daemon: Daemon, http: httpx.Client
) -> None:
    assert daemon.process
    assert daemon.process.poll() is None
    wait_until_it_answers(daemon)
    assert http.get("/health").json()["status"] == "ok"
    runtime = json.loads((daemon.home / "runtime.json").read_text("utf-8"))
    assert runtime["pid"] == daemon.process.pid
    asked = {"artist": "John Bonham", "bars": 1, "variations": 1}
    assert http.post("/generate", params={"wait": 25}, json=asked).status_code == 200
    broke = [line for line in daemon.log() if line["level"] in ("error", "critical")]
    # What aiohttp itself calls an error is that somebody sent rubbish.
    broke = [line for line in broke if line["logger"] != "aiohttp.server"]
    assert not broke, [(line["event"], line.get("exception")) for line in broke][:3]
    assert "artists" in http.get("/artists").json()  # no name dropped a table

"""The files of the studio page as the daemon serves them, and `serve --open`."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

from mididrumigen.web.pages import POLICY, read_page
from tests.daemon import Daemon

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
}
PAGE = Path(str(files("mididrumigen.web").joinpath("page")))


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    with Daemon(tmp_path_factory.mktemp("pages") / "home") as running:
        yield running


@pytest.fixture
def http(daemon: Daemon) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=daemon.origin, trust_env=False) as client:
        yield client


def test_the_page_and_all_its_files_have_their_type_their_policy_and_a_tag(
    http: httpx.Client,
) -> None:
    names = sorted(path.name for path in PAGE.iterdir() if path.suffix in KINDS)
    assert names == sorted(read_page())
    assert len(names) > 20
    for name, place in [("index.html", "/"), *((name, f"/page/{name}") for name in names)]:
        answer = http.get(place)
        assert (answer.status_code, answer.content) == (200, (PAGE / name).read_bytes())
        assert answer.headers["Content-Type"] == KINDS[Path(name).suffix]
        assert answer.headers["Content-Security-Policy"] == POLICY
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        again = http.get(place, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == answer.headers["ETag"]
        assert http.get(place, headers={"If-None-Match": '"other"'}).status_code == 200
        head = http.head(place)
        assert (head.status_code, head.content) == (200, b"")


def test_nothing_but_the_files_of_the_page_is_served(http: httpx.Client) -> None:
    for place in ("/page/", "/page/x.js", "/page/..%2fserver.py", "/page/%2e%2e/server.py", "/x"):
        answer = http.get(place)
        assert answer.status_code == 404, place
        assert answer.json()["error"]["code"] == "not_found"
    assert http.post("/").status_code == 405


def test_answers_of_the_api_keep_the_policy_that_allows_nothing(http: httpx.Client) -> None:
    answer = http.get("/api/v1/health")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_is_refused_to_pages_of_others(http: httpx.Client) -> None:
    for headers in ({"Host": "attacker.test"}, {"Origin": "http://attacker.test"}):
        assert http.get("/", headers=headers).status_code == 403


def test_the_policy_leaves_no_way_in_or_out() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules.pop("default-src") == "'none'"
    assert rules.pop("require-trusted-types-for") == "'script'"
    assert set(rules.values()) == {"'self'", "'none'"}  # no host, no data, no inline, no eval


def test_the_page_has_no_inline_script_or_style_and_names_no_address() -> None:
    for path in PAGE.iterdir():
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 300, path
        if path.suffix == ".html":
            assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", text) == []
        allowed = "http://www.w3.org/2000/svg"  # a name, never asked for
        assert re.findall(r"https?://\S+", text.replace(allowed, "")) == [], path
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text
        )


@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a shell script here")
def test_open_shows_the_page_in_the_browser_and_a_second_time_that_of_the_same_daemon(
    tmp_path: Path,
) -> None:
    def browser(name: str) -> Path:
        """A browser that writes the address that it is to show to a file of that name."""
        script = tmp_path / f"{name}-browser"
        script.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path / name}"\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        return script

    first, second = tmp_path / "first", tmp_path / "second"
    os.mkfifo(first)  # reading it waits for the browser
    home = tmp_path / "home"
    with Daemon(home, "--open", env={"BROWSER": str(browser("first"))}) as daemon:
        assert first.read_text().strip() == daemon.origin
        done = subprocess.run(
            [sys.executable, "-m", "mididrumigen", "serve", "--open"],
            env={**os.environ, "MIDIDRUMIGEN_HOME": str(home), "BROWSER": str(browser("second"))},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == f"MidiDrumiGen is running already at {daemon.origin}\n"
        assert second.read_text().strip() == daemon.origin

"""The guard that keeps every test on this machine: that it bites, here and in what tests start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from mididrumigen.workers import Workers
from tests.guard.sitecustomize import LEAKS, is_here

OUTSIDE = "93.184.215.14"
"""Somebody's, far away; nothing is sent there."""


@pytest.fixture
def leaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A note of its own, so that this test itself does not fail."""
    path = tmp_path / "leaks"
    monkeypatch.setenv(LEAKS, str(path))
    return path


def noted(leaks: Path) -> str:
    """What stands there."""
    return leaks.read_text(encoding="utf-8") if leaks.exists() else ""


def look_up(name: str) -> str:
    """What becomes of a question for a name; runs in any process."""
    try:
        socket.getaddrinfo(name, 80)
    except OSError as error:
        return type(error).__name__
    return "found"


def test_a_connection_to_elsewhere_is_refused_and_noted(leaks: Path) -> None:
    with socket.socket() as one, pytest.raises(PermissionError, match="would leave"):
        one.connect((OUTSIDE, 80))
    with (
        socket.socket(type=socket.SOCK_DGRAM) as one,
        pytest.raises(PermissionError, match="would leave"),
    ):
        one.sendto(b"?", (OUTSIDE, 53))
    assert noted(leaks).count(OUTSIDE) == 2


def test_a_name_of_elsewhere_is_not_asked_for(leaks: Path) -> None:
    assert look_up("example.com") == "LeavesLoopback"
    assert "example.com" in noted(leaks)


def test_a_client_that_swallows_the_refusal_is_noted_all_the_same(leaks: Path) -> None:
    with (
        httpx.Client(trust_env=False, verify=False) as client,
        pytest.raises((httpx.HTTPError, PermissionError)),
    ):
        client.get(f"http://{OUTSIDE}/")
    assert OUTSIDE in noted(leaks)


def test_this_machine_is_let_through(leaks: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    assert [look_up(name) for name in ("localhost", "127.1", "0x7f000001")] == ["found"] * 3
    assert noted(leaks) == ""
    here = [None, "", "localhost", "127.0.0.1", "127.8.9.1", "::1", "0.0.0.0", b"127.0.0.1"]
    assert [host for host in here if not is_here(host)] == []
    there = ["10.0.0.1", "8.8.8.8", "2001:4860:4860::8888", "localhost.example.com", "<broadcast>"]
    assert [host for host in there if is_here(host)] == []


def test_a_name_that_is_nobodys_is_unknown_and_nobody_is_asked(leaks: Path) -> None:
    assert look_up("nowhere.invalid") == "gaierror"
    assert noted(leaks) == ""


def test_a_process_that_a_test_starts_is_held_too(leaks: Path) -> None:
    code = f"import socket; socket.create_connection(('{OUTSIDE}', 80), 1)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 1
    assert "would leave this machine" in done.stderr
    assert OUTSIDE in noted(leaks)


async def test_a_worker_is_held_too(leaks: Path) -> None:
    async with Workers() as workers:
        assert await workers.run(20, look_up, "example.com") == "LeavesLoopback"
    assert "example.com" in noted(leaks)


def test_the_fixture_fails_a_test_that_leaks(tmp_path: Path) -> None:
    # A suite of its own with the same conftest: its only test swallows the refusal.
    root = Path(__file__).parents[1]
    (tmp_path / "conftest.py").write_text("from tests.conftest import stays_here\n")
    (tmp_path / "test_leak.py").write_text(
        "import contextlib, socket\n"
        "def test_leak():\n"
        "    with contextlib.suppress(OSError), socket.socket() as one:\n"
        f"        one.connect(('{OUTSIDE}', 80))\n"
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-c", os.devnull, "--rootdir", str(tmp_path), str(tmp_path)),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), os.environ["PYTHONPATH"]])},
        check=False,
    )
    assert "1 error" in done.stdout, done.stdout + done.stderr
    assert "1 passed" in done.stdout

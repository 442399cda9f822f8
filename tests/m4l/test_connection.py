"""Finding the daemon, losing it, finding it again; two ways of asking; the self-test; the studio.

Another program on a port of ours is a small server in this process.
"""

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mididrumigen import __version__
from tests.daemon import Daemon, free_port
from tests.m4l.device import ONE_TRACK, Device, needs_node, ordered

pytestmark = needs_node
PORTS = range(8000, 8010)


def elsewhere(daemon_port: int | None, at: int = 8000) -> dict[int, int]:
    """The ports of the device as ports of this machine: one is the daemon, the others nobody's."""
    closed = free_port()
    return {p: daemon_port if p == at and daemon_port else closed for p in PORTS}


@contextmanager
def program(document: Any) -> Iterator[int]:
    """A program that answers everything with one JSON document; its port."""
    body = json.dumps(document).encode()

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("at", [8000, 8004, 8009])
def test_the_daemon_is_found_at_any_of_its_ports(at: int, daemon: Daemon) -> None:
    with Device(world={"ports": elsewhere(daemon.port, at)}).start() as device:
        said = device.wait("^Connected")
        where = f"MidiDrumiGen {__version__} at 127.0.0.1:{at}"
        assert said == f"Connected to {where}. Type an artist, then Generate."
        assert {r["port"] for r in device.seen["requests"]} == set(PORTS)
        assert device.panel["connection"]["text"] == f"MidiDrumiGen {__version__} at 127.0.0.1:{at}"
        device.generate("John Bonham", variations=1)
        device.is_clean()


def test_another_program_at_a_port_of_ours_is_passed_over(daemon: Daemon) -> None:
    with program({"hello": "world"}) as other:
        ports = {**elsewhere(daemon.port, 8001), 8000: other}
        with Device(world={"ports": ports}).start() as device:
            assert "127.0.0.1:8001" in device.wait("^Connected")


def test_no_daemon_is_told_with_the_command_and_asked_for_after_2_5_and_15_seconds(
    daemon: Daemon,
) -> None:
    ports = elsewhere(None)
    with Device(world={"ports": ports, "clock": 0.004}).start() as device:
        said = device.wait("^No daemon at 127.0.0.1:8000-8009")
        assert "mididrumigen serve" in said
        device.do("idle", rounds=5)
        assert device.seen["delays"][:1] == [2000]
        waited = sorted(set(device.seen["delays"]), key=device.seen["delays"].index)
        assert waited == [2000, 5000, 15000]
        device.do("world", world={"ports": elsewhere(daemon.port, 8002)})
        device.wait("^Connected")
        count = len(device.seen["delays"])
        device.generate("John Bonham", variations=1)
        assert len(device.seen["delays"]) == count  # nothing waits for a timer but that


def test_a_click_tries_at_once_and_does_what_it_was_for(daemon: Daemon) -> None:
    with Device(world={"ports": elsewhere(None)}).start() as device:
        device.wait("^No daemon")
        device.do("world", world={"ports": elsewhere(daemon.port)})
        device.generate("John Bonham", variations=1)  # long before the timer


def test_a_port_that_is_typed_is_the_one_that_is_asked(daemon: Daemon) -> None:
    with Device(world={"ports": elsewhere(None)}).start() as device:
        device.wait("^No daemon at 127.0.0.1:8000-8009")
        device.type("port", str(daemon.port), entered=True)
        device.wait("^Connected")
        assert [r["port"] for r in device.seen["requests"]].count(daemon.port) == 1
        device.type("port", str(free_port()), entered=True)
        device.wait("^No daemon at 127.0.0.1:[0-9]+[.]")


@pytest.mark.parametrize(
    ("xhr", "maxurl", "means"),
    [
        ("ok", "silent", "xhr"),
        ("missing", "ok", "maxurl"),
        ("throws", "ok", "maxurl"),
        ("silent", "ok", "maxurl"),
    ],
)
def test_what_one_way_of_asking_refuses_goes_by_the_other(
    xhr: str, maxurl: str, means: str, daemon: Daemon
) -> None:
    world = {"xhr": xhr, "maxurl": maxurl, "clock": 0.05}
    with Device(port=daemon.port, world=world).connected() as device:
        device.generate("Tony Allen", variations=2)
        result = daemon.call("GET", "/generation/" + device.panel["memory"]["text"].split()[0])
        wanted = [ordered(clip["notes"]) for clip in result["clips"]]
        assert [clip["notes"] for clip in device.clips() if clip] == wanted
        used = [r["means"] for r in device.seen["requests"] if "/health" not in r["path"]]
        assert set(used) == {means}
        device.is_clean()


def test_without_any_way_of_asking_it_says_that_there_is_no_daemon(daemon: Daemon) -> None:
    world = {"xhr": "missing", "maxurl": "silent", "clock": 0.01}
    with Device(port=daemon.port, world=world).start() as device:
        device.type("artist", "John Bonham")
        device.click("generate")
        device.wait("^Looking for the daemon")
        device.do("idle", rounds=3)
        assert device.seen["errors"] == []


def test_a_daemon_of_another_contract_is_refused_with_both_numbers() -> None:
    health = {"status": "ok", "version": "9.0.0", "api": 2}
    with program(health) as port, Device(port=port).start() as device:
        said = device.wait("^The daemon is version 9.0.0 and speaks API 2")
        assert f"this device is version {__version__} and speaks API 1" in said
        assert "mididrumigen m4l install" in said
        device.type("artist", "John Bonham")
        device.click("generate")
        device.wait("^The daemon is version 9.0.0")
        assert device.asked("/generate") == []


def test_a_daemon_that_wants_a_token_says_so(tmp_path: Path) -> None:
    secret = {"MIDIDRUMIGEN_TOKEN": "0123456789abcdef"}
    running = Daemon(tmp_path / "home", "--host", "127.0.0.2", env=secret)
    with running, Device(port=running.port) as device:
        device.type("host", "127.0.0.2")
        device.start()
        assert "needs its token" in device.wait("^this daemon is open to the network")


def test_a_daemon_of_another_version_works_and_the_difference_is_said() -> None:
    health = {"status": "ok", "version": "0.9.9", "api": 1}
    with program(health) as port, Device(port=port).start() as device:
        said = device.wait("^Connected to MidiDrumiGen 0.9.9")
        assert f"This device is {__version__}: mididrumigen m4l install brings the one" in said


def test_a_device_that_is_switched_off_asks_nothing_more(daemon: Daemon) -> None:
    with Device(world={"ports": elsewhere(None), "clock": 0.004}).start() as device:
        device.wait("^No daemon")
        device.do("enable", value=0)
        before = len(device.seen["requests"])
        device.do("idle", rounds=3)
        assert len(device.seen["requests"]) == before
        device.do("world", world={"ports": elsewhere(daemon.port)})
        device.do("enable", value=1)
        device.wait("^Connected")


def test_a_preset_that_is_loaded_while_at_work_changes_nothing_of_it(daemon: Daemon) -> None:
    with Device(port=daemon.port).connected() as device:
        device.type("artist", "John Bonham")
        device.click("generate")
        device.start()
        device.start()
        device.wait("clips in ")
        assert len(device.asked("/generate")) == 1
        assert len([clip for clip in device.clips() if clip]) == 4
        device.is_clean()


@pytest.mark.parametrize("version", [11, 12])
def test_the_self_test_passes_where_all_is_well_and_leaves_nothing(
    version: int, daemon: Daemon
) -> None:
    with Device({**ONE_TRACK, "version": version}, port=daemon.port).connected() as device:
        device.turn(page=2)
        device.click("selftest")
        said = device.wait("^Self-test")
        assert "All that this device needs works here." in said
        posts = device.seen["posts"]
        assert f"MidiDrumiGen {__version__} build " in posts[0]
        assert len(posts) > 10
        assert [line for line in posts[1:] if not line.startswith("PASS ")] == []
        assert [clip for clip in device.clips() if clip] == []
        device.is_clean()


def test_the_self_test_names_what_fails(daemon: Daemon) -> None:
    world = {"xhr": "throws"}
    with Device({**ONE_TRACK, "loses": True}, port=daemon.port, world=world).connected() as device:
        device.turn(page=2)
        device.click("selftest")
        said = device.wait("^Self-test")
        assert "FAIL notes as sent" in said
        assert "FAIL XMLHttpRequest" in said
        assert "FAIL maxurl" not in said


def test_the_studio_opens_in_the_browser_where_the_daemon_has_one(daemon: Daemon) -> None:
    health = {"status": "ok", "version": __version__, "api": 1}
    with program(health) as port, Device(port=port).connected() as device:
        device.turn(page=2)
        device.click("studio")
        device.wait("^The studio opens")
        assert device.seen["opened"] == [["max", "launchbrowser", f"http://127.0.0.1:{port}/"]]


def test_the_build_of_the_device_is_shown() -> None:
    with Device(world={"xhr": "silent", "maxurl": "silent"}).start() as device:
        shown = device.panel["version"]["text"]
        assert shown.startswith(f"MidiDrumiGen {__version__}, build ")
        assert len(shown.rpartition(" ")[2]) == 8


def test_nothing_touches_live_before_the_device_is_ready() -> None:
    with Device() as device:
        device.is_clean()
        assert device.seen["requests"] == []
        assert device.status == []

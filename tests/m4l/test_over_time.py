"""What takes its time: research, a better take, cancel, a daemon that dies and comes back. The real
daemon with a library of long files; truth is what it says over HTTP.
"""

import re
from pathlib import Path

import pytest

from tests.daemon import Daemon
from tests.m4l.conftest import LONG_BARS, LONG_FILES, write_takes
from tests.m4l.device import Device, generation_of, needs_node, ordered

pytestmark = [needs_node, pytest.mark.slow]


def test_a_better_take_is_offered_after_research_and_never_forced(
    fresh_daemon: tuple[Daemon, Path],
) -> None:
    daemon, library = fresh_daemon
    with Device(port=daemon.port).connected() as device:
        device.generate("Latecomer", variations=2)
        before = generation_of(daemon, device)
        assert before["basis"] == "unknown"
        assert device.panel["better"]["active"] == 0
        write_takes(library, "Latecomer", 4, 30)
        device.turn(page=2)
        device.click("augment")
        said = device.wait("^Research on Latecomer is done")
        assert "Better Take plays the last takes again" in said
        assert device.panel["better"]["active"] == 1
        assert len([clip for clip in device.clips() if clip]) == 2
        device.click("better")
        device.wait("clips in ")
        after = generation_of(daemon, device)
        assert after["basis"] == "researched"
        assert after["confidence"] > before["confidence"]
        assert after["seed"] == before["seed"]
        assert len([clip for clip in device.clips() if clip]) == 4
        assert device.panel["better"]["active"] == 0


def test_a_research_that_another_began_is_followed_and_can_be_left(
    fresh_daemon: tuple[Daemon, Path], tmp_path: Path
) -> None:
    daemon, _ = fresh_daemon
    write_takes(tmp_path / "elsewhere", "John Bonham", LONG_FILES, LONG_BARS)
    paths = [str(tmp_path / "elsewhere")]
    body = {"artist": "John Bonham", "midi_paths": paths}
    task = daemon.call("POST", "/research", body, 202)["task_id"]
    with Device(port=daemon.port).connected() as device:
        device.generate("John Bonham", variations=1)
        device.wait("^Research on John Bonham: ")
        assert device.panel["cancel"]["active"] == 1
        device.click("cancel")
        device.wait("^Cancelled: Research on John Bonham")
        assert daemon.finished(task)["status"] == "cancelled"
        assert device.panel["cancel"]["active"] == 0


def test_a_research_that_two_devices_want_goes_on_when_one_cancels(
    fresh_daemon: tuple[Daemon, Path],
) -> None:
    daemon, library = fresh_daemon
    write_takes(library, "Wanted", LONG_FILES, LONG_BARS)
    with (
        Device(port=daemon.port).connected() as one,
        Device(port=daemon.port).connected() as other,
    ):
        for device in (one, other):
            device.turn(page=2)
            device.type("artist", "Wanted")
            device.click("augment")
            device.wait("^Research on Wanted: ")
        one.click("cancel")
        one.wait("^No longer followed")
        assert daemon.call("GET", "/research/Wanted")["status"] == "researching"
        other.click("cancel")
        other.wait("^Cancelled")
        found = [re.search("/task/([^?]+)", r["path"]) for r in other.seen["requests"]]
        (task,) = {match[1] for match in found if match}
        assert daemon.finished(task)["status"] == "cancelled"


def test_cancel_of_a_generation_stops_it_at_the_daemon_too(
    fresh_daemon: tuple[Daemon, Path],
) -> None:
    daemon, library = fresh_daemon
    write_takes(library, "Slow", LONG_FILES, LONG_BARS)
    with Device(port=daemon.port).connected() as device:
        device.type("artist", "Slow")
        device.click("generate")
        device.wait("^Asking for Slow")
        device.click("cancel")
        device.wait("^Cancelled: Slow")
        device.click("generate")
        device.wait("^Slow: ")  # followed by number now
        device.click("cancel")
        device.wait("^Cancelled: Slow")
        device.turn(variations=1)
        device.generate("John Bonham")
        assert len([clip for clip in device.clips() if clip]) == 1
        assert daemon.call("GET", "/generations")["generations"][0]["artist"] == "John Bonham"
        assert len(daemon.call("GET", "/generations")["generations"]) == 1


def test_a_click_while_at_work_says_so_and_asks_nothing(fresh_daemon: tuple[Daemon, Path]) -> None:
    daemon, library = fresh_daemon
    write_takes(library, "Slow", LONG_FILES, LONG_BARS)
    with Device(port=daemon.port).connected() as device:
        device.type("artist", "Slow")
        device.click("generate")
        device.wait("^Asking for Slow")
        device.click("generate")
        device.wait("^Still at work: Slow")
        assert len(device.asked("/generate")) == 1
        device.click("cancel")
        device.wait("^Cancelled")


def test_a_daemon_that_is_killed_in_the_middle_of_a_generation_and_comes_back_finishes_it(
    fresh_daemon: tuple[Daemon, Path],
) -> None:
    daemon, library = fresh_daemon
    write_takes(library, "Survivor", 12, 200)
    with Device(port=daemon.port, world={"clock": 0.05}).connected() as device:
        device.type("artist", "Survivor")
        device.click("generate")
        device.wait("^Survivor: ")
        daemon.kill()
        device.wait("^The connection to the daemon broke")
        device.wait("^No daemon at 127.0.0.1")
        daemon.start()
        device.wait("clips in ", seconds=60)
        result = generation_of(daemon, device)
        assert result["artist"] == "Survivor"
        clips = [clip for clip in device.clips() if clip]
        assert [c["notes"] for c in clips] == [ordered(c["notes"]) for c in result["clips"]]
        assert len(daemon.call("GET", "/generations")["generations"]) == 1
        device.is_clean()


def test_a_daemon_that_forgot_the_task_says_so(fresh_daemon: tuple[Daemon, Path]) -> None:
    daemon, library = fresh_daemon
    write_takes(library, "Lost", LONG_FILES, LONG_BARS)
    with Device(port=daemon.port, world={"clock": 0.05}).connected() as device:
        device.type("artist", "Lost")
        device.click("generate")
        device.wait("^Lost: ")
        daemon.kill()
        for file in daemon.home.glob("mididrumigen.db*"):
            file.unlink()
        daemon.start()
        device.wait("^Lost: there is no task ")
        assert device.panel["cancel"]["active"] == 0

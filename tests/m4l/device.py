"""The committed device in a fake Live set, as a process of node: what its file holds is what runs.

Conventions: `with Device(live) as device`; `live` is the plan of a set (see fake/live.js), `world`
what of Max works (see fake/max.js). Buttons and fields are those of the panel, by their keys.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from m4l.container import parse
from m4l.writer import DEVICE
from tests.daemon import Daemon

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(
    NODE is None, reason="node is not installed; the script of the device runs in it"
)
FAKE = Path(__file__).parent / "fake" / "device.js"
SOON_S = 20.0
ONE_TRACK = {"tracks": [{"name": "Drums", "slots": [None] * 8}], "device": {"on": 0}}


class Device:
    """A device in a set."""

    def __init__(
        self,
        live: Mapping[str, Any] = ONE_TRACK,
        *,
        port: int | None = None,
        world: Mapping[str, Any] | None = None,
        saved: Mapping[str, Any] | None = None,
    ) -> None:
        made = parse(DEVICE.read_bytes())
        assert NODE is not None
        self._process = subprocess.Popen(
            [NODE, str(FAKE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._read = 0
        plan = {"patcher": made.patcher, "script": made.entries[1].data.decode()}
        self.do("begin", **plan, live=live, world=world or {}, saved=saved)
        if port is not None:
            self.do("type", name="port", text=str(port), entered=False)

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        try:
            self._process.wait(SOON_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(SOON_S)
        self._process.stdout.close()

    def do(self, op: str, **args: Any) -> Any:
        """Say something to the process; what it answers."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"op": op, **args}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def start(self) -> "Device":
        """The set is loaded and the device is ready."""
        self.do("start")
        return self

    def connected(self) -> "Device":
        """The same, and the daemon is found."""
        self.start()
        self.wait("^Connected")
        return self

    def click(self, name: str) -> None:
        """Click a button; what `wait` waits for comes after it."""
        self._read = len(self.status)
        self.do("click", name=name)

    def turn(self, **values: float) -> None:
        """Turn dials and switches, choose in menus (by the index)."""
        for name, value in values.items():
            self.do("turn", name=name, value=value)

    def type(self, name: str, text: str, *, entered: bool = False) -> None:
        """Type into a field, and press Return where `entered`."""
        self.do("type", name=name, text=text, entered=entered)

    def choose(self, name: str, asked: str) -> None:
        """Choose in a menu by what the daemon is asked for."""
        from m4l.panel import CONTROLS

        (control,) = (c for c in CONTROLS if c.key == name)
        self.turn(**{name: [value for _, value in control.choices].index(asked)})

    def wait(self, pattern: str, seconds: float = SOON_S) -> str:
        """What the status line says that is like a pattern, now or soon."""
        found = self.do("wait", pattern=pattern, seconds=seconds, skip=self._read)
        assert found is not None, (pattern, self.status, self.seen["errors"])
        return str(found)

    def generate(self, artist: str, **values: float) -> str:
        """Type, click, wait for clips; what the status line says."""
        self.turn(**values)
        self.type("artist", artist)
        self.click("generate")
        return self.wait(r"clips? in ")

    @property
    def seen(self) -> dict[str, Any]:
        """What happened: posts, errors, requests, delays of the timer, addresses opened, status."""
        seen: dict[str, Any] = self.do("seen")
        return seen

    @property
    def status(self) -> list[str]:
        """All that the status line has said."""
        status: list[str] = self.seen["status"]
        return status

    @property
    def panel(self) -> dict[str, dict[str, Any]]:
        """Every named box: hidden, active, value, text."""
        panel: dict[str, dict[str, Any]] = self.do("panel")
        return panel

    @property
    def live(self) -> dict[str, Any]:
        """The set."""
        live: dict[str, Any] = self.do("live")
        return live

    def clips(self, track: int = 0) -> list[dict[str, Any] | None]:
        """What is in the slots of a track."""
        slots: list[dict[str, Any] | None] = self.live["tracks"][track]["slots"]
        return slots

    def asked(self, path: str) -> list[dict[str, Any]]:
        """The bodies of requests to a path."""
        return [
            json.loads(request["body"])
            for request in self.seen["requests"]
            if request["body"] and request["path"].partition("?")[0] == f"/api/v1{path}"
        ]

    def is_clean(self) -> None:
        """Nothing was said that Max would print in red, by Max or by Live."""
        assert self.seen["errors"] == []
        assert self.live["errors"] == []


def generation_of(daemon: Daemon, device: Device) -> dict[str, Any]:
    """The generation that the device wrote last, whole, as the daemon has it."""
    number = device.panel["memory"]["text"].split()[0]
    result: dict[str, Any] = daemon.call("GET", f"/generation/{number}")
    return result


def ordered(notes: list[list[float]]) -> list[Any]:
    """The notes as a clip has them: pitch, start and velocity to the last digit; a length may be
    less by the rounding of two starts, for Live cuts a note where the next of its pitch begins.
    """
    in_time = sorted(notes, key=lambda note: (note[1], note[0]))
    return [[p, start, pytest.approx(length, abs=2e-5), v] for p, start, length, v in in_time]

"""A real daemon as a process of its own, for tests that speak HTTP with it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

START_S, END_S = 20.0, 10.0
JSON = {"Content-Type": "application/json"}


class Daemon:
    """A daemon on a home; `with Daemon(home) as daemon`."""

    def __init__(self, home: Path, *args: str, env: Mapping[str, str] | None = None) -> None:
        self.home, self.args, self.env = home, args, env or {}
        self.out_dir = home / "takes"
        home.mkdir(parents=True, exist_ok=True)
        settings = home / "config.toml"
        if not settings.exists():
            settings.write_text(f"[generation]\noutput_dir = '{self.out_dir}'\n", "utf-8")
        self.process: subprocess.Popen[str] | None = None
        self.port = free_port()

    def __enter__(self) -> "Daemon":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(END_S)
        if self.process and self.process.stdout:
            self.process.stdout.close()

    def start(self) -> None:
        """Begin the process and wait until it says where it is."""
        if self.process and self.process.stdout:
            self.process.stdout.close()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mididrumigen", "serve", "--port", str(self.port), *self.args],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "MIDIDRUMIGEN_HOME": str(self.home), **self.env},
        )
        assert self.process.stdout
        said = self.process.stdout.readline()
        assert said.startswith("MidiDrumiGen is at "), said + self.process.stdout.read()

    def interrupt(self) -> float:
        """Ctrl-C; seconds until the process was gone."""
        assert self.process
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(END_S)
        return time.monotonic() - began

    def kill(self) -> None:
        """kill -9."""
        assert self.process
        self.process.kill()
        self.process.wait(END_S)

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def client(self, **kwargs: Any) -> Iterator[httpx.Client]:
        """A client whose addresses are below `/api/v1`."""
        with httpx.Client(
            base_url=f"{self.origin}/api/v1", timeout=60, trust_env=False, **kwargs
        ) as client:
            yield client

    def call(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        """The JSON of an answer that must have a status."""
        with self.client() as client:
            answer = client.request(method, path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def finished(self, task_id: str, within_s: float = 60) -> dict[str, Any]:
        """A task after it has ended, however it ended."""
        until = time.monotonic() + within_s
        task: dict[str, Any] = {"rev": -1, "status": "queued"}
        while task["status"] in ("queued", "running"):
            assert time.monotonic() < until, task
            task = self.call("GET", f"/task/{task_id}?wait=5&since={task['rev']}")
        return task

    def log(self) -> list[dict[str, Any]]:
        """The lines of its log."""
        text = (self.home / "logs" / "mididrumigen.log").read_text("utf-8")
        return [json.loads(line) for line in text.splitlines()]


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port

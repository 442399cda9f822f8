"""How the daemon bears load, and what it weighs: `python tests/benchmarks/daemon.py [requests]`.

Prints latencies of generate at concurrency 10, of /health meanwhile, and of the loop itself; memory
before and after, and idle beside a bare aiohttp application in the same run. Goal: idle 2.5x.
"""

import asyncio
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from mididrumigen.config import Config, GenerationSettings, find_paths
from mididrumigen.web.server import serve

AT_ONCE, LOADED, ALL = 10, 100, 1000
TICK_S = 0.005
REST_S = 2.0
ARTISTS = ("John Bonham", "Questlove", "jazz", "samba", "Clyde Stubblefield")
BARE = """
import asyncio
from aiohttp import web
async def main():
    app = web.Application()
    async def health(request): return web.json_response({"status": "ok"})
    app.router.add_get("/api/v1/health", health)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print("is at http://127.0.0.1:%d/" % runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""
IMPORTS = {
    "aiohttp.web": "aiohttp.web",
    "+ pydantic": "aiohttp.web, pydantic",
    "+ structlog": "aiohttp.web, pydantic, structlog",
    "+ sqlite_utils": "aiohttp.web, pydantic, structlog, sqlite_utils",
    "+ mido, filelock, platformdirs": (
        "aiohttp.web, pydantic, structlog, sqlite_utils, mido, filelock, platformdirs"
    ),
    "mididrumigen.web.server": "mididrumigen.web.server",
    "+ httpx": "mididrumigen.web.server, httpx",
    "httpx": "httpx",
    "rich": "rich.console",
    "rapidfuzz": "rapidfuzz.process",
    "pydantic": "pydantic",
    "sqlite_utils": "sqlite_utils",
    "structlog": "structlog",
}


def memory_mb(pid: int) -> tuple[float, float]:
    """(Rss, Pss) of a process."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    rss, pss = (int(re.search(rf"^{name}: +(\d+)", text, re.M)[1]) for name in ("Rss", "Pss"))  # type: ignore[index]  # every kernel that has the file has the lines
    return rss / 1024, pss / 1024


def percentile(values: Sequence[float], share: float) -> float:
    """A percentile of values, ms."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] * 1000


def told(values: Sequence[float]) -> str:
    """Median, 99th percentile and longest."""
    median, p99 = statistics.median(values) * 1000, percentile(values, 0.99)
    return f"p50 {median:6.1f} ms  p99 {p99:6.1f} ms  max {max(values) * 1000:6.1f} ms"


@contextmanager
def running(home: Path, *command: str) -> Iterator[tuple["subprocess.Popen[str]", str, float]]:
    """(process, its address, seconds until /health answered)."""
    env = {**os.environ, "MIDIDRUMIGEN_HOME": str(home)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.PIPE, encoding="utf-8", env=env
    )
    try:
        assert process.stdout
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        assert found
        assert get(found[0], "/health").status_code == 200
        yield process, found[0], time.perf_counter() - began
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def get(url: str, path: str) -> httpx.Response:
    """The answer to one GET on a connection of its own."""
    return httpx.get(f"{url}/api/v1{path}", trust_env=False, timeout=30)


class Generate:
    """Many generate requests at once; what they took and what went wrong."""

    def __init__(self, url: str) -> None:
        self._url, self.took = url, list[float]()
        self.statuses: Counter[int] = Counter()

    def run(self, first: int, count: int) -> None:
        """Ask `count` times at concurrency 10."""
        with (
            httpx.Client(base_url=f"{self._url}/api/v1", trust_env=False, timeout=60) as client,
            ThreadPoolExecutor(AT_ONCE) as pool,
        ):

            def one(number: int) -> None:
                body = {"artist": ARTISTS[number % len(ARTISTS)], "seed": number}
                began = time.perf_counter()
                answer = client.post("/generate?wait=25&clips=0", json=body)
                self.took.append(time.perf_counter() - began)
                self.statuses[answer.status_code] += 1

            list(pool.map(one, range(first, first + count)))

    @property
    def errors(self) -> int:
        """Requests that did not get a generation."""
        return self.statuses.total() - self.statuses[200]


class Watch(threading.Thread):
    """Asks for /health again and again on one connection."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url, self.took, self.is_over = url, list[float](), threading.Event()

    def run(self) -> None:
        with httpx.Client(base_url=f"{self._url}/api/v1", trust_env=False, timeout=30) as client:
            while not self.is_over.wait(0.02):
                began = time.perf_counter()
                client.get("/health")
                self.took.append(time.perf_counter() - began)

    def end(self) -> list[float]:
        """What each took, s."""
        self.is_over.set()
        self.join()
        return self.took


def outside(home: Path, count: int) -> None:
    """A daemon as a process, from its start to its end."""
    with running(home, "-m", "mididrumigen", "serve") as (process, url, started):
        time.sleep(REST_S)
        idle = memory_mb(process.pid)
        print(f"start until /health answers      {started * 1000:6.0f} ms")
        watch = Watch(url)
        watch.start()
        time.sleep(REST_S)
        print(f"/health of an idle daemon        {told(watch.end())}")

        load, watch = Generate(url), Watch(url)
        watch.start()
        began = time.perf_counter()
        load.run(0, LOADED)
        rate = LOADED / (time.perf_counter() - began)
        seen = watch.end()
        print(
            f"{LOADED} generates, {AT_ONCE} at once       {told(load.took)}  {rate:.0f} a second,"
            f" errors {load.errors}"
        )
        print(f"/health meanwhile                {told(seen)}")
        after_some = memory_mb(process.pid)
        load.run(LOADED, count - LOADED)
        time.sleep(REST_S)
        after_all = memory_mb(process.pid)
        print(f"{count} generates in all           errors {load.errors} {dict(load.statuses)}")
        for what, (rss, pss) in {
            "idle": idle,
            f"after {LOADED} requests": after_some,
            f"after {count} requests": after_all,
        }.items():
            print(f"memory {what:25} Rss {rss:6.1f} MB  Pss {pss:6.1f} MB")
        began = time.perf_counter()
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        print(f"SIGTERM until it is gone         {(time.perf_counter() - began) * 1000:6.0f} ms")


def beside_bare(home: Path) -> None:
    """Idle memory beside a bare aiohttp application, and which imports hold the rest."""
    with (
        running(home, "-c", BARE) as (bare, _, _),
        running(home, "-m", "mididrumigen", "serve") as (daemon, _, _),
    ):
        time.sleep(REST_S)
        ours, theirs = memory_mb(daemon.pid), memory_mb(bare.pid)
    for name, one, other in zip(("Rss", "Pss"), ours, theirs, strict=True):
        print(f"idle {name}  {one:.1f} MB, bare aiohttp {other:.1f} MB: {one / other:.2f}x")
    look = "import os; print(open(f'/proc/{os.getpid()}/smaps_rollup').read())"
    for name, modules in {"python -c pass": "", **IMPORTS}.items():
        code = f"import {modules}\n{look}" if modules else look
        text = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="ascii", check=True
        ).stdout
        rss = re.search(r"^Rss: +(\d+)", text, re.M)
        assert rss
        print(f"  after import {name:32} {int(rss[1]) / 1024:6.1f} MB")


async def inside(home: Path) -> None:
    """The loop of a daemon in this process, by a coroutine that wants to run every 5 ms."""
    late: list[float] = []
    stop, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    config = Config(generation=GenerationSettings(output_dir=str(home / "takes")))

    def say(text: str) -> None:
        found = re.search(r"http://[\d.]+:\d+", text)
        if found and not address.done():
            address.set_result(found[0])

    async def tick() -> None:
        while True:
            wanted = time.perf_counter() + TICK_S
            await asyncio.sleep(TICK_S)
            late.append(time.perf_counter() - wanted)

    daemon = asyncio.create_task(serve(config, paths, stop, say))
    url = await address
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(REST_S)
    print(f"lag of the idle loop             {told(late)}")
    late.clear()
    # Asked by a process of its own: a client in here would take turns with the loop.
    client = await asyncio.create_subprocess_exec(sys.executable, __file__, "--ask", url)
    await client.wait()
    print(f"lag of the loop, {LOADED} generates    {told(late)}")
    ticking.cancel()
    stop.set()
    await daemon


def main(arguments: list[str]) -> None:
    """Measure and print."""
    if arguments[:1] == ["--ask"]:
        Generate(arguments[1]).run(0, LOADED)
        return
    count = int(arguments[0]) if arguments else ALL
    with tempfile.TemporaryDirectory() as folder:
        for name in ("outside", "inside", "beside"):
            home = Path(folder, name)
            home.mkdir()
            (home / "config.toml").write_text(f"[generation]\noutput_dir = '{home / 'takes'}'\n")
        outside(Path(folder, "outside"), count)
        asyncio.run(inside(Path(folder, "inside")))
        beside_bare(Path(folder, "beside"))


if __name__ == "__main__":
    main(sys.argv[1:])

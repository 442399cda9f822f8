"""How a library of many files is indexed and searched: `python tests/benchmarks/library.py [N]`.

Prints time and memory of the first and the second refresh, what a few changed files cost, the size
of the database, and latencies of `files_of` and `search`. Goals for 20,000 files: first refresh
10 s, second 1 s, any search 5 ms.
"""

import asyncio
import os
import re
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from random import Random

from mididrumigen.app.library import Index
from mididrumigen.models import Progress
from mididrumigen.store import Store
from mididrumigen.workers import Workers

FILES = 20_000
SONGS_OF_ONE = 12
SEARCHES = 500
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeio"]
FORMS = (
    "{initial}/{artist}/Album {album}/{track:02} - {title}.mid",
    "{artist}/{title}.mid",
    "Rock/80s/{artist} - {title}.mid",
    "New Folder ({album})/{artist} - {title} (1).mid.mid",
    "By title/{title} - {artist}.mid",
    "downloads/{joined}-{joined_title}.mid",
    "karaoke/{artist} - {title} COMPLETE.kar",
    "misc/{artist_}_-_{title_} K.mid",
)


def words(rng: Random, most: int) -> str:
    """A name that nobody has."""
    count = rng.randint(1, most)
    return " ".join(
        "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4))).title()
        for _ in range(count)
    )


def make(folder: Path, count: int) -> list[str]:
    """Put `count` files in a folder, in every form; the names of the artists."""
    rng = Random(1)
    artists = sorted({words(rng, 3) for _ in range(count // SONGS_OF_ONE)})
    made = 0
    while made < count:
        artist, title = rng.choice(artists), words(rng, 4)
        path = folder / rng.choice(FORMS).format(
            initial=artist[0],
            artist=artist,
            artist_=artist.replace(" ", "_"),
            joined=artist.replace(" ", ""),
            album=rng.randint(1, 3),
            track=rng.randint(1, 15),
            title=title,
            title_=title.replace(" ", "_"),
            joined_title=title.replace(" ", ""),
        )
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"MThd")
            made += 1
    return artists


def peak_mb(pid: int | str) -> float:
    """The most memory that a process has had."""
    found = re.search(r"^VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("ascii"), re.M)
    return int(found[1]) / 1024 if found else 0.0


class Peaks(threading.Thread):
    """Watches the memory of the worker, which ends before it can be asked."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.worker_mb = 0.0
        self.is_over = threading.Event()

    def run(self) -> None:
        children = Path(f"/proc/self/task/{threading.main_thread().native_id}/children")
        while not self.is_over.wait(0.05):
            for pid in children.read_text("ascii").split():
                try:
                    self.worker_mb = max(self.worker_mb, peak_mb(pid))
                except OSError:
                    continue


async def lag(longest: list[float]) -> None:
    """Note how late the loop wakes, for as long as it runs."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.005)
        longest[0] = max(longest[0], time.perf_counter() - began - 0.005)


async def timed(action: Callable[[], Awaitable[object]]) -> float:
    """Seconds that something took."""
    began = time.perf_counter()
    await action()
    return time.perf_counter() - began


def told(values: Sequence[float]) -> str:
    """Median, 99th percentile and longest."""
    ms = sorted(value * 1000 for value in values)
    p99 = ms[min(int(len(ms) * 0.99), len(ms) - 1)]
    return f"p50 {statistics.median(ms):6.2f} ms  p99 {p99:6.2f} ms  max {ms[-1]:6.2f} ms"


def misspelt(name: str, rng: Random) -> str:
    """A name with a letter left out and one put in."""
    at = rng.randrange(len(name))
    text = name[:at] + name[at + 1 :]
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice("aeiourst") + text[at:]


def rename(folder: Path, count: int, rng: Random) -> None:
    """Give some files another name."""
    for path in rng.sample(sorted(folder.rglob("*.mid")), count):
        path.rename(path.with_name(f"New {path.name}"))


async def run(folder: Path, artists: list[str], database: Path) -> None:
    """Index and search."""
    rng = Random(2)
    peaks = Peaks()
    store = await Store.open(database)
    before = peak_mb("self")
    async with Workers() as workers:
        index = Index(store, workers)

        async def refresh() -> None:
            progress = Progress()
            [report] = await index.refresh([folder], progress)
            print(f"    {report}, refused {len(progress.refused)}")

        peaks.start()
        longest = [0.0]
        lagging = asyncio.ensure_future(lag(longest))
        print(f"first refresh     {await timed(refresh):6.2f} s")
        print(f"second refresh    {await timed(refresh):6.2f} s")
        lagging.cancel()
        await asyncio.to_thread(rename, folder, 20, rng)
        print(f"20 renamed        {await timed(refresh):6.2f} s")
        peaks.is_over.set()
        peaks.join()
        print(f"loop held at most {longest[0] * 1000:6.1f} ms")
        print(f"peak memory       parent {before:.1f} -> {peak_mb('self'):.1f} MB,", end=" ")
        print(f"worker {peaks.worker_mb:.1f} MB")
        size = sum(p.stat().st_size for p in database.parent.glob(f"{database.name}*"))
        print(f"database          {size / 1e6:.1f} MB with its log")

        fresh = Index(store, workers)
        print(f"first files_of    {await timed(lambda: fresh.files_of([artists[0]])) * 1e3:.1f} ms")
        first = await timed(lambda: fresh.search(artists[0]))
        print(f"first search      {first * 1e3:.1f} ms (it imports rapidfuzz)")
        asked = [rng.choice(artists) for _ in range(SEARCHES)]
        took = [await timed(lambda name=name: fresh.files_of([name])) for name in asked]  # type: ignore[misc]
        counts = [len(await fresh.files_of([name])) for name in asked]
        print(f"files_of          {told(took)}  {statistics.mean(counts):.1f} files each")
        wrong = [misspelt(name, rng) for name in asked]
        took = [await timed(lambda name=name: fresh.search(name)) for name in wrong]  # type: ignore[misc]
        hits = 0
        for name, text in zip(asked, wrong, strict=True):
            hits += name.lower() in [found.name.lower() for found in await fresh.search(text)]
        print(f"search, 2 edits   {told(took)}  {hits / SEARCHES:.0%} among the first 5")
    await store.close()


def main() -> None:
    """Make the files, then run."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        library = Path(folder, "library")
        artists = make(library, count)
        took = time.perf_counter() - began
        print(
            f"{count} files of {len(artists)} artists made in {took:.1f} s, {os.cpu_count()} cores"
        )
        (home := Path(folder, "home")).mkdir()
        asyncio.run(run(library, artists, home / "x.db"))


if __name__ == "__main__":
    main()

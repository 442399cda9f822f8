"""Turns and cooldowns: shared by processes, kept over their ends, safe from clocks that jump."""

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from mididrumigen.models import Turn, Waits
from mididrumigen.store import Store
from mididrumigen.store.waits import StoredWaits

NOW = 1_800_000_000.0
DAY_S = 86_400.0
TURNS = 25
EVERY_S = 0.01

TAKER = f"""
import asyncio, sys, time
from pathlib import Path
from mididrumigen.store import Store
from mididrumigen.store.waits import StoredWaits

async def run():
    store = await Store.open(Path(sys.argv[1]))
    waits = StoredWaits(store)
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range({TURNS}):
        print((await waits.turn("site", time.time(), {EVERY_S})).at)
    await store.close()

asyncio.run(run())
"""


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A database of its own."""
    opened = await Store.open(tmp_path / "x.db")
    yield opened
    await opened.close()


async def test_turns_are_as_far_apart_as_they_should_be(store: Store) -> None:
    waits: Waits = StoredWaits(store)
    turns = [await waits.turn("site", NOW, 2) for _ in range(3)]
    assert turns == [Turn(NOW), Turn(NOW + 2), Turn(NOW + 4)]
    assert await waits.turn("another", NOW, 2) == Turn(NOW)
    assert await waits.turn("site", NOW + 100, 2) == Turn(NOW + 100)


async def test_a_site_that_is_held_gives_no_turn_before_and_keeps_a_later_one(
    store: Store,
) -> None:
    waits = StoredWaits(store)
    await waits.hold("site", NOW + 30)
    await waits.hold("site", NOW + 10)
    assert await waits.turn("site", NOW, 1) == Turn(NOW + 30)


async def test_a_site_is_left_alone_until_the_last_of_what_was_said(store: Store) -> None:
    waits = StoredWaits(store)
    await waits.rest("site", NOW + 100.2, "asks us to wait")
    await waits.rest("site", NOW + 5, "is busy")
    assert await waits.turn("site", NOW, 1) == Turn(NOW + 101, "asks us to wait")
    assert await waits.turn("site", NOW + 100.9, 1) == Turn(NOW + 101, "asks us to wait")
    assert await waits.turn("site", NOW + 101, 1) == Turn(NOW + 101)


async def test_what_was_taken_and_said_is_known_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    store = await Store.open(path)
    await StoredWaits(store).turn("site", NOW, 60)
    await StoredWaits(store).rest("other", NOW + 60, "asks us to wait")
    await store.close()
    store = await Store.open(path)
    assert await StoredWaits(store).turn("site", NOW + 1, 60) == Turn(NOW + 60)
    assert await StoredWaits(store).turn("other", NOW, 60) == Turn(NOW + 60, "asks us to wait")
    await store.close()


async def test_a_clock_that_was_put_back_holds_nobody_up(store: Store) -> None:
    waits = StoredWaits(store)
    await waits.turn("site", NOW + 30 * DAY_S, 1)
    await waits.rest("other", NOW + 30 * DAY_S, "asks us to wait")
    assert await waits.turn("site", NOW, 1) == Turn(NOW)
    assert await waits.turn("other", NOW, 1) == Turn(NOW)


async def test_hosts_that_nobody_waits_for_are_forgotten(store: Store) -> None:
    waits = StoredWaits(store)
    for number in range(50):
        await waits.turn(f"web {number}.example", NOW, 5)
    await waits.turn("site", NOW + DAY_S, 1)
    assert await store.read(lambda db: db.execute("SELECT key FROM paces").fetchall()) == [
        ("site",)
    ]


async def test_a_cooldown_is_written_as_every_other_time(store: Store) -> None:
    await StoredWaits(store).rest("site", NOW, "asks us to wait")
    rows = await store.read(lambda db: db.execute("SELECT * FROM cooldowns").fetchall())
    assert rows == [("site", datetime.fromtimestamp(NOW, UTC).isoformat(), "asks us to wait")]


def test_two_processes_share_one_pace(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TAKER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    turns = sorted(float(line) for out, _ in said for line in out.split())
    assert len(turns) == 2 * TURNS
    gaps = [after - before for before, after in pairwise(turns)]
    assert min(gaps) >= EVERY_S - 1e-6

"""A daemon with a MIDI library, which the tests of the device share."""

import asyncio
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from mididrumigen.config import find_paths
from mididrumigen.drums import Voice
from mididrumigen.models import Artist
from mididrumigen.store import Store, queries
from tests.daemon import Daemon
from tests.takes import ROCK, midi_file_of, take_of

FILES, BARS = 8, 60
SLOW_FILES, SLOW_BARS = 8, 200
LONG_FILES, LONG_BARS = 100, 400


@cache
def played(seed: int, bars: int) -> bytes:
    """A MIDI file of a drummer who plays a little differently every time."""
    kicks = ("X--- --x- x-x- ----", "X-x- ---x --x- --x-", "X--x ---- X-x- ---x")
    take = take_of(
        {**ROCK, Voice.KICK: kicks[seed % len(kicks)]},
        bars=bars,
        late_ms=lambda step, voice, rng: rng.gauss(0, 8),
        seed=seed,
    )
    return midi_file_of(take, bars)


def write_takes(folder: Path, artist: str, files: int, bars: int) -> None:
    """Files of an artist in a library; many long ones are all of the same strokes."""
    place = folder / artist
    place.mkdir(parents=True)
    same = played(1, bars) if files > FILES else b""
    for number in range(files):
        (place / f"{number:03}.mid").write_bytes(same or played(number, bars))


def daemon_at(home: Path, library: Path) -> Daemon:
    """A daemon that looks into a library."""
    home.mkdir(parents=True)
    library.mkdir(parents=True, exist_ok=True)
    (home / "config.toml").write_text(
        f"[generation]\noutput_dir = '{home / 'takes'}'\n"
        f"[sources.local_midi]\nfolders = ['{library}']\n",
        encoding="utf-8",
    )
    return Daemon(home)


@pytest.fixture(scope="package")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon that knows two artists called Twins; "Newcomer" is in its library."""
    folder = tmp_path_factory.mktemp("m4l")
    write_takes(folder / "library", "Newcomer", SLOW_FILES, SLOW_BARS)
    running = daemon_at(folder / "home", folder / "library")

    async def two_of_a_name() -> None:
        store = await Store.open(find_paths({"MIDIDRUMIGEN_HOME": str(running.home)}).database)
        for who in ("a duo from Leeds", "a trio from Ghent"):
            artist = Artist("Twins", who)
            await store.write(queries.add_artist, artist, "2026-01-01T00:00:00+00:00")
        await store.close()

    asyncio.run(two_of_a_name())
    with running:
        yield running


@pytest.fixture
def fresh_daemon(tmp_path: Path) -> Iterator[tuple[Daemon, Path]]:
    """A daemon of this test's own, and the folder of its library."""
    with daemon_at(tmp_path / "home", tmp_path / "library") as running:
        yield running, tmp_path / "library"

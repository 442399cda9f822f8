"""What works here, and what to do about the rest.

Conventions: a check is one line: what it is about, how it stands, and for what does not work the
one command or step that mends it. Checking changes nothing.
"""

import asyncio
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from mididrumigen import __version__
from mididrumigen.app.drum_maps import all_maps, find_map
from mididrumigen.app.network import OFFLINE
from mididrumigen.app.owner import Runtime, running
from mididrumigen.config import Config, Paths, load_config
from mididrumigen.errors import MidiDrumiGenError, ModelError
from mididrumigen.keys import Keys
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.check import check
from mididrumigen.sources.closed import CLOSED
from mididrumigen.sources.registry import SOURCES
from mididrumigen.store import look, look_at_consents

State = Literal["ok", "note", "problem"]

_EXTRAS = {
    "audio": ("librosa", "av", "yt-dlp"),
    "llm": ("anthropic", "openai", "google-genai"),
    "similar": (),
    "tray": ("pystray", "pillow"),
}
_ENOUGH_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report."""

    name: str
    state: State
    text: str


async def examine(paths: Paths, this: Runtime | None = None) -> list[Check]:
    """Every check, in the order in which they are shown. `this` is the daemon that examines
    itself.
    """
    return await asyncio.to_thread(_examine, paths, this or await running(paths))


def _examine(paths: Paths, daemon: Runtime | None) -> list[Check]:
    return [
        Check(
            "program",
            "ok",
            f"MidiDrumiGen {__version__}, Python {platform.python_version()} ({sys.platform})",
        ),
        *_config(paths),
        _database(paths),
        _daemon(daemon),
        _knowledge(),
        *_network(paths),
        _disk(paths.database.parent),
        *_extras(),
    ]


def _config(paths: Paths) -> Iterator[Check]:
    try:
        config = load_config(paths.config)
    except MidiDrumiGenError as error:
        yield Check("configuration", "problem", str(error))
        return
    there = (
        ""
        if paths.config.exists()
        else " (not there: the defaults hold; `mididrumigen config init` makes it)"
    )
    yield Check("configuration", "ok", f"{paths.config}{there}")
    yield from _libraries(config)
    yield from _drum_maps(config, paths)


def _libraries(config: Config) -> Iterator[Check]:
    folders = config.sources["local_midi"].folders
    if not folders:
        yield Check("MIDI library", "note", "none; name yours under [sources.local_midi] folders")
    for folder in folders:
        there = Path(folder).is_dir()
        yield Check(
            "MIDI library",
            "ok" if there else "problem",
            folder if there else f"{folder} is not there",
        )


def _drum_maps(config: Config, paths: Paths) -> Iterator[Check]:
    try:
        drum_map = find_map(config.generation.map, paths.maps)
        yield Check("drum map", "ok", f"{config.generation.map}: {drum_map.title}")
    except MidiDrumiGenError as error:
        yield Check("drum map", "problem", f"[generation] map: {error}")
    for wrong in all_maps(paths.maps)[1]:
        yield Check("drum map", "problem", wrong)


def _database(paths: Paths) -> Check:
    if not paths.database.exists():
        return Check("database", "ok", f"{paths.database} (made when it is first needed)")
    try:
        count = look(paths.database)
    except MidiDrumiGenError as error:
        return Check("database", "problem", str(error))
    return Check("database", "ok", f"{paths.database}, {count} researched")


def _daemon(daemon: Runtime | None) -> Check:
    if daemon is None:
        return Check("daemon", "note", "not running; `mididrumigen serve` starts it")
    if daemon.version != __version__:
        return Check(
            "daemon",
            "problem",
            f"version {daemon.version} runs at {daemon.url}; stop it and start it again",
        )
    return Check("daemon", "ok", f"{daemon.url} (process {daemon.pid})")


def _knowledge() -> Check:
    library = Library()
    try:
        check(library)
    except MidiDrumiGenError as error:
        return Check("built-in notes", "problem", f"{error}; install MidiDrumiGen again")
    return Check(
        "built-in notes",
        "ok",
        f"{len(library.artists)} artists, {len(library.styles)} styles,"
        f" {len(library.others)} further names",
    )


def _network(paths: Paths) -> Iterator[Check]:
    """Who is asked, who waits for what, and who is not asked at all."""
    try:
        config = load_config(paths.config)
    except MidiDrumiGenError:  # said already
        return
    if not config.research.online or os.environ.get(OFFLINE):
        yield Check("network", "note", "nobody outside this machine is asked, as you set it")
        return
    contact = config.contact or "none; some sites answer faster who says who asks"
    yield Check("contact", "ok" if config.contact else "note", contact)
    have = {state.kind.name for state in Keys(paths.keys, os.environ).states() if state.place}
    said = look_at_consents(paths.database)
    cards = [source.card for source in SOURCES if config.sources[source.name].enabled]
    waiting = {
        card.name: f"waits for a key: mididrumigen keys set {card.key}"
        for card in cards
        if card.needs_key and card.key not in have
    } | {
        card.name: f"waits for your yes: mididrumigen consent allow {card.name}"
        for card in cards
        if card.consent and card.name not in said
    }
    waiting |= {
        card.name: f"waits for an address: [sources.{card.name}] base_url"
        for card in cards
        if card.needs_address and not config.sources[card.name].base_url
    }
    asked = [card.title for card in cards if card.name not in waiting and not card.is_local]
    yield Check("sources", "ok", f"{len(asked)} are asked: {', '.join(asked)}")
    for card in cards:
        if card.name in waiting:
            yield Check(card.title, "note", waiting[card.name])
    for name, why in CLOSED.items():
        yield Check(name, "note", f"is not asked: it {why}")


def _disk(folder: Path) -> Check:
    place = next((p for p in (folder, *folder.parents) if p.exists()), Path.cwd())
    free = shutil.disk_usage(place).free
    state: State = "ok" if free >= _ENOUGH_BYTES else "problem"
    return Check("disk", state, f"{free / 1e9:.1f} GB free at {place}")


def _similar() -> Check:
    """Whether texts can be compared; loads no library but sqlite-vec."""
    # Here: who writes to a person imports this file for its report.
    from mididrumigen.similar.model import INSTALL, check_files, missing
    from mididrumigen.store.nearest import vec_problem

    if absent := missing():
        return Check(
            "extra similar",
            "note",
            f"{', '.join(absent)} not installed: `similar` compares by styles and traits alone;"
            f" {INSTALL}",
        )
    try:
        check_files()
    except ModelError as error:
        return Check("extra similar", "problem", str(error))
    problem = vec_problem()
    way = f"numpy searches, since {problem}" if problem else "sqlite-vec searches"
    return Check("extra similar", "ok", f"texts are compared; {way}")


def _extras() -> Iterator[Check]:
    for extra, packages in _EXTRAS.items():
        if extra == "similar":
            yield _similar()
            continue
        missing = [package for package in packages if not _is_installed(package)]
        if missing:
            install = f'pip install "mididrumigen[{extra}]"'
            text = f"not installed, and not used by this version yet; {install}"
        else:
            text = "installed; not used by this version yet"
        yield Check(f"extra {extra}", "note", text)


def _is_installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True

"""The drum maps that can be written: those of products, and a user's own.

Conventions: own maps are `NAME.toml` in the folder `maps` beside the database, or any file whose
path is given; a product's name always means the product. Over HTTP a map is asked for by name.
"""

from collections.abc import Iterable
from pathlib import Path

from mididrumigen.drums import DRUMS
from mididrumigen.errors import InputError
from mididrumigen.midi.maps import MAPS, DrumMap
from mididrumigen.midi.own_map import map_name, read_map
from mididrumigen.models import Pattern

_SUFFIX = ".toml"
_MOST_OWN = 500
"""Files of the folder that are looked at."""


def find_map(asked: str, folder: Path) -> DrumMap:
    """The map of a name, or of a path: what has a separator or ends in `.toml`. Raises InputError.
    `folder` is where the user's own are.
    """
    for drum_map in MAPS:
        if drum_map.name == asked:
            return drum_map
    if asked.lower().endswith(_SUFFIX) or "/" in asked or "\\" in asked:
        try:
            return read_map(Path(asked).expanduser())
        except RuntimeError as error:
            raise InputError(f"the drum map is {asked}, and there is no such user") from error
    own = own_files(folder)
    if asked in own:
        return read_map(own[asked])
    known = ", ".join((*(drum_map.name for drum_map in MAPS), *own))
    raise InputError(
        f"there is no drum map {asked!r}", f"there are {known}; your own go to {folder}"
    )


def own_files(folder: Path) -> dict[str, Path]:
    """Name -> file of the user's own maps, by name; empty where there is no such folder."""
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() == _SUFFIX)[:_MOST_OWN]
    except OSError:
        return {}
    taken = {drum_map.name for drum_map in MAPS}
    return {map_name(path): path for path in files if map_name(path) not in taken}


def all_maps(folder: Path) -> tuple[list[DrumMap], list[str]]:
    """(every map, products' first; what is wrong with own files that are none, in words)."""
    found, wrong = list(MAPS), []
    for path in own_files(folder).values():
        try:
            found.append(read_map(path))
        except InputError as error:
            wrong.append(str(error))
    return found, wrong


def map_notices(drum_map: DrumMap, patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """What a kit plays otherwise than the patterns have it, in at most one sentence."""
    struck = {hit.voice for pattern in patterns for hit in pattern.hits}
    moved, absent, together = [], [], dict[int, list[str]]()
    for voice in DRUMS:
        if voice not in struck:
            continue
        title, player = DRUMS[voice].title, drum_map.plays(voice)
        if player is None:
            absent.append(title)
        elif player is not voice:
            moved.append(f"{title} as {DRUMS[player].title}")
        else:
            together.setdefault(drum_map.notes[voice], []).append(title)
    said = [f"plays {', '.join(moved)}"] if moved else []
    said += [f"has one for {' and '.join(same)}" for same in together.values() if len(same) > 1]
    said += [f"has nothing for {', '.join(absent)}, left out"] if absent else []
    return (f"{drum_map.title} {'; '.join(said)}",) if said else ()

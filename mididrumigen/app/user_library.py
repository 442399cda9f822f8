"""Where Ableton Live keeps the user's own things, from Live's own settings.

Conventions: each version of Live has a folder of settings; the newest is asked first. Its file
`Library.cfg` is XML whose `UserLibrary` names the folder that the library lies in (`ProjectPath`)
and the library's name there (`ProjectName`). Checked on published copies from Live 11 and 12.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from mididrumigen.errors import NotFound

DEVICE_PLACE = Path("Presets", "MIDI Effects", "Max MIDI Effect")
"""Where Live's browser looks for Max MIDI effects of the user, below the library."""


def find_user_library(environ: Mapping[str, str], system: str = sys.platform) -> Path:
    """The library of the newest Live whose library is there, else the usual place; raises NotFound.
    `system` is a value of `sys.platform`.
    """
    home = Path.home()
    for settings in _settings(environ, home, system):
        library = _library_of(settings)
        if library is not None and library.is_dir():
            return library
    usual = home / {"darwin": "Music"}.get(system, "Documents") / "Ableton" / "User Library"
    if usual.is_dir():
        return usual
    raise NotFound(
        "the User Library of Ableton Live was not found",
        "name it with --user-library; Live shows it under Settings, Library",
    )


def _settings(environ: Mapping[str, str], home: Path, system: str) -> Iterator[Path]:
    """The files `Library.cfg` of every Live, the newest version first."""
    if system == "darwin":
        root, below = home / "Library" / "Preferences" / "Ableton", Path()
    else:
        roaming = environ.get("APPDATA")
        root = (Path(roaming) if roaming else home / "AppData" / "Roaming") / "Ableton"
        below = Path("Preferences")
    versions = sorted(root.glob("Live *"), key=lambda folder: _version(folder.name), reverse=True)
    for folder in versions:
        yield folder / below / "Library.cfg"


def _version(name: str) -> tuple[bool, list[int]]:
    """For sorting: releases by their numbers, whatever has none last."""
    numbers = [int(number) for number in re.findall(r"\d+", name)]
    return bool(numbers), numbers


def _library_of(settings: Path) -> Path | None:
    """The library that a file of settings names; None where it cannot be read or names none."""
    try:
        tree = ElementTree.fromstring(settings.read_bytes())
    except (OSError, ElementTree.ParseError):
        return None
    project = tree.find(".//UserLibrary//LibraryProject")
    if project is None:
        return None
    path, name = (_value(project, tag) for tag in ("ProjectPath", "ProjectName"))
    return Path(path) / (name or "User Library") if path else None


def _value(project: ElementTree.Element, tag: str) -> str:
    found = project.find(tag)
    return "" if found is None else found.get("Value", "")

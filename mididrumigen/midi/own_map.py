"""A user's own drum map: a small TOML file of `voice = note` <-> DrumMap.

    title = "My kit"          # optional: what messages call it
    base = "addictive2"       # optional: what is not named here lies as in that map
    kick = 36
    china = 81

Conventions: voices have the names of the drum table, notes are 0-127. Without `base` the kit is
what is named; the rest is played by stand-ins. The map's own name is that of its file. A mistake is
an InputError of one sentence that names the line.
"""

import codecs
import difflib
import re
import stat
import tomllib
from pathlib import Path

from mididrumigen.drums import DRUMS, Voice
from mididrumigen.errors import InputError
from mididrumigen.midi.maps import HIGHEST, LOWEST, MAPS, DrumMap

MAX_MAP_BYTES = 20_000
MAX_MAP_NAME, _MAX_TITLE = 40, 60
MAP_NAME = rf"[A-Za-z0-9_-]{{1,{MAX_MAP_NAME}}}"
"""What a map may be called."""
_DEFAULT_NAME = "own"


def read_map(path: Path) -> DrumMap:
    """The map in the file at `path`; raises InputError."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe could wait for ever
            raise InputError(f"{path} is no file", _HINT)
        if status.st_size > MAX_MAP_BYTES:
            raise InputError(f"{path} is over {MAX_MAP_BYTES // 1000} kB: that is no drum map")
        data = path.read_bytes()
        # Some editors begin with a mark, and one shell of Windows writes `> file` in UTF-16.
        is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no text in UTF-8", _HINT) from error
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise InputError(f"the drum map {path} cannot be read: {reason}") from error
    return parse_map(text, map_name(path), path.name)


def map_name(path: Path) -> str:
    """What the map in a file is called: the file's name without what a name may not hold."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", path.stem).strip("-")[:MAX_MAP_NAME] or _DEFAULT_NAME


def parse_map(text: str, name: str, file_name: str) -> DrumMap:
    """The map of a file's text; raises InputError."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = re.search(r" \(at (?:line (\d+).*|end of document)\)$", str(error))
        line = int(found[1]) if found and found[1] else len(text.splitlines())
        what = str(error)[: found.start()] if found else str(error)
        raise InputError(f"{file_name}, line {line}: {what}", _HINT) from error
    title, base = table.pop("title", name), table.pop("base", None)
    notes: dict[Voice, int] = {}
    if base is not None:
        known = {drum_map.name: drum_map for drum_map in MAPS}
        if not isinstance(base, str) or base not in known:
            raise _mistake(text, file_name, "base", f"base must be one of {', '.join(known)}")
        notes.update(known[base].notes)
    if not isinstance(title, str) or not title.isprintable() or not 0 < len(title) <= _MAX_TITLE:
        what = f"title must be a text in quotes, 1 to {_MAX_TITLE} characters"
        raise _mistake(text, file_name, "title", what)
    for key, note in table.items():
        if key not in DRUMS:
            near = difflib.get_close_matches(key, DRUMS, 1)
            what = f"there is no voice {key[:MAX_MAP_NAME]!r}"
            raise _mistake(text, file_name, key, what, f"is it {near[0]}?" if near else _VOICES)
        if type(note) is not int or not LOWEST <= note <= HIGHEST:
            what = f"{key} must be a note from {LOWEST} to {HIGHEST}, as a number"
            raise _mistake(text, file_name, key, what)
        notes[Voice(key)] = note
    if not notes:
        raise InputError(f"{file_name} names no voice", _HINT)
    return DrumMap(name, title, notes)


def map_text(drum_map: DrumMap) -> str:
    """The file of a map; `parse_map` gives the same map again."""
    title = drum_map.title.replace("\\", "\\\\").replace('"', '\\"')
    lines = [f"{voice} = {drum_map.notes[voice]}" for voice in DRUMS if voice in drum_map.notes]
    return "\n".join([f'title = "{title}"', *lines, ""])


_HINT = "each line is a voice and its note, such as kick = 36"
_VOICES = "`mididrumigen maps gm` lists the voices"


def _mistake(text: str, file_name: str, key: str, what: str, hint: str = "") -> InputError:
    """What is wrong with a key, and in which line it stands."""
    pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}(?![\w-])")
    lines = enumerate(text.splitlines(), 1)
    line = next((number for number, content in lines if pattern.match(content)), 1)
    return InputError(f"{file_name}, line {line}: {what}", hint)

"""The settings in force, and changing them: the file is edited, its comments and order stay.

Conventions: a change is a table as the file has it, with only what changes; None takes a key back
to its default. The whole of the file is checked before anything is written.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mididrumigen.config import Config, load_config, parse_config
from mididrumigen.errors import ConfigError
from mididrumigen.files import write_whole

if TYPE_CHECKING:
    from tomlkit.container import Container

MAX_DEPTH = 4


class Settings:
    """What is in force now; asked anew each time, since it can change while the program runs."""

    def __init__(self, config: Config, path: Path) -> None:
        self.config, self.path = config, path

    def change(self, changes: Mapping[str, Any]) -> Config:
        """Write changes to the file and put them in force; raises ConfigError, and nothing is
        changed then.
        """
        load_config(self.path)  # says what is wrong with a file that was broken by hand
        try:
            text = self.path.read_text(encoding="utf-8-sig") if self.path.exists() else ""
        except OSError as error:
            raise ConfigError(f"{self.path} cannot be read: {error}") from error
        text = changed(text, changes)
        config = parse_config(tomllib.loads(text))
        try:
            path = self.path.resolve()  # a link to the file stays one
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
            write_whole(path, text.encode(), mode)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigError(f"{self.path} cannot be written: {reason}") from error
        self.config = config
        return config


def changed(text: str, changes: Mapping[str, Any]) -> str:
    """A TOML document with changes; comments, order and all else stay as they are. Raises
    ConfigError.
    """
    import tomlkit  # 60 ms: only who changes something pays for it
    from tomlkit.exceptions import TOMLKitError

    document = tomlkit.parse(text)
    try:
        _change(document, changes, 1)
        after = tomlkit.dumps(document)
        after.encode()
        if not _has(tomllib.loads(after), changes):
            raise ConfigError("the file is in an order that cannot be edited", "edit it by hand")
    except (TOMLKitError, TypeError, ValueError) as error:
        raise ConfigError(
            "a setting is a text, a number, true, false or a list of texts"
        ) from error
    return after


def _change(table: "Container | Any", changes: Mapping[str, Any], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ConfigError("no setting lies that deep")
    for key, value in changes.items():
        if isinstance(value, Mapping):
            if isinstance(table.get(key), Mapping):
                _change(table[key], value, depth + 1)
            else:  # filled first: some tables hand out copies of what was put into them
                table[key] = _filled(value, depth + 1)
        elif value is None:
            table.pop(key, None)
        else:
            table[key] = value


def _filled(changes: Mapping[str, Any], depth: int) -> Any:
    """A new table."""
    import tomlkit

    table = tomlkit.table()
    _change(table, changes, depth)
    return table


def _has(plain: Mapping[str, Any], changes: Mapping[str, Any]) -> bool:
    """Whether a document says what was to be changed."""
    for key, value in changes.items():
        there = plain.get(key)
        if isinstance(value, Mapping):
            if not _has(there if isinstance(there, Mapping) else {}, value):
                return False
        elif there != value:
            return False
    return True

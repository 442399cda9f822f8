"""The example configuration that is shipped with the program, and writing it to its place."""

import os
import pkgutil
import tempfile
from pathlib import Path

from mididrumigen.errors import ConfigError

_CHECKOUT = Path(__file__).parents[2] / "config.example.toml"
"""Where it lies in a checkout; in an installed package it is inside it."""


def example_text() -> str:
    """The example configuration."""
    try:
        data = pkgutil.get_data("mididrumigen", "config.example.toml")
    except FileNotFoundError:
        data = _CHECKOUT.read_bytes()
    return (data or b"").decode()


def write_example(path: Path) -> None:
    """Write the example to `path`, whole or not at all; raises ConfigError where there is a file or
    no way to write.
    """
    if path.exists():
        raise ConfigError(f"{path} is there already", "edit it, or move it away first")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".config-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(example_text())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}") from error

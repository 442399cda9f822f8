"""The example configuration that is shipped with the program, and writing it to its place."""

from pathlib import Path

from mididrumigen.app.shipped import shipped
from mididrumigen.errors import ConfigError
from mididrumigen.files import write_whole


def example_text() -> str:
    """The example configuration."""
    return shipped("config.example.toml").read_text(encoding="utf-8")


def write_example(path: Path) -> None:
    """Write the example to `path`, whole or not at all; raises ConfigError where there is a file or
    no way to write.
    """
    if path.exists():
        raise ConfigError(f"{path} is there already", "edit it, or move it away first")
    try:
        write_whole(path, example_text().encode())
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or error}") from error

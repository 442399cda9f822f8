"""The Max for Live device: where its file is, and putting it where Live finds it."""

import os
from pathlib import Path

from mididrumigen.app.shipped import shipped
from mididrumigen.app.user_library import DEVICE_PLACE, find_user_library
from mididrumigen.errors import OutputError
from mididrumigen.files import write_whole

DEVICE = "MidiDrumiGen.amxd"


def device_file() -> Path:
    """The device as it is shipped."""
    return shipped(DEVICE, "m4l")


def install_device(user_library: Path | None = None) -> Path:
    """Copy the device into a User Library of Live, by default the one that Live's own settings
    name, over one that is there; where it is now. Raises NotFound, OutputError.
    """
    library = user_library or find_user_library(os.environ)
    target = library / DEVICE_PLACE / DEVICE
    try:
        write_whole(target, device_file().read_bytes(), 0o644)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror or error}") from error
    return target

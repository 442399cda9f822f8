"""All of it -> the device file and the picture of its panel.

Conventions: the script is put together from its parts, behind what the panel and the program say
(`TABLES`, `VERSION`, `API`); its name carries a hash of its content, for Max keeps a script of one
name until Live is quit.
"""

import hashlib
import json
from pathlib import Path

from m4l.container import DEVICE_FLAG, Device, Entry, build, patch_bytes
from m4l.drawing import draw
from m4l.panel import CONTROLS, PAGES, names_on
from m4l.patch import MADE_HFS_S, patcher
from mididrumigen import __version__

HERE = Path(__file__).parent
DEVICE, PICTURE = HERE / "MidiDrumiGen.amxd", HERE / "panel.svg"
API = 1
"""The number of the daemon's contract that the device speaks."""
PARTS = (
    *("begin", "transport", "daemon", "jobs", "live", "arrangement"),
    *("generate", "takes", "research", "selftest", "messages"),
)


def script() -> bytes:
    """The whole script."""
    parts = [(HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in PARTS]
    told = {"VERSION": __version__, "API": API, "TABLES": tables()}
    head = "".join(f"var {name} = {json.dumps(value)};\n" for name, value in told.items())
    return (head + "\n" + "\n".join(parts)).encode("ascii")


def tables() -> dict[str, object]:
    """What the script knows of the panel."""
    initial = {c.key: c.initial for c in CONTROLS if c.kind not in ("button", "meter")}
    del initial["page"]
    return {
        "initial": initial,
        "choices": {c.key: [asked for _, asked in c.choices] for c in CONTROLS if c.choices},
        "pages": [names_on(page) for page in PAGES],
    }


def device() -> Device:
    """The device."""
    text = script()
    name = f"mididrumigen-{hashlib.sha256(text).hexdigest()[:8]}.js"
    patch = patch_bytes(patcher(name))
    return Device(
        (
            Entry("MidiDrumiGen.amxd", b"JSON", patch, DEVICE_FLAG, MADE_HFS_S),
            Entry(name, b"TEXT", text, 0, MADE_HFS_S),
        )
    )


def files() -> dict[Path, bytes]:
    """Every file that is made, with its content."""
    made = device()
    return {DEVICE: build(made), PICTURE: draw(made.patcher).encode()}

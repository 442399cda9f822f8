"""The committed files are what the sources make, on every machine and every time."""

import hashlib
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from m4l.container import parse
from m4l.panel import HEIGHT, WIDTH
from m4l.writer import DEVICE, HERE, PARTS, PICTURE, files
from mididrumigen import __version__

LIMIT_BYTES = 200_000


def test_the_committed_files_are_up_to_date() -> None:
    made = files()
    assert set(made) == {DEVICE, PICTURE}
    for path, content in made.items():
        assert path.read_bytes() == content, f"python -m m4l makes {path.name} anew"


def test_another_process_with_another_hash_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys; from m4l.writer import DEVICE, files; sys.stdout.buffer.write(files()[DEVICE])"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        cwd=HERE.parent,
        env={**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert made.stdout == DEVICE.read_bytes()


def test_the_device_is_small() -> None:
    assert DEVICE.stat().st_size < LIMIT_BYTES


def test_the_script_is_ascii_and_its_name_changes_with_its_content() -> None:
    script = parse(DEVICE.read_bytes()).entries[1]
    assert script.data.isascii()
    assert script.name == f"mididrumigen-{hashlib.sha256(script.data).hexdigest()[:8]}.js"
    assert f'var VERSION = "{__version__}";' in script.data.decode()


def test_every_part_of_the_script_is_in_it_and_none_is_long() -> None:
    assert {path.stem for path in (HERE / "script").iterdir()} == set(PARTS)
    script = parse(DEVICE.read_bytes()).entries[1].data.decode()
    for name in PARTS:
        part = (HERE / "script" / f"{name}.js").read_text(encoding="utf-8")
        assert part in script
        assert len(part.splitlines()) <= 300


def test_nothing_of_a_machine_is_in_the_device() -> None:
    data = DEVICE.read_bytes()
    for trace in (str(HERE.parent).encode(), str(Path.home()).encode() + b"/", b"/Users/", b"C:\\"):
        assert trace not in data


def test_the_picture_shows_every_page() -> None:
    root = ET.fromstring(PICTURE.read_bytes())
    assert float(root.attrib["width"]) == WIDTH
    assert float(root.attrib["height"]) > 3 * HEIGHT
    words = [element.text for element in root.iter() if element.tag.endswith("text")]
    for word in ("Intensity", "Drum map", "Augment Research", "Generate"):
        assert word in words


def test_the_writer_lists_and_extracts(tmp_path: Path) -> None:
    def run(*args: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "m4l", *args],
            cwd=HERE.parent,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    entries = parse(DEVICE.read_bytes()).entries
    listed = run("list", str(DEVICE))
    assert [line.split()[-1] for line in listed.stdout.splitlines()] == [e.name for e in entries]
    assert run("extract", str(DEVICE), str(tmp_path / "out")).returncode == 0
    for entry in entries:
        assert (tmp_path / "out" / entry.name).read_bytes() == entry.data
    broken = tmp_path / "broken.amxd"
    broken.write_bytes(b"no device")
    refused = run("list", str(broken))
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr

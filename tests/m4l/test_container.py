"""Device files and their parts, both ways, against bytes that are put together here by hand."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from m4l.container import (
    DEVICE_FLAG,
    FROZEN_META,
    UNFROZEN_META,
    ContainerError,
    Device,
    Entry,
    build,
    parse,
    patch_bytes,
)
from m4l.writer import DEVICE, device

PATCH = b'{"patcher": {"boxes": []}}\n\0'
SCRIPT = b"outlets = 1;\n"


def big(number: int) -> bytes:
    return struct.pack(">I", number)


def by_hand() -> bytes:
    """A frozen device of a patch and a script, written down byte by byte."""
    fields = []
    for kind, name, size, offset, flag in (
        (b"JSON", b"Test.amxd\0\0\0", len(PATCH), 16, 0x11),
        (b"TEXT", b"foo.js\0\0", len(SCRIPT), 16 + len(PATCH), 0),
    ):
        body = b"type" + big(12) + kind
        body += b"fnam" + big(8 + len(name)) + name
        body += b"sz32" + big(12) + big(size) + b"of32" + big(12) + big(offset)
        body += b"vers" + big(12) + big(0) + b"flag" + big(12) + big(flag)
        body += b"mdat" + big(12) + big(3_850_000_000)
        fields.append(b"dire" + big(8 + len(body)) + body)
    listed = b"".join(fields)
    footer = 16 + len(PATCH) + len(SCRIPT)
    payload = b"mx@c" + big(16) + struct.pack(">Q", footer) + PATCH + SCRIPT
    payload += b"dlst" + big(8 + len(listed)) + listed
    head = b"ampf\x04\0\0\0mmmmmeta\x04\0\0\0\x07\0\0\0ptch"
    return head + struct.pack("<I", len(payload)) + payload


HAND_MADE = Device(
    (
        Entry("Test.amxd", b"JSON", PATCH, DEVICE_FLAG, 3_850_000_000),
        Entry("foo.js", b"TEXT", SCRIPT, 0, 3_850_000_000),
    )
)


def test_a_frozen_device_is_built_as_it_would_be_by_hand() -> None:
    assert build(HAND_MADE) == by_hand()
    assert parse(by_hand()) == HAND_MADE


def test_an_unfrozen_device_is_its_patch_alone() -> None:
    data = b"ampf\x04\0\0\0aaaameta\x04\0\0\0\x01\0\0\0ptch" + struct.pack("<I", len(PATCH)) + PATCH
    read = parse(data)
    assert (read.is_frozen, read.kind, read.meta) == (False, b"aaaa", UNFROZEN_META)
    assert read.patcher == {"boxes": []}
    assert build(read) == data


def test_the_patch_ends_where_its_text_ends_whatever_lies_behind() -> None:
    entry = Entry("x.amxd", b"JSON", PATCH + b'"}] left over', DEVICE_FLAG)
    assert parse(build(Device((entry,)))).patcher == {"boxes": []}


names = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=40)
entries = st.builds(
    Entry,
    names,
    st.sampled_from([b"JSON", b"TEXT", b"PNG ", b"\0\0\0\0"]),
    st.binary(max_size=200),
    st.integers(0, 2**32 - 1),
    st.integers(0, 2**32 - 1),
)


@given(st.lists(entries, min_size=1, max_size=6), st.sampled_from([FROZEN_META, b"\0\0\0\x07"]))
def test_every_frozen_device_comes_back_byte_for_byte(files: list[Entry], meta: bytes) -> None:
    made = Device(tuple(files), b"iiii", meta)
    data = build(made)
    assert parse(data) == made
    assert build(parse(data)) == data


@pytest.mark.parametrize("length", range(0, len(by_hand()), 7))
def test_a_file_that_is_cut_short_is_refused(length: int) -> None:
    with pytest.raises(ContainerError):
        parse(by_hand()[:length])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"ampf", b"RIFF"),
        (b"mx@c" + big(16), b"mx@c" + big(17)),
        (b"dlst", b"dlsx"),
        (b"of32" + big(12) + big(16), b"of32" + big(12) + big(17)),
        (b"sz32" + big(12) + big(len(SCRIPT)), b"sz32" + big(12) + big(len(SCRIPT) - 1)),
        (b"vers" + big(12) + big(0), b"vers" + big(12) + big(1)),
        (b"mdat", b"more"),
    ],
)
def test_a_file_whose_parts_contradict_each_other_is_refused(old: bytes, new: bytes) -> None:
    assert old in by_hand()
    with pytest.raises(ContainerError):
        parse(by_hand().replace(old, new, 1))


def test_a_patch_that_is_no_patch_is_refused() -> None:
    with pytest.raises(ContainerError):
        Device((Entry("", b"JSON", b'{"boxes": []}'),)).patcher  # noqa: B018


def test_the_device_holds_its_patch_and_one_script_that_the_patch_names() -> None:
    read = parse(DEVICE.read_bytes())
    assert read == device()
    assert build(read) == DEVICE.read_bytes()
    patch, script = read.entries
    assert (patch.name, patch.type, patch.flag) == ("MidiDrumiGen.amxd", b"JSON", 0x11)
    assert (script.type, script.flag) == (b"TEXT", 0)
    assert patch.data == patch_bytes(read.patcher)
    named = [b["box"] for b in read.patcher["boxes"] if b["box"].get("text", "").startswith("js ")]
    assert [box["text"] for box in named] == [f"js {script.name}"]
    assert named[0]["saved_object_attributes"]["filename"] == script.name

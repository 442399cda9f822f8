"""A device file (.amxd) as its parts, and back, byte for byte.

Conventions: a file is three chunks, lengths little-endian: `ampf` (the device type), `meta` and
`ptch`. An unfrozen device has its patch there as text. A frozen one has `mx@c`, then the contents
of its files back to back, the patch first, then `dlst` which describes them; inside it lengths are
big-endian. Measured on 97 real devices (Max 8.1-9.1), of which each frozen one can be rebuilt from
exactly what `Entry` keeps.
"""

import json
import struct
from dataclasses import dataclass
from typing import Any

MIDI_EFFECT = b"mmmm"
FROZEN_META, UNFROZEN_META = b"\x07\0\0\0", b"\x01\0\0\0"
DEVICE_FLAG = 0x11
"""Of the first file of a frozen device, the patch; its other files have 0."""
HFS_EPOCH_S = 2_082_844_800
"""Seconds from the first second of 1904, from which Max counts, to that of 1970."""

_HEAD_BYTES = 16
"""`mx@c`, its own length and where the files end."""
_FIELDS = (b"type", b"fnam", b"sz32", b"of32", b"vers", b"flag", b"mdat")


class ContainerError(ValueError):
    """The bytes are not a device file; the text says what is wrong with them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a device."""

    name: str
    type: bytes
    """Four characters: `JSON`, `TEXT`, ..."""
    data: bytes
    flag: int = 0
    modified_hfs_s: int = 0


@dataclass(frozen=True, slots=True)
class Device:
    """A device file."""

    entries: tuple[Entry, ...]
    """The patch first; it alone where the device is not frozen (its name is then unknown)."""
    kind: bytes = MIDI_EFFECT
    meta: bytes = FROZEN_META
    is_frozen: bool = True

    @property
    def patcher(self) -> dict[str, Any]:
        """The patch as Max's JSON; what stands behind its end is no part of it."""
        text = self.entries[0].data.decode("utf-8", errors="replace").lstrip()
        try:
            document = json.JSONDecoder().raw_decode(text)[0]
            patcher: dict[str, Any] = document["patcher"]
        except (ValueError, KeyError, TypeError) as error:
            raise ContainerError(f"the patch is no JSON of Max: {error}") from error
        return patcher


def patch_bytes(patcher: dict[str, Any]) -> bytes:
    """A patch as it stands in a device, with the newline and the zero that Max ends it with."""
    return json.dumps({"patcher": patcher}, indent=1, ensure_ascii=True).encode() + b"\n\0"


def build(device: Device) -> bytes:
    """The file of a device."""
    payload = _frozen(device.entries) if device.is_frozen else device.entries[0].data
    return b"".join(
        tag + struct.pack("<I", len(data)) + data
        for tag, data in ((b"ampf", device.kind), (b"meta", device.meta), (b"ptch", payload))
    )


def parse(data: bytes) -> Device:
    """The device of a file; raises ContainerError."""
    chunks, at = {}, 0
    while at < len(data):
        tag, length = data[at : at + 4], _number("<I", data, at + 4)
        chunks[tag] = data[at + 8 : at + 8 + length]
        if len(chunks[tag]) != length:
            raise ContainerError(f"the chunk {tag!r} is cut short")
        at += 8 + length
    if list(chunks) != [b"ampf", b"meta", b"ptch"]:
        raise ContainerError(f"the chunks are {list(chunks)}, not ampf, meta and ptch")
    kind, meta, payload = chunks.values()
    if payload[:4] != b"mx@c":
        return Device((Entry("", b"JSON", payload),), kind, meta, is_frozen=False)
    return Device(_thawed(payload), kind, meta)


def _frozen(entries: tuple[Entry, ...]) -> bytes:
    listed, at = b"", _HEAD_BYTES
    for entry in entries:
        values = {
            b"type": entry.type,
            b"fnam": _padded(entry.name),
            b"sz32": struct.pack(">I", len(entry.data)),
            b"of32": struct.pack(">I", at),
            b"vers": struct.pack(">I", 0),
            b"flag": struct.pack(">I", entry.flag),
            b"mdat": struct.pack(">I", entry.modified_hfs_s),
        }
        listed += _sized(b"dire", b"".join(_sized(tag, values[tag]) for tag in _FIELDS))
        at += len(entry.data)
    head = b"mx@c" + struct.pack(">IQ", _HEAD_BYTES, at)
    return head + b"".join(entry.data for entry in entries) + _sized(b"dlst", listed)


def _thawed(payload: bytes) -> tuple[Entry, ...]:
    if _number(">I", payload, 4) != _HEAD_BYTES:
        raise ContainerError("the head of the frozen files has another length")
    footer = _number(">Q", payload, 8)
    (listed,) = _unsized(payload[footer:], b"dlst")
    entries, at = [], _HEAD_BYTES
    for dire in _unsized(listed, b"dire"):
        values, rest = {}, dire
        for tag in _FIELDS:
            value = _first(rest, tag)
            values[tag], rest = value, rest[8 + len(value) :]
        if rest or _number(">I", values[b"vers"], 0):
            raise ContainerError("a file has a field that is not known")
        size, offset = _number(">I", values[b"sz32"], 0), _number(">I", values[b"of32"], 0)
        if offset != at or at + size > footer:
            raise ContainerError("the files do not lie back to back")
        at += size
        name = values[b"fnam"].split(b"\0")[0].decode("utf-8", errors="replace")
        flag, modified = (_number(">I", values[tag], 0) for tag in (b"flag", b"mdat"))
        entries.append(Entry(name, values[b"type"], payload[offset:at], flag, modified))
    if not entries or at != footer:
        raise ContainerError("the list of files does not cover the files")
    return tuple(entries)


def _sized(tag: bytes, value: bytes) -> bytes:
    """A big-endian part, whose length counts its own eight bytes of head."""
    return tag + struct.pack(">I", len(value) + 8) + value


def _unsized(data: bytes, tag: bytes) -> list[bytes]:
    """The values of big-endian parts that all have a tag, up to the end."""
    values: list[bytes] = []
    while data:
        values.append(_first(data, tag))
        data = data[8 + len(values[-1]) :]
    return values


def _first(data: bytes, tag: bytes) -> bytes:
    length = _number(">I", data, 4)
    if data[:4] != tag or not 8 <= length <= len(data):
        raise ContainerError(f"{data[:4]!r} stands where {tag!r} should")
    return data[8:length]


def _padded(name: str) -> bytes:
    """A name with the zeros behind it: one at least, up to a multiple of four bytes."""
    text = name.encode()
    return text + bytes(4 - len(text) % 4)


def _number(form: str, data: bytes, at: int) -> int:
    try:
        number: int = struct.unpack_from(form, data, at)[0]
    except struct.error as error:
        raise ContainerError("the file is cut short") from error
    return number

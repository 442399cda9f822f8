"""MIDI files laid out by hand, and what the other musicians of a band play.

Conventions: an event is (tick, its bytes), ticks from the start of the track; a stroke is (tick,
pitch, velocity), as in `drum_parts`.
"""

import struct
from collections.abc import Iterable, Sequence
from random import Random

Event = tuple[int, bytes]
Stroke = tuple[int, int, int]

END = b"\xff\x2f\x00"
BAR = 1920
"""Ticks of a bar of four quarters."""


def vlq(number: int) -> bytes:
    """A variable-length quantity: 7 bits a byte, all but the last with the high bit."""
    out = [number & 0x7F]
    while number := number >> 7:
        out.insert(0, number & 0x7F | 0x80)
    return bytes(out)


def meta(kind: int, body: bytes) -> bytes:
    """A meta event."""
    return bytes((0xFF, kind)) + vlq(len(body)) + body


def sysex(body: bytes) -> bytes:
    """A system exclusive event; `body` ends with F7 where it is in order."""
    return b"\xf0" + vlq(len(body)) + body


def body(events: Iterable[Event], end: bytes = b"\x00" + END) -> bytes:
    """Contents of a track: the events in order of time, then its end."""
    out, now = bytearray(), 0
    for tick, data in sorted(events, key=lambda event: event[0]):
        out += vlq(tick - now) + data
        now = tick
    return bytes(out) + end


def chunk(contents: bytes, *, length: int | None = None, name: bytes = b"MTrk") -> bytes:
    """A chunk with the length that it has, or the one given."""
    return name + struct.pack(">I", len(contents) if length is None else length) + contents


def header(kind: int, tracks: int, division: int) -> bytes:
    """The header chunk; a negative division is an SMPTE one."""
    return chunk(struct.pack(">HHH", kind, tracks, division & 0xFFFF), name=b"MThd")


def midi(*tracks: bytes, kind: int = 1, division: int = 480) -> bytes:
    """A file with the contents of these tracks."""
    return header(kind, len(tracks), division) + b"".join(chunk(track) for track in tracks)


def note(tick: int, channel: int, pitch: int, velocity: int, length: int = 60) -> list[Event]:
    """A note with its end; channels count from 0."""
    return [
        (tick, bytes((0x90 | channel, pitch, velocity))),
        (tick + length, bytes((0x80 | channel, pitch, 64))),
    ]


def played(strokes: Iterable[Stroke], channel: int, length: int = 60) -> list[Event]:
    """Notes of one channel."""
    return [event for stroke in strokes for event in note(stroke[0], channel, *stroke[1:], length)]


def named(name: str | bytes) -> list[Event]:
    """The event that names a track."""
    return [(0, meta(0x03, name if isinstance(name, bytes) else name.encode("latin-1")))]


def bass_line(bars: int, rng: Random, pitches: Sequence[int] = range(35, 47)) -> list[Stroke]:
    """Eighths and sixteenths, one at a time, of these pitches."""
    line, tick = [], 0
    while tick < bars * BAR:
        line.append((tick, rng.choice(pitches), rng.randint(60, 110)))
        tick += rng.choice((120, 240, 240, 480))
    return line


def walking_bass(bars: int, rng: Random) -> list[Stroke]:
    """Quarters that go up and down by steps between E1 and E3."""
    line, pitch = [], 36
    for beat in range(bars * 4):
        line.append((beat * 480, pitch, rng.randint(70, 100)))
        pitch = min(52, max(28, pitch + rng.choice((-3, -2, -1, 1, 2, 3, 5))))
    return line


def octave_bass(bars: int, rng: Random) -> list[Stroke]:
    """A root and its octave at once, on eighths: kick and snare, if one looks at pitches alone."""
    line = []
    for eighth in range(bars * 8):
        root = rng.choice((35, 36, 38, 40))
        velocity = rng.randint(70, 110)
        line += [(eighth * 240, root, velocity), (eighth * 240, root + 12, velocity)]
    return line


def chords(bars: int, rng: Random, lowest: int = 36) -> list[Stroke]:
    """Triads on quarters over a bass note of the left hand, major scale of a random root."""
    scale = [0, 2, 4, 5, 7, 9, 11]
    root = lowest + rng.randint(0, 11)
    out = []
    for beat in range(bars * 4):
        degree = rng.choice((0, 3, 4, 5))
        notes = {root + scale[degree]}
        for third in (0, 2, 4):
            octave, step = divmod(degree + third, 7)
            notes.add(root + 12 + 12 * octave + scale[step])
        out += [(beat * 480, pitch, rng.randint(50, 90)) for pitch in sorted(notes)]
    return out


def arpeggios(bars: int, rng: Random, lowest: int = 36) -> list[Stroke]:
    """Broken triads over two octaves in sixteenths."""
    out = []
    for bar in range(bars):
        root = lowest + rng.choice((0, 2, 4, 5, 7, 9))
        figure = [root, root + 4, root + 7, root + 12, root + 16, root + 12, root + 7, root + 4]
        out += [
            (bar * BAR + step * 120, figure[step % 8], rng.randint(50, 90)) for step in range(16)
        ]
    return out


def steel_drums(bars: int, rng: Random) -> list[Stroke]:
    """A tune in thirds between C4 and C6."""
    scale = [60, 62, 64, 65, 67, 69, 71, 72, 74, 76, 77, 79, 81, 83]
    out, place = [], 5
    for eighth in range(bars * 8):
        place = min(11, max(0, place + rng.choice((-2, -1, 1, 2))))
        for pitch in (scale[place], scale[place + 2]):
            out.append((eighth * 240, pitch, rng.randint(60, 110)))
    return out

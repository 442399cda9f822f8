"""Files with one defect each, made from one good song, and what each defect leaves.

Conventions: the song is eight bars of three quarters at 100 BPM, 480 ticks a quarter, in four
tracks: conductor, bass (channel 2), piano (channel 1) and drums (channel 10), the drums last.
`left` are the drum strokes that are still in the damaged file, at 480 ticks a quarter; a reader
should find these and no others. A defect sits in the middle of the drums where nothing else is
said, 120 ticks after the start of the fifth bar, so that both halves are at stake.
"""

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mididrumigen.drums import Voice
from mididrumigen.models import Hit
from tests.midi.parts import (
    END,
    Event,
    Stroke,
    body,
    chunk,
    header,
    meta,
    midi,
    named,
    played,
    sysex,
    vlq,
)

BAR = 3 * 480
BARS = 8
MIDDLE = 4 * BAR + 120
KICK, SNARE, HAT, OPEN, TAMBOURINE = 36, 38, 42, 46, 54
_CHANNEL_10 = 9

VOICES = {
    22: Voice.HAT_CLOSED,
    26: Voice.HAT_OPEN,
    36: Voice.KICK,
    38: Voice.SNARE,
    42: Voice.HAT_CLOSED,
    46: Voice.HAT_OPEN,
    49: Voice.CRASH,
    54: Voice.TAMBOURINE,
}
"""What the pitches of the files are."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A file with one defect."""

    name: str
    data: bytes
    left: tuple[Stroke, ...] | None
    """Strokes that a reader can find; None where the file has to be refused."""
    reason: str = ""
    """What the refusal says, as a regular expression."""
    tempo_bpm: float | None = 100.0
    """First tempo; None where it does not matter."""
    metre: tuple[int, int] | None = (3, 4)
    """First metre; None where it does not matter."""
    is_damaged: bool | None = None
    """Whether the take has to say that it is damaged; None where either may be right."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What is left, as a take has it."""
        return tuple(sorted({Hit(tick, VOICES[p], v) for tick, p, v in self.left or ()}))


def _drums() -> tuple[Stroke, ...]:
    strokes = []
    for bar in range(BARS):
        start = bar * BAR
        strokes += [(start + i * 240, HAT, 60 + 10 * (i % 2) + bar) for i in range(6)]
        strokes += [(start, KICK, 100 + bar), (start + 480, SNARE, 90 + bar)]
        strokes += [(start + 960, SNARE, 95 + bar)]
    return tuple(sorted(strokes))


STROKES = _drums()
"""The drums of the good song."""
FIRST_HALF = tuple(stroke for stroke in STROKES if stroke[0] < MIDDLE)
SECOND_HALF = tuple(stroke for stroke in STROKES if stroke[0] > MIDDLE)

TEMPO = (0, meta(0x51, (600_000).to_bytes(3, "big")))
METRE = (0, meta(0x58, b"\x03\x02\x18\x08"))
CONDUCTOR = body([*named("Song"), TEMPO, METRE, (0, meta(0x59, b"\x02\x00"))])
BASS_LINE = tuple((i * 480, 40 + 2 * (i % 5), 80) for i in range(3 * BARS))
PIANO_CHORDS = tuple((i * BAR, pitch, 70) for i in range(BARS) for pitch in (60, 64, 67))
BASS = body([*named("Bass"), *played(BASS_LINE, 1, 400)])
PIANO = body([*named("Piano"), *played(PIANO_CHORDS, 0, 1200)])
DRUM_EVENTS = [*named("Take 1"), *played(STROKES, _CHANNEL_10)]
DRUMS = body(DRUM_EVENTS)
GOOD = midi(CONDUCTOR, BASS, PIANO, DRUMS)


def _with(*events: Event, conductor: bytes = CONDUCTOR) -> bytes:
    """The song with more events in its drums."""
    return midi(conductor, BASS, PIANO, body([*DRUM_EVENTS, *events]))


def _middle(*events: bytes) -> bytes:
    """The song with more events in the middle of its drums."""
    return _with(*((MIDDLE, event) for event in events))


def _led_by(*events: bytes) -> bytes:
    """The song with another conductor."""
    return midi(body([(0, event) for event in events]), BASS, PIANO, DRUMS)


def _last_length(length: int) -> bytes:
    """The song with a wrong length of its last track, the drums."""
    return midi(CONDUCTOR, BASS, PIANO, DRUMS)[: -len(DRUMS) - 8] + chunk(DRUMS, length=length)


def _bass_length(length: int) -> bytes:
    """The song with a wrong length of a track in its middle."""
    return (
        header(1, 4, 480)
        + chunk(CONDUCTOR)
        + chunk(BASS, length=length)
        + chunk(PIANO)
        + chunk(DRUMS)
    )


def _head(kind: int = 1, tracks: int = 4, division: int = 480) -> bytes:
    """The song under another header."""
    return header(kind, tracks, division) + GOOD[14:]


def _riff(contents: bytes, *, pad: bytes = b"", more: bytes = b"") -> bytes:
    inner = b"RMIDdata" + struct.pack("<I", len(contents)) + contents + pad + more
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def _cut_after(event: bytes, keep: int) -> bytes:
    """The song, cut so many bytes into an event in the middle of its drums."""
    whole = _middle(event)
    return whole[: whole.index(event) + keep]


def _at_division(division: int, ticks_per_quarter: float, step: int) -> tuple[bytes, set[Stroke]]:
    """(the drums at another division, its strokes), those on a raster of 480ths alone."""
    strokes = [stroke for stroke in STROKES if stroke[0] % step == 0]
    there = [(round(t * ticks_per_quarter / 480), p, v) for t, p, v in strokes]
    data = midi(CONDUCTOR, body(played(there, _CHANNEL_10, 0)), division=division)
    return data, {(round(t * 480 / ticks_per_quarter), p, v) for t, p, v in there}


def _running(between: bytes) -> bytes:
    """Drums with one status byte at their start, and something between two strokes that may have
    made a reader forget it.
    """
    out, now = bytearray(b"\x00" + meta(3, b"Take 1")), 0
    for index, (tick, pitch, velocity) in enumerate(STROKES):
        if between and now < MIDDLE <= tick:
            out += vlq(MIDDLE - now) + between
            now = MIDDLE
        out += vlq(tick - now) + (b"" if index else b"\x99") + bytes((pitch, velocity))
        now = tick
    return midi(CONDUCTOR, BASS, PIANO, bytes(out) + b"\x00" + END)


def _unled(strokes: tuple[Stroke, ...]) -> bytes:
    """Drums of which the first stroke has no status byte; those after it have."""
    events = played(strokes, _CHANNEL_10)
    events[0] = (events[0][0], events[0][1][1:])
    return midi(CONDUCTOR, BASS, PIANO, body(events))


def _of(pitch: int) -> list[Stroke]:
    return [stroke for stroke in STROKES if stroke[1] == pitch]


def _moved(strokes: Iterable[Stroke], ticks: int) -> tuple[Stroke, ...]:
    return tuple((tick + ticks, pitch, velocity) for tick, pitch, velocity in strokes)


def _wrapped() -> list[Broken]:
    mail = b"From: me@example.org\r\nSubject: beat\r\nContent-Type: audio/midi\r\n\r\n"
    page = b"<!DOCTYPE html><html><body><p>Your download starts soon.</p></body></html>\n"
    listed = b"LIST" + struct.pack("<I", 12) + b"INFOINAM" + b"song"
    odd = midi(CONDUCTOR, BASS, PIANO, body([*DRUM_EVENTS, (MIDDLE, meta(1, b"odd"))]))
    odd += b"" if len(odd) % 2 else b"\x00"
    return [
        Broken("RIFF wrapper", _riff(GOOD), STROKES),
        Broken("RIFF wrapper with a list after it", _riff(odd, pad=b"\x00", more=listed), STROKES),
        Broken("RIFF wrapper in a RIFF wrapper", _riff(_riff(GOOD)), STROKES),
        Broken("mail header before", mail + GOOD, STROKES),
        Broken("zeros before", bytes(512) + GOOD, STROKES),
        Broken("HTML before", page + GOOD, STROKES),
        Broken("byte order mark before", b"\xef\xbb\xbf" + GOOD, STROKES),
        Broken("MacBinary header before", b"\x00\x08song.mid" + bytes(118) + GOOD, STROKES),
        Broken("zeros after", GOOD + bytes(1000), STROKES),
        Broken("HTML after", GOOD + page, STROKES),
        Broken("note-ons after", GOOD + b"\x00\x99\x24\x64" * 50, STROKES),
        Broken("two files glued together", GOOD + midi(CONDUCTOR, DRUMS), STROKES),
        Broken(
            "two files glued together, the first cut",
            GOOD[:-8] + midi(body(played(_moved(STROKES, 60), _CHANNEL_10))),
            STROKES,
            is_damaged=True,
        ),
        Broken("lowercase mthd", b"mthd" + GOOD[4:], None, "not a MIDI file"),
        Broken("nothing", b"", None, "^the file is empty$"),
        Broken("text", b"These are my drums, honestly.", None, "^not a MIDI file$"),
    ]


def _laid_out() -> list[Broken]:
    size, bass = len(DRUMS), len(BASS)
    at_an_event = size - len(body(played(SECOND_HALF, _CHANNEL_10))) + 1
    no_end = body(DRUM_EVENTS, end=b"")
    after_end = body(
        [*played(FIRST_HALF, 9), (MIDDLE, END), *played(SECOND_HALF, 9)], end=b"\x00" + END
    )
    late = header(1, 4, 480) + chunk(CONDUCTOR) + chunk(DRUMS) + chunk(BASS) + chunk(PIANO)
    swallowing = (
        header(1, 3, 480)
        + chunk(CONDUCTOR)
        + chunk(PIANO, length=len(PIANO) + 8 + size)
        + chunk(DRUMS)
    )
    between = (
        header(1, 4, 480)
        + b"".join(chunk(track) + b"\x00garbage\xff\x99" for track in (CONDUCTOR, BASS, PIANO))
        + chunk(DRUMS)
    )
    unknown = (
        header(1, 4, 480)
        + chunk(CONDUCTOR)
        + chunk(b"\x01\x02\x03", name=b"XFIH")
        + chunk(BASS)
        + chunk(bytes(range(200)), name=b"CASM")
        + chunk(PIANO)
        + chunk(DRUMS)
    )
    half = midi(body([TEMPO, METRE, *played(STROKES, _CHANNEL_10)]), kind=0)
    # 4 bytes a stroke and 4 an end: the half is known by counting bytes.
    done = sum(
        1
        for tick, _, _ in STROKES
        if len(header(0, 1, 480)) + 8 + len(_until(tick)) <= len(half) // 2
    )
    key, text = meta(0x59, b"\x03\x01"), meta(1, b"a text of some length")
    message = sysex(b"\x7e\x7f\x09\x01\xf7")
    return [
        Broken("last track: length too long", _last_length(size + 100), STROKES),
        Broken("last track: length too short, at an event", _last_length(at_an_event), STROKES),
        Broken("last track: length too short, in an event", _last_length(size - 6), STROKES),
        Broken("last track: length zero", _last_length(0), STROKES),
        Broken("last track: length 0xFFFFFFFF", _last_length(0xFFFFFFFF), STROKES),
        Broken("middle track: length too long", _bass_length(bass + 7), STROKES),
        Broken("middle track: length too short", _bass_length(bass - 21), STROKES),
        Broken("middle track: length zero", _bass_length(0), STROKES),
        Broken("middle track: length 0xFFFFFFFF", _bass_length(0xFFFFFFFF), STROKES),
        Broken("middle track: length takes in the last one", swallowing, STROKES),
        Broken("no end-of-track", midi(CONDUCTOR, BASS, PIANO, no_end), STROKES),
        Broken("no end-of-track, length too long", _last_length(size + 4)[:-4], STROKES),
        Broken("events after the end-of-track", midi(CONDUCTOR, BASS, PIANO, after_end), STROKES),
        Broken("cut in the header", GOOD[:11], None, "^it ends in its header$"),
        Broken("cut after the header", GOOD[:14], None, "no track"),
        Broken("cut in a chunk header", GOOD[: -size - 5], None, "no drums"),
        Broken("cut in a delta", _cut_delta(), FIRST_HALF, is_damaged=True),
        Broken("cut in an event", _cut_after(b"\x99\x31\x64", 2), FIRST_HALF, is_damaged=True),
        Broken("cut in a meta event", _cut_after(text, 9), FIRST_HALF, is_damaged=True),
        Broken("cut in a short meta event", _cut_after(key, 2), FIRST_HALF, is_damaged=True),
        Broken("cut in a sysex", _cut_after(message, 4), FIRST_HALF, is_damaged=True),
        Broken("half of the file", half[: len(half) // 2], STROKES[:done], is_damaged=True),
        Broken("cut between tracks", late[: -len(PIANO) - 8], STROKES, is_damaged=True),
        Broken("garbage between chunks", between, STROKES),
        Broken("unknown chunks between tracks", unknown, STROKES),
        Broken("an empty track", midi(CONDUCTOR, b"", DRUMS), STROKES),
        Broken("thousands of empty tracks", midi(CONDUCTOR, *[b""] * 3000, DRUMS), STROKES),
        Broken("only meta events", midi(CONDUCTOR), None, "no drums"),
        Broken(
            "MTrk in a sysex", _middle(sysex(b"\x7d" + chunk(b"\x00" + END) + b"\xf7")), STROKES
        ),
        Broken(
            "MThd in a text", _middle(meta(1, b"MThd is the first word of every file")), STROKES
        ),
    ]


def _until(tick: int) -> bytes:
    """Contents of the drums up to and with the last stroke at this tick."""
    events = [TEMPO, METRE, *played(STROKES, _CHANNEL_10)]
    return body([e for e in events if e[0] < tick or (e[0] == tick and e[1][0] != 0x89)], end=b"")


def _cut_delta() -> bytes:
    start = body([*named("Take 1"), *played(FIRST_HALF, _CHANNEL_10)], end=b"\x83")
    whole = header(1, 4, 480) + chunk(CONDUCTOR) + chunk(BASS) + chunk(PIANO)
    return whole + chunk(start, length=len(DRUMS))


def _headed() -> list[Broken]:
    # Ticks of SMPTE are parts of a second, and a quarter is half of one.
    smpte_25, left_25 = _at_division((256 - 25) << 8 | 40, 500, 1)
    smpte_29, left_29 = _at_division((256 - 29) << 8 | 80, 80 * 30_000 / 1001 / 2, 1)
    one, left_1 = _at_division(1, 1, 480)
    seven, left_7 = _at_division(7, 7, 1)
    most, left_most = _at_division(32767, 32767, 1)
    second = body(played([(tick - 4 * BAR, p, v) for tick, p, v in SECOND_HALF], _CHANNEL_10))
    # The first track of format 2 ends in its fifth bar of three, the fourth of four.
    in_turn = (*FIRST_HALF, *_moved(SECOND_HALF, 4 * 1920 - 4 * BAR))
    beats = [body(played([(0, KICK, v), (480, SNARE, v)], _CHANNEL_10)) for v in range(90, 94)]
    downbeats = [body(played([(0, KICK, v)], _CHANNEL_10)) for v in range(90, 98)]
    longer = chunk(struct.pack(">HHH", 1, 4, 480) + b"more", name=b"MThd") + GOOD[14:]
    return [
        Broken(
            "format 2",
            midi(body([TEMPO, METRE, *played(FIRST_HALF, _CHANNEL_10)]), second, kind=2),
            in_turn,
        ),
        Broken(
            "format 2, a bar each",
            midi(*beats, kind=2),
            tuple(
                (i * 1920 + tick, pitch, 90 + i)
                for i in range(4)
                for tick, pitch in ((0, KICK), (480, SNARE))
            ),
            tempo_bpm=120,
            metre=(4, 4),
        ),
        Broken(
            "format 2, a downbeat each",
            midi(*downbeats, kind=2),
            tuple((i * 1920, KICK, 90 + i) for i in range(8)),
            tempo_bpm=120,
            metre=(4, 4),
        ),
        Broken("format 3", _head(kind=3), STROKES),
        Broken("format 65535", _head(kind=65535), STROKES),
        Broken("format 0 with four tracks", _head(kind=0), STROKES),
        Broken("format 1 with one track", midi(body([TEMPO, METRE, *DRUM_EVENTS])), STROKES),
        Broken("number of tracks too high", _head(tracks=9), STROKES),
        Broken("number of tracks too low", _head(tracks=3), STROKES),
        Broken("number of tracks zero", _head(tracks=0), STROKES),
        Broken("number of tracks 65535", _head(tracks=65535), STROKES),
        Broken("header longer than six", longer, STROKES),
        Broken("header length zero", GOOD[:4] + bytes(4) + GOOD[8:], STROKES),
        Broken("header length 0xFFFFFFFF", GOOD[:4] + b"\xff" * 4 + GOOD[8:], STROKES),
        Broken("division SMPTE 25 x 40", smpte_25, tuple(left_25), tempo_bpm=120),
        Broken("division SMPTE 29.97 x 80", smpte_29, tuple(left_29), tempo_bpm=120),
        Broken("division SMPTE without ticks", _head(division=0xE700), None, "division is zero"),
        Broken("division 0", _head(division=0), None, "division is zero"),
        Broken("division 1", one, tuple(left_1)),
        Broken("division 7", seven, tuple(left_7)),
        Broken("division 32767", most, tuple(left_most)),
    ]


def _said() -> list[Broken]:
    """Meta events, text and system exclusive messages."""
    metre, tempo = METRE[1], TEMPO[1]
    mega = sysex(bytes(1_000_000) + b"\xf7")
    many = [(i * 2, meta(0x51, (600_000 + i).to_bytes(3, "big"))) for i in range(5000)]
    continued = (MIDDLE, sysex(b"\x7e\x7f")), (MIDDLE + 10, b"\xf7\x03\x09\x01\xf7")
    plain = 120.0
    return [
        Broken("tempo of two bytes", _led_by(metre, meta(0x51, b"\x09\x27")), STROKES, "", plain),
        Broken("tempo of none", _led_by(metre, meta(0x51, b"")), STROKES, "", plain),
        Broken("tempo of four bytes", _led_by(metre, meta(0x51, b"\x09\x27\xc0\x00")), STROKES),
        Broken("tempo 0", _led_by(metre, meta(0x51, bytes(3))), STROKES, "", plain),
        Broken("tempo of 3.6 BPM", _led_by(metre, meta(0x51, b"\xff\xff\xff")), STROKES, "", plain),
        Broken(
            "thousands of tempos",
            midi(body([METRE, *many]), BASS, PIANO, DRUMS),
            STROKES,
        ),
        Broken("no tempo, no metre", midi(BASS, PIANO, DRUMS), STROKES, "", plain, (4, 4)),
        Broken("metre of one byte", _led_by(tempo, meta(0x58, b"\x03")), STROKES, metre=None),
        Broken("metre of two bytes", _led_by(tempo, meta(0x58, b"\x03\x02")), STROKES),
        Broken("metre of none", _led_by(tempo, meta(0x58, b"")), STROKES, metre=(4, 4)),
        Broken("metre of six bytes", _led_by(tempo, meta(0x58, b"\x03\x02\x18\x08\0\0")), STROKES),
        Broken("metre 0/0", _led_by(tempo, meta(0x58, bytes(4))), STROKES, metre=(4, 4)),
        Broken("metre 1/4", _led_by(tempo, meta(0x58, b"\x01\x02\x18\x08")), STROKES, metre=None),
        Broken(
            "metre 64/128", _led_by(tempo, meta(0x58, b"\x40\x07\x18\x08")), STROKES, metre=(4, 4)
        ),
        Broken(
            "metre 4/2**255",
            _led_by(tempo, meta(0x58, b"\x04\xff\x18\x08")),
            STROKES,
            "",
            100.0,
            (4, 4),
        ),
        Broken("key of nine sharps", _led_by(tempo, metre, meta(0x59, b"\x09\x00")), STROKES),
        Broken("key of one byte", _led_by(tempo, metre, meta(0x59, b"\x02")), STROKES),
        Broken("key of none", _led_by(tempo, metre, meta(0x59, b"")), STROKES),
        Broken("key of neither major nor minor", _middle(meta(0x59, b"\x00\x07")), STROKES),
        Broken("text of none", _middle(*(meta(kind, b"") for kind in range(1, 8))), STROKES),
        Broken("text of 70,000 bytes", _middle(meta(1, b"la " * 23_334)), STROKES),
        Broken("meta events of unknown types", _middle(meta(0x60, b"?"), meta(0x0F, b"")), STROKES),
        Broken("meta event of a type over 127", _middle(meta(0x9C, b"\x24\x64")), STROKES),
        Broken("sequence number of one byte", _middle(meta(0x00, b"\x01")), STROKES),
        Broken("channel prefix of none", _middle(meta(0x20, b""), meta(0x21, b"")), STROKES),
        Broken("SMPTE offset of an unknown rate", _middle(meta(0x54, b"\xff\xff\0\0\0")), STROKES),
        Broken("SMPTE offset of two bytes", _middle(meta(0x54, b"\x00\x00")), STROKES),
        Broken("meta event longer than the file", _cut_meta(), FIRST_HALF, is_damaged=True),
        Broken("text in Latin-1", _with(*named("Schlägel & Gerät\xdf\xff")), STROKES),
        Broken("text in UTF-16", _with(*named("Trommeln".encode("utf-16"))), STROKES),
        Broken("text in Windows-1251", _with(*named("Кино".encode("cp1251"))), STROKES),
        Broken("text in Shift-JIS", _with(*named("太鼓".encode("shift-jis"))), STROKES),
        Broken("text with NULs", _with(*named(b"\x00Song\x00\x00")), STROKES),
        Broken("sysex of a megabyte", _middle(mega), STROKES),
        Broken("sysex without its F7", _middle(sysex(b"\x7e\x7f\x09\x01")), STROKES),
        Broken("sysex of none", _middle(b"\xf0\x00"), STROKES),
        Broken("sysex with bytes over 127", _middle(sysex(b"\x7d\x99\x24\x64\xf7")), STROKES),
        Broken("sysex longer than the file", _cut_sysex(), FIRST_HALF, is_damaged=True),
        Broken("sysex continued by F7", _with(*continued), STROKES),
    ]


def _cut_meta() -> bytes:
    event = b"\xff\x7f\xff\xff\xff\x7f"
    return _middle(event)


def _cut_sysex() -> bytes:
    event = b"\xf0\xff\xff\xff\x7f"
    return _middle(event)


def _struck() -> list[Broken]:
    """Events that are played: running status, data bytes, notes, times."""
    far = 268_000_000
    apart = body(
        [*named("Take 1"), *played(FIRST_HALF, 9), *played(_moved(SECOND_HALF, far), 9)],
    )
    endless = _middle(b"\xff\x01\x00").replace(
        b"\xff\x01\x00", b"\xff\x01\x00" + b"\x80" * 10_000, 1
    )
    silent = [(tick, bytes((0x99, p, v))) for tick, p, v in STROKES]
    ends = [(tick + 60, bytes((0x99, p, 0))) for tick, p, _ in STROKES]
    stray = [(i * 333, b"\x89\x26\x40") for i in range(30)]
    strange = [(i * BAR + 40, pitch, 80) for i, pitch in enumerate((0, 12, 34, 84, 100, 127))]
    return [
        Broken("no status at the start", _unled(STROKES), STROKES[1:], is_damaged=True),
        Broken("running status all through", _running(b""), STROKES),
        Broken("running status over a meta event", _running(meta(1, b"here")), STROKES),
        Broken("running status over a sysex", _running(sysex(b"\x7e\x7f\x09\x01\xf7")), STROKES),
        Broken("running status over a clock byte", _running(b"\xf8"), STROKES),
        Broken("running status over a song position", _running(b"\xf2\x10\x20"), STROKES),
        Broken("pitch over 127", _middle(b"\x99\xa6\x50"), STROKES),
        Broken(
            "velocity over 127",
            _middle(b"\x99\x26\xff"),
            tuple(sorted((*STROKES, (MIDDLE, SNARE, 127)))),
        ),
        Broken("velocity over 127 of a note-off", _middle(b"\x89\x26\xff"), STROKES),
        Broken("program over 127", _middle(b"\xc9\xff"), STROKES),
        Broken("controller over 127", _middle(b"\xb9\x87\xf0"), STROKES),
        Broken("bend over 127", _middle(b"\xe9\xff\xff"), STROKES),
        Broken("aftertouch over 127", _middle(b"\xd9\xff", b"\xa9\xff\xff"), STROKES),
        Broken(
            "system common bytes",
            _middle(b"\xf1\x10", b"\xf2\x10\x20", b"\xf3\x05", b"\xf6"),
            STROKES,
        ),
        Broken("realtime bytes", _middle(b"\xf8", b"\xfa", b"\xfb", b"\xfc", b"\xfe"), STROKES),
        Broken(
            "status bytes that nobody knows", _middle(b"\xf4", b"\xf5", b"\xf9", b"\xfd"), STROKES
        ),
        Broken("a number without an end", endless, FIRST_HALF, is_damaged=True),
        Broken(
            "a delta of 268 million ticks",
            midi(CONDUCTOR, BASS, PIANO, apart),
            (*FIRST_HALF, *_moved(SECOND_HALF, far)),
        ),
        Broken("notes without length", midi(CONDUCTOR, body(played(STROKES, 9, 0))), STROKES),
        Broken("notes without end", midi(CONDUCTOR, body(silent)), STROKES),
        Broken("notes over each other", midi(CONDUCTOR, body(played(STROKES, 9, 700))), STROKES),
        Broken("ends without notes", _with(*stray), STROKES),
        Broken("ends as velocity 0", midi(CONDUCTOR, body([*silent, *ends])), STROKES),
        Broken("every note twice", midi(CONDUCTOR, DRUMS, DRUMS), STROKES),
        Broken("notes outside the map", _with(*played(strange, _CHANNEL_10)), STROKES),
    ]


def _elsewhere() -> list[Broken]:
    """Drums where one does not look for them."""
    edged = tuple(
        (tick, 22 if pitch == HAT and tick % 480 else pitch, velocity)
        for tick, pitch, velocity in STROKES
    )
    edged = tuple(sorted((*edged, (MIDDLE, 26, 99))))
    everyone = [
        *(TEMPO, METRE, *played(BASS_LINE, 1, 400), *played(PIANO_CHORDS, 0, 1200)),
        *played(STROKES, _CHANNEL_10),
    ]
    pieces = {"Kick": KICK, "Snare": SNARE, "Hi-Hat": HAT}
    shaken = [(i * 240 + 120, TAMBOURINE, 50 + i % 7) for i in range(6 * BARS)]
    with_crash = tuple(sorted((*STROKES, *((bar * BAR, 49, 110) for bar in range(BARS)))))
    spread = {**pieces, "Crash": 49}
    return [
        Broken("hi-hat edges of Roland", midi(CONDUCTOR, body(played(edged, 9))), edged),
        Broken("type-0 merge", midi(body(everyone), kind=0), STROKES),
        Broken(
            "a track a drum",
            midi(CONDUCTOR, *(body(played(_of(pitch), 9)) for pitch in pieces.values())),
            STROKES,
        ),
        Broken(
            "a track a drum, each with a channel and a name",
            midi(
                CONDUCTOR,
                BASS,
                *(
                    body([*named(name), *played(_of(pitch), 2 + i)])
                    for i, (name, pitch) in enumerate(pieces.items())
                ),
            ),
            STROKES,
        ),
        Broken(
            "a track a drum, off channel 10, with a crash",
            midi(
                CONDUCTOR,
                BASS,
                *(
                    body([*named(name), *played([s for s in with_crash if s[1] == pitch], 3)])
                    for name, pitch in spread.items()
                ),
            ),
            with_crash,
        ),
        Broken(
            "drums on channel 1, named",
            midi(CONDUCTOR, BASS, body([*named("Drums"), *played(STROKES, 0)])),
            STROKES,
        ),
        Broken(
            "drums on channel 1, named in UTF-16",
            midi(
                CONDUCTOR,
                BASS,
                body([*named("Bob's Drums".encode("utf-16-le")), *played(_of(SNARE), 0)]),
            ),
            tuple(_of(SNARE)),
        ),
        Broken(
            "drums on channel 1, named in Russian",
            midi(
                CONDUCTOR,
                BASS,
                body([*named("Ударные".encode("cp1251")), *played(_of(SNARE), 0)]),
            ),
            tuple(_of(SNARE)),
        ),
        Broken(
            "drums on channel 3, unnamed",
            midi(CONDUCTOR, BASS, PIANO, body(played(STROKES, 2))),
            STROKES,
        ),
        Broken(
            "drums on channel 3, unnamed, type-0 merge",
            midi(body([(t, _on(e, 2)) for t, e in everyone]), kind=0),
            STROKES,
        ),
        Broken(
            "two drum tracks",
            midi(CONDUCTOR, DRUMS, body([*named("Shaker"), *played(shaken, 9)])),
            tuple(sorted((*STROKES, *shaken))),
        ),
        Broken(
            "no drums at all", midi(CONDUCTOR, BASS, PIANO), None, "no drums: nothing on channel 10"
        ),
    ]


def _on(event: bytes, channel: int) -> bytes:
    """An event of channel 10, moved to another."""
    if event[0] in (0x99, 0x89):
        return bytes((event[0] & 0xF0 | channel,)) + event[1:]
    return event


_GROUPS: tuple[Callable[[], list[Broken]], ...] = (
    _wrapped,
    _laid_out,
    _headed,
    _said,
    _struck,
    _elsewhere,
)

FILES: tuple[Broken, ...] = tuple(broken for group in _GROUPS for broken in group())
"""All of them."""

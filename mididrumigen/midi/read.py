"""Standard MIDI File -> Take.

Conventions: format 0 and 1, any division (SMPTE divisions count as 120 BPM, the format's default).
Drums are the notes on channel 10, or, in a file with fewer than 8 of those, the notes of tracks
named like drums. Positions are rescaled to 480 ticks a quarter note. Out-of-range data bytes are
clipped; anything worse is a MidiError whose text is the reason.
"""

import io
import re
import stat
from pathlib import Path
from typing import TypeVar

from mididrumigen.drums import note_map
from mididrumigen.errors import MidiError
from mididrumigen.models import TICKS_PER_QUARTER, Hit, Metre, Take

MAX_FILE_BYTES = 4_000_000
"""Largest file that is read: the biggest of 4,089 web files is far below it, and it parses in
seconds.
"""

MAX_TICKS = 1_000_000_000
"""Latest note or change that is believed, in the file's own ticks."""

DRUM_CHANNEL = 9
"""Channel 10 of the musician."""

_ENDLESS_NUMBER = re.compile(rb"[\x80-\xff]{4096}")
"""No event has this; a reader would take it for one number and spend hours on it."""

_MIN_DRUM_NOTES = 8
_DRUM_NAME = re.compile(r"drum|perc|batter|schlag|\bkit\b", re.IGNORECASE)
_DEFAULT_TEMPO_US = 500_000
_FASTEST_US, _SLOWEST_US = 100_000, 3_000_000
"""600 and 20 BPM: tempo events outside are noise."""


def read_file(path: Path) -> Take:
    """Drums of the file at `path`; raises MidiError with the reason."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe or device could wait for ever
            raise MidiError("not a regular file")
        size = status.st_size
        if size > MAX_FILE_BYTES:
            raise MidiError(
                f"{size / 1e6:.0f} MB long, and over {MAX_FILE_BYTES / 1e6:.0f} MB is not read"
            )
        return read_midi(path.read_bytes())
    except OSError as error:
        raise MidiError(error.strerror or str(error)) from error


def read_midi(data: bytes) -> Take:
    """Drums in the bytes of a MIDI file; raises MidiError with the reason."""
    import mido  # 60 ms: only where files are read
    from mido import KeySignatureError

    if data[:4] != b"MThd":
        raise MidiError("not a MIDI file" if data else "the file is empty")
    if _ENDLESS_NUMBER.search(data):
        raise MidiError("damaged: it holds a number without an end")
    try:
        midi = mido.MidiFile(file=io.BytesIO(data), clip=True)
    except EOFError as error:
        raise MidiError("it ends in the middle of a track") from error
    except (OSError, ValueError, LookupError, AttributeError, KeySignatureError) as error:
        # mido has no error of its own: damaged files raise what its parser stumbles over.
        raise MidiError(f"damaged: {error}") from error
    if midi.type not in (0, 1):
        raise MidiError(f"MIDI format {midi.type} is not supported, only 0 and 1")

    on_channel: list[tuple[int, int, int]] = []
    in_named: list[tuple[int, int, int]] = []
    tempos: list[tuple[int, int]] = []
    metres: list[tuple[int, Metre]] = []
    for track in midi.tracks:
        tick, named = 0, False
        for message in track:
            tick += message.time
            kind = message.type
            if kind == "note_on":
                if message.velocity:
                    note = (tick, message.note, message.velocity)
                    if message.channel == DRUM_CHANNEL:
                        on_channel.append(note)
                    elif named:
                        in_named.append(note)
            elif kind in ("track_name", "instrument_name"):
                named = named or bool(_DRUM_NAME.search(message.name))
            elif tick > MAX_TICKS:
                break
            elif kind == "set_tempo" and _FASTEST_US <= message.tempo <= _SLOWEST_US:
                tempos.append((tick, message.tempo))
            elif kind == "time_signature" and message.numerator and message.denominator <= 32:
                metres.append((tick, Metre(message.numerator, message.denominator)))
    notes = on_channel if len(on_channel) >= _MIN_DRUM_NOTES or not in_named else in_named
    if max((tick for tick, _, _ in notes), default=0) > MAX_TICKS:
        raise MidiError("damaged: its notes lie days apart")
    if not notes:
        raise MidiError("no drums: nothing on channel 10 and no track named like drums")

    per_quarter, is_smpte = _division(midi.ticks_per_beat)
    if is_smpte:  # ticks are a fraction of a second there, and tempo events have no meaning
        tempos = []
    table_name, table = note_map({pitch for _, pitch, _ in notes})
    hits = sorted(
        {
            (round(tick * TICKS_PER_QUARTER / per_quarter), table[pitch], velocity)
            for tick, pitch, velocity in notes
            if pitch in table
        }
    )
    if not hits:
        raise MidiError("no drums: none of its notes is in the General MIDI percussion range 35-81")
    return Take(
        hits=tuple(Hit(*hit) for hit in hits),
        tempos=tuple(
            (tick, 60e6 / us)
            for tick, us in _changes(tempos, _DEFAULT_TEMPO_US, TICKS_PER_QUARTER / per_quarter)
        ),
        metres=tuple(_changes(metres, Metre(4, 4), TICKS_PER_QUARTER / per_quarter)),
        map_name=table_name,
        unmapped=sum(pitch not in table for _, pitch, _ in notes),
        has_tempo=bool(tempos),
    )


def _division(raw: int) -> tuple[float, bool]:
    """(ticks a quarter note, whether it is an SMPTE division) of the header's division field."""
    if raw > 0:
        return raw, False
    if raw == 0:
        raise MidiError("damaged: its time division is zero")
    frames, ticks = -(raw >> 8), raw & 0xFF
    frames_per_second = 30_000 / 1001 if frames == 29 else frames
    if not ticks:
        raise MidiError("damaged: its time division is zero")
    return frames_per_second * ticks * _DEFAULT_TEMPO_US / 1e6, True


_Value = TypeVar("_Value")


def _changes(
    events: list[tuple[int, _Value]], default: _Value, scale: float
) -> list[tuple[int, _Value]]:
    """Events in order and rescaled, one a tick (the last wins), starting at tick 0, without
    repeats.
    """
    at: dict[int, _Value] = {0: default}
    for tick, value in sorted(events, key=lambda event: event[0]):
        at[round(tick * scale)] = value
    kept: list[tuple[int, _Value]] = []
    for tick, value in sorted(at.items(), key=lambda event: event[0]):
        if not kept or kept[-1][1] != value:
            kept.append((tick, value))
    return kept

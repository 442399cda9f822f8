"""Standard MIDI File -> Take.

Conventions: any format, any division (SMPTE divisions count as 120 BPM, the format's default; the
tracks of format 2 follow one another). Positions are rescaled to 480 ticks a quarter note. What is
damaged is read as far as it can be made out, and the take says so; what cannot be used is a
MidiError whose text is the reason.
"""

import stat
from collections import Counter
from pathlib import Path
from typing import TypeVar

from mididrumigen.errors import MidiError
from mididrumigen.midi.drum_parts import drum_part
from mididrumigen.midi.map_line import read_map_line
from mididrumigen.midi.parse import parse
from mididrumigen.midi.recognise import Reading, recognised
from mididrumigen.midi.song import Song, Track
from mididrumigen.models import TICKS_PER_QUARTER, Hit, Metre, Take

MAX_FILE_BYTES = 4_000_000
"""Largest file that is read: the biggest of 4,089 web files is far below it."""
MAX_HITS = 100_000
"""Strokes of one take: five hours of sixteenths; what has more is no music for a drummer."""

MAX_TICKS = 1_000_000_000
"""Latest note or change that is believed, in the file's own ticks."""

_DEFAULT_TEMPO_US = 500_000
_FASTEST_US, _SLOWEST_US = 100_000, 3_000_000
"""600 and 20 BPM: tempo events outside are noise."""
_MAX_UNIT = 5
"""Lower number of a metre as a power of two: 32nds; beyond that it is noise."""


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
    song = _in_one(parse(data))
    part = drum_part(song)
    struck = part.struck
    if not struck:
        raise MidiError("no drums: nothing on channel 10 and no track that looks like drums")
    if struck[-1][0] > MAX_TICKS:
        raise MidiError("damaged: its notes lie days apart")
    if len(struck) > MAX_HITS:
        raise MidiError(f"it has {len(struck)} drum notes, and over {MAX_HITS} are no music")
    per_quarter, is_smpte = _division(song.division)
    scale = TICKS_PER_QUARTER / per_quarter
    reading = _stated(song) or recognised(Counter(pitch for _, pitch, _ in struck))
    table = reading.table
    hits = sorted(
        {
            (round(tick * scale), table[pitch], velocity)
            for tick, pitch, velocity in struck
            if pitch in table
        }
    )
    if not hits:
        raise MidiError("no drums: none of its notes is one of a drum map")
    # In SMPTE, ticks are a fraction of a second, and tempo events have no meaning.
    tempos = [] if is_smpte else _tempos(song)
    notes = part.notes if song.is_whole else (*part.notes, "damaged: read as far as it goes")
    return Take(
        hits=tuple(Hit(*hit) for hit in hits),
        tempos=tuple((tick, 60e6 / us) for tick, us in _changes(tempos, _DEFAULT_TEMPO_US, scale)),
        metres=tuple(_changes(_metres(song), Metre(4, 4), scale)),
        map_name=reading.name,
        unmapped=sum(pitch not in table for _, pitch, _ in struck),
        has_tempo=bool(tempos),
        notes=notes,
    )


def _stated(song: Song) -> Reading | None:
    """How the file itself says that it is read."""
    found = (read_map_line(track.drum_map) for track in song.tracks if track.drum_map)
    return next((Reading(*stated) for stated in found if stated), None)


def _in_one(song: Song) -> Song:
    """The song with all tracks in one time: those of format 2 one after another, each from a bar
    line on.
    """
    if song.format != 2 or song.division <= 0:
        return song
    bar, start, tracks = 4 * song.division, 0, []
    for track in song.tracks:
        notes = [(start + tick, c, pitch, velocity) for tick, c, pitch, velocity in track.notes]
        tempos = [(start + tick, us) for tick, us in track.tempos]
        metres = [(start + tick, beats, unit) for tick, beats, unit in track.metres]
        tracks.append(Track(track.names, notes, tempos, metres, track.drum_map))
        end = max((tick for tick, *_ in track.notes), default=0)
        start += (end // bar + 1) * bar  # a stroke on a bar line has that bar for itself
    return Song(song.format, song.division, tracks, song.is_whole)


def _tempos(song: Song) -> list[tuple[int, int]]:
    """(tick, microseconds a quarter note) of every tempo that can be meant."""
    return [
        (tick, us)
        for track in song.tracks
        for tick, us in track.tempos
        if tick <= MAX_TICKS and _FASTEST_US <= us <= _SLOWEST_US
    ]


def _metres(song: Song) -> list[tuple[int, Metre]]:
    """(tick, metre) of every metre that can be meant."""
    return [
        (tick, Metre(beats, 2**unit))
        for track in song.tracks
        for tick, beats, unit in track.metres
        if tick <= MAX_TICKS and beats and unit <= _MAX_UNIT
    ]


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

"""Bytes of a MIDI file -> its events, damaged or not.

Conventions: a header is looked for anywhere (RIFF wrappers, mail headers), a track is read to its
end or to where nothing makes sense any more, and what was read before that stays. Events without
use for drums are stepped over. Data bytes over 127 are clipped. Only a file without a header, or
without a track, is refused. Of several files glued together the one with the most notes is read.

In a file that is in order mido sees the same, and the tests hold the two together. It is not asked
first: of damaged files it refuses some and misreads others (it loses the time before an event that
it does not know, and believes a wrong number of tracks), and it takes ten times as long.
"""

from collections.abc import Iterator

from mididrumigen.errors import MidiError
from mididrumigen.midi.map_line import MARK
from mididrumigen.midi.song import Song, Track

_MAX_NUMBER_BYTES = 4
"""Of a variable-length number, by the standard."""
_TEXT, _NAME, _INSTRUMENT, _END, _TEMPO, _METRE = 0x01, 0x03, 0x04, 0x2F, 0x51, 0x58
_DATA_BYTES = {0x8: 2, 0x9: 2, 0xA: 2, 0xB: 2, 0xC: 1, 0xD: 1, 0xE: 2}
_COMMON_BYTES = {0xF1: 1, 0xF2: 2, 0xF3: 1}
_MAX_TRACKS = 65_535
"""By the standard: the header has two bytes for their number."""
MAX_NOTES = 300_000
"""Ons and offs of one file: what has more is made to fill screens, not to be heard."""
_MAX_EVENTS = 20_000
"""Names, tempos and metres of one track that are kept of each."""
_HEAD_LENGTH, _HEAD_BYTES = b"\0\0\0\6", 14
_MAX_FILES = 8
"""Glued together, that are looked at."""
_MAX_FALSE_LENGTHS = 1
"""Tracks of one file whose length takes in others, until such a length is not believed any more."""


def parse(data: bytes) -> Song:
    """Events of a MIDI file; raises MidiError where none can be made out."""
    if not data:
        raise MidiError("the file is empty")
    heads = [at for at in _places(data, b"MThd") if data[at + 4 : at + 8] == _HEAD_LENGTH]
    heads = heads[:_MAX_FILES] or [at for at in [data.find(b"MThd")] if at >= 0]
    if not heads or len(data) < heads[0] + _HEAD_BYTES:
        raise MidiError("it ends in its header" if heads else "not a MIDI file")
    songs = [
        _song(data[head : heads[index + 1] if index + 1 < len(heads) else len(data)])
        for index, head in enumerate(heads)
    ]
    best = max(songs, key=lambda song: sum(len(track.notes) for track in song.tracks))
    if not best.tracks:
        raise MidiError("there is no track in it")
    best.is_whole = best.is_whole and data.startswith(b"MThd") and len(heads) == 1
    return best


def _song(data: bytes) -> Song:
    """What one file holds, from its header on."""
    kind, count = int.from_bytes(data[8:10], "big"), int.from_bytes(data[10:12], "big")
    division = int.from_bytes(data[12:14], "big", signed=True)
    song = Song(kind, division, [])
    at, false_lengths, notes = data.find(b"MTrk", _HEAD_BYTES), 0, 0
    while at >= 0 and len(song.tracks) < _MAX_TRACKS:
        track, is_good, at = _chunk(data, at, false_lengths < _MAX_FALSE_LENGTHS)
        false_lengths += not is_good
        song.tracks.append(track)
        song.is_whole = song.is_whole and is_good
        notes += len(track.notes)
        if notes > MAX_NOTES:
            raise MidiError(f"it has over {MAX_NOTES} notes, and that is no music for a drummer")
    song.is_whole = song.is_whole and len(song.tracks) >= count
    return song


def _chunk(data: bytes, at: int, may_hold_others: bool) -> tuple[Track, bool, int]:
    """(track, whether it and its length make sense, place of the next one or -1) of the chunk at a
    place. `may_hold_others`: whether a length may be right that takes in the mark of another.
    """
    start = at + 8
    stop = start + int.from_bytes(data[at + 4 : start], "big")
    following = data.find(b"MTrk", start)
    holds_others = start <= following < stop
    ends_well = stop == len(data) or data[stop : stop + 4] == b"MTrk"
    if ends_well and (may_hold_others or not holds_others):
        track, is_good = _track(data, start, stop, True)
        if is_good or not holds_others:
            return track, is_good, data.find(b"MTrk", stop)
    track, is_good = _track(data, start, following if following >= 0 else len(data), False)
    return track, False, following


def _places(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + len(mark))


def _track(data: bytes, at: int, stop: int, is_sure: bool) -> tuple[Track, bool]:
    """(what a track holds, whether it made sense to its end). Where its length cannot be believed,
    its end-of-track event ends it.
    """
    track, is_good = Track(), True
    stop = min(stop, len(data))
    tick = status = 0
    try:
        # One flat loop over the bytes: it is passed a million times in a long file.
        while at < stop:
            delta, size = _number(data, at)
            at += size
            tick += delta
            first = data[at]
            if first < 0x80 and not status:  # the status is missing: on to the next one there is
                is_good = False
                while data[at] < 0x80:
                    at += 1
                first = data[at]
            if first < 0xF0:
                if first >= 0x80:
                    status = first
                    at += 1
                kind = status >> 4
                size = _DATA_BYTES[kind]
                if at + size > stop:
                    return track, False
                if kind == 0x9 or kind == 0x8:
                    velocity = min(data[at + 1], 127) if kind == 0x9 else 0
                    track.notes.append((tick, status & 0xF, min(data[at], 127), velocity))
                    if len(track.notes) > MAX_NOTES:
                        return track, False
                at += size
                continue
            at += 1
            kind = -1
            if first == 0xFF:
                kind = data[at]
                at += 1
            if first in (0xFF, 0xF0, 0xF7):
                length, size = _number(data, at)
                at += size
            else:
                length = _COMMON_BYTES.get(first, 0)
            if at + length > stop:
                return track, False
            if kind == _END and (not is_sure or data[at + length : at + length + 4] == b"MTrk"):
                return track, is_good and at + length == stop
            if kind >= 0:
                _meta(track, tick, kind, data[at : at + length])
            at += length
    except (IndexError, ValueError):  # the file ends, or a number does not
        return track, False
    return track, is_good and at == stop


def _number(data: bytes, at: int) -> tuple[int, int]:
    """(value, bytes) of the variable-length number at a place; raises ValueError for one without
    end, IndexError past the end.
    """
    byte = data[at]
    if byte < 0x80:
        return byte, 1
    value = byte & 0x7F
    for size in range(2, _MAX_NUMBER_BYTES + 1):
        byte = data[at + size - 1]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, size
    raise ValueError


def _meta(track: Track, tick: int, kind: int, body: bytes) -> None:
    if max(len(track.names), len(track.tempos), len(track.metres)) >= _MAX_EVENTS:
        return
    if kind in (_NAME, _INSTRUMENT):
        track.names.append(body.decode("latin-1"))
    elif kind == _TEMPO and len(body) >= 3:
        track.tempos.append((tick, int.from_bytes(body[:3], "big")))
    elif kind == _METRE and len(body) >= 2:
        track.metres.append((tick, body[0], body[1]))
    elif kind == _TEXT and body.startswith(MARK):
        track.drum_map = body.decode("latin-1")

"""MIDI in and out: files, DAW clips and note lists to hits and back.

    parse      bytes of a MIDI file -> its events, damaged or not
    song       a MIDI file as events
    drum_parts which notes of a file are drums
    maps       the drum maps of products
    stand_ins  who plays a voice that a kit does not have
    own_map    a user's own map: a small TOML file
    map_line   the drum map of a written file, in the file
    recognise  which drum map a file was written for
    read       all of that: bytes of a MIDI file -> Take
    notes      hits -> notes with lengths, no overlap, nothing outside the pattern
    write      Pattern -> bytes of a Standard MIDI File
    notelist   Pattern <-> the note list of the specification (JSON)

Ticks are absolute and 480 a quarter note everywhere; the file's own division ends in `read`.
"""

from mididrumigen.midi.maps import GM, MAPS, DrumMap
from mididrumigen.midi.notelist import parse_note_list, to_note_list
from mididrumigen.midi.notes import clip_notes, to_notes
from mididrumigen.midi.read import MAX_FILE_BYTES, read_file, read_midi
from mididrumigen.midi.write import clip_bytes, midi_bytes

__all__ = [
    "GM",
    "MAPS",
    "MAX_FILE_BYTES",
    "DrumMap",
    "clip_bytes",
    "clip_notes",
    "midi_bytes",
    "parse_note_list",
    "read_file",
    "read_midi",
    "to_note_list",
    "to_notes",
]

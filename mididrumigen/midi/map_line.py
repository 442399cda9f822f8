"""The drum map of a written file, in the file: a text event that reading takes its notes by.

    MidiDrumiGen drum map addictive2: 36=kick 38=snare 49=hat_closed ...

Only files whose notes General MIDI reads otherwise have it. Whatever a map was when the file was
written, and whosesoever, the file is read as it was meant.
"""

import re
from collections.abc import Mapping

from mididrumigen.drums import DRUMS, GM, Voice

MARK = b"MidiDrumiGen drum map "
"""How such a text begins."""
_LINE = re.compile(rf"{MARK.decode()}([A-Za-z0-9_-]+):((?: [0-9]{{1,3}}=[a-z_]+)+)")


def map_line(name: str, voices: Mapping[int, Voice]) -> str | None:
    """The text for the notes of a map; None where General MIDI reads them alike."""
    if all(GM.get(note) == voice for note, voice in voices.items()):
        return None
    pairs = (f" {note}={voices[note]}" for note in sorted(voices))
    return f"{MARK.decode()}{name}:{''.join(pairs)}"


def read_map_line(text: str) -> tuple[str, dict[int, Voice]] | None:
    """(name, note -> voice) of such a text; None where it is damaged, or of a later version that
    has voices unknown here.
    """
    found = _LINE.fullmatch(text)
    pairs = [pair.split("=") for pair in found[2].split()] if found else []
    if found is None or any(voice not in DRUMS for _, voice in pairs):
        return None
    return found[1], {int(note): Voice(voice) for note, voice in pairs}

"""The drum maps of products: which note plays which voice.

Conventions: a map gives each voice of its kit one note, 0-127. A kit with fewer toms plays several
of General MIDI's on one; the note then reads back as the first of them. What a map does not name is
not in the kit. Reading may know further notes of a product: they stand in `midi.recognise`.

Numbers: General MIDI level 1 percussion key map (MMA, 1991). Toontrack: the notes of Superior
Drummer 3's core library and of EZdrummer 2 as their users list them, which agree. Roland: factory
note map of the TD-17 (its support pages), the same for the pads that TD-11, TD-27 and TD-50 share.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mididrumigen.drums import DRUMS, Voice

_SIX_TOMS = (
    *(Voice.TOM_HIGH, Voice.TOM_HIGH_MID, Voice.TOM_LOW_MID),
    *(Voice.TOM_LOW, Voice.TOM_FLOOR_HIGH, Voice.TOM_FLOOR_LOW),
)


@dataclass(frozen=True, slots=True)
class DrumMap:
    """One way to write drums."""

    name: str
    """What it is asked for by: ASCII letters, digits, `_` and `-`."""
    title: str
    """Its product in words."""
    notes: Mapping[Voice, int]


def voices_of(notes: Mapping[Voice, int]) -> dict[int, Voice]:
    """Note -> the voice that it reads back as: of several the first in the drum table."""
    of_note: dict[int, Voice] = {}
    for voice in DRUMS:
        if voice in notes:
            of_note.setdefault(notes[voice], voice)
    return of_note


def _at_gm(*voices: Voice) -> dict[Voice, int]:
    """Voices that lie where General MIDI has them."""
    return {voice: DRUMS[voice].note for voice in voices}


def _toms(*notes: int) -> dict[Voice, int]:
    """General MIDI's six toms, from the highest to the lowest."""
    return dict(zip(_SIX_TOMS, notes, strict=True))


_KIT = _at_gm(
    *(Voice.KICK, Voice.SNARE, Voice.SIDESTICK),
    *(Voice.HAT_CLOSED, Voice.HAT_PEDAL, Voice.HAT_OPEN),
    *(Voice.RIDE, Voice.RIDE_BELL, Voice.CRASH),
)
"""What every product but Addictive Drums has where General MIDI has it."""

GM = DrumMap("gm", "General MIDI", _at_gm(*DRUMS))

# Five toms. 50, 54, 56 and 58 are muted cymbals, 39 is a roll and 60-65 are hi-hats: never written.
# Which cymbals lie on 52 and 55 is up to the kit: General MIDI's china and splash where it has any.
TOONTRACK: dict[Voice, int] = (
    _KIT | _at_gm(Voice.CHINA, Voice.SPLASH) | _toms(48, 48, 47, 45, 43, 41)
)

ROLAND = DrumMap(
    "roland",
    "Roland TD",
    # Three toms; 50, 47, 58 are their rims, 52 and 55 the edges of the crashes.
    _KIT | _toms(48, 48, 45, 45, 43, 43),
)

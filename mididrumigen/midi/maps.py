"""The drum maps of products: which note plays which voice. To add one: a table and its line in
`MAPS`.

Conventions: a map gives each voice of its kit one note, 0-127. A kit with fewer toms plays several
of General MIDI's on one; the note then reads back as the first of them. What a map does not name is
not in the kit and is played by a stand-in (`midi.stand_ins`). Reading may know further notes of a
product: they stand in `midi.recognise`.

Numbers:
- General MIDI level 1 percussion key map (MMA, 1991).
- Ableton: a Drum Rack has a pad for every note and shows 16 of them, 36-51 (Live's manual). What
  lies there is up to the kit: General MIDI's layout is taken, which the stock kits begin with.
- Logic: "Drum Kit Designer mappings", GM Standard, in Apple's Logic Pro guide.
- Toontrack publishes none for EZdrummer 3 and Superior Drummer 3: their notes as users list them
  (Superior Drummer 3's core library, EZdrummer 2; they agree). The china on 52 and the splash on 55
  could not be established, they are whatever cymbal the kit has there: General MIDI's notes.
- Addictive Drums 2 Keymap (XLN Audio, 2 June 2021). Of its four open hi-hats, A-D, the third is
  taken; which of its cymbals are chinas and splashes is up to the kit, so it has none.
- Roland: factory note map of the TD-17 (its support pages); TD-11, TD-27, TD-50 share these pads.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mididrumigen.drums import DRUMS, Voice
from mididrumigen.midi.stand_ins import stand_in

LOWEST, HIGHEST = 0, 127
"""Range of a note of a map."""

_SIX_TOMS = (
    *(Voice.TOM_HIGH, Voice.TOM_HIGH_MID, Voice.TOM_LOW_MID),
    *(Voice.TOM_LOW, Voice.TOM_FLOOR_HIGH, Voice.TOM_FLOOR_LOW),
)
_TOP_PAD = 51
"""Of the 16 that a Drum Rack shows."""


@dataclass(frozen=True, slots=True)
class DrumMap:
    """One way to write drums."""

    name: str
    """What it is asked for by: ASCII letters, digits, `_` and `-`."""
    title: str
    """Its product in words."""
    notes: Mapping[Voice, int]

    @property
    def voices(self) -> dict[int, Voice]:
        """Note -> the voice that it reads back as."""
        return voices_of(self.notes)

    def plays(self, voice: Voice) -> Voice | None:
        """What plays a voice: itself, a stand-in, or nothing of this kit."""
        return stand_in(voice, self.notes)


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
"""What all products but Addictive Drums have where General MIDI has it."""

GM = DrumMap("gm", "General MIDI", _at_gm(*DRUMS))

ABLETON = DrumMap("ableton", "Ableton Drum Rack", GM.notes)

ABLETON_16 = DrumMap(
    "ableton16",
    "Ableton Drum Rack, 16 pads",
    # Pad 40 stays free: it is a second snare in one kit, claves in the next.
    {voice: note for voice, note in GM.notes.items() if note <= _TOP_PAD},
)

LOGIC = DrumMap(
    "logic",
    "Logic Drum Kit Designer",
    # Three toms, whose edges are 50, 47, 43; 52 is the ride's edge.
    _KIT
    | _toms(48, 48, 45, 45, 41, 41)
    | _at_gm(Voice.CLAP, Voice.TAMBOURINE, Voice.COWBELL, Voice.MARACAS),
)

# Five toms. 50, 54, 56 and 58 are muted cymbals, 39 is a roll and 60-65 are hi-hats: never written.
TOONTRACK: dict[Voice, int] = (
    _KIT | _at_gm(Voice.CHINA, Voice.SPLASH) | _toms(48, 48, 47, 45, 43, 41)
)

ADDICTIVE_2 = DrumMap(
    "addictive2",
    "Addictive Drums 2",
    {
        **{Voice.KICK: 36, Voice.SNARE: 38, Voice.SIDESTICK: 42},
        **{Voice.HAT_CLOSED: 49, Voice.HAT_PEDAL: 48, Voice.HAT_OPEN: 56},
        **{Voice.RIDE: 60, Voice.RIDE_BELL: 61, Voice.CRASH: 77},
        **_toms(71, 71, 69, 67, 65, 65),
    },
)

ROLAND = DrumMap(
    "roland",
    "Roland TD",
    # Three toms; 50, 47, 58 are their rims, 52 and 55 the edges of the crashes.
    _KIT | _toms(48, 48, 45, 45, 43, 43),
)

MAPS = (
    GM,
    ABLETON,
    ABLETON_16,
    LOGIC,
    DrumMap("ezdrummer", "EZdrummer", TOONTRACK),
    DrumMap("superior", "Superior Drummer", TOONTRACK),
    ADDICTIVE_2,
    ROLAND,
)

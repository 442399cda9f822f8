"""Which drum map a file was written for, recognised by its notes.

Conventions: what a product reads is what its map in `midi.maps` writes and further notes; its signs
are the notes that give it away. The first of `READINGS` that is given away is taken, General MIDI
where none is. Two samples of one stroke, rims and edges read into the piece that is struck; clicks
of a metronome and noises have no voice and are left out.

Numbers: General MIDI 1 and 2 percussion key maps (MMA); Roland TD-11 as listed with the Groove MIDI
Dataset (Google LLC, CC BY 4.0); Guitar Pro 7's articulations as documented by alphaTab. Toontrack's
hi-hats, rims and mutes (EZdrummer, Superior Drummer) as they stand in mappings that users publish.
Logic and Addictive Drums 2: the keymaps that `midi.maps` names.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mididrumigen.drums import GM as GM_1
from mididrumigen.drums import Voice
from mididrumigen.midi.maps import (
    ADDICTIVE_2,
    LOGIC,
    MAPS,
    ROLAND,
    TOONTRACK,
    DrumMap,
    voices_of,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read drums."""

    name: str
    table: Mapping[int, Voice]
    signs: tuple[frozenset[int], ...] = ()
    """Groups of notes, of each of which some must be struck, that give the map away."""
    least_share: float = 0.005
    """Of all strokes, for each group: one stray note gives nothing away."""


_GM_2: dict[int, Voice] = GM_1 | {
    82: Voice.MARACAS,  # shaker
    83: Voice.TAMBOURINE,  # jingle bell
    85: Voice.CLAVES,  # castanets
    86: Voice.TOM_FLOOR_LOW,  # muted surdo
    87: Voice.TOM_FLOOR_LOW,  # open surdo
}

_HATS: dict[int, Voice] = {
    22: Voice.HAT_CLOSED,  # edge
    26: Voice.HAT_OPEN,  # edge
}

_ROLAND: dict[int, Voice] = (
    GM_1
    | voices_of(ROLAND.notes)
    | _HATS
    | {
        50: Voice.TOM_HIGH,  # rim
        47: Voice.TOM_LOW_MID,  # rim
        58: Voice.TOM_FLOOR_HIGH,  # rim
        52: Voice.CRASH,  # edge of crash 2
        55: Voice.CRASH,  # edge of crash 1
    }
)

_TOONTRACK: dict[int, Voice] = (
    GM_1
    | voices_of(TOONTRACK)
    | _HATS
    | {21: Voice.HAT_PEDAL, 23: Voice.HAT_OPEN, 17: Voice.HAT_OPEN}
    | dict.fromkeys((24, 25, 60), Voice.HAT_OPEN)  # a little, half and wide open
    | dict.fromkeys((61, 62, 63, 64, 65), Voice.HAT_CLOSED)  # tip and edge, tight and closed
    | dict.fromkeys((50, 54, 56, 58), Voice.CRASH)  # muted
    | {
        **{82: Voice.TOM_HIGH, 80: Voice.TOM_LOW_MID, 78: Voice.TOM_LOW},  # rims
        **{75: Voice.TOM_FLOOR_HIGH, 73: Voice.TOM_FLOOR_LOW},
    }
)

_GUITAR_PRO: dict[int, Voice] = _GM_2 | {
    29: Voice.RIDE,  # choked
    30: Voice.CRASH,
    31: Voice.SIDESTICK,
    33: Voice.SIDESTICK,
    34: Voice.SNARE,
    91: Voice.SNARE,  # rim shot
    92: Voice.HAT_OPEN,  # half
    93: Voice.RIDE,  # edge
    94: Voice.RIDE,  # choked
    95: Voice.SPLASH,  # choked
    96: Voice.CHINA,  # choked
    **dict.fromkeys((97, 98), Voice.CRASH),  # choked
    **dict.fromkeys(range(99, 104), Voice.COWBELL),
}

_LOGIC: dict[int, Voice] = voices_of(LOGIC.notes) | {
    **dict.fromkeys((32, 34, 40), Voice.SNARE),  # edge, rimshots
    **{33: Voice.HAT_PEDAL, 35: Voice.KICK, 52: Voice.RIDE, 57: Voice.CRASH, 59: Voice.RIDE},
    **{50: Voice.TOM_HIGH, 47: Voice.TOM_LOW_MID, 43: Voice.TOM_FLOOR_HIGH},  # edges
}

_ADDICTIVE_2: dict[int, Voice] = voices_of(ADDICTIVE_2.notes) | {
    **dict.fromkeys((37, 39, 40, 41, 43), Voice.SNARE),  # rimshots, doubles, shallow hits
    **{44: Voice.SIDESTICK, 59: Voice.HAT_PEDAL},
    **dict.fromkeys((50, 51, 52, 53), Voice.HAT_CLOSED),
    **dict.fromkeys((54, 55, 57, 58), Voice.HAT_OPEN),
    **dict.fromkeys((45, 62, 84, 86), Voice.RIDE),
    85: Voice.RIDE_BELL,
    **dict.fromkeys((46, 79, 81, 89, 91, 93), Voice.CRASH),
    **{72: Voice.TOM_HIGH, 70: Voice.TOM_LOW_MID, 68: Voice.TOM_LOW, 66: Voice.TOM_FLOOR_HIGH},
}

_OF_PRODUCT: dict[str, dict[int, Voice]] = {
    **dict.fromkeys(("gm", "ableton", "ableton16"), _GM_2),
    **dict.fromkeys(("ezdrummer", "superior"), _TOONTRACK),
    **{"logic": _LOGIC, "addictive2": _ADDICTIVE_2, "roland": _ROLAND},
}

READINGS = (
    Reading("guitar pro", _GUITAR_PRO, (frozenset(range(91, 99)),)),
    # Edge or a little open, and one of its other hi-hats: 25 alone is a snare roll of Roland's GS.
    Reading("toontrack", _TOONTRACK, (frozenset({22, 24}), frozenset({24, 25, *range(60, 66)}))),
    # After Toontrack's, which has the edges of the hi-hat too; a player may touch them once a take.
    Reading("roland", _ROLAND, (frozenset(_HATS),), 0.0),
    Reading("gm", _GM_2),
)


def table_of(drum_map: DrumMap) -> Mapping[int, Voice]:
    """What the notes of a map mean: those it writes, and the further ones of a product."""
    more = _OF_PRODUCT.get(drum_map.name, {}) if drum_map in MAPS else {}
    return {**more, **drum_map.voices}


def recognised(counts: Mapping[int, int]) -> Reading:
    """How a file is read in which each note is struck so often."""
    total = sum(counts.values())
    for reading in READINGS[:-1]:
        least = max(2.0, reading.least_share * total) if reading.least_share else 1.0
        shown = (sum(counts.get(note, 0) for note in group) for group in reading.signs)
        if all(count >= least for count in shown):
            return reading
    return READINGS[-1]

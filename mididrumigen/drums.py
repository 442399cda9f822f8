"""The drum table: every voice of the General MIDI percussion map, and what plays it.

Conventions: a `Voice` is one thing to strike in one way (an open and a closed hi-hat are two
voices); `note` is its General MIDI note, 35-81; `family` groups voices that measure and feel alike;
`limb` is what plays it on a kit. Two GM notes that differ in sample only (35/36 kick, 38/40 snare,
51/59 ride, 49/57 crash) are one voice: the second note reads into it.

Numbers: General MIDI level 1 percussion key map (MMA, 1991). Other maps stand in `midi.maps`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Family = Literal["kick", "snare", "hat", "ride", "crash", "tom", "percussion"]
Limb = Literal["hand", "foot", "hat_foot"]

FAMILIES: tuple[Family, ...] = ("kick", "snare", "hat", "ride", "crash", "tom", "percussion")

LOWEST_NOTE, HIGHEST_NOTE = 35, 81
"""Range of General MIDI percussion notes."""


class Voice(StrEnum):
    """One thing to strike in one way; the value is the name used in files and JSON."""

    KICK = "kick"
    SNARE = "snare"
    SIDESTICK = "sidestick"
    CLAP = "clap"
    HAT_CLOSED = "hat_closed"
    HAT_PEDAL = "hat_pedal"
    HAT_OPEN = "hat_open"
    RIDE = "ride"
    RIDE_BELL = "ride_bell"
    CRASH = "crash"
    CHINA = "china"
    SPLASH = "splash"
    TOM_HIGH = "tom_high"
    TOM_HIGH_MID = "tom_high_mid"
    TOM_LOW_MID = "tom_low_mid"
    TOM_LOW = "tom_low"
    TOM_FLOOR_HIGH = "tom_floor_high"
    TOM_FLOOR_LOW = "tom_floor_low"
    TAMBOURINE = "tambourine"
    COWBELL = "cowbell"
    VIBRASLAP = "vibraslap"
    BONGO_HIGH = "bongo_high"
    BONGO_LOW = "bongo_low"
    CONGA_MUTE = "conga_mute"
    CONGA_OPEN = "conga_open"
    CONGA_LOW = "conga_low"
    TIMBALE_HIGH = "timbale_high"
    TIMBALE_LOW = "timbale_low"
    AGOGO_HIGH = "agogo_high"
    AGOGO_LOW = "agogo_low"
    CABASA = "cabasa"
    MARACAS = "maracas"
    WHISTLE_SHORT = "whistle_short"
    WHISTLE_LONG = "whistle_long"
    GUIRO_SHORT = "guiro_short"
    GUIRO_LONG = "guiro_long"
    CLAVES = "claves"
    WOODBLOCK_HIGH = "woodblock_high"
    WOODBLOCK_LOW = "woodblock_low"
    CUICA_MUTE = "cuica_mute"
    CUICA_OPEN = "cuica_open"
    TRIANGLE_MUTE = "triangle_mute"
    TRIANGLE_OPEN = "triangle_open"


@dataclass(frozen=True, slots=True)
class Drum:
    """What is known of a voice."""

    note: int
    """General MIDI note that is written for it."""
    family: Family
    limb: Limb
    title: str
    """Its name in words, as a drummer says it."""
    mark: str
    """Two letters for tabs and grids."""


def _hand(note: int, family: Family, title: str, mark: str) -> Drum:
    return Drum(note, family, "hand", title, mark)


DRUMS: dict[Voice, Drum] = {
    Voice.KICK: Drum(36, "kick", "foot", "kick", "BD"),
    Voice.SNARE: _hand(38, "snare", "snare", "SD"),
    Voice.SIDESTICK: _hand(37, "snare", "cross-stick", "CS"),
    Voice.CLAP: _hand(39, "snare", "clap", "CP"),
    Voice.HAT_CLOSED: _hand(42, "hat", "closed hi-hat", "HH"),
    Voice.HAT_PEDAL: Drum(44, "hat", "hat_foot", "pedal hi-hat", "HF"),
    Voice.HAT_OPEN: _hand(46, "hat", "open hi-hat", "HO"),
    Voice.RIDE: _hand(51, "ride", "ride", "RD"),
    Voice.RIDE_BELL: _hand(53, "ride", "ride bell", "RB"),
    Voice.CRASH: _hand(49, "crash", "crash", "CR"),
    Voice.CHINA: _hand(52, "crash", "china", "CH"),
    Voice.SPLASH: _hand(55, "crash", "splash", "SP"),
    Voice.TOM_HIGH: _hand(50, "tom", "high tom", "T1"),
    Voice.TOM_HIGH_MID: _hand(48, "tom", "high-mid tom", "T2"),
    Voice.TOM_LOW_MID: _hand(47, "tom", "low-mid tom", "T3"),
    Voice.TOM_LOW: _hand(45, "tom", "low tom", "T4"),
    Voice.TOM_FLOOR_HIGH: _hand(43, "tom", "high floor tom", "F1"),
    Voice.TOM_FLOOR_LOW: _hand(41, "tom", "low floor tom", "F2"),
    Voice.TAMBOURINE: _hand(54, "percussion", "tambourine", "TB"),
    Voice.COWBELL: _hand(56, "percussion", "cowbell", "CB"),
    Voice.VIBRASLAP: _hand(58, "percussion", "vibraslap", "VS"),
    Voice.BONGO_HIGH: _hand(60, "percussion", "high bongo", "B1"),
    Voice.BONGO_LOW: _hand(61, "percussion", "low bongo", "B2"),
    Voice.CONGA_MUTE: _hand(62, "percussion", "muted conga", "CM"),
    Voice.CONGA_OPEN: _hand(63, "percussion", "open conga", "CO"),
    Voice.CONGA_LOW: _hand(64, "percussion", "low conga", "CL"),
    Voice.TIMBALE_HIGH: _hand(65, "percussion", "high timbale", "M1"),
    Voice.TIMBALE_LOW: _hand(66, "percussion", "low timbale", "M2"),
    Voice.AGOGO_HIGH: _hand(67, "percussion", "high agogo", "A1"),
    Voice.AGOGO_LOW: _hand(68, "percussion", "low agogo", "A2"),
    Voice.CABASA: _hand(69, "percussion", "cabasa", "CA"),
    Voice.MARACAS: _hand(70, "percussion", "maracas", "MA"),
    Voice.WHISTLE_SHORT: _hand(71, "percussion", "short whistle", "W1"),
    Voice.WHISTLE_LONG: _hand(72, "percussion", "long whistle", "W2"),
    Voice.GUIRO_SHORT: _hand(73, "percussion", "short guiro", "G1"),
    Voice.GUIRO_LONG: _hand(74, "percussion", "long guiro", "G2"),
    Voice.CLAVES: _hand(75, "percussion", "claves", "CV"),
    Voice.WOODBLOCK_HIGH: _hand(76, "percussion", "high woodblock", "K1"),
    Voice.WOODBLOCK_LOW: _hand(77, "percussion", "low woodblock", "K2"),
    Voice.CUICA_MUTE: _hand(78, "percussion", "muted cuica", "Q1"),
    Voice.CUICA_OPEN: _hand(79, "percussion", "open cuica", "Q2"),
    Voice.TRIANGLE_MUTE: _hand(80, "percussion", "muted triangle", "Y1"),
    Voice.TRIANGLE_OPEN: _hand(81, "percussion", "open triangle", "Y2"),
}

FAMILY: dict[Voice, Family] = {voice: drum.family for voice, drum in DRUMS.items()}

GHOST_VELOCITY = 50
"""A snare hit below this velocity is a ghost note (measured: the snare's two modes are 30-50 and
110-127).
"""

_GM_TWINS = {35: Voice.KICK, 40: Voice.SNARE, 59: Voice.RIDE, 57: Voice.CRASH}

GM: dict[int, Voice] = {drum.note: voice for voice, drum in DRUMS.items()} | _GM_TWINS
"""General MIDI note -> voice; complete from 35 to 81."""

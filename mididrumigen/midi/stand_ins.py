"""Who plays a voice that a kit does not have.

Conventions: for each voice its stand-ins, the nearest first; the first that the kit has plays. Near
is what does the same work in a groove: a splash is an accent as a crash is, a shaker keeps time as
a closed hi-hat does, a conga is struck as a tom is. Where only nonsense is left (a whistle on a
drum) there is none.
"""

from collections.abc import Container

from mididrumigen.drums import Voice

V = Voice  # the table is read across

_HIGH_TO_LOW = (
    *(V.TOM_HIGH, V.TOM_HIGH_MID, V.TOM_LOW_MID),
    *(V.TOM_LOW, V.TOM_FLOOR_HIGH, V.TOM_FLOOR_LOW),
)
_LOW_TO_HIGH = _HIGH_TO_LOW[::-1]
_MIDDLE = (V.TOM_LOW_MID, V.TOM_LOW, V.TOM_HIGH_MID, V.TOM_FLOOR_HIGH, V.TOM_HIGH, V.TOM_FLOOR_LOW)
_SHAKEN = (V.MARACAS, V.CABASA, V.TAMBOURINE, V.HAT_CLOSED)
_BELLS = (V.COWBELL, V.AGOGO_LOW, V.AGOGO_HIGH, V.RIDE_BELL, V.RIDE)
_WOODEN = (V.CLAVES, V.WOODBLOCK_HIGH, V.WOODBLOCK_LOW, V.SIDESTICK)

STAND_INS: dict[Voice, tuple[Voice, ...]] = {
    V.KICK: (),
    V.SNARE: (V.SIDESTICK, V.CLAP),
    V.SIDESTICK: (V.SNARE,),
    V.CLAP: (V.SNARE,),
    V.HAT_CLOSED: (V.HAT_PEDAL, V.HAT_OPEN, V.RIDE),
    V.HAT_PEDAL: (V.HAT_CLOSED,),
    V.HAT_OPEN: (V.HAT_CLOSED,),
    V.RIDE: (V.RIDE_BELL, V.HAT_CLOSED),
    V.RIDE_BELL: (V.RIDE, V.COWBELL, V.HAT_CLOSED),
    V.CRASH: (V.CHINA, V.SPLASH, V.RIDE, V.HAT_OPEN),
    V.CHINA: (V.CRASH, V.SPLASH, V.RIDE, V.HAT_OPEN),
    V.SPLASH: (V.CRASH, V.CHINA, V.RIDE, V.HAT_OPEN),
    V.TOM_HIGH: (*_HIGH_TO_LOW, V.SNARE),
    V.TOM_HIGH_MID: (V.TOM_HIGH, V.TOM_LOW_MID, *_MIDDLE, V.SNARE),
    V.TOM_LOW_MID: (*_MIDDLE, V.SNARE),
    V.TOM_LOW: (*_MIDDLE, V.SNARE),
    V.TOM_FLOOR_HIGH: (*_LOW_TO_HIGH, V.SNARE),
    V.TOM_FLOOR_LOW: (*_LOW_TO_HIGH, V.SNARE),
    V.TAMBOURINE: _SHAKEN,
    V.MARACAS: _SHAKEN,
    V.CABASA: _SHAKEN,
    V.GUIRO_SHORT: (V.GUIRO_LONG, *_SHAKEN),
    V.GUIRO_LONG: (V.GUIRO_SHORT, *_SHAKEN),
    V.COWBELL: _BELLS,
    V.AGOGO_HIGH: _BELLS,
    V.AGOGO_LOW: _BELLS,
    V.CLAVES: _WOODEN,
    V.WOODBLOCK_HIGH: _WOODEN,
    V.WOODBLOCK_LOW: (V.WOODBLOCK_HIGH, *_WOODEN),
    V.BONGO_HIGH: (V.CONGA_OPEN, V.TIMBALE_HIGH, *_HIGH_TO_LOW),
    V.BONGO_LOW: (V.CONGA_LOW, V.TIMBALE_LOW, *_MIDDLE),
    V.CONGA_MUTE: (V.CONGA_OPEN, V.BONGO_HIGH, *_HIGH_TO_LOW),
    V.CONGA_OPEN: (V.BONGO_LOW, *_MIDDLE),
    V.CONGA_LOW: (V.CONGA_OPEN, V.BONGO_LOW, *_LOW_TO_HIGH),
    V.TIMBALE_HIGH: (V.BONGO_HIGH, *_HIGH_TO_LOW),
    V.TIMBALE_LOW: (V.TIMBALE_HIGH, V.BONGO_LOW, *_MIDDLE),
    V.TRIANGLE_MUTE: (V.TRIANGLE_OPEN, V.HAT_CLOSED),
    V.TRIANGLE_OPEN: (V.TRIANGLE_MUTE, V.HAT_OPEN, V.HAT_CLOSED),
    V.CUICA_MUTE: (V.CUICA_OPEN,),
    V.CUICA_OPEN: (V.CUICA_MUTE,),
    V.WHISTLE_SHORT: (V.WHISTLE_LONG,),
    V.WHISTLE_LONG: (V.WHISTLE_SHORT,),
    V.VIBRASLAP: (),
}


def stand_in(voice: Voice, kit: Container[Voice]) -> Voice | None:
    """What plays a voice in a kit: itself if it is there, None where nothing there is near."""
    return next((v for v in (voice, *STAND_INS[voice]) if v in kit), None)

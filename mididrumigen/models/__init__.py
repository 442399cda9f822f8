"""The values that flow through the program: frozen, slotted, units in their names, standard library
only.

music      ticks, metres, hits, notes, patterns
groove     a bar on a grid: strokes with velocity and micro-timing
evidence   artist, evidence, and what a source is
profile    traits and the style profile
request    what a player is asked for
"""

from mididrumigen.models.evidence import (
    Artist,
    Evidence,
    Inputs,
    Progress,
    Source,
    SourceReport,
    evidence_id,
)
from mididrumigen.models.groove import Bar, Stroke
from mididrumigen.models.music import (
    COMMON_TIME,
    TICKS_PER_QUARTER,
    Hit,
    Metre,
    Note,
    Pattern,
    Take,
)
from mididrumigen.models.profile import StyleProfile, Trait
from mididrumigen.models.request import METRES, Controls, Humanization, Part, Request

__all__ = [
    "COMMON_TIME",
    "METRES",
    "TICKS_PER_QUARTER",
    "Artist",
    "Bar",
    "Controls",
    "Evidence",
    "Hit",
    "Humanization",
    "Inputs",
    "Metre",
    "Note",
    "Part",
    "Pattern",
    "Progress",
    "Request",
    "Source",
    "SourceReport",
    "Stroke",
    "StyleProfile",
    "Take",
    "Trait",
    "evidence_id",
]

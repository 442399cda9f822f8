"""The values that flow through the program.

    music      ticks, metres, hits, notes, takes, patterns
    groove     a bar on a grid: strokes with velocity and micro-timing
    evidence   artist, evidence, and what a source is
    fetched    what a site is to us, and what it answered
    profile    traits and the style profile
    described  an artist or a style, as it is compared
    request    what a player is asked for
    job        work that outlives the call that asked for it
    file_names whose song a file is, by its name
    titles     titles of songs: what the versions of one share
    names      names of artists: what two spellings share, what a file may be called

Frozen and slotted, units in their names, standard library only.
"""

from mididrumigen.models.evidence import (
    Artist,
    Drummer,
    Evidence,
    Inputs,
    Progress,
    Source,
    SourceReport,
    Track,
    Upload,
    evidence_id,
)
from mididrumigen.models.fetched import Fetched, Fetching, SourceCard, Turn, Waits
from mididrumigen.models.groove import Bar, Stroke
from mididrumigen.models.music import (
    COMMON_TIME,
    TICKS_PER_QUARTER,
    Clip,
    Hit,
    Metre,
    Note,
    Pattern,
    Take,
    TraitFit,
)
from mididrumigen.models.profile import StyleProfile, Trait
from mididrumigen.models.request import (
    METRES,
    PARTS,
    TRACKS,
    Controls,
    Humanization,
    Lock,
    Part,
    Request,
    Tracks,
)

__all__ = [
    "COMMON_TIME",
    "METRES",
    "PARTS",
    "TICKS_PER_QUARTER",
    "TRACKS",
    "Artist",
    "Bar",
    "Clip",
    "Controls",
    "Drummer",
    "Evidence",
    "Fetched",
    "Fetching",
    "Hit",
    "Humanization",
    "Inputs",
    "Lock",
    "Metre",
    "Note",
    "Part",
    "Pattern",
    "Progress",
    "Request",
    "Source",
    "SourceCard",
    "SourceReport",
    "Stroke",
    "StyleProfile",
    "Take",
    "Track",
    "Tracks",
    "Trait",
    "TraitFit",
    "Turn",
    "Upload",
    "Waits",
    "evidence_id",
]

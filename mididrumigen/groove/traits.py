"""The vocabulary of traits: every measured or noted parameter of a style, with its meaning, unit
and range.

Conventions: a name may be narrowed to a family of voices after a dot, `swing_16ths.snare`; the
plain name is the whole kit. `means` is what a listener would say of a high value.
"""

from dataclasses import dataclass

from mididrumigen.drums import FAMILIES
from mididrumigen.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class TraitKind:
    """What a trait is."""

    unit: str
    low: float
    high: float
    means: str
    per_family: bool = False
    """True where it may be narrowed to one family of voices."""


TRAITS: dict[str, TraitKind] = {
    "tempo_bpm": TraitKind("BPM", 30, 300, "usual tempo in quarter notes"),
    "swing_8ths": TraitKind(
        "%", 45, 80, "share of the beat taken by its first eighth: 50 straight", True
    ),
    "swing_16ths": TraitKind(
        "%", 40, 80, "share of the eighth taken by its first 16th: 50 straight", True
    ),
    "push_ms": TraitKind(
        "ms", -45, 45, "played late (+) or early (-) against the rest of the kit", True
    ),
    "timing_sd_ms": TraitKind(
        "ms", 0, 40, "loose timing: deviation around the drummer's own feel", True
    ),
    "timing_drift": TraitKind(
        "share",
        0,
        1,
        "how much of the timekeeper's looseness wanders slowly: its lag-1 correlation",
    ),
    "gap_sd_ms": TraitKind(
        "ms", 0, 40, "how far this voice and the timekeeper come apart when struck together", True
    ),
    "latency_ms": TraitKind(
        "ms", -200, 200, "late against the click as a whole: the instrument's, shown but not played"
    ),
    "ghost_share": TraitKind("share", 0, 1, "snare strokes that are ghost notes"),
    "ghost_velocity": TraitKind("velocity", 1, 127, "loudness of ghost notes"),
    "backbeat_velocity": TraitKind("velocity", 1, 127, "loudness of full snare strokes"),
    "flam_rate": TraitKind("share", 0, 1, "full strokes of snare and toms that are flams"),
    "drag_rate": TraitKind("share", 0, 1, "full strokes of snare and toms with a drag before them"),
    "double_rate": TraitKind(
        "share", 0, 1, "full strokes of snare and toms doubled, as in a roll of 32nds"
    ),
    "velocity_mean": TraitKind("velocity", 1, 127, "loudness", True),
    "velocity_sd": TraitKind("velocity", 0, 60, "dynamic range", True),
    "velocity_jitter": TraitKind(
        "velocity", 0, 40, "uneven loudness at one and the same place in the bar", True
    ),
    "hits_per_quarter": TraitKind("hits", 0, 24, "busy playing", True),
    "syncopation": TraitKind(
        "per bar", 0, 40, "kick and snare off the beat (Longuet-Higgins and Lee)"
    ),
    "backbeat": TraitKind("share", 0, 1, "snare on two and four"),
    "bar_similarity": TraitKind(
        "share", 0, 1, "one bar like the next (Jaccard index of their strokes)"
    ),
    "bar_repeat": TraitKind("share", 0, 1, "bars that repeat the one before exactly"),
    "fill_rate": TraitKind("share", 0, 1, "bars that hold a fill"),
    "fill_quarters": TraitKind("quarters", 0.5, 8, "length of a fill"),
    "crash_rate": TraitKind("share", 0, 1, "downbeats with a crash"),
    "crash_after_fill": TraitKind("share", 0, 1, "fills answered by a crash on the next downbeat"),
    "double_kick": TraitKind(
        "share", 0, 1, "kick strokes in runs that are too fast for one foot: both feet play"
    ),
    "ride_share": TraitKind("share", 0, 1, "time kept on the ride rather than the hi-hat"),
    "hat_open_share": TraitKind("share", 0, 1, "hi-hat strokes that are open"),
}


def trait_kind(name: str) -> TraitKind:
    """Kind of a trait by its full name; raises KnowledgeError for a name that is not in the
    vocabulary.
    """
    base, _, family = name.partition(".")
    kind = TRAITS.get(base)
    if kind is None or (family and (not kind.per_family or family not in FAMILIES)):
        raise KnowledgeError(f"trait {name!r} is not in the vocabulary")
    return kind

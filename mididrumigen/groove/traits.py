"""The vocabulary of traits: every measured or noted parameter of a style, in one table.

Conventions: a name may be narrowed to a family of voices after a dot, `swing_16ths.snare`; the
plain name is the whole kit. `means` is what a listener would say of a high value. `played` is what
the player does with it: a trait without is shown, compared and searched by, and moving it moves no
stroke (a test holds both). The README of the built-in notes shows the same table.
"""

from dataclasses import dataclass

from mididrumigen.drums import FAMILIES
from mididrumigen.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Scale:
    """What a trait is counted in, from the lowest value to the highest."""

    unit: str
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Called:
    """What a listener calls a trait; `{voice}` is the voice that it is narrowed to, `{its}` the
    same before a noun and `{of}` after one.
    """

    plain: str
    """Where it is neither high nor low."""
    high: str
    low: str
    above: float | None = None
    below: float | None = None
    """Values from which on it is high or low; None: half a spread from the mean of everybody."""
    whole: str = ""
    """The voice that a trait of the whole kit is about."""


@dataclass(frozen=True, slots=True)
class TraitKind:
    """What a trait is, what it is called, and what is done with it."""

    scale: Scale
    means: str
    called: Called
    played: str = ""
    per_family: bool = False
    """True where it may be narrowed to one family of voices."""
    of_take: bool = False
    """True where every take keeps its own, so that a bar is played with the feel of its song."""

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return self.scale.unit

    @property
    def low(self) -> float:
        """Lowest value."""
        return self.scale.low

    @property
    def high(self) -> float:
        """Highest value."""
        return self.scale.high


_SHARE = Scale("share", 0, 1)
_LOUDNESS = Scale("velocity", 1, 127)

TRAITS: dict[str, TraitKind] = {
    "tempo_bpm": TraitKind(
        Scale("BPM", 30, 300),
        "usual tempo in quarter notes",
        Called("tempo", "fast", "slow"),
        played="the tempo where none is asked for; takes near the asked tempo come more often",
        of_take=True,
    ),
    "swing_8ths": TraitKind(
        Scale("%", 45, 80),
        "share of the beat taken by its first eighth: 50 straight",
        Called("{its}eighths", "swung {its}eighths", "straight {its}eighths", above=53, below=52),
        played="places the off-beat eighth, in triplets their last",
        per_family=True,
        of_take=True,
    ),
    "swing_16ths": TraitKind(
        Scale("%", 40, 80),
        "share of the eighth taken by its first 16th: 50 straight",
        Called("{its}16ths", "swung {its}16ths", "straight {its}16ths", above=53, below=52),
        played="places the 16ths between the eighths",
        per_family=True,
        of_take=True,
    ),
    "push_ms": TraitKind(
        Scale("ms", -45, 45),
        "played late (+) or early (-) against the rest of the kit",
        Called(
            "{voice} on the beat", "late {voice}", "early {voice}", above=3, below=-3, whole="kit"
        ),
        played="plays a family of voices later or earlier; said of the whole kit it does nothing",
        per_family=True,
        of_take=True,
    ),
    "timing_sd_ms": TraitKind(
        Scale("ms", 0, 40),
        "loose timing: deviation around the drummer's own feel",
        Called("looseness of the {its}timing", "loose {its}timing", "tight {its}timing"),
        played="spreads strokes around their places, within what people do",
        per_family=True,
        of_take=True,
    ),
    "timing_drift": TraitKind(
        _SHARE,
        "how much of the timekeeper's looseness wanders slowly: its lag-1 correlation",
        Called("drift of the timing", "timing that wanders", "timing without drift"),
        played="how much of a stroke's lateness the next one keeps",
        of_take=True,
    ),
    "gap_sd_ms": TraitKind(
        Scale("ms", 0, 40),
        "how far this voice and the timekeeper come apart when struck together",
        Called(
            "gap between {voice} and hats",
            "{voice} and hats apart",
            "{voice} and hats together",
            whole="kick",
        ),
        played="how far kick or snare and the timekeeper come apart",
        per_family=True,
        of_take=True,
    ),
    "latency_ms": TraitKind(
        Scale("ms", -200, 200),
        "late against the click as a whole: the instrument's, not the player's",
        Called("latency", "late instrument", "early instrument"),
    ),
    "ghost_share": TraitKind(
        _SHARE,
        "snare strokes that are ghost notes",
        Called("ghost notes", "many ghost notes", "few ghost notes"),
        played="how often a noted bar gains or loses a ghost where it is varied",
    ),
    "ghost_velocity": TraitKind(
        _LOUDNESS,
        "loudness of ghost notes",
        Called("loudness of ghost notes", "audible ghost notes", "soft ghost notes"),
        played="loudness of the noted ghosts",
    ),
    "backbeat_velocity": TraitKind(
        _LOUDNESS,
        "loudness of full snare strokes",
        Called("loudness of the backbeat", "hard backbeat", "soft backbeat"),
        played="loudness of the noted full strokes of the snare",
    ),
    "flam_rate": TraitKind(
        _SHARE,
        "full strokes of snare and toms that are flams",
        Called("flams", "many flams", "few flams"),
    ),
    "drag_rate": TraitKind(
        _SHARE,
        "full strokes of snare and toms with a drag before them",
        Called("drags", "many drags", "few drags"),
    ),
    "double_rate": TraitKind(
        _SHARE,
        "full strokes of snare and toms doubled, as in a roll of 32nds",
        Called("doubles", "many doubles", "few doubles"),
    ),
    "velocity_mean": TraitKind(
        _LOUDNESS,
        "loudness",
        Called("loudness{of}", "loud{of}", "soft{of}"),
        played="of crash and kick alone: the accents after a fill, where no groove has any",
        per_family=True,
    ),
    "velocity_sd": TraitKind(
        Scale("velocity", 0, 60),
        "dynamic range",
        Called("dynamics{of}", "wide dynamics{of}", "even dynamics{of}"),
        per_family=True,
    ),
    "velocity_jitter": TraitKind(
        Scale("velocity", 0, 40),
        "uneven loudness at one and the same place in the bar",
        Called("evenness{of}", "uneven strokes{of}", "even strokes{of}"),
        played="chance in the loudness of each stroke",
        per_family=True,
        of_take=True,
    ),
    "hits_per_quarter": TraitKind(
        Scale("hits", 0, 24),
        "busy playing",
        Called("strokes a beat{of}", "busy{of}", "sparse{of}"),
        per_family=True,
    ),
    "syncopation": TraitKind(
        Scale("per bar", 0, 40),
        "kick and snare off the beat (Longuet-Higgins and Lee)",
        Called("syncopation", "syncopated", "little syncopation"),
    ),
    "backbeat": TraitKind(
        _SHARE,
        "snare on two and four",
        Called("backbeat", "firm backbeat", "little backbeat", above=0.75, below=0.4),
    ),
    "bar_similarity": TraitKind(
        _SHARE,
        "one bar like the next (Jaccard index of their strokes)",
        Called("likeness of the bars", "bars alike", "changing bars"),
        played="how little a bar changes that comes back; from 0.88 on noted ones repeat exactly",
    ),
    "bar_repeat": TraitKind(
        _SHARE,
        "bars that repeat the one before exactly",
        Called("repeated bars", "bars repeated", "bars hardly repeated"),
    ),
    "fill_rate": TraitKind(
        _SHARE,
        "bars that hold a fill",
        Called("fills", "many fills", "few fills"),
        played="how often a phrase of a full part, verse or chorus ends in a fill",
    ),
    "fill_quarters": TraitKind(
        Scale("quarters", 0.5, 8),
        "length of a fill",
        Called("length of fills", "long fills", "short fills"),
        played="fills near this length come more often",
    ),
    "crash_rate": TraitKind(
        _SHARE,
        "downbeats with a crash",
        Called("crashes", "many crashes", "few crashes"),
        played="how often a bar that follows no fill begins with a crash",
    ),
    "crash_after_fill": TraitKind(
        _SHARE,
        "fills answered by a crash on the next downbeat",
        Called("crashes after fills", "crash after fills", "no crash after fills"),
        played="how often a fill is answered by a crash, from a third up",
    ),
    "double_kick": TraitKind(
        _SHARE,
        "kick strokes in runs that are too fast for one foot: both feet play",
        Called("both feet on the kick", "both feet on the kick", "one foot", above=0.5, below=0.1),
        played="from 0.05 on both feet play the kick, and its fast runs stay",
    ),
    "ride_share": TraitKind(
        _SHARE,
        "time kept on the ride rather than the hi-hat",
        Called("ride or hi-hat", "time on the ride", "time on the hi-hat", above=0.5, below=0.25),
    ),
    "hat_open_share": TraitKind(
        _SHARE,
        "hi-hat strokes that are open",
        Called("open strokes of the hi-hat", "open hi-hat", "closed hi-hat"),
        played="above 0 a noted bar may open a closed hi-hat where it is varied",
    ),
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

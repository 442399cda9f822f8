"""What a player is asked for, with the limits of every number.

Conventions: controls are 0-100. At 50 `complexity`, `intensity` and `fills` leave the artist as
measured; at 100 `humanize`, `feel`, `timing` and `dynamics` do.
"""

from dataclasses import dataclass, fields
from typing import Literal, get_args

from mididrumigen.drums import Voice
from mididrumigen.errors import InputError
from mididrumigen.models.music import COMMON_TIME, Hit, Metre

Part = Literal["groove", "fill", "full", "pickup", "verse", "chorus"]
PARTS: tuple[Part, ...] = get_args(Part)
Tracks = Literal["one", "per-voice"]
"""How a file is laid out."""
TRACKS: tuple[Tracks, ...] = get_args(Tracks)

METRES = tuple(
    Metre.parse(m)
    for m in ("2/4", "3/4", "4/4", "5/4", "6/4", "7/4", "5/8", "6/8", "7/8", "9/8", "11/8", "12/8")
)
"""The metres that can be played."""

MAX_BARS, MAX_VARIATIONS, MAX_SEED = 32, 8, 2**53 - 1
TEMPO_RANGE_BPM = (30.0, 300.0)
SWING_RANGE_PERCENT = (50.0, 75.0)


@dataclass(frozen=True, slots=True)
class Controls:
    """The knobs; None leaves a thing to the profile."""

    swing: float | None = None
    """Share of the pair taken by its first note in percent: 50 straight, 66.7 triplet."""
    humanize: float = 100
    """Amount of the random part of timing and velocity."""
    feel: float = 100
    """Amount of swing and of each voice's own early or late."""
    timing: float = 100
    """Amount of all random timing."""
    dynamics: float = 100
    """Amount of difference between loud and soft."""
    complexity: float = 50
    intensity: float = 50
    fills: float = 50

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            low, high = SWING_RANGE_PERCENT if f.name == "swing" else (0, 100)
            if value is not None and not low <= value <= high:
                raise InputError(f"{f.name} must be {low:g} to {high:g}, not {value:g}")


@dataclass(frozen=True, slots=True)
class Humanization:
    """Total deviations where a profile has no measured feel; shaped long-range, never white.

    Also the table `[generation.humanization]` of the settings.
    """

    micro_timing_ms: float = 10.0
    velocity_variation: float = 0.12
    """Standard deviation as a share of full velocity."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What stays of an earlier take of the same length and metre: some voices, in all bars, and
    some bars, whole.
    """

    hits: tuple[Hit, ...]
    """All hits of the earlier take."""
    voices: frozenset[Voice] = frozenset()
    bars: frozenset[int] = frozenset()
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call for patterns."""

    bars: int = 4
    tempo_bpm: float = 120.0
    metre: Metre = COMMON_TIME
    variations: int = 4
    seed: int = 0
    part: Part | None = None
    """None: variation 1 is the loop, the later ones are full with fills."""
    controls: Controls = Controls()
    humanization: Humanization = Humanization()
    lock: Lock | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.bars <= MAX_BARS:
            raise InputError(f"bars must be 1 to {MAX_BARS}, not {self.bars}")
        if not 1 <= self.variations <= MAX_VARIATIONS:
            raise InputError(f"variations must be 1 to {MAX_VARIATIONS}, not {self.variations}")
        if not 0 <= self.seed <= MAX_SEED:
            raise InputError(f"seed must be 0 to {MAX_SEED}, not {self.seed}")
        if not TEMPO_RANGE_BPM[0] <= self.tempo_bpm <= TEMPO_RANGE_BPM[1]:
            low, high = TEMPO_RANGE_BPM
            raise InputError(f"tempo must be {low:g} to {high:g} BPM, not {self.tempo_bpm:g}")
        if self.metre not in METRES:
            raise InputError(
                f"time signature {self.metre} is not one of {', '.join(map(str, METRES))}"
            )

"""Ticks, metres, hits, notes, takes and patterns.

Conventions: time is an absolute integer tick from the start of the take or pattern, 480 a quarter
note, whatever the file's own division was. Velocity is 1-127. A tempo in BPM counts quarter notes.
"""

import re
from dataclasses import dataclass
from typing import Self

from mididrumigen.drums import Voice
from mididrumigen.errors import InputError

TICKS_PER_QUARTER = 480


@dataclass(frozen=True, slots=True, order=True)
class Metre:
    """A time signature, such as 7/8."""

    beats: int
    """Its upper number, 1-255."""
    unit: int
    """Its lower number: 1, 2, 4, 8, 16 or 32."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Metre of text such as "7/8"; raises InputError for anything else."""
        match = re.fullmatch(r"\s*(\d{1,3})\s*/\s*(\d{1,2})\s*", text, re.ASCII)
        if not match or not 1 <= int(match[1]) <= 255 or int(match[2]) not in (1, 2, 4, 8, 16, 32):
            raise InputError(f"time signature {text!r} is not one", "write it as 4/4 or 7/8")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"

    @property
    def quarters(self) -> float:
        """Length of a bar in quarter notes."""
        return self.beats * 4 / self.unit

    @property
    def ticks(self) -> int:
        """Length of a bar in ticks."""
        return self.beats * 4 * TICKS_PER_QUARTER // self.unit

    @property
    def is_compound(self) -> bool:
        """True where the beat is a dotted quarter: 6/8, 9/8, 12/8."""
        return self.unit == 8 and self.beats % 3 == 0 and self.beats > 3

    def steps(self, per_quarter: int) -> int:
        """Number of grid steps in a bar."""
        return round(self.quarters * per_quarter)


COMMON_TIME = Metre(4, 4)


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """One stroke in time."""

    tick: int
    voice: Voice
    velocity: int


@dataclass(frozen=True, slots=True)
class Take:
    """Drums read from one file: hits in time order, and where tempo and metre change."""

    hits: tuple[Hit, ...]
    tempos: tuple[tuple[int, float], ...]
    """(tick, BPM), the first at tick 0."""
    metres: tuple[tuple[int, Metre], ...]
    """(tick, metre), the first at tick 0."""
    map_name: str
    """The drum map that it was read with, such as "gm" or "roland"."""
    unmapped: int = 0
    """Number of notes outside the map, left out of `hits`."""
    has_tempo: bool = True
    """False where the file states no tempo and 120 BPM is the format's default."""
    notes: tuple[str, ...] = ()
    """What a user should know of how it was read, in words."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Somebody's own drums: whole bars of one metre at one tempo."""

    title: str
    hits: tuple[Hit, ...]
    """In time order; a few may lie before tick 0."""
    bars: int
    metre: Metre
    tempo_bpm: float
    notices: tuple[str, ...] = ()
    """What a user should know of how it was read, in words."""

    def as_take(self) -> Take:
        """The same as a reader gives it."""
        return Take(self.hits, ((0, self.tempo_bpm),), ((0, self.metre),), "gm")


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One MIDI note of a pattern: what a file, a DAW clip or a note list holds."""

    tick: int
    pitch: int
    velocity: int
    duration_ticks: int


@dataclass(frozen=True, slots=True)
class TraitFit:
    """How near one trait of a pattern is to the profile."""

    name: str
    played: float
    wanted: float
    near: float
    """0-1; 1 where it is met."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A finished piece of drumming, exactly `bars` bars long."""

    hits: tuple[Hit, ...]
    bars: int
    metre: Metre
    tempo_bpm: float
    seed: int
    variation: int
    """1 for the core groove, then 2, 3, ..."""
    artist: str
    fits: tuple[TraitFit, ...] = ()
    """How near what was played measures to the profile, trait by trait."""
    changes: tuple[str, ...] = ()
    """What two hands and two feet could not play and was left out, in words."""

    @property
    def ticks(self) -> int:
        """Length in ticks."""
        return self.bars * self.metre.ticks

    @property
    def fit(self) -> float:
        """0-1: the mean over the traits; 0 without any."""
        near = [trait.near for trait in self.fits]
        return round(sum(near) / len(near), 3) if near else 0.0

    @property
    def name(self) -> str:
        """Clip name, such as "John Bonham - Variation 1"."""
        return f"{self.artist} - Variation {self.variation}"

"""A MIDI file as events, before anybody asks what they mean.

Conventions: ticks are the file's own, absolute from the start of the track; a note of velocity 0
is its end.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Track:
    """One track."""

    names: list[str] = field(default_factory=list)
    notes: list[tuple[int, int, int, int]] = field(default_factory=list)
    """(tick, channel 0-15, pitch, velocity) in the order of the file."""
    tempos: list[tuple[int, int]] = field(default_factory=list)
    """(tick, microseconds a quarter note)."""
    metres: list[tuple[int, int, int]] = field(default_factory=list)
    """(tick, upper number, lower number as a power of two)."""
    drum_map: str = ""
    """The text that says which notes play what, in a file of this program."""


@dataclass(slots=True)
class Song:
    """All tracks of a file."""

    format: int
    division: int
    """As it stands in the header: ticks a quarter note, or negative for SMPTE."""
    tracks: list[Track]
    is_whole: bool = True
    """False where something was damaged, and what was read is what could be made out."""

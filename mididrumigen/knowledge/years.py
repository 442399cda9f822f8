"""Years in which somebody drummed, such as "1968-1980", "1989-" or "1970"; "" is not known."""

import re
from dataclasses import dataclass

from mididrumigen.errors import InputError

_YEARS = re.compile(r"(\d{4})(?:\s*[-\u2013]\s*(\d{4})?)?")
NOW = 9999
"""The last year of a span that is still open."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Years from first to last, both included."""

    first: int
    last: int

    @classmethod
    def parse(cls, text: str) -> "Span | None":
        """Span of a text; None where it is empty; raises InputError for anything else."""
        if not text.strip():
            return None
        match = _YEARS.fullmatch(text.strip())
        if not match:
            raise InputError(f"{text!r} are no years", "write them as 1968-1980, 1989- or 1970")
        first = int(match[1])
        last = int(match[2]) if match[2] else (NOW if len(match[0]) > 4 else first)
        if last < first:
            raise InputError(f"{text!r} are no years", "the first comes before the last")
        return cls(first, last)

    def overlap(self, other: "Span") -> int:
        """Number of years in both."""
        return max(0, min(self.last, other.last) - max(self.first, other.first) + 1)

    @property
    def length(self) -> int:
        """Number of years; of an open span those that anybody could have been there."""
        return min(self.last, 2030) - self.first + 1

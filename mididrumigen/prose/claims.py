"""What is read out of an article: who is meant, and what is claimed of him.

Conventions: a claim is about one trait of one drummer (or of the whole artist), with the words that
state it. Shares are 0-1, everything else in the units of `groove.traits`. Beside the traits of that
table there are

    kit.<voice>      he uses it: a voice of `drums` ("kit.cowbell", "kit.china", "kit.ride_bell",
                     "kit.sidestick"), or "kit.brushes", "kit.mallets"; value 1.0
    groove.<name>    he is known for a beat by its name ("groove.half_time_shuffle",
                     "groove.one_drop", "groove.blast_beat", "groove.linear"); value 1.0
    metre            a time signature as text ("7/8"), or "odd"
    plays_with       a name: somebody or a band he plays or played with
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Names:
    """Who is meant by the text, and who is not."""

    artist: str
    aliases: tuple[str, ...] = ()
    drummers: tuple[str, ...] = ()
    """Whose playing is asked for: of a band, those who drum or drummed there. Empty: the artist
    himself.
    """
    songs: tuple[str, ...] = ()
    """Titles by the artist."""
    others: tuple[str, ...] = ()
    """Other people and bands, so that what is said of them is not taken for the artist's. Names
    that the text gives away by itself need not stand here.
    """
    is_group: bool = False
    """True: a band, though its drummers are not known. One with drummers of another name is one
    anyhow. Of a person, the surname or first name alone is him too.
    """


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a sentence says."""

    trait: str
    """A name of `groove.traits.TRAITS`, maybe narrowed ("swing_16ths.snare"), or one of those in
    this module's head.
    """
    value: float | str
    """Within the trait's scale; text for `metre` and `plays_with`."""
    low: float | None
    """What the words leave open, both ends within the scale; None for text."""
    high: float | None
    quote: str
    """At most 25 words of the text (cleaned: see `prose.text`), with the words that state it."""
    song: str = ""
    """Title of the song that it is said of; empty: of the playing at large."""
    who: str = ""
    """The drummer that it is said of, as he is written in `Names`; empty: of the whole artist."""
    confidence: float = 0.5
    """0-1: how surely the text says just this. What the source is worth is not in it."""
    negated: bool = False
    """True: the text says that it is NOT so. A denied trait that has an opposite is given as that
    opposite, not negated.
    """
    section: str = ""
    """Heading under which it stands, in lower case; empty: none, or before the first."""

    def to_json(self) -> dict[str, Any]:
        """As it stands in the `claims` of evidence (`models.evidence`)."""
        return {
            "trait": self.trait,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "song": self.song,
            "who": self.who,
            "not": self.negated,
        }

"""What one line of the word tables holds, and what it says."""

from functools import lru_cache
from typing import NamedTuple, cast

from mididrumigen.groove.poles import Pole, Worth, denied, worth

DRUMMING = (
    "drum*|play|plays|played|playing|groove|grooves|beat|beats|rhythm*|style|feel|timekeeping"
    "|timing"
    "|pattern|patterns|part|parts|approach|percussion*|snare*|kick*|hat|hats|hihat|hihats"
    "|cymbal*|fills"
    "|fill|stroke|strokes|pocket|backbeat*|bars|sticks|tempo|tempos|ride|toms|shuffle*|note|notes"
)
"""Words that show that drumming is spoken of."""


class Word(NamedTuple):
    """One thing that is said of drumming, and what it means."""

    phrases: str
    """Ways to say it, as `tokens` reads them."""
    says: str
    """Divided by ";": "push_ms high", "hits_per_quarter.hat = 4", "kit.cowbell"."""
    sure: float
    """How surely the words mean just this, 0-1."""
    near: str = ""
    """One of these must stand within some words."""
    unless: str = ""
    """Within some words of one of these it means something else."""
    before_not: str = ""
    """It means something else just before one of these."""
    after_not: str = ""
    """And just after one of these."""
    deniable: bool = True
    """False: the words hold their own denial already ("unquantised")."""
    only_denied: bool = False
    """True: alone it says nothing; denied ("rarely plays fills") it does."""
    beside: bool = False
    """True: said within the words of another line it still counts ("long tom fills")."""


class Said(NamedTuple):
    """One claim that a word makes."""

    trait: str
    pole: Pole | None
    """None: a number, or what has no poles."""
    worth: Worth | None
    """None: it is so or it is not (`kit`, `groove`)."""


@lru_cache(maxsize=1024)
def said(says: str) -> tuple[Said, ...]:
    """`Word.says` as claims."""
    return tuple(_said(part.split()) for part in says.split(";"))


def _said(parts: list[str]) -> Said:
    match parts:
        case [trait]:
            return Said(trait, None, None)
        case [trait, "=", number]:
            value = float(number)
            return Said(trait, None, Worth(value, value * 0.8, value * 1.25))
        case [trait, pole]:
            return Said(trait, cast(Pole, pole), worth(trait, cast(Pole, pole)))
    raise ValueError(f"{' '.join(parts)!r} says nothing")


def turned(one: Said) -> Worth | None:
    """What a claim is worth when it is denied; None where there is no opposite."""
    return denied(one.trait, one.pole) if one.pole else None

"""What stays of an earlier take while the rest is played anew.

Conventions: hits of a take belong to the bar they lead to when they are less than half a 32nd
early. Two voices that keep the time together are one too many: where a locked hi-hat keeps it, a
ride that would be new is left out, and the other way round.
"""

from collections.abc import Iterable
from dataclasses import replace

from mididrumigen.drums import FAMILY, Family
from mididrumigen.groove.grid import fit_grid
from mididrumigen.models import TICKS_PER_QUARTER, Hit, Lock, Metre, StyleProfile

EARLY_TICKS = TICKS_PER_QUARTER // 16
"""A stroke so shortly before a bar line leads to that bar."""
_TELLING = 0.2
"""Share of strokes off the beat that tell a grid."""
_KEEPERS: tuple[Family, Family] = ("hat", "ride")


def kept(lock: Lock, metre: Metre) -> tuple[Hit, ...]:
    """The hits that stay, in time order."""
    return tuple(sorted(hit for hit in lock.hits if _is_locked(hit, lock, metre)))


def with_kept(hits: Iterable[Hit], lock: Lock, metre: Metre) -> list[Hit]:
    """What is new outside of what is locked, and what stays, in time order."""
    stays = kept(lock, metre)
    beats = metre.beats // 3 if metre.is_compound else metre.beats
    strokes: dict[tuple[int, Family], int] = {}
    for hit in stays:
        place = bar_of(hit, metre), FAMILY[hit.voice]
        strokes[place] = strokes.get(place, 0) + 1
    locked_voices = {FAMILY[voice] for voice in lock.voices}

    def is_second_keeper(hit: Hit) -> bool:
        family = FAMILY[hit.voice]
        if family not in _KEEPERS or family in locked_voices:
            return False
        other = _KEEPERS[1 - _KEEPERS.index(family)]
        return strokes.get((bar_of(hit, metre), other), 0) >= beats

    taken = {(hit.tick, hit.voice) for hit in stays}
    new = [
        hit
        for hit in hits
        if not _is_locked(hit, lock, metre)
        and not is_second_keeper(hit)
        and (hit.tick, hit.voice) not in taken
    ]
    return sorted([*new, *stays])


def on_its_grid(profile: StyleProfile, lock: Lock, metre: Metre) -> StyleProfile:
    """The profile with its bars on the grid of what stays, triplets or 16ths, where it has some:
    straight hats over a locked shuffle are two drummers.
    """
    phases = [hit.tick % TICKS_PER_QUARTER for hit in kept(lock, metre)]
    off_beat = [p for p in phases if EARLY_TICKS < p < TICKS_PER_QUARTER - EARLY_TICKS]
    if metre.unit == 8 or len(off_beat) < _TELLING * len(phases) or not off_beat:
        return profile
    grid = fit_grid(phases).steps_per_quarter
    grooves = tuple(bar for bar in profile.grooves if bar.steps_per_quarter == grid)
    fills = tuple(bar for bar in profile.fills if bar.steps_per_quarter == grid)
    return replace(profile, grooves=grooves or profile.grooves, fills=fills or profile.fills)


def bar_of(hit: Hit, metre: Metre) -> int:
    """The bar of a hit, from 1."""
    return max(0, hit.tick + EARLY_TICKS) // metre.ticks + 1


def _is_locked(hit: Hit, lock: Lock, metre: Metre) -> bool:
    return hit.voice in lock.voices or bar_of(hit, metre) in lock.bars

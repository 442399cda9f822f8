"""What stays of an earlier take while the rest is played anew.

Conventions: hits of a take belong to the bar they lead to when they are less than half a 32nd
early. Two voices that keep the time together are one too many: where a locked hi-hat keeps it, a
ride that would be new is left out, and the other way round.
"""

from collections.abc import Iterable

from mididrumigen.drums import FAMILY, Family
from mididrumigen.models import TICKS_PER_QUARTER, Hit, Lock, Metre

_EARLY_TICKS = TICKS_PER_QUARTER // 16
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


def bar_of(hit: Hit, metre: Metre) -> int:
    """The bar of a hit, from 1."""
    return max(0, hit.tick + _EARLY_TICKS) // metre.ticks + 1


def _is_locked(hit: Hit, lock: Lock, metre: Metre) -> bool:
    return hit.voice in lock.voices or bar_of(hit, metre) in lock.bars

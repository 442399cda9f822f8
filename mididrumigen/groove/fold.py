"""Similarity of bars; near-duplicates folded and weighed.

Conventions: similarity is the Jaccard index of two bars' (step, voice) cells: 1 the same strokes, 0
none in common. Bars of different metre or grid are never similar.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from mididrumigen.drums import Voice
from mididrumigen.models import Bar

NEAR_DUPLICATE = 0.88
"""Bars at least this similar are one: at most one or two strokes of twenty differ."""

MAX_SOURCES = 24
"""Places of origin that are kept of a folded bar."""


def jaccard(a: Collection[tuple[int, Voice]], b: Collection[tuple[int, Voice]]) -> float:
    """Share of cells in both among those in either; 1 for two empty bars."""
    one, two = frozenset(a), frozenset(b)
    either = len(one | two)
    return len(one & two) / either if either else 1.0


def fold(bars: Sequence[Bar], limit: int) -> tuple[Bar, ...]:
    """Bars without near-duplicates, the heaviest first, at most `limit`.

    Each bar that stays is one that was really played, the heaviest of its kind; it takes over the
    weight and the sources of those folded into it.
    """
    exact: dict[tuple[object, ...], Bar] = {}
    for bar in sorted(bars, key=lambda b: -b.weight):
        key = (bar.metre, bar.steps_per_quarter, bar.kind, bar.fill_from, bar.grid)
        exact[key] = _joined(exact[key], bar) if key in exact else bar
    kept: list[Bar] = []
    for bar in sorted(exact.values(), key=lambda b: -b.weight):
        for index, other in enumerate(kept):
            if (
                bar.metre == other.metre
                and bar.steps_per_quarter == other.steps_per_quarter
                and jaccard(bar.grid, other.grid) >= NEAR_DUPLICATE
            ):
                kept[index] = _joined(other, bar)
                break
        else:
            kept.append(bar)
    return tuple(sorted(kept, key=lambda b: -b.weight)[:limit])


def _joined(keep: Bar, other: Bar) -> Bar:
    sources = tuple(dict.fromkeys((*keep.sources, *other.sources)))[:MAX_SOURCES]
    return replace(keep, weight=keep.weight + other.weight, sources=sources)

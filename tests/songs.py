"""Takes of several parts: what comes after what is known."""

from dataclasses import replace

from mididrumigen.models import Hit, Take


def in_turn(*parts: tuple[Take, int]) -> Take:
    """One take of (take, its bars) after each other, with the tempo and metre of each."""
    start = 0
    hits: list[Hit] = []
    tempos: list[tuple[int, float]] = []
    metres = []
    for take, bars in parts:
        hits += [replace(hit, tick=hit.tick + start) for hit in take.hits]
        tempos += [(tick + start, bpm) for tick, bpm in take.tempos]
        metres += [(tick + start, metre) for tick, metre in take.metres]
        start += bars * take.metres[0][1].ticks
    return replace(
        parts[0][0], hits=tuple(sorted(hits)), tempos=tuple(tempos), metres=tuple(metres)
    )


def shifted(take: Take, ticks: int) -> Take:
    """The take with every hit so much later."""
    return replace(take, hits=tuple(replace(h, tick=h.tick + ticks) for h in take.hits))

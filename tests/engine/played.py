"""What several tests of the player share: made bars, a second measured drummer, readings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random

from mididrumigen.drums import Voice
from mididrumigen.groove import measure
from mididrumigen.groove.tab import MARK_VELOCITIES
from mididrumigen.models import (
    COMMON_TIME,
    Artist,
    Bar,
    Evidence,
    Hit,
    Metre,
    Pattern,
    Stroke,
    StyleProfile,
    Take,
)
from mididrumigen.research import build_profile
from tests.takes import take_of

RIDE_GROOVES = (
    {
        Voice.RIDE: "XoxoXoxoXoxoXoxo",
        Voice.SNARE: "----X--.-.--X--.",
        Voice.KICK: "X--x--x---x--x--",
    },
    {
        Voice.RIDE: "XoxoXoxoXoxoXoxo",
        Voice.SNARE: "-.--X----.-.X---",
        Voice.KICK: "X-----x-x-x-----",
    },
    {
        Voice.RIDE: "X-xoX-xoX-xoX-xo",
        Voice.SNARE: "----X--.----X-.-",
        Voice.KICK: "X--x----x-----x-",
    },
    {
        Voice.RIDE: "XoxoX-x-XoxoX-x-",
        Voice.SNARE: "---.X----.--X---",
        Voice.KICK: "X-x---x---xx----",
    },
)
FILL = {
    Voice.RIDE: "XoxoXoxo--------",
    Voice.SNARE: "----X---XxXx----",
    Voice.TOM_HIGH: "------------Xx--",
    Voice.TOM_FLOOR_HIGH: "--------------Xx",
    Voice.KICK: "X--x--x-x---x---",
}


def bar_of(
    rows: Mapping[Voice, str],
    *,
    metre: Metre = COMMON_TIME,
    steps_per_quarter: int = 4,
    song: str = "",
    weight: float = 1.0,
) -> Bar:
    """A bar of step notation, from a piece of evidence if `song` names one."""
    strokes = [
        Stroke(step, voice, MARK_VELOCITIES[mark])
        for voice, row in rows.items()
        for step, mark in enumerate(row.replace(" ", ""))
        if mark != "-"
    ]
    return Bar(
        metre,
        steps_per_quarter,
        tuple(sorted(strokes)),
        weight=weight,
        sources=((song, 1),) if song else (),
    )


def evidence_of(name: str, take: Take) -> Evidence:
    """A take as evidence of that name."""
    return Evidence(
        id=name,
        source="local_midi",
        kind="midi",
        url=f"file:///{name}.mid",
        value=measure(take).to_json(),
        confidence=0.6,
        retrieved_at="2026-01-01T00:00:00+00:00",
    )


def end_to_end(takes: Sequence[tuple[Take, int]]) -> Take:
    """Takes of so many bars one after the other, in the tempo of the first."""
    hits: list[Hit] = []
    start = 0
    for take, bars in takes:
        hits += [replace(h, tick=h.tick + start) for h in take.hits]
        start += bars * take.metres[0][1].ticks
    return replace(takes[0][0], hits=tuple(sorted(hits)))


@lru_cache(maxsize=1)
def measured_ride() -> StyleProfile:
    """A profile from four takes on the ride: 16ths swung 58 %, a snare 10 ms late, a spread of 8
    ms, a fill in every eighth bar.
    """

    def late_ms(step: int, voice: Voice, rng: Random) -> float:
        sixteenth_ms = 60_000 / 104 / 4
        swing = 0.16 * sixteenth_ms if step % 2 else 0.0
        return swing + (10.0 if voice is Voice.SNARE else 0.0) + rng.gauss(0, 8)

    evidence = []
    for index, rows in enumerate(RIDE_GROOVES):
        parts = [
            (take_of(r, bars=n, tempo_bpm=104, late_ms=late_ms, seed=10 * index + i), n)
            for i, (r, n) in enumerate([(rows, 7), (FILL, 1), (rows, 7), (FILL, 1)])
        ]
        evidence.append(evidence_of(f"ride{index}", end_to_end(parts)))
    return build_profile(Artist("Measured Rider"), evidence)


def take_from(hits: Iterable[Hit], tempo_bpm: float, metre: Metre = COMMON_TIME) -> Take:
    """Hits as a take a bar later, so that none falls before its start."""
    later = tuple(sorted(replace(h, tick=h.tick + metre.ticks) for h in hits))
    return Take(later, ((0, tempo_bpm),), ((0, metre),), "gm")


def as_one(patterns: Sequence[Pattern]) -> Take:
    """Patterns of one tempo and metre one after the other, as one take."""
    hits: list[Hit] = []
    start = 0
    for pattern in patterns:
        hits += [replace(h, tick=h.tick + start) for h in pattern.hits]
        start += pattern.ticks
    return take_from(hits, patterns[0].tempo_bpm, patterns[0].metre)

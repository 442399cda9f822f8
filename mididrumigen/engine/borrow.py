"""Anybody's bars, played with an artist's feel.

Conventions: what is played stays; when and how loud becomes the artist's. His feel is that of one
of his takes, for a mean of all is nobody's: one on the same grid, at a tempo near the asked one. A
role is a family of voices, ghost or full, on the beat, on the off-beat eighth or between.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from mididrumigen.drums import FAMILY, Family
from mididrumigen.engine.choose import near_tempo, pick, song_of
from mididrumigen.engine.dynamics import is_ghost
from mididrumigen.groove.pulse import level_of
from mididrumigen.models import Bar, Stroke, StyleProfile

_OWN_ACCENTS = 0.4
"""Share of the written difference from the mean of its role that is kept: who wrote the bars meant
their accents, how strong they are is the player's.
"""

_Role = tuple[Family, bool, int]


def as_played_by(
    bars: Sequence[Bar], profile: StyleProfile, tempo_bpm: float, rng: Random
) -> list[Bar]:
    """The bars as if they were of one of the artist's takes; without takes, as they are."""
    by_song: dict[str, list[Bar]] = {}
    for bar in profile.grooves:
        by_song.setdefault(song_of(bar), []).append(bar)
    wanted = {bar.steps_per_quarter for bar in bars}
    takes = [song for song in profile.feels if song in by_song]
    fitting = [s for s in takes if wanted & {bar.steps_per_quarter for bar in by_song[s]}]
    takes = fitting or takes
    if not takes:
        return list(bars)
    song = pick(takes, [near_tempo(profile, take, tempo_bpm) for take in takes], rng)
    theirs, written = _means(by_song[song]), _means(bars)
    return [
        replace(
            bar,
            sources=((song, 0),),
            strokes=tuple(_weighed(s, bar, theirs, written) for s in bar.strokes),
        )
        for bar in bars
    ]


def _weighed(
    stroke: Stroke, bar: Bar, theirs: dict[_Role, float], written: dict[_Role, float]
) -> Stroke:
    """The stroke as loud as its role is in the take; as written where the take has no such role."""
    role = _role(stroke, bar)
    if role not in theirs:
        return stroke
    loud = theirs[role] + _OWN_ACCENTS * (stroke.velocity - written[role])
    return replace(stroke, velocity=max(1, min(127, round(loud))))


def _means(bars: Iterable[Bar]) -> dict[_Role, float]:
    sums: dict[_Role, tuple[float, float]] = {}
    for bar in bars:
        for s in bar.strokes:
            role = _role(s, bar)
            total, weight = sums.get(role, (0.0, 0.0))
            sums[role] = (total + s.velocity * bar.weight, weight + bar.weight)
    return {role: total / weight for role, (total, weight) in sums.items()}


def _role(stroke: Stroke, bar: Bar) -> _Role:
    return FAMILY[stroke.voice], is_ghost(stroke), level_of(stroke.step, bar.steps_per_quarter)

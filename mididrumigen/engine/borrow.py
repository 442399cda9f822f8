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


class Levelled:
    """How loud each role is in some bars."""

    def __init__(self, bars: Iterable[Bar]) -> None:
        sums: dict[_Role, tuple[float, float]] = {}
        for bar in bars:
            for s in bar.strokes:
                role = _role(s, bar)
                total, weight = sums.get(role, (0.0, 0.0))
                sums[role] = (total + s.velocity * bar.weight, weight + bar.weight)
        self._means = {role: total / weight for role, (total, weight) in sums.items()}

    def toward(self, others: "Levelled", bar: Bar, share: float, own_accents: float = 1.0) -> Bar:
        """One of these bars, its roles a share (0-1) of the way as loud as they are in the others,
        with `own_accents` of what each stroke differs from its role; as written where one of
        both has no such role.
        """
        strokes = []
        for s in bar.strokes:
            role = _role(s, bar)
            if role in self._means and role in others._means and share:
                accent = own_accents * (s.velocity - self._means[role])
                loud = s.velocity + share * (others._means[role] + accent - s.velocity)
                s = replace(s, velocity=max(1, min(127, round(loud))))
            strokes.append(s)
        return replace(bar, strokes=tuple(strokes))


def as_played_by(
    bars: Sequence[Bar], profile: StyleProfile, tempo_bpm: float, rng: Random
) -> list[Bar]:
    """The bars as if they were of one of the artist's takes; without takes, as loud as notes."""
    by_song: dict[str, list[Bar]] = {}
    for bar in profile.grooves:
        by_song.setdefault(song_of(bar), []).append(bar)
    wanted = {bar.steps_per_quarter for bar in bars}
    takes = [song for song in profile.feels if song in by_song]
    fitting = [s for s in takes if wanted & {bar.steps_per_quarter for bar in by_song[s]}]
    takes = fitting or takes
    written = Levelled(bars)
    if not takes:
        theirs = Levelled(profile.grooves)
        return [written.toward(theirs, bar, 1.0, _OWN_ACCENTS) for bar in bars]
    song = pick(takes, [near_tempo(profile, take, tempo_bpm) for take in takes], rng)
    theirs = Levelled(by_song[song])
    return [
        replace(written.toward(theirs, bar, 1.0, _OWN_ACCENTS), sources=((song, 0),))
        for bar in bars
    ]


def _role(stroke: Stroke, bar: Bar) -> _Role:
    return FAMILY[stroke.voice], is_ghost(stroke), level_of(stroke.step, bar.steps_per_quarter)

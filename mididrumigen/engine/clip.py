"""Somebody's own clip: played with an artist's feel, or gone on with.

Conventions: played as an artist, every stroke of the clip stays; when and how loud it sounds
becomes the artist's. Nothing is left out, not even what two hands cannot play: it is not ours.
Gone on with, the clip's bars are the vocabulary, and the artist's phrasing, fills and feel make
more of them.
"""

from dataclasses import replace
from random import Random

from mididrumigen.drums import Voice
from mididrumigen.engine.borrow import as_played_by
from mididrumigen.engine.choose import RELATED
from mididrumigen.engine.feel import perform
from mididrumigen.engine.fit import fits
from mididrumigen.engine.play import ENGINE_VERSION
from mididrumigen.groove import jaccard, measure
from mididrumigen.groove.clip import clip_bars
from mididrumigen.models import Clip, Hit, Pattern, Request, StyleProfile

_LENT_WEIGHT = 1e-6
"""They lend their strokes and are not played themselves."""
_FILL_WEIGHT = 0.5
"""Of all fills, the share of the clip's own."""


def play_as(profile: StyleProfile, request: Request, clip: Clip) -> list[Pattern]:
    """`request.variations` performances of the clip; metre, tempo and length are the clip's."""
    found = clip_bars(clip)
    patterns = []
    for number in range(1, request.variations + 1):
        rng = Random(f"{ENGINE_VERSION}|{profile.artist_name}|{request.seed}|{number}|play as")
        bars = as_played_by(found.bars, profile, request.tempo_bpm, rng)
        hits = perform(bars, profile, request, request.tempo_bpm, rng)
        lines: dict[Voice, list[Hit]] = {}
        for hit in hits:
            lines.setdefault(hit.voice, []).append(hit)
        besides = []
        for beside in found.besides:
            main = lines[beside.beside][beside.nth]
            velocity = max(1, min(127, round(main.velocity * beside.loudness)))
            besides.append(Hit(main.tick + beside.after_ticks, beside.voice, velocity))
        pattern = Pattern(
            hits=tuple(sorted({*hits, *besides})),
            bars=clip.bars,
            metre=clip.metre,
            tempo_bpm=request.tempo_bpm,
            seed=request.seed,
            variation=number,
            artist=profile.artist_name,
        )
        patterns.append(replace(pattern, fits=fits(pattern, profile)))
    return patterns


def with_clip(profile: StyleProfile, clip: Clip, rng: Random) -> StyleProfile:
    """The profile of the artist with the clip's bars to play from; unchanged where the clip has no
    bar that could be a groove.
    """
    measured = measure(clip.as_take())
    grooves = [bar for bar in measured.vocabulary if bar.kind == "groove"]
    if not grooves:
        return profile
    fills = [bar for bar in measured.vocabulary if bar.kind == "fill"]
    lent = [
        replace(bar, weight=_LENT_WEIGHT)
        for bar in profile.grooves
        if any(jaccard(bar.grid, own.grid) >= RELATED for own in grooves)
    ]
    total = sum(bar.weight for bar in profile.fills)
    own = sum(bar.weight for bar in fills)
    share = _FILL_WEIGHT * total / own / (1 - _FILL_WEIGHT) if total and fills else 1.0
    tempo = dict.fromkeys(("tempo_min", "tempo_max", "tempo_avg", "tempo_mode"), clip.tempo_bpm)
    return replace(
        profile,
        # The clip's tempo is the one that is felt, however far it is from the artist's.
        quantitative_params={**profile.quantitative_params, **tempo},
        grooves=(*as_played_by(grooves, profile, clip.tempo_bpm, rng), *lent),
        fills=(*profile.fills, *(replace(bar, weight=bar.weight * share) for bar in fills)),
    )

"""All layers in order: choose, vary, form, feel, hands and feet, notes."""

from dataclasses import replace
from random import Random

from mididrumigen.drums import DRUMS
from mididrumigen.engine.choose import Lexicon
from mididrumigen.engine.feel import perform
from mididrumigen.engine.fill import Fills
from mididrumigen.engine.fit import fit
from mididrumigen.engine.form import formed
from mididrumigen.engine.levels import Levels
from mididrumigen.engine.phrase import varied
from mididrumigen.engine.sections import INTENSITY
from mididrumigen.engine.sticking import Change, plan
from mididrumigen.engine.tempo import counted, felt, stretched
from mididrumigen.models import Controls, Part, Pattern, Request, StyleProfile

ENGINE_VERSION = 2
"""Raised when the same request would give other notes."""

_DOUBLE_KICK = 0.05
"""Share of kick strokes in runs too fast for one foot from which on both play."""


def play(profile: StyleProfile, request: Request) -> list[Pattern]:
    """`request.variations` patterns; the profile must have grooves.

    Variation 1 is the core groove: it loops, without fill and without crash on the one. The later
    ones are full parts, unless the request names a part for all. Variations go in pairs, 1 and 2, 3
    and 4, ...: the second of a pair goes on with the groove of the first.
    """
    factor = counted(profile, request.tempo_bpm, request.bars)
    tempo_bpm, bars = felt(request, factor)
    seed = f"{ENGINE_VERSION}|{profile.artist_name}|{request.seed}"
    lexicon = Lexicon(profile, request.metre, tempo_bpm, request.controls.complexity)
    levels = Levels(profile)
    both_feet = profile.trait("double_kick", 0) >= _DOUBLE_KICK
    fills = Fills(profile, levels, request.metre, request.controls.fills, seed)
    patterns = []
    for number in range(1, request.variations + 1):
        # One stream of chance a layer: a change in one layer leaves the others as they were.
        choose, vary, fill, feel = (
            Random(f"{seed}|{number}|{layer}") for layer in ("choose", "vary", "fill", "feel")
        )
        part: Part = request.part or ("groove" if number == 1 else "full")
        controls = _controls(request.controls, part)
        song = lexicon.song(Random(f"{seed}|{(number + 1) // 2}|song"))
        phrase = lexicon.phrase(song, bars, choose)
        as_written = number == 1 and not profile.feels  # our own groove, shown once
        grooves = varied(lexicon, levels, phrase, controls.complexity, vary, as_written=as_written)
        played = formed(grooves, profile, fills, part, number, fill)
        hits = perform(played, profile, replace(request, controls=controls), tempo_bpm, feel)
        limbs = plan(hits, tempo_bpm, double_kick=both_feet)
        pattern = Pattern(
            hits=tuple(struck.hit for struck in limbs.strokes),
            bars=bars,
            metre=request.metre,
            tempo_bpm=tempo_bpm,
            seed=request.seed,
            variation=number,
            artist=profile.artist_name,
            changes=tuple(_in_words(change, request, factor) for change in limbs.changes),
        )
        pattern = replace(pattern, fit=fit(pattern, profile))
        if factor != 1:  # whole ticks are other times there: the planner has the last word
            pattern = stretched(pattern, request, factor)
            again = plan(pattern.hits, request.tempo_bpm, double_kick=both_feet)
            pattern = replace(pattern, hits=tuple(struck.hit for struck in again.strokes))
        patterns.append(pattern)
    return patterns


def _in_words(change: Change, request: Request, factor: float) -> str:
    bar = int(max(0, change.hit.tick) / factor) // request.metre.ticks + 1
    return f"{DRUMS[change.hit.voice].title} in bar {bar} left out: {change.reason}"


def _controls(controls: Controls, part: Part) -> Controls:
    """The controls as this section of a song turns them."""
    intensity = controls.intensity + INTENSITY.get(part, 0.0)
    return replace(controls, intensity=max(0.0, min(100.0, intensity)))

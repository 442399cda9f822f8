"""All layers in order: choose, vary, fill, limbs, feel, notes."""

from dataclasses import replace
from random import Random

from mididrumigen.engine.choose import Lexicon
from mididrumigen.engine.feel import perform
from mididrumigen.engine.fill import Fills, with_crash, without_crash
from mididrumigen.engine.fit import fit
from mididrumigen.engine.limbs import playable
from mididrumigen.engine.vary import enrich, simplify, vary
from mididrumigen.models import Bar, Part, Pattern, Request, StyleProfile

ENGINE_VERSION = 1
"""Raised when the same request would give other notes."""

_VARY_MEASURED, _VARY_NOTED = 0.3, 0.22
"""Share of cells that change. Bars that were measured from recordings change more, so that none is
copied: about 30 % leaves real songs' own rate of near-copies (0-5 %); the built-in bars are our
own.
"""

_VARY_AGAIN = 0.5
"""A bar that comes back changes by this share of that."""


def play(profile: StyleProfile, request: Request) -> list[Pattern]:
    """`request.variations` patterns; the profile must have grooves.

    Variation 1 is the core groove: it loops, without fill and without crash on the one. The later
    ones are full parts, unless the request names a part for all. Variations go in pairs, 1 and 2, 3
    and 4, ...: the second of a pair goes on with the groove of the first.
    """
    lexicon = Lexicon(profile, request)
    fills = Fills(profile, request.metre, request.controls.fills, _seed(profile, request))
    return [
        _variation(profile, request, lexicon, fills, number)
        for number in range(1, request.variations + 1)
    ]


def _variation(
    profile: StyleProfile, request: Request, lexicon: Lexicon, fills: Fills, number: int
) -> Pattern:
    # One stream of chance a layer: a change in one layer leaves the others as they were.
    seed = _seed(profile, request)
    streams = {
        layer: Random(f"{seed}|{number}|{layer}") for layer in ("choose", "vary", "fill", "feel")
    }
    song = lexicon.song(Random(f"{seed}|{(number + 1) // 2}|song"))
    part = request.part or ("groove" if number == 1 else "full")
    bars = _varied(
        lexicon, lexicon.phrase(song, request.bars, streams["choose"]), request, number, streams
    )
    bars = [
        playable(bar) for bar in _with_fills(bars, profile, fills, part, number, streams["fill"])
    ]
    pattern = Pattern(
        hits=perform(bars, profile, request, streams["feel"]),
        bars=request.bars,
        metre=request.metre,
        tempo_bpm=request.tempo_bpm,
        seed=request.seed,
        variation=number,
        artist=profile.artist_name,
    )
    return replace(pattern, fit=fit(pattern, profile))


def _seed(profile: StyleProfile, request: Request) -> str:
    """What every stream of chance of a request begins with."""
    return f"{ENGINE_VERSION}|{profile.artist_name}|{request.seed}"


def _varied(
    lexicon: Lexicon, phrase: list[Bar], request: Request, number: int, streams: dict[str, Random]
) -> list[Bar]:
    """The phrase with every bar varied; a bar that comes back is A again or A'."""
    measured = bool(lexicon.profile.feels)
    amount = _VARY_MEASURED if measured else _VARY_NOTED
    # Bars of a programmed style come back as they were, those of a drummer less often.
    unchanged = lexicon.profile.trait("bar_similarity", 0.6) ** 3
    rng = streams["vary"]
    seen: dict[int, Bar] = {}
    bars = []
    for index, bar in enumerate(phrase):
        relatives = lexicon.relatives(bar)
        again = seen.get(id(bar))
        if again is not None and rng.random() < unchanged:
            varied = again
        elif again is not None:
            varied = vary(again, relatives, amount * _VARY_AGAIN, rng, keep_accents=not measured)
        elif number == 1 and index == 0 and not measured:
            varied = bar  # our own groove, shown once as it is written
        else:
            varied = vary(bar, relatives, amount, rng, keep_accents=not measured)
        seen.setdefault(id(bar), varied)
        varied = simplify(varied, request.controls.complexity)
        bars.append(enrich(varied, relatives, request.controls.complexity))
    return bars


def _with_fills(
    bars: list[Bar], profile: StyleProfile, fills: Fills, part: Part, number: int, rng: Random
) -> list[Bar]:
    """Bars with fills where the part wants them, and crashes where they answer one."""
    if part == "groove":
        return [without_crash(bar) for bar in bars]
    if part == "fill":
        return [*bars[:-1], fills.long_one(bars[-1], number, rng)]
    result = []
    after_fill = False
    for index, bar in enumerate(bars):
        bar = without_crash(bar)
        crash = ("crash_after_fill", 0.6) if after_fill else ("crash_rate", 0.1)
        if rng.random() < profile.trait(*crash):
            bar = with_crash(bar)
        after_fill = fills.falls_on(index, len(bars), rng)
        result.append(fills.put_on(bar, rng) if after_fill else bar)
    return result

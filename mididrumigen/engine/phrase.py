"""A phrase played and not copied: A again or A', at the artist's own likeness of bars.

Conventions: likeness is the Jaccard index of two bars' strokes. Bars that were measured from
recordings change more, so that none is copied: about 30 % leaves real songs' own rate of
near-copies (0-5 %); the built-in bars are our own, and what the style is known by stays.
"""

from collections.abc import Sequence
from random import Random

from mididrumigen.engine.choose import Lexicon, song_of
from mididrumigen.engine.embellish import embellish
from mididrumigen.engine.levels import Levels
from mididrumigen.engine.vary import enrich, simplify, vary
from mididrumigen.models import Bar

_VARY_MEASURED, _VARY_NOTED = 0.3, 0.22
"""Share of cells that change."""
_VARY_AGAIN = 0.5
"""A bar that comes back changes by this share of that."""
_SAME_AGAIN = 3
"""A bar that comes back is left as it was with a chance of the likeness to this power."""
_LIKENESS_SPREAD = 0.1
_PROGRAMMED = 0.88
"""Noted styles whose bars are at least this alike are programmed, and repeat exactly."""


def varied(
    lexicon: Lexicon,
    levels: Levels,
    phrase: Sequence[Bar],
    complexity: float,
    rng: Random,
    *,
    as_written: bool,
) -> list[Bar]:
    """The phrase with every bar varied, then made as complex as asked for (0-100).

    With `as_written` the first bar is not varied.
    """
    profile = lexicon.profile
    measured = bool(profile.feels)
    likeness = profile.trait("bar_similarity", 0.6)
    programmed = not measured and likeness >= _PROGRAMMED
    amount = _VARY_MEASURED if measured else _VARY_NOTED
    same = 1.0 if programmed else likeness**_SAME_AGAIN
    ghosts = profile.trait("ghost_share", 0.15)
    open_hats = profile.trait("hat_open_share", 0.1) > 0
    seen: dict[int, Bar] = {}
    bars: list[Bar] = []
    for index, bar in enumerate(phrase):
        relatives = [levels.matched(other, song_of(bar)) for other in lexicon.relatives(bar)]
        again = seen.get(id(bar))
        most = likeness + _LIKENESS_SPREAD * rng.gauss(0, 1)
        if again is not None and rng.random() < same:
            new = again
        elif again is not None:
            new = vary(again, relatives, amount * _VARY_AGAIN, rng, keep_accents=not measured)
        elif as_written and index == 0:
            new = bar
        else:
            new = vary(bar, relatives, amount, rng, keep_accents=not measured)
        if bars and not measured and not programmed:
            new = embellish(new, bars[-1], most, ghosts, rng, open_hats=open_hats)
        seen.setdefault(id(bar), new)
        bars.append(new)
    if complexity <= 50:
        return [simplify(bar, complexity) for bar in bars]
    return [
        enrich(bar, lexicon.relatives(home), complexity)
        for bar, home in zip(bars, phrase, strict=True)
    ]

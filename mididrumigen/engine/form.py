"""Grooves -> a part of a song: where fills and crashes fall, and what a section asks for."""

from collections.abc import Sequence
from random import Random

from mididrumigen.drums import FAMILY, GHOST_VELOCITY
from mididrumigen.engine.fill import Fills, without_crash
from mididrumigen.engine.sections import chorus, pickup, verse
from mididrumigen.models import Bar, Part, StyleProfile

_ANSWERED = 0.35
"""Fills at the ends of phrases, where ours fall, are answered by a crash at least so often
(measured over all fills: .31-.41 in most sets of takes).
"""

_RUN, _TOM_RUN = 4, 3
"""Full strokes of snare and toms, or of toms alone, in the second half of a bar that make it lead
to the next one as a fill does.
"""
_USUAL = 0.4
"""Where more of the bars do, the drums belong to the groove."""


def formed(
    bars: Sequence[Bar],
    profile: StyleProfile,
    fills: Fills,
    part: Part,
    number: int,
    rng: Random,
) -> list[Bar]:
    """The bars as a part; `number` is the variation's, so that each gets another lone fill."""
    match part:
        case "groove":
            return [without_crash(bar) for bar in bars]
        case "fill":
            return [*bars[:-1], fills.long_one(bars[-1], number, rng)]
        case "pickup":
            return pickup(bars, fills.long_one(bars[-1], number, rng))
        case "verse":
            return _with_fills([verse(bar) for bar in bars], profile, fills, rng)
        case "chorus":
            moved = [chorus(bar, profile.kit) for bar in bars]
            return _with_fills(moved, profile, fills, rng, opens=True)
        case "full":
            return _with_fills(bars, profile, fills, rng)


def _with_fills(
    bars: Sequence[Bar], profile: StyleProfile, fills: Fills, rng: Random, *, opens: bool = False
) -> list[Bar]:
    """Bars with fills where the artist plays them and crashes where they answer one; with `opens`
    the first bar has a crash too. A groove that runs out into the drums for once is answered like a
    fill.
    """
    result = []
    leading = [_leads_on(bar) for bar in bars]
    are_usual = sum(leading) > _USUAL * len(bars)
    after_fill = False
    for index, bar in enumerate(bars):
        bar = without_crash(bar)
        if after_fill:
            chance = max(_ANSWERED, profile.trait("crash_after_fill", 0.6))
        else:
            chance = profile.trait("crash_rate", 0.1)
        if rng.random() < chance or (opens and index == 0):
            bar = fills.with_crash(bar)
        is_fill = fills.falls_on(index, len(bars), rng)
        result.append(fills.put_on(bar, rng) if is_fill else bar)
        after_fill = is_fill or (leading[index] and not are_usual)
    return result


def _leads_on(bar: Bar) -> bool:
    """Whether the second half of a bar is a run of drums."""
    drums = [
        FAMILY[s.voice] == "tom"
        for s in bar.strokes
        if s.step >= bar.steps / 2
        and (FAMILY[s.voice] == "tom" or FAMILY[s.voice] == "snare")
        and s.velocity >= GHOST_VELOCITY
    ]
    return len(drums) >= _RUN or sum(drums) >= _TOM_RUN

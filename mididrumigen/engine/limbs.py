"""Two hands and two feet.

Conventions: at one step at most two hand voices sound, one stroke a surface (a hi-hat is open or
closed, not both), and the foot does not close a hi-hat that a hand strikes open. Where there is too
much, the least important stroke is left out: percussion first, then the timekeeper, ghosts before
full strokes.
"""

from collections.abc import Sequence
from dataclasses import replace

from mididrumigen.drums import DRUMS, FAMILY, GHOST_VELOCITY, Voice
from mididrumigen.models import Bar, Stroke

_SURFACES: dict[Voice, str] = {
    Voice.HAT_CLOSED: "hat",
    Voice.HAT_OPEN: "hat",
    Voice.RIDE: "ride",
    Voice.RIDE_BELL: "ride",
    Voice.SNARE: "snare",
    Voice.SIDESTICK: "snare",
}
_IMPORTANCE = {"snare": 5, "tom": 4, "crash": 4, "ride": 2, "hat": 2, "percussion": 1}
"""Of what the hands strike."""


def surface(voice: Voice) -> str:
    """What is struck: open and closed hi-hat are one surface, snare and rim another."""
    return _SURFACES.get(voice, str(voice))


def playable(bar: Bar) -> Bar:
    """The bar without the strokes that two hands and two feet cannot play."""
    by_step: dict[int, list[Stroke]] = {}
    for stroke in bar.strokes:
        by_step.setdefault(stroke.step, []).append(stroke)
    kept = [stroke for strokes in by_step.values() for stroke in _reach(strokes)]
    return bar if len(kept) == len(bar.strokes) else replace(bar, strokes=tuple(sorted(kept)))


def _reach(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Strokes of one step that can be played together."""
    hands: list[Stroke] = []
    used: set[str] = set()
    for stroke in sorted((s for s in strokes if DRUMS[s.voice].limb == "hand"), key=_rank):
        if surface(stroke.voice) not in used and len(hands) < 2:
            hands.append(stroke)
            used.add(surface(stroke.voice))
    open_hat = any(s.voice is Voice.HAT_OPEN for s in hands)
    feet = [
        s
        for s in strokes
        if DRUMS[s.voice].limb == "foot" or (DRUMS[s.voice].limb == "hat_foot" and not open_hat)
    ]
    return hands + feet


def _rank(stroke: Stroke) -> tuple[int, int, bool, Voice]:
    """The most important first: full strokes, loud ones, the snare before its rim."""
    ghost = FAMILY[stroke.voice] == "snare" and stroke.velocity < GHOST_VELOCITY
    importance = _IMPORTANCE[FAMILY[stroke.voice]] - 4 * ghost
    return (-importance, -stroke.velocity, stroke.voice is not Voice.SNARE, stroke.voice)

"""A bar as text, to read.

    HH |X-x-X-x-X-x-X-x-|
    SD |----X--.----X---|
    BD |X-----x-X-x-----|

Conventions: one character a step; `.` ghost (under 50), `o` soft (under 75), `x` normal (under
105), `X` accent, `-` rest; a full stroke with an ornament is `f` flam, `d` drag or `z` double,
accented `F`, `D` or `Z`. Cymbals stand above drums, feet at the bottom.
"""

from collections.abc import Iterable

from mididrumigen.drums import DRUMS, GHOST_VELOCITY, Voice
from mididrumigen.models import Bar, Stroke
from mididrumigen.models.groove import Ornament

MARK_VELOCITIES = {".": 34, "o": 62, "x": 88, "X": 112}
"""Velocity that a mark of step notation stands for; ghosts at 0.3 of an accent, as measured."""

ORNAMENT_MARKS: dict[str, Ornament] = {"f": "flam", "d": "drag", "z": "double"}
"""What a mark of step notation decorates a stroke with: a normal one, as a capital an accent."""

MARKS = ((50, "."), (75, "o"), (105, "x"), (128, "X"))
_ORDER = ("crash", "ride", "hat", "percussion", "tom", "snare", "kick")


def mark(velocity: int) -> str:
    """Character of a velocity."""
    return next(m for limit, m in MARKS if velocity < limit)


def tab(bars: Iterable[Bar]) -> list[str]:
    """Lines of a drum tab of bars on one grid, a voice a line; voices that rest throughout are left
    out.
    """
    bars = list(bars)
    voices = sorted({s.voice for bar in bars for s in bar.strokes}, key=_place)
    lines = []
    for voice in voices:
        cells = []
        for bar in bars:
            row = ["-"] * bar.steps
            for s in bar.strokes:
                if s.voice is voice:
                    row[s.step] = _cell(s)
            cells.append("".join(row))
        lines.append(f"{DRUMS[voice].mark} |{'|'.join(cells)}|")
    return lines


def _cell(stroke: Stroke) -> str:
    """Character of a stroke; a ghost is one whatever decorates it."""
    plain = mark(stroke.velocity)
    if not stroke.ornament or stroke.velocity < GHOST_VELOCITY:
        return plain
    letter = next(m for m, ornament in ORNAMENT_MARKS.items() if ornament == stroke.ornament)
    return letter.upper() if plain == "X" else letter


def _place(voice: Voice) -> tuple[bool, int, int]:
    drum = DRUMS[voice]
    return drum.limb == "hat_foot", _ORDER.index(drum.family), -drum.note

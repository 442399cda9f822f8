"""Step notation -> bars.

Conventions: a row is one voice, a character one step: `-` rest, `.` ghost, `o` soft, `x` normal,
`X` accent; `f` flam, `d` drag, `z` double (two 32nds, as in a roll), accented `F`, `D`, `Z`; spaces
and bars are for the eye. Rows of one bar are equally long: 4 steps a quarter note are 16ths, 3 are
eighth triplets. Rows two or four times as long are patterns of that many bars.
"""

from collections.abc import Mapping

from mididrumigen.drums import Voice
from mididrumigen.errors import KnowledgeError
from mididrumigen.groove.grid import STRAIGHT, TRIPLET
from mididrumigen.groove.tab import MARK_VELOCITIES, ORNAMENT_MARKS
from mididrumigen.models import Bar, Metre, Stroke
from mididrumigen.models.groove import BarKind

_PASSES = 4
"""A pattern follows itself: its bars are numbered as if it were played this many times."""
_LATER_BAR = 0.05
"""Weight of the later bars of a pattern against its first: one begins at the beginning."""


def parse_bars(
    rows: Mapping[str, str],
    *,
    metre: Metre,
    kind: BarKind = "groove",
    weight: float = 1.0,
    name: str = "",
    fill_from: float = 1,
    source: str = "",
    number: int = 1,
) -> tuple[Bar, ...]:
    """Bars of a pattern in step notation; `fill_from` is a beat (quarter note) from 1.

    `source` and `number` are the evidence it belongs to and the number of its first bar there.
    Raises KnowledgeError.
    """
    cells = {voice: row.translate({32: None, 124: None}) for voice, row in rows.items()}
    lengths = set(map(len, cells.values()))
    if len(lengths) != 1:
        raise KnowledgeError(
            f"{name or kind}: rows are {sorted(lengths)} steps long, not all the same"
        )
    per_quarter, bars = _layout(lengths.pop(), metre, name or kind)
    steps = metre.steps(per_quarter)
    strokes: list[list[Stroke]] = [[] for _ in range(bars)]
    for voice_name, row in cells.items():
        voice = _voice(voice_name, name or kind)
        for index, mark in enumerate(row):
            if mark == "-":
                continue
            ornament = ORNAMENT_MARKS.get(mark.lower(), "")
            loud = ("X" if mark.isupper() else "x") if ornament else mark
            if loud not in MARK_VELOCITIES:
                raise KnowledgeError(f"{name or kind}: {mark!r} in row {voice} is not a step mark")
            bar, step = divmod(index, steps)
            strokes[bar].append(Stroke(step, voice, MARK_VELOCITIES[loud], ornament=ornament))
    return tuple(
        Bar(
            metre=metre,
            steps_per_quarter=per_quarter,
            strokes=tuple(sorted(found)),
            kind=kind,
            weight=weight * (_LATER_BAR if index else 1),
            fill_from=round((fill_from - 1) * per_quarter),
            name=name,
            sources=tuple((source, number + index + bars * i) for i in range(_PASSES)),
        )
        for index, found in enumerate(strokes)
    )


def _voice(text: str, name: str) -> Voice:
    try:
        return Voice(text)
    except ValueError as error:
        raise KnowledgeError(f"{name}: {text!r} is not a voice") from error


def _layout(length: int, metre: Metre, name: str) -> tuple[int, int]:
    """(steps a quarter note, bars) of rows of this length."""
    for bars in (1, 2, 4):
        for per_quarter in (STRAIGHT, TRIPLET):
            if per_quarter == TRIPLET and metre.unit == 8:
                continue
            if length == bars * metre.quarters * per_quarter:
                return per_quarter, bars
    raise KnowledgeError(f"{name}: {length} steps are no bars of {metre} in 16ths or triplets")

"""Pattern <-> the note list of the specification.

    {"notes": [{"pitch": 36, "velocity": 110, "time": 0, "duration": 60}, ...],
     "tempo": 92, "time_signature": [4, 4] or "4/4", "total_bars": 4}

Conventions: `time` and `duration` are ticks at 480 a quarter note. Rules: pitch 35-81, velocity
1-127, duration at least 30, every note inside the bars, and every `time` on the grid: a multiple of
30 (64ths) or of 40 (32nd triplets). It is a score; the engine adds the feel. A list from outside is
an edge, so pydantic checks it.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mididrumigen.drums import GM, HIGHEST_NOTE, LOWEST_NOTE
from mididrumigen.errors import InputError, NoteListError
from mididrumigen.midi.notes import MIN_TICKS, to_notes
from mididrumigen.models import Hit, Metre, Note, Pattern
from mididrumigen.models.request import MAX_BARS, TEMPO_RANGE_BPM

if TYPE_CHECKING:
    from pydantic import BaseModel

STRAIGHT_GRID, TRIPLET_GRID = 30, 40
MAX_NOTES = 10_000
MAX_BYTES = 1_000_000


def to_note_list(pattern: Pattern) -> dict[str, Any]:
    """Note list of a pattern, each note moved to the nearest grid point; it passes
    `parse_note_list`.
    """
    notes = [note for line in _lines(pattern) for note in line]
    return {
        "notes": [
            {
                "pitch": note.pitch,
                "velocity": note.velocity,
                "time": note.tick,
                "duration": note.duration_ticks,
            }
            for note in sorted(notes)
        ],
        "tempo": pattern.tempo_bpm,
        "time_signature": str(pattern.metre),
        "total_bars": pattern.bars,
    }


def _lines(pattern: Pattern) -> list[list[Note]]:
    """Notes on the grid, a list a pitch: each ends before the next begins; one that has no room
    left before the end is dropped.
    """
    by_pitch: dict[int, list[Note]] = {}
    for note in to_notes(pattern):
        line = by_pitch.setdefault(note.pitch, [])
        earliest = line[-1].tick + MIN_TICKS if line else 0
        time = min(_nearest_on_grid(note.tick), pattern.ticks - MIN_TICKS)
        if time < earliest:
            time = min(-(-earliest // grid) * grid for grid in (STRAIGHT_GRID, TRIPLET_GRID))
        if time > pattern.ticks - MIN_TICKS:
            continue
        if line:
            room = time - line[-1].tick
            line[-1] = replace(line[-1], duration_ticks=min(line[-1].duration_ticks, room))
        length = max(MIN_TICKS, min(note.duration_ticks, pattern.ticks - time))
        line.append(replace(note, tick=time, duration_ticks=length))
    return list(by_pitch.values())


def parse_note_list(data: str | bytes | Mapping[str, Any], *, snap: bool = False) -> Pattern:
    """Pattern of a note list, as text or already decoded.

    With `snap`, notes off the grid move to the nearest grid point instead of being refused. Raises
    NoteListError, whose sentence names the first note that breaks a rule.
    """
    from pydantic import ValidationError  # 70 ms: only where a list is read

    if isinstance(data, str | bytes):
        if len(data) > MAX_BYTES:
            raise NoteListError(f"the note list is over {MAX_BYTES / 1e6:g} MB")
        try:
            data = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise NoteListError(f"the note list is not JSON: {error}") from error
    try:
        checked: Any = _model().model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise NoteListError(f"note list, {_place(first['loc'])}: {first['msg']}") from error
    metre = checked.time_signature
    total_ticks = checked.total_bars * metre.ticks
    hits = set()
    for number, note in enumerate(checked.notes, 1):
        if note.time + note.duration > total_ticks:
            raise NoteListError(
                f"note list, note {number}: it lies outside {total_ticks} ticks, its bars"
            )
        time = _nearest_on_grid(note.time) if snap else note.time
        if time % STRAIGHT_GRID and time % TRIPLET_GRID:
            raise NoteListError(
                f"note list, note {number}: time {time} is off the grid"
                f" of {STRAIGHT_GRID} or {TRIPLET_GRID} ticks"
            )
        time = min(time, total_ticks - MIN_TICKS)
        hits.add(Hit(time, GM[note.pitch], note.velocity))
    return Pattern(
        hits=tuple(sorted(hits)),
        bars=checked.total_bars,
        metre=metre,
        tempo_bpm=checked.tempo,
        seed=0,
        variation=1,
        artist="",
    )


def _nearest_on_grid(tick: int) -> int:
    """Nearest multiple of either grid; the straight one wins a tie."""
    straight = round(tick / STRAIGHT_GRID) * STRAIGHT_GRID
    triplet = round(tick / TRIPLET_GRID) * TRIPLET_GRID
    return straight if abs(straight - tick) <= abs(triplet - tick) else triplet


def _place(loc: tuple[int | str, ...]) -> str:
    """Where in the list, in words."""
    if len(loc) > 1 and loc[0] == "notes" and isinstance(loc[1], int):
        return " ".join(["note", str(loc[1] + 1), *map(str, loc[2:])])
    return " ".join(map(str, loc)) or "the whole"


def _model() -> "type[BaseModel]":
    """The pydantic model; made on first use, so that nobody else pays for the import."""
    from typing import Annotated

    from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

    def metre(value: object) -> object:
        if isinstance(value, list | tuple):
            value = "/".join(map(str, value))
        if not isinstance(value, str):
            raise ValueError("a time signature is written as 4/4 or [4, 4]")
        try:
            return Metre.parse(value)
        except InputError as error:
            raise ValueError(str(error)) from error

    class ListedNote(BaseModel):
        model_config = ConfigDict(strict=True, extra="ignore")
        pitch: int = Field(ge=LOWEST_NOTE, le=HIGHEST_NOTE)
        velocity: int = Field(ge=1, le=127)
        time: int = Field(ge=0)
        duration: int = Field(ge=MIN_TICKS)

    class NoteList(BaseModel):
        model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)
        notes: list[ListedNote] = Field(max_length=MAX_NOTES)
        tempo: float = Field(ge=TEMPO_RANGE_BPM[0], le=TEMPO_RANGE_BPM[1], strict=True)
        time_signature: Annotated[Metre, BeforeValidator(metre)]
        total_bars: int = Field(ge=1, le=MAX_BARS, strict=True)

    return NoteList

"""MIDI files -> what they say, for every source that has some: read in workers, twins left out.

Conventions: a file that cannot be used is refused with its reason and the rest goes on. Takes with
the same strokes count once, and so do two versions of one song.
"""

import hashlib
import logging
from collections.abc import AsyncGenerator, Mapping, Sequence, Set
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mididrumigen.errors import MidiDrumiGenError
from mididrumigen.groove import measure
from mididrumigen.groove.beats import set_bars
from mididrumigen.groove.twins import Songs
from mididrumigen.midi import read_file
from mididrumigen.models import Inputs, Progress
from mididrumigen.workers import Workers

_log = logging.getLogger(__name__)

READ_LIMIT_S = 15.0
"""For one file."""


@dataclass(frozen=True, slots=True)
class MidiFile:
    """A file to read."""

    path: Path
    url: str
    """What its evidence names as its origin."""
    name: str
    """What the user calls it: a path, or the name of what was handed over."""

    @property
    def title(self) -> str:
        """Its last part."""
        return Path(self.name).name


async def read_each(
    workers: Workers, files: Sequence[MidiFile], seen: "Seen", progress: Progress
) -> AsyncGenerator[tuple[MidiFile, dict[str, Any] | None], None]:
    """(file, what it says) in the order of the files; None for one that is refused."""
    async with aclosing(workers.each(READ_LIMIT_S, learn, files)) as answers:
        async for file, answer in answers:
            refusal = _refusal(answer, seen)
            if refusal or isinstance(answer, Exception):
                progress.refuse(file.name, refusal)
                yield file, None
            else:
                seen.add(file.title, answer)
                yield file, answer


def learn(file: MidiFile) -> dict[str, Any]:
    """What one file says, with a digest of its strokes; runs in a worker."""
    take = read_file(file.path)
    strokes = hashlib.sha256(repr(take.hits).encode()).hexdigest()[:16]
    bars = set_bars(take)
    value = measure(bars.take).to_json()
    # What was mended may be mended wrongly: it counts as much as it is likely to be right.
    doubt = bars.confidence if bars.notes else 1.0
    return {
        **value,
        "notes": [*bars.notes, *value["notes"]],
        "weight": round(value["weight"] * doubt, 3),
        "bars_confidence": round(bars.confidence, 3),
        "strokes": strokes,
    }


class Seen:
    """What was learnt already, to tell what comes twice."""

    def __init__(self, inputs: Inputs, here: Set[str]) -> None:
        """`here`: the addresses that are read now, which are no twins of what they said before."""
        self._with_strokes: dict[str, str] = {}
        self._songs = Songs()
        for evidence in inputs.known.values():
            if evidence.url not in here and "strokes" in evidence.value:
                self.add(unquote(evidence.url.rpartition("/")[2]), evidence.value)

    def add(self, title: str, value: Mapping[str, Any]) -> None:
        """Note what a file said."""
        self._with_strokes.setdefault(value["strokes"], title)
        self._songs.add(title, value.get("prints", ""))

    def twin(self, value: Mapping[str, Any]) -> str:
        """What a file is the same as, in words; empty where it is new."""
        if title := self._with_strokes.get(value["strokes"]):
            return f"the same drums as {title}"
        if title := self._songs.twin(value["prints"]):
            return f"the same song as {title}, nearly stroke for stroke"
        return ""


def _refusal(answer: Mapping[str, Any] | Exception, seen: Seen) -> str:
    """Why a file cannot be used, for the user; empty where it can."""
    match answer:
        case MidiDrumiGenError():
            return str(answer)
        case TimeoutError():
            return f"not read within {READ_LIMIT_S:g} s"
        case Exception():
            _log.warning("a MIDI file broke the reader", exc_info=answer)
            return f"it broke the reader ({type(answer).__name__}); please report it with the file"
    return seen.twin(answer) or ("" if answer["bars"] else "no bar of drums to learn from")

"""A take with other notes than it was played with: somebody moved, added or removed strokes.

Conventions: what comes of it is a generation with one take, whose history line says what it was
made from. The seed stays for the name of the folder; it does not make this take again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mididrumigen.app.results import clip_json
from mididrumigen.app.takes import clip_of, drum_map_of, hits_of
from mididrumigen.engine.fit import fits_to
from mididrumigen.errors import InputError
from mididrumigen.models import Metre, Pattern


def edited(generation: Mapping[str, Any], number: int, notes: Sequence[Sequence[float]]) -> Pattern:
    """The take with these notes, measured against what the artist was wanted to be; raises NotFound
    and InputError.
    """
    clip = clip_of(generation, number)
    hits = hits_of(generation, notes)
    last = max(start for _, start, _, _ in notes)
    if last >= clip["length_beats"]:
        raise InputError(
            f"a stroke starts at {last:g}, and the take ends at {clip['length_beats']:g}",
            "positions are quarter notes from the start",
        )
    pattern = Pattern(
        hits=tuple(sorted(hits)),
        bars=generation["bars"],
        metre=Metre.parse(generation["time_signature"]),
        tempo_bpm=generation["tempo"],
        seed=generation["seed"],
        variation=number,
        artist=generation["artist"],
    )
    known = clip.get("fit_by_trait") or {}
    wanted = {name: trait["wanted"] for name, trait in known.items()}
    return replace(pattern, fits=fits_to(pattern, wanted))


def edited_result(
    generation: Mapping[str, Any],
    number: int,
    pattern: Pattern,
    files: Sequence[Path],
    spent_ms: float,
) -> dict[str, Any]:
    """The generation that it is, in the form of the contract; its id comes when it is kept."""
    return {
        **generation,
        "generation_id": None,
        "generation_time_ms": round(spent_ms, 1),
        "midi_files": [str(path) for path in files],
        "clips": [clip_json(pattern, drum_map_of(generation))],
        "notices": [f"edited from take {number} of generation {generation['generation_id']}"],
    }

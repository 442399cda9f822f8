"""One take of a generation, from what the history keeps: its file again, its notes page by page,
what of it stays in another one.

Conventions: a generation is the plain form of a `GenerateResult`; takes count from 1; beats are
quarter notes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mididrumigen.app.ask import LockAsk
from mididrumigen.drums import Voice
from mididrumigen.errors import InputError, NotFound
from mididrumigen.midi import GM, DrumMap, clip_bytes
from mididrumigen.models import TICKS_PER_QUARTER, Hit, Lock, Metre, Note

PAGE_BYTES = 30_000
"""Limit of one page: a device in a DAW reads no more in one piece."""


def take_file(generation: Mapping[str, Any], number: int) -> bytes:
    """The MIDI file of a take, byte for byte as it was written; raises NotFound."""
    clip = _clip(generation, number)
    notes = [
        Note(_ticks(start), pitch, velocity, _ticks(length))
        for pitch, start, length, velocity in clip["notes"]
    ]
    return clip_bytes(
        notes,
        name=clip["name"],
        artist=generation["artist"],
        seed=generation["seed"],
        tempo_bpm=generation["tempo"],
        metre=Metre.parse(generation["time_signature"]),
        ticks=_ticks(clip["length_beats"]),
        drum_map=_drum_map(generation),
        tracks=generation.get("tracks", "one"),
    )


def page(
    generation: Mapping[str, Any], number: int, from_bar: int, bars: int | None
) -> dict[str, Any]:
    """Notes of a take from a bar on (0 is the first): of so many bars, or fewer where they would be
    over 30 kB; `next_bar` is where the next page begins, None after the last. Raises NotFound for a
    take that is not there, InputError for a bar.
    """
    clip = _clip(generation, number)
    if not 0 <= from_bar < generation["bars"]:
        last = generation["bars"] - 1
        raise InputError(f"from_bar must be 0 to {last}, not {from_bar}")
    quarters = Metre.parse(generation["time_signature"]).quarters
    until = generation["bars"] if bars is None else min(from_bar + bars, generation["bars"])
    notes: list[list[float]] = []
    answer: dict[str, Any] = {
        "generation_id": generation["generation_id"],
        "take": number,
        "name": clip["name"],
        "tempo": generation["tempo"],
        "time_signature": generation["time_signature"],
        "bars": generation["bars"],
        "length_beats": clip["length_beats"],
        "fit": clip["fit"],
        "from_bar": from_bar,
        "next_bar": None,
        "notes": notes,
    }
    size, bar = len(json.dumps(answer)), from_bar
    while bar < until:
        of_bar = [n for n in clip["notes"] if bar * quarters <= n[1] < (bar + 1) * quarters]
        size += len(json.dumps(of_bar))  # its brackets stand for the comma between two bars
        if size > PAGE_BYTES and bar > from_bar:
            break
        notes += of_bar
        bar += 1
    if bar < generation["bars"]:
        answer["next_bar"] = bar
    return answer


@dataclass(frozen=True, slots=True)
class Source:
    """An earlier take of which something stays."""

    lock: Lock
    bars: int
    metre: Metre
    tempo_bpm: float


def source_of(generation: Mapping[str, Any], ask: LockAsk) -> Source:
    """The take that an ask locks; raises NotFound for one that is not there and InputError for bars
    that it has not.
    """
    clip, bars = _clip(generation, ask.take), generation["bars"]
    if ask.bars and ask.bars[-1] > bars:
        raise InputError(f"the take has {bars} bars, so there is no bar {ask.bars[-1]} to lock")
    voices = _drum_map(generation).voices
    hits = tuple(
        Hit(_ticks(start), voices[pitch], velocity) for pitch, start, _, velocity in clip["notes"]
    )
    return Source(
        Lock(hits, frozenset(ask.voices), frozenset(ask.bars)),
        bars,
        Metre.parse(generation["time_signature"]),
        generation["tempo"],
    )


def _drum_map(generation: Mapping[str, Any]) -> DrumMap:
    """The map that a generation was written on, whatever has become of it; those of before there
    was a choice are General MIDI's.
    """
    if "voices" not in generation:
        return GM
    name = generation["map"]
    notes = {Voice(voice): int(note) for note, voice in generation["voices"].items()}
    return DrumMap(name, name, notes)


def _clip(generation: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    clips = generation["clips"]
    if not 1 <= number <= len(clips):
        raise NotFound(
            f"generation {generation['generation_id']} has takes 1 to {len(clips)}, not {number}"
        )
    clip: Mapping[str, Any] = clips[number - 1]
    return clip


def _ticks(beats: float) -> int:
    return round(beats * TICKS_PER_QUARTER)

"""One take of a generation, from what the history keeps: its file again, its notes page by page,
what of it stays in another one.

Conventions: a generation is the plain form of a `GenerateResult`; takes count from 1; beats are
quarter notes.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mididrumigen.app.ask import LockAsk
from mididrumigen.drums import FAMILY, Voice
from mididrumigen.engine.kit_plan import PlayedBy
from mididrumigen.engine.sticking import plan
from mididrumigen.errors import InputError, NotFound
from mididrumigen.midi import GM, DrumMap, clip_bytes
from mididrumigen.models import TICKS_PER_QUARTER, Hit, Lock, Metre, Note

PAGE_BYTES = 30_000
"""Limit of one page: a device in a DAW reads no more in one piece."""


def take_file(generation: Mapping[str, Any], number: int) -> bytes:
    """The MIDI file of a take, byte for byte as it was written; raises NotFound."""
    clip = clip_of(generation, number)
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
        drum_map=drum_map_of(generation),
        tracks=generation.get("tracks", "one"),
    )


def page(
    generation: Mapping[str, Any], number: int, from_bar: int, bars: int | None
) -> dict[str, Any]:
    """Notes of a take from a bar on (0 is the first): of so many bars, or fewer where they would be
    over 30 kB; `next_bar` is where the next page begins, None after the last. Raises NotFound for a
    take that is not there, InputError for a bar.
    """
    clip = clip_of(generation, number)
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


def hits_of(generation: Mapping[str, Any], notes: Iterable[Sequence[float]]) -> list[Hit]:
    """The strokes of notes on the map of a generation, in their order; raises InputError for what
    is no drum there.
    """
    voices = drum_map_of(generation).voices
    hits = []
    for pitch, start, _, velocity in notes:
        voice = voices.get(round(pitch))
        if voice is None or not (start >= 0 and 1 <= velocity <= 127):
            raise InputError(
                f"{[pitch, start, velocity]} is no drum stroke",
                "pitches are those of the take's drum map, starts from 0, velocities 1-127",
            )
        hits.append(Hit(_ticks(start), voice, round(velocity)))
    return hits


def limbs_of(generation: Mapping[str, Any], number: int) -> list[PlayedBy | None]:
    """What plays each note of a take, in the order of its notes; None where two hands and two feet
    have none free. Raises NotFound.
    """
    hits = hits_of(generation, clip_of(generation, number)["notes"])
    one_foot = plan(hits, generation["tempo"])
    # Who plays the kick with both feet is asked to only where one is not enough.
    is_kick_lost = any(FAMILY[change.hit.voice] == "kick" for change in one_foot.changes)
    strokes = plan(hits, generation["tempo"], double_kick=is_kick_lost).strokes
    limbs: dict[Hit, PlayedBy] = {stroke.hit: stroke.limb for stroke in strokes}
    return [limbs.get(hit) for hit in hits]


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
    clip, bars = clip_of(generation, ask.take), generation["bars"]
    if ask.bars and ask.bars[-1] > bars:
        raise InputError(f"the take has {bars} bars, so there is no bar {ask.bars[-1]} to lock")
    return Source(
        Lock(tuple(hits_of(generation, clip["notes"])), frozenset(ask.voices), frozenset(ask.bars)),
        bars,
        Metre.parse(generation["time_signature"]),
        generation["tempo"],
    )


def drum_map_of(generation: Mapping[str, Any]) -> DrumMap:
    """The map that a generation was written on, whatever has become of it; those of before there
    was a choice are General MIDI's.
    """
    if "voices" not in generation:
        return GM
    name = generation["map"]
    notes = {Voice(voice): int(note) for note, voice in generation["voices"].items()}
    return DrumMap(name, name, notes)


def clip_of(generation: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """A take of a generation, counted from 1; raises NotFound."""
    clips = generation["clips"]
    if not 1 <= number <= len(clips):
        raise NotFound(
            f"generation {generation['generation_id']} has takes 1 to {len(clips)}, not {number}"
        )
    clip: Mapping[str, Any] = clips[number - 1]
    return clip


def _ticks(beats: float) -> int:
    return round(beats * TICKS_PER_QUARTER)

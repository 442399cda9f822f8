"""Hits -> notes: lengths, no overlap, nothing outside the pattern.

Conventions: a hit is played on the note that the drum map has for it or for its stand-in; one that
nothing of the kit can play is left out. A note lasts at most a 16th. Two notes of one pitch start
at least `MIN_TICKS` apart (the louder of a closer pair stays), the first ends before the second
starts, and every note ends within the pattern. A hit before the start plays at the start, one past
the end is pulled inside.
"""

from mididrumigen.midi.maps import GM, DrumMap
from mididrumigen.models import TICKS_PER_QUARTER, Note, Pattern

MIN_TICKS = 30
"""Shortest note: a 64th, the specification's minimum."""
LONGEST_TICKS = TICKS_PER_QUARTER // 4


def to_notes(pattern: Pattern, drum_map: DrumMap = GM) -> tuple[Note, ...]:
    """Notes of a pattern on a drum map, sorted by tick, then pitch."""
    players = {voice: drum_map.plays(voice) for voice in {hit.voice for hit in pattern.hits}}
    latest = pattern.ticks - MIN_TICKS
    by_pitch: dict[int, list[tuple[int, int]]] = {}
    for hit in sorted(pattern.hits):
        player = players[hit.voice]
        if player is None:
            continue
        start = min(max(hit.tick, 0), latest)
        line = by_pitch.setdefault(drum_map.notes[player], [])
        if line and start - line[-1][0] < MIN_TICKS:
            if hit.velocity > line[-1][1]:
                line[-1] = (line[-1][0], hit.velocity)
        else:
            line.append((start, hit.velocity))
    notes = []
    for pitch, line in by_pitch.items():
        ends = [start for start, _ in line[1:]] + [pattern.ticks]
        for (start, velocity), end in zip(line, ends, strict=True):
            notes.append(Note(start, pitch, velocity, min(LONGEST_TICKS, end - start)))
    return tuple(sorted(notes))


def clip_notes(notes: tuple[Note, ...]) -> list[tuple[int, float, float, int]]:
    """[pitch, start_beats, duration_beats, velocity] rows for a DAW clip; beats are quarter
    notes.
    """
    return [
        (
            n.pitch,
            round(n.tick / TICKS_PER_QUARTER, 5),
            round(n.duration_ticks / TICKS_PER_QUARTER, 5),
            n.velocity,
        )
        for n in notes
    ]

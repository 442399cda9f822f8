"""Takes made by hand, and their MIDI files: what a test knows the truth of."""

from collections.abc import Callable, Mapping
from random import Random

from mididrumigen.drums import Voice
from mididrumigen.midi import midi_bytes
from mididrumigen.models import COMMON_TIME, TICKS_PER_QUARTER, Hit, Metre, Pattern, Take


def take_of(
    rows: Mapping[Voice, str],
    *,
    bars: int = 8,
    tempo_bpm: float = 120.0,
    metre: Metre = COMMON_TIME,
    steps_per_quarter: int = 4,
    late_ms: Callable[[int, Voice, Random], float] | None = None,
    velocities: Mapping[str, int] | None = None,
    seed: int = 1,
) -> Take:
    """A take that plays one bar of step notation again and again.

    `late_ms(step, voice, rng)` places each stroke against the rigid grid; without it the take is
    quantised.
    """
    loudness = velocities or {".": 34, "o": 62, "x": 88, "X": 112}
    rng = Random(seed)
    hits = []
    for bar in range(bars):
        for voice, row in rows.items():
            for step, mark in enumerate(row.replace(" ", "")):
                if mark == "-":
                    continue
                tick = bar * metre.ticks + step * TICKS_PER_QUARTER / steps_per_quarter
                if late_ms:
                    tick += late_ms(step, voice, rng) * tempo_bpm * TICKS_PER_QUARTER / 60_000
                hits.append(Hit(max(0, round(tick)), voice, loudness[mark]))
    return Take(
        hits=tuple(sorted(hits)),
        tempos=((0, tempo_bpm),),
        metres=((0, metre),),
        map_name="gm",
    )


ROCK = {
    Voice.HAT_CLOSED: "X-x- X-x- X-x- X-x-",
    Voice.SNARE: "---- X--. -.-- X---",
    Voice.KICK: "X--- --x- x-x- ----",
}


def midi_file_of(take: Take, bars: int) -> bytes:
    """Bytes of a MIDI file with a take's hits, its first tempo and its first metre."""
    pattern = Pattern(take.hits, bars, take.metres[0][1], take.tempos[0][1], 1, 1, "Test")
    return midi_bytes(pattern)

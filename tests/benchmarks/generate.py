"""How long the player takes beside writing its notes: `python tests/benchmarks/generate.py`.

Prints milliseconds for 4 variations of 4 bars and 8 of 32, and as a multiple of writing the same
patterns to MIDI bytes.
"""

import time

from mididrumigen.engine import play
from mididrumigen.knowledge import Library
from mididrumigen.midi import midi_bytes
from mididrumigen.models import Request
from mididrumigen.research import build_profile

RUNS = 5


def main() -> None:
    """Measure and print."""
    known = Library().find("John Bonham")
    assert known is not None
    profile = build_profile(known.artist, known.evidence)
    for variations, bars in ((4, 4), (8, 32)):
        request = Request(bars=bars, variations=variations, seed=1)
        playing, writing = [], []
        for _ in range(RUNS):
            began = time.perf_counter()
            patterns = play(profile, request)
            played = time.perf_counter()
            for pattern in patterns:
                midi_bytes(pattern)
            playing.append(played - began)
            writing.append(time.perf_counter() - played)
        ratio = min(playing) / min(writing)
        print(
            f"{variations} x {bars:2} bars  play {min(playing) * 1000:6.1f} ms"
            f"  write {min(writing) * 1000:6.1f} ms  {ratio:4.1f}x"
        )


if __name__ == "__main__":
    main()

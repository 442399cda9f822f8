"""Many seeds over names, metres, lengths and controls: nothing that cannot be played or written."""

from collections import Counter
from random import Random

import pytest

from mididrumigen.drums import DRUMS
from mididrumigen.engine import play
from mididrumigen.knowledge import Library
from mididrumigen.midi import midi_bytes, read_midi, to_notes
from mididrumigen.models import METRES, PARTS, Controls, Request
from mididrumigen.research import build_profile


@pytest.mark.slow
def test_two_thousand_requests_all_give_files_that_read_back_as_they_were_played() -> None:
    library = Library()
    names = [*library.artists, *(entry["title"] for entry in library.styles.values())]
    profiles = []
    for name in names:
        known = library.find(name)
        assert known is not None
        profiles.append(build_profile(known.artist, known.evidence))
    rng = Random(1)
    for _ in range(2000):
        profile = rng.choice(profiles)
        controls = Controls(
            swing=rng.choice([None, rng.uniform(50, 75)]),
            humanize=rng.uniform(0, 100),
            complexity=rng.uniform(0, 100),
            fills=rng.uniform(0, 100),
        )
        request = Request(
            bars=rng.choice([1, 2, 4, 7]),
            tempo_bpm=rng.uniform(30, 300),
            metre=rng.choice(METRES),
            variations=2,
            seed=rng.randrange(2**53),
            part=rng.choice([None, *PARTS]),
            controls=controls,
        )
        for pattern in play(profile, request):
            notes = to_notes(pattern)
            assert notes
            back = read_midi(midi_bytes(pattern))
            assert sorted((h.tick, DRUMS[h.voice].note) for h in back.hits) == [
                (n.tick, n.pitch) for n in notes
            ]
            assert max(n.tick + n.duration_ticks for n in notes) <= pattern.ticks
            assert max(Counter((n.tick, n.pitch) for n in notes).values()) == 1

"""Profiles for the player: one noted, one measured from takes whose truth is known."""

from random import Random

import pytest

from mididrumigen.drums import Voice
from mididrumigen.groove import measure
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence, StyleProfile
from mididrumigen.research import build_profile
from tests.takes import ROCK, take_of

KICKS = ("X--- --x- x-x- ----", "X-x- ---x --x- --x-", "X--x ---- X-x- ---x", "X--- -x-- x-xx ----")


def noted_profile(name: str) -> StyleProfile:
    """Profile of built-in notes."""
    known = Library().find(name)
    assert known is not None
    return build_profile(known.artist, known.evidence)


@pytest.fixture(scope="session")
def bonham() -> StyleProfile:
    """A profile from notes."""
    return noted_profile("John Bonham")


@pytest.fixture(scope="session")
def measured() -> StyleProfile:
    """A profile from four takes: snare 15 ms late, kick 16ths swung 60 %, a spread of 10 ms."""

    def late_ms(step: int, voice: Voice, rng: Random) -> float:
        sixteenth_ms = 60_000 / 100 / 4
        swing = 0.2 * sixteenth_ms if voice is Voice.KICK and step % 2 else 0.0
        return swing + (15.0 if voice is Voice.SNARE else 0.0) + rng.gauss(0, 10)

    evidence = []
    for index, kick in enumerate(KICKS):
        rows = {**ROCK, Voice.KICK: kick}
        take = take_of(rows, bars=16, tempo_bpm=100, late_ms=late_ms, seed=index)
        evidence.append(
            Evidence(
                id=f"take{index}",
                source="local_midi",
                kind="midi",
                url=f"file:///take{index}.mid",
                value=measure(take).to_json(),
                confidence=0.6,
                retrieved_at="2026-01-01T00:00:00+00:00",
            )
        )
    return build_profile(Artist("Measured Drummer"), evidence)

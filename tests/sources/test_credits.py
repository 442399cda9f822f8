"""Whether a credit says that somebody drums."""

import pytest

from mididrumigen.sources.credits import is_drummer


@pytest.mark.parametrize(
    "role",
    [
        "Drums",
        "drums (drum set)",
        "Drums, Percussion",
        "Guitar, Drums [All Tracks]",
        "Drums & Percussion",
        "Drums [Drum Kit], Vocals",
        "Percussion / Drum Kit",
        "Live Drums",
    ],
)
def test_who_plays_the_drums_is_a_drummer(role: str) -> None:
    assert is_drummer(role)


@pytest.mark.parametrize(
    "role",
    [
        "",
        "Percussion",
        "Drum Programming",
        "Drums [Programmed]",
        "drum machine",
        "Drum Technician",
        "Steel Drums",
        "Drums [Additional]",
        "Engineer [Drums]",
        "Producer, Written-By",
        "Bass Drum",
        "[" * 400,
    ],
)
def test_who_does_something_else_is_none(role: str) -> None:
    assert not is_drummer(role)

"""The text that stands for an entry in the model."""

from mididrumigen.models.described import Described
from mididrumigen.similar import text_hash, text_of


def test_the_text_says_genre_role_and_description() -> None:
    one = Described("X", "producer", {"hip_hop": 1}, genre="hip hop", about="Drags.")
    assert text_of(one, {}) == "hip hop producer. Drags."
    band = Described("X", "artist", {"soul": 1}, genre="soul", about="Pushes.")
    assert text_of(band, {}) == "soul drummer. Pushes."


def test_the_hash_changes_with_the_text_alone() -> None:
    assert text_hash("a") == text_hash("a")
    assert text_hash("a") != text_hash("b")
    assert len(text_hash("a")) == 16

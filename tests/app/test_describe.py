"""A stored artist, as it is compared."""

from mididrumigen.app.describe import describe
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import described
from mididrumigen.models import Artist, StyleProfile
from mididrumigen.research.profile import build_profile

LIBRARY = Library()
NOTED = {entry.name: entry for entry in described(LIBRARY)}


def profile_of(name: str) -> StyleProfile:
    """The profile that the notes give."""
    known = LIBRARY.find(name)
    assert known
    return build_profile(known.artist, known.evidence)


def test_an_artist_of_the_notes_is_described_as_there() -> None:
    bonham = NOTED["John Bonham"]
    found = describe(LIBRARY, Artist("John Bonham"), profile_of("John Bonham"), bonham)
    assert (found.kind, found.styles, found.genre) == (bonham.kind, bonham.styles, bonham.genre)
    assert (found.bands, found.about, found.own) == (bonham.bands, bonham.about, bonham.own)
    assert {name: found.traits[name] for name in found.own} == {
        name: bonham.traits[name] for name in bonham.own
    }


def test_a_band_is_described_by_its_drummer_and_is_not_him() -> None:
    bonham = NOTED["John Bonham"]
    found = describe(LIBRARY, Artist("Led Zeppelin"), profile_of("Led Zeppelin"), bonham)
    assert (found.name, found.kind, found.drummers) == (
        "Led Zeppelin",
        "band",
        {"John Bonham": ""},
    )
    assert (found.aliases, found.bands) == ((), ())
    assert found.styles == bonham.styles


def test_who_is_not_in_the_notes_has_the_styles_that_the_profile_rests_on() -> None:
    found = describe(LIBRARY, Artist("Somebody"), profile_of("funk"), None)
    assert (found.kind, found.styles, found.genre) == ("artist", {"funk": 1.0}, "funk")
    assert found.own == frozenset()  # what a style is known for is nobody's own
    assert found.traits["ghost_share"] == NOTED["funk"].traits["ghost_share"]

"""The ground under a profile: styles where nobody says anything of the artist."""

from mididrumigen.knowledge import Library
from mididrumigen.models import Artist
from mididrumigen.research.prior import style_prior
from mididrumigen.research.profile import build_profile
from tests.research.told import claim, told

ARTIST, LIBRARY = Artist("Pria Prior"), Library()


def test_genre_words_lend_their_styles_by_the_votes_of_every_source() -> None:
    said = [
        told("a", "tags", styles={"funk": 900, "soul": 100}),
        told("b", "tags", styles={"soul": 1}),
    ]
    lent = style_prior(ARTIST, said, LIBRARY)
    weights = {e.url: e.value["weight"] for e in lent}
    assert weights["builtin:style/soul"] > weights["builtin:style/funk"]
    profile = build_profile(ARTIST, [*said, *lent])
    assert profile.basis == "researched"
    assert profile.grooves
    assert any("genre words" in notice for notice in profile.notices)


def test_own_words_stand_above_what_the_style_says() -> None:
    said = [claim("web", "push_ms.snare", -9), told("a", "tags", styles={"hip hop": 1})]
    profile = build_profile(ARTIST, [*said, *style_prior(ARTIST, said, LIBRARY)])
    assert profile.traits["push_ms.snare"].value == -9
    assert profile.traits["push_ms.snare"].is_own
    assert any(not trait.is_own for trait in profile.traits.values())


def test_without_a_style_the_nearest_one_is_played_and_it_is_said() -> None:
    said = [claim("web", "push_ms.snare", -9)]
    profile = build_profile(ARTIST, [*said, *style_prior(ARTIST, said, LIBRARY)])
    assert profile.grooves
    assert profile.notices == ("no style of Pria Prior was found: played as rock",)


def test_the_notes_on_an_artist_bring_their_styles_themselves() -> None:
    noted = LIBRARY.find("John Bonham")
    assert noted is not None
    said = [*noted.evidence, told("a", "tags", styles={"polka": 9})]
    assert style_prior(ARTIST, said, LIBRARY) == ()

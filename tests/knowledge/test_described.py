"""Built-in entries as they are compared."""

from mididrumigen.groove.traits import trait_kind
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import described, genre_of, traits_of_styles

LIBRARY = Library()
ENTRIES = {entry.name: entry for entry in described(LIBRARY)}


def test_everybody_and_every_style_is_there_once_with_styles_and_words() -> None:
    titles = {entry["title"] for entry in LIBRARY.styles.values()}
    names = [*LIBRARY.artists, *LIBRARY.others, *titles]
    assert sorted(names) == sorted(entry.name for entry in described(LIBRARY))
    for entry in ENTRIES.values():
        assert entry.styles
        assert entry.styles.keys() <= LIBRARY.styles.keys()
        assert entry.genre
        assert entry.about or entry.name in LIBRARY.others
        assert entry.own <= entry.traits.keys()
        assert "tempo_bpm" in entry.own
        for name, value in entry.traits.items():
            kind = trait_kind(name)
            assert kind.low <= value <= kind.high, (entry.name, name)


def test_what_an_artist_is_noted_for_comes_before_what_the_styles_are() -> None:
    for name, noted in LIBRARY.artists.items():
        entry = ENTRIES[name]
        assert {trait: entry.traits[trait] for trait in noted.get("traits", {})} == noted.get(
            "traits", {}
        )
        lent = traits_of_styles(LIBRARY, entry.styles)
        assert entry.traits == {**lent, **{trait: entry.traits[trait] for trait in entry.own}}


def test_styles_lend_their_traits_by_weight_and_swing_by_the_heaviest_alone() -> None:
    both = {"swing_16ths", "ghost_share"}
    one, two = [k for k, s in LIBRARY.styles.items() if both <= s["traits"].keys()][:2]
    lent = traits_of_styles(LIBRARY, {one: 0.25, two: 0.75})
    ghosts = [LIBRARY.styles[key]["traits"]["ghost_share"] for key in (one, two)]
    assert abs(lent["ghost_share"] - (ghosts[0] * 0.25 + ghosts[1] * 0.75)) < 1e-9
    assert lent["swing_16ths"] == LIBRARY.styles[two]["traits"]["swing_16ths"]


def test_the_genre_names_the_heaviest_style_first() -> None:
    assert genre_of(LIBRARY, {"blues": 0.2, "hard_rock": 0.8}) == "hard rock, blues"

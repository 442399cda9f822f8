"""The mix, and its reasons."""

import pytest

from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import described
from mididrumigen.models.described import Described
from mididrumigen.similar import Alike, Ground, rank
from mididrumigen.similar.rank import WEIGHTS, drummers
from mididrumigen.similar.traits import spreads

LIBRARY = Library()
ENTRIES = {entry.name: entry for entry in described(LIBRARY)}
GROUND = Ground(
    spreads(ENTRIES.values()),
    {key: LIBRARY.styles.family(key) for key in LIBRARY.styles},
    {key: style["title"] for key, style in LIBRARY.styles.items()},
)
ARTISTS = [entry for entry in ENTRIES.values() if entry.kind != "style"]


def ranked(asked: Described, others: list[Described], limit: int = 100) -> list[Alike]:
    placed = [(GROUND.place(other), None) for other in others]
    return rank(GROUND.place(asked), placed, GROUND, limit)


def test_the_nearest_come_first_and_no_more_than_were_asked_for() -> None:
    found = ranked(ENTRIES["John Bonham"], ARTISTS)
    assert [alike.score for alike in found] == sorted((a.score for a in found), reverse=True)
    assert all(0 <= alike.score <= 1 for alike in found)
    assert ranked(ENTRIES["John Bonham"], ARTISTS, 3) == found[:3]
    assert ranked(ENTRIES["John Bonham"], ARTISTS[::-1]) == found


def test_nobody_is_like_himself_his_alias_his_band_or_its_drummer() -> None:
    bonham = ENTRIES["John Bonham"]
    band = Described("Led Zeppelin", "band", {"hard_rock": 1})
    other = Described("Some Band", "band", {"hard_rock": 1}, drummers={"Bonzo": "1968-1980"})
    alias = Described("bonzo!", "artist", {"hard_rock": 1})
    stranger = Described("Stranger", "drummer", {"hard_rock": 1}, bands=("Led Zeppelin",))
    found = ranked(bonham, [bonham, band, other, alias, stranger])
    assert [alike.entry.name for alike in found] == ["Stranger"]
    assert [alike.entry.name for alike in ranked(band, [bonham, stranger, other])] == ["Some Band"]


def test_the_score_is_the_stated_mix_of_its_parts() -> None:
    asked = GROUND.place(ENTRIES["J Dilla"])
    [found] = rank(asked, [(GROUND.place(ENTRIES["Questlove"]), 0.7)], GROUND, 1, reads_text=True)
    assert found.parts.keys() == WEIGHTS.keys()
    assert found.score == pytest.approx(sum(WEIGHTS[p] * v for p, v in found.parts.items()))
    [without] = rank(asked, [(GROUND.place(ENTRIES["Questlove"]), 0.7)], GROUND, 1)
    mixed = {part: WEIGHTS[part] for part in ("styles", "traits")}
    assert without.parts.keys() == mixed.keys()
    assert without.score == pytest.approx(
        sum(mixed[p] * v for p, v in without.parts.items()) / sum(mixed.values())
    )


def test_a_nearer_text_is_a_higher_score_and_one_that_was_not_read_is_low() -> None:
    asked, other = GROUND.place(ENTRIES["J Dilla"]), GROUND.place(ENTRIES["Questlove"])
    scores = [
        rank(asked, [(other, cosine)], GROUND, 1, reads_text=True)[0].score
        for cosine in (None, 0.5, 0.9)
    ]
    assert scores == sorted(scores)


def test_the_reasons_name_common_styles_and_close_traits_with_their_values() -> None:
    asked = ENTRIES["J Dilla"]
    [found] = ranked(asked, [ENTRIES["Questlove"]])
    assert found.styles[0] == "hip hop"
    assert found.why.startswith("both hip hop")
    assert found.traits
    for trait in found.traits:
        assert trait.says in found.why
        assert trait.mine == asked.traits[trait.name]
        assert trait.theirs == ENTRIES["Questlove"].traits[trait.name]
        assert trait.name in asked.own | ENTRIES["Questlove"].own


def test_who_drums_is_said_where_it_is_known() -> None:
    assert drummers(ENTRIES["John Bonham"]) == {"John Bonham": ""}
    band = Described("Ants", "band", {}, drummers={"Ada": "2002-"})
    assert drummers(band) == {"Ada": "2002-"}
    assert drummers(Described("Ants", "band", {})) == {}


def test_nine_of_ten_of_the_nearest_three_are_of_the_same_family_without_the_model() -> None:
    family = {n: kind.family(n) for kind in (LIBRARY.others, LIBRARY.artists) for n in kind}
    hits = [
        family[alike.entry.name] == family[entry.name]
        for entry in [ENTRIES[name] for name in LIBRARY.artists][::4]
        for alike in ranked(entry, ARTISTS, 3)
    ]
    assert sum(hits) / len(hits) > 0.9

"""Whom a name means among those a search found."""

import pytest

from mididrumigen.models import Artist, Drummer, Track
from mididrumigen.research.namesakes import (
    choices_of_hits,
    choices_of_items,
    clearly_meant,
    joined,
    ranked_hits,
    ranked_items,
)
from mididrumigen.sources.musicbrainz_parse import Hit, Known, Recording
from mididrumigen.sources.wikidata_parse import Item

BAND = Known(
    "m1",
    "Toto",
    "group",
    aliases=("TOTO",),
    drummers=(Drummer("Jeff Porcaro", 1977, 1992),),
    qid="Q101",
    links=("https://magazine.example/1",),
)


def meant(name: str, *hits: Hit) -> str:
    """Id of the artist who is clearly meant; empty where nobody is."""
    hit = clearly_meant(ranked_hits(hits, name))
    return hit.mbid if hit else ""


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("john bonham", "John Bonham"),
        ("Motorhead", "Motörhead"),
        ("ACDC", "AC/DC"),
        ("Beatles", "The Beatles"),
        ("Simon and Garfunkel", "Simon & Garfunkel"),
    ],
)
def test_a_name_is_the_artists_up_to_spelling(typed: str, own: str) -> None:
    assert meant(typed, Hit("m1", own, "group", 100)) == "m1"


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("Jon Bonham", "John Bonham"),
        ("John Bonham", "Jason Bonham"),
        ("Bonham", "John Bonham"),
        ("Pink Lloyd", "Pink Floyd"),
        ("Toto", "Toto Coelo"),
        ("Led Zeppelin", "Lez Zeppelin"),
        ("Zyxwv Qrst", "Zyx"),
    ],
)
def test_a_name_that_is_only_near_is_somebody_elses(typed: str, own: str) -> None:
    assert meant(typed, Hit("m1", own, "group", 100, votes=500)) == ""


def test_what_a_search_hardly_found_is_not_taken() -> None:
    assert meant("Toto", Hit("m1", "Toto", "group", 39, votes=100)) == ""
    assert meant("Toto", Hit("m1", "Toto", "group", 40)) == "m1"


def test_an_alias_or_a_common_misspelling_leads_to_the_artist() -> None:
    bonham = Hit("m1", "John Bonham", "person", 90, aliases=("Bonzo",), hints=("Jon Bonham",))
    assert meant("bonzo", bonham) == "m1"
    assert meant("Jon Bonham", bonham) == "m1"


def test_who_is_much_better_known_is_meant_and_among_equals_nobody_is() -> None:
    def hits(first: int, second: int) -> tuple[Hit, Hit]:
        return (
            Hit("small", "Nirvana", "group", 100, votes=second),
            Hit("big", "Nirvana", "group", 90, votes=first),
        )

    assert meant("Nirvana", *hits(60, 5)) == "big"
    assert meant("Nirvana", *hits(6, 5)) == ""


def test_a_drummer_goes_before_others_unless_they_are_far_better_known() -> None:
    drummer = Hit("drummer", "Steve Smith", "person", 90, votes=2, drums=True)
    assert meant("Steve Smith", Hit("a", "Steve Smith", "person", 100, votes=2), drummer) == (
        "drummer"
    )
    star = Hit("star", "Steve Smith", "person", 100, votes=200)
    assert meant("Steve Smith", star, drummer) == "star"


def test_the_name_itself_goes_before_an_alias() -> None:
    own = Hit("own", "Air", "group", 90, votes=7)
    alias = Hit("alias", "Airwaves", "group", 100, aliases=("Air",), votes=7)
    ranked = ranked_hits((alias, own), "Air")
    assert [hit.mbid for _, hit in ranked] == ["own", "alias"]


def test_choices_are_told_apart_whatever_is_noted_of_them() -> None:
    hits = (
        Hit("m1", "Nirvana", "group", 100, "90s US grunge band", votes=9),
        Hit("m2", "Nirvana", "group", 100, place="United Kingdom", begin=1965, votes=8),
        Hit("m3", "Nirvana", "group", 100),
        Hit("m4", "Nirvana", "group", 100),
        Hit("m5", "Nirvana", "", 100),
    )
    choices = choices_of_hits(ranked_hits(hits, "Nirvana"))
    assert [(choice.mbid, choice.disambiguation) for choice in choices] == [
        ("m1", "90s US grunge band"),
        ("m2", "group from United Kingdom since 1965"),
        ("m3", "group"),
        ("m4", "group (2)"),
        ("m5", "artist"),
    ]
    many = [Hit(f"m{n}", "Nirvana", "group", 100) for n in range(30)]
    assert len(choices_of_hits(ranked_hits(many, "Nirvana"))) == 8


def test_in_wikidata_only_those_who_make_music_count_and_fame_is_counted_by_articles() -> None:
    items = (
        Item("Q1", "Toto", "fictional dog", sitelinks=90),
        Item("Q2", "Toto", "rock band", sitelinks=40, makes_music=True),
        Item("Q3", "Toto", "punk band", sitelinks=2, makes_music=True),
        Item("Q4", "Totora", "band", sitelinks=90, makes_music=True),
    )
    ranked = ranked_items(items, "Toto")
    assert [item.qid for _, item in ranked] == ["Q2", "Q3"]
    assert clearly_meant(ranked) == items[1]
    assert [c.disambiguation for c in choices_of_items(ranked)] == ["rock band", "punk band"]


def test_what_the_sites_know_is_joined() -> None:
    item = Item("Q101", "Toto", page="Toto (band)", mbid="m1", makes_music=True)
    recordings = [Recording("r1", "Africa", ("USSM18200003",))]
    artist = joined(Artist("toto", "the band", mbid="m1"), BAND, recordings, item)
    assert artist == Artist(
        "Toto",
        "the band",
        ("TOTO",),
        "group",
        "m1",
        "Q101",
        "Toto (band)",
        BAND.drummers,
        (Track("Africa", "r1", "USSM18200003"),),
        BAND.links,
    )


def test_a_link_to_somebody_else_is_not_followed() -> None:
    item = Item("Q101", "Kansas", page="Kansas (band)", mbid="m2", makes_music=True)
    artist = joined(Artist("Toto", mbid="m1"), BAND, [], item)
    assert (artist.qid, artist.page) == ("", "")

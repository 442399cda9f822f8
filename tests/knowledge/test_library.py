"""The shipped files: each entry checked, and each name leading where it should."""

from collections import defaultdict
from typing import Any

import pytest

from mididrumigen.errors import InputError, KnowledgeError
from mididrumigen.groove.traits import trait_kind
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.check import check
from mididrumigen.knowledge.entries import Entries
from mididrumigen.models import METRES, Artist, Bar
from mididrumigen.models.names import normalise_name

ANY = frozenset(
    ("title", "aliases", "about", "tempo_bpm", "metre", "traits", "grooves", "fills", "kind")
) | {"bands", "styles", "name", "note", "drummers"}
LIBRARY = Library()
ARTISTS = sorted(LIBRARY.artists)
STYLES = sorted(LIBRARY.styles)
ALIASES = [(a, n) for a, entry in LIBRARY.artists.items() for n in entry.get("aliases", ())]
BANDS = [(a, n) for a, entry in LIBRARY.artists.items() for n in entry.get("bands", ())]
LED_BY_THEMSELVES = {
    normalise_name(n) for a in ARTISTS for n in (a, *LIBRARY.artists[a].get("aliases", ()))
}
SPELLINGS = {
    normalise_name(n): normalise_name(entry.get("name", key))
    for key, entry in LIBRARY.others.items()
    for n in entry.get("aliases", ())
}
STYLE_NAMES = [
    (key, name)
    for key, entry in LIBRARY.styles.items()
    for name in (entry["title"], *entry.get("aliases", ()))
]


def found(name: str) -> Any:
    known = LIBRARY.find(name)
    assert known is not None, name
    return known


def test_the_shipped_files_pass_the_check() -> None:
    check(Library())
    assert len(ARTISTS) >= 150
    assert len(STYLES) >= 60
    assert len(LIBRARY.others) >= 400


def test_no_name_leads_to_two_entries() -> None:
    leads: dict[str, set[str]] = defaultdict(set)
    for artist, entry in LIBRARY.artists.items():
        for name in (artist, *entry.get("aliases", ())):
            leads[normalise_name(name)].add(artist)
    for key, name in STYLE_NAMES:
        leads[normalise_name(name)].add(f"style {key}")
    assert {name: where for name, where in leads.items() if len(where) > 1} == {}


def test_every_artist_is_found_by_name() -> None:
    for name in ARTISTS:
        for spelled in (name, name.upper(), f"  {name.lower()}! "):
            known = found(spelled)
            assert (known.artist.name, known.player) == (name, name), spelled
        assert known.evidence[0].id == f"builtin:{name}"
        assert known.evidence[0].value["notices"] == []


def test_every_alias_leads_to_its_artist() -> None:
    for artist, alias in ALIASES:
        known = found(alias)
        assert (known.artist.name, known.player) == (artist, artist), alias
        assert alias in known.artist.aliases


def test_every_band_leads_to_each_of_its_drummers_and_says_so() -> None:
    for artist, band in BANDS:
        if normalise_name(band) in LED_BY_THEMSELVES:  # a leader with notes of his own comes first
            continue
        known = LIBRARY.find(band, player=artist)
        assert known is not None
        assert known.player == artist
        called = normalise_name(known.artist.name)
        assert called in (normalise_name(band), SPELLINGS.get(normalise_name(band)))
        notice, *others = known.evidence[0].value["notices"]
        assert notice.endswith(f"the drums are played in the style of {artist}")
        assert all(text.startswith("others who drummed there: ") for text in others)


@pytest.mark.parametrize(
    ("band", "era", "player"),
    [
        ("Yes", "", "Bill Bruford"),
        ("Yes", "1980-1990", "Alan White"),
        ("King Crimson", "1969", "Michael Giles"),
        ("Nirvana", "1992", "Dave Grohl"),
        ("Nirvana", "1989", "Chad Channing"),
    ],
)
def test_an_era_chooses_who_drummed_then(band: str, era: str, player: str) -> None:
    known = LIBRARY.find(band, era=era)
    assert known is not None
    assert known.player == player


def test_a_player_who_is_not_known_to_have_drummed_there_is_refused() -> None:
    with pytest.raises(InputError, match="Ringo Starr is not known to have drummed for Yes") as no:
        LIBRARY.find("Yes", player="Ringo Starr")
    assert "Bill Bruford" in no.value.hint
    with pytest.raises(InputError, match="nobody is known to have drummed for Yes in 1920"):
        LIBRARY.find("Yes", era="1920")
    with pytest.raises(InputError, match="are no years"):
        LIBRARY.find("Yes", era="the seventies")


def test_two_artists_of_one_name_are_both_named() -> None:
    known = found("Nirvana")
    assert known.artist.disambiguation == "Seattle, grunge"
    assert known.choices == ("Nirvana (60s)",)
    other = found("Nirvana (60s)")
    assert (other.artist.name, other.choices) == ("Nirvana", ())
    assert other.artist.disambiguation != known.artist.disambiguation


@pytest.mark.slow
def test_every_further_name_is_found_and_can_be_played() -> None:
    for key, entry in LIBRARY.others.items():
        known = found(key)
        assert any(e.value["bars"] for e in known.evidence), key
        for drummer in entry.get("drummers", {}):
            if normalise_name(key) not in LED_BY_THEMSELVES:
                assert LIBRARY.find(key, player=drummer) is not None


def test_what_entries_are_called_is_read_without_parsing_as_it_is_with() -> None:
    artists, names, styles = (
        Entries("artists", ANY),
        Entries("names", ANY, lines=True),
        Entries("styles", ANY),
    )
    for key, entry in LIBRARY.artists.items():
        assert artists.called(key) == [key, *entry.get("aliases", ())]
        assert artists.bands(key) == entry.get("bands", {})
    for key, entry in LIBRARY.others.items():
        assert names.called(key) == [entry.get("name", key), *entry.get("aliases", ())]
        assert names.drummers(key) == entry.get("drummers", {})
    for key, entry in LIBRARY.styles.items():
        assert styles.called(key) == [entry["title"], *entry.get("aliases", ())]


def test_genre_words_are_blended_by_weight() -> None:
    known = LIBRARY.blend(Artist("Nova Kane"), {"Bossa Nova": 3, "lo-fi": 1, "no such word": 9})
    assert known is not None
    assert {e.id: e.value["weight"] for e in known.evidence} == {
        "builtin:style/bossa_nova": 0.75,
        "builtin:style/lo_fi": 0.25,
    }
    assert all(e.value["basis"] == "genre" for e in known.evidence)
    (notice,) = known.evidence[0].value["notices"]
    assert notice.startswith("Nova Kane: played from genre words, bossa nova and ")
    assert LIBRARY.blend(Artist("Nova Kane"), {"no such word": 1}) is None


def test_every_style_is_found_by_title_and_alias() -> None:
    for key, name in STYLE_NAMES:
        known = found(name)
        assert known.player == LIBRARY.styles[key]["title"], name
        (evidence,) = known.evidence
        assert evidence.id == f"builtin:style/{key}"
        assert evidence.value["basis"] == "genre"
        assert evidence.value["notices"] == []


@pytest.mark.parametrize(
    ("typed", "player"),
    [
        ("john bonham", "John Bonham"),
        ("LED ZEPPELIN", "John Bonham"),
        ("beatles", "Ringo Starr"),
        ("acdc", "Phil Rudd"),
        ("j. dilla", "J Dilla"),
        ("Hip-Hop", "hip hop"),
        ("bossa  nova", "bossa nova"),
        ("?uestlove", "Questlove"),
        ("Beyonce", "Nikki Glaspie"),
        ("кино", "Георгий Гурьянов"),
        ("AC/DC ft. Somebody Else", "Phil Rudd"),
        ("the the", "The The"),
        ("bb king", "Jabo Starks"),
        ("jungle", "jungle"),
        ("Jungle", "Jungle"),
    ],
)
def test_a_name_is_found_as_people_type_it(typed: str, player: str) -> None:
    assert found(typed).player == player


@pytest.mark.parametrize("name", ["Zzyzx Unheard Of", "John", "Zz Unheard", "rock star", ""])
def test_a_name_that_is_not_there_is_not_found(name: str) -> None:
    assert LIBRARY.find(name) is None


def test_everything_known_can_be_played_from() -> None:
    for name in (*ARTISTS, *(LIBRARY.styles[key]["title"] for key in STYLES)):
        bars = [Bar.from_json(b) for e in found(name).evidence for b in e.value["bars"]]
        assert sum(bar.kind == "groove" for bar in bars) >= 4, name
        assert any(bar.kind == "fill" for bar in bars), name
        for bar in bars:
            assert bar.metre in METRES
            assert 0 <= bar.fill_from < bar.steps
            assert all(0 <= s.step < bar.steps for s in bar.strokes)
            assert len(bar.grid) == len(bar.strokes) > 0


def test_the_evidence_is_modest_dated_and_in_the_vocabulary() -> None:
    for name in (*ARTISTS, *(LIBRARY.styles[key]["title"] for key in STYLES)):
        for evidence in found(name).evidence:
            assert (evidence.source, evidence.kind) == ("builtin", "knowledge")
            assert 0.2 <= evidence.confidence < 0.4
            assert evidence.retrieved_at.endswith("+00:00")
            assert evidence.value["about"].endswith((".", "!"))
            low, high = evidence.value["tempo_range"]
            assert 30 <= low < evidence.value["traits"]["tempo_bpm"][0] < high <= 300
            for trait, (value, count) in evidence.value["traits"].items():
                assert trait_kind(trait).low <= value <= trait_kind(trait).high
                assert count == 1


def test_an_artist_speaks_first_and_its_styles_lend_by_weight() -> None:
    for name in ARTISTS:
        own, *lent = found(name).evidence
        weights = LIBRARY.artists[name]["styles"]
        assert own.value["basis"] == "builtin"
        assert sum(weights.values()) == pytest.approx(1, abs=0.011)
        assert {e.id: e.value["weight"] for e in lent} == {
            f"builtin:style/{style}": weight for style, weight in weights.items()
        }
        assert [e.value["weight"] for e in lent] == sorted(weights.values(), reverse=True)
        assert all(e.confidence < own.confidence for e in lent)


def test_only_the_main_style_lends_its_swing() -> None:
    # Charlie Watts: rock first; blues and jazz shuffle, and half a shuffle is neither.
    _, main, *others = found("Charlie Watts").evidence
    assert main.id == "builtin:style/rock"
    assert {e.id for e in others} == {"builtin:style/blues", "builtin:style/jazz"}
    assert any(trait.startswith("swing") for trait in LIBRARY.styles["blues"]["traits"])
    for evidence in others:
        assert [t for t in evidence.value["traits"] if t.startswith("swing")] == []
    assert found("blues").evidence[0].value["traits"]["swing_8ths"][0] > 55


@pytest.mark.parametrize(
    ("name", "style", "says"),
    [
        ("The Unheard Funk Brigade", "funk", 'the name says "funk"'),
        ("Kyiv Bossa Nova Trio", "bossa nova", 'the name says "bossa nova"'),
        ("The New Hard Rock Five", "hard rock", 'the name says "hard rock"'),  # longer than rock
        ("Metallurgy", "rock", "nothing in the name says more"),
        ("\U0001f941", "rock", "nothing in the name says more"),
    ],
)
def test_an_unknown_name_gets_the_nearest_style_and_is_told_why(
    name: str, style: str, says: str
) -> None:
    known = LIBRARY.nearest_style(name)
    (evidence,) = known.evidence
    assert (known.artist.name, known.player) == (name, style)
    assert evidence.value["basis"] == "unknown"
    assert evidence.confidence < 0.2
    (notice,) = evidence.value["notices"]
    assert notice.startswith(f"unknown artist: the nearest known style is {style}, because ")
    assert says in notice


def broken(kind: str, name: str, **values: object) -> Library:
    """A library of its own with other values in one entry."""
    library = Library()
    entries: Any = library.styles if kind == "style" else library.artists
    entries[name].update(values)
    return library


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"tempo_bpm": [100, 90, 120]}, "must rise from 30 to 300"),
        ({"tempo_bpm": [20, 90, 120]}, "must rise from 30 to 300"),
        ({"tempo_bpm": [60, 90, 301]}, "must rise from 30 to 300"),
        ({"traits": {"swing": 60}}, "trait 'swing' is not in the vocabulary"),
        ({"traits": {"swing_8ths": 81}}, "swing_8ths = 81 lies outside 45 to 80"),
        ({"traits": {"push_ms.snare": -46}}, "push_ms.snare = -46 lies outside -45 to 45"),
        ({"metre": "4/3"}, "time signature '4/3'"),
        ({"grooves": [{"name": "gong", "gong": "x" * 16}]}, "gong: 'gong' is not a voice"),
        ({"grooves": [{"kick": "x" * 15}]}, "15 steps are no bars of 4/4"),
        ({"fills": [{"name": "rest", "kick": "-" * 16}]}, "rest: a bar without strokes"),
    ],
    ids=str,
)
def test_a_broken_entry_is_refused_by_its_name(values: dict[str, object], says: str) -> None:
    for kind, name in (("style", "rock"), ("artist", "Phil Rudd")):
        with pytest.raises(KnowledgeError) as refused:
            check(broken(kind, name, **values))
        assert str(refused.value).startswith(f"{kind} {name}: ")
        assert says in str(refused.value)


def test_a_further_name_that_is_an_artist_already_is_refused() -> None:
    library = Library()
    name = {"kind": "singer", "styles": {"rock": 1.0}, "tempo_bpm": [80, 100, 120]}
    library.others._parsed["J Dilla"] = name
    library.others._texts["J Dilla"] = ("data/names/hip_hop.toml", "")
    with pytest.raises(KnowledgeError, match=r"J Dilla: there is an artist of this name"):
        check(library)


def test_a_style_that_is_none_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="artist Phil Rudd: 'polka' is not a style"):
        check(broken("artist", "Phil Rudd", styles={"polka": 1.0}))

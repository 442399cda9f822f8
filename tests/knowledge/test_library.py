"""The shipped files: each entry checked, and each name leading where it should."""

from collections import defaultdict
from typing import Any

import pytest

from mididrumigen.errors import KnowledgeError
from mididrumigen.groove.traits import trait_kind
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.library import check
from mididrumigen.models import METRES, Bar
from mididrumigen.models.names import normalise_name

LIBRARY = Library()
ARTISTS = sorted(LIBRARY.artists)
STYLES = sorted(LIBRARY.styles)
ALIASES = [(a, n) for a, entry in LIBRARY.artists.items() for n in entry.get("aliases", ())]
BANDS = [(a, n) for a, entry in LIBRARY.artists.items() for n in entry.get("bands", ())]
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
    assert (len(ARTISTS), len(STYLES)) == (20, 15)


def test_no_name_leads_to_two_entries() -> None:
    leads: dict[str, set[str]] = defaultdict(set)
    for artist, entry in LIBRARY.artists.items():
        for name in (artist, *entry.get("aliases", ()), *entry.get("bands", ())):
            leads[normalise_name(name)].add(artist)
    for key, name in STYLE_NAMES:
        leads[normalise_name(name)].add(f"style {key}")
    assert {name: where for name, where in leads.items() if len(where) > 1} == {}


@pytest.mark.parametrize("name", ARTISTS)
def test_every_artist_is_found_by_name(name: str) -> None:
    for spelled in (name, name.upper(), f"  {name.lower()}! "):
        known = found(spelled)
        assert (known.artist.name, known.player) == (name, name)
    assert known.evidence[0].id == f"builtin:{name}"
    assert known.evidence[0].value["notices"] == []


@pytest.mark.parametrize(("artist", "alias"), ALIASES)
def test_every_alias_leads_to_its_artist(artist: str, alias: str) -> None:
    known = found(alias)
    assert (known.artist.name, known.player) == (artist, artist)
    assert alias in known.artist.aliases


@pytest.mark.parametrize(("artist", "band"), BANDS)
def test_every_band_leads_to_its_drummer_and_says_so(artist: str, band: str) -> None:
    known = found(band)
    assert known.player == artist
    assert normalise_name(known.artist.name) == normalise_name(band)
    (notice,) = known.evidence[0].value["notices"]
    assert notice.endswith(f"the drums are played in the style of {artist}")


@pytest.mark.parametrize(("key", "name"), STYLE_NAMES)
def test_every_style_is_found_by_title_and_alias(key: str, name: str) -> None:
    known = found(name)
    assert known.player == LIBRARY.styles[key]["title"]
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
    ],
)
def test_a_name_is_found_as_people_type_it(typed: str, player: str) -> None:
    assert found(typed).player == player


@pytest.mark.parametrize("name", ["Zzyzx Unheard Of", "John", "Bon Jovi", "!!!", "rock star", ""])
def test_a_name_that_is_not_there_is_not_found(name: str) -> None:
    assert LIBRARY.find(name) is None


@pytest.mark.parametrize("name", [*ARTISTS, *(LIBRARY.styles[key]["title"] for key in STYLES)])
def test_everything_known_can_be_played_from(name: str) -> None:
    known = found(name)
    bars = [Bar.from_json(b) for e in known.evidence for b in e.value["bars"]]
    grooves = [bar for bar in bars if bar.kind == "groove"]
    assert len(grooves) >= 4
    assert any(bar.kind == "fill" for bar in bars)
    for bar in bars:
        assert bar.metre in METRES
        assert 0 <= bar.fill_from < bar.steps
        assert all(0 <= s.step < bar.steps for s in bar.strokes)
        assert len(bar.grid) == len(bar.strokes) > 0


@pytest.mark.parametrize("name", [*ARTISTS, *STYLES])
def test_the_evidence_is_modest_dated_and_in_the_vocabulary(name: str) -> None:
    known = found(name if name in ARTISTS else LIBRARY.styles[name]["title"])
    for evidence in known.evidence:
        assert evidence.source == "builtin"
        assert evidence.kind == "knowledge"
        assert 0.2 <= evidence.confidence < 0.4
        assert evidence.retrieved_at.endswith("+00:00")
        assert evidence.value["about"].endswith((".", "!"))
        low, high = evidence.value["tempo_range"]
        assert 30 <= low < evidence.value["traits"]["tempo_bpm"][0] < high <= 300
        for trait, (value, count) in evidence.value["traits"].items():
            assert trait_kind(trait).low <= value <= trait_kind(trait).high
            assert count == 1


@pytest.mark.parametrize("name", ARTISTS)
def test_an_artist_speaks_first_and_its_styles_lend_by_weight(name: str) -> None:
    own, *lent = found(name).evidence
    weights = LIBRARY.artists[name]["styles"]
    assert own.value["basis"] == "builtin"
    assert sum(weights.values()) == pytest.approx(1)
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
        ("!!!", "rock", "nothing in the name says more"),
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


def test_a_style_that_is_none_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="artist Phil Rudd: 'polka' is not a style"):
        check(broken("artist", "Phil Rudd", styles={"polka": 1.0}))

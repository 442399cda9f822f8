"""Whether what a site has is of the artist who is meant."""

import pytest

from mididrumigen.models import Artist, Track
from mididrumigen.models.titles import bare_title, is_remade, song_key
from mididrumigen.sources.meant import Meant, songs_of
from tests.sources.portishead import MBID, NAMESAKE, PORTISHEAD, RECORDINGS


def test_the_whole_name_or_an_alias_tells_the_artist_and_likeness_does_not() -> None:
    meant = Meant(Artist("The Beatles", aliases=("Fab Four",)))
    for name in ("Beatles", "THE BEATLES", "fab four"):
        assert meant.is_called(name)
    for name in ("Beatles Tribute", "The Beatles & Friends of Mine", "Beetles", ""):
        assert not meant.is_called(name)


def test_an_id_tells_more_than_a_name() -> None:
    meant = Meant(PORTISHEAD)
    assert meant.is_it("Any Spelling", MBID)
    assert not meant.is_it("Portishead", RECORDINGS[9])
    assert meant.is_it("Portishead", "")
    assert Meant(Artist("Portishead")).is_it("Portishead", RECORDINGS[9])


def test_songs_are_shared_by_isrc_or_title() -> None:
    meant = Meant(PORTISHEAD)
    assert meant.shares([("Something", ""), ("Other Words", "GBAAA9400002")])
    assert meant.shares([("GLORY BOX (Live at Roseland)", ""), ("Roads", "")])
    # Others have a song of that title too; two of them in two versions are one.
    assert not meant.shares([("Roads", ""), ("Roads (Live)", ""), ("Else", "")])
    assert not meant.shares([("Something", "GBAAA9499999"), ("Else", "")])
    assert Meant(Artist("Portishead", tracks=PORTISHEAD.tracks[2:3])).shares([("Roads", "")])
    assert not Meant(NAMESAKE).shares([("Roads", ""), ("Glory Box", "")])
    assert meant.mbid_of("GBAAA9400002") == RECORDINGS[1]
    assert meant.mbid_of("") == meant.mbid_of("GBAAA9499999") == ""
    assert Meant(NAMESAKE).has_namesake


def test_drummers_of_the_band_are_known_by_name() -> None:
    assert Meant(PORTISHEAD).drums_in(["Adrian Utley", "clive deamer"])
    assert not Meant(PORTISHEAD).drums_in(["Adrian Utley", ""])


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Paranoid - 2012 Remaster", "Paranoid"),
        ("Glory Box (Live)", "Glory Box"),
        ("Instant Crush (feat. Julian Casablancas)", "Instant Crush"),
        ("Lovely Day feat. Someone", "Lovely Day"),
        ("Sour Times \u2013 Single Version", "Sour Times"),
        ("(I Can't Get No) Satisfaction", "Satisfaction"),
        ("Love - Hate", "Love - Hate"),
        ("(Untitled)", "(Untitled)"),
    ],
)
def test_a_bare_title_is_without_brackets_guests_and_version(title: str, bare: str) -> None:
    assert bare_title(title) == bare
    assert song_key(title) == song_key(bare)


@pytest.mark.parametrize(
    "title", ["Roads (DJ Remix)", "Roads - Slowed + Reverb", "Roads [Karaoke]", "Roads (Sped Up)"]
)
def test_what_others_made_of_a_song_is_remade(title: str) -> None:
    assert is_remade(title)


@pytest.mark.parametrize("title", ["Roads", "Remixed Feelings", "Slowed Down", "Roads (Live)"])
def test_what_the_artist_played_is_not_remade(title: str) -> None:
    assert not is_remade(title)


def test_each_song_comes_once_in_order() -> None:
    tracks = [Track("B"), Track("A (Live)"), Track("b - Demo"), Track("A"), Track("C (X Remix)")]
    assert [t.title for t in songs_of(tracks).values()] == ["B", "A (Live)"]

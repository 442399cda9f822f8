"""Whose song a file is, by names as people have them."""

from pathlib import PurePath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mididrumigen.models.file_names import (
    ENOUGH,
    Guess,
    artist_key,
    folder_artists,
    holds,
    read_name,
    title_of,
    titles_first,
)

TOLD = [
    # (path, artist, title, weight): the likeliest guess
    ("ABBA/Waterloo.mid", "ABBA", "Waterloo", 0.8),
    ("A/ABBA/Waterloo.mid", "ABBA", "Waterloo", 0.8),
    ("A-C/ABBA/Waterloo.mid", "ABBA", "Waterloo", 0.8),
    ("ABBA/Arrival/01 - Tiger.mid", "ABBA", "Tiger", 0.7),
    ("ABBA/ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.95),
    ("Beatles/Help - Beatles.mid", "Beatles", "Help", 0.95),
    ("T/Toto/Toto - Toto IV - 04 - Africa.mid", "Toto", "Africa", 0.95),
    ("A/AC-DC/T.N.T. COMPLETE.kar", "AC-DC", "T.N.T.", 0.8),
    ("Beatles, The/Help!.mid", "The Beatles", "Help!", 0.8),
    ("Rock Classics Vol 3/Metallica/One.mid", "Metallica", "One", 0.8),
    ("Metallica (midi files)/One.mid", "Metallica", "One", 0.8),
    ("01 - Metallica/One.mid", "Metallica", "One", 0.8),
    ("My Midi Files/80s/Toto/Africa.MID", "Toto", "Africa", 0.8),
    ("Queen/Bohemian Rhapsody - Live.mid", "Queen", "Bohemian Rhapsody - Live", 0.8),
    ("MIDI_Songs/Guns_N_Roses/Paradise_City.mid", "Guns N Roses", "Paradise City", 0.8),
    ("SimonAndGarfunkel/Cecilia.mid", "Simon And Garfunkel", "Cecilia", 0.8),
    ("Sigur Rós/Hoppípolla.mid", "Sigur Rós", "Hoppípolla", 0.8),
    ("U2/One.mid", "U2", "One", 0.8),
    ("blink-182/dammit.mid", "blink-182", "dammit", 0.8),
    ("Jay-Z/Beyoncé.mid", "Jay-Z", "Beyoncé", 0.8),
    ("Desktop/misc/Prince/1999.mid", "Prince", "1999", 0.8),
    ("ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo.mid.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo.mid.kar", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo K.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo COMPLETE.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo (1).mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo (drums).mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo [drums only] v2.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo (120 bpm).mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo - Copy.mid", "ABBA", "Waterloo", 0.6),
    ("karaoke/ABBA - Waterloo karaoke version.kar", "ABBA", "Waterloo", 0.6),
    ("New Folder (2)/ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("Rock/80s/ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo [www.some-site.com].mid", "ABBA", "Waterloo", 0.6),
    ("www.bitmidi.com - ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA - Waterloo bitmidi.com.mid", "ABBA", "Waterloo", 0.6),
    ("ABBA \u2013 Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("01. ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("01 ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("01 - ABBA - Waterloo.mid", "ABBA", "Waterloo", 0.6),
    ("Led_Zeppelin_-_Black_Dog.mid", "Led Zeppelin", "Black Dog", 0.6),
    ("Led.Zeppelin.-.Kashmir.mid", "Led Zeppelin", "Kashmir", 0.6),
    ("Led%20Zeppelin%20-%20Kashmir.mid", "Led Zeppelin", "Kashmir", 0.6),
    ("Beatles, The - Help!.mid", "The Beatles", "Help!", 0.6),
    ("Hendrix, Jimi - Purple Haze K.mid", "Jimi Hendrix", "Purple Haze", 0.6),
    ("Earth, Wind & Fire - September.mid", "Earth, Wind & Fire", "September", 0.6),
    ("Jay-Z feat. Beyonce - Clyde.mid", "Jay-Z", "Clyde", 0.6),
    ("50 Cent - In Da Club.mid", "50 Cent", "In Da Club", 0.6),
    ("2Pac - Changes.mid", "2Pac", "Changes", 0.6),
    ("10cc - I'm Not in Love.mid", "10cc", "I'm Not in Love", 0.6),
    ("3 Doors Down - Kryptonite.mid", "3 Doors Down", "Kryptonite", 0.6),
    ("311 - Down.mid", "311", "Down", 0.6),
    ("P!nk - So What.mid", "P!nk", "So What", 0.6),
    ("Кино - Группа крови.mid", "Кино", "Группа крови", 0.6),
    ("(I Can't Get No) Thing - Artist.mid", "(I Can't Get No) Thing", "Artist", 0.6),
    ("Various stuff/Dads Files/ABBA - Waterloo.mid", "Dads Files", "ABBA - Waterloo", 0.8),
    ("ACDC-BackInBlack.mid", "ACDC", "Back In Black", 0.4),
    ("led_zeppelin-black_dog.mid", "led zeppelin", "black dog", 0.4),
    ("DeepPurple-SmokeOnTheWater COMPLETE.mid", "Deep Purple", "Smoke On The Water", 0.4),
    ("01-toto-africa.mid", "toto", "africa", 0.4),
    ("toto_africa_(1).mid.mid", "toto", "africa", 0.3),
    ("abba_waterloo_(1).mid.mid", "abba", "waterloo", 0.3),
    ("1999 - Prince.mid", "Prince", "1999", 0.3),
]

NOT_TOLD = [
    *("Waterloo.mid", "Purple Haze.mid", "Purple+Haze.mid", "purple_haze_all_in_my_brain.mid"),
    *("Jay-Z.mid", "Ob-La-Di.mid", "Beyoncé.mid", "T.N.T..mid", "01.mid", "12 - Down.mid"),
    *("Drums/Take 1.mid", "Rock/Song.mid", "Rock - Song.mid", "M/Thing.mid", "0-9/Thing.mid"),
    *("New Folder (2)/Thing.mid", "Downloads/midi/Thing.mid", "My Midi Files/Thing.mid"),
    *("80s/Thing.mid", "1985/Thing.mid", "Various Artists/CD 2/Thing.mid", "Best of/Thing.mid"),
    *("Greatest Hits Vol. 2/Thing.mid", "Hip Hop/Beats/Thing.mid", "drum loops/Fill 3.mid"),
    *("Track 01 - Drums.mid", "-.mid", ".mid", "_.mid", "(1).mid", " - .mid", "--- - ---.mid"),
]


@pytest.mark.parametrize(("path", "artist", "title", "weight"), TOLD)
def test_the_likeliest_artist_and_title_are_told(
    path: str, artist: str, title: str, weight: float
) -> None:
    best = read_name(PurePath(path))[0]
    assert (best.artist, best.title, best.weight) == (artist, title, weight)


@pytest.mark.parametrize("path", NOT_TOLD)
def test_where_nothing_can_be_told_there_is_no_guess(path: str) -> None:
    assert read_name(PurePath(path)) == ()


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len({row[0] for row in TOLD}) + len(set(NOT_TOLD)) >= 60


def test_the_other_side_of_a_dash_is_a_weak_guess_with_the_first_as_its_rival() -> None:
    assert read_name(PurePath("Waterloo - ABBA.mid")) == (
        Guess("Waterloo", "ABBA", 0.6, "ABBA"),
        Guess("ABBA", "Waterloo", 0.3, "Waterloo"),
    )


def test_what_is_said_by_a_folder_has_no_rival() -> None:
    [guess] = read_name(PurePath("ABBA/Waterloo.mid"))
    assert guess.rival == ""


def test_a_surname_that_comes_first_is_found_either_way_round() -> None:
    names = {guess.artist for guess in read_name(PurePath("Hendrix, Jimi/Fire.mid"))}
    assert names == {"Jimi Hendrix", "Hendrix, Jimi"}


def test_every_folder_that_can_be_an_artist_is_a_guess() -> None:
    assert folder_artists(PurePath("Dads Files/Rock/ABBA")) == (("Dads Files", 0.7), ("ABBA", 0.6))


def test_a_weak_form_in_the_folder_of_an_artist_says_nothing() -> None:
    assert [g.artist for g in read_name(PurePath("Toto/Yes-Sir.mid"))] == ["Toto"]


def test_a_file_in_a_folder_that_may_be_anything_is_still_of_whom_it_names() -> None:
    found = {g.artist: g.weight for g in read_name(PurePath("Dads Files/ABBA - Waterloo.mid"))}
    assert found["ABBA"] >= ENOUGH


def test_a_folder_is_written_titles_first_when_the_last_parts_come_again() -> None:
    songs = [f"Song {word} - {artist}.mid" for artist in ("ABBA", "Toto") for word in "abcd"]
    turned = [f"{artist} - Song {word}.mid" for artist in ("ABBA", "Toto") for word in "abcd"]
    assert titles_first(songs)
    assert titles_first([name.replace(" ", "_") for name in songs])
    assert not titles_first(turned)
    assert not titles_first(songs[:5])  # too few to tell
    assert not titles_first([f"{n:02} - Africa.mid" for n in range(9)])  # numbers of tracks
    path = PurePath("By title/Waterloo - ABBA.mid")
    assert [g.artist for g in read_name(path, titles_first=True)] == ["ABBA", "Waterloo"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AC/DC", "ACDC"),
        ("AC-DC", "ACDC"),
        ("Led Zeppelin", "LedZeppelin"),
        ("The Beatles", "TheBeatles"),
        ("Simon & Garfunkel", "SimonAndGarfunkel"),
        ("Beyoncé", "BEYONCE"),
        ("Guns N' Roses", "Guns_N_Roses"),
        ("McCartney", "mccartney"),
    ],
)
def test_spellings_of_one_artist_share_a_key(one: str, other: str) -> None:
    assert artist_key(one) == artist_key(other)


def test_two_artists_do_not_share_a_key() -> None:
    names = ("Yes", "Heart", "Queen", "Queens", "Toto", "Kino", "U2", "UB40", "311", "808 State")
    assert len({artist_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("weight", "rival", "own", "other", "counts"),
    [
        (0.8, False, 0, 0, True),
        (0.5, True, 1, 0, True),
        (0.4, True, 1, 0, False),
        (0.4, True, 3, 0, True),  # `ABBA-Waterloo`, where there are other files of ABBA
        (0.3, True, 20, 1, True),  # `Waterloo - ABBA`
        (0.6, True, 1, 20, False),  # Waterloo is no artist there
        (0.3, True, 0, 6, False),  # a song that many have played
        (0.6, True, 6, 6, True),
        (0.3, True, 6, 6, False),
    ],
)
def test_a_guess_counts_by_its_weight_and_by_what_else_there_is(
    weight: float, rival: bool, own: int, other: int, counts: bool
) -> None:
    assert holds(weight, rival, own, other) is counts


def test_a_title_is_told_where_no_artist_is() -> None:
    assert title_of("01 - purple_haze (1) COMPLETE.mid.mid") == "purple haze"
    assert title_of(".mid") == ""


@given(st.text(max_size=300), st.text(max_size=300), st.booleans())
@example("a" * 300, "1" * 249 + "x", False)
@example("", "(" + "1 " * 120 + "x).mid", True)
@example("\ud800", "\udfff - \ud800.mid", False)
@settings(deadline=2000, max_examples=300)
def test_any_text_is_taken_and_every_guess_is_usable(folder: str, name: str, turned: bool) -> None:
    path = PurePath(folder.replace("\0", ""), name.replace("\0", "") + ".mid")
    guesses = read_name(path, turned)
    for guess in guesses:
        assert 0 < guess.weight <= 1
        assert artist_key(guess.artist)
        assert len(guess.artist) <= 60
    keys = [artist_key(guess.artist) for guess in guesses]
    assert len(set(keys)) == len(keys)
    assert [g.weight for g in guesses] == sorted((g.weight for g in guesses), reverse=True)
    title_of(name)
    titles_first([name] * 9)


_PARTS = st.sampled_from(
    [*" -_.,()[]&'", " - ", "_-_", "01", "12", "K", "v2", "COMPLETE", "(1)", "midi", "The", "ABBA"]
)


@given(st.lists(_PARTS, max_size=40).map("".join))
@settings(deadline=2000, max_examples=300)
def test_any_heap_of_what_stands_in_names_is_taken(name: str) -> None:
    for guess in read_name(PurePath("x", f"{name}.mid")):
        assert artist_key(guess.artist)

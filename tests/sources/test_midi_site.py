"""BitMidi and FreeMIDI: whose files are meant, and what happens with and without consent."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.drums import Voice
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Progress
from mididrumigen.sources import bitmidi, freemidi
from mididrumigen.sources.bitmidi import BitMidi
from mididrumigen.sources.freemidi import FreeMidi
from mididrumigen.sources.midi_site import MAX_FILES, Offer, fitting, tidy_name
from tests.internet import Internet
from tests.sources.readers import TOTO, Fetch, ask, body
from tests.takes import ROCK, midi_file_of, take_of

SEARCH = "/api/midi/search"


def song(kick: str) -> bytes:
    """A MIDI file of 8 bars."""
    return midi_file_of(take_of({**ROCK, Voice.KICK: kick}, bars=8), 8)


ROSANNA, AFRICA = song("X--- --x- x-x- ----"), song("X-x- ---x --x- --x-")


def offer(name: str) -> Offer:
    return Offer(name, f"https://example.org/{name}", "")


@pytest.mark.parametrize(
    ("name", "artist", "fits"),
    [
        ("Toto - Africa.mid", "Toto", True),
        ("toto-africa.mid", "Toto", True),
        ("Africa (Toto).mid", "Toto", False),
        ("Kansas - Dust in the Wind (not Toto).mid", "Toto", False),
        ("AC-DC - Thunderstruck.mid", "AC/DC", True),
        ("Rock_And_Roll_Led_Zeppelin.mid", "Led Zeppelin", True),
        ("Beatles, The - Help.mid", "The Beatles", True),
        ("", "Toto", False),
        ("-.mid", "Toto", False),
    ],
)
def test_the_name_must_say_whose_song_it_is(name: str, artist: str, fits: bool) -> None:
    assert (fitting([offer(name)], Artist(artist)) != []) is fits


def test_few_are_taken_and_one_a_title() -> None:
    songs = [offer(f"Toto - Song {letter}.mid") for letter in "abcdefghi"]
    assert len(fitting(songs, TOTO)) == MAX_FILES
    twice = [offer("Toto - Rosanna.mid"), offer("Toto - Rosanna (1).mid")]
    assert fitting(twice, TOTO) == twice[:1]


def test_a_name_is_shown_without_what_does_not_show() -> None:
    assert tidy_name(" Toto\u202e -\x00 Africa ") == "Toto - Africa"
    assert len(tidy_name("x" * 5000)) == 150
    assert tidy_name(None) == tidy_name(3) == ""


async def test_without_consent_the_pages_are_named_and_no_file_is_fetched(
    internet: Internet,
) -> None:
    site = await internet.site("bitmidi")
    site.answers(SEARCH, body("bitmidi_search.json"))
    progress = Progress()
    with pytest.raises(SourceUnavailable, match=r"2 files of Toto.*consent allow bitmidi"):
        await ask(BitMidi, site.base_url, progress=progress)
    assert site.paths() == [SEARCH]
    [first, second] = progress.refused
    assert first == (
        f"{site.base_url}/toto-rosanna-mid",
        "Toto - Rosanna.mid: open the page and save the file into your MIDI folder",
    )
    assert second[0] == f"{site.base_url}/toto-africa-mid"


async def test_with_consent_files_are_read_and_deleted(
    internet: Internet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    site = await internet.site("bitmidi")
    site.answers(SEARCH, body("bitmidi_search.json"))
    site.answers("/uploads/1.mid", ROSANNA)
    site.answers("/uploads/2.mid", AFRICA)
    fetch = Fetch()
    found, progress = await ask(BitMidi, site.base_url, fetch=fetch, consent=["bitmidi"])
    assert [evidence.url for evidence in found] == [
        f"{site.base_url}/toto-rosanna-mid",
        f"{site.base_url}/toto-africa-mid",
    ]
    assert all(evidence.value["bars"] for evidence in found)
    assert progress.refused == []
    assert fetch.kept == ["search", "never", "never"]
    assert os.listdir(tmp_path) == []


async def test_a_quick_research_fetches_one_file_and_an_interrupted_one_none_again(
    internet: Internet,
) -> None:
    site = await internet.site("bitmidi")
    site.answers(SEARCH, body("bitmidi_search.json"))
    site.answers("/uploads/1.mid", ROSANNA)
    [first], _ = await ask(BitMidi, site.base_url, consent=["bitmidi"], is_quick=True)
    assert site.paths() == [SEARCH, "/uploads/1.mid"]
    site.asked.clear()
    [again], _ = await ask(
        BitMidi, site.base_url, consent=["bitmidi"], is_quick=True, known=[first]
    )
    assert again == first
    assert site.paths() == [SEARCH]


async def test_files_that_cannot_be_used_are_named_and_the_rest_goes_on(
    internet: Internet,
) -> None:
    site = await internet.site("bitmidi")
    names = ["Toto - A.mid", "Toto - B.mid", "Toto - C.mid", "Toto - D.mid", "Toto - E.mid"]
    results = [
        {"name": name, "url": f"/p{n}", "downloadUrl": f"/uploads/{n}.mid"}
        for n, name in enumerate(names)
    ]
    site.answers(SEARCH, {"result": {"results": results, "total": 5}})
    site.answers("/uploads/0.mid", "<html>Are you a robot?</html>")
    site.answers("/uploads/1.mid", ROSANNA)
    site.answers("/uploads/2.mid", ROSANNA)
    site.answers("/uploads/3.mid", b"MThd\0\0\0\6broken")
    found, progress = await ask(BitMidi, site.base_url, consent=["bitmidi"])
    assert [evidence.url for evidence in found] == [f"{site.base_url}/p1"]
    reasons = dict(progress.refused)
    assert reasons["Toto - A.mid"] == "answered with something else than a MIDI file"
    assert reasons["Toto - C.mid"] == "the same drums as Toto - B.mid"
    assert reasons["Toto - D.mid"]
    assert "404" in reasons["Toto - E.mid"]


async def test_nothing_found_gives_nothing_with_or_without_consent(internet: Internet) -> None:
    site = await internet.site("bitmidi")
    site.answers(SEARCH, {"result": {"results": [], "total": 0, "pageTotal": 0}})
    assert (await ask(BitMidi, site.base_url))[0] == []
    assert (await ask(BitMidi, site.base_url, consent=["bitmidi"]))[0] == []


@pytest.mark.parametrize(
    "wrong",
    ['{"error": {"message": "404 Not Found", "status": 404}}', "<html></html>", "{}", "[]"],
)
async def test_an_error_of_bitmidi_is_said_in_a_sentence(internet: Internet, wrong: str) -> None:
    site = await internet.site("bitmidi")
    site.answers(SEARCH, wrong)
    with pytest.raises(SourceUnavailable, match="answered with"):
        await ask(BitMidi, site.base_url)


def test_bitmidi_files_that_lead_elsewhere_are_left_out() -> None:
    offers = bitmidi.parse_search(json.loads(body("bitmidi_search.json")), "http://a.example")
    assert len(offers) == 4
    assert offers[0].file == "http://a.example/uploads/1.mid"


def test_freemidi_files_have_the_artist_that_is_linked_behind_them() -> None:
    offers, artists = freemidi.parse_page(body("freemidi_search.html").encode(), "http://a.example")
    assert [o.name for o in offers] == ["Toto - Rosanna", "Kansas - Dust in the Wind"]
    assert offers[0].page == "http://a.example/download3-11-rosanna"
    assert offers[0].file == "http://a.example/getter-11"
    assert artists == [
        ("Kansas", "http://a.example/artist-7-kansas"),
        ("Toto", "http://a.example/artist-5-toto"),
    ]
    for wrong in (b"", b"\0\1\2", b"<html></html>", b"<a href=download3-1-x>" * 2000):
        freemidi.parse_page(wrong, "http://a.example")


async def test_freemidi_gives_a_file_to_whoever_brings_the_cookie_of_its_page(
    internet: Internet,
) -> None:
    site = await internet.site("freemidi")
    site.answers("/search", body("freemidi_search.html"))
    cookies = {"Set-Cookie": "PHPSESSID=abc123; expires=Thu, 01 Jan 2099 00:00:00 GMT; path=/"}
    site.answers("/download3-11-rosanna", "<html>Rosanna</html>", headers=cookies)
    site.answers("/getter-11", ROSANNA)
    fetch = Fetch()
    found, _ = await ask(FreeMidi, site.base_url, consent=["freemidi"], fetch=fetch)
    assert [evidence.url for evidence in found] == [f"{site.base_url}/download3-11-rosanna"]
    getter: Any = site.asked[-1]
    assert getter.headers["cookie"] == "PHPSESSID=abc123"
    assert getter.headers["referer"] == f"{site.base_url}/download3-11-rosanna"
    assert fetch.cards[0].asks_robots


async def test_freemidi_is_asked_for_the_page_of_the_artist_where_a_search_finds_no_song(
    internet: Internet,
) -> None:
    site = await internet.site("freemidi")
    site.answers("/search", '<html><body><a href="/artist-5-toto">Toto</a></body></html>')
    site.answers("/artist-5-toto", body("freemidi_artist.html"))
    progress = Progress()
    with pytest.raises(SourceUnavailable, match="FreeMIDI has 2 files of Toto"):
        await ask(FreeMidi, site.base_url, progress=progress)
    assert [item for item, _ in progress.refused] == [
        f"{site.base_url}/download3-21-africa",
        f"{site.base_url}/download3-22-hold-the-line",
    ]
    site.answers("/search", "<html><body>Nothing found</body></html>")
    assert (await ask(FreeMidi, site.base_url))[0] == []

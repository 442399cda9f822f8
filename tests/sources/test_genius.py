"""Genius as a source."""

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Inputs, Progress, Track
from mididrumigen.sources.genius import CREDITS, NOTES, WORDS, Genius, parse_notes, parse_song
from tests.internet import Answer, Internet, PlainFetch, Site, collected, read_body
from tests.sources.conftest import ToolsWith
from tests.sources.portishead import NAMESAKE, PORTISHEAD, QUICK

KEY = {"genius": "sesame"}
URL = "https://genius.com/Portishead-702-lyrics"


async def scripted(internet: Internet) -> Site:
    """A site that knows one song well and another one not."""
    site = await internet.site("genius")
    site.answers("/search", read_body("genius_search.json"), query={"q": "Portishead"})
    site.answers(
        "/artists/9000/songs", read_body("genius_songs.json"), query={"sort": "popularity"}
    )
    site.answers("/songs/702", read_body("genius_song.json"), query={"text_format": "plain"})
    site.answers("/referents", {"response": {"referents": []}})
    site.answers("/referents", read_body("genius_referents.json"), query={"song_id": 702})
    return site


async def test_a_song_gives_its_drummers_and_what_is_claimed_of_it(
    internet: Internet, tools_with: ToolsWith, fetch: PlainFetch
) -> None:
    site = await scripted(internet)
    source = Genius(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    found, progress = await collected(source, PORTISHEAD)
    credits = found[0]
    assert credits.value["drummers"] == [{"name": "Clive Deamer", "begin": 1995, "end": 1995}]
    assert (credits.url, credits.confidence) == (URL, CREDITS)
    tempos = [
        e for e in found if "claims" in e.value and e.value["claims"][0]["trait"] == "tempo_bpm"
    ]
    assert [e.value["claims"][0]["value"] for e in tempos] == [60, 61]
    assert [e.value["claims"][0]["song"] for e in tempos] == ["Glory Box"] * 2
    assert {e.url for e in tempos} == {URL}
    assert 0 < tempos[0].confidence <= WORDS
    assert 0 < tempos[1].confidence <= NOTES
    assert len({e.id for e in found}) == len(found)
    # Songs of others are not asked for; one that is gone does not end the research.
    assert site.paths() == [
        "/search",
        "/artists/9000/songs",
        "/songs/702",
        "/referents",
        "/songs/703",
    ]
    assert {r.headers["authorization"] for r in site.asked} == {"Bearer sesame"}
    assert not any("sesame" in url for url in fetch.asked)
    assert progress.refused == []


async def test_a_quick_look_reads_the_songs_of_the_search_without_notes(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    source = Genius(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    found, _ = await collected(source, PORTISHEAD, QUICK)
    assert "drummers" in found[0].value
    assert site.paths() == ["/search", "/songs/702", "/songs/703"]


async def test_a_like_name_gives_nothing(internet: Internet, tools_with: ToolsWith) -> None:
    site = await scripted(internet)
    site.answers("/search", read_body("genius_search.json"))
    source = Genius(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    assert await collected(source, Artist("Portis")) == ([], Progress())
    assert len(site.asked) == 1


async def test_a_song_of_nobody_leads_to_no_artist(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    body = read_body("genius_search.json")
    for hit in body["response"]["hits"]:
        hit["result"]["primary_artist"]["id"] = None
    site.answers("/search", body)
    source = Genius(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    assert await collected(source, PORTISHEAD) == ([], Progress())
    assert len(site.asked) == 1


async def test_another_artist_of_the_name_is_refused(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    source = Genius(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    found, progress = await collected(source, NAMESAKE)
    assert found == []
    assert progress.refused == [("Portishead at Genius", "it may be another artist of this name")]
    known = Artist("Portishead", "of Bristol", tracks=(Track("Roads"),))
    assert (await collected(source, known))[0] != []


async def test_what_was_found_before_a_refusal_stays(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    site.answers_in_turn("/referents", [Answer(status=429)])
    source = Genius(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    answers = source.collect(PORTISHEAD, Inputs(), Progress())
    assert "drummers" in (await anext(answers)).value
    with pytest.raises(SourceUnavailable, match="429"):
        async for _ in answers:
            pass


def test_texts_that_nobody_wrote_are_empty() -> None:
    body = read_body("genius_song.json")
    body["response"]["song"]["description"] = {"plain": "?"}
    song = parse_song(body)
    assert song is not None
    assert song.description == ""
    assert parse_notes(read_body("genius_referents.json")) == [
        "Clive Deamer keeps the beat at 61 BPM in this verse."
    ]


def test_a_song_whose_address_leads_elsewhere_is_none() -> None:
    body = read_body("genius_song.json")
    body["response"]["song"]["url"] = "https://example.org/"
    assert parse_song(body) is None

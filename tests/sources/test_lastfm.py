"""Last.fm as a source."""

from dataclasses import replace
from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Inputs, Progress
from mididrumigen.sources.lastfm import (
    STYLES,
    WORDS,
    LastFm,
    checked,
    parse_info,
    parse_tags,
    plain,
)
from tests.internet import Answer, Internet, PlainFetch, Site, collected, read_body
from tests.sources.conftest import ToolsWith
from tests.sources.portishead import MBID, NAMESAKE, PORTISHEAD, RECORDINGS

KEY = {"lastfm": "sesame"}
NOT_FOUND = {"error": 6, "message": "The artist you supplied could not be found", "links": []}


async def scripted(internet: Internet) -> Site:
    """A site that knows the artist."""
    site = await internet.site("lastfm")
    site.answers("/2.0/", NOT_FOUND)
    for method, body in (("artist.getinfo", "lastfm_info"), ("artist.gettoptags", "lastfm_tags")):
        site.answers(
            "/2.0/",
            read_body(f"{body}.json"),
            query={"method": method, "artist": "Portishead", "format": "json"},
        )
    return site


def named(name: str, mbid: str) -> dict[str, Any]:
    """The page of another artist."""
    body: dict[str, Any] = read_body("lastfm_info.json")
    return {"artist": {**body["artist"], "name": name, "mbid": mbid}}


async def test_the_text_gives_claims_and_the_tags_styles(
    internet: Internet, tools_with: ToolsWith, fetch: PlainFetch
) -> None:
    site = await scripted(internet)
    source = LastFm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    found, _ = await collected(source, PORTISHEAD)
    claims = [e for e in found if "claims" in e.value]
    [tempo] = [e for e in claims if e.value["claims"][0]["trait"] == "tempo_bpm"]
    assert tempo.value["claims"][0]["value"] == 60
    assert tempo.value["claims"][0]["song"] == "Glory Box"
    assert "60 BPM" in tempo.quote
    assert tempo.url == "https://www.last.fm/music/Portishead/+wiki"
    assert 0 < tempo.confidence <= WORDS
    styles = found[-1]
    # In the order of their votes; nothing that says nothing of the music.
    assert list(styles.value["styles"].items()) == [("trip-hop", 100), ("electronic", 52)]
    assert (styles.url, styles.confidence) == ("https://www.last.fm/music/Portishead", STYLES)
    assert len({e.id for e in found}) == len(found)
    assert {request.query["api_key"] for request in site.asked} == {"sesame"}
    assert not any("sesame" in url for url in fetch.asked)
    assert len(site.asked) == 2


@pytest.mark.parametrize("body", [NOT_FOUND, named("Portishead Sound System", MBID)])
async def test_nobody_of_the_very_name_gives_nothing(
    internet: Internet, tools_with: ToolsWith, body: dict[str, Any]
) -> None:
    site = await scripted(internet)
    site.answers("/2.0/", body, query={"method": "artist.getinfo"})
    source = LastFm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    assert await collected(source, PORTISHEAD) == ([], Progress())


async def test_of_a_name_that_two_have_only_the_id_confirms_the_artist(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    source = LastFm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    refused = [("Portishead at Last.fm", "it may be another artist of this name")]
    for other in (NAMESAKE, replace(NAMESAKE, mbid=RECORDINGS[9])):
        found, progress = await collected(source, other)
        assert (found, progress.refused) == ([], refused)
    assert (await collected(source, replace(NAMESAKE, mbid=MBID)))[0] != []
    # Where nobody else has the name an id that is out of date does no harm.
    site.answers("/2.0/", named("Portishead", RECORDINGS[9]), query={"method": "artist.getinfo"})
    assert (await collected(source, PORTISHEAD))[0] != []


async def test_what_was_found_before_a_refusal_stays(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    site.answers_in_turn("/2.0/", [Answer(status=429)], query={"method": "artist.gettoptags"})
    source = LastFm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    answers = source.collect(PORTISHEAD, Inputs(), Progress())
    assert "claims" in (await anext(answers)).value
    with pytest.raises(SourceUnavailable, match="429"):
        async for _ in answers:
            pass


async def test_a_key_that_is_refused_is_told_as_such(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await internet.site("lastfm")
    site.answers("/2.0/", {"error": 10, "message": "Invalid API key"}, status=403)
    source = LastFm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    with pytest.raises(SourceUnavailable, match="refuses the key; mididrumigen keys set lastfm"):
        await collected(source, Artist("Portishead"))


def test_errors_that_come_with_success_are_told_apart() -> None:
    assert checked(NOT_FOUND) is None
    assert checked({"artist": {}}) == {"artist": {}}
    with pytest.raises(SourceUnavailable, match="asked too much with this key; try again later"):
        checked({"error": "29", "message": "Rate limit exceeded"})
    with pytest.raises(SourceUnavailable, match=r"Last\.fm refused the question: Service offline"):
        checked({"error": 11, "message": "Service offline"})
    with pytest.raises(SourceUnavailable, match="no reason given"):
        checked({"error": "?"})


def test_a_list_of_one_tag_is_the_tag_itself() -> None:
    body = {"toptags": {"tag": {"name": "Dub", "count": 100}}}
    assert parse_tags(body, "Portishead") == {"dub": 100}
    assert parse_tags({"toptags": {"#text": "\n"}}, "Portishead") == {}


def test_marks_and_what_the_site_puts_behind_a_text_are_cut() -> None:
    about = parse_info(read_body("lastfm_info.json"))
    assert about is not None
    assert about.text.endswith("and the drums are quantised & sampled.")
    assert plain(' <a href="https://www.last.fm/">Read more on Last.fm</a>') == plain(None) == ""


@pytest.mark.parametrize(
    "beginning",
    [
        "There are at least three artists with the name Nirvana: ",
        "There is more than one artist by this name. ",
        "1) An American band. 2) ",
        "Multiple artists named Ghost exist. ",
        "Genesis may refer to: ",
        "Several different bands are called Air: ",
    ],
)
def test_a_text_about_several_artists_of_the_name_is_about_none(beginning: str) -> None:
    assert plain(beginning + "Their songs run at 92 BPM.") == ""


@pytest.mark.parametrize(
    "text",
    [
        "There is no other band with such a drummer.",
        "Portishead are one of three bands from Bristol that made trip hop.",
        "1994 saw the first record.",
    ],
)
def test_a_text_about_one_artist_is_kept(text: str) -> None:
    assert plain(text) == text

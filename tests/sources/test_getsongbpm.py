"""GetSongBPM as a source."""

from dataclasses import replace
from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Inputs, Progress, Track
from mididrumigen.sources.getsongbpm import CONFIDENCE, GetSongBpm, parse_search
from tests.internet import Answer, Internet, PlainFetch, Site, collected, read_body
from tests.sources.conftest import ToolsWith
from tests.sources.portishead import PORTISHEAD, QUICK, RECORDINGS

KEY = {"getsongbpm": "sesame"}
MISS = {"search": {"error": "no result"}}


async def scripted(internet: Internet) -> Site:
    """A site that knows one song, and says JSON in the name of a web page."""
    site = await internet.site("getsongbpm")
    site.answers("/search/", MISS)
    site.answers(
        "/search/",
        read_body("getsongbpm_hit.json"),
        query={"type": "both", "lookup": "song:Glory Box artist:Portishead"},
        headers={"Content-Type": "text/html; charset=utf-8"},
    )
    return site


async def test_a_song_gives_its_tempo_and_metre(
    internet: Internet, tools_with: ToolsWith, fetch: PlainFetch
) -> None:
    site = await scripted(internet)
    source = GetSongBpm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    found, _ = await collected(source, PORTISHEAD)
    [piece] = found
    assert piece.value["tempo"] == {
        "track": "Glory Box",
        "bpm": 120.0,
        "isrc": "GBAAA9400001",
        "mbid": RECORDINGS[2],
    }
    assert piece.value["metre"] == "4/4"
    assert piece.url == "https://getsongbpm.com/song/glory-box/abc"
    assert piece.confidence == CONFIDENCE
    assert len(site.asked) == 4
    assert {request.query["api_key"] for request in site.asked} == {"sesame"}
    assert not any("sesame" in url for url in fetch.asked)


async def test_a_quick_look_asks_for_three_songs(internet: Internet, tools_with: ToolsWith) -> None:
    site = await scripted(internet)
    source = GetSongBpm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    tracks = (Track("A: B (Live)"), Track("a b"), Track("Roads (X Remix)"), *PORTISHEAD.tracks)
    await collected(source, replace(PORTISHEAD, tracks=tracks), QUICK)
    # Each song once, without what is in brackets and without what would name a field.
    assert [request.query["lookup"].partition(" artist")[0] for request in site.asked] == [
        "song:A B",
        "song:Sour Times",
        "song:Glory Box",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"artist": {"name": "Portishead Tribute"}},
        {"artist": {"name": "Portishead", "mbid": RECORDINGS[9]}},
        {"title": "Glory"},
        {"tempo": "0"},
        {"tempo": None},
        {"uri": "https://getsongbpm.com.evil.org/"},
    ],
)
async def test_another_song_artist_or_no_tempo_gives_nothing(
    internet: Internet, tools_with: ToolsWith, change: dict[str, Any]
) -> None:
    site = await scripted(internet)
    [hit] = read_body("getsongbpm_hit.json")["search"]
    site.answers("/search/", {"search": [{**hit, **change}]})
    source = GetSongBpm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    assert (await collected(source, PORTISHEAD))[0] == []


async def test_what_was_found_before_a_refusal_stays(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await internet.site("getsongbpm")
    hit = Answer(read_body("getsongbpm_hit.json"))
    site.answers_in_turn("/search/", [Answer(MISS), hit, Answer(status=429)])
    source = GetSongBpm(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    answers = source.collect(PORTISHEAD, Inputs(), Progress())
    assert (await anext(answers)).value["tempo"]["bpm"] == 120
    with pytest.raises(SourceUnavailable, match="429"):
        await anext(answers)


def test_a_refusal_says_why() -> None:
    with pytest.raises(SourceUnavailable, match="GetSongBPM refused the question: Invalid API Key"):
        parse_search({"error": "Invalid API Key, or inactive."})


@pytest.mark.parametrize("metre", [None, "", "4", "0/4", "waltz", 4, ["4/4"]])
def test_a_metre_that_is_none_is_left_out(metre: object) -> None:
    [hit] = read_body("getsongbpm_hit.json")["search"]
    [read] = parse_search({"search": [{**hit, "time_sig": metre}]})
    assert read.metre == ""
    assert parse_search(MISS) == []

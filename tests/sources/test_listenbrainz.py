"""ListenBrainz as a source."""

from dataclasses import replace

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Inputs, Progress, Track
from mididrumigen.sources.listenbrainz import CREDITS, STYLES, ListenBrainz, parse_artist
from tests.internet import Answer, Internet, PlainFetch, Site, collected, read_body
from tests.sources.conftest import ToolsWith
from tests.sources.portishead import MBID, PORTISHEAD, QUICK, RECORDINGS

KEY = {"listenbrainz": "sesame"}


async def scripted(internet: Internet) -> Site:
    """A site that knows the artist, and the drummer of one recording."""
    site = await internet.site("listenbrainz")
    site.answers(
        "/1/metadata/artist/", read_body("listenbrainz_artist.json"), query={"artist_mbids": MBID}
    )
    site.answers("/1/metadata/recording/", read_body("listenbrainz_recordings.json"))
    return site


async def test_genres_give_the_styles_and_relationships_the_drummers(
    internet: Internet, tools_with: ToolsWith, fetch: PlainFetch
) -> None:
    site = await scripted(internet)
    source = ListenBrainz(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    styles, credits = (await collected(source, PORTISHEAD))[0]
    # A tag that is no genre is left out where there are genres.
    assert list(styles.value["styles"].items()) == [("trip hop", 13), ("downtempo", 6)]
    assert styles.url == f"https://musicbrainz.org/artist/{MBID}/tags"
    assert styles.confidence == STYLES
    assert credits.value["drummers"] == [{"name": "Clive Deamer", "begin": 1994, "end": 1994}]
    assert credits.url == f"https://musicbrainz.org/recording/{RECORDINGS[1]}"
    assert credits.confidence == CREDITS
    assert {r.headers["authorization"] for r in site.asked} == {"Token sesame"}
    assert not any("sesame" in url for url in fetch.asked)
    assert site.asked[1].query["recording_mbids"] == ",".join(RECORDINGS[1:5])


async def test_recordings_are_asked_for_in_batches_and_quickly_in_one(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    tracks = [Track(f"{i}", f"00000000-0000-4000-8000-0000000000{i:02}") for i in range(60)]
    many = replace(PORTISHEAD, tracks=(Track("Odd", "no uuid"), *tracks, *tracks))
    source = ListenBrainz(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    for inputs, sizes in ((QUICK, [25]), (Inputs(), [25, 25])):
        site.asked.clear()
        await collected(source, many, inputs)
        asked = [r.query["recording_mbids"].split(",") for r in site.asked[1:]]
        assert [len(each) for each in asked] == sizes


async def test_an_artist_whom_musicbrainz_does_not_know_is_not_asked_for(
    tools_with: ToolsWith,
) -> None:
    source = ListenBrainz(SourceSettings(base_url="http://127.0.0.1:9"), tools_with(keys=KEY))
    assert await collected(source, Artist("Portishead")) == ([], Progress())


async def test_what_was_found_before_a_refusal_stays(
    internet: Internet, tools_with: ToolsWith
) -> None:
    site = await scripted(internet)
    site.answers_in_turn("/1/metadata/recording/", [Answer(status=429)])
    source = ListenBrainz(SourceSettings(base_url=site.base_url), tools_with(keys=KEY))
    answers = source.collect(PORTISHEAD, Inputs(), Progress())
    assert "styles" in (await anext(answers)).value
    with pytest.raises(SourceUnavailable, match="429"):
        await anext(answers)


def test_tags_stand_in_where_an_artist_has_no_genre() -> None:
    [artist] = read_body("listenbrainz_artist.json")
    artist["tag"]["artist"] = [{"tag": "Bristol", "count": "7"}, {"tag": "none", "count": 0}]
    assert parse_artist([artist], MBID) == {"bristol": 7}


def test_another_artist_is_not_read() -> None:
    assert parse_artist(read_body("listenbrainz_artist.json"), RECORDINGS[1]) == {}

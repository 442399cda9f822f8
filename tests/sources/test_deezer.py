"""Deezer as a source."""

import json
from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Inputs, Progress, Track
from mididrumigen.sources.deezer import CONFIDENCE, Deezer, checked, parse_top, parse_track
from mididrumigen.sources.tools import Tools
from tests.internet import Answer, Internet, Site, collected, read_body
from tests.sources.portishead import NAMESAKE, PORTISHEAD, QUICK, RECORDINGS

NO_DATA = {"error": {"type": "DataException", "message": "no data", "code": 800}}
QUOTA = {"error": {"type": "Exception", "message": "Quota limit exceeded", "code": 4}}


def track(id: int, title: str, bpm: Any, code: str = "") -> dict[str, Any]:
    """A track's own record."""
    record: dict[str, Any] = read_body("deezer_track.json")
    return {**record, "id": id, "title": title, "bpm": bpm, "isrc": code}


async def scripted(internet: Internet) -> Site:
    """A site with the artist and four of his songs, of one of which no tempo is known."""
    site = await internet.site("deezer")
    site.answers("/search/artist", read_body("deezer_search.json"), query={"q": "Portishead"})
    site.answers("/artist/1069/top", read_body("deezer_top.json"))
    site.answers("/track/101", read_body("deezer_track.json"))
    site.answers("/track/102", track(102, "Sour Times (Remastered)", "92.4", "GBAAA9400002"))
    site.answers("/track/106", track(106, "Roads", 0))
    site.answers("/track/isrc:GBAAA9400003", track(108, "Strangers", 87.1, "GBAAA9400003"))
    return site


async def test_top_tracks_and_recordings_by_isrc_give_their_tempo(
    internet: Internet, tools: Tools
) -> None:
    site = await scripted(internet)
    found, progress = await collected(
        Deezer(SourceSettings(base_url=site.base_url), tools), PORTISHEAD
    )
    assert [e.value["tempo"] for e in found] == [
        {"track": "Glory Box", "bpm": 120.1, "isrc": "GBAAA9400001", "mbid": RECORDINGS[2]},
        {
            "track": "Sour Times (Remastered)",
            "bpm": 92.4,
            "isrc": "GBAAA9400002",
            "mbid": RECORDINGS[1],
        },
        {"track": "Strangers", "bpm": 87.1, "isrc": "GBAAA9400003", "mbid": RECORDINGS[4]},
    ]
    assert [e.url for e in found] == [f"https://www.deezer.com/track/{n}" for n in (101, 102, 108)]
    assert {e.confidence for e in found} == {CONFIDENCE}
    # Live versions of a song, remixes and songs of others are not even asked for.
    assert site.paths()[2:] == [f"/track/{n}" for n in (101, 102, 106, "isrc:GBAAA9400003")]
    assert not site.unscripted
    assert progress.refused == []
    assert "preview" not in json.dumps([e.value for e in found])


async def test_a_quick_look_asks_for_few_tracks(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    top = [{"id": 200 + n, "title": f"Song {n}", "artist": {"id": 1069}} for n in range(30)]
    site.answers("*", NO_DATA)
    site.answers("/search/artist", read_body("deezer_search.json"))
    site.answers("/artist/1069/top", {"data": top})
    source = Deezer(SourceSettings(base_url=site.base_url), tools)
    assert (await collected(source, PORTISHEAD, QUICK))[0] == []
    assert len(site.asked) == 10


async def test_nobody_of_the_name_gives_nothing_but_what_isrcs_tell(
    internet: Internet, tools: Tools
) -> None:
    site = await scripted(internet)
    site.answers("/search/artist", {"data": [], "total": 0})
    site.answers("/track/isrc:GBAAA9400001", NO_DATA)
    # The record of another recording than the one that was asked for.
    site.answers("/track/isrc:GBAAA9400002", track(5, "Sour Times", 140, "GBAAA9499999"))
    source = Deezer(SourceSettings(base_url=site.base_url), tools)
    found, _ = await collected(source, PORTISHEAD)
    assert [e.value["tempo"]["track"] for e in found] == ["Strangers"]
    assert (await collected(source, Artist("Portishead")))[0] == []


async def test_another_artist_of_the_name_is_refused(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    found, progress = await collected(
        Deezer(SourceSettings(base_url=site.base_url), tools), NAMESAKE
    )
    assert found == []
    assert progress.refused == [("Portishead at Deezer", "it may be another artist of this name")]


async def test_of_several_artists_of_one_name_the_one_with_known_songs_is_taken(
    internet: Internet, tools: Tools
) -> None:
    site = await scripted(internet)
    twins = [{"id": 7, "name": "Portishead"}, {"id": 1069, "name": "Portishead"}]
    site.answers("/search/artist", {"data": twins})
    site.answers("/artist/7/top", {"data": [{"id": 70, "title": "Chorale", "artist": {"id": 7}}]})
    site.answers("/track/70", track(70, "Chorale", 60))
    source = Deezer(SourceSettings(base_url=site.base_url), tools)
    found, _ = await collected(source, PORTISHEAD)
    assert "Chorale" not in [e.value["tempo"]["track"] for e in found]
    assert len(found) == 3
    # Where no song is known the first one is: he is the best known.
    found, _ = await collected(source, Artist("Portishead"))
    assert [e.value["tempo"]["track"] for e in found] == ["Chorale"]
    known = Artist("Portishead", "of Bristol", tracks=(Track("Roads"), Track("Glory Box")))
    found, _ = await collected(source, known)
    assert len(found) == 2


@pytest.mark.parametrize("answer", [Answer(QUOTA), Answer(status=429)])
async def test_what_was_found_before_a_refusal_stays(
    internet: Internet, tools: Tools, answer: Answer
) -> None:
    site = await scripted(internet)
    site.answers_in_turn("/track/102", [answer])
    source = Deezer(SourceSettings(base_url=site.base_url), tools)
    answers = source.collect(PORTISHEAD, Inputs(), Progress())
    assert (await anext(answers)).value["tempo"]["track"] == "Glory Box"
    with pytest.raises(SourceUnavailable, match=r"asked too much|429"):
        await anext(answers)


def test_errors_that_come_with_success_are_told_apart() -> None:
    assert checked(NO_DATA) is None
    assert checked({"data": []}) == {"data": []}
    with pytest.raises(SourceUnavailable, match="Deezer is asked too much from here; try again"):
        checked(QUOTA)
    with pytest.raises(SourceUnavailable, match="Deezer refused the question: wrong parameter"):
        checked(
            {"error": {"type": "ParameterException", "message": "wrong parameter", "code": 500}}
        )
    with pytest.raises(SourceUnavailable, match="no reason given"):
        checked({"error": "oh"})


def test_songs_where_the_artist_is_a_guest_are_not_his() -> None:
    own = {"id": 1, "title": "Own", "artist": {"id": 27}}
    both = {
        "id": 2,
        "title": "Both",
        "artist": {"id": 5},
        "contributors": [{"id": 5, "role": "Main"}, {"id": 27, "role": "Main"}],
    }
    guest = {
        "id": 3,
        "title": "Guest",
        "artist": {"id": 5},
        "contributors": [{"id": 5, "role": "Main"}, {"id": 27, "role": "Featured"}],
    }
    bare = {"id": 4, "title": "Bare"}
    titles = [song.title for song in parse_top({"data": [own, both, guest, bare]}, "27")]
    assert titles == ["Own", "Both", "Bare"]


def test_a_record_without_a_title_is_none() -> None:
    assert parse_track({"id": 1, "bpm": 90}) is None
    assert parse_track(None) is None

"""ReccoBeats as a source."""

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Inputs, Progress, Track
from mididrumigen.sources.reccobeats import CONFIDENCE, ReccoBeats
from mididrumigen.sources.tools import Tools
from tests.internet import Answer, Internet, Site, collected, read_body
from tests.sources.portishead import NAMESAKE, PORTISHEAD, QUICK, RECORDINGS

ID = "aaaaaaaa-0000-4000-8000-000000000001"


def song_id(n: int) -> str:
    """Id of a track in the fixtures."""
    return f"bbbbbbbb-0000-4000-8000-{n:012}"


async def scripted(internet: Internet) -> Site:
    """A site with the artist and three of his songs, of one of which no tempo is known."""
    site = await internet.site("reccobeats")
    site.answers(
        "/v1/artist/search", read_body("reccobeats_search.json"), query={"searchText": "Portishead"}
    )
    site.answers(f"/v1/artist/{ID}/track", read_body("reccobeats_tracks.json"))
    site.answers("/v1/audio-features", read_body("reccobeats_features.json"))
    return site


async def test_own_songs_give_their_tempo_each_once(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    found, progress = await collected(
        ReccoBeats(SourceSettings(base_url=site.base_url), tools), PORTISHEAD
    )
    assert [e.value["tempo"] for e in found] == [
        {"track": "Sour Times", "bpm": 92.03, "isrc": "GBAAA9400002", "mbid": RECORDINGS[1]},
        {"track": "Glory Box", "bpm": 120.06, "isrc": "GBAAA9400001", "mbid": RECORDINGS[2]},
    ]
    assert found[0].url == f"https://api.reccobeats.com/v1/track/{song_id(1)}/audio-features"
    assert {e.confidence for e in found} == {CONFIDENCE}
    # The most popular first; neither a song of somebody else nor a second version.
    asked = site.asked[-1].query["ids"].split(",")
    assert asked == [song_id(2), song_id(5), song_id(1)]
    assert len(site.asked) == 3
    assert progress.refused == []


async def test_a_quick_look_reads_one_page_and_asks_for_few_tracks(
    internet: Internet, tools: Tools
) -> None:
    site = await scripted(internet)
    many = [{"id": song_id(n), "trackTitle": f"Song {n}", "popularity": n} for n in range(40)]
    site.answers(f"/v1/artist/{ID}/track", {"content": many, "totalPages": 5})
    source = ReccoBeats(SourceSettings(base_url=site.base_url), tools)
    await collected(source, PORTISHEAD, QUICK)
    assert len(site.asked) == 3
    assert site.asked[-1].query["ids"].split(",") == [song_id(n) for n in range(39, 31, -1)]
    site.asked.clear()
    await collected(source, PORTISHEAD)
    assert [r.query["page"] for r in site.asked if r.path.endswith("/track")] == ["0", "1"]


async def test_a_like_name_gives_nothing(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    site.answers("/v1/artist/search", {"content": [{"id": ID, "name": "Portishead Covers"}]})
    source = ReccoBeats(SourceSettings(base_url=site.base_url), tools)
    assert await collected(source, PORTISHEAD) == ([], Progress())
    assert len(site.asked) == 1


async def test_another_artist_of_the_name_is_refused(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    source = ReccoBeats(SourceSettings(base_url=site.base_url), tools)
    found, progress = await collected(source, NAMESAKE)
    assert found == []
    assert progress.refused == [
        ("Portishead at ReccoBeats", "it may be another artist of this name")
    ]
    known = Artist("Portishead", "of Bristol", tracks=(Track("Roads"),))
    assert len((await collected(source, known))[0]) == 2


async def test_of_several_artists_of_one_name_the_one_with_known_songs_is_taken(
    internet: Internet, tools: Tools
) -> None:
    site = await scripted(internet)
    twin = "aaaaaaaa-0000-4000-8000-000000000002"
    twins = [{"id": twin, "name": "Portishead"}, {"id": ID, "name": "Portishead"}]
    site.answers("/v1/artist/search", {"content": twins})
    site.answers(f"/v1/artist/{twin}/track", {"content": [{"id": "x", "trackTitle": "Chorale"}]})
    source = ReccoBeats(SourceSettings(base_url=site.base_url), tools)
    assert len((await collected(source, PORTISHEAD))[0]) == 2
    site.asked.clear()
    await collected(source, Artist("Portishead"))
    assert site.asked[-1].query["ids"] == "x"


async def test_what_was_found_before_a_refusal_stays(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    many = [{"id": song_id(n), "trackTitle": f"Song {n}"} for n in range(45)]
    site.answers(f"/v1/artist/{ID}/track", {"content": many})
    first = {"content": [{"id": song_id(0), "tempo": 90}, {"id": "not asked for", "tempo": 91}]}
    site.answers_in_turn("/v1/audio-features", [Answer(first), Answer(status=429)])
    source = ReccoBeats(SourceSettings(base_url=site.base_url), tools)
    answers = source.collect(PORTISHEAD, Inputs(), Progress())
    assert (await anext(answers)).value["tempo"]["bpm"] == 90
    with pytest.raises(SourceUnavailable, match="429"):
        await anext(answers)

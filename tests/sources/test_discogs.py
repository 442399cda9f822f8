"""Discogs as a source."""

from dataclasses import replace

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Inputs, Progress
from mididrumigen.sources.discogs import (
    CARD,
    CREDITS,
    STYLES,
    Discogs,
    parse_release,
    plain_name,
    spread,
)
from mididrumigen.sources.tools import Tools
from tests.internet import Answer, Internet, PlainFetch, Site, collected, read_body
from tests.sources.conftest import ToolsWith
from tests.sources.portishead import NAMESAKE, PORTISHEAD, QUICK

DEAMER = {"name": "Clive Deamer", "begin": 1994, "end": 1994}


async def scripted(internet: Internet) -> Site:
    """A site with the artist, four masters, and the credits of one record."""
    site = await internet.site("discogs")
    site.answers("/database/search", read_body("discogs_artists.json"), query={"q": "Portishead"})
    site.answers(
        "/database/search",
        read_body("discogs_masters.json"),
        query={"artist": "Portishead", "type": "master"},
    )
    site.answers("/artists/3909/releases", read_body("discogs_releases.json"))
    site.answers("/releases/5001", read_body("discogs_release.json"))
    return site


async def test_records_give_the_styles_and_their_credits_the_drummers(
    internet: Internet, tools: Tools
) -> None:
    site = await scripted(internet)
    source = Discogs(SourceSettings(base_url=site.base_url), tools)
    found, progress = await collected(source, PORTISHEAD)
    styles, credits = found
    # A record counts once for a style; those of "Portishead (2)" are somebody else's.
    assert styles.value["styles"] == {"trip hop": 2, "downtempo": 1, "electronic": 1}
    assert (styles.url, styles.confidence) == ("https://www.discogs.com/artist/3909", STYLES)
    assert credits.value["drummers"] == [DEAMER]
    assert (credits.url, credits.confidence) == ("https://www.discogs.com/release/5001", CREDITS)
    assert credits.value["traits"] == {}
    assert len({e.id for e in found}) == 2
    # What he remixed is not his record; one that is gone does not end the research.
    assert site.paths()[3:] == ["/releases/5001", "/releases/5003"]
    assert progress.refused == []
    assert "authorization" not in site.asked[0].headers


async def test_a_quick_look_is_two_calls(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    source = Discogs(SourceSettings(base_url=site.base_url), tools)
    found, _ = await collected(source, PORTISHEAD, QUICK)
    assert [list(e.value)[-1] for e in found] == ["styles"]
    assert len(site.asked) == 2


async def test_a_token_is_told_to_the_site_alone_and_allows_more_requests(
    internet: Internet, tools_with: ToolsWith, fetch: PlainFetch
) -> None:
    site = await scripted(internet)
    source = Discogs(SourceSettings(base_url=site.base_url), tools_with(keys={"discogs": "sesame"}))
    await collected(source, PORTISHEAD, QUICK)
    assert {r.headers["authorization"] for r in site.asked} == {"Discogs token=sesame"}
    assert not any("sesame" in url for url in fetch.asked)
    assert source.card.per_second > CARD.per_second


async def test_a_like_name_gives_nothing(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    source = Discogs(SourceSettings(base_url=site.base_url), tools)
    other = replace(PORTISHEAD, name="Portis")
    site.answers("/database/search", read_body("discogs_artists.json"))
    assert await collected(source, other) == ([], Progress())
    assert len(site.asked) == 1


async def test_of_several_artists_of_one_name_the_one_with_the_drummer_is_taken(
    internet: Internet, tools: Tools
) -> None:
    site = await scripted(internet)
    twins = [
        {"id": 8, "type": "artist", "title": "Portishead (2)"},
        {"id": 3909, "type": "artist", "title": "Portishead"},
    ]
    site.answers("/database/search", {"results": twins}, query={"type": "artist"})
    masters = read_body("discogs_masters.json")
    site.answers("/database/search", masters, query={"artist": "Portishead (2)"})
    site.answers("/artists/8", {"id": 8, "members": [{"name": "Nick Mason"}]})
    site.answers("/artists/3909", read_body("discogs_artist.json"))
    source = Discogs(SourceSettings(base_url=site.base_url), tools)
    found, _ = await collected(source, PORTISHEAD)
    assert found[0].url == "https://www.discogs.com/artist/3909"
    # Without a drummer to tell them by, the first one found is the best known.
    found, _ = await collected(source, replace(PORTISHEAD, drummers=()), QUICK)
    assert [e.value["styles"] for e in found] == [{"noise": 1}]


async def test_another_artist_of_the_name_is_refused(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    source = Discogs(SourceSettings(base_url=site.base_url), tools)
    found, progress = await collected(source, NAMESAKE)
    assert found == []
    assert progress.refused == [("Portishead at Discogs", "it may be another artist of this name")]


async def test_a_record_by_somebody_else_credits_nobody(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    record = read_body("discogs_release.json")
    site.answers("/releases/5001", {**record, "artists": [{"id": 9, "name": "Another"}]})
    source = Discogs(SourceSettings(base_url=site.base_url), tools)
    assert len((await collected(source, PORTISHEAD))[0]) == 1


async def test_what_was_found_before_a_refusal_stays(internet: Internet, tools: Tools) -> None:
    site = await scripted(internet)
    site.answers_in_turn("/artists/3909/releases", [Answer(status=429)])
    source = Discogs(SourceSettings(base_url=site.base_url), tools)
    answers = source.collect(PORTISHEAD, Inputs(), Progress())
    assert "styles" in (await anext(answers)).value
    with pytest.raises(SourceUnavailable, match="429"):
        await anext(answers)


def test_names_are_written_as_people_write_them() -> None:
    assert plain_name("Clive Deamer (2)") == "Clive Deamer"
    assert plain_name("Persuader, The") == "The Persuader"
    assert plain_name("Earth, Wind & Fire") == "Earth, Wind & Fire"


def test_the_year_of_a_compilation_says_nothing_of_its_drummers() -> None:
    record = read_body("discogs_release.json")
    collected = {**record, "formats": [{"name": "CD", "descriptions": ["Compilation"]}]}
    assert parse_release(record).year == 1994
    assert parse_release(collected).year is None
    assert parse_release(collected).drummers == ("Clive Deamer",)


def test_records_are_spread_over_the_years() -> None:
    years = [str(year) for year in range(1970, 2000)]
    assert spread(years, 4) == ["1970", "1980", "1989", "1999"]
    assert spread(years[:3], 4) == years[:3]

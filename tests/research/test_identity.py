"""Who is meant by a name, by sites that answer, that do not, and that know several."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.models import Artist, Drummer, Progress, Track
from mididrumigen.research import identity
from mididrumigen.research.identity import Identified, complete, identify
from mididrumigen.sources.tools import Tools
from mididrumigen.workers import Workers
from tests.broken import HTML
from tests.internet import Internet, PlainFetch, Site, loopback, read_body
from tests.sources.conftest import NoLibraries

API = "/w/api.php"
TOTO = "00000000-0000-4000-8000-000000000001"
QUEEN, DURAN = (f"00000000-0000-4000-8000-0000000000{n}" for n in (31, 32))
NAMES = ("musicbrainz", "wikidata", "wikipedia")
PORCARO = Drummer("Jeff Porcaro", 1977, 1992, "00000000-0000-4000-8000-000000000011")
PHILLIPS = Drummer("Simon Phillips", 1992, 2014, "00000000-0000-4000-8000-000000000012")


class World:
    """Three sites that know Toto and three of the name Roger Taylor, and nobody else."""

    def __init__(self, internet: Internet, sites: dict[str, Site]) -> None:
        self.internet, self.sites = internet, sites
        self.musicbrainz, self.wikidata, self.wikipedia = (sites[name] for name in NAMES)
        self.settings = {n: SourceSettings(base_url=sites[n].base_url) for n in NAMES}
        self.fetch = PlainFetch()
        self.tools = Tools(Workers(), NoLibraries(), self.fetch)

    async def identify(self, name: str, *, is_quick: bool = False) -> Identified:
        """Whom a name means here."""
        return await identify(name, self.settings, self.tools, Progress(), is_quick=is_quick)

    async def complete(self, artist: Artist, *, is_quick: bool = False) -> Identified:
        """An artist, whole."""
        return await complete(artist, self.settings, self.tools, Progress(), is_quick=is_quick)

    def breaks(self, *names: str) -> None:
        """From now on these sites answer with 503."""
        for name in names:
            self.sites[name].answers("*", {"error": "busy"}, status=503)


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """The three sites."""
    async with loopback() as internet:
        world = World(internet, {name: await internet.site(name) for name in NAMES})
        musicbrainz, wikidata, wikipedia = world.musicbrainz, world.wikidata, world.wikipedia
        musicbrainz.answers("/ws/2/artist", {"count": 0, "offset": 0, "artists": []})
        for name in ("Toto", "Roger Taylor"):
            phrase = f'artist:"{name}" OR alias:"{name}"'
            body = read_body(f"musicbrainz_search_{name.lower().replace(' ', '_')}.json")
            musicbrainz.answers("/ws/2/artist", body, query={"query": phrase})
        musicbrainz.answers(f"/ws/2/artist/{TOTO}", read_body("musicbrainz_artist_toto.json"))
        roger = read_body("musicbrainz_artist_roger_taylor.json")
        musicbrainz.answers(f"/ws/2/artist/{DURAN}", roger)
        musicbrainz.answers("/ws/2/recording", {"recording-count": 0, "recordings": []})
        recordings = read_body("musicbrainz_recordings_toto.json")
        musicbrainz.answers("/ws/2/recording", recordings, query={"artist": TOTO})
        wikidata.answers(API, {"entities": {"-1": {"site": "enwiki", "missing": ""}}})
        wikidata.answers(API, {"search": []}, query={"action": "wbsearchentities"})
        wikidata.answers(API, {"query": {"search": []}}, query={"list": "search"})
        search = read_body("wikidata_search_toto.json")
        wikidata.answers(API, search, query={"search": "Toto"})
        whole = read_body("wikidata_item_toto.json")
        for ids in ("Q101", "Q101|Q102"):
            wikidata.answers(API, whole, query={"ids": ids})
        members = read_body("wikidata_members_toto.json")
        wikidata.answers(API, members, query={"ids": "Q111|Q112|Q113"})
        wikipedia.answers(API, {"query": {"pages": []}})
        wikipedia.answers(API, {"query": {"search": []}}, query={"list": "search"})
        titles = "Toto|Toto (band)|Toto (group)|Toto (musical group)|Toto (duo)"
        titles += "|Toto (musician)|Toto (drummer)|Toto (singer)|Toto (rapper)"
        wikipedia.answers(API, read_body("wikipedia_titles_toto.json"), query={"titles": titles})
        whole = read_body("wikipedia_read_toto.json")
        wikipedia.answers(API, whole, query={"titles": "Toto (band)"})
        drummers = "|".join(
            f"{name}{ending}"
            for name in ("Jeff Porcaro", "Simon Phillips")
            for ending in (" (drummer)", " (musician)", "")
        )
        listed = read_body("wikipedia_drummers_toto.json")
        wikipedia.answers(API, listed, query={"titles": drummers})
        porcaro = read_body("wikipedia_read_porcaro.json")
        wikipedia.answers(API, porcaro, query={"titles": "Jeff Porcaro"})
        yield world


def states(found: Identified) -> dict[str, str]:
    """How each site fared."""
    return {report.source: report.state for report in found.reports}


async def test_a_band_is_known_with_drummers_tracks_and_links(world: World) -> None:
    found = await world.identify("Toto")
    assert found.artist == Artist(
        name="Toto",
        disambiguation="",
        aliases=("TOTO",),
        kind="group",
        mbid=TOTO,
        qid="Q101",
        page="Toto (band)",
        drummers=(PORCARO, PHILLIPS),
        tracks=(
            Track("Rosanna", "00000000-0000-4000-8000-000000000021", "USSM18200001"),
            Track("Africa", "00000000-0000-4000-8000-000000000023", "USSM18200003"),
            Track("Demo of nothing", "00000000-0000-4000-8000-000000000025"),
        ),
        links=(
            "https://magazine.example/toto-interview",
            "https://www.moderndrummer.com/article/toto",
            "https://www.rollingstone.com/toto",
            "https://www.drummerworld.com/drummers/Jeff_Porcaro.html",
        ),
    )
    assert states(found) == dict.fromkeys(NAMES, "ok")


async def test_a_quick_look_is_four_requests_and_knows_all_but_the_links(world: World) -> None:
    whole, quick = await world.identify("Toto"), await world.identify("toto ", is_quick=True)
    assert whole.artist is not None
    assert quick.artist is None  # a name comes tidied: nobody is called "toto "
    world.fetch.asked.clear()
    quick = await world.identify("Toto", is_quick=True)
    assert quick.artist == replace(whole.artist, links=whole.artist.links[:1])
    assert len(world.fetch.asked) == 4


async def test_two_of_one_name_are_choices_and_a_choice_can_be_completed(world: World) -> None:
    found = await world.identify("Roger Taylor", is_quick=True)
    assert found.artist is None
    assert [(artist.mbid, artist.disambiguation) for artist in found.choices] == [
        (QUEEN, "drummer of Queen"),
        (DURAN, "drummer of Duran Duran"),
        ("00000000-0000-4000-8000-000000000033", "person"),
    ]
    assert len(world.fetch.asked) == 2
    world.fetch.asked.clear()
    whole = (await world.complete(found.choices[1], is_quick=True)).artist
    assert whole is not None
    assert (whole.mbid, whole.disambiguation) == (DURAN, "drummer of Duran Duran")
    assert (whole.kind, whole.drummers) == ("person", ())
    assert len(world.fetch.asked) <= 4


async def test_the_one_whom_an_encyclopedia_means_by_the_name_is_meant(world: World) -> None:
    item = read_body("wikidata_item_toto.json")
    entity = item["entities"]["Q101"]
    entity["claims"]["P434"][0]["mainsnak"]["datavalue"]["value"] = DURAN
    entity["claims"]["P31"][0]["mainsnak"]["datavalue"]["value"]["id"] = "Q5"
    entity["labels"]["en"]["value"] = entity["sitelinks"]["enwiki"]["title"] = "Roger Taylor"
    world.wikidata.answers(API, item, query={"titles": "Roger Taylor"})
    found = await world.identify("Roger Taylor", is_quick=True)
    assert found.artist is not None
    assert (found.artist.mbid, found.artist.disambiguation) == (DURAN, "")
    assert found.artist.page == "Roger Taylor"
    assert len(world.fetch.asked) <= 4


async def test_a_name_that_nobody_has_means_nobody(world: World) -> None:
    found = await world.identify("Zyxwv Qrst", is_quick=True)
    assert found.choices == ()
    assert states(found) == dict.fromkeys(NAMES, "empty")
    assert len(world.fetch.asked) <= 4


async def test_a_name_that_is_only_near_means_nobody(world: World) -> None:
    body = read_body("musicbrainz_search_toto.json")
    world.musicbrainz.answers("/ws/2/artist", body)
    assert (await world.identify("Totto Band")).choices == ()
    misspelt = await world.identify("Totto")  # MusicBrainz itself knows this one
    assert misspelt.artist is not None
    assert misspelt.artist.name == "Toto"


async def test_without_musicbrainz_the_encyclopedias_know_the_band(world: World) -> None:
    world.breaks("musicbrainz")
    found = await world.identify("Toto", is_quick=True)
    assert found.artist is not None
    assert (found.artist.name, found.artist.kind, found.artist.qid) == ("Toto", "group", "Q101")
    assert (found.artist.mbid, found.artist.page) == (TOTO, "Toto (band)")
    assert [drummer.name for drummer in found.artist.drummers] == ["Jeff Porcaro", "Simon Phillips"]
    assert states(found) == {"musicbrainz": "unavailable", "wikidata": "ok"}
    assert len(world.fetch.asked) == 4
    assert [request.path for request in world.musicbrainz.asked] == ["/ws/2/artist"]


async def test_wikipedia_alone_knows_the_band_too(world: World) -> None:
    world.breaks("musicbrainz", "wikidata")
    found = await world.identify("Toto", is_quick=True)
    assert found.artist == Artist(
        "Toto",
        kind="group",
        qid="Q101",
        page="Toto (band)",
        drummers=(Drummer("Jeff Porcaro", 1977, 1992), Drummer("Simon Phillips", 1992, 2014)),
        links=("https://www.moderndrummer.com/article/toto", "https://www.rollingstone.com/toto"),
    )
    assert states(found) == {
        "musicbrainz": "unavailable",
        "wikidata": "unavailable",
        "wikipedia": "ok",
    }
    assert len(world.fetch.asked) == 4


async def test_where_no_site_answers_nobody_is_found_and_each_says_why(world: World) -> None:
    world.breaks(*NAMES)
    found = await world.identify("Toto")
    assert found.choices == ()
    assert states(found) == dict.fromkeys(NAMES, "unavailable")
    assert all("503" in report.reason for report in found.reports)
    assert len(world.fetch.asked) == 3


@pytest.mark.parametrize("body", [HTML, {"error": "The server is busy."}, None, {"artists": None}])
async def test_whatever_musicbrainz_answers_the_others_are_asked(world: World, body: Any) -> None:
    world.musicbrainz.answers("*", body)
    found = await world.identify("Toto", is_quick=True)
    assert found.artist is not None
    assert found.artist.qid == "Q101"


async def test_a_site_that_never_answers_is_done_without(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "QUICK_S", 0.5)
    world.musicbrainz.answers("*", fault="silence")
    found = await world.identify("Toto", is_quick=True)
    assert found.artist is not None
    [silent] = [report for report in found.reports if report.source == "musicbrainz"]
    assert silent.state == "unavailable"
    assert silent.reason == "MusicBrainz did not answer within 0.5 s"


async def test_sites_that_never_answer_take_no_longer_together_than_a_quick_look_may(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "QUICK_ALL_S", 0.6)
    for site in world.sites.values():
        site.answers("*", fault="silence")
    begun = time.monotonic()
    found = await world.identify("Toto", is_quick=True)
    assert 0.5 < time.monotonic() - begun < 2.0
    assert found.choices == ()
    assert states(found) == dict.fromkeys(NAMES, "unavailable")


async def test_what_is_switched_off_is_not_asked(world: World) -> None:
    world.settings["musicbrainz"] = replace(world.settings["musicbrainz"], enabled=False)
    found = await world.identify("Toto")
    assert found.artist is not None
    assert world.musicbrainz.asked == []
    assert "musicbrainz" not in states(found)


async def test_recordings_that_fail_leave_the_rest(world: World) -> None:
    world.musicbrainz.answers("/ws/2/recording", HTML)
    found = await world.identify("Toto")
    assert found.artist is not None
    assert (found.artist.tracks, len(found.artist.drummers)) == ((), 2)
    assert states(found)["musicbrainz"] == "unavailable"


async def test_an_artist_whose_members_do_not_drum_has_those_who_drum_on_the_records(
    world: World,
) -> None:
    body = read_body("musicbrainz_artist_toto.json")
    body["relations"] = []
    world.musicbrainz.answers(f"/ws/2/artist/{TOTO}", body)
    found = await world.identify("Toto", is_quick=True)
    assert found.artist is not None
    assert found.artist.drummers == (
        Drummer("Shannon Forrest", mbid="00000000-0000-4000-8000-000000000017"),
    )


async def test_a_band_whose_members_only_its_article_lists_has_those_who_drum_there(
    world: World,
) -> None:
    body = read_body("musicbrainz_artist_toto.json")
    body["relations"] = [r for r in body["relations"] if r["type"] != "member of band"]
    world.musicbrainz.answers(f"/ws/2/artist/{TOTO}", body)
    item = read_body("wikidata_item_toto.json")
    item["entities"]["Q101"]["claims"].pop("P527")
    world.wikidata.answers(API, item, query={"ids": "Q101"})
    listed = (Drummer("Jeff Porcaro", 1977, 1992), Drummer("Simon Phillips", 1992, 2014))
    found = await world.identify("Toto")
    assert found.artist is not None
    assert found.artist.drummers == listed
    # The article of somebody else of the name tells nothing of this band.
    page = read_body("wikipedia_read_toto.json")
    page["query"]["pages"][0]["pageprops"]["wikibase_item"] = "Q999"
    world.wikipedia.answers(API, page, query={"titles": "Toto (band)"})
    found = await world.identify("Toto")
    assert found.artist is not None
    assert [drummer.name for drummer in found.artist.drummers] == ["Shannon Forrest"]

"""MusicBrainz: what is read out of its answers, and what becomes of answers that are none."""

from typing import Any

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Drummer, Inputs, Progress, Track
from mididrumigen.sources.musicbrainz import MusicBrainz
from mididrumigen.sources.musicbrainz_parse import (
    credited,
    parse_artist,
    parse_recordings,
    parse_search,
    tracks_of,
)
from mididrumigen.sources.tools import Tools
from tests.broken import HTML, NO_BODIES, broken
from tests.internet import NOW, Internet, Site, collected, read_body

TOTO = "00000000-0000-4000-8000-000000000001"
PORCARO = Drummer("Jeff Porcaro", 1977, 1992, "00000000-0000-4000-8000-000000000011")
PHILLIPS = Drummer("Simon Phillips", 1992, 2014, "00000000-0000-4000-8000-000000000012")
PARSERS = (
    (parse_search, "musicbrainz_search_toto.json"),
    (parse_artist, "musicbrainz_artist_toto.json"),
    (parse_artist, "musicbrainz_artist_roger_taylor.json"),
    (parse_recordings, "musicbrainz_recordings_toto.json"),
)


async def at_toto(internet: Internet) -> tuple[Site, SourceSettings]:
    """A site that knows the band."""
    site = await internet.site("musicbrainz")
    site.answers("/ws/2/artist", read_body("musicbrainz_search_toto.json"))
    site.answers(f"/ws/2/artist/{TOTO}", read_body("musicbrainz_artist_toto.json"))
    site.answers("/ws/2/recording", read_body("musicbrainz_recordings_toto.json"))
    return site, SourceSettings(base_url=site.base_url)


def test_a_search_gives_names_kinds_votes_and_who_is_called_a_drummer() -> None:
    toto, comedian, other = parse_search(read_body("musicbrainz_search_toto.json"))
    assert (toto.mbid, toto.name, toto.kind, toto.score) == (TOTO, "Toto", "group", 100)
    assert (toto.votes, toto.place, toto.begin) == (19, "United States", 1977)
    assert (toto.aliases, toto.hints) == ((), ("Totto",))
    assert (comedian.kind, comedian.disambiguation) == ("person", "Italian comedian")
    assert (other.kind, other.votes) == ("", 0)
    drummers = parse_search(read_body("musicbrainz_search_roger_taylor.json"))
    assert [hit.drums for hit in drummers] == [True, True, False]


def test_a_band_is_read_with_the_stints_of_those_who_drum_and_of_nobody_else() -> None:
    known = parse_artist(read_body("musicbrainz_artist_toto.json"))
    assert known is not None
    assert known.drummers == (PORCARO, PHILLIPS)
    assert known.aliases == ("TOTO",)
    assert known.styles == {"rock": 12, "soft rock": 7}
    assert (known.qid, known.page) == ("Q101", "")
    assert known.links == ("https://magazine.example/toto-interview",)


def test_who_plays_percussion_counts_only_where_nobody_drums() -> None:
    body = read_body("musicbrainz_artist_toto.json")
    for relation in body["relations"]:
        if "drums (drum set)" in relation["attributes"]:
            relation["attributes"] = ["keyboard"]
    known = parse_artist(body)
    assert known is not None
    assert [drummer.name for drummer in known.drummers] == ["Jeff Porcaro"]


def test_a_drummer_is_read_with_the_bands_in_which_he_drums() -> None:
    known = parse_artist(read_body("musicbrainz_artist_roger_taylor.json"))
    assert known is not None
    assert (known.kind, known.bands, known.drummers) == ("person", ("Duran Duran",), ())


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://en.wikipedia.org/wiki/Mot%C3%B6rhead", "Motörhead"),
        ("https://en.wikipedia.org/wiki/Toto_(band)#Style", "Toto (band)"),
        ("https://de.wikipedia.org/wiki/Toto", ""),
        ("https://elsewhere.example/wiki/Toto", ""),
    ],
)
def test_only_an_article_of_the_english_wikipedia_is_the_page(address: str, title: str) -> None:
    body = read_body("musicbrainz_artist_toto.json")
    body["relations"].append({"type": "wikipedia", "url": {"resource": address}})
    known = parse_artist(body)
    assert known is not None
    assert known.page == title


def test_songs_count_once_the_best_known_first_and_no_videos_or_remixes() -> None:
    recordings = parse_recordings(read_body("musicbrainz_recordings_toto.json"))
    assert "Rosanna" in {r.title for r in recordings}
    assert tracks_of(recordings) == (
        Track("Rosanna", "00000000-0000-4000-8000-000000000021", "USSM18200001"),
        Track("Africa", "00000000-0000-4000-8000-000000000023", "USSM18200003"),
        Track("Demo of nothing", "00000000-0000-4000-8000-000000000025"),
    )


def test_one_credit_makes_no_drummer_of_the_artist() -> None:
    recordings = parse_recordings(read_body("musicbrainz_recordings_toto.json"))
    often = {drummer.name: len(on) for drummer, on in credited(recordings).items()}
    assert often == {"Shannon Forrest": 2}


@pytest.mark.parametrize(("parse", "name"), PARSERS)
def test_no_body_breaks_a_parser(parse: Any, name: str) -> None:
    body = read_body(name)
    assert parse(body)
    for other in (*NO_BODIES, *broken(body)):
        parse(other)


async def test_a_band_gives_members_genres_and_credits(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    found, progress = await collected(MusicBrainz(settings, tools), Artist("Toto", mbid=TOTO))
    members, styles, credit = found
    assert [e.value["drummers"] for e in (members, credit)] == [
        [
            {"name": "Jeff Porcaro", "begin": 1977, "end": 1992},
            {"name": "Simon Phillips", "begin": 1992, "end": 2014},
        ],
        [{"name": "Shannon Forrest", "begin": None, "end": None}],
    ]
    assert credit.value["songs"] == ["Rosanna (live)", "Africa"]
    assert styles.value["styles"] == {"rock": 12, "soft rock": 7}
    assert [e.url for e in found] == [
        f"https://musicbrainz.org/artist/{TOTO}/relationships",
        f"https://musicbrainz.org/artist/{TOTO}/tags",
        "https://musicbrainz.org/recording/00000000-0000-4000-8000-000000000022",
    ]
    assert len({e.id for e in found}) == 3
    for evidence in found:
        assert (evidence.source, evidence.kind) == ("musicbrainz", "metadata")
        assert (evidence.value["basis"], evidence.value["traits"]) == ("told", {})
        assert evidence.retrieved_at == NOW
        assert "CC" in evidence.licence
        assert 0 < evidence.confidence < 1
    assert progress.refused == []
    assert site.paths() == [f"/ws/2/artist/{TOTO}", "/ws/2/recording"]
    assert site.asked[1].query["artist"] == TOTO
    assert {"isrcs", "artist-rels"} <= set(site.asked[1].query["inc"].split(" "))


async def test_a_quick_look_is_one_request(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    quick = Inputs(retrieved_at=NOW, is_quick=True)
    found, _ = await collected(MusicBrainz(settings, tools), Artist("Toto", mbid=TOTO), quick)
    assert len(found) == 2
    assert site.paths() == [f"/ws/2/artist/{TOTO}"]


async def test_a_drummer_plays_with_his_bands(internet: Internet, tools: Tools) -> None:
    mbid = "00000000-0000-4000-8000-000000000032"
    site = await internet.site("musicbrainz")
    site.answers(f"/ws/2/artist/{mbid}", read_body("musicbrainz_artist_roger_taylor.json"))
    settings = SourceSettings(base_url=site.base_url)
    quick = Inputs(retrieved_at=NOW, is_quick=True)
    found, _ = await collected(
        MusicBrainz(settings, tools), Artist("Roger Taylor", mbid=mbid), quick
    )
    [claim] = [claim for e in found for claim in e.value.get("claims", ())]
    assert (claim["trait"], claim["value"], claim["not"]) == ("plays_with", "Duran Duran", False)


async def test_every_page_of_a_long_list_is_asked_for_but_not_more_than_three(
    internet: Internet, tools: Tools
) -> None:
    site, settings = await at_toto(internet)
    body = read_body("musicbrainz_recordings_toto.json")
    site.answers("/ws/2/recording", {**body, "recording-count": 150})
    site.answers("/ws/2/recording", status=503, query={"offset": 200})
    await MusicBrainz(settings, tools).recordings(TOTO, 3)
    assert [request.query["offset"] for request in site.asked] == ["0", "100"]
    site.answers("/ws/2/recording", {**body, "recording-count": 5000})
    site.answers("/ws/2/recording", status=503, query={"offset": 200})
    found = await MusicBrainz(settings, tools).recordings(TOTO, 3)
    assert [request.query["offset"] for request in site.asked[2:]] == ["0", "100", "200"]
    assert len(found) == 2 * 5


async def test_quotes_in_a_name_stay_in_the_name(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    await MusicBrainz(settings, tools).search('"Weird Al" \\ OR *')
    assert site.asked[0].query["query"].count('"') == 4
    assert "\\" not in site.asked[0].query["query"]


async def test_an_artist_without_an_id_is_not_looked_for_by_name(
    internet: Internet, tools: Tools
) -> None:
    site, settings = await at_toto(internet)
    found, _ = await collected(MusicBrainz(settings, tools), Artist("Toto"))
    assert found == []
    assert site.asked == []


async def test_an_id_that_nobody_has_gives_nothing(internet: Internet, tools: Tools) -> None:
    site = await internet.site("musicbrainz")
    site.answers(f"/ws/2/artist/{TOTO}", {"error": "Not Found", "help": "..."}, status=404)
    settings = SourceSettings(base_url=site.base_url)
    found, _ = await collected(MusicBrainz(settings, tools), Artist("Toto", mbid=TOTO))
    assert found == []


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (HTML, 200, "web page"),
        ({"error": "Your requests are exceeding the allowable rate limit."}, 503, "503"),
        ({"error": "Invalid mbid.", "help": "..."}, 400, "400"),
        ({"error": "The server is busy.", "help": "..."}, 200, "The server is busy"),
    ],
)
async def test_an_error_is_said_and_no_evidence(
    internet: Internet, tools: Tools, body: Any, status: int, told: str
) -> None:
    site = await internet.site("musicbrainz")
    site.answers("*", body, status=status)
    source = MusicBrainz(SourceSettings(base_url=site.base_url), tools)
    with pytest.raises(SourceUnavailable, match=told):
        await collected(source, Artist("Toto", mbid=TOTO))


async def test_what_was_found_before_a_failure_stays(internet: Internet, tools: Tools) -> None:
    site, settings = await at_toto(internet)
    site.answers("/ws/2/recording", HTML)
    found = []
    told = ""
    pieces = MusicBrainz(settings, tools).collect(
        Artist("Toto", mbid=TOTO), Inputs(retrieved_at=NOW), Progress()
    )
    try:
        async for evidence in pieces:
            found.append(evidence)
    except SourceUnavailable as error:
        told = str(error)
    assert len(found) == 2
    assert "web page" in told

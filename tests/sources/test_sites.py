"""What all sources that ask one site have in common."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from mididrumigen.config import SOURCE_NAMES, SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.sources import (
    acousticbrainz,
    deezer,
    discogs,
    genius,
    getsongbpm,
    lastfm,
    listenbrainz,
    reccobeats,
)
from mididrumigen.sources.site import Site
from mididrumigen.sources.tools import Tools
from tests.internet import Internet, collected, read_body
from tests.sources.conftest import ToolsWith
from tests.sources.portishead import MBID, PORTISHEAD, QUICK, RECORDINGS, damaged

SITES: tuple[type[Site], ...] = (
    acousticbrainz.AcousticBrainz,
    deezer.Deezer,
    discogs.Discogs,
    genius.Genius,
    getsongbpm.GetSongBpm,
    lastfm.LastFm,
    listenbrainz.ListenBrainz,
    reccobeats.ReccoBeats,
)
WITH_KEY = tuple(site for site in SITES if site.card.needs_key)
KEYS = {site.name: "sesame" for site in WITH_KEY}

by_name = pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)


@by_name
def test_a_card_says_what_a_user_must_know(site: type[Site]) -> None:
    card = site.card
    assert card.name == site.name in SOURCE_NAMES
    assert card.kind == site.kind == "metadata"
    assert card.title
    assert card.licence
    assert card.base_url.startswith("https://")
    assert 0 < card.per_second <= 5
    assert card.key in ("", card.name)


@pytest.mark.parametrize("site", WITH_KEY, ids=lambda site: site.name)
async def test_without_its_key_a_site_is_not_asked_and_the_user_told_what_to_do(
    site: type[Site], tools: Tools
) -> None:
    source = site(SourceSettings(base_url="http://127.0.0.1:9"), tools)
    with pytest.raises(SourceUnavailable) as raised:
        await collected(source, PORTISHEAD)
    what = "token" if site.name in ("genius", "listenbrainz") else "key"
    assert raised.value.message == f"{site.card.title} needs a free {what}"
    assert raised.value.hint == f"mididrumigen keys set {site.name}"


@by_name
async def test_a_web_page_in_place_of_data_is_a_refusal(
    site: type[Site], internet: Internet, tools_with: ToolsWith
) -> None:
    there = await internet.site(site.name)
    there.answers("*", "<!DOCTYPE html><title>Just a moment...</title>")
    source = site(SourceSettings(base_url=there.base_url), tools_with(keys=KEYS))
    with pytest.raises(SourceUnavailable, match="a web page that is no JSON"):
        await collected(source, PORTISHEAD)


@by_name
@pytest.mark.parametrize("status", [401, 500, 503])
async def test_a_site_that_fails_is_unavailable(
    site: type[Site], status: int, internet: Internet, tools_with: ToolsWith
) -> None:
    there = await internet.site(site.name)
    there.answers("*", {"message": "no"}, status=status)
    source = site(SourceSettings(base_url=there.base_url), tools_with(keys=KEYS))
    with pytest.raises(SourceUnavailable, match=str(status)):
        await collected(source, PORTISHEAD)


@by_name
@pytest.mark.parametrize("body", [None, [], {}, '"x"', 7, [None], [[]], {"data": None}])
async def test_an_answer_that_says_nothing_gives_nothing(
    site: type[Site], body: Any, internet: Internet, tools_with: ToolsWith
) -> None:
    there = await internet.site(site.name)
    there.answers("*", body)
    source = site(SourceSettings(base_url=there.base_url), tools_with(keys=KEYS))
    for inputs in (None, QUICK):
        found, progress = await collected(source, PORTISHEAD, inputs)
        assert (found, progress.refused) == ([], [])
    assert there.asked


@by_name
async def test_a_site_with_nothing_at_its_addresses_gives_nothing(
    site: type[Site], internet: Internet, tools_with: ToolsWith
) -> None:
    there = await internet.site(site.name)
    source = site(SourceSettings(base_url=there.base_url + "/"), tools_with(keys=KEYS))
    assert (await collected(source, PORTISHEAD))[0] == []
    assert there.asked
    assert not any("//" in path for path in there.paths())


PARSERS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "acousticbrainz": (
        "acousticbrainz_bulk",
        lambda body: acousticbrainz.parse_bulk(body, RECORDINGS),
    ),
    "deezer search": ("deezer_search", lambda b: deezer.parse_artists(deezer.checked(b))),
    "deezer top": ("deezer_top", lambda body: deezer.parse_top(body, "1069")),
    "deezer track": ("deezer_track", deezer.parse_track),
    "discogs artists": ("discogs_artists", discogs.parse_artists),
    "discogs masters": ("discogs_masters", lambda b: discogs.parse_styles(b, "Portishead")),
    "discogs releases": ("discogs_releases", discogs.parse_records),
    "discogs release": ("discogs_release", discogs.parse_release),
    "discogs artist": ("discogs_artist", discogs.parse_members),
    "genius search": ("genius_search", genius.parse_hits),
    "genius songs": ("genius_songs", genius.parse_songs),
    "genius song": ("genius_song", genius.parse_song),
    "genius referents": ("genius_referents", genius.parse_notes),
    "getsongbpm": ("getsongbpm_hit", getsongbpm.parse_search),
    "lastfm info": ("lastfm_info", lambda body: lastfm.parse_info(lastfm.checked(body))),
    "lastfm tags": ("lastfm_tags", lambda body: lastfm.parse_tags(body, "Portishead")),
    "listenbrainz artist": (
        "listenbrainz_artist",
        lambda body: listenbrainz.parse_artist(body, MBID),
    ),
    "listenbrainz recordings": (
        "listenbrainz_recordings",
        lambda body: listenbrainz.parse_recordings(body, RECORDINGS),
    ),
    "reccobeats search": ("reccobeats_search", reccobeats.parse_artists),
    "reccobeats tracks": (
        "reccobeats_tracks",
        lambda body: reccobeats.parse_tracks(body, "aaaaaaaa-0000-4000-8000-000000000001"),
    ),
    "reccobeats features": ("reccobeats_features", reccobeats.parse_features),
}


@pytest.mark.parametrize("name", PARSERS)
def test_whatever_is_wrong_in_an_answer_breaks_no_parser(name: str) -> None:
    body_name, parse = PARSERS[name]
    body = read_body(f"{body_name}.json")
    assert parse(body)
    count = 0
    for broken in damaged(body):
        count += 1
        with suppress(SourceUnavailable):
            str(parse(broken)).encode()  # nothing in it that a database cannot hold
    assert count > 50

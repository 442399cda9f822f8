"""AcousticBrainz as a source."""

from dataclasses import replace

import pytest

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Inputs, Progress, Track
from mididrumigen.sources.acousticbrainz import (
    AGREED,
    ALONE,
    AT_ODDS,
    AcousticBrainz,
    parse_bulk,
    parse_documents,
)
from mididrumigen.sources.tools import Tools
from tests.internet import NOW, Answer, Internet, collected, read_body
from tests.sources.portishead import PORTISHEAD, QUICK, RECORDINGS


async def test_each_measured_track_gives_its_tempo(internet: Internet, tools: Tools) -> None:
    site = await internet.site("acousticbrainz")
    site.answers("/api/v1/low-level", read_body("acousticbrainz_bulk.json"))
    found, _ = await collected(
        AcousticBrainz(SourceSettings(base_url=site.base_url), tools), PORTISHEAD
    )
    assert [e.value["tempo"] for e in found] == [
        {"track": "Sour Times", "bpm": 92.03, "isrc": "GBAAA9400002", "mbid": RECORDINGS[1]},
        # Halves disagree: one of the two, and never their mean of 120.
        {"track": "Glory Box", "bpm": 80.05, "isrc": "GBAAA9400001", "mbid": RECORDINGS[2]},
        # Merged into another recording; and "Strangers" is told to be 0, which is no tempo.
        {"track": "Roads", "bpm": 119.98, "isrc": "", "mbid": RECORDINGS[3]},
    ]
    assert [e.confidence for e in found] == [AGREED, AT_ODDS, ALONE]
    first = found[0]
    assert first.value["onsets_per_s"] == 3.2
    assert first.value["basis"] == "told"
    assert first.value["traits"] == {}
    assert first.value["bars"] == []
    assert (first.source, first.kind, first.licence) == ("acousticbrainz", "metadata", "CC0")
    assert first.url == f"https://acousticbrainz.org/{RECORDINGS[1]}"
    assert first.retrieved_at == NOW
    assert len({e.id for e in found}) == 3
    assert not site.unscripted


async def test_a_full_research_asks_for_three_measurements_and_a_quick_one_for_one_in_one_call(
    internet: Internet, tools: Tools
) -> None:
    site = await internet.site("acousticbrainz")
    site.answers("/api/v1/low-level", {})
    many = Artist(
        "Portishead",
        tracks=(
            *(Track(f"Song {i}", f"00000000-0000-4000-8000-0000000000{i:02}") for i in range(60)),
            Track("Roads (DJ Remix)", RECORDINGS[9]),
            Track("Not in MusicBrainz"),
            Track("Odd", "no-uuid"),
        ),
    )
    source = AcousticBrainz(SourceSettings(base_url=site.base_url), tools)
    assert await collected(source, many, QUICK) == ([], Progress())
    assert len(site.asked) == 1
    assert len(site.asked[0].query["recording_ids"].split(";")) == 25
    assert site.asked[0].query["features"] == "rhythm.bpm;rhythm.onset_rate"
    await collected(source, many)
    calls = [request.query["recording_ids"].split(";") for request in site.asked[1:]]
    assert max(map(len, calls)) == 24  # of the 25 that a call may have
    assert calls[0][:4] == [f"{many.tracks[0].mbid}:{n}" for n in range(3)] + [
        f"{many.tracks[1].mbid}:0"
    ]
    assert len({pair.partition(":")[0] for call in calls for pair in call}) == 50


async def test_an_artist_without_known_recordings_is_not_asked_for(tools: Tools) -> None:
    source = AcousticBrainz(SourceSettings(base_url="http://127.0.0.1:9"), tools)
    assert await collected(source, replace(PORTISHEAD, tracks=())) == ([], Progress())


async def test_what_was_found_before_a_refusal_stays_and_the_reason_says_what_it_means(
    internet: Internet, tools: Tools
) -> None:
    site = await internet.site("acousticbrainz")
    body = {RECORDINGS[1]: {"0": {"rhythm": {"bpm": 92}}}}
    site.answers_in_turn("/api/v1/low-level", [Answer(body), Answer(status=429)])
    tracks = tuple(Track(f"Song {mbid}", mbid) for mbid in RECORDINGS)
    source = AcousticBrainz(SourceSettings(base_url=site.base_url), tools)
    answers = source.collect(replace(PORTISHEAD, tracks=tracks), Inputs(), Progress())
    assert (await anext(answers)).value["tempo"]["bpm"] == 92
    with pytest.raises(SourceUnavailable, match="429; it stopped collecting in 2022"):
        await anext(answers)


def test_the_middle_of_an_even_number_of_measurements_is_one_of_them() -> None:
    documents = [{"rhythm": {"bpm": bpm}} for bpm in (70, 140.2, 139.8, 140)]
    measured = parse_documents(documents)
    assert measured is not None
    assert (measured.bpm, measured.count, measured.is_agreed) == (139.8, 4, False)
    assert measured.onsets_per_s is None


def test_a_recording_of_which_nothing_is_told_is_absent() -> None:
    assert parse_bulk({}, RECORDINGS) == parse_bulk({"mbid_mapping": {}}, RECORDINGS) == {}

"""The Guardian: whole articles, with a key."""

import json

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.sources.guardian import Guardian, parse_search
from tests.internet import Internet
from tests.sources.readers import PORCARO, Fetch, ask, body, claims

KEYS = {"guardian": "s3cret"}


async def test_an_article_about_the_drummer_gives_evidence_and_one_about_a_dog_none(
    internet: Internet,
) -> None:
    site = await internet.site("guardian")
    site.answers("/search", body("guardian_search.json"))
    fetch = Fetch()
    found, _ = await ask(Guardian, site.base_url, keys=KEYS, fetch=fetch)
    assert {evidence.url for evidence in found} == {"https://www.theguardian.com/music/rosanna"}
    assert "ghost_share" in claims(found)
    [asked] = site.asked
    assert asked.query["api-key"] == "s3cret"
    assert asked.query["q"] == (
        '("Toto" OR "Jeff Porcaro" OR "Simon Phillips") AND (drummer OR drumming OR drums)'
    )
    assert fetch.kept == ["never"]  # it is articles
    assert "s3cret" not in str(fetch.asked)


async def test_without_a_key_nobody_is_asked(internet: Internet) -> None:
    site = await internet.site("guardian")
    with pytest.raises(SourceUnavailable, match="free key; mididrumigen keys set guardian"):
        await ask(Guardian, site.base_url)
    assert site.asked == []


async def test_nothing_found_gives_nothing(internet: Internet) -> None:
    site = await internet.site("guardian")
    site.answers("/search", {"response": {"status": "ok", "total": 0, "results": []}})
    found, _ = await ask(Guardian, site.base_url, PORCARO, keys=KEYS, is_quick=True)
    assert found == []
    assert site.asked[0].query["page-size"] == "5"


@pytest.mark.parametrize(
    "wrong",
    [
        '{"response": {"status": "error", "message": "bad query"}}',
        '{"message": "Unauthorized"}',
        '{"response": {"status": "ok", "results": null}}',
        "<html></html>",
        "[]",
    ],
)
async def test_an_error_is_said_in_a_sentence(internet: Internet, wrong: str) -> None:
    site = await internet.site("guardian")
    site.answers("/search", wrong)
    with pytest.raises(SourceUnavailable, match="answered with"):
        await ask(Guardian, site.base_url, keys=KEYS)


def test_articles_without_text_or_address_are_left_out() -> None:
    assert len(parse_search(json.loads(body("guardian_search.json")))) == 2
    odd = [None, {"fields": []}, {"webUrl": "javascript:1", "fields": {"bodyText": "x"}}]
    assert parse_search({"response": {"results": odd}}) == []

"""Drummerworld: the page whose address the name gives away."""

from dataclasses import replace

import pytest

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist
from mididrumigen.sources.drummerworld import Drummerworld, is_ours, page_path
from tests.internet import Internet
from tests.sources.readers import PORCARO, Fetch, ask, body, claims

PAGE = "/drummers/Jeff_Porcaro.html"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("Jeff Porcaro", "Jeff_Porcaro.html"),
        ("Bernard \u201cPretty\u201d Purdie", "Bernard_Pretty_Purdie.html"),
        ("Jos\u00e9 Pasillas", "Jose_Pasillas.html"),
        ("Jean-Paul Gaster", "Jean-Paul_Gaster.html"),
        ("../../etc/passwd?x=1#y", "etcpasswdx1y.html"),
        ("\u6e21\u8fba", ""),
    ],
)
def test_the_page_is_called_after_the_drummer(name: str, page: str) -> None:
    assert page_path(name) == page


async def test_the_page_of_a_drummer_gives_evidence_and_a_missing_one_is_no_trouble(
    internet: Internet,
) -> None:
    site = await internet.site("drummerworld")
    site.answers(PAGE, body("drummerworld_page.html"))
    found, progress = await ask(Drummerworld, site.base_url)
    assert {evidence.url for evidence in found} == {site.base_url + PAGE}
    assert "ghost_share" in claims(found)
    assert progress.refused == []
    assert sorted(site.paths()) == [PAGE, "/drummers/Simon_Phillips.html"]


async def test_no_page_gives_nothing(internet: Internet) -> None:
    site = await internet.site("drummerworld")
    assert (await ask(Drummerworld, site.base_url, PORCARO))[0] == []
    assert site.paths() == [PAGE]
    assert (await ask(Drummerworld, site.base_url, Artist("\u6e21\u8fba")))[0] == []


async def test_a_page_about_somebody_else_and_a_broken_site_are_told(internet: Internet) -> None:
    site = await internet.site("drummerworld")
    site.answers(PAGE, body("drummerworld_page.html").replace("Porcaro", "Somebody"))
    found, progress = await ask(Drummerworld, site.base_url, PORCARO)
    assert found == []
    assert progress.refused == [(site.base_url + PAGE, "does not name Jeff Porcaro")]
    site.answers(PAGE, status=500)
    with pytest.raises(SourceUnavailable, match="500"):
        await ask(Drummerworld, site.base_url, PORCARO)
    forbidden = Fetch([site.base_url + PAGE])
    with pytest.raises(SourceUnavailable, match=r"robots\.txt"):
        await ask(Drummerworld, site.base_url, PORCARO, fetch=forbidden)


async def test_what_the_user_names_is_not_read_twice(internet: Internet) -> None:
    site = await internet.site("drummerworld")
    linked = "https://www.drummerworld.com/drummers/Jeff_Porcaro.html"
    artist = replace(PORCARO, links=(linked,))
    found, _ = await ask(Drummerworld, site.base_url, artist, urls=(linked,))
    assert found == []
    assert site.asked == []
    assert is_ours(linked)
    assert not is_ours("https://drummerworld.com.example/")

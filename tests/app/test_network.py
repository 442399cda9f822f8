"""Whether anybody outside is asked, and what a research finds of the network."""

import socket
import time
from pathlib import Path

import pytest

from mididrumigen.app import App, GenerateAsk
from mididrumigen.app.network import OFFLINE, REACH_S
from mididrumigen.config import SOURCE_NAMES, Config, find_paths, parse_config
from mididrumigen.errors import ResearchError
from mididrumigen.models import Inputs, Progress
from mididrumigen.sources.registry import SOURCES
from tests.internet import loopback


def config_at(address: str, **research: object) -> Config:
    """Every source at one address."""
    keys = ("base_url", "lookup_base_url", "sparql_base_url")
    sources = {name: dict.fromkeys(keys, address) for name in SOURCE_NAMES}
    return parse_config({"sources": sources, "research": research})


@pytest.fixture
def free_address() -> str:
    """An address of this machine where nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize(
    ("environ", "online", "is_on"), [("", True, True), ("1", True, False), ("", False, False)]
)
async def test_the_way_out_is_shut_by_the_setting_or_by_the_environment(
    environ: str,
    online: bool,
    is_on: bool,
    home: Path,
    free_address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(OFFLINE, environ)
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    async with App.open(config_at(free_address, online=online), paths) as app:
        assert app.network.is_on is is_on


async def test_without_a_network_a_research_says_so_at_once_and_playing_goes_on(
    home: Path, free_address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(OFFLINE)
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    async with App.open(config_at(free_address), paths) as app:
        began = time.monotonic()
        with pytest.raises(ResearchError, match="no network was reached"):
            await app.research("Nova Kane", Inputs(is_quick=True), Progress())
        assert time.monotonic() - began < REACH_S + 1
        result = await app.generate("Nova Kane", GenerateAsk(variations=1), tmp_path / "out")
        assert result.profile.basis == "unknown"
        assert any("no network was reached" in notice for notice in result.notices)


async def test_nobody_is_asked_where_the_way_out_is_shut(home: Path, tmp_path: Path) -> None:
    async with loopback() as internet:
        site = await internet.site("musicbrainz")
        paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
        async with App.open(
            config_at(site.base_url), paths
        ) as app:  # the tests' environment shuts it
            await app.generate("Nova Kane", GenerateAsk(variations=1), tmp_path / "out")
            with pytest.raises(ResearchError):
                await app.research("Nova Kane", Inputs(), Progress())
        assert site.asked == []


async def test_a_research_carries_keys_and_consent(
    home: Path, free_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCOGS_TOKEN", "a-token-of-nobody")
    paths = find_paths({"MIDIDRUMIGEN_HOME": str(home)})
    async with App.open(config_at(free_address), paths) as app:
        await app.setting_up.consent("bitmidi", True)
        tools = await app.network.tools(app._tools)
        assert tools.keys == {"discogs": "a-token-of-nobody"}
        assert tools.consent == {"bitmidi"}
        before = tools.fetch
        await app.setting_up.change({"contact": "me@example.org"})
        assert (await app.network.tools(app._tools)).fetch is not before


async def reaches(home: Path, urls: dict[str, str], other: str) -> bool:
    """What the program finds where some sites are at these addresses, and all others at `other`."""
    sources = {s.card.name: {"base_url": urls.get(s.card.name, other)} for s in SOURCES}
    config = parse_config({"sources": sources})
    async with App.open(config, find_paths({"MIDIDRUMIGEN_HOME": str(home)})) as app:
        return await app.network.reaches()


async def test_one_site_that_is_down_is_no_missing_network(home: Path) -> None:
    async with loopback() as internet:
        there, nobody = (await internet.site("any")).base_url, await internet.nobody()
        assert await reaches(home, {"musicbrainz": nobody}, there)
        assert await reaches(home, {"musicbrainz": "http://nowhere.invalid"}, there)
        assert await reaches(home, {"musicbrainz": there}, nobody)


async def test_where_nobody_listens_there_is_no_network(home: Path) -> None:
    async with loopback() as internet:
        nobody = await internet.nobody()
        began = time.monotonic()
        assert not await reaches(home, {}, nobody)
        assert time.monotonic() - began < 5

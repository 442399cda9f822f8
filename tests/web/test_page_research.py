"""The studio page: finding out about an artist, at a real daemon and a loopback internet."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mididrumigen.keys import KEYS
from tests.daemon import Daemon
from tests.internet import loopback
from tests.planted.running import ASKING, KEYED, plant
from tests.planted.ten import TEN, WORLD
from tests.web.studio import CHROMIUM, chromium, studio

pytest.importorskip("playwright", reason='pip install -e ".[browser]" brings it')
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="no Chromium here: chromium or google-chrome runs this"
    ),
]
FULL_MS = 240_000


@pytest.fixture
def addresses() -> Iterator[dict[str, str]]:
    """Where each source is asked in a world that is planted, in a loop of its own."""
    there: dict[str, str] = {}
    planted, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def world() -> None:
        async with loopback() as internet:
            await plant(internet, WORLD)
            there.update({name: internet.sites[name].base_url for name in ASKING})
            planted.set()
            await over.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(world()))
    thread.start()
    assert planted.wait(20)
    yield there
    loop.call_soon_threadsafe(over.set)
    thread.join()
    loop.close()


@pytest.fixture
def daemon(addresses: dict[str, str], tmp_path: Path) -> Iterator[Daemon]:
    """A daemon that asks that world and nobody else."""
    home = tmp_path / "home"
    home.mkdir()
    lines = ["contact = 'tests@example.org'", f"generation.output_dir = '{home / 'takes'}'"]
    for name, url in addresses.items():
        lines.append(f"[sources.{name}]\nbase_url = '{url}'")
        if name == "dbpedia":
            lines.append(f"lookup_base_url = '{url}'\nsparql_base_url = '{url}'")
    (home / "config.toml").write_text("\n".join(lines), "utf-8")
    keys = {KEYS[name].variable: f"key-of-{name}" for name in KEYED}
    with Daemon(home, env={"MIDIDRUMIGEN_OFFLINE": "", **keys}) as running:
        yield running


def test_an_unknown_artist_is_looked_up_played_and_found_out_about(daemon: Daemon) -> None:
    someone = TEN["rock drummer"]
    with chromium() as browser, studio(browser, daemon) as here:
        made = here.go().generate(someone.name)
        assert made["basis"] == "researched"  # the quick look
        here.page.wait_for_selector("#research")
        before = here.shown()
        here.page.click("#research")
        here.page.wait_for_selector(".research progress")
        here.page.wait_for_function(
            "before => studio.state.result.generation_id > before", arg=before, timeout=FULL_MS
        )
        here.page.wait_for_selector(".toast >> text=sources gave something")
        here.page.wait_for_selector("#style .plot")
        here.page.click("#style details.block > summary")
        here.page.click(".traits li:has-text('Late or early, snare') summary")
        because = here.page.inner_text(".because")
        assert "http" in because
        assert here.page.query_selector(".because blockquote") is not None
        here.page.click("#style summary:has-text('gave nothing')")
        assert "needs a free token" in here.page.inner_text("#style")


def test_a_research_that_is_stopped_keeps_what_it_found(daemon: Daemon) -> None:
    someone = TEN["producer"]
    with chromium() as browser, studio(browser, daemon) as here:
        here.go().generate(someone.name)
        here.page.wait_for_selector("#research")
        here.page.click("#research")
        here.page.click(".research >> text=Stop")
        here.page.wait_for_selector("text=Stopped; what was found is kept.")
        assert daemon.call("GET", f"/research/{someone.name}")["basis"] == "researched"

"""The studio page: setting up, taking away and bringing in, in a real Chromium at a real daemon."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.config import load_config
from tests.daemon import Daemon
from tests.web.studio import CHROMIUM, Studio, chromium, saved, studio

pytest.importorskip("playwright", reason='pip install -e ".[browser]" brings it')
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="no Chromium here: chromium or google-chrome runs this"
    ),
]
KEY = "an-invented-key-0123456789"
HOSTILE = "<img src=x onerror=alert(1)> & \"'`${alert(2)}</script><script>alert(3)</script>"


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a user who has Live, and a file manager that notes what it is to show."""
    folder = tmp_path_factory.mktemp("user")
    (folder / "Documents" / "Ableton" / "User Library").mkdir(parents=True)
    programs = folder / "bin"
    programs.mkdir()
    opener = programs / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{folder}/shown"\n')
    opener.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def daemon(user: Path) -> Iterator[Daemon]:
    env = {
        "HOME": str(user),
        "PATH": f"{user / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    with Daemon(user / "home", env=env) as running:
        yield running


@pytest.fixture(scope="module")
def browser(daemon: Daemon) -> Iterator[Any]:
    """After the daemon: Playwright's own loop runs as long as it does."""
    with chromium() as running:
        yield running


@pytest.fixture
def here(browser: Any, daemon: Daemon) -> Iterator[Studio]:
    with studio(browser, daemon) as one:
        yield one.go()


def set_up(here: Studio) -> None:
    here.page.click("nav >> text=Set up")
    here.page.wait_for_selector("#settings-save")
    here.page.wait_for_selector("text=Copy diagnostics")


def test_settings_are_saved_and_in_force_at_once(here: Studio, daemon: Daemon) -> None:
    set_up(here)
    here.page.fill("[name=contact]", "me@example.org")
    here.page.fill("[name=default_bars]", "3")
    here.page.select_option("[name=map]", "superior")
    here.page.fill("[name=folders]", "/music/one\n\n/music/two")
    here.page.uncheck("[name=online]")
    here.page.click("#settings-save")
    here.page.wait_for_selector(".toast >> text=Saved")
    config = load_config(daemon.home / "config.toml")
    assert (config.contact, config.generation.map) == ("me@example.org", "superior")
    assert config.research.online is False
    assert config.sources["local_midi"].folders == ("/music/one", "/music/two")
    here.expected = "status of 422"
    here.page.fill("[name=output_dir]", "~nobody-of-this-name/x")
    here.page.click("#settings-save")
    here.page.click("nav >> text=Studio")
    made = here.generate("John Bonham")
    assert (made["bars"], made["map"]) == (3, "superior")
    daemon.call(
        "PUT", "/settings", {"settings": {"generation": {"map": None, "default_bars": None}}}
    )


def test_a_key_is_kept_told_by_its_end_and_forgotten(here: Studio, daemon: Daemon) -> None:
    set_up(here)
    line = "li:has-text('Last.fm'):has(.key-form)"
    here.page.click(f"{line} summary")
    here.page.fill(f"{line} input[type=password]", KEY)
    here.page.click(f"{line} >> text='Keep'")
    here.page.wait_for_selector(f"{line} >> text=set, ends in 6789")
    assert json.loads((daemon.home / "keys.json").read_text("utf-8")) == {"lastfm": KEY}
    assert KEY not in here.page.content()
    here.page.click(f"{line} summary")
    here.page.click(f"{line} >> button:has-text('Forget it')")
    here.page.wait_for_selector(f"{line} >> text=not set")
    assert not (daemon.home / "keys.json").exists()


def test_a_source_is_switched_off_and_on(here: Studio, daemon: Daemon) -> None:
    set_up(here)
    for is_on in (False, True):
        here.page.set_checked("label:has-text('Your MIDI files') input", is_on)
        here.page.wait_for_function(
            "word => document.querySelector('#setup').innerText"
            ".match(/Your MIDI files\\s+(on|off)/)?.[1] === word",
            arg="on" if is_on else "off",
        )
        assert load_config(daemon.home / "config.toml").sources["local_midi"].enabled is is_on


def test_the_device_is_put_into_live_or_downloaded(
    here: Studio, user: Path, tmp_path: Path
) -> None:
    set_up(here)
    name, content = saved(here, "#device-download", tmp_path)
    here.page.click("#device-install")
    here.page.wait_for_selector("text=Max MIDI Effect.")
    [device] = (user / "Documents" / "Ableton" / "User Library").rglob(name)
    assert device.read_bytes() == content


def test_a_take_is_shown_in_the_file_manager_and_dragged_out(here: Studio, user: Path) -> None:
    made = here.generate("Ringo Starr")
    with here.page.expect_response("**/reveal") as answered:
        here.page.click("#reveal")
    assert answered.value.ok
    assert (user / "shown").read_text() == str(Path(made["midi_files"][0]).parent)
    dragged = here.page.evaluate(
        """() => {
          const data = new DataTransfer();
          const how = {dataTransfer: data, bubbles: true, cancelable: true};
          document.querySelector('.drag').dispatchEvent(new DragEvent('dragstart', how));
          return data.getData('DownloadURL');
        }"""
    )
    kind, name, url = dragged.split(":", 2)
    assert (kind, name) == ("audio/midi", Path(made["midi_files"][0]).name)
    assert here.page.request.get(url).body() == Path(made["midi_files"][0]).read_bytes()


def test_a_take_that_is_kept_is_kept_in_another_browser_too(
    here: Studio, browser: Any, daemon: Daemon
) -> None:
    here.generate("Tony Allen", variations="2")
    with here.page.expect_response("**/kept"):
        here.page.click("#keep")
    here.page.wait_for_selector("#keep[aria-pressed=true]")
    here.page.click(".take-tab:nth-child(2)")
    here.page.wait_for_selector("#keep[aria-pressed=false]")
    with studio(browser, daemon) as other:
        other.go().page.click("nav >> text=History")
        other.page.check("text=Only what I kept")
        other.page.wait_for_selector(".kept >> text=kept: 1")
        other.page.click(".generation")
        other.page.wait_for_selector("#keep[aria-pressed=true]")
        with other.page.expect_response("**/kept"):
            other.page.click("#keep")
        other.page.wait_for_selector("#keep[aria-pressed=false]")


def test_a_profile_goes_out_and_comes_in_and_its_hostile_evidence_stays_text(
    here: Studio, tmp_path: Path
) -> None:
    here.generate("Levon Helm")
    here.page.wait_for_selector("#style .plot")
    name, content = saved(here, "text=Save this profile", tmp_path)
    assert name == "Levon Helm - style.json"
    document = json.loads(content)
    document["artist"]["name"] = "Mallory Drums"
    for piece in document["evidence"]:
        piece |= {"quote": HOSTILE, "url": "javascript:alert(4)", "licence": HOSTILE}
        piece["value"]["about"] = HOSTILE
    here.page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], 'mallory.json'));
          const how = {dataTransfer: data, bubbles: true, cancelable: true};
          document.body.dispatchEvent(new DragEvent('drop', how));
        }""",
        json.dumps(document),
    )
    here.page.wait_for_function("() => studio.state.result?.artist === 'Mallory Drums'")
    here.page.wait_for_selector("text=The style of Mallory Drums")
    assert HOSTILE in here.page.inner_text("#style .description")
    here.page.click("#style details.block > summary")
    here.page.click(".traits li:first-child summary")
    assert HOSTILE in here.page.inner_text(".because")
    assert here.page.query_selector_all(".because a, main img, main script") == []

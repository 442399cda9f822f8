"""The stories of the studio page, in a real Chromium at a real daemon: from typing to a file."""

import asyncio
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mididrumigen.config import find_paths
from mididrumigen.drums import DRUMS, Voice
from mididrumigen.models import Artist
from mididrumigen.store import Store, queries
from tests.daemon import Daemon
from tests.takes import ROCK, midi_file_of, take_of
from tests.web.studio import CHROMIUM, Studio, chromium, saved, studio

pytest.importorskip("playwright", reason='pip install -e ".[browser]" brings it')
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not CHROMIUM, reason="no Chromium here: chromium or google-chrome runs this"
    ),
]
HOSTILE = "<img src=x onerror=alert(1)> & \"'`${alert(2)}</script><script>alert(3)</script>"


def played(seed: int, bars: int = 8) -> bytes:
    """A MIDI file of a drummer."""
    rng = Random(seed)
    take = take_of(ROCK, bars=bars, late_ms=lambda *_: rng.gauss(0, 6), seed=seed)
    return midi_file_of(take, bars)


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    """A daemon that knows two artists called Twins."""
    home = tmp_path_factory.mktemp("page") / "home"
    home.mkdir()

    async def two_of_a_name() -> None:
        store = await Store.open(find_paths({"MIDIDRUMIGEN_HOME": str(home)}).database)
        for who in ("a duo from Leeds", HOSTILE):
            await store.write(queries.add_artist, Artist("Twins", who), "2026-01-01T00:00:00+00:00")
        await store.close()

    asyncio.run(two_of_a_name())
    with Daemon(home) as running:
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


def text_of(here: Studio, selector: str) -> str:
    return str(here.page.inner_text(selector))


def test_from_typing_to_files_whose_bytes_are_those_of_the_api(
    here: Studio, daemon: Daemon, tmp_path: Path
) -> None:
    here.page.type("#artist", "john bonh")
    here.page.wait_for_selector("#artist-list li")
    assert "John Bonham" in text_of(here, "#artist-list")
    here.page.press("#artist", "ArrowDown")
    made = here.new(lambda: here.page.press("#artist", "Enter"))
    assert (made["artist"], len(made["clips"])) == ("John Bonham", 4)
    assert text_of(here, "#take-title") == "John Bonham"
    assert "built-in notes" in text_of(here, "#take .basis")

    here.page.keyboard.press("Escape")
    here.page.click(".take-tab:nth-child(3)")
    name, content = saved(here, "#download", tmp_path)
    with daemon.client() as client:
        files = [
            client.get(f"/generation/{made['generation_id']}/{n}.mid").content for n in range(1, 5)
        ]
    assert name == "John Bonham - Variation 3.mid"
    assert content == files[2] == Path(made["midi_files"][2]).read_bytes()
    name, content = saved(here, "#download-all", tmp_path)
    assert name == f"John Bonham - seed {made['seed']}.zip"
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert [archive.read(one) for one in archive.namelist()] == files


def test_what_the_controls_say_is_asked(here: Studio, daemon: Daemon) -> None:
    here.page.click("text=More controls")
    here.page.select_option("#ask [name=part]", "chorus")
    here.page.select_option("#ask [name=time_signature]", "3/4")
    here.page.select_option("#ask [name=map]", "addictive2")
    here.page.select_option("#ask [name=tracks]", "per-voice")
    here.page.fill("#ask [name=complexity]", "80")
    made = here.generate(
        "J Dilla",
        bars="2",
        tempo="101",
        variations="2",
        swing="58",
        seed="7",
        blend_name="Fela Kuti",
    )
    assert (made["bars"], made["tempo"], made["time_signature"]) == (2, 101, "3/4")
    assert (made["seed"], len(made["clips"])) == (7, 2)
    assert (made["map"], made["tracks"]) == ("addictive2", "per-voice")
    titles = {
        DRUMS[Voice(made["voices"][str(pitch)])].title for pitch, *_ in made["clips"][0]["notes"]
    }
    lanes = here.page.eval_on_selector_all(".lane-name", "all => all.map(x => x.textContent)")
    assert set(lanes) == titles
    assert made["artist"].startswith("J Dilla + ")
    [line] = daemon.call("GET", "/generations?limit=1")["generations"]
    assert line["request"]["part"] == "chorus"
    assert (
        line["request"]["controls"] | {"complexity": 80, "swing": 58} == line["request"]["controls"]
    )
    assert line["request"]["blend"]["amount"] == 0.4


def test_who_is_unknown_is_said_to_be_and_is_learnt_from_dropped_files(
    here: Studio, daemon: Daemon
) -> None:
    made = here.generate("Vera Quell")
    assert made["basis"] == "unknown"
    assert text_of(here, "#take .basis") == "Unknown artist"
    assert "Nothing is known about Vera Quell" in text_of(here, "#style")
    drop(here, [(f"take {n}.mid", played(n)) for n in range(3)] + [("notes.txt", b"no")])
    assert "no MIDI: 1" in text_of(here, "#drop-dialog")
    learnt = here.new(lambda: here.page.click("#drop-learn"))
    assert (learnt["artist"], learnt["basis"]) == ("Vera Quell", "researched")
    here.page.wait_for_selector("#style .plot")
    here.page.click("#style details.block > summary")
    here.page.click(".traits li:first-child summary")
    assert "local midi, midi" in text_of(here, ".because")


def drop(here: Studio, files: list[tuple[str, bytes]]) -> None:
    """Drop files on the page."""
    here.page.evaluate(
        """files => {
          const data = new DataTransfer();
          for (const [name, bytes] of files)
            data.items.add(new File([new Uint8Array(bytes)], name));
          const how = {dataTransfer: data, bubbles: true, cancelable: true};
          for (const kind of ['dragenter', 'dragover', 'drop'])
            document.body.dispatchEvent(new DragEvent(kind, how));
        }""",
        [[name, list(content)] for name, content in files],
    )
    here.page.wait_for_selector("#drop-dialog[open]")


def test_a_clip_is_played_as_the_artist_and_gone_on_with(here: Studio) -> None:
    for button, strokes_stay in (("#drop-play-as", True), ("#drop-continue", False)):
        here.page.fill("#artist", "J Dilla")
        drop(here, [("mine.mid", played(5, 2))])
        made = here.new(lambda button=button: here.page.click(button))
        assert made["artist"] == "J Dilla"
        assert (len(made["clips"]) == 1) is strokes_stay


def test_who_of_several_is_meant_is_asked(here: Studio) -> None:
    here.page.fill("#artist", "Twins")
    here.page.press("#artist", "Enter")
    here.page.wait_for_selector(".which")
    assert "a duo from Leeds" in text_of(here, ".which")
    assert HOSTILE in text_of(here, ".which")
    made = here.new(lambda: here.page.keyboard.press("Enter"))  # the first one has the focus
    assert made["artist"] == "Twins"


def test_hostile_names_and_evidence_stay_text(here: Studio, daemon: Daemon) -> None:
    made = here.generate(HOSTILE)
    assert text_of(here, "#take-title") == made["artist"]
    assert "<img" in made["artist"]
    assert here.page.query_selector_all("main img, main script") == []
    profile = daemon.call("GET", "/profile/Ringo Starr")
    for piece in profile["evidence"].values():
        piece |= {"quote": HOSTILE, "url": "javascript:alert(4)", "licence": HOSTILE}
    profile["description"] = profile["identity"]["player"] = HOSTILE
    profile["sources"]["web"] = {"state": "failed", "reason": HOSTILE, "found": 0}
    here.page.route("**/api/v1/profile/**", lambda route: route.fulfill(body=json.dumps(profile)))
    here.generate("Ringo Starr")
    here.page.wait_for_selector("#style .plot")
    assert HOSTILE in text_of(here, "#style .description")
    here.page.click("#style summary:has-text('gave nothing')")
    assert f"web: {HOSTILE}" in text_of(here, "#style")
    here.page.click("#style details.block > summary")
    here.page.click(".traits li:first-child summary")
    assert HOSTILE in text_of(here, ".because")
    assert "javascript:alert(4)" in text_of(here, ".because .address")
    assert here.page.query_selector_all(".because a, main img, main script") == []


def test_what_is_locked_stays_and_the_rest_is_new(here: Studio) -> None:
    first = here.generate("John Bonham", seed="3", variations="2")
    here.page.fill("#ask [name=seed]", "")
    here.page.click("[aria-label='Keep the kick when playing anew']")
    here.page.click("[aria-label='Keep bar 2']")
    assert "1 voice and 1 bar of take 1 stay" in text_of(here, ".locks")
    second = here.new(lambda: here.page.click("#reroll"))
    held = first["clips"][0]["notes"]
    kept = [n[:2] + n[3:] for n in held if n[0] == 36 or 4.1 < n[1] < 7.9]
    for clip in second["clips"]:
        notes = [n[:2] + n[3:] for n in clip["notes"]]
        assert all(n in notes for n in kept)
        assert notes != [n[:2] + n[3:] for n in held]
    assert "Lock voices or bars" in text_of(here, ".locks")
    third = here.new(lambda: here.page.click("#alike"))
    both = [n[:2] for n in second["clips"][0]["notes"] if n[0] in (36, 38)]
    assert all(n in [m[:2] for m in third["clips"][0]["notes"]] for n in both)


def test_a_stroke_is_changed_and_kept_as_a_new_generation(here: Studio, daemon: Daemon) -> None:
    made = here.generate("Phil Rudd", seed="3", variations="1")
    notes = made["clips"][0]["notes"]
    here.page.focus(".grid-scroll")
    here.page.keyboard.press("ArrowRight")  # selects the first stroke
    here.page.keyboard.press("ArrowRight")  # and the next one of its voice
    pitch = notes[0][0]
    index = [i for i, n in enumerate(notes) if n[0] == pitch][1]
    velocity = here.page.get_by_label("Velocity")
    assert velocity.input_value() == str(notes[index][3])
    velocity.fill("33")
    velocity.press("Tab")
    here.page.get_by_label("Late ms").fill("20")
    here.page.get_by_label("Late ms").press("Tab")
    edited = here.new(lambda: here.page.click("#save-edit"))
    changed = edited["clips"][0]["notes"]
    assert len(changed) == len(notes)
    [new] = [n for n in changed if n[0] == pitch and n[3] == 33]
    step = round(notes[index][1] * 4) / 4
    assert new[1] == pytest.approx(step + 0.020 * made["tempo"] / 60, abs=2 / 480)
    assert daemon.call("GET", f"/generation/{made['generation_id']}") == made
    here.page.click("text=Hands and feet")
    here.page.wait_for_function("() => studio.clip().limbs?.includes('right foot')")


def test_another_drummer_of_a_band_is_chosen(here: Studio) -> None:
    here.generate("Yes", variations="1")
    here.page.wait_for_selector("text=Alan White")
    assert "Bill Bruford drums." in text_of(here, "#style")
    made = here.new(lambda: here.page.click("#style button:has-text('Alan White')"))
    assert made["artist"] == "Yes"
    here.page.wait_for_selector("text=Alan White drums.")


def test_the_history_leads_back_and_knows_what_was_kept(here: Studio) -> None:
    made = here.generate("Tony Allen", seed="12", variations="2")
    here.page.click(".take-tab:nth-child(2)")
    here.page.click("text=Keep >> nth=-1")
    here.generate("Ringo Starr", seed="", variations="1")
    here.page.click("nav >> text=History")
    here.page.check("text=Only what I kept")
    here.page.wait_for_function("() => document.querySelectorAll('.generation').length === 1")
    assert "kept: 2" in text_of(here, ".generation")
    here.page.click(".generation")
    here.page.wait_for_function(
        "id => studio.state.result.generation_id === id",
        arg=made["generation_id"],
    )
    assert text_of(here, "#take-title") == "Tony Allen"


def test_a_long_task_is_cancelled(here: Studio, daemon: Daemon) -> None:
    here.page.fill("#artist", "Neil Peart")
    here.page.fill("#ask [name=bars]", "32")
    with here.page.expect_response(lambda r: "/generate" in r.url) as begun:
        here.page.press("#artist", "Enter")
    here.page.click("text=Cancel")
    task = daemon.finished(begun.value.json()["task_id"])
    assert task["status"] == "cancelled"
    assert here.page.query_selector(".working") is None


def test_a_daemon_that_is_gone_is_said_to_be_and_asked_again(browser: Any, tmp_path: Path) -> None:
    with Daemon(tmp_path / "home") as daemon, studio(browser, daemon) as here:
        here.go().expected = "ERR_CONNECTION_REFUSED"
        daemon.interrupt()
        here.page.fill("#artist", "John Bonham")
        here.page.press("#artist", "Enter")
        here.page.wait_for_selector(".problem")
        assert "does not answer" in text_of(here, ".problem")
        daemon.start()
        made = here.new(lambda: here.page.click("text=Try again"))
        assert made["artist"] == "John Bonham"

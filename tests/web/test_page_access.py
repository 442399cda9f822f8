"""The studio page for everybody: axe-core, contrast, keyboard, narrow windows, reduced motion."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.daemon import Daemon
from tests.web.studio import CHROMIUM, Studio, chromium, studio

THEME = Path(str(files("mididrumigen.web").joinpath("page", "theme.css"))).read_text("utf-8")


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


DARK, CHOSEN_LIGHT, SYSTEM_LIGHT = (
    colours(block) for block in re.findall(r":root[^{]*{(.*?)}", THEME, re.DOTALL)
)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [DARK, CHOSEN_LIGHT], ids=["dark", "light"])
def test_text_and_controls_stand_out_from_their_ground(theme: dict[str, str]) -> None:
    grounds = ("bg", "panel", "lane", "raised")
    ratios = {(name, on): contrast(theme[name], theme[on]) for on in grounds for name in theme}
    text = [ratios[name, on] for name in ("ink", "soft") for on in grounds]
    text += [
        contrast(theme["on-accent"], theme["accent"]),
        contrast(theme["ink"], theme["bad-ground"]),
    ]
    text += [ratios["bad", "panel"]]
    assert min(text) >= 4.5
    drums = ("kick", "snare", "hat", "ride", "crash", "tom", "percussion")
    controls = [ratios[name, on] for name in ("edge", "accent", "focus") for on in grounds]
    controls += [ratios[name, on] for name in drums for on in ("panel", "lane")]
    assert min(controls) >= 3
    print(f"lowest contrast: text {min(text):.2f}, controls and strokes {min(controls):.2f}")


def test_light_is_the_same_whether_chosen_or_the_systems() -> None:
    assert len(DARK) == len(CHOSEN_LIGHT) > 20
    assert CHOSEN_LIGHT == SYSTEM_LIGHT


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Daemon]:
    with Daemon(tmp_path_factory.mktemp("access") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def browser(daemon: Daemon) -> Iterator[Any]:
    pytest.importorskip("playwright", reason='pip install -e ".[browser]" brings it')
    with chromium() as running:
        yield running


def violations(here: Studio, axe: str) -> list[str]:
    """What axe-core finds on the page as it is."""
    here.page.evaluate(axe)
    found = here.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]} {json.dumps(node['any'][:1])[:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def use_everything(here: Studio) -> Iterator[str]:
    """The screens of the page, one after the other."""
    here.go()
    yield "first visit"
    here.page.click("[aria-controls=more]")
    here.page.wait_for_function("() => document.querySelector('#more').hidden === false")
    here.page.type("#artist", "john")
    here.page.wait_for_selector("#artist-list li")
    here.page.press("#artist", "ArrowDown")
    yield "completion"
    here.page.keyboard.press("Escape")
    here.generate("Yes", variations="2")
    here.page.wait_for_selector("#style .plot")
    here.page.wait_for_selector("#similar li, #similar:empty", state="attached")
    for summary in here.page.query_selector_all("summary"):
        summary.click()
    here.page.focus(".grid-scroll")
    here.page.keyboard.press("ArrowRight")
    yield "style and take"
    here.generate("Nobody Known Here")
    yield "unknown artist"
    here.expected = "status of 500"
    here.page.route("**/api/v1/generate", lambda route: route.fulfill(status=500, body="{}"))
    here.page.press("#artist", "Enter")
    here.page.wait_for_selector(".problem")
    yield "error"
    here.page.click("nav >> text=History")
    here.page.wait_for_selector(".generation")
    yield "history"
    here.page.click("nav >> text=Set up")
    here.page.wait_for_selector("text=Copy diagnostics")
    yield "set-up"


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1280), ("light", 1280), ("light", 400)])
@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: chromium or google-chrome")
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    browser: Any, daemon: Daemon, scheme: str, width: int
) -> None:
    axe = Path(pytest.importorskip("axe_playwright_python").__file__).with_name("axe.min.js")
    window = {"width": width, "height": 900}
    how = {
        "color_scheme": scheme,
        "viewport": window,
        "reduced_motion": "reduce",
    }  # no colour on its way
    with studio(browser, daemon, **how) as here:
        for screen in use_everything(here):
            assert violations(here, axe.read_text("utf-8")) == [], screen
            wide = here.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, screen


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: chromium or google-chrome")
def test_all_is_done_by_the_keyboard_alone(browser: Any, daemon: Daemon) -> None:
    with studio(browser, daemon, reduced_motion="reduce") as here:
        here.go()
        keys = here.page.keyboard
        assert here.page.evaluate("document.activeElement.id") == "artist"
        keys.type("Tony Allen")
        made = here.new(lambda: keys.press("Enter"))
        assert made["artist"] == "Tony Allen"
        seen = []
        for _ in range(60):
            keys.press("Tab")
            if here.page.evaluate("document.activeElement === document.body"):
                continue  # past the end of the page, before its beginning
            seen.append(
                here.page.evaluate(
                    """() => { const one = document.activeElement;
                    const ring = getComputedStyle(one);
                    return [one.id || one.getAttribute('aria-label') || one.textContent,
                      ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2]; }"""
                )
            )
        assert [name for name, has_ring in seen if not has_ring] == []
        reached = {name for name, _ in seen}
        assert {"generate", "play", "reveal", "download", "reroll"} <= reached
        here.page.focus("#play")
        keys.press(" ")
        assert here.page.get_attribute("#play", "aria-label") == "Play"  # it had begun by itself
        here.page.evaluate("document.activeElement.blur()")
        keys.press("3")
        assert here.page.evaluate("studio.state.take") == 3
        again = here.new(lambda: keys.press("r"))
        assert again["seed"] != made["seed"]
        keys.press("?")
        assert here.page.is_visible("#keys-dialog")
        keys.press("Escape")
        here.page.wait_for_selector("#keys-dialog", state="hidden")
        keys.press("/")
        assert here.page.evaluate("document.activeElement.id") == "artist"
        assert here.page.evaluate("document.getAnimations().length") == 0

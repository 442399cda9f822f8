"""The studio page in a real Chromium, for tests: what it asks, what its console says, what a person
does with it.
"""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.daemon import Daemon

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WITHIN_MS = 20_000


class Studio:
    """The page at a daemon. What should not happen is gathered in `wrong`."""

    def __init__(self, page: Any, daemon: Daemon) -> None:
        self.page, self.daemon = page, daemon
        self.wrong: list[str] = []
        self.expected = ""
        """What the browser itself may say on the console, where a test makes a call fail."""
        page.set_default_timeout(WITHIN_MS)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("console", self._said)
        page.on("request", self._asks)
        page.on("dialog", lambda dialog: self.wrong.append(f"dialog: {dialog.message}"))

    def _said(self, message: Any) -> None:
        is_expected = self.expected and self.expected in message.text
        if message.type in ("error", "warning") and not is_expected:
            self.wrong.append(f"console: {message.text}")

    def _asks(self, request: Any) -> None:
        url = urlsplit(request.url)
        if url.scheme != "blob" and f"{url.scheme}://{url.netloc}" != self.daemon.origin:
            self.wrong.append(f"asked {request.url}")

    def go(self, place: str = "") -> "Studio":
        """Open the page."""
        self.page.goto(f"{self.daemon.origin}/{place}")
        self.page.wait_for_selector("#generate, .screen:not([hidden]) h1")
        self.page.evaluate("import('/page/state.js').then((m) => { globalThis.studio = m; })")
        return self

    def shown(self) -> int:
        """Id of the generation that is shown."""
        return int(self.page.evaluate("studio.state.result?.generation_id ?? 0"))

    def new(self, does: Any) -> dict[str, Any]:
        """The generation that comes of something that a person does, as the API has it."""
        before = self.shown()
        does()
        self.page.wait_for_function(
            "before => (studio.state.result?.generation_id ?? 0) > before", arg=before
        )
        answer: dict[str, Any] = self.daemon.call("GET", f"/generation/{self.shown()}")
        return answer

    def generate(self, name: str, **fields: str) -> dict[str, Any]:
        """Type a name, fill fields of the form in, and press Enter."""
        if fields and self.page.is_hidden("#more"):
            self.page.click("[aria-controls=more]")
        self.page.fill("#artist", name)
        for field, value in fields.items():
            self.page.fill(f"#ask [name={field}]", value)
        return self.new(lambda: self.page.press("#artist", "Enter"))


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def studio(browser: Any, daemon: Daemon, **context: Any) -> Iterator[Studio]:
    """A page with a memory of its own; at the end nothing may have gone wrong."""
    with contextlib.closing(browser.new_context(accept_downloads=True, **context)) as visit:
        here = Studio(visit.new_page(), daemon)
        yield here
        assert here.wrong == [], here.wrong


def saved(here: Studio, click: str, folder: Path) -> tuple[str, bytes]:
    """(name, content) of the file that a click downloads."""
    with here.page.expect_download() as coming:
        here.page.click(click)
    target = folder / "download"
    coming.value.save_as(target)
    return coming.value.suggested_filename, target.read_bytes()

"""The log: lines of JSON, no secrets, no file that grows for ever."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from mididrumigen.app import log as module
from mididrumigen.app.log import KEPT, log_to
from mididrumigen.errors import OutputError

_log = logging.getLogger("mididrumigen.somewhere")


def lines(path: Path) -> list[dict[str, Any]]:
    """Every line of a log."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_an_event_is_a_line_of_json_with_time_level_and_place(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there" / "x.log"
    with log_to(path):
        _log.info("began %s with %d files", "Björk 🥁", 3)
        logging.getLogger("a library").warning("two\nlines")
    first, second = lines(path)
    assert first.pop("timestamp").endswith("Z")
    assert first == {
        "event": "began Björk 🥁 with 3 files",
        "level": "info",
        "logger": "mididrumigen.somewhere",
    }
    assert (second["event"], second["level"]) == ("two\nlines", "warning")


def test_an_exception_is_told_without_the_values_of_variables(tmp_path: Path) -> None:
    def inner(password: str) -> None:
        copied = f"again {password}"
        raise ZeroDivisionError(f"a reason of {len(copied)} letters")

    path = tmp_path / "x.log"
    with log_to(path):
        try:
            inner("hunter-2-hunter")
        except ZeroDivisionError:
            _log.exception("it broke")
    [line] = lines(path)
    assert (line["event"], line["level"]) == ("it broke", "error")
    [told] = line["exception"]
    assert (told["exc_type"], told["exc_value"]) == (
        "ZeroDivisionError",
        "a reason of 21 letters",
    )
    assert told["frames"][-1]["name"] == "inner"
    assert "hunter-2" not in path.read_text("utf-8")


def test_an_error_handed_over_is_told_with_its_causes(tmp_path: Path) -> None:
    def fail() -> None:
        try:
            raise OSError("the cause")
        except OSError as error:
            raise ValueError("the effect") from error

    path = tmp_path / "x.log"
    with log_to(path):
        try:
            fail()
        except ValueError as error:
            _log.warning("a file broke the reader", exc_info=error)
    [line] = lines(path)
    assert [told["exc_value"] for told in line["exception"]] == ["the effect", "the cause"]


def test_what_cannot_be_json_is_told_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    with log_to(path):
        _log.info("an object %s and bytes %r", object, b"\xff")
        _log.info(Path("a message that is no text"))
    assert [line["level"] for line in lines(path)] == ["info", "info"]


def test_a_file_is_turned_over_before_it_grows_large_and_old_ones_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 2000)
    path = tmp_path / "x.log"
    with log_to(path):
        for number in range(200):
            _log.info("event %04d %s", number, "x" * 50)
    files = sorted(tmp_path.iterdir())
    assert len(files) == KEPT + 1
    assert max(file.stat().st_size for file in files) <= 2000
    assert lines(path)[-1]["event"].startswith("event 0199")
    numbers = sorted(int(line["event"].split()[1]) for file in files for line in lines(file))
    assert numbers == list(range(numbers[0], 200))  # none of the latest is missing


def test_a_new_log_goes_on_where_the_old_one_ended(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    for event in ("first", "second"):
        with log_to(path):
            _log.info(event)
    assert [line["event"] for line in lines(path)] == ["first", "second"]


def test_after_the_block_logging_is_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    path = tmp_path / "x.log"
    with pytest.raises(ZeroDivisionError), log_to(path):
        raise ZeroDivisionError
    assert (root.level, list(root.handlers)) == before
    _log.warning("too late")
    assert lines(path) == []


def test_what_is_below_the_level_and_every_address_a_library_asks_is_left_out(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.log"
    with log_to(path):
        _log.debug("small talk")
        logging.getLogger("httpx").info("GET https://example.org/?key=hunter-2")
        logging.getLogger("httpcore.http11").info("send_request_headers")
    assert lines(path) == []
    with log_to(path, logging.DEBUG):
        _log.debug("small talk")
    assert [line["event"] for line in lines(path)] == ["small talk"]


def test_a_log_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    with (
        pytest.raises(OutputError, match=r"the log .*x\.log cannot be written"),
        log_to(tmp_path / "logs" / "x.log"),
    ):
        pytest.fail("there is no log")
    (tmp_path / "more").mkdir()
    with (
        pytest.raises(OutputError, match="cannot be written"),
        log_to(tmp_path / "more"),
    ):
        pytest.fail("there is no log")

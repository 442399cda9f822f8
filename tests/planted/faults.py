"""What can go wrong with a site, one after the other.

Conventions: a fault is put over everything that the site says, from the first request on. Where a
fault is one of the body it is made of what the site would have said.
"""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from typing import Any

from tests.internet import Answer, Asked, Site

Teller = Callable[[Asked], Any]

UNPACKED_BYTES = 200_000_000
NOWHERE = "http://nowhere.invalid"
"""A base address whose name has no address."""


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * UNPACKED_BYTES, 9)


def nulls(body: Any) -> Any:
    """A body whose every field is there and null."""
    if isinstance(body, dict):
        return {key: nulls(value) for key, value in body.items()}
    if isinstance(body, list):
        return [nulls(each) for each in body]
    return None if not isinstance(body, Answer) else body


def bare(body: Any) -> Any:
    """A body whose lists are there, of objects without a field."""
    if isinstance(body, dict):
        return {key: bare(value) for key, value in body.items() if isinstance(value, dict | list)}
    if isinstance(body, list):
        return [{} if isinstance(each, dict) else each for each in body]
    return body


def _round(asked: Asked) -> Answer:
    return Answer("", 302, {"Location": "/there" if asked.path != "/there" else "/back"})


def _onwards(asked: Asked) -> Answer:
    step = int(asked.path.removeprefix("/step/")) if asked.path.startswith("/step/") else 0
    return Answer("", 302, {"Location": f"/step/{step + 1}"})


def _after(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def _of(change: Callable[[Any], Any], teller: Teller) -> Teller:
    def told(asked: Asked) -> Any:
        body = teller(asked)
        # A page of nothing is what a null is to JSON.
        return "<html><body></body></html>" if isinstance(body, str) else change(body)

    return told


def put(fault: str, site: Site, teller: Teller) -> None:
    """From now on this goes wrong with everything that a site says."""
    page = "<html><body><h1>We will be back soon</h1></body></html>"
    answers: dict[str, Answer] = {
        "429 with seconds": Answer({"error": "busy"}, 429, {"Retry-After": "2"}),
        "429 with a date": Answer({"error": "busy"}, 429, {"Retry-After": _after(7200)}),
        "429": Answer({"error": "busy"}, 429),
        "403": Answer({"error": "no"}, 403),
        "500": Answer(page, 500),
        "503": Answer({"error": "down"}, 503),
        "nulls": Answer(_of(nulls, teller)),
        "missing fields": Answer(_of(bare, teller)),
        "null": Answer(b"null", 200, {"Content-Type": "application/json"}),
        "HTML for JSON": Answer(page),
        "100 MB": Answer(b"x", fault="vast"),
        "gzip bomb": Answer(b"", 200, {"Content-Encoding": "gzip"}),
        "endless stream": Answer(b"[" * 65536, fault="endless"),
        "redirect loop": Answer(_round),
        "redirects without end": Answer(_onwards),
        "never answers": Answer(fault="silence"),
        "hangs up": Answer(fault="hang up"),
        "cut short": Answer(b'{"artists": [', fault="cut short"),
    }
    answer = answers[fault]
    if fault == "gzip bomb":
        answer = Answer(_bomb(), 200, {"Content-Encoding": "gzip"})
    site.answers_in_turn("*", [answer])


FAULTS = (
    *("429 with seconds", "429 with a date", "429", "403", "500", "503", "nulls"),
    *("missing fields", "null", "HTML for JSON", "100 MB", "gzip bomb", "endless stream"),
    *("redirect loop", "redirects without end", "never answers", "hangs up", "cut short"),
    "no such name",
)
OF_THE_BODY = frozenset({"nulls", "missing fields", "null", "HTML for JSON"})
"""These may be an answer of a site that knows nothing: empty, and no failure."""
PASSING = frozenset({"429 with seconds", "429", "503", "hangs up", "cut short"})
"""After these another try is worth it, three together at most."""

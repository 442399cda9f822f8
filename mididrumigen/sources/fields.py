"""Fields of what a site answered, whatever stands in them.

Conventions: nothing here raises. What is missing, null or of another type than it should be is
empty: "" for text, None for numbers, no rows. Sites write numbers as text, one row for a list of
one, and lists without end.
"""

import math
import re
from collections.abc import Mapping
from typing import Any

from mididrumigen.models.request import TEMPO_RANGE_BPM

MAX_ROWS = 500
"""Rows of one answer that are looked at."""

_MAX_TEXT = 300
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_YEAR = re.compile(r"\s*((?:19|20)\d\d)\b")


def at(value: object, *path: str) -> Any:
    """What stands at a path of keys; None where it breaks off."""
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def rows(value: object) -> list[Mapping[str, Any]]:
    """The objects of a list, `MAX_ROWS` at most; an object that stands alone is a list of one."""
    found = value if isinstance(value, list) else [value]
    return [each for each in found[:MAX_ROWS] if isinstance(each, Mapping)]


def text(value: object, limit: int = _MAX_TEXT) -> str:
    """Text or a whole number as text in one line, `limit` characters at most."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    if not isinstance(value, str):
        return ""
    return " ".join(_sound(value[:limit]).split())


def paragraphs(value: object, limit: int) -> str:
    """Long text as it is, `limit` characters at most."""
    return _sound(value[:limit]).strip() if isinstance(value, str) else ""


def _sound(told: str) -> str:
    """Text without halves of characters, which JSON can hold and a database cannot."""
    return told.encode("utf-8", "replace").decode().replace("\0", " ")


def number(value: object) -> float | None:
    """A finite number, also written as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def tempo_bpm(value: object) -> float | None:
    """A tempo that music has, 30-300; the 0 with which sites say "not known" is none."""
    found = number(value)
    low, high = TEMPO_RANGE_BPM
    return round(found, 2) if found is not None and low <= found <= high else None


def count(value: object) -> int:
    """A number of votes or the like, 0 where none is told."""
    return round(min(max(number(value) or 0.0, 0.0), 1e9))


def year(value: object) -> int | None:
    """The year with which a date begins, 1900-2099."""
    found = _YEAR.match(text(value))
    return int(found[1]) if found else None


def uuid(value: object) -> str:
    """A MusicBrainz or other UUID in lower case."""
    found = text(value).lower()
    return found if _UUID.fullmatch(found) else ""


def isrc(value: object) -> str:
    """An ISRC without hyphens, in upper case."""
    found = text(value).upper().replace("-", "").replace(" ", "")
    return found if _ISRC.fullmatch(found) else ""


def identifier(value: object) -> str:
    """What a site calls a thing by, where it can stand in an address as it is."""
    found = text(value)
    return found if _ID.fullmatch(found) else ""


def address(value: object, *beginnings: str) -> str:
    """A web address that begins with one of `beginnings`, so that nobody is led elsewhere."""
    found = text(value)
    return found if found.startswith(beginnings) and " " not in found else ""

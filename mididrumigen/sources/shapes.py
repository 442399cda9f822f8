"""JSON and markup from strangers -> what can be relied on.

Conventions: what is not as a site describes it is left out where it is one item, and raises
SourceUnavailable where it is the whole answer, with the site's own words if it says any.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from mididrumigen.errors import SourceUnavailable

_MAX_COMPLAINT = 120
_HEADING = re.compile(
    r"<(?:jats:)?title>\s*(?:abstract|summary)\s*</(?:jats:)?title>", re.IGNORECASE
)
_BLOCK = re.compile(r"</?(?:jats:)?(?:p|title|sec|list|list-item|disp-quote)(?:\s[^<>]*)?/?>")
_TAG = re.compile(r"</?[a-zA-Z][\w:.-]*(?:\s[^<>]*)?/?>")


def listed(body: object, *keys: str, site: str) -> list[Mapping[str, Any]]:
    """The objects of the list that is found by `keys` one below the other, one object as a list of
    itself; raises SourceUnavailable where there is none. `site`: what people call it.
    """
    found = body
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    if isinstance(found, dict):
        found = [found]
    if not isinstance(found, list):
        told = complaint(body)
        raise SourceUnavailable(
            f"{site} answered with {f'an error: {told}' if told else 'something unexpected'}"
        )
    return [item for item in found if isinstance(item, dict)]


def complaint(body: object) -> str:
    """What an error says in one of the usual shapes; empty where nothing is said."""
    for key in ("error", "message", "response"):
        told = body.get(key) if isinstance(body, dict) else None
        if isinstance(told, list):
            told = next(iter(told), None)
        if isinstance(told, dict):
            told = complaint(told)
        if isinstance(told, str) and told:
            return plain(told)[:_MAX_COMPLAINT]
    return ""


def plain(markup: object) -> str:
    """Text of what may be HTML or JATS, paragraphs divided by empty lines; words that markup runs
    through stay whole, the heading "Abstract" is left out. Empty where it is no text.
    """
    if not isinstance(markup, str):
        return ""
    text = _BLOCK.sub("\n\n", _HEADING.sub("", markup))
    text = unescape(_TAG.sub("", text))
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.strip())

"""Secrets of a call, and addresses without them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus

if TYPE_CHECKING:
    from httpx import URL

_PART_CHARS = 8
"""A part of a header ("Token abc...") this long is a secret of its own; shorter ones are words."""
_TIMES_QUOTED = 5
"""A site may quote an address within an address."""


class Secrets:
    """Keys, tokens and passwords."""

    def __init__(self, params: Mapping[str, str] | None = None, values: Iterable[str] = ()) -> None:
        """Those of an address's parameters, and others."""
        self._names = frozenset(params or {})
        parts = {value for value in (*(params or {}).values(), *values) if value}
        for value in tuple(parts):
            parts.update(p for p in re.split(r"[\s=\"',;]+", value) if len(p) >= _PART_CHARS)
        self._values = frozenset(parts)

    def __bool__(self) -> bool:
        return bool(self._values)

    def are_in(self, text: str) -> bool:
        """Whether any of them is, quoted in whatever way."""
        return any(value in form for form in _forms(text) for value in self._values)

    def are_in_bytes(self, body: bytes) -> bool:
        """Whether any of them stands in a body."""
        return any(value.encode() in body for value in self._values)

    def hide(self, url: "URL") -> str:
        """An address without any of them: what holds one is left out."""
        url = url.copy_with(userinfo=b"", fragment=None)
        params = url.params.multi_items()
        open_params = [
            (name, value)
            for name, value in params
            if name not in self._names and not self.are_in(f"{name} {value}")
        ]
        if len(open_params) < len(params):
            # None rather than an empty list, which would leave a question mark.
            url = url.copy_with(params=open_params or None)
        if self.are_in(str(url)):
            url = url.copy_with(path="/", query=None)
        return "" if self.are_in(str(url)) else str(url)


def _forms(text: str) -> Iterator[str]:
    """A text, and what it reads like when its quoting is undone, both ways."""
    for undo in (unquote, unquote_plus):
        form = text
        for _ in range(_TIMES_QUOTED):
            yield form
            if (form := undo(before := form)) == before:
                break

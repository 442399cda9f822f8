"""robots.txt: what a site lets programs read, by RFC 9309.

Conventions: rules are those of our own name, else those for everyone; the longest pattern that
matches decides, and between equal ones the one that allows. A site without the file (4xx) allows
everything; one that cannot be asked for it allows nothing for now. `Crawl-delay` is no part of the
RFC, but plainly meant.
"""

import asyncio
import math
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote
from weakref import WeakValueDictionary

from mididrumigen.errors import SourceUnavailable

OUR_NAME = "mididrumigen"
MAX_BYTES = 512_000
"""Of the file; the RFC asks for 500 KiB at least."""
_KEPT_S = 86_400.0
_FAILURE_KEPT_S = 300.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site says to us."""

    patterns: tuple[tuple[str, bool], ...] = ()
    """(pattern, allows) in the file's order."""
    delay_s: float = 0.0
    """Between two pages."""

    def allow(self, path: str) -> bool:
        """Whether a path, with its query and as it is sent, may be read."""
        path = _plain(path)
        matching = [(len(p), allows) for p, allows in self.patterns if _matches(p, path)]
        return path == "/robots.txt" or max(matching, default=(0, True))[1]


def parse_rules(text: str) -> Rules:
    """The rules for us in a robots.txt, whatever else it is."""
    ours: list[tuple[str, str]] = []
    everyones: list[tuple[str, str]] = []
    are_we_named = False
    names: list[str] = []
    is_group_begun = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if is_group_begun:
                names, is_group_begun = [], False
            name = re.match(r"[a-z_-]*", value.lower())
            names.append("*" if value == "*" else name[0] if name else "")
            are_we_named = are_we_named or names[-1] == OUR_NAME
        elif key in ("allow", "disallow", "crawl-delay"):
            is_group_begun = True
            if OUR_NAME in names:
                ours.append((key, value))
            if "*" in names:
                everyones.append((key, value))
    rules = ours if are_we_named else everyones
    return Rules(
        # An empty pattern says nothing.
        tuple((_plain(value), key == "allow") for key, value in rules if key[0] != "c" and value),
        max((_delay_s(value) for key, value in rules if key[0] == "c"), default=0.0),
    )


def _delay_s(value: str) -> float:
    try:
        delay_s = float(value)
    except ValueError:
        return 0.0
    return delay_s if math.isfinite(delay_s) and delay_s > 0 else 0.0


def _plain(path: str) -> str:
    """A path in the one spelling in which two are compared: quoted where it must be, and only
    there.
    """

    def spelt(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        is_plain = character.isascii() and (character.isalnum() or character in "-._~")
        return character if is_plain else found[0].upper()

    return quote(re.sub("%([0-9a-fA-F]{2})", spelt, path), safe="%/:?#[]@!$&'()*+,;=~")


def _matches(pattern: str, path: str) -> bool:
    """Whether a path begins as a pattern says, in which `*` is anything and a last `$` the end;
    without a regular expression, which a pattern of many stars would hold up.
    """
    is_whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    if not rest:
        return not is_whole or path == first
    at = len(first)
    for piece in rest[:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if is_whole:
        return path.endswith(rest[-1]) and at <= len(path) - len(rest[-1])
    return path.find(rest[-1], at) >= 0


class Robots:
    """The rules of sites, each asked for once a day."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: dict[str, tuple[float, Rules | SourceUnavailable]] = {}
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def rules(self, origin: str, ask: Callable[[], Awaitable[str]]) -> Rules:
        """The rules of an origin; `ask` brings its file, empty where it has none. Raises
        SourceUnavailable, as `ask` does.
        """
        lock = self._asking.setdefault(origin, asyncio.Lock())
        async with lock:
            now = self._clock()
            self._known = {o: known for o, known in self._known.items() if known[0] > now}
            if origin not in self._known:
                try:
                    self._known[origin] = (now + _KEPT_S, parse_rules(await ask()))
                except SourceUnavailable as error:
                    self._known[origin] = (now + _FAILURE_KEPT_S, error)
            found = self._known[origin][1]
        if isinstance(found, SourceUnavailable):
            raise SourceUnavailable(found.message, found.hint) from found
        return found

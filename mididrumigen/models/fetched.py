"""What a site is to us, and what it answered: the contract between the sources and `fetch`.

Conventions: a source asks through `Fetching` alone, with its own card; pacing, tries, limits, cache
and robots.txt are the business of `fetch`. Addresses are whole; secrets go apart, so that they
never reach a cache key, a log or an error.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models.evidence import EvidenceKind

Keeping = Literal["metadata", "search", "never"]
"""How long a body is kept on disk: `[cache] ttl_days`, at most 7 days, not at all. Article pages
are never kept.
"""


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What a person and `fetch` must know about a site."""

    name: str
    """As in `[sources.NAME]`."""
    kind: EvidenceKind
    title: str
    """What people call it."""
    base_url: str = ""
    """Where it is asked, without `[sources.NAME] base_url`; empty for what asks nobody."""
    licence: str = ""
    """Under what its data may be used, and whom to credit."""
    per_second: float = 1.0
    """Requests a second at most."""
    at_once: int = 1
    """Requests under way at most."""
    is_local: bool = False
    """True where nobody outside this machine is asked."""
    is_slow: bool = False
    """True where a quick research does without it."""
    each_host: bool = False
    """True where pacing counts a host, as for article pages."""
    asks_robots: bool = False
    """True where robots.txt is asked before a page."""
    key: str = ""
    """Name of its key, as in `keys set NAME`; empty: it has none."""
    needs_key: bool = False
    """True where it answers nobody without one."""
    needs_address: bool = False
    """True where the user must say where it is: `[sources.NAME] base_url`."""
    consent: str = ""
    """What the user must say yes to first, as a sentence, since its terms or its robots.txt forbid
    automated download; empty: it may be asked.
    """
    paced_as: str = ""
    """Name of a pace that several sources share, as those of one platform; empty: its own."""
    per_second_nameless: float = 0.0
    """Requests a second at most while the user gives no contact; 0: no other than with one."""
    tries: int = 3
    """How often one answer is asked for at most, where another try is worth it."""
    rest_s: float = 300.0
    """How long it is left alone after it refused us and named no time."""
    max_bytes: int = 8_000_000
    """Bytes of a body at most, as sent and as unpacked."""


@dataclass(frozen=True, slots=True)
class Turn:
    """When a site may be asked."""

    at: float
    """In seconds since 1970."""
    refusal: str = ""
    """Why not before, as what follows the site's name; empty for an ordinary turn."""


class Waits(Protocol):
    """Who waits for what, for all processes of a home and over their ends. A key is what is paced
    as one: a source, or a host of it. Times are seconds since 1970.
    """

    async def turn(self, key: str, now: float, every_s: float) -> Turn:
        """The next free turn, which is taken by this; or until when the site is left alone."""
        ...

    async def hold(self, key: str, until: float) -> None:
        """Give no turn before a time; one that is already further off stays so."""
        ...

    async def rest(self, key: str, until: float, why: str) -> None:
        """Leave a site alone until a time; `why` follows its name in a sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site answered."""

    url: str
    """Where the body is from in the end, without secrets."""
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    """By lower-case name."""
    is_cached: bool = False

    @property
    def text(self) -> str:
        """The body as text, in the charset that its header names or in UTF-8; never fails."""
        found = self.headers.get("content-type", "").lower().partition("charset=")[2]
        try:
            return self.body.decode(found.strip(" \"';") or "utf-8", "replace")
        except LookupError:
            return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON; raises SourceUnavailable where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            what = "a web page" if self.body.lstrip()[:1] == b"<" else "something"
            raise SourceUnavailable(f"answered with {what} that is no JSON") from error


class Fetching(Protocol):
    """The way out to the network."""

    async def get(
        self,
        card: SourceCard,
        url: str,
        *,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
        secret_params: Mapping[str, str] | None = None,
        secret_headers: Mapping[str, str] | None = None,
        keep: Keeping = "metadata",
        accept: frozenset[int] = frozenset({200}),
    ) -> Fetched:
        """The answer of `url` with a status in `accept`; raises SourceUnavailable, in a sentence
        for the user, for every other outcome. Waits for its turn, tries at most three times.
        """
        ...

    async def refused(
        self, card: SourceCard, url: str, why: str, rest_s: float | None = None
    ) -> SourceUnavailable:
        """What to raise where an answer turned out to be a refusal ("has no quota left for us"):
        whoever asks next is told the same for `rest_s` seconds, else the card's.
        """
        ...

"""What Wikipedia and Wikidata share: the API of MediaWiki, and its errors.

Conventions: `maxlag` asks not to be served while the servers are behind; serial requests, format
version 2. Errors come with HTTP 200 as `{"error": {"code", "info"}}`.
https://www.mediawiki.org/wiki/API:Etiquette
"""

from collections.abc import Mapping
from typing import Any

from mididrumigen.errors import SourceUnavailable
from mididrumigen.models.fetched import Keeping
from mididrumigen.sources.fields import at, rows, text
from mididrumigen.sources.site import Site

_MAX_LAG_S = 5
_NO_TITLE = frozenset("#<>[]{}|\n\t")


class MediaWiki(Site):
    """A source that asks one wiki."""

    async def query(
        self, params: Mapping[str, str | int], *, keep: Keeping = "metadata"
    ) -> Mapping[str, Any]:
        """The answer to `params`; raises SourceUnavailable."""
        whole = {"format": "json", "formatversion": 2, "maxlag": _MAX_LAG_S, **params}
        return checked(await self.ask("/w/api.php", whole, keep=keep), self.card.title)

    async def find(self, words: str, limit: int) -> list[str]:
        """Titles that a search finds, the best first; raises SourceUnavailable."""
        words = words.replace("\\", " ")
        params: dict[str, str | int] = {"action": "query", "list": "search", "srprop": ""}
        params |= {"srsearch": words, "srlimit": limit}
        return parse_titles(await self.query(params, keep="search"))


def is_title(name: str) -> bool:
    """Whether a page can have this title; a bar would make two of one."""
    return bool(name.strip()) and not _NO_TITLE & set(name)


def checked(body: Any, title: str) -> Mapping[str, Any]:
    """The body; raises SourceUnavailable where it is an error, or no answer of this API."""
    if not isinstance(body, Mapping):
        raise SourceUnavailable(f"{title} answered with something that is no answer to a query")
    error = body.get("error")
    if error is None:
        return body
    if at(error, "code") == "maxlag":
        raise SourceUnavailable(f"{title} is busy and asks to come back later")
    told = text(at(error, "info")) or text(at(error, "code")) or text(error)
    raise SourceUnavailable(f"{title} says: {told or 'an error'}")


def parse_titles(body: Any) -> list[str]:
    """Titles of a search."""
    titles = [text(row.get("title")) for row in rows(at(body, "query", "search"))]
    return [title for title in titles if title]

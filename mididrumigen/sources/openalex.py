"""OpenAlex: abstracts of papers, as an index of their words.

Address: https://api.openalex.org (`/works`); a key is optional. CC0. Traps: an abstract is given as
{word: [positions]}; without a key ten cents a day are free, which are a hundred searches, and a
wrong key is refused where none would do. What is left of the day stands in seconds in
`x-ratelimit-reset`. Pacing: 1 a second.
"""

from collections.abc import AsyncGenerator
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Fetched, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.papers import Paper, doi_url, from_searches
from mididrumigen.sources.press import host_of
from mididrumigen.sources.shapes import listed, plain
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="openalex",
    kind="paper",
    title="OpenAlex",
    base_url="https://api.openalex.org",
    licence="abstract: its publisher's, quoted in at most 25 words; metadata by OpenAlex (CC0)",
    key="openalex",
    is_slow=True,
)
_A_PAGE = 25
_DAY_S = 86_400.0
_MAX_WORDS = 5000
"""Of an abstract; the positions of a broken one may be anything."""


class OpenAlex:
    """Papers that name the artist or its drummers."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._works = (settings.base_url or CARD.base_url).rstrip("/") + "/works"
        self._tools = tools

    def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the abstracts."""
        return from_searches(self._search, CARD, self._tools, artist, inputs, progress)

    async def _search(self, query: str) -> list[Paper]:
        key = self._tools.keys.get(CARD.key)
        answer = await self._tools.fetch.get(
            CARD,
            self._works,
            params={
                "search": query,
                "per_page": _A_PAGE,
                "select": "id,doi,title,abstract_inverted_index",
            },
            secret_params={"api_key": key} if key else None,
            keep="search",
            accept=frozenset({200, 401, 409, 429}),  # nothing that a second try could mend
        )
        if answer.status == 401:
            raise SourceUnavailable("the OpenAlex key is refused", "mididrumigen keys set openalex")
        if answer.status != 200:
            why = "has spent its free budget of today for us"
            raise await self._tools.fetch.refused(CARD, self._works, why, _seconds_left(answer))
        return parse_works(answer.json())


def parse_works(body: Any) -> list[Paper]:
    """The papers of a list of works; those without an address or a title are left out."""
    papers = []
    for item in listed(body, "results", site=CARD.title):
        title = plain(item.get("title") or item.get("display_name"))
        url = doi_url(item.get("doi")) or str(item.get("id") or "")
        if title and host_of(url) in ("doi.org", "openalex.org"):
            abstract = plain(rebuilt(item.get("abstract_inverted_index")))
            papers.append(Paper(title, abstract, url))
    return papers


def rebuilt(index: object) -> str:
    """The text of which {word: [positions]} is the index; what is no position is left out."""
    if not isinstance(index, dict):
        return ""
    words = {
        position: str(word)
        for word, positions in index.items()
        if isinstance(positions, list)
        for position in positions
        if isinstance(position, int) and 0 <= position < _MAX_WORDS
    }
    return " ".join(words[position] for position in sorted(words))


def _seconds_left(answer: Fetched) -> float | None:
    """Until the budget is whole again, a day at most; None where nothing is told."""
    told = answer.headers.get("x-ratelimit-reset", "")
    return min(float(told), _DAY_S) if told.isascii() and told.isdigit() else None

"""The Guardian: whole articles about music, by its Open Platform.

Address: https://content.guardianapis.com (`/search`), a free developer key for what is not
commercial. Traps: an error is {"message"} or {"response": {"status": "error"}}; `fields` may be
missing. Bodies are articles, so they are not cached. Pacing: 1 a second (500 a day at least).
"""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from mididrumigen.config import SourceSettings
from mididrumigen.errors import SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.articles import Text, drummers_of, evidence_of, quoted, read_apart
from mididrumigen.sources.press import NEWS, host_of
from mididrumigen.sources.shapes import listed, plain
from mididrumigen.sources.tools import Tools

CARD = SourceCard(
    name="guardian",
    kind="article",
    title="The Guardian",
    base_url="https://content.guardianapis.com",
    licence="The Guardian Open Platform, not commercial; quoted in at most 25 words",
    key="guardian",
    needs_key=True,
    is_slow=True,
)
_A_PAGE = 20
_QUICK_PAGE = 5


class Guardian:
    """Articles that name the artist and speak of drums."""

    name = CARD.name
    kind: EvidenceKind = CARD.kind
    card = CARD

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        self._search_url = (settings.base_url or CARD.base_url).rstrip("/") + "/search"
        self._tools = tools

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Evidence of the articles."""
        key = self._tools.keys.get(CARD.key)
        if not key:
            raise SourceUnavailable(
                "The Guardian needs a free key", f"mididrumigen keys set {CARD.key}"
            )
        progress.tell("articles of The Guardian")
        names = dict.fromkeys([artist.name, *drummers_of(artist, 2)])
        either = " OR ".join(map(quoted, names))
        answer = await self._tools.fetch.get(
            CARD,
            self._search_url,
            params={
                "q": f"({either}) AND (drummer OR drumming OR drums)",
                "section": "music",
                "show-fields": "bodyText,trailText",
                "page-size": _QUICK_PAGE if inputs.is_quick else _A_PAGE,
            },
            secret_params={"api-key": key},
            keep="never",
        )
        texts = parse_search(answer.json())
        async with aclosing(read_apart(self._tools.workers, texts, artist, "searched")) as readings:
            async for reading in readings:
                progress.tell(reading.title)
                for evidence in evidence_of(reading, CARD, inputs.retrieved_at, NEWS):
                    yield evidence


def parse_search(body: Any) -> list[Text]:
    """The articles of a search; those without text or address are left out. Raises
    SourceUnavailable where the body says an error.
    """
    texts = []
    for item in listed(body, "response", "results", site=CARD.title):
        fields = item.get("fields")
        fields = fields if isinstance(fields, dict) else {}
        url, words = item.get("webUrl"), plain(fields.get("bodyText"))
        if isinstance(url, str) and host_of(url) and words:
            texts.append(Text(url, plain(item.get("webTitle")), words))
    return texts

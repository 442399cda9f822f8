"""Papers about music -> evidence: what the scholarly sources share.

Conventions: papers rarely name an artist; an abstract that does not gives nothing. A paper has the
address of its DOI wherever it has one, so that the same paper from two sites is seen to be one.
"""

import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass

from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.sources.articles import Text, drummers_of, evidence_of, quoted, read_apart
from mididrumigen.sources.tools import Tools

WEIGHT = 0.8
"""Of what went through review; a preprint has a little less."""
_ASKED_DRUMMERS = 2


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as a site lists it."""

    title: str
    abstract: str
    url: str


def paper_queries(artist: Artist, is_quick: bool) -> list[str]:
    """What to search for, the most promising first; one where a few seconds must do."""
    queries = [f"{quoted(name)} drumming" for name in drummers_of(artist, _ASKED_DRUMMERS)]
    if artist.drummers or artist.kind == "group":
        queries.append(f"{quoted(artist.name)} groove microtiming")
    return queries[:1] if is_quick else queries


async def from_searches(
    search: Callable[[str], Awaitable[list[Paper]]],
    card: SourceCard,
    tools: Tools,
    artist: Artist,
    inputs: Inputs,
    progress: Progress,
) -> AsyncGenerator[Evidence, None]:
    """Evidence of what `search` finds for each of the queries, every paper once."""
    seen: set[str] = set()
    for query in paper_queries(artist, inputs.is_quick):
        progress.tell(f"papers: {query}")
        new = [paper for paper in await search(query) if paper.url not in seen]
        seen |= {paper.url for paper in new}
        pieces = from_papers(new, card, tools, artist, inputs, progress)
        async with aclosing(pieces) as found:
            async for evidence in found:
                yield evidence


async def from_papers(
    papers: Iterable[Paper],
    card: SourceCard,
    tools: Tools,
    artist: Artist,
    inputs: Inputs,
    progress: Progress,
    weight: float = WEIGHT,
) -> AsyncGenerator[Evidence, None]:
    """Evidence of those whose abstract names the artist; of the others nothing is said, for a
    search finds mostly those.
    """
    texts = [Text(p.url, p.title, f"{p.title}.\n\n{p.abstract}") for p in papers if p.abstract]
    async with aclosing(read_apart(tools.workers, texts, artist, "searched")) as readings:
        async for reading in readings:
            if reading.claims:
                progress.tell(reading.title)
            for evidence in evidence_of(reading, card, inputs.retrieved_at, weight):
                yield evidence


def doi_url(doi: object) -> str:
    """The address of a DOI, given with or without one; empty where it is none."""
    name = str(doi or "").strip().lower()
    name = re.sub(r"\A(?:https?://(?:dx\.)?doi\.org/|doi:)", "", name)
    return f"https://doi.org/{name}" if name.startswith("10.") else ""

"""The built-in notes about artists and styles, as a source beside the others. No network; licence:
our own.
"""

import asyncio
from collections.abc import AsyncGenerator

from mididrumigen.config import SourceSettings
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.sources.tools import Tools


class Builtin:
    """What the files of `knowledge` say about an artist."""

    name = "builtin"
    kind: EvidenceKind = "knowledge"
    card = SourceCard(
        "builtin", "knowledge", "Built-in notes", licence="MIT, own words", is_local=True
    )

    def __init__(self, settings: SourceSettings, tools: Tools) -> None:
        del settings, tools  # it needs neither

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """The entry of the artist and those of its styles."""
        if artist.disambiguation:  # the notes are about the one whom everybody means by the name
            return
        known = await asyncio.to_thread(Library().find, artist.name)
        for evidence in known.evidence if known else ():
            yield evidence

"""Ask the sources and keep what they give as it arrives.

Conventions: a source that fails is reported, never fatal; what it gave before it failed stays.
`keep` is called with each piece of evidence at once, so that a crash loses nothing already found.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing

from mididrumigen.errors import MidiDrumiGenError
from mididrumigen.models import Artist, Evidence, Inputs, Progress, Source, SourceReport
from mididrumigen.models.evidence import SourceState

Keep = Callable[[Evidence], Awaitable[None]]


async def collect(
    artist: Artist, inputs: Inputs, sources: Sequence[Source], keep: Keep, progress: Progress
) -> list[SourceReport]:
    """Collect from every source in turn; one report a source, in their order."""
    return [await _ask(source, artist, inputs, keep, progress) for source in sources]


async def _ask(
    source: Source, artist: Artist, inputs: Inputs, keep: Keep, progress: Progress
) -> SourceReport:
    found = 0
    before = len(progress.refused)
    reason = ""
    # Closed at once when the research is cancelled: a source may have work going on.
    async with aclosing(source.collect(artist, inputs, progress)) as answers:
        while True:
            try:
                evidence = await anext(answers)
            except StopAsyncIteration:
                break
            except MidiDrumiGenError as error:
                reason = str(error)
                break
            await keep(evidence)  # a database that cannot be written is no failure of the source
            found += 1
    refused = tuple(progress.refused[before:])
    state: SourceState = "failed" if reason else "ok" if found else "empty"
    return SourceReport(source.name, state, reason, found, refused)

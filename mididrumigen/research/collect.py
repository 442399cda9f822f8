"""Ask the sources, several at once, and keep what they give as it arrives.

Conventions: a source that fails is reported, never fatal; what it gave before it failed stays.
`keep` is called with each piece of evidence at once, so that a crash loses nothing already found.
Those that may ask least often begin first, since they end last; the slowest begin at once and take
no place, for they wait for their turns nearly all the time.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, nullcontext
from dataclasses import dataclass, field

from mididrumigen.errors import MidiDrumiGenError, SourceUnavailable
from mididrumigen.models import Artist, Evidence, Inputs, Progress, Source, SourceReport
from mididrumigen.models.evidence import SourceState

_log = logging.getLogger(__name__)

Keep = Callable[[Evidence], Awaitable[None]]
IsEnough = Callable[[], Awaitable[bool]]

_STEPS = 100
_WAITS_PER_SECOND = 0.5
"""Who may ask so seldom takes no place: a page in five seconds is hardly any work, and four such
sources would keep all others waiting.
"""
_ASK_AGAIN_S = 2.0
"""How often it is asked whether there is enough, while evidence comes in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a research goes."""

    at_once: int = 4
    """Sources that are asked at the same time, without those that mostly wait."""
    source_s: float = 1200.0
    """For one source."""
    total_s: float = 1200.0
    """For all: what was not begun by then is skipped."""


async def collect(
    artist: Artist,
    inputs: Inputs,
    sources: Sequence[Source],
    keep: Keep,
    progress: Progress,
    limits: Limits = Limits(),
    is_enough: IsEnough | None = None,
) -> list[SourceReport]:
    """Collect from all sources; one report a source, in their order. Ends early where `is_enough`
    says so, which is asked now and then.
    """
    research = _Research(artist, inputs, keep, progress, limits, is_enough, len(sources))
    tasks: dict[str, asyncio.Task[SourceReport]] = {}
    for source in sorted(sources, key=lambda source: source.card.per_second):
        tasks[source.name] = asyncio.create_task(research.ask(source))
    try:
        await asyncio.gather(*tasks.values())
    finally:
        for task in tasks.values():
            task.cancel()
        await asyncio.gather(*tasks.values(), return_exceptions=True)
    return [tasks[source.name].result() for source in sources]


@dataclass(slots=True)
class _Research:
    """What all sources of one research share."""

    artist: Artist
    inputs: Inputs
    keep: Keep
    progress: Progress
    limits: Limits
    is_enough: IsEnough | None
    count: int
    gate: asyncio.Semaphore = field(init=False)
    ends_at: float = field(init=False)
    enough: asyncio.Event = field(default_factory=asyncio.Event)
    parts: dict[str, float] = field(default_factory=dict)
    """How far each source is, 0-1."""
    asked_at: float = 0.0

    def __post_init__(self) -> None:
        self.gate = asyncio.Semaphore(self.limits.at_once)
        self.ends_at = time.monotonic() + self.limits.total_s

    async def ask(self, source: Source) -> SourceReport:
        """How one source fared; waits for its turn."""
        waits = source.card.per_second <= _WAITS_PER_SECOND
        async with nullcontext() if waits else self.gate:
            left_s = min(self.limits.source_s, self.ends_at - time.monotonic())
            if self.enough.is_set() or left_s <= 0:
                why = "enough was found" if self.enough.is_set() else "the time was over"
                report = SourceReport(source.name, "skipped", f"not asked: {why}")
            else:
                report = await self._within(source, left_s)
        self._tell(source, "done" if report.found else report.reason or "nothing found", 1, 1)
        return report

    async def _within(self, source: Source, limit_s: float) -> SourceReport:
        """The report of a source, which ends in time and when there is enough."""
        found = _Found()
        work = asyncio.create_task(self._take(source, found))
        enough = asyncio.create_task(self.enough.wait())
        try:
            await asyncio.wait((work, enough), timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                work.cancel()
                late = f"not done within {limit_s:.0f} s"
                found.reason = "enough was found" if enough.done() else late
                found.state = "ok" if found.count else "unavailable"
        finally:
            enough.cancel()
            work.cancel()
            await asyncio.wait((work, enough))
        if not work.cancelled() and (error := work.exception()) is not None:
            raise error  # of the database, or of a cancelled research
        return SourceReport(
            source.name, found.told(), found.reason, found.count, tuple(found.refused)
        )

    async def _take(self, source: Source, found: "_Found") -> None:
        """Keep what a source gives; what goes wrong in it is noted."""
        progress = Progress(lambda *said: self._tell(source, *said), found.refused)
        # Closed at once when the research is cancelled: a source may have work going on.
        async with aclosing(source.collect(self.artist, self.inputs, progress)) as answers:
            while True:
                try:
                    evidence = await anext(answers)
                except StopAsyncIteration:
                    return
                except SourceUnavailable as error:
                    found.reason, found.state = str(error), "unavailable"
                    return
                except MidiDrumiGenError as error:
                    found.reason, found.state = str(error), "failed"
                    return
                except Exception:  # a fault of ours, in one of many
                    _log.exception("%s broke", source.name)
                    found.reason, found.state = "it broke; the log says where", "failed"
                    return
                # A database that cannot be written is no failure of the source.
                await self.keep(evidence)
                found.count += 1
                await self._ask_whether_enough()

    async def _ask_whether_enough(self) -> None:
        now = time.monotonic()
        if self.is_enough is None or now - self.asked_at < _ASK_AGAIN_S:
            return
        self.asked_at = now
        if await self.is_enough():
            self.enough.set()

    def _tell(self, source: Source, message: str, done: int, total: int) -> None:
        self.parts[source.name] = done / total if total else 0.0
        of_all = round(_STEPS * sum(self.parts.values()))
        self.progress.tell(f"{source.card.title}: {message}", of_all, _STEPS * self.count)


@dataclass(slots=True)
class _Found:
    """What came of a source so far."""

    count: int = 0
    reason: str = ""
    state: SourceState | None = None
    refused: list[tuple[str, str]] = field(default_factory=list)

    def told(self) -> SourceState:
        """Its state; one that says nothing of itself is empty or not."""
        return self.state or ("ok" if self.count else "empty")

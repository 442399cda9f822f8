"""Asking the sources: what one gave stays, and what went wrong is told."""

import asyncio
from collections.abc import AsyncGenerator
from typing import ClassVar

import pytest

from mididrumigen.errors import MidiDrumiGenError, SourceUnavailable, StoreError
from mididrumigen.models import Artist, Evidence, Inputs, Progress, Source, SourceCard
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.research import collect
from mididrumigen.research.collect import Limits


class Listed:
    """A source that gives what it was made with, refuses some, and may end in an error."""

    kind: EvidenceKind = "article"

    def __init__(
        self,
        name: str,
        *ids: str,
        refuses: tuple[str, ...] = (),
        error: Exception | None = None,
    ) -> None:
        self.name, self._ids, self._refuses, self._error = name, ids, refuses, error
        self.card = SourceCard(name, self.kind, name)

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """The evidence, then the refusals, then the error."""
        for name in self._ids:
            yield Evidence(name, self.name, self.kind, artist.name, {}, 0.5, inputs.retrieved_at)
        for item in self._refuses:
            progress.refuse(item, f"{item} is bad")
        if self._error:
            raise self._error


async def asked(*sources: Source) -> tuple[list[Evidence], list[tuple[object, ...]]]:
    """(what was kept, reports as tuples)."""
    kept: list[Evidence] = []

    async def keep(evidence: Evidence) -> None:
        kept.append(evidence)

    inputs = Inputs(retrieved_at="2026-01-01")
    reports = await collect(Artist("A"), inputs, sources, keep, Progress())
    return kept, [(r.source, r.state, r.reason, r.found, r.refused) for r in reports]


async def test_a_source_that_fails_is_reported_and_what_it_gave_stays() -> None:
    kept, reports = await asked(
        Listed("one", "1"),
        Listed("two", "2", "3", error=MidiDrumiGenError("the site is down")),
        Listed("three", "4"),
    )
    assert [e.id for e in kept] == ["1", "2", "3", "4"]
    assert reports == [
        ("one", "ok", "", 1, ()),
        ("two", "failed", "the site is down", 2, ()),
        ("three", "ok", "", 1, ()),
    ]


async def test_a_source_that_finds_nothing_is_empty_and_not_failed() -> None:
    assert await asked(Listed("one")) == ([], [("one", "empty", "", 0, ())])


async def test_each_source_reports_what_it_refused_itself() -> None:
    _, reports = await asked(
        Listed("one", "1", refuses=("x", "y")), Listed("two", refuses=("z",)), Listed("three")
    )
    assert [report[4] for report in reports] == [
        (("x", "x is bad"), ("y", "y is bad")),
        (("z", "z is bad"),),
        (),
    ]


async def test_evidence_is_kept_before_the_next_is_asked_for() -> None:
    # Whoever stops the research in the middle has what was found until then.
    kept: list[str] = []

    async def keep(evidence: Evidence) -> None:
        kept.append(evidence.id)
        if evidence.id == "2":
            raise StoreError("the disk is full")

    with pytest.raises(StoreError):
        await collect(Artist("A"), Inputs(), [Listed("one", "1", "2", "3")], keep, Progress())
    assert kept == ["1", "2"]


async def test_a_mistake_in_one_source_is_told_and_logged_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kept, reports = await asked(Listed("one", "1", error=ZeroDivisionError()), Listed("two", "2"))
    assert sorted(e.id for e in kept) == ["1", "2"]
    assert reports[0][:3] == ("one", "failed", "it broke; the log says where")
    assert reports[1][:3] == ("two", "ok", "")
    assert "ZeroDivisionError" in caplog.text


async def test_a_site_that_cannot_be_asked_is_unavailable_and_not_failed() -> None:
    _, reports = await asked(Listed("one", error=SourceUnavailable("One is busy", "wait")))
    assert reports == [("one", "unavailable", "One is busy; wait", 0, ())]


class Slow:
    """A source that waits to be let go on; counts how many wait at the same time."""

    kind: EvidenceKind = "metadata"
    now, most = 0, 0
    began: ClassVar[list[str]] = []

    def __init__(self, name: str, go_on: asyncio.Event, per_second: float = 1.0) -> None:
        self.name, self._go_on = name, go_on
        self.card = SourceCard(name, self.kind, name, per_second=per_second)

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """A piece at once, another when it may go on."""
        Slow.began.append(self.name)
        Slow.now += 1
        Slow.most = max(Slow.most, Slow.now)
        try:
            yield Evidence(f"{self.name}1", self.name, self.kind, self.name, {}, 0.5, "")
            await self._go_on.wait()
            yield Evidence(f"{self.name}2", self.name, self.kind, self.name, {}, 0.5, "")
        finally:
            Slow.now -= 1


@pytest.fixture
def go_on() -> asyncio.Event:
    Slow.now, Slow.most, Slow.began = 0, 0, []
    return asyncio.Event()


async def nothing(evidence: Evidence) -> None:
    pass


async def test_as_many_are_asked_at_once_as_may_be_the_slowest_first(go_on: asyncio.Event) -> None:
    sources = [Slow(f"s{n}", go_on, per_second=n) for n in (5, 1, 3, 2, 4)]
    research = asyncio.create_task(
        collect(Artist("A"), Inputs(), sources, nothing, Progress(), Limits(at_once=2))
    )
    await asyncio.sleep(0.05)
    assert (Slow.now, Slow.began) == (2, ["s1", "s2"])
    go_on.set()
    reports = await research
    assert Slow.most == 2
    assert [report.source for report in reports] == ["s5", "s1", "s3", "s2", "s4"]
    assert {report.found for report in reports} == {2}


async def test_sources_that_mostly_wait_take_no_place_of_the_others(go_on: asyncio.Event) -> None:
    sources = [Slow(f"s{n}", go_on, per_second=n) for n in (3, 0.2, 1, 0.33, 0.4, 2)]
    research = asyncio.create_task(
        collect(Artist("A"), Inputs(), sources, nothing, Progress(), Limits(at_once=2))
    )
    await asyncio.sleep(0.05)
    assert Slow.began == ["s0.2", "s0.33", "s0.4", "s1", "s2"]
    go_on.set()
    assert {report.found for report in await research} == {2}


async def test_a_source_that_takes_too_long_is_stopped_and_what_it_gave_stays(
    go_on: asyncio.Event,
) -> None:
    limits = Limits(source_s=0.05)
    [report] = await collect(Artist("A"), Inputs(), [Slow("s", go_on)], nothing, Progress(), limits)
    assert (report.state, report.found, report.reason) == ("ok", 1, "not done within 0 s")
    assert Slow.now == 0


async def test_what_was_not_begun_in_time_is_skipped_and_says_so(go_on: asyncio.Event) -> None:
    limits = Limits(at_once=1, total_s=0.05)
    sources = [Slow("one", go_on), Slow("two", go_on)]
    reports = await collect(Artist("A"), Inputs(), sources, nothing, Progress(), limits)
    assert [report.state for report in reports] == ["ok", "skipped"]
    assert reports[1].reason == "not asked: the time was over"


async def test_when_there_is_enough_the_rest_is_left(go_on: asyncio.Event) -> None:
    async def is_enough() -> bool:
        return True

    reports = await collect(
        *(Artist("A"), Inputs(), [Slow("one", go_on), Slow("two", go_on)], nothing, Progress()),
        Limits(at_once=1),
        is_enough,
    )
    assert [(report.state, report.found) for report in reports] == [("ok", 1), ("skipped", 0)]


async def test_a_research_that_is_cancelled_ends_all_sources(go_on: asyncio.Event) -> None:
    research = asyncio.create_task(
        collect(Artist("A"), Inputs(), [Slow(f"{n}", go_on) for n in range(3)], nothing, Progress())
    )
    await asyncio.sleep(0.05)
    assert Slow.now == 3
    research.cancel()
    with pytest.raises(asyncio.CancelledError):
        await research
    assert Slow.now == 0


async def test_progress_names_the_source_and_never_goes_back() -> None:
    said: list[tuple[str, int, int]] = []
    progress = Progress(lambda *each: said.append(each))
    sources = [Listed("one", "1"), Listed("two", "2"), Listed("three")]
    await collect(Artist("A"), Inputs(), sources, nothing, progress)
    assert [message for message, _, _ in said] == [
        "one: done",
        "two: done",
        "three: nothing found",
    ]
    assert [done / total for _, done, total in said] == pytest.approx([1 / 3, 2 / 3, 1], abs=0.01)

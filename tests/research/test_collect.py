"""Asking the sources: what one gave stays, and what went wrong is told."""

from collections.abc import AsyncIterator

import pytest

from mididrumigen.errors import MidiDrumiGenError
from mididrumigen.models import Artist, Evidence, Inputs, Progress, Source
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.research import collect


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

    async def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncIterator[Evidence]:
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
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await collect(Artist("A"), Inputs(), [Listed("one", "1", "2", "3")], keep, Progress())
    assert kept == ["1", "2"]


async def test_a_mistake_in_a_source_is_not_taken_for_its_failure() -> None:
    with pytest.raises(ZeroDivisionError):
        await asked(Listed("one", "1", error=ZeroDivisionError()))

"""Research about an artist: by this process where it owns the home, else by the daemon that does.

Conventions: one research about an artist at a time; the evidence is kept as it comes, and the
profile built anew at the end.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from weakref import WeakValueDictionary

from mididrumigen.app.clock import now
from mididrumigen.app.network import Network
from mididrumigen.app.owner import Owner, Runtime, take_or_find
from mididrumigen.app.resolve import builtin, find, rebuilt, resolve, stored, subject_of
from mididrumigen.app.results import ResearchResult, changes_between, report_of
from mididrumigen.app.settings import Settings
from mididrumigen.config import Paths, ResearchSettings
from mididrumigen.errors import ResearchError
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence, Inputs, Progress, SourceReport, StyleProfile
from mididrumigen.models.evidence import EvidenceKind
from mididrumigen.models.names import clean_name
from mididrumigen.research import build_profile, collect
from mididrumigen.research.collect import Limits
from mididrumigen.sources import Tools
from mididrumigen.store import Store, queries

QUICK_S, QUICK_SOURCE_S, _LEAST_S = 14.5, 8.0, 3.0
"""For all of a quick research, for one source in it, and what the sources have in any case."""
MOST_AT_ONCE = 16
"""Sources that are asked at once where time is short."""
BUILTIN = "builtin"
_TYPES: tuple[EvidenceKind, ...] = ("paper", "article", "midi")
"""The specification's types of sources, of which each is to give some; audio is not in this
version.
"""


class Researcher:
    """Finds out about artists."""

    def __init__(
        self,
        settings: Settings,
        paths: Paths,
        store: Store,
        library: Library,
        tools: Tools,
        network: Network,
        owner: Owner | None,
    ) -> None:
        self._settings, self._paths, self._owner = settings, paths, owner
        self._store, self._library, self._tools = store, library, tools
        self._network = network
        self._researching: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def research(
        self,
        name: str,
        inputs: Inputs,
        progress: Progress,
        *,
        artist_id: int | None = None,
        since: str = "",
    ) -> ResearchResult:
        """Ask the sources about `name`, keep the evidence as it comes, and build the profile
        anew. What was found from `since` on belongs to this research already. Where a daemon owns
        the home it does the work.
        """
        name = clean_name(name)
        if self._owner is not None:
            return await self._research(name, inputs, progress, artist_id, since)
        owner = await take_or_find(self._paths, progress.tell)
        if isinstance(owner, Runtime):
            from mididrumigen.app.remote import Remote  # an HTTP client: only beside a daemon

            async with Remote(owner) as daemon:
                plain = await daemon.research(name, inputs, progress, artist_id)
            profile = (await resolve(self._store, self._library, name, artist_id)).profile
            reports = tuple(report_of(name, plain) for name, plain in plain["sources"].items())
            changes = tuple((c["trait"], c["before"], c["after"]) for c in plain["changes"])
            return ResearchResult(
                profile, reports, plain["confidence_before"], changes, tuple(plain["notices"])
            )
        try:
            return await self._research(name, inputs, progress, artist_id, since)
        finally:
            owner.release()

    async def _research(
        self, name: str, inputs: Inputs, progress: Progress, artist_id: int | None, since: str
    ) -> ResearchResult:
        """One research about an artist at a time."""
        artist = await self.identify(name, artist_id)
        async with self._researching.setdefault(subject_of(artist), asyncio.Lock()):
            return await self._ask_sources(name, artist, inputs, progress, artist_id, since)

    async def _ask_sources(
        self,
        name: str,
        artist: Artist,
        inputs: Inputs,
        progress: Progress,
        artist_id: int | None,
        since: str,
    ) -> ResearchResult:
        began, picked = time.monotonic(), artist_id is not None
        found = await find(self._store, self._library, name, artist_id)
        noted = await asyncio.to_thread(builtin, self._library, name)
        before = await stored(self._store, self._library, name, artist_id) or noted
        artist_id = found[0] if found else None
        earlier: list[Evidence] = []
        if artist_id is not None:
            earlier = await self._store.read(queries.evidence_of, artist_id)
        inputs = replace(inputs, retrieved_at=now(), known={e.url: e for e in earlier}, since=since)
        # All sources, and what reads their texts: only who asks them pays for it.
        from mididrumigen.app.way_out import way_out
        from mididrumigen.sources.registry import enabled_sources

        handed_over = bool(inputs.midi_paths or inputs.uploads or inputs.urls)
        way = await way_out(
            artist,
            self._tools,
            self._network,
            self._settings,
            self._store,
            progress,
            is_quick=inputs.is_quick,
            is_picked=picked,
        )
        artist = way.artist

        async def keep(evidence: Evidence) -> None:
            nonlocal artist_id
            artist_id = await self._store.write(queries.keep_evidence, artist_id, artist, evidence)

        async def is_enough() -> bool:
            return artist_id is not None and await self._is_enough(artist_id, artist)

        config = self._settings.config
        sources = [
            source
            for source in enabled_sources(config.sources, way.tools)
            if way.may_ask(source.card, inputs.is_quick)
        ]
        reports = await collect(
            artist,
            inputs,
            sources,
            keep,
            progress,
            _limits(config.research, inputs.is_quick, time.monotonic() - began),
            None if inputs.is_quick or handed_over else is_enough,
        )
        told = _told(way.reports, reports)
        learnt = any(report.found for report in reports if report.source != BUILTIN)
        if not learnt and (found is None or handed_over or not earlier):
            if found is None and artist_id is not None:
                await self._store.write(queries.forget_artist, artist_id)
            raise _nothing_found(name, inputs, told, way.why, noted is not None)
        assert artist_id is not None
        if artist.mbid or artist.qid or artist.page:
            await self._store.write(queries.add_artist, artist, inputs.retrieved_at)
        await self._store.write(queries.keep_reports, artist_id, told, now())
        profile = await rebuilt(self._store, self._library, artist_id, artist)
        if profile is None:
            raise ResearchError(f"{name} was forgotten while it was researched")
        return ResearchResult(
            profile=profile,
            reports=told,
            confidence_before=before.profile.confidence_score if before else None,
            changes=changes_between(before.profile if before else None, profile),
            notices=_notices(profile, config.research, way.why, inputs.is_quick),
        )

    async def _is_enough(self, artist_id: int, artist: Artist) -> bool:
        """Whether every kind of source has given enough, and the profile is sure enough."""
        wanted = self._settings.config.research
        evidence = await self._store.read(queries.evidence_of, artist_id)
        kinds = Counter(e.kind for e in evidence)
        if any(kinds[kind] < wanted.min_sources_per_type for kind in _TYPES):
            return False
        profile = await asyncio.to_thread(build_profile, artist, evidence)
        return profile.confidence_score >= wanted.quality_threshold

    async def identify(self, name: str, artist_id: int | None = None) -> Artist:
        """Whom a name or an id means."""
        found = await find(self._store, self._library, clean_name(name), artist_id)
        if found is not None:
            return found[1]
        noted = await asyncio.to_thread(self._library.find, clean_name(name))
        return noted.artist if noted else Artist(clean_name(name))


def _told(
    asked_who: Sequence[SourceReport], collected: Sequence[SourceReport]
) -> tuple[SourceReport, ...]:
    """How each source fared. Who could not be asked whom the name means had nothing to give
    afterwards: that is no empty answer.
    """
    told = {report.source: report for report in asked_who}
    for report in collected:
        before = told.get(report.source)
        was_down = before is not None and before.state == "unavailable"
        if not (was_down and report.state == "empty"):
            told[report.source] = report
    return tuple(told.values())


def _limits(research: ResearchSettings, is_quick: bool, spent_s: float) -> Limits:
    """How far the sources go; `spent_s` went into finding out who is meant."""
    whole_s = research.timeout_minutes * 60
    if is_quick:
        return Limits(MOST_AT_ONCE, QUICK_SOURCE_S, max(_LEAST_S, QUICK_S - spent_s))
    return Limits(research.max_concurrent_collectors, whole_s, max(_LEAST_S, whole_s - spent_s))


def _notices(
    profile: StyleProfile, wanted: ResearchSettings, why_shut: str, is_quick: bool
) -> tuple[str, ...]:
    """What to do where the research fell short."""
    shut = (f"{why_shut}: only what is on this machine was read",) if why_shut else ()
    if profile.confidence_score >= wanted.quality_threshold:
        return shut
    deeper = "research in full (--depth full), or " if is_quick else ""
    return (
        *shut,
        f"confidence {profile.confidence_score:.2f} is under {wanted.quality_threshold:g}:"
        f" {deeper}add MIDI files or articles (--augment with --midi, --url)",
    )


def _nothing_found(
    name: str,
    inputs: Inputs,
    reports: Sequence[SourceReport],
    why_shut: str,
    is_builtin: bool,
) -> ResearchError:
    """The error for a research that found nothing."""
    refused = [each for report in reports for each in report.refused]
    if refused:
        item, reason = refused[0]
        more = f" (and {len(refused) - 1} more)" if len(refused) > 1 else ""
        return ResearchError(f"nothing to learn about {name}: {Path(item).name}: {reason}{more}")
    if inputs.midi_paths or inputs.uploads:
        places = ", ".join(map(str, inputs.midi_paths))
        return ResearchError(f"no MIDI file in {places}", "looked for .mid, .midi and .kar")
    what = "nothing beyond the built-in notes is" if is_builtin else "nothing is"
    down = [why_shut] if why_shut else [report.reason for report in reports if report.reason]
    why = f" ({'; '.join(down[:3])})" if down else ""
    return ResearchError(
        f"{what} to be found about {name}{why}",
        "hand over MIDI files with --midi, or name a library in the configuration"
        " ([sources.local_midi] folders)",
    )

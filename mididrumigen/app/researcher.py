"""Research about an artist: by this process where it owns the home, else by the daemon that does.

Conventions: one research about an artist at a time; the evidence is kept as it comes, and the
profile built anew at the end.
"""

import asyncio
from dataclasses import replace
from pathlib import Path
from weakref import WeakValueDictionary

from mididrumigen.app.clock import now
from mididrumigen.app.owner import Owner, Runtime, take_or_find
from mididrumigen.app.resolve import builtin, find, rebuilt, resolve, stored, subject_of
from mididrumigen.app.results import ResearchResult, report_of
from mididrumigen.app.settings import Settings
from mididrumigen.config import Paths
from mididrumigen.errors import ResearchError
from mididrumigen.knowledge import Library
from mididrumigen.models import Artist, Evidence, Inputs, Progress
from mididrumigen.models.names import clean_name
from mididrumigen.research import collect
from mididrumigen.sources import Tools, enabled_sources
from mididrumigen.sources.builtin import Builtin
from mididrumigen.store import Store, queries


class Researcher:
    """Finds out about artists."""

    def __init__(
        self,
        settings: Settings,
        paths: Paths,
        store: Store,
        library: Library,
        tools: Tools,
        owner: Owner | None,
    ) -> None:
        self._settings, self._paths, self._owner = settings, paths, owner
        self._store, self._library, self._tools = store, library, tools
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
                plain = await daemon.research(name, inputs, progress)
            profile = (await resolve(self._store, self._library, name)).profile
            reports = tuple(report_of(name, plain) for name, plain in plain["sources"].items())
            return ResearchResult(profile, reports, plain["confidence_before"])
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
        found = await find(self._store, self._library, name, artist_id)
        noted = await asyncio.to_thread(builtin, self._library, name)
        before = await stored(self._store, self._library, name, artist_id) or noted
        artist_id = found[0] if found else None
        earlier: list[Evidence] = []
        if artist_id is not None:
            earlier = await self._store.read(queries.evidence_of, artist_id)
        inputs = replace(inputs, retrieved_at=now(), known={e.url: e for e in earlier}, since=since)

        async def keep(evidence: Evidence) -> None:
            nonlocal artist_id
            artist_id = await self._store.write(queries.keep_evidence, artist_id, artist, evidence)

        sources = enabled_sources(self._settings.config.sources, self._tools)
        reports = await collect(artist, inputs, sources, keep, progress)
        learnt = any(report.found for report in reports if report.source != Builtin.name)
        handed_over = bool(inputs.midi_paths or inputs.uploads)
        if not learnt and (found is None or handed_over):
            if found is None and artist_id is not None:
                await self._store.write(queries.forget_artist, artist_id)
            raise _nothing_found(name, inputs, progress, noted is not None)
        assert artist_id is not None
        profile = await rebuilt(self._store, self._library, artist_id, artist)
        if profile is None:
            raise ResearchError(f"{name} was forgotten while it was researched")
        return ResearchResult(
            profile=profile,
            reports=tuple(reports),
            confidence_before=before.profile.confidence_score if before else None,
        )

    async def identify(self, name: str, artist_id: int | None = None) -> Artist:
        """Whom a name or an id means."""
        found = await find(self._store, self._library, clean_name(name), artist_id)
        if found is not None:
            return found[1]
        noted = await asyncio.to_thread(self._library.find, clean_name(name))
        return noted.artist if noted else Artist(clean_name(name))


def _nothing_found(
    name: str, inputs: Inputs, progress: Progress, is_builtin: bool
) -> ResearchError:
    """The error for a research that found nothing."""
    if progress.refused:
        item, reason = progress.refused[0]
        more = f" (and {len(progress.refused) - 1} more)" if len(progress.refused) > 1 else ""
        return ResearchError(f"nothing to learn about {name}: {Path(item).name}: {reason}{more}")
    if inputs.midi_paths or inputs.uploads:
        places = ", ".join(map(str, inputs.midi_paths))
        return ResearchError(f"no MIDI file in {places}", "looked for .mid, .midi and .kar")
    what = "nothing beyond the built-in notes is" if is_builtin else "nothing is"
    return ResearchError(
        f"{what} to be found about {name}",
        "hand over MIDI files with --midi, or name a library in the configuration"
        " ([sources.local_midi] folders)",
    )

"""App: opens everything in order, closes it in reverse; one method a verb."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from typing import Any, Self

from mididrumigen.app.output import write_files
from mididrumigen.app.resolve import Resolved, builtin, like, resolve, stored
from mididrumigen.app.results import GenerateAsk, GenerateResult, ResearchResult, ShowResult
from mididrumigen.config import Config, Paths
from mididrumigen.engine import ENGINE_VERSION, play
from mididrumigen.errors import ArtistUnknown, ResearchError, StoreError
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.library import ARTIST_CONFIDENCE, GENRE_CONFIDENCE
from mididrumigen.models import (
    COMMON_TIME,
    Artist,
    Evidence,
    Inputs,
    Metre,
    Progress,
    Request,
    StyleProfile,
)
from mididrumigen.models.names import clean_name, normalise_name
from mididrumigen.models.request import TEMPO_RANGE_BPM
from mididrumigen.research import build_profile, collect
from mididrumigen.sources import enabled_sources
from mididrumigen.sources.builtin import Builtin
from mididrumigen.store import Store, queries
from mididrumigen.store.queries import KnownArtist

SEED_DIGITS = 6
"""Seeds that are drawn, not given: short enough to read out."""


class App:
    """The program behind every edge; use `async with App.open(config, paths) as app`."""

    def __init__(self, config: Config, store: Store) -> None:
        self.config, self.store = config, store
        self.library = Library()

    @classmethod
    @asynccontextmanager
    async def open(cls, config: Config, paths: Paths) -> AsyncIterator[Self]:
        """Open the database; closed again at the end of the block."""
        store = await Store.open(paths.database)
        try:
            yield cls(config, store)
        finally:
            await store.close()

    async def generate(self, name: str, ask: GenerateAsk, out_dir: Path | None) -> GenerateResult:
        """Play in the style of `name` and write the files; `out_dir` None is a dry run."""
        began = time.perf_counter()
        resolved = await resolve(self.store, self.library, name)
        if resolved.profile.basis == "unknown" and ask.research == "auto":
            resolved = await self._from_libraries(resolved)
        request = self._request(resolved.profile, ask)
        patterns = tuple(await asyncio.to_thread(play, resolved.profile, request))
        files: tuple[Path, ...] = ()
        if out_dir is not None:
            files = await asyncio.to_thread(write_files, patterns, out_dir)
        notices = (*resolved.profile.notices, *_metre_notices(resolved.profile, request))
        result = GenerateResult(
            profile=resolved.profile,
            request=request,
            patterns=patterns,
            files=files,
            notices=notices,
            generation_time_ms=(time.perf_counter() - began) * 1000,
        )
        if out_dir is None:
            return result
        try:
            number = await self.store.write(queries.add_generation, **_history_row(result))
        except StoreError as error:  # the files are there, and stay
            return replace(result, notices=(*notices, f"not in the history: {error}"))
        return replace(result, generation_id=number)

    async def research(self, name: str, inputs: Inputs, progress: Progress) -> ResearchResult:
        """Ask the sources about `name`, keep the evidence as it comes, and build the profile
        anew.
        """
        name = clean_name(name)
        found = await self.store.read(queries.find_artist, name)
        known = self.library.find(name)
        artist = found[1] if found else known.artist if known else Artist(name)
        before = await stored(self.store, name) or builtin(self.library, name)
        inputs = replace(inputs, retrieved_at=_now())
        artist_id = found[0] if found else None

        async def keep(evidence: Evidence) -> None:
            nonlocal artist_id
            artist_id = await self.store.write(queries.keep_evidence, artist_id, artist, evidence)

        reports = await collect(
            artist, inputs, enabled_sources(self.config.sources), keep, progress
        )
        learnt = any(report.found for report in reports if report.source != Builtin.name)
        if not learnt and (found is None or inputs.midi_paths):
            if found is None and artist_id is not None:
                await self.store.write(queries.forget_artist, artist_id)
            raise ResearchError(_nothing_found(name, inputs, progress, known is not None))
        assert artist_id is not None
        evidence = await self.store.read(queries.evidence_of, artist_id)
        profile = await asyncio.to_thread(build_profile, artist, evidence)
        await self.store.write(queries.save_profile, artist_id, profile)
        return ResearchResult(
            profile=profile,
            reports=tuple(reports),
            confidence_before=before.profile.confidence_score if before else None,
        )

    async def show(self, name: str) -> ShowResult:
        """The profile of `name` and all it rests on; raises ArtistUnknown."""
        name = clean_name(name)
        resolved = await stored(self.store, name) or builtin(self.library, name)
        if resolved is None:
            raise ArtistUnknown(await self._unknown(name))
        evidence = resolved.evidence
        if resolved.artist_id is not None:
            evidence = tuple(await self.store.read(queries.evidence_of, resolved.artist_id))
        return ShowResult(resolved.artist, resolved.player, resolved.profile, evidence)

    async def artists(self, query: str | None) -> list[KnownArtist]:
        """Everyone who is known: researched artists, built-in ones, styles; with a query, who is
        spelt like it.
        """
        known = await self.store.read(queries.known_artists)
        have = {normalise_name(artist.name) for artist in known}
        for name, basis in self.library.entries():
            if normalise_name(name) not in have:
                have.add(normalise_name(name))
                confidence = ARTIST_CONFIDENCE if basis == "builtin" else GENRE_CONFIDENCE
                known.append(KnownArtist(name, basis, confidence, 1, ""))
        if not query:
            return known
        wanted = normalise_name(query)
        within = [artist for artist in known if wanted in normalise_name(artist.name)]
        alike = like(query, [artist.name for artist in known], limit=10)
        return within + [a for a in known if a.name in alike and a not in within]

    async def history(self, limit: int) -> list[dict[str, Any]]:
        """The latest generations, newest first."""
        return await self.store.read(queries.generations, limit)

    async def forget(self, name: str) -> tuple[str, int]:
        """Remove what was researched about `name`; (its name, pieces of evidence removed)."""
        name = clean_name(name)
        found = await self.store.read(queries.find_artist, name)
        if found is None:
            if self.library.find(name):
                raise ArtistUnknown(
                    f"nothing researched about {name}; built-in notes cannot be forgotten"
                )
            raise ArtistUnknown(await self._unknown(name))
        count = await self.store.write(queries.forget_artist, found[0])
        return found[1].name, count

    async def _from_libraries(self, resolved: Resolved) -> Resolved:
        """Research an unknown artist in the MIDI libraries that are configured; unchanged if they
        have nothing.
        """
        if not self.config.sources["local_midi"].folders:
            return resolved
        try:
            await self.research(resolved.artist.name, Inputs(), Progress())
        except ResearchError:
            return resolved
        return await stored(self.store, resolved.artist.name) or resolved

    async def _unknown(self, name: str) -> str:
        """A sentence for a name that nothing is known of."""
        names = [artist.name for artist in await self.artists(None)]
        alike = like(name, names)
        hint = (
            f"did you mean {' or '.join(alike)}?"
            if alike
            else "`mididrumigen artists` lists who is known"
        )
        return f"nothing is known about {name}; {hint}"

    def _request(self, profile: StyleProfile, ask: GenerateAsk) -> Request:
        """The request with every gap filled: what was asked, else the profile, else the
        settings.
        """
        settings = self.config.generation
        default_bars = 1 if ask.part == "fill" else settings.default_bars
        tempo = (
            profile.trait("tempo_bpm", settings.default_tempo)
            if ask.tempo_bpm is None
            else ask.tempo_bpm
        )
        if ask.tempo_bpm is None:
            tempo = min(max(tempo, TEMPO_RANGE_BPM[0]), TEMPO_RANGE_BPM[1])
        drawn = SystemRandom().randrange(10**SEED_DIGITS) if ask.seed is None else ask.seed
        return Request(
            bars=default_bars if ask.bars is None else ask.bars,
            tempo_bpm=round(tempo, 2),
            metre=ask.metre or _own_metre(profile),
            variations=settings.default_variations if ask.variations is None else ask.variations,
            seed=drawn,
            part=ask.part,
            controls=ask.controls,
            humanization=settings.humanization,
        )


def _own_metre(profile: StyleProfile) -> Metre:
    """4/4 where the artist has any, else the metre most played."""
    weights: dict[Metre, float] = {}
    for bar in profile.grooves:
        weights[bar.metre] = weights.get(bar.metre, 0) + bar.weight
    if COMMON_TIME in weights or not weights:
        return COMMON_TIME
    return max(weights, key=lambda metre: (weights[metre], metre))


def _metre_notices(profile: StyleProfile, request: Request) -> list[str]:
    if any(bar.metre == request.metre for bar in profile.grooves):
        return []
    return [
        f"no bar in {request.metre} is known of {profile.artist_name}; others are regrouped to it"
    ]


def _history_row(result: GenerateResult) -> dict[str, Any]:
    """Columns of a generation for the store."""
    request = result.request
    return {
        "artist_name": result.profile.artist_name,
        "created_at": _now(),
        "seed": request.seed,
        "provider": result.provider_used,
        "engine_version": ENGINE_VERSION,
        "profile_hash": result.profile.hash,
        "request": {
            "bars": request.bars,
            "tempo": request.tempo_bpm,
            "time_signature": str(request.metre),
            "variations": request.variations,
            "part": request.part,
            "controls": asdict(request.controls),
        },
        "result": result.to_json(),
    }


def _nothing_found(name: str, inputs: Inputs, progress: Progress, is_builtin: bool) -> str:
    """A sentence for a research that found nothing."""
    if progress.refused:
        item, reason = progress.refused[0]
        more = f" (and {len(progress.refused) - 1} more)" if len(progress.refused) > 1 else ""
        return f"nothing to learn about {name}: {Path(item).name}: {reason}{more}"
    if inputs.midi_paths:
        places = ", ".join(map(str, inputs.midi_paths))
        return f"no MIDI file in {places}; looked for .mid, .midi and .kar"
    what = "nothing beyond the built-in notes is" if is_builtin else "nothing is"
    return (
        f"{what} to be found about {name}; hand over MIDI files with --midi, "
        "or name a library in the configuration ([sources.local_midi] folders)"
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

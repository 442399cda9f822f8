"""App: opens everything in order, closes it in reverse; one method a verb."""

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mididrumigen.app.library import Index
from mididrumigen.app.output import STAGING, staging_of, write_files
from mididrumigen.app.owner import Owner
from mididrumigen.app.request import fill_request, history_row, request_notices
from mididrumigen.app.researcher import Researcher
from mididrumigen.app.resolve import (
    Resolved,
    builtin,
    find,
    known,
    like,
    line_json,
    line_of,
    resolve,
    stored,
)
from mididrumigen.app.results import (
    GenerateAsk,
    GenerateResult,
    ShowResult,
)
from mididrumigen.app.unbroken import unbroken
from mididrumigen.config import Config, Paths
from mididrumigen.engine import play
from mididrumigen.errors import (
    ArtistUnknown,
    MidiDrumiGenError,
    NotFound,
    ResearchError,
    StoreError,
)
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.library import ARTIST_CONFIDENCE, GENRE_CONFIDENCE
from mididrumigen.models import (
    Artist,
    Inputs,
    Progress,
)
from mididrumigen.models.names import clean_name, normalise_name
from mididrumigen.sources import Tools
from mididrumigen.store import Store, queries, records
from mididrumigen.store.queries import KnownArtist
from mididrumigen.workers import Workers

if TYPE_CHECKING:
    from mididrumigen.app.similar import Similar

VECTOR_INDEX = "mididrumigen-vectors.db"
"""Beside the database: an index that can be deleted at any time."""
QUICK_RESEARCH_S = 15.0
"""What a generation of an unknown name may spend on finding out."""


class App:
    """The program behind every edge; use `async with App.open(config, paths) as app`."""

    def __init__(
        self, config: Config, paths: Paths, store: Store, workers: Workers, owner: Owner | None
    ) -> None:
        self.config, self.paths = config, paths
        self.store, self.workers, self.owner = store, workers, owner
        self.library = Library()
        self.index = Index(store, workers)
        tools = Tools(workers, self.index)
        researcher = Researcher(config, paths, store, self.library, tools, owner)
        self.research, self.identify = researcher.research, researcher.identify
        self._similar: Similar | None = None
        # One thread: playing is all Python, and several at once would only take turns.
        self._player = ThreadPoolExecutor(1, thread_name_prefix="player")

    @classmethod
    @asynccontextmanager
    async def open(
        cls, config: Config, paths: Paths, owner: Owner | None = None
    ) -> AsyncIterator[Self]:
        """Open the database; closed again at the end of the block. `owner` is the lock of the home
        where this process holds it for good.
        """
        store = await Store.open(paths.database)
        try:
            async with Workers() as workers:
                app = cls(config, paths, store, workers, owner)
                try:
                    yield app
                finally:
                    if app._similar:
                        await app._similar.close()
                    app._player.shutdown(wait=False, cancel_futures=True)
        finally:
            await store.close()

    @property
    def similar(self) -> "Similar":
        """The verbs of who is like whom."""
        if self._similar is None:
            from mididrumigen.app.similar import Similar  # 20 ms: only who asks pays for it

            index = self.paths.database.with_name(VECTOR_INDEX)
            self._similar = Similar(self.store, self.library, index)
        return self._similar

    async def generate(
        self,
        name: str,
        ask: GenerateAsk,
        out_dir: Path | None,
        *,
        artist_id: int | None = None,
        task_id: str | None = None,
        progress: Progress | None = None,
    ) -> GenerateResult:
        """Play in the style of `name` and write the files; `out_dir` None is a dry run. `task_id`
        is the job that asks for it.
        """
        began = time.perf_counter()
        progress = progress or Progress()
        resolved = await resolve(self.store, self.library, name, artist_id, ask.player, ask.era)
        if resolved.profile.basis == "unknown" and ask.research == "auto":
            resolved = await self._from_libraries(resolved, progress)
        progress.tell("playing")
        request = fill_request(resolved.profile, ask, self.config.generation)
        loop = asyncio.get_running_loop()
        patterns = tuple(await loop.run_in_executor(self._player, play, resolved.profile, request))
        result = GenerateResult(
            profile=resolved.profile,
            request=request,
            patterns=patterns,
            files=(),
            notices=(*resolved.profile.notices, *request_notices(resolved.profile, request)),
            generation_time_ms=(time.perf_counter() - began) * 1000,
        )
        if out_dir is None:
            return result
        # From the first file on it is finished, cancelled or not: files and history agree.
        return await unbroken(self._keep(result, out_dir, task_id, began))

    async def _keep(
        self, result: GenerateResult, out_dir: Path, task_id: str | None, began: float
    ) -> GenerateResult:
        """Write the files and the line in the history."""
        files = await asyncio.to_thread(
            write_files, result.patterns, out_dir, staging=self._staging
        )
        result = replace(
            result, files=files, generation_time_ms=(time.perf_counter() - began) * 1000
        )
        try:
            row = await asyncio.to_thread(history_row, result)
            number = await self.store.write(records.add_generation, **row, task_id=task_id)
        except StoreError as error:  # the files are there, and stay
            if task_id is not None:
                raise
            return replace(result, notices=(*result.notices, f"not in the history: {error}"))
        return replace(result, generation_id=number)

    @property
    def _staging(self) -> str:
        return staging_of(self.paths.database.parent) if self.owner else STAGING

    async def resolve(self, name: str, artist_id: int | None = None) -> Resolved:
        """Whom a name means, and the best there is to play from."""
        return await resolve(self.store, self.library, name, artist_id)

    async def line(self, name: str, artist_id: int | None = None) -> dict[str, Any]:
        """What is known about an artist, in a few words; reads no evidence and builds nothing."""
        found = await find(self.store, clean_name(name), artist_id)
        line = await self.store.read(queries.profile_line, found[0]) if found else None
        if line is None:
            return line_of(name, await asyncio.to_thread(known, self.library, clean_name(name)))
        return line_json(name, line)

    async def show(self, name: str, artist_id: int | None = None) -> ShowResult:
        """The profile of `name` and all it rests on; raises ArtistUnknown."""
        name = clean_name(name)
        resolved = await stored(self.store, name, artist_id)
        resolved = resolved or await asyncio.to_thread(builtin, self.library, name)
        if resolved is None:
            raise await self._unknown(name)
        evidence = resolved.evidence
        if resolved.artist_id is not None:
            evidence = tuple(await self.store.read(queries.evidence_of, resolved.artist_id))
        return ShowResult(resolved.artist, resolved.player, resolved.profile, evidence)

    async def artists(self, query: str | None) -> list[KnownArtist]:
        """Everyone who is known: researched artists, built-in ones, styles; with a query, who is
        spelt like it.
        """
        researched = await self.store.read(queries.known_artists)
        return await asyncio.to_thread(self._all_artists, researched, query)

    def _all_artists(self, everyone: list[KnownArtist], query: str | None) -> list[KnownArtist]:
        have = {normalise_name(artist.name) for artist in everyone}
        for name, basis in self.library.entries():
            if normalise_name(name) not in have:
                have.add(normalise_name(name))
                confidence = ARTIST_CONFIDENCE if basis == "builtin" else GENRE_CONFIDENCE
                everyone.append(KnownArtist(name, basis, confidence, 1, ""))
        if not query:
            return everyone
        wanted = normalise_name(query)
        within = [artist for artist in everyone if wanted in normalise_name(artist.name)]
        alike = like(query, [artist.name for artist in everyone], limit=10)
        return within + [a for a in everyone if a.name in alike and a not in within]

    async def history(self, limit: int) -> list[dict[str, Any]]:
        """The latest generations, newest first."""
        return await self.store.read(records.generations, limit)

    async def generation(self, generation_id: int) -> dict[str, Any]:
        """The plain form of an earlier generation; raises NotFound."""
        found = await self.store.read(records.generation, generation_id)
        if found is None:
            raise NotFound(f"there is no generation {generation_id}")
        return found

    async def take_path(self, generation_id: int, number: int) -> Path:
        """Where the file of a take was written; raises NotFound."""
        files = (await self.generation(generation_id))["midi_files"]
        if not 1 <= number <= len(files):
            raise NotFound(f"generation {generation_id} has no file {number}")
        return Path(files[number - 1])

    async def forget(self, name: str) -> tuple[str, int]:
        """Remove what was researched about `name`; (its name, pieces of evidence removed)."""
        name = clean_name(name)
        found = await self.store.read(queries.find_artist, name)
        if found is None:
            if self.library.find(name):
                raise ArtistUnknown(
                    f"nothing researched about {name}", "built-in notes cannot be forgotten"
                )
            raise await self._unknown(name)
        count = await self.store.write(queries.forget_artist, found[0])
        return found[1].name, count

    async def choices(self, name: str) -> list[tuple[int, Artist]]:
        """The stored artists of a name: more than one where it is ambiguous."""
        return await self.store.read(queries.artists_named, clean_name(name))

    async def _from_libraries(self, resolved: Resolved, progress: Progress) -> Resolved:
        """Research an unknown artist in the MIDI libraries that are configured; unchanged if they
        have nothing.
        """
        if not self.config.sources["local_midi"].folders:
            return resolved
        name = resolved.artist.name
        try:
            async with asyncio.timeout(QUICK_RESEARCH_S):
                await self.research(name, Inputs(), progress)
        except (ResearchError, TimeoutError):  # what was found in time is kept, and played from
            pass
        except MidiDrumiGenError as error:  # there is always something to play
            notices = (*resolved.profile.notices, f"not looked up in your library: {error}")
            resolved = replace(resolved, profile=replace(resolved.profile, notices=notices))
        return await stored(self.store, name) or resolved

    async def _unknown(self, name: str) -> ArtistUnknown:
        """The error for a name that nothing is known of."""
        names = [artist.name for artist in await self.artists(None)]
        alike = like(name, names)
        hint = (
            f"did you mean {' or '.join(alike)}?"
            if alike
            else "`mididrumigen artists` lists who is known"
        )
        return ArtistUnknown(f"nothing is known about {name}", hint)

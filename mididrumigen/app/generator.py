"""Plays in the style of an artist: whom a name means, what else was asked, the player, the files
and the line in the history.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Protocol

from mididrumigen.app.ask import GenerateAsk, LockAsk
from mididrumigen.app.drum_maps import find_map, map_notices
from mididrumigen.app.output import write_files
from mididrumigen.app.request import fill_request, history_row, request_notices
from mididrumigen.app.resolve import Resolved, resolve, stored
from mididrumigen.app.results import GenerateResult, ResearchResult
from mididrumigen.app.settings import Settings
from mididrumigen.app.takes import Source, source_of
from mididrumigen.app.unbroken import unbroken
from mididrumigen.engine import play
from mididrumigen.engine.blend import blend
from mididrumigen.engine.clip import play_as, with_clip
from mididrumigen.errors import (
    InputError,
    MidiDrumiGenError,
    NotFound,
    ResearchError,
    StoreError,
)
from mididrumigen.knowledge import Library
from mididrumigen.midi import DrumMap
from mididrumigen.models import Inputs, Pattern, Progress, Request, StyleProfile
from mididrumigen.store import Store, records

QUICK_RESEARCH_S = 15.0
"""What a generation of an unknown name may spend on finding out."""


class _Research(Protocol):
    """`Researcher.research`."""

    async def __call__(self, name: str, inputs: Inputs, progress: Progress) -> ResearchResult: ...


class Generator:
    """Plays; `close` it. `staging` is how the names of folders begin that are not finished, `maps`
    the folder of the user's own drum maps.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        library: Library,
        research: _Research,
        network_is_on: Callable[[], bool],
        staging: str,
        maps: Path,
    ) -> None:
        self._settings, self._store, self._library = settings, store, library
        self._research, self._staging, self._maps = research, staging, maps
        self._network_is_on = network_is_on
        # One thread: playing is all Python, and several at once would only take turns.
        self._player = ThreadPoolExecutor(1, thread_name_prefix="player")

    def close(self) -> None:
        """Let the player go; what has not begun to play is not played."""
        self._player.shutdown(wait=False, cancel_futures=True)

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
        drum_map = await self.drum_map(ask.drum_map)
        profile = await self._profile(name, ask, artist_id, progress)
        source = await self._source(ask.lock) if ask.lock else None
        progress.tell("playing")
        request = fill_request(profile, ask, self._settings.config.generation, source)
        loop = asyncio.get_running_loop()
        patterns = await loop.run_in_executor(self._player, _played, profile, request, ask)
        of_ask = ask.clip.clip.notices if ask.clip else request_notices(profile, request)
        result = GenerateResult(
            profile=profile,
            request=request,
            patterns=tuple(patterns),
            files=(),
            notices=(*profile.notices, *of_ask, *map_notices(drum_map, patterns)),
            generation_time_ms=(time.perf_counter() - began) * 1000,
            drum_map=drum_map,
            tracks=ask.tracks,
        )
        if out_dir is None:
            return result
        # From the first file on it is finished, cancelled or not: files and history agree.
        return await unbroken(self._keep(result, ask, out_dir, task_id, began))

    async def drum_map(self, asked: str) -> DrumMap:
        """The drum map of a name or path, of the settings where it is empty; raises InputError."""
        asked = asked or self._settings.config.generation.map
        return await asyncio.to_thread(find_map, asked, self._maps)

    async def _profile(
        self, name: str, ask: GenerateAsk, artist_id: int | None, progress: Progress
    ) -> StyleProfile:
        """The profile to play from: of the artist, or of two."""
        resolved = await resolve(self._store, self._library, name, artist_id, ask.player, ask.era)
        if resolved.profile.basis == "unknown" and ask.research == "auto":
            resolved = await self._looked_up(resolved, progress)
        if ask.blend is None:
            return resolved.profile
        other = (await resolve(self._store, self._library, ask.blend.name)).profile
        if other.artist_name == resolved.profile.artist_name:
            raise InputError(f"{other.artist_name} cannot be blended with themselves")
        amounts = dict.fromkeys(ask.blend.aspects, ask.blend.amount)
        return await asyncio.to_thread(blend, resolved.profile, other, amounts)

    async def _source(self, lock: LockAsk) -> Source:
        """The take that is locked; raises NotFound."""
        generation = await self._store.read(records.generation, lock.generation_id)
        if generation is None:
            raise NotFound(
                f"there is no generation {lock.generation_id}",
                "`mididrumigen history` lists them",
            )
        return source_of(generation, lock)

    async def _keep(
        self,
        result: GenerateResult,
        ask: GenerateAsk,
        out_dir: Path,
        task_id: str | None,
        began: float,
    ) -> GenerateResult:
        """Write the files and the line in the history."""
        files = await asyncio.to_thread(
            write_files,
            result.patterns,
            out_dir,
            drum_map=result.drum_map,
            tracks=result.tracks,
            staging=self._staging,
        )
        result = replace(
            result, files=files, generation_time_ms=(time.perf_counter() - began) * 1000
        )
        try:
            row = await asyncio.to_thread(history_row, result, ask)
            number = await self._store.write(records.add_generation, **row, task_id=task_id)
        except StoreError as error:  # the files are there, and stay
            if task_id is not None:
                raise
            return replace(result, notices=(*result.notices, f"not in the history: {error}"))
        return replace(result, generation_id=number)

    async def _looked_up(self, resolved: Resolved, progress: Progress) -> Resolved:
        """Research an unknown artist for some seconds, on the network and in the MIDI libraries
        that are configured; unchanged if they have nothing.
        """
        if not self._network_is_on() and not self._settings.config.sources["local_midi"].folders:
            return resolved
        name = resolved.artist.name
        said = ""
        try:
            async with asyncio.timeout(QUICK_RESEARCH_S):
                await self._research(name, Inputs(is_quick=True), progress)
        except TimeoutError:  # what was found in time is kept, and played from
            pass
        except ResearchError as error:
            said = str(error)
        except MidiDrumiGenError as error:  # there is always something to play
            said = f"not looked up: {error}"
        found = await stored(self._store, self._library, name)
        if found or not said:
            return found or resolved
        notices = (*resolved.profile.notices, said)
        return replace(resolved, profile=replace(resolved.profile, notices=notices))


def _played(profile: StyleProfile, request: Request, ask: GenerateAsk) -> list[Pattern]:
    """What the player makes of it."""
    if ask.clip is None:
        return play(profile, request)
    if ask.clip.use == "play-as":
        return play_as(profile, request, ask.clip.clip)
    rng = Random(f"{request.seed}|clip")
    return play(with_clip(profile, ask.clip.clip, rng), request)

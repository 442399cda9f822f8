"""What the owner of a home adds to the verbs: they run as jobs, which outlive the call and the
process.

Conventions: the payload of a job is the ask of its verb as JSON, with nothing left to chance: a
seed that was not given is drawn when the job is taken, so that a job that is begun again plays the
same. What a generation gave is in the history, under the id of its job; other results are kept with
the job.
"""

import asyncio
import logging
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from mididrumigen.app.ask import GenerateAsk, ask_from_json, ask_to_json
from mididrumigen.app.clock import days_ago, now
from mididrumigen.app.output import staging_of, sweep
from mididrumigen.app.request import draw_seed
from mididrumigen.app.resolve import line_of, subject_of
from mididrumigen.app.uploads import Uploads
from mididrumigen.app.verbs import App
from mididrumigen.errors import InputError, MidiDrumiGenError, NotFound
from mididrumigen.jobs import Jobs, Kind, Tell
from mididrumigen.models import Inputs, Progress
from mididrumigen.models.job import Command, Job
from mididrumigen.models.names import clean_name
from mididrumigen.store import Store, records

_log = logging.getLogger(__name__)

RESEARCHES_AT_ONCE, GENERATIONS_AT_ONCE = 2, 4
_KEPT_DAYS = 14
"""How long a finished job can be asked about."""
_EVERY_S = 3600.0
_ROOM_S = 60.0
"""For building the profile after the last source."""


class Tasks:
    """The jobs of a home; use `async with Tasks.open(app) as tasks`."""

    def __init__(self, app: App) -> None:
        self._app = app
        self.uploads = Uploads(app.paths.uploads)
        kinds: dict[Command, Kind] = {
            "research": Kind(
                self._research,
                RESEARCHES_AT_ONCE,
                # The research itself ends in time; one that others joined may run twice.
                lambda: 2 * app.config.research.timeout_minutes * 60 + _ROOM_S,
                merge=_merge,
                after=self._remove_uploads,
            ),
            "generate": Kind(
                self._generate,
                GENERATIONS_AT_ONCE,
                lambda: app.config.generation.max_generation_time_sec,
            ),
        }
        self.jobs = Jobs(_Records(app.store), kinds, now)

    @property
    def output_dir(self) -> Path:
        """Where the daemon writes, as the settings say now."""
        return output_dir(self._app.config.generation.output_dir)

    @classmethod
    @asynccontextmanager
    async def open(cls, app: App) -> AsyncIterator[Self]:
        """Begin again what the last owner left; at the end everything is stopped and waits for the
        next.
        """
        tasks = cls(app)
        staging = staging_of(app.paths.database.parent)
        await asyncio.to_thread(sweep, tasks.output_dir, staging, 0)
        await asyncio.to_thread(tasks.uploads.begin)
        await tasks.jobs.recover()
        hourly = [asyncio.ensure_future(tasks._tidy()), asyncio.ensure_future(tasks._look())]
        try:
            yield tasks
        finally:
            for task in hourly:
                task.cancel()
            await tasks.jobs.close()

    async def _tidy(self) -> None:
        """Remove what has had its time, now and every hour."""
        while True:
            try:
                await self._app.store.write(records.prune_jobs, days_ago(_KEPT_DAYS))
                await asyncio.to_thread(self.uploads.tidy, self._needed_uploads())
            except MidiDrumiGenError:
                _log.exception("tidying failed")
            await asyncio.sleep(_EVERY_S)

    async def _look(self) -> None:
        """Look for what is new in the MIDI libraries, now and every hour."""
        while True:
            folders = [Path(f) for f in self._app.config.sources["local_midi"].folders]
            progress = Progress()
            try:
                if folders:
                    await self._app.index.refresh(folders, progress)
            except MidiDrumiGenError:
                _log.exception("the MIDI libraries could not be looked through")
            for item, reason in progress.refused:
                _log.warning("MIDI library: %s: %s", item, reason)
            await asyncio.sleep(_EVERY_S)

    def _needed_uploads(self) -> set[str]:
        """Ids of uploads that jobs under way are about."""
        return {
            upload_id
            for job in self.jobs.all_alive()
            if not job.is_final
            for upload_id in job.payload.get("upload_ids", ())
        }

    async def research(
        self,
        name: str,
        *,
        sender: str,
        artist_id: int | None = None,
        midi_paths: tuple[str, ...] = (),
        upload_ids: tuple[str, ...] = (),
        urls: tuple[str, ...] = (),
        depth: str = "quick",
    ) -> tuple[Job, bool]:
        """(the job that researches an artist, whether it was under way already)."""
        for path in map(Path, midi_paths):
            if not path.is_absolute():
                raise InputError(f"{path} is no whole path", "begin it at the root of the disk")
            if not await asyncio.to_thread(os.path.exists, path):
                raise NotFound(f"there is no {path} on this machine")
        for upload_id in upload_ids:
            await asyncio.to_thread(self.uploads.place, upload_id)
        payload = {
            "artist": clean_name(name),
            "artist_id": artist_id,
            "midi_paths": list(midi_paths),
            "upload_ids": list(upload_ids),
            "urls": list(urls),
            "depth": depth,
        }
        subject = subject_of(await self._app.identify(name, artist_id))
        asked = self._job("research", payload, sender, subject)
        job = await self.jobs.submit(asked)
        return job, job is not asked

    async def generate(
        self, name: str, ask: GenerateAsk, *, sender: str, artist_id: int | None = None
    ) -> Job:
        """The job that plays in the style of an artist."""
        if ask.seed is None:
            ask = replace(ask, seed=draw_seed())
        payload = {"artist": clean_name(name), "artist_id": artist_id, "ask": ask_to_json(ask)}
        return await self.jobs.submit(self._job("generate", payload, sender, ""))

    async def status(self, name: str, artist_id: int | None = None) -> dict[str, Any]:
        """What is known about an artist, and whether more is being found out."""
        artist = await self._app.identify(name, artist_id)
        subject = subject_of(artist)
        job = self.jobs.about("research", subject)
        if job is not None:
            line = await self._app.line(name, artist_id)
            return {**line, "status": "researching", "task_id": job.task_id}
        # What a broken research left is counted in.
        line = line_of(name, await self._app.resolve(name, artist_id))
        if line["basis"] == "researched":
            return {**line, "status": "cached"}
        last = await self._app.store.read(records.latest_job, "research", subject)
        if last is not None and last.status == "failed":
            return {**line, "status": "failed", "task_id": last.task_id, "error": last.error}
        return {**line, "status": "pending"}

    async def find(self, task_id: str) -> Job:
        """A job, under way or not; raises NotFound."""
        job = self.jobs.alive(task_id) or await self._app.store.read(records.job, task_id)
        if job is None:
            raise NotFound(f"there is no task {task_id}")
        return job

    async def result(self, job: Job) -> Mapping[str, Any] | None:
        """What a job gave; None before it is completed."""
        if job.status != "completed":
            return None
        if job.command == "generate":
            return await self._app.store.read(records.generation_of_task, job.task_id)
        return job.result

    def _job(self, command: Command, payload: Mapping[str, Any], sender: str, subject: str) -> Job:
        return Job(command, payload, secrets.token_hex(8), now(), sender, subject=subject)

    async def _research(self, job: Job, tell: Tell) -> Mapping[str, Any]:
        ask = job.payload
        uploads = [
            await asyncio.to_thread(self.uploads.find, upload_id) for upload_id in ask["upload_ids"]
        ]
        inputs = Inputs(
            tuple(map(Path, ask["midi_paths"])),
            tuple(uploads),
            urls=tuple(ask.get("urls", ())),
            is_quick=ask.get("depth", "quick") == "quick",
        )
        result = await self._app.research(
            ask["artist"],
            inputs,
            _progress(tell),
            artist_id=ask["artist_id"],
            since=job.timestamp,
        )
        return result.to_json()

    async def _remove_uploads(self, job: Job) -> None:
        """Remove what a job that has ended was about, but for what another one needs."""
        for upload_id in set(job.payload["upload_ids"]) - self._needed_uploads():
            await asyncio.to_thread(self.uploads.remove, upload_id)

    async def _generate(self, job: Job, tell: Tell) -> Mapping[str, Any]:
        # Begun again after a crash: it may have been finished but for saying so.
        if await self._app.store.read(records.generation_of_task, job.task_id) is None:
            ask = job.payload
            await self._app.generate(
                ask["artist"],
                ask_from_json(ask["ask"]),
                self.output_dir,
                artist_id=ask["artist_id"],
                task_id=job.task_id,
                progress=_progress(tell),
            )
        return {}


class _Records:
    """Where `jobs` keeps its jobs: the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def save(self, job: Job) -> None:
        await self._store.write(records.save_job, job)

    async def unfinished(self) -> list[Job]:
        return await self._store.read(records.unfinished_jobs)


def output_dir(setting: str) -> Path:
    """Where the daemon writes: the setting, else `MidiDrumiGen` in the user's music folder."""
    if setting:
        return Path(setting).expanduser()
    from platformdirs import user_music_path

    return user_music_path() / "MidiDrumiGen"


def _merge(running: Mapping[str, Any], more: Mapping[str, Any]) -> Mapping[str, Any]:
    """What two researches about one artist ask together."""
    both = {
        key: list(dict.fromkeys([*running.get(key, ()), *more.get(key, ())]))
        for key in ("midi_paths", "upload_ids", "urls")
    }
    depth = "full" if "full" in (running.get("depth"), more.get("depth")) else "quick"
    return {**running, **both, "depth": depth}


def _progress(tell: Tell) -> Progress:
    def listen(message: str, done: int, total: int) -> None:
        tell(done / total if total else 0.0, message)

    return Progress(listener=listen)

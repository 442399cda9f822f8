"""What the calls do, but for those of `playing`, `knowing` and `setting_up`: they ask App and Tasks
and decide nothing.

Conventions: a handler takes the desk and what was asked, and gives JSON or a finished response. Its
docstring is what the API's document says of it.
"""

import asyncio
import dataclasses
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from mididrumigen import __version__
from mididrumigen.app import App
from mididrumigen.app.doctor import examine
from mididrumigen.app.drum_maps import all_maps
from mididrumigen.app.owner import Runtime
from mididrumigen.app.reveal import reveal
from mididrumigen.app.takes import page, take_file
from mididrumigen.app.tasks import Tasks
from mididrumigen.config import PROVIDER_NAMES
from mididrumigen.errors import NotFound
from mididrumigen.models.job import Job
from mididrumigen.sources.registry import SOURCES
from mididrumigen.store import queries
from mididrumigen.web import bodies
from mididrumigen.web.problems import Problem
from mididrumigen.web.read import read_files

API = 1
"""Number of the contract; it changes when something is taken away from it."""
MAX_STREAMS = 64


@dataclass(slots=True)
class Desk:
    """What the handlers work with."""

    app: App
    tasks: Tasks
    runtime: Runtime
    began: float = field(default_factory=time.monotonic)
    streams: int = 0
    """Event streams that are open."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that has been read."""

    request: web.Request
    query: Any
    """The query model of the call."""
    body: Any
    """Its body model; None for a call without."""

    @property
    def artist(self) -> str:
        """The name in the path."""
        return self.request.match_info["artist"]

    @property
    def sender(self) -> str:
        """Who asks, as the program calls itself: its name without version."""
        return self.request.headers.get("User-Agent", "").partition("/")[0][:40] or "unknown"

    def number(self, name: str) -> int:
        """A number in the path; raises NotFound for one that no row has."""
        text = self.request.match_info[name]
        if len(text) > len(str(bodies.MAX_ID)) or int(text) > bodies.MAX_ID:
            raise NotFound(f"there is no {name.replace('_', ' ')} {text[:20]}")
        return int(text)


async def health(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Whether the daemon works, and with what."""
    settings = desk.app.config.sources
    absent = {"state": "absent", "reason": "not in this version yet"}
    return {
        "status": "ok",
        "version": __version__,
        "api": API,
        "pid": desk.runtime.pid,
        "uptime_s": round(time.monotonic() - desk.began, 3),
        "providers": dict.fromkeys(PROVIDER_NAMES, absent),
        "sources": {
            source.name: {"state": "on", "reason": ""}
            if settings[source.name].enabled
            else {"state": "off", "reason": f"[sources.{source.name}] enabled is false"}
            for source in SOURCES
        },
    }


async def research_status(desk: Desk, asked: Asked) -> dict[str, Any]:
    """What is known about an artist, and whether more is being found out."""
    return await desk.tasks.status(asked.artist, asked.query.artist_id)


async def research(desk: Desk, asked: Asked) -> web.Response:
    """Find out about an artist: 202 and the task; the one under way where there is one."""
    body: bodies.ResearchBody = asked.body
    body.refuse_absent()
    name, artist_id = await who(desk, body)
    job, joined = await desk.tasks.research(
        name,
        sender=asked.sender,
        artist_id=artist_id,
        midi_paths=tuple(body.midi_paths),
        upload_ids=tuple(body.upload_ids),
        urls=tuple(body.urls),
        depth="full" if body.urls else body.depth,
    )
    return web.json_response({"task_id": job.task_id, "joined": joined}, status=202)


async def task(desk: Desk, asked: Asked) -> dict[str, Any]:
    """How a task fares; with `wait` and `since` the answer comes when there is news."""
    job = await desk.tasks.find(asked.request.match_info["task_id"])
    if asked.query.wait:
        await desk.tasks.jobs.wait(job, asked.query.since, asked.query.wait)
    return await view(desk, job, asked.query.clips)


async def cancel(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Stop a task; one that has ended stays as it is, and with `unless_shared` one that others have
    joined.
    """
    job = await desk.tasks.find(asked.request.match_info["task_id"])
    await desk.tasks.jobs.cancel(job, unless_shared=asked.query.unless_shared == "1")
    return await view(desk, job, "0")


async def maps(desk: Desk, asked: Asked) -> dict[str, Any]:
    """The drum maps that a generation can be written on, the user's own among them."""
    found, wrong = await asyncio.to_thread(all_maps, desk.app.paths.maps)
    return {"maps": [{"name": m.name, "title": m.title} for m in found], "wrong": wrong}


async def generations(desk: Desk, asked: Asked) -> dict[str, Any]:
    """What was generated, the newest first."""
    query: bodies.GenerationsQuery = asked.query
    return {"generations": await desk.app.history(query.limit, query.kept == "1")}


async def generation(desk: Desk, asked: Asked) -> dict[str, Any]:
    """The result of a generation."""
    return with_clips(await desk.app.generation(asked.number("generation_id")), asked.query.clips)


async def take(desk: Desk, asked: Asked) -> dict[str, Any]:
    """One page of the notes of a take, under 30 kB."""
    found = await desk.app.generation(asked.number("generation_id"))
    query: bodies.PageQuery = asked.query
    return page(found, asked.number("take"), query.from_bar, query.bars)


async def take_midi(desk: Desk, asked: Asked) -> web.Response:
    """The MIDI file of a take."""
    found = await desk.app.generation(asked.number("generation_id"))
    body = await asyncio.to_thread(take_file, found, asked.number("take"))
    return web.Response(body=body, content_type="audio/midi")


async def reveal_take(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Show the file of a take in the file manager of this machine."""
    path = await desk.app.take_path(asked.number("generation_id"), asked.number("take"))
    await asyncio.to_thread(reveal, path)
    return {"revealed": str(path)}


async def keep_take(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Mark a take as kept, or not any more."""
    generation_id, number = asked.number("generation_id"), asked.number("take")
    return {"kept": await desk.app.keep(generation_id, number, asked.body.kept)}


async def upload(desk: Desk, asked: Asked) -> web.Response:
    """Hand over MIDI files, 50 MB at most; research reads them and they are removed."""
    uploads: list[dict[str, Any]] = []

    async def keep(name: str, pieces: AsyncIterator[bytes]) -> None:
        if len(uploads) == bodies.MAX_ITEMS:
            raise Problem(413, "too_large", f"over {bodies.MAX_ITEMS} files", "send fewer at once")
        upload_id, size = await desk.tasks.uploads.add(name, pieces)
        uploads.append({"upload_id": upload_id, "name": name, "bytes": size})

    try:
        await read_files(asked.request, keep)
        if not uploads:
            raise Problem(422, "no_file", "the form holds no file", "curl -F file=@FILE does it")
    except BaseException:  # nobody will be told the ids of those that came well
        for kept in uploads:
            await asyncio.to_thread(desk.tasks.uploads.remove, kept["upload_id"])
        raise
    return web.json_response({"uploads": uploads}, status=201)


async def doctor(desk: Desk, asked: Asked) -> dict[str, Any]:
    """What works here, and what to do about the rest."""
    return {
        "checks": [
            dataclasses.asdict(check) for check in await examine(desk.app.paths, desk.runtime)
        ]
    }


async def view(desk: Desk, job: Job, clips: str) -> dict[str, Any]:
    """A task as it is told."""
    answer: dict[str, Any] = {
        "task_id": job.task_id,
        "kind": job.command,
        "status": job.status,
        "progress": job.progress,
        "message": job.message,
        "rev": job.rev,
    }
    if job.status == "failed":
        answer["error"] = dict(job.error)
    result = await desk.tasks.result(job)
    if result is not None:
        answer["result"] = with_clips(result, clips) if job.command == "generate" else result
    return answer


async def who(desk: Desk, body: bodies.ArtistBody) -> tuple[str, int | None]:
    """(name, id where one is needed) of whom is meant; raises Ambiguous where that is not clear."""
    if body.artist_id is not None:
        artist = await desk.app.store.read(queries.artist_by_id, body.artist_id)
        if artist is None:
            raise NotFound(f"there is no artist {body.artist_id}")
        return artist.name, body.artist_id
    assert body.artist is not None
    choices = await desk.app.choices(body.artist)
    if len(choices) > 1:
        raise Ambiguous(choices)
    return body.artist, None


class Ambiguous(Exception):
    """Several artists have the name that was asked for."""

    def __init__(self, choices: list[tuple[int, Any]]) -> None:
        super().__init__("ambiguous")
        self.choices = choices

    def answer(self) -> web.Response:
        """300 with the choices."""
        rows = [
            {"artist_id": number, "name": artist.name, "disambiguation": artist.disambiguation}
            for number, artist in self.choices
        ]
        return web.json_response({"choices": rows}, status=300)


def with_clips(result: Mapping[str, Any], clips: str) -> dict[str, Any]:
    """A generation, without its notes where they are not wanted."""
    if clips == "1":
        return dict(result)
    bare = [{k: v for k, v in clip.items() if k != "notes"} for clip in result["clips"]]
    return {**result, "clips": bare}

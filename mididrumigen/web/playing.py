"""What the calls do that play: in an artist's style, as an artist, and on from a clip."""

import asyncio
from typing import Any

from aiohttp import web

from mididrumigen.app import GenerateAsk
from mididrumigen.app.ask import BlendAsk, ClipAsk, ClipUse, LockAsk
from mididrumigen.app.clips import clip_of_notes
from mididrumigen.app.takes import limbs_of
from mididrumigen.models import COMMON_TIME, Clip, Controls, Metre
from mididrumigen.web import bodies
from mididrumigen.web.handlers import Asked, Desk, who, with_clips
from mididrumigen.web.problems import Problem, of_failed

_USUAL_BPM = 120.0
"""Of notes that come without a tempo, as in a MIDI file."""


async def generate(desk: Desk, asked: Asked) -> web.Response:
    """Play in the style of an artist: 202 and the task, or 200 and the result within `wait`."""
    body: bodies.GenerateBody = asked.body
    body.refuse_absent()
    ask = _ask(
        body,
        bars=body.bars,
        part=body.part,
        metre=Metre.parse(body.time_signature) if body.time_signature is not None else None,
        research=body.research,
        lock=LockAsk.parse(body.lock, map(str, body.lock_bars), body.source),
    )
    return await _play(desk, asked, ask)


async def play_as(desk: Desk, asked: Asked) -> web.Response:
    """Play somebody's own clip with an artist's feel; every stroke stays."""
    return await _with_clip(desk, asked, "play-as")


async def continue_clip(desk: Desk, asked: Asked) -> web.Response:
    """Go on with somebody's own clip as an artist would."""
    body: bodies.ContinueBody = asked.body
    return await _with_clip(desk, asked, "continue", bars=body.bars, part=body.part)


async def hands(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Which hand or foot plays each note of a take."""
    found = await desk.app.generation(asked.number("generation_id"))
    return {"limbs": await asyncio.to_thread(limbs_of, found, asked.number("take"))}


async def edit(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Keep a take with other notes: a generation of its own, with a file; the first one stays."""
    number, take = asked.number("generation_id"), asked.number("take")
    return await desk.app.edit(number, take, asked.body.notes, desk.tasks.output_dir)


async def _with_clip(desk: Desk, asked: Asked, use: ClipUse, **more: Any) -> web.Response:
    body: bodies.ClipBody = asked.body
    if body.variations is None and use == "play-as":
        more["variations"] = 1
    clip = await _clip(desk, body)
    return await _play(desk, asked, _ask(body, clip=ClipAsk(clip, use), **more))


async def _clip(desk: Desk, body: bodies.ClipBody) -> Clip:
    if body.upload_id:
        path = await asyncio.to_thread(desk.tasks.uploads.place, body.upload_id)
        return await desk.app.read_clip(path)
    notes = [(round(pitch), start, length, v) for pitch, start, length, v in body.notes]
    return clip_of_notes(
        notes,
        title=body.title,
        metre=Metre.parse(body.time_signature) if body.time_signature else COMMON_TIME,
        tempo_bpm=body.tempo or _USUAL_BPM,
        length_beats=body.length_beats,
        drum_map=await desk.app.drum_map(body.map),
    )


def _ask(body: bodies.PlayBody, **more: Any) -> GenerateAsk:
    """The ask of what all bodies share, and of some more."""
    return GenerateAsk(
        **{
            "tempo_bpm": body.tempo,
            "variations": body.variations,
            "seed": body.seed,
            "controls": Controls(**body.controls.model_dump()),
            "player": body.player,
            "era": body.era,
            "drum_map": body.map,
            "tracks": body.tracks,
            "blend": BlendAsk.parse(body.blend) if body.blend else None,
            **more,
        }
    )


async def _play(desk: Desk, asked: Asked, ask: GenerateAsk) -> web.Response:
    """The task, or the result where it is there in time."""
    await desk.app.drum_map(ask.drum_map)  # one that is not there is refused before it is a task
    name, artist_id = await who(desk, asked.body)
    job = await desk.tasks.generate(name, ask, sender=asked.sender, artist_id=artist_id)
    if asked.query.wait:
        await desk.tasks.jobs.finished(job, asked.query.wait)
        if job.status == "failed":
            return of_failed(job.error)
        if job.status == "cancelled":
            raise Problem(409, "cancelled", "the task was cancelled", "ask again")
        result = await desk.tasks.result(job)
        if result is not None:
            return web.json_response(with_clips(result, asked.query.clips))
    return web.json_response({"task_id": job.task_id, "joined": False}, status=202)

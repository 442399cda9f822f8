"""What the calls about artists do: who is known, how they drum, who is like them.

Conventions: as in `handlers`.
"""

import asyncio
import dataclasses
import json
from typing import Any
from urllib.parse import quote

from aiohttp import web

from mididrumigen.models.names import file_name
from mididrumigen.web import bodies
from mididrumigen.web.handlers import Asked, Desk


async def artists(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Who is known, or whose names are like the query."""
    found = await desk.app.artists(asked.query.query or None)
    return {"artists": [dataclasses.asdict(artist) for artist in found]}


async def profile(desk: Desk, asked: Asked) -> dict[str, Any]:
    """All that is known about an artist, and what each number rests on."""
    query: bodies.ProfileQuery = asked.query
    shown = await desk.app.show(asked.artist, query.artist_id, query.player, query.era)
    return await asyncio.to_thread(shown.to_json)


async def similar(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Who drums most like an artist or a style, and why; an unknown name gets its nearest style."""
    query: bodies.SimilarQuery = asked.query
    found = await desk.app.similar.to_artist(
        asked.artist, query.artist_id, limit=query.limit, wait_s=query.wait
    )
    return found.to_json()


async def similar_to_text(desk: Desk, asked: Asked) -> dict[str, Any]:
    """Who drums most like a text says, and why."""
    query: bodies.SimilarTextQuery = asked.query
    found = await desk.app.similar.to_text(query.text, limit=query.limit, wait_s=query.wait)
    return found.to_json()


async def export(desk: Desk, asked: Asked) -> web.Response:
    """The profile of an artist as a file: to keep, or for another MidiDrumiGen."""
    document = await desk.app.export(asked.artist, asked.query.artist_id)
    text = await asyncio.to_thread(json.dumps, document, indent=1)
    name = quote(file_name(f"{document['artist']['name']} - style.json"))
    return web.Response(
        text=text,
        content_type="application/json",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


async def take_in(desk: Desk, asked: Asked) -> web.Response:
    """Take in a profile that was exported, and uploaded; beside what is known of its artist."""
    upload = await asyncio.to_thread(desk.tasks.uploads.find, asked.body.upload_id)
    content = await asyncio.to_thread(upload.path.read_bytes)
    try:
        profile, count = await desk.app.take_in(content, upload.name)
    finally:
        await asyncio.to_thread(desk.tasks.uploads.remove, asked.body.upload_id)
    answer = {
        "artist": profile.artist_name,
        "basis": profile.basis,
        "confidence": profile.confidence_score,
        "evidence": count,
    }
    return web.json_response(answer, status=201)

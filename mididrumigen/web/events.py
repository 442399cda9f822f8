"""A task as a stream of server-sent events.

Conventions: the first event comes at once, then one a change, the last with the result; an event is
what `GET /task/{task_id}` answers, its id the revision. A slow reader gets the latest state and
misses what was between. A comment every few seconds keeps the line open and finds out who left.
"""

import contextlib
import json
from contextlib import aclosing

from aiohttp import web

from mididrumigen.web.handlers import MAX_STREAMS, Asked, Desk, view
from mididrumigen.web.problems import Problem

BEAT_S = 5.0


async def events(desk: Desk, asked: Asked) -> web.StreamResponse:
    """A task as server-sent events, until it has ended."""
    job = await desk.tasks.find(asked.request.match_info["task_id"])
    if desk.streams >= MAX_STREAMS:
        raise Problem(
            503, "busy", f"{MAX_STREAMS} event streams are open already", "close one, or poll"
        )
    answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    desk.streams += 1
    try:
        await answer.prepare(asked.request)
        async with aclosing(desk.tasks.jobs.changes(job, BEAT_S)) as changes:
            async for changed in changes:
                if not changed:
                    await answer.write(b": still at it\n\n")
                    continue
                data = json.dumps(await view(desk, job, asked.query.clips))
                await answer.write(f"id: {job.rev}\nevent: task\ndata: {data}\n\n".encode())
        with contextlib.suppress(ConnectionError):
            await answer.write_eof()
    except ConnectionError:  # they left
        pass
    finally:
        desk.streams -= 1
    return answer

"""A task as a stream of server-sent events.

Conventions: the first event comes at once, then one a change, the last with the result; an event is
what `GET /task/{task_id}` answers, its id the revision. A slow reader gets the latest state and
misses what was between. A comment every few seconds keeps the line open and finds out who left.
"""

import asyncio
import json
import logging
from contextlib import aclosing

from aiohttp import web

from mididrumigen.errors import MidiDrumiGenError
from mididrumigen.web.handlers import MAX_STREAMS, Asked, Desk, view
from mididrumigen.web.problems import Problem

_log = logging.getLogger(__name__)

BEAT_S = 5.0
_WRITE_LIMIT_S = 30.0
"""One who takes nothing for so long is not there any more."""


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
                line = ": still at it\n\n"
                if changed:
                    data = json.dumps(await view(desk, job, asked.query.clips))
                    line = f"id: {job.rev}\nevent: task\ndata: {data}\n\n"
                async with asyncio.timeout(_WRITE_LIMIT_S):
                    await answer.write(line.encode())
        await answer.write_eof()
    except (ConnectionError, TimeoutError):  # they left
        pass
    except MidiDrumiGenError as error:  # too late for an answer of another status
        _log.error("an event stream broke: %s", error)
        if asked.request.transport:
            asked.request.transport.close()
    finally:
        desk.streams -= 1
    return answer

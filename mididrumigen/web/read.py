"""Bytes from outside -> models, within limits of size and time.

Conventions: what cannot be read is a Problem whose message names the field. A body is read only
after its kind and its length were looked at.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any, TypeVar

from aiohttp import BodyPartReader, MultipartReader, web
from aiohttp.http import HttpProcessingError
from pydantic import BaseModel, ValidationError

from mididrumigen.app.uploads import MAX_UPLOAD_BYTES
from mididrumigen.web.problems import Problem

MAX_JSON_BYTES = 1_000_000
JSON_LIMIT_S = 10.0
UPLOAD_LIMIT_S = 120.0
_PIECE_BYTES = 65_536
_CURL = "curl -F file=@FILE does it"
_MULTIPART_ROOM = 65_536
"""Bytes that boundaries and headers may take beside the files."""

_Model = TypeVar("_Model", bound=BaseModel)
Keep = Callable[[str, AsyncIterator[bytes]], Awaitable[None]]
"""Takes a file: its name, and its bytes as they come in."""


def query_of(request: web.Request, model: type[_Model]) -> _Model:
    """The query string; raises Problem."""
    return checked(model, dict(request.query))


def checked(model: type[_Model], values: Mapping[str, str]) -> _Model:
    """A model of values that are text; raises Problem."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _named(error, 422) from error


async def body_of(request: web.Request, model: type[_Model]) -> _Model:
    """The JSON body; raises Problem."""
    if request.content_type != "application/json":
        raise Problem(
            415,
            "not_json",
            f"the body must be JSON, not {request.content_type}",
            "send it with Content-Type: application/json",
        )
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise Problem(415, "packed", "the body must not be packed", "leave Content-Encoding out")
    if (request.content_length or 0) > MAX_JSON_BYTES:
        raise _too_large(MAX_JSON_BYTES)
    try:
        async with asyncio.timeout(JSON_LIMIT_S):
            body = await request.read()
    except TimeoutError as error:
        raise _too_slow(JSON_LIMIT_S) from error
    except web.HTTPRequestEntityTooLarge as error:
        raise _too_large(MAX_JSON_BYTES) from error
    except web.RequestPayloadError as error:
        raise Problem(400, "bad_body", "the body cannot be read", "send it again") from error
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        broken = error.errors()[0]["type"] == "json_invalid"
        raise _named(error, 400 if broken else 422) from error


async def read_files(request: web.Request, keep: Keep) -> None:
    """Give each file of a form to `keep`, as it comes in; raises Problem."""
    if request.content_type != "multipart/form-data":
        raise Problem(
            415,
            "not_a_form",
            f"files come as multipart/form-data, not {request.content_type}",
            _CURL,
        )
    if (request.content_length or 0) > MAX_UPLOAD_BYTES + _MULTIPART_ROOM:
        raise _too_large(MAX_UPLOAD_BYTES)
    left = MAX_UPLOAD_BYTES + _MULTIPART_ROOM

    async def pieces(part: BodyPartReader) -> AsyncIterator[bytes]:
        nonlocal left
        while piece := await part.read_chunk(_PIECE_BYTES):
            left -= len(piece)
            if left < 0:
                raise _too_large(MAX_UPLOAD_BYTES)
            yield piece

    try:
        async with asyncio.timeout(UPLOAD_LIMIT_S):
            form: MultipartReader = await request.multipart()
            while (part := await form.next()) is not None:
                if not isinstance(part, BodyPartReader) or not part.filename:
                    raise Problem(
                        422,
                        "no_file",
                        "a part of the form is no file",
                        _CURL,
                    )
                await keep(part.filename, pieces(part))
    except TimeoutError as error:
        raise _too_slow(UPLOAD_LIMIT_S) from error
    except (ValueError, RuntimeError, HttpProcessingError, web.HTTPException) as error:
        raise Problem(400, "bad_form", "the form cannot be read", "send it again") from error


def _named(error: ValidationError, status: int) -> Problem:
    """The first thing that is wrong, by the name of its field."""
    first: dict[str, Any] = dict(error.errors(include_url=False)[0])
    if first["type"] == "json_invalid":
        return Problem(status, "bad_json", f"the body is no JSON: {first['ctx']['error']}")
    place = ".".join(str(part) for part in first["loc"])[:200]
    says = str(first["msg"])
    if first["type"] == "extra_forbidden":
        return Problem(status, "unknown_field", f"there is no field {place} here")
    return Problem(status, "invalid", f"{place or 'the body'}: {says[:1].lower()}{says[1:]}")


def _too_large(limit: int) -> Problem:
    return Problem(413, "too_large", f"the body is over {limit / 1e6:g} MB", "send less at once")


def _too_slow(limit_s: float) -> Problem:
    return Problem(408, "too_slow", f"the body did not come within {limit_s:g} s", "send it again")

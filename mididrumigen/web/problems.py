"""What goes wrong, as an answer: `{error: {code, message, hint}}` with the status that fits."""

import logging
from collections.abc import Mapping

from aiohttp import web

from mididrumigen import errors
from mididrumigen.errors import MidiDrumiGenError, explained

_log = logging.getLogger(__name__)

_STATUS: dict[type[MidiDrumiGenError], int] = {
    errors.TooLarge: 413,
    errors.InputError: 422,
    errors.MidiError: 422,
    errors.NotFound: 404,
    errors.ArtistUnknown: 404,
    errors.ResearchError: 404,
    errors.Busy: 503,
    errors.StoreError: 503,
    errors.NotYet: 501,
    errors.ConfigError: 422,
    errors.OutputError: 507,
}
_STATUS_OF_CODE = {error.code: status for error, status in _STATUS.items()}
_RETRY_AFTER_S = "5"


class Problem(Exception):
    """A request that gets an error for an answer."""

    def __init__(self, status: int, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.hint = status, code, message, hint


def answer_to(error: Exception) -> web.Response:
    """The answer that tells of an error."""
    match error:
        case Problem():
            return _answer(error.status, error.code, error.message, error.hint)
        case MidiDrumiGenError():
            status = next((s for kind, s in _STATUS.items() if isinstance(error, kind)), 500)
            return _answer(status, **explained(error))
        case web.HTTPNotFound():
            return _answer(404, "not_found", "there is no such call", "/openapi.json lists them")
        case web.HTTPMethodNotAllowed():
            allowed = ", ".join(sorted(error.allowed_methods))
            answer = _answer(
                405, "method_not_allowed", f"{error.method} is not for this call", f"use {allowed}"
            )
            answer.headers["Allow"] = allowed
            return answer
        case web.HTTPException():
            return _answer(error.status, "refused", error.reason or "refused")
    _log.error("a request broke", exc_info=error)
    return _answer(
        500,
        "internal",
        "something broke inside MidiDrumiGen",
        "the log says what; please report it",
    )


def of_failed(error: Mapping[str, str]) -> web.Response:
    """The answer for a job that failed, from what is kept of its error."""
    return _answer(_STATUS_OF_CODE.get(error["code"], 500), **error)


def _answer(status: int, code: str, message: str, hint: str = "") -> web.Response:
    answer = web.json_response(
        {"error": {"code": code, "message": message, "hint": hint}}, status=status
    )
    if status == 503:
        answer.headers["Retry-After"] = _RETRY_AFTER_S
    return answer

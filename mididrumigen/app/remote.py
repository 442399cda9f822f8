"""The daemon that owns the home, asked by a command beside it: the client of our own API."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from mididrumigen import __version__
from mididrumigen.errors import (
    InputError,
    MidiDrumiGenError,
    NotFound,
    ResearchError,
    ServerError,
    StoreError,
)
from mididrumigen.models import Inputs, Progress

if TYPE_CHECKING:
    from mididrumigen.app.owner import Runtime

_HEALTH_S, _CALL_S, _WAIT_S = 1.0, 30.0, 10
_STEPS = 100
"""Progress is told as so many parts of the whole."""


class Remote:
    """A running daemon; `async with Remote(runtime) as daemon`."""

    def __init__(self, runtime: "Runtime") -> None:
        headers = {"User-Agent": f"mididrumigen-cli/{__version__}"}
        if runtime.token:
            headers["Authorization"] = f"Bearer {runtime.token}"
        # trust_env: a proxy for the world outside is none for this machine. verify: the address is
        # plain http, and reading all certificates takes a tenth of a second.
        self._http = httpx.AsyncClient(
            base_url=f"{runtime.url}/api/v1",
            headers=headers,
            timeout=_CALL_S,
            trust_env=False,
            verify=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def is_there(self, pid: int) -> bool:
        """Whether it is the daemon of this process id that answers."""
        try:
            answer = await self._http.get("/health", timeout=_HEALTH_S)
            return bool(answer.json()["pid"] == pid)
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return False

    async def research(
        self, name: str, inputs: Inputs, progress: Progress, artist_id: int | None = None
    ) -> dict[str, Any]:
        """Result of a research that the daemon does; cancelled there when it is cancelled here.
        Raises what went wrong there, as it would be raised here.
        """
        # Paths are those of this process; the daemon stands elsewhere.
        paths = [str(path.absolute()) for path in inputs.midi_paths]
        body = {
            **({"artist": name} if artist_id is None else {"artist_id": artist_id}),
            "midi_paths": paths,
            "urls": list(inputs.urls),
            "depth": "quick" if inputs.is_quick else "full",
        }
        task_id = (await self._call("POST", "/research", body))["task_id"]
        task: dict[str, Any] = {"rev": 0, "status": "queued"}
        try:
            while task["status"] in ("queued", "running"):
                where = f"/task/{task_id}?wait={_WAIT_S}&since={task['rev']}"
                task = await self._call("GET", where)
                progress.tell(task["message"], round(task["progress"] * _STEPS), _STEPS)
        except asyncio.CancelledError:
            await self._call("DELETE", f"/task/{task_id}?unless_shared=1")
            raise
        if task["status"] != "completed":
            raise _told(task.get("error") or {"message": "the daemon cancelled the research"})
        return dict(task["result"])

    async def _call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            answer = await self._http.request(method, path, json=body)
            document: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ServerError(
                f"the running daemon did not answer ({type(error).__name__})", "try again"
            ) from error
        if answer.is_error:
            raise _told(document.get("error", {}))
        if "choices" in document:
            raise ServerError("several artists have this name", "ask the daemon for one by its id")
        return document


def _told(error: Mapping[str, Any]) -> MidiDrumiGenError:
    """What the daemon said went wrong, as the error that it would be here."""
    kinds = (InputError, NotFound, ResearchError, StoreError)
    kind = next((kind for kind in kinds if kind.code == error.get("code")), ServerError)
    message, hint = error.get("message", "the daemon refused"), error.get("hint", "")
    return kind(str(message), str(hint))

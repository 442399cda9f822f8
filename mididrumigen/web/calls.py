"""Every call: path, what it takes, what it answers, who does it.

Conventions: paths are below `/api/v1`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from mididrumigen.web import answers, bodies, handlers, knowing, playing, set_up_models, setting_up
from mididrumigen.web.events import events

ROOT = "/api/v1"

Handler = Callable[[handlers.Desk, handlers.Asked], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """One call."""

    method: str
    path: str
    """`{name}` stands for a part of it; `{name:pattern}` limits what it may be."""
    handler: Handler
    answers: dict[int, type[BaseModel] | str] = field(default_factory=dict)
    """Status -> model of the JSON, or the content type of another answer."""
    query: type[bodies.Query] = bodies.NoQuery
    body: type[bodies.Body] | None = None
    takes_files: bool = False


_ARTIST = r"{artist:[^/]+}"
"""A name may hold whatever it likes; a slash in it comes as %2F."""
_TAKE = r"/generation/{generation_id:[0-9]+}/{take:[0-9]+}"

CALLS = (
    Call("GET", "/health", handlers.health, {200: answers.Health}),
    Call(
        "GET",
        f"/research/{_ARTIST}",
        handlers.research_status,
        {200: answers.ResearchStatus},
        query=bodies.ArtistQuery,
    ),
    Call(
        "POST",
        "/research",
        handlers.research,
        {202: answers.Begun, 300: answers.Choices},
        body=bodies.ResearchBody,
    ),
    Call(
        "POST",
        "/generate",
        playing.generate,
        {200: answers.Generation, 202: answers.Begun, 300: answers.Choices},
        query=bodies.GenerateQuery,
        body=bodies.GenerateBody,
    ),
    Call("GET", "/task/{task_id}", handlers.task, {200: answers.Task}, query=bodies.TaskQuery),
    Call(
        "GET",
        "/task/{task_id}/events",
        events,
        {200: "text/event-stream"},
        query=bodies.ClipsQuery,
    ),
    Call(
        "DELETE", "/task/{task_id}", handlers.cancel, {200: answers.Task}, query=bodies.CancelQuery
    ),
    Call("GET", "/maps", handlers.maps, {200: answers.Maps}),
    Call("GET", "/artists", knowing.artists, {200: answers.Artists}, query=bodies.ArtistsQuery),
    Call(
        "GET",
        f"/profile/{_ARTIST}",
        knowing.profile,
        {200: answers.Profile},
        query=bodies.ProfileQuery,
    ),
    Call(
        "GET",
        f"/profile/{_ARTIST}/export",
        knowing.export,
        {200: "application/json"},
        query=bodies.ArtistQuery,
    ),
    Call(
        "POST",
        "/profiles",
        knowing.take_in,
        {201: answers.TakenIn},
        body=set_up_models.TakeInBody,
    ),
    Call(
        "GET",
        f"/similar/{_ARTIST}",
        knowing.similar,
        {200: answers.Similar},
        query=bodies.SimilarQuery,
    ),
    Call(
        "GET",
        "/similar",
        knowing.similar_to_text,
        {200: answers.Similar},
        query=bodies.SimilarTextQuery,
    ),
    Call(
        "GET",
        "/generations",
        handlers.generations,
        {200: answers.Generations},
        query=bodies.GenerationsQuery,
    ),
    Call(
        "GET",
        "/generation/{generation_id:[0-9]+}",
        handlers.generation,
        {200: answers.Generation},
        query=bodies.ClipsQuery,
    ),
    Call("GET", _TAKE, handlers.take, {200: answers.NotePage}, query=bodies.PageQuery),
    Call("GET", f"{_TAKE}.mid", handlers.take_midi, {200: "audio/midi"}),
    Call("POST", f"{_TAKE}/reveal", handlers.reveal_take, {200: answers.Revealed}),
    Call("PUT", f"{_TAKE}/kept", handlers.keep_take, {200: answers.Kept}, body=bodies.KeptBody),
    Call("GET", f"{_TAKE}/hands", playing.hands, {200: answers.Hands}),
    Call("POST", f"{_TAKE}/edit", playing.edit, {200: answers.Generation}, body=bodies.EditBody),
    Call("POST", "/uploads", handlers.upload, {201: answers.Uploads}, takes_files=True),
    Call(
        "POST",
        "/clips/play-as",
        playing.play_as,
        {200: answers.Generation, 202: answers.Begun, 300: answers.Choices},
        query=bodies.GenerateQuery,
        body=bodies.ClipBody,
    ),
    Call(
        "POST",
        "/clips/continue",
        playing.continue_clip,
        {200: answers.Generation, 202: answers.Begun, 300: answers.Choices},
        query=bodies.GenerateQuery,
        body=bodies.ContinueBody,
    ),
    Call("GET", "/settings", setting_up.settings, {200: set_up_models.Settings}),
    Call(
        "PUT",
        "/settings",
        setting_up.change_settings,
        {200: set_up_models.Settings},
        body=set_up_models.SettingsBody,
    ),
    Call("GET", "/sources", setting_up.sources, {200: set_up_models.Sources}),
    Call("GET", "/consent", setting_up.consents, {200: set_up_models.Consents}),
    Call(
        "PUT",
        "/consent",
        setting_up.consent,
        {200: set_up_models.Consents},
        body=set_up_models.ConsentBody,
    ),
    Call("GET", "/keys", setting_up.keys, {200: set_up_models.Keys}),
    Call(
        "PUT",
        "/keys/{name}",
        setting_up.set_key,
        {200: set_up_models.KeyPlace},
        body=set_up_models.KeyBody,
    ),
    Call("DELETE", "/keys/{name}", setting_up.remove_key, {200: set_up_models.KeyPlace}),
    Call("POST", "/keys/{name}/test", setting_up.test_key, {200: set_up_models.KeyTest}),
    Call("GET", "/device", setting_up.device, {200: "application/octet-stream"}),
    Call(
        "POST",
        "/device/install",
        setting_up.put_device,
        {200: set_up_models.Installed},
        body=set_up_models.DeviceBody,
    ),
    Call("GET", "/doctor", handlers.doctor, {200: answers.Doctor}),
)

"""What may be asked: query strings and JSON bodies, as the models that validate them.

Conventions: an unknown field is refused by its name, a number in quotes is no number, and limits
are those of the player. Fields of the contract that this version cannot serve yet are read, and
refused with a sentence that says so.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from mididrumigen.app.clips import MAX_NOTES
from mididrumigen.app.results import MAX_LIMIT, MAX_TEXT
from mididrumigen.errors import InputError, NotYet
from mididrumigen.midi.own_map import MAP_NAME
from mididrumigen.models.names import MAX_NAME_LENGTH
from mididrumigen.models.request import (
    MAX_BARS,
    MAX_SEED,
    MAX_VARIATIONS,
    METRES,
    SWING_RANGE_PERCENT,
    TEMPO_RANGE_BPM,
    Part,
    Tracks,
)

MAX_WAIT_S = 25
MAX_ITEMS = 500
MAX_ID = 2**53 - 1
MAX_CLIP_QUARTERS = 10_000

Name = Annotated[str, Field(max_length=4 * MAX_NAME_LENGTH, description="Artist, band or drummer")]
Amount = Annotated[float, Field(ge=0, le=100)]
Text = Annotated[str, Field(max_length=4096)]
Texts = Annotated[list[Text], Field(max_length=MAX_ITEMS)]
Bar = Annotated[int, Field(ge=1, le=MAX_BARS)]
ClipNote = Annotated[list[float], Field(min_length=4, max_length=4)]
Id = Annotated[int, Field(ge=1, le=MAX_ID)]


class Body(BaseModel):
    """A JSON body."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, frozen=True)


class Query(BaseModel):
    """A query string; its values are text."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class ArtistBody(Body):
    """A name, or the id of one of several artists of that name."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["artist"]}, {"required": ["artist_id"]}]}
    )

    artist: Name | None = None
    artist_id: Id | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.artist is None) == (self.artist_id is None):
            raise InputError("say either artist or artist_id")
        return self


def _refuse(wanted: Iterator[tuple[str, object]]) -> None:
    for name, value in wanted:
        if value:
            raise NotYet(f"{name} is not in this version yet", "leave it out")


class ResearchBody(ArtistBody):
    """Of `POST /research`."""

    depth: Literal["quick", "full"] = Field(
        default="quick",
        description="quick: 15 s at most, no papers and few articles; `urls` make it full",
    )
    augment: bool = Field(
        default=False, description="What is known is always kept; said for the record"
    )
    midi_paths: Texts = Field(default=[], description="Whole paths of files and folders")
    audio_paths: Texts = Field(default=[], description="Not in this version yet")
    upload_ids: Texts = []
    urls: Texts = Field(default=[], description="Addresses of articles to read")

    def refuse_absent(self) -> None:
        """Raise NotYet for what this version cannot do."""
        _refuse((name, getattr(self, name)) for name in ("audio_paths",))


class ControlsBody(Body):
    """The knobs: at 50 complexity, intensity and fills are the artist's own, at 100 the others."""

    swing: float | None = Field(default=None, ge=SWING_RANGE_PERCENT[0], le=SWING_RANGE_PERCENT[1])
    humanize: Amount = 100
    feel: Amount = 100
    timing: Amount = 100
    dynamics: Amount = 100
    complexity: Amount = 50
    intensity: Amount = 50
    fills: Amount = 50


class PlayBody(ArtistBody):
    """What all calls that play have; what is left out is the artist's own, else the settings'."""

    tempo: float | None = Field(default=None, ge=TEMPO_RANGE_BPM[0], le=TEMPO_RANGE_BPM[1])
    time_signature: str | None = Field(
        default=None, max_length=8, json_schema_extra={"enum": [*map(str, METRES), None]}
    )
    variations: int | None = Field(default=None, ge=1, le=MAX_VARIATIONS)
    seed: int | None = Field(default=None, ge=0, le=MAX_SEED)
    controls: ControlsBody = ControlsBody()
    map: str = Field(
        default="",
        pattern=f"^({MAP_NAME})?$",
        description="Drum map of the notes, one of `GET /maps`; empty: the settings'",
    )
    tracks: Tracks = "one"
    player: Text = Field(default="", description="Which of a band's drummers")
    era: Text = Field(default="", description='Years whose drummer is meant: "1970-1975"')
    blend: Text = Field(
        default="",
        description='Another artist and how much of him: "J Dilla:0.4", "J Dilla:1:feel,fills"',
    )


class GenerateBody(PlayBody):
    """Of `POST /generate`."""

    bars: int | None = Field(default=None, ge=1, le=MAX_BARS)
    part: Part | None = None
    provider: Literal["auto", "none", "anthropic", "openai", "google", "local"] = "auto"
    research: Literal["auto", "never"] = "auto"
    lock: Texts = Field(default=[], description='Drums of the take `from` that stay: "kick"')
    lock_bars: Annotated[list[Bar], Field(max_length=MAX_BARS)] = Field(
        default=[], description="Its bars that stay whole, from 1"
    )
    source: Text = Field(
        default="", alias="from", description='GENERATION/TAKE that is locked: "12/2"'
    )

    def refuse_absent(self) -> None:
        """Raise NotYet for what this version cannot do."""
        if self.provider not in ("auto", "none"):
            raise NotYet(f"provider {self.provider} is not in this version yet", "leave it out")


class ClipBody(PlayBody):
    """Of `POST /clips/play-as`: an upload, or the notes of a clip in a DAW, whose tempo and metre
    are said with them.
    """

    upload_id: Text = Field(default="", description="A MIDI file that was handed over")
    notes: Annotated[list[ClipNote], Field(max_length=MAX_NOTES)] = Field(
        default=[],
        description="[pitch, start, length, velocity] each, start and length in quarter notes",
    )
    length_beats: float | None = Field(
        default=None, gt=0, le=MAX_CLIP_QUARTERS, description="Of the clip, in quarter notes"
    )
    title: Text = Field(default="your clip", description="What the clip is called")

    @model_validator(mode="after")
    def _one_clip(self) -> Self:
        if bool(self.upload_id) == bool(self.notes):
            raise InputError("say either upload_id or notes")
        return self


class ContinueBody(ClipBody):
    """Of `POST /clips/continue`."""

    bars: int | None = Field(default=None, ge=1, le=MAX_BARS)
    part: Part | None = None


class EditBody(Body):
    """Of `POST /generation/{generation_id}/{take}/edit`."""

    notes: Annotated[list[ClipNote], Field(min_length=1, max_length=MAX_NOTES)] = Field(
        description="All notes of the take as they are to be: [pitch, start, length, velocity]"
    )


class NoQuery(Query):
    """Nothing."""


class ArtistQuery(Query):
    """Of calls about the artist in the path."""

    artist_id: Id | None = Field(default=None, description="Picks one of several of this name")


class ProfileQuery(ArtistQuery):
    """Of `GET /profile/{artist}`."""

    player: str = Field(default="", max_length=4096, description="Which of a band's drummers")
    era: str = Field(default="", max_length=64, description='Years: "1970-1975"')


class SimilarQuery(ArtistQuery):
    """Of `GET /similar/{artist}`."""

    limit: int = Field(default=10, ge=1, le=MAX_LIMIT)
    wait: float = Field(
        default=0, ge=0, le=MAX_WAIT_S, description="Seconds, for texts that were not read yet"
    )


class SimilarTextQuery(Query):
    """Of `GET /similar`."""

    text: str = Field(max_length=MAX_TEXT, description="What is looked for, in your own words")
    limit: int = Field(default=10, ge=1, le=MAX_LIMIT)
    wait: float = Field(
        default=0, ge=0, le=MAX_WAIT_S, description="Seconds, for texts that were not read yet"
    )


class CancelQuery(Query):
    """Of `DELETE /task/{task_id}`."""

    unless_shared: Literal["0", "1"] = Field(
        default="0", description="1 leaves a task alone that another request has joined"
    )


class GenerateQuery(Query):
    """Of `POST /generate`."""

    wait: float = Field(default=0, ge=0, le=MAX_WAIT_S, description="Seconds")
    clips: Literal["0", "1"] = Field(default="1", description="0 leaves the notes out")


class TaskQuery(Query):
    """Of `GET /task/{task_id}`."""

    wait: float = Field(default=0, ge=0, le=MAX_WAIT_S, description="Seconds")
    since: int = Field(
        default=-1, ge=-1, le=MAX_ID, description="Answer at once unless rev is still this"
    )
    clips: Literal["0", "1"] = Field(default="1", description="0 leaves the notes out")


class ClipsQuery(Query):
    """Of calls that answer with a generation."""

    clips: Literal["0", "1"] = Field(default="1", description="0 leaves the notes out")


class ArtistsQuery(Query):
    """Of `GET /artists`."""

    query: str = Field(default="", max_length=4 * MAX_NAME_LENGTH)


class GenerationsQuery(Query):
    """Of `GET /generations`."""

    limit: int = Field(default=20, ge=1, le=1000)
    kept: Literal["0", "1"] = Field(default="0", description="1: only those with a kept take")


class PageQuery(Query):
    """Of `GET /generation/{generation_id}/{take}`."""

    from_bar: int = Field(default=0, ge=0, le=MAX_BARS - 1)
    bars: int | None = Field(default=None, ge=1, le=MAX_BARS)


class KeptBody(Body):
    """Of `PUT .../kept`."""

    kept: bool

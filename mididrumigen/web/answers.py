"""What is answered, as models: they describe the API, and the tests hold the answers to them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mididrumigen.drums import Voice
from mididrumigen.engine.kit_plan import PlayedBy
from mididrumigen.models.described import DescribedKind
from mididrumigen.models.job import Command, Status
from mididrumigen.models.profile import Basis
from mididrumigen.models.request import Tracks

Share = Annotated[float, Field(ge=0, le=1)]


class Answer(BaseModel):
    """A JSON answer; later versions may add fields, and the tests want them added here."""

    model_config = ConfigDict(extra="forbid")


class ErrorDetail(Answer):
    code: str
    message: str
    hint: str


class Error(Answer):
    """Any call that was refused or failed."""

    error: ErrorDetail


class Part(Answer):
    state: Literal["on", "off", "absent"]
    reason: str


class Health(Answer):
    status: Literal["ok"]
    version: str
    api: int
    pid: int
    uptime_s: float
    providers: dict[str, Part]
    sources: dict[str, Part]


class ResearchStatus(Answer):
    artist: str
    exists: bool
    basis: Basis
    status: Literal["pending", "researching", "cached", "failed"]
    confidence: Share
    sources_count: int
    updated_at: str
    task_id: str | None = None
    error: ErrorDetail | None = None


class Begun(Answer):
    """A task that was begun, or joined."""

    task_id: str
    joined: bool


class Choice(Answer):
    artist_id: int
    name: str
    disambiguation: str


class Choices(Answer):
    """Several artists have this name: ask again with an artist_id."""

    choices: list[Choice]


Note = Annotated[list[float], Field(min_length=4, max_length=4)]
"""[pitch, start_beats, duration_beats, velocity]"""


class TraitFit(Answer):
    """What was played and what the profile has."""

    played: float
    wanted: float
    near: Share


class Clip(Answer):
    name: str
    length_beats: float
    fit: Share
    fit_by_trait: dict[str, TraitFit] | None = None
    changes: list[str] | None = None
    notes: list[Note] | None = None


class Generation(Answer):
    """A generate result."""

    generation_id: int | None
    artist: str
    provider_used: str
    seed: int
    tempo: float
    time_signature: str
    bars: int
    generation_time_ms: float
    basis: Basis
    confidence: Share
    map: str | None = None
    """The drum map of the notes; None in what was generated before there was a choice: gm."""
    voices: dict[str, Voice] | None = None
    """Note of the map -> what it plays."""
    tracks: Tracks | None = None
    midi_files: list[str]
    clips: list[Clip]
    notices: list[str]


class Refused(Answer):
    item: str
    reason: str


class SourceFared(Answer):
    state: str
    reason: str
    found: int
    refused: list[Refused]


class Change(Answer):
    """A trait that is new (`before` null) or moved."""

    trait: str
    before: float | None
    after: float


class Researched(Answer):
    artist: str
    basis: Basis
    confidence: Share
    confidence_before: Share | None
    sources_count: int
    description: str
    grooves: int
    fills: int
    sources: dict[str, SourceFared]
    changes: list[Change]
    notices: list[str]


class Task(Answer):
    """How a task fares."""

    task_id: str
    kind: Command
    status: Status
    progress: Share
    message: str
    rev: int
    result: Generation | Researched | None = None
    error: ErrorDetail | None = None


class KnownArtist(Answer):
    name: str
    basis: Basis
    confidence: Share
    sources_count: int
    updated_at: str


class Artists(Answer):
    artists: list[KnownArtist]


class MapLine(Answer):
    name: str
    title: str


class Maps(Answer):
    """Drum maps; `wrong` says what is wrong with own files that are none."""

    maps: list[MapLine]
    wrong: list[str]


class Identity(Answer):
    name: str
    disambiguation: str
    aliases: list[str]
    player: str


class TraitShown(Answer):
    value: float
    unit: str
    means: str
    confidence: Share
    evidence: list[str]
    range: tuple[float, float] | None = None
    against: list[str] = []
    own: bool = True


class EvidenceShown(Answer):
    source: str
    kind: str
    url: str
    quote: str
    value: dict[str, Any]
    confidence: Share
    licence: str
    retrieved_at: str


class Drummer(Answer):
    name: str
    years: str


class Profile(Answer):
    """All that is known about an artist, and what each number rests on."""

    identity: Identity
    lineup: list[Drummer]
    basis: Basis
    confidence: Share
    description: str
    quantitative_params: dict[str, Any]
    traits: dict[str, TraitShown]
    kit: dict[str, float]
    evidence: dict[str, EvidenceShown]
    sources: dict[str, Any]
    grooves: list[dict[str, Any]]
    fills: list[dict[str, Any]]


class AskedAbout(Answer):
    name: str
    kind: DescribedKind
    styles: dict[str, Share]
    traits: dict[str, float]


class SharedTrait(Answer):
    trait: str
    asked: float
    theirs: float
    unit: str
    says: str


class Alike(Answer):
    name: str
    artist_id: int | None
    kind: DescribedKind
    score: Share
    parts: dict[Literal["text", "styles", "traits"], Share]
    styles: list[str]
    traits: list[SharedTrait]
    drummers: list[Drummer]
    why: str


class Similar(Answer):
    """Who is nearest, and why; `weights` say what the score is a mean of."""

    asked: AskedAbout
    weights: dict[Literal["text", "styles", "traits"], Share]
    model: str | None
    nearest: list[Alike]
    styles: list[Alike]
    notices: list[str]


class GenerationLine(Answer):
    generation_id: int
    artist: str
    created_at: str
    seed: int
    provider_used: str
    engine_version: int
    profile_hash: str
    request: dict[str, Any]
    tempo: float
    time_signature: str
    bars: int
    basis: Basis
    confidence: Share
    midi_files: list[str]
    kept: list[int]


class Generations(Answer):
    generations: list[GenerationLine]


class NotePage(Answer):
    """Notes of one take; `next_bar` is where the next page begins."""

    generation_id: int
    take: int
    name: str
    tempo: float
    time_signature: str
    bars: int
    length_beats: float
    fit: Share
    from_bar: int
    next_bar: int | None
    notes: list[Note]


class Hands(Answer):
    """What plays each note of a take, in the order of its notes; null where no limb is free."""

    limbs: list[PlayedBy | None]


class Revealed(Answer):
    revealed: str


class Uploaded(Answer):
    upload_id: str
    name: str
    bytes: int


class Uploads(Answer):
    uploads: list[Uploaded]


class TakenIn(Answer):
    artist: str
    basis: Basis
    confidence: Share
    evidence: int


class Kept(Answer):
    kept: list[int]


class Check(Answer):
    name: str
    state: Literal["ok", "note", "problem"]
    text: str


class Doctor(Answer):
    checks: list[Check]

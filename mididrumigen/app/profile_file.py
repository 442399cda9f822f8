"""A profile as one readable JSON file: to keep, to hand on, to take in again.

Conventions: what counts is the evidence; the profile beside it is for people, and built anew where
the file is taken in. Paths of this machine are left out: of a file of the user's only its name is
written.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from mididrumigen import __version__
from mididrumigen.engine import play
from mididrumigen.errors import InputError, MidiDrumiGenError
from mididrumigen.models import Artist, Evidence, Request, StyleProfile
from mididrumigen.models.names import clean_name
from mididrumigen.research.profile import build_profile

FORMAT, VERSION = "mididrumigen-profile", 1
MAX_FILE_BYTES = 50_000_000
MAX_EVIDENCE, MAX_CLAIMS = 20_000, 10_000

Text = Annotated[str, Field(max_length=4000)]


Number = Annotated[float, Field(allow_inf_nan=False)]


class Told(BaseModel):
    """The tempo of a track."""

    model_config = ConfigDict(extra="allow")

    track: Text = ""
    bpm: Annotated[float, Field(ge=20, le=400)]


class Said(BaseModel):
    """What a sentence says of a trait."""

    model_config = ConfigDict(extra="allow")

    trait: Annotated[str, Field(max_length=60)]
    value: Number | Text
    low: Number | None = None
    high: Number | None = None


class Value(BaseModel):
    """What the profile is built from; whatever else is in it goes along unread."""

    model_config = ConfigDict(extra="allow")

    traits: Annotated[dict[str, tuple[Number, Number]], Field(max_length=500)]
    bars: Annotated[list[dict[str, Any]], Field(max_length=5000)]
    styles: Annotated[dict[str, Number], Field(max_length=500)] = {}
    tempo: Told | None = None
    claims: Annotated[list[Said], Field(max_length=200)] = []
    velocities: Annotated[list[Number], Field(max_length=16)] = []


def _is_value(plain: dict[str, Any]) -> dict[str, Any]:
    Value.model_validate(plain)
    return plain


class EvidenceLine(BaseModel):
    """One piece of evidence in the file."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    id: Annotated[str, Field(min_length=1, max_length=200)]
    source: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Literal["paper", "article", "audio", "midi", "metadata", "knowledge"]
    url: Text
    value: Annotated[dict[str, Any], AfterValidator(_is_value)]
    confidence: Annotated[float, Field(ge=0, le=1)]
    retrieved_at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT[\d:.+Z-]{5,30}$")]
    licence: Text = ""
    quote: Text = ""


class ArtistLine(BaseModel):
    """Whom the file is about."""

    model_config = ConfigDict(extra="ignore", strict=True)

    name: Annotated[str, Field(min_length=1, max_length=200)]
    disambiguation: Text = ""
    aliases: Annotated[list[Text], Field(max_length=100)] = []
    identity: dict[str, Any] = {}


class ProfileFile(BaseModel):
    """The whole file; what it says beyond this is not read."""

    model_config = ConfigDict(extra="ignore", strict=True)

    format: Literal["mididrumigen-profile"]
    version: Annotated[int, Field(ge=1)]
    artist: ArtistLine
    evidence: Annotated[list[EvidenceLine], Field(min_length=1, max_length=MAX_EVIDENCE)]


def profile_document(
    artist: Artist, profile: StyleProfile, evidence: list[Evidence] | tuple[Evidence, ...]
) -> dict[str, Any]:
    """The document of a profile and all it rests on."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "artist": {
            "name": artist.name,
            "disambiguation": artist.disambiguation,
            "aliases": list(artist.aliases),
            "identity": artist.identity(),
        },
        "profile": profile.to_json(),
        "evidence": [
            {
                "id": e.id,
                "source": e.source,
                "kind": e.kind,
                "url": _without_path(e.url),
                "value": dict(e.value),
                "confidence": e.confidence,
                "retrieved_at": e.retrieved_at,
                "licence": e.licence,
                "quote": e.quote,
            }
            for e in evidence
        ],
    }


def read_profile(content: bytes, name: str) -> tuple[Artist, list[Evidence]]:
    """Artist and evidence of a file called `name`; raises InputError for what is none."""
    if len(content) > MAX_FILE_BYTES:
        raise InputError(f"{name} is over {MAX_FILE_BYTES / 1e6:g} MB", "that is no profile")
    try:
        plain = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is no JSON", "choose a file that `export` wrote") from error
    if not isinstance(plain, Mapping) or plain.get("format") != FORMAT:
        raise InputError(f"{name} is no profile", "choose a file that `export` wrote")
    if isinstance(plain.get("version"), int) and plain["version"] > VERSION:
        raise InputError(f"{name} was written by a newer MidiDrumiGen", "update this one")
    try:
        read = ProfileFile.model_validate(plain)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{name} is damaged: {where}: {first['msg']}") from error
    line = read.artist
    try:
        artist = Artist.of_identity(clean_name(line.name), line.disambiguation, line.identity)
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{name} is damaged: artist.identity") from error
    artist = replace(artist, aliases=tuple(dict.fromkeys((*line.aliases, *artist.aliases))))
    evidence = [Evidence(**line.model_dump()) for line in read.evidence]
    if sum(len(e.value.get("claims", ())) for e in evidence) > MAX_CLAIMS:
        raise InputError(f"{name} holds over {MAX_CLAIMS} claims", "that is no profile")
    return artist, evidence


def check_playable(artist: Artist, evidence: Sequence[Evidence], name: str) -> None:
    """Raise InputError where a profile cannot be built from this evidence, or not be played."""
    try:
        profile = build_profile(artist, evidence)
        if profile.grooves:
            play(profile, Request(bars=1, variations=1))
    except (
        *(MidiDrumiGenError, ArithmeticError, AttributeError, LookupError),
        *(TypeError, ValueError),
    ) as error:
        raise InputError(f"{name} is damaged: its evidence cannot be played from") from error


def _without_path(url: str) -> str:
    """An address that says nothing of this machine."""
    if not url.startswith("file:"):
        return url
    return "file:" + unquote(url.rpartition("/")[2])


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")

"""A profile as one readable JSON file: to keep, to hand on, to take in again.

Conventions: what counts is the evidence; the profile beside it is for people, and built anew where
the file is taken in. Paths of this machine are left out: of a file of the user's only its name is
written.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mididrumigen import __version__
from mididrumigen.engine import play
from mididrumigen.errors import InputError, MidiDrumiGenError
from mididrumigen.models import Artist, Evidence, Request, StyleProfile
from mididrumigen.models.names import clean_name
from mididrumigen.research.profile import build_profile

FORMAT, VERSION = "mididrumigen-profile", 1
MAX_FILE_BYTES = 50_000_000
MAX_EVIDENCE = 20_000

Text = Annotated[str, Field(max_length=4000)]


class EvidenceLine(BaseModel):
    """One piece of evidence in the file."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    id: Annotated[str, Field(min_length=1, max_length=200)]
    source: Annotated[str, Field(min_length=1, max_length=40)]
    kind: Literal["paper", "article", "audio", "midi", "metadata", "knowledge"]
    url: Text
    value: dict[str, Any]
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
    """Artist and evidence of a file called `name`; raises InputError for what is none. What comes
    back can be built and played.
    """
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
    artist = Artist(
        clean_name(read.artist.name), read.artist.disambiguation, tuple(read.artist.aliases)
    )
    evidence = [Evidence(**line.model_dump()) for line in read.evidence]
    try:
        profile = build_profile(artist, evidence)
        if profile.grooves:
            play(profile, Request(bars=1, variations=1))
    except (MidiDrumiGenError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise InputError(f"{name} is damaged: its evidence cannot be played from") from error
    return artist, evidence


def _without_path(url: str) -> str:
    """An address that says nothing of this machine."""
    if not url.startswith("file:"):
        return url
    return "file:" + unquote(url.rpartition("/")[2])


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")

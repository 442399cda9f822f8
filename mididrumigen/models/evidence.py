"""Artist, evidence, and what a source is.

Conventions: evidence is one claim or measurement with its origin. `value` is plain JSON; measured
music has

    {"traits": {name: [value, n]}, "bars": [bar, ...], "kit": {voice: share}, "notes": [sentence,
    ...], ...}

as `groove.measure` writes it. What was read about an artist has `"basis": "told"`, empty `traits`
and `bars`, and one or more of

    "tempo":    {"track": title, "bpm": 92.0, "isrc": "", "mbid": ""}      of one track
    "claims":   [{"trait", "value", "low", "high", "song", "who", "not"}]  of a sentence
    "styles":   {"hard rock": 12}                                          genre words, with votes
    "drummers": [{"name", "begin", "end"}]                                 years, or null

Times are UTC, ISO 8601. Confidence is 0-1.
"""

import hashlib
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, Self

if TYPE_CHECKING:
    from mididrumigen.models.fetched import SourceCard

EvidenceKind = Literal["paper", "article", "audio", "midi", "metadata", "knowledge"]
SourceState = Literal["ok", "empty", "unavailable", "failed", "disabled", "skipped"]


@dataclass(frozen=True, slots=True)
class Drummer:
    """Who drums in a band, and when."""

    name: str
    begin: int | None = None
    end: int | None = None
    """Years; None: not known, or still there."""
    mbid: str = ""


@dataclass(frozen=True, slots=True)
class Track:
    """A recording of an artist."""

    title: str
    mbid: str = ""
    isrc: str = ""


@dataclass(frozen=True, slots=True)
class Artist:
    """Who is meant, and what the sites need to find the same one."""

    name: str
    disambiguation: str = ""
    """What tells two artists of one name apart; empty for most."""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    """"person" or "group"; empty: not known."""
    mbid: str = ""
    """MusicBrainz id."""
    qid: str = ""
    """Wikidata id."""
    page: str = ""
    """Title of its article in the English Wikipedia."""
    drummers: tuple[Drummer, ...] = ()
    """Of a group."""
    tracks: tuple[Track, ...] = ()
    """The best known ones first, as far as anybody says."""
    links: tuple[str, ...] = ()
    """Articles and interviews about it that an encyclopedia names."""

    def identity(self) -> dict[str, Any]:
        """Plain form of all but name and disambiguation; what is empty is left out."""
        plain = asdict(self)
        del plain["name"], plain["disambiguation"]
        return {key: value for key, value in plain.items() if value}

    @classmethod
    def of_identity(cls, name: str, disambiguation: str, plain: Mapping[str, Any]) -> Self:
        """The inverse of `identity`."""
        more = dict(plain)
        for key, kind in (("drummers", Drummer), ("tracks", Track)):
            more[key] = tuple(kind(**one) for one in more.get(key, ()))
        for key in ("aliases", "links"):
            more[key] = tuple(more.get(key, ()))
        return cls(name, disambiguation, **more)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim or measurement, and where it is from."""

    id: str
    source: str
    """Name of the source, such as "local_midi"."""
    kind: EvidenceKind
    url: str
    """Where a person can look it up: a web address, a file's path, or "builtin:john-bonham"."""
    value: Mapping[str, Any]
    confidence: float
    retrieved_at: str
    licence: str = ""
    quote: str = ""
    """At most 25 words of the original."""


def evidence_id(source: str, url: str, part: str = "") -> str:
    """Stable id of what `source` says at `url`, or in one `part` of what stands there: asking again
    replaces, never doubles.
    """
    told = f"{source}\n{url}" + (f"\n{part}" if part else "")
    return hashlib.sha256(told.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How a source fared: shown to the user, never fatal."""

    source: str
    state: SourceState
    reason: str = ""
    found: int = 0
    """Pieces of evidence it gave."""
    refused: tuple[tuple[str, str], ...] = ()
    """(item, reason) of what could not be used."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was handed over and not kept where the user has it."""

    path: Path
    """Where it is until it is read."""
    name: str
    """What the user calls it."""
    digest: str
    """Of its bytes: the same file handed over again is the same evidence."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user hands to research beside the name."""

    midi_paths: tuple[Path, ...] = ()
    """Files and folders."""
    uploads: tuple[Upload, ...] = ()
    retrieved_at: str = ""
    """The time to write on evidence."""
    known: Mapping[str, Evidence] = field(default_factory=dict)
    """By address: what is known of the artist already."""
    since: str = ""
    """What is known from this time on was found by an interrupted run of this very research: it is
    given again without another look. Empty: nothing was.
    """
    urls: tuple[str, ...] = ()
    """Articles that the user names."""
    is_quick: bool = False
    """True where a few seconds must do: the best of each source, no long lists."""

    def found_already(self, url: str) -> Evidence | None:
        """What an interrupted run of this research has found at an address."""
        known = self.known.get(url)
        return known if known and self.since and known.retrieved_at >= self.since else None


@dataclass(slots=True)
class Progress:
    """What a source tells while it works, and what it had to refuse."""

    listener: Callable[[str, int, int], None] | None = None
    """Called with (message, done, total); total is 0 while unknown."""
    refused: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, message: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done."""
        if self.listener:
            self.listener(message, done, total)

    def refuse(self, item: str, reason: str) -> None:
        """Note an item that cannot be used."""
        self.refused.append((item, reason))


class Source(Protocol):
    """An origin of evidence. A new one: its file in `sources/`, one line in `sources.SOURCES`, its
    test, its fixture.
    """

    name: str
    kind: EvidenceKind
    card: "SourceCard"

    def collect(
        self, artist: Artist, inputs: Inputs, progress: Progress
    ) -> AsyncGenerator[Evidence, None]:
        """Yield evidence as it is found; "nothing found" yields nothing; what is refused goes to
        `progress.refused`.
        """
        ...

"""Who is planted, what is true of them, and what each site says.

Conventions: everybody here is invented, and so is all that is said of them. `truth` is what a
listener with perfect ears would note: the sites tell it, keep it to themselves, or err. Ids are
made of names, so that a body reads as the sites' own.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SITES = ("acousticbrainz", "reccobeats", "deezer", "getsongbpm")
"""Those that have tempos."""


def mbid_of(name: str) -> str:
    """A MusicBrainz id."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"planted {name}"))


def number_of(name: str) -> int:
    """A number of at most seven digits by which a site calls a thing."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 9_999_999 + 1


def qid_of(name: str) -> str:
    """An id of Wikidata."""
    return f"Q{number_of(name)}" if name else ""


def isrc_of(title: str) -> str:
    """An ISRC."""
    return f"GBXYZ{number_of(title):07d}"


@dataclass(frozen=True, slots=True)
class Song:
    """A song: its tempo, and by site what the site says instead; None: the site lacks it."""

    title: str
    bpm: float
    told: Mapping[str, float | None] = field(default_factory=dict)
    drummer: str = ""
    """Who is credited with the drums."""

    def at(self, site: str) -> float | None:
        """The tempo that a site has; each measures a little differently."""
        own = round(self.bpm * (1 + 0.002 * (SITES.index(site) - 1)), 2)
        return self.told.get(site, own)


@dataclass(frozen=True, slots=True)
class Member:
    """Of a band."""

    name: str
    begin: int | None = None
    end: int | None = None
    role: str = "drums (drum set)"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Wikipedia beside the artist's own."""

    title: str
    about: str
    text: str
    lists_several: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A page of a magazine."""

    site: str
    """"web", "moderndrummer" or "drummerworld"."""
    path: str
    title: str
    paragraphs: Sequence[str]

    def html(self) -> str:
        """The page."""
        words = "".join(f"<p>{words}</p>" for words in self.paragraphs)
        menu = "<nav><a href='/'>Home</a> <a href='/shop'>Shop</a></nav>"
        return (
            f"<html><head><title>{self.title}</title></head><body>{menu}<article>"
            f"<h1>{self.title}</h1>{words}</article><footer>All rights reserved</footer>"
            "</body></html>"
        )


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so, as far as anybody could know from the sites."""

    tempo: tuple[float, float] | None = None
    """The range within which the usual tempo lies."""
    told: frozenset[str] = frozenset()
    """What texts state: traits with their pole, "push_ms.snare+", and words, "kit.cowbell"."""
    fair: frozenset[str] = frozenset()
    """What one may conclude from them, and need not."""
    drummers: tuple[tuple[str, str], ...] = ()
    """(name, years) as `show` gives them."""
    genres: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Someone:
    """An artist, as the sites have them."""

    name: str
    kind: str = "person"
    key: str = ""
    """What ids are made of, where a namesake has the same name."""
    in_musicbrainz: bool = True
    in_wikidata: bool = True
    in_catalogues: bool = True
    """Whether Deezer, ReccoBeats and the others have the songs."""
    aliases: tuple[str, ...] = ()
    disambiguation: str = ""
    votes: int = 20
    genres: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    bands: tuple[str, ...] = ()
    drums: bool = False
    """Whether a person is a drummer by trade."""
    songs: tuple[Song, ...] = ()
    page: str = ""
    about: str = ""
    """The few words under the title of the page."""
    text: str = ""
    pages: tuple[Page, ...] = ()
    articles: tuple[Article, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()
    """(title, abstract)."""
    bio: str = ""
    """At Last.fm."""
    truth: Truth = Truth()

    @property
    def id(self) -> str:
        """What ids are made of."""
        return self.key or self.name

    @property
    def mbid(self) -> str:
        """Its MusicBrainz id."""
        return mbid_of(self.id) if self.in_musicbrainz else ""

    @property
    def qid(self) -> str:
        """Its id in Wikidata."""
        return qid_of(self.id) if self.in_wikidata else ""


def prose(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, which are divided by empty lines, each as one line."""
    return tuple(" ".join(part.split()) for part in text.strip().split("\n\n"))


def wiki(text: str) -> str:
    """The text of a page as Wikipedia gives it: a paragraph, a heading, a row of a list is one
    line; "--" is the dash between years.
    """
    lines: list[str] = []
    for line in text.strip().splitlines():
        begins = not line or line.startswith(("=", "*")) or not lines or lines[-1][:1] in ("", "=")
        if begins:
            lines.append(line)
        else:
            lines[-1] += f" {line}"
    return "\n".join(lines).replace("--", "\N{EN DASH}") + "\n"


def these(words: str) -> frozenset[str]:
    """Words divided by spaces."""
    return frozenset(words.split())

"""Text about an artist -> evidence: the one way from prose to claims, for every source that reads.

Conventions: the text itself is never kept; what stays are claims, each with a quote of at most 25
words. Text from outside is data: what does not show (control characters, marks of direction) is
taken out, lengths are capped. Names are compared as they are written, for "Can" is a band and "can"
is not.

How far a text is trusted to mean this artist and not another of the name depends on how it came:

    "own"       it is his own page, throughout about him
    "linked"    an encyclopedia or the user named it: it must name him
    "searched"  a search found it: it must name him, speak of drums, and name one of his drummers or
                songs where these are known, or else speak of drums beside his name
"""

import logging
import re
import unicodedata
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Literal

from mididrumigen.errors import MidiDrumiGenError
from mididrumigen.models import Artist, Evidence, SourceCard, evidence_id
from mididrumigen.prose import Claim, Names, claims_of
from mididrumigen.workers import Workers

_log = logging.getLogger(__name__)

Trust = Literal["own", "linked", "searched"]

MAX_TEXT = 200_000
"""Characters of a text that are read: a long interview has 60,000."""
MAX_PIECES = 30
"""Pieces of evidence from one text."""
READ_LIMIT_S = 20.0
"""For one text; half a second is usual."""
_MAX_TITLE, _MAX_SONGS = 200, 100
_MAX_QUOTE_WORDS = 25
_MAX_QUOTE = 400

_DRUMS = re.compile(r"\b(?:drum(?:s|mers?|ming|kit)?|percussion(?:ist)?|grooves?)\b", re.IGNORECASE)
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc", "'''")
_MIN_SONG = 6
"""Shorter titles ("Help!") stand in any text."""
_NEAR = 120
"""Characters."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something to read."""

    url: str
    title: str
    body: str
    """Plain text, paragraphs divided by empty lines."""
    has_sections: bool = False
    """Whether lines such as `== Style ==` are headings."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says."""

    url: str
    title: str = ""
    claims: tuple[Claim, ...] = ()
    refusal: str = ""
    """Why it could not be used, for the user; empty where it could."""


def shown(text: str, limit: int = MAX_TEXT) -> str:
    """Text without what does not show, at most `limit` characters of it."""
    lines = text[:limit].replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c)[0] != "C").strip()


def read_text(text: Text, artist: Artist, trust: Trust) -> Reading:
    """What a text claims of an artist; pure, and for a worker: a long one takes a second."""
    title, body = " ".join(shown(text.title, _MAX_TITLE).split()), shown(text.body)
    whole = f"{title}\n\n{body}"
    if trust != "own" and (refusal := _not_meant(whole, artist, trust)):
        return Reading(text.url, title, refusal=refusal)
    is_about = True if trust == "own" else None
    claims = claims_of(body, names_of(artist), has_sections=text.has_sections, is_about=is_about)
    return Reading(text.url, title, tuple(claims))


async def read_apart(
    workers: Workers, texts: Sequence[Text], artist: Artist, trust: Trust
) -> AsyncGenerator[Reading, None]:
    """The same for several in worker processes, in their order; a text that breaks or delays one is
    refused.
    """
    jobs = [(text, artist, trust) for text in texts]
    async with aclosing(workers.each(READ_LIMIT_S, _read_job, jobs)) as answers:
        async for (text, _, _), answer in answers:
            if isinstance(answer, Exception):
                answer = Reading(text.url, refusal=why_unread(answer))
            yield answer


def _read_job(job: tuple[Text, Artist, Trust]) -> Reading:
    return read_text(*job)


def why_unread(error: Exception) -> str:
    """Why a text is given up whose reading raised something, for the user."""
    match error:
        case TimeoutError():
            return f"not read within {READ_LIMIT_S:g} s"
        case MidiDrumiGenError():
            return str(error)
    _log.warning("a text broke the reader", exc_info=error)
    return f"it broke the reader ({type(error).__name__}); please report it with its address"


def names_of(artist: Artist, song: str = "") -> Names:
    """Who is meant, as `prose` needs it; `song`: what the text is about."""
    return Names(
        artist.name,
        artist.aliases,
        tuple(drummer.name for drummer in artist.drummers),
        (*((song,) if song else ()), *(track.title for track in artist.tracks[:_MAX_SONGS])),
    )


def evidence_of(
    reading: Reading,
    card: SourceCard,
    retrieved_at: str,
    weight: float,
    licence: str = "",
) -> list[Evidence]:
    """One piece of evidence for the claims that one quote states. `weight`: what the word of the
    publisher is worth, 0-1; `licence`: where it is not the card's.
    """
    groups: dict[tuple[str, float], list[Claim]] = {}
    for claim in reading.claims:
        groups.setdefault((claim.quote, claim.confidence), []).append(claim)
    return [
        Evidence(
            id=evidence_id(card.name, reading.url, f"{quote}\n{[c.trait for c in claims]}"),
            source=card.name,
            kind=card.kind,
            url=reading.url,
            value={
                "basis": "told",
                "traits": {},
                "bars": [],
                "title": reading.title,
                "claims": [claim.to_json() for claim in claims],
            },
            confidence=round(weight * confidence, 3),
            retrieved_at=retrieved_at,
            licence=licence or card.licence,
            quote=short(quote),
        )
        for (quote, confidence), claims in list(groups.items())[:MAX_PIECES]
    ]


def short(quote: str) -> str:
    """A quote of at most 25 words, whoever cut it before."""
    words = shown(quote).split()
    return " ".join(words[:_MAX_QUOTE_WORDS])[:_MAX_QUOTE]


def drummers_of(artist: Artist, most: int) -> list[str]:
    """Whose playing to ask for: the artist, or of a band the first `most` of its drummers."""
    return [drummer.name for drummer in artist.drummers[:most]] or [artist.name]


def quoted(name: str) -> str:
    """A name as a phrase to search for; quotes inside would end it."""
    return '"' + " ".join(name.replace('"', " ").split()) + '"'


def mentions(text: str, name: str) -> bool:
    """Whether a text has a name as words of its own: one word as it is written, several however
    large.
    """
    return next(_found(text, name), None) is not None


def _found(text: str, name: str) -> Iterator["re.Match[str]"]:
    words = name.translate(_APOSTROPHES).split()
    if len(words) > 1 and words[0].lower() == "the" and len(" ".join(words[1:])) > 4:
        words = words[1:]  # not of The Who and The Band
    if not words:
        return iter(())
    pattern = r"(?<!\w)" + r"[\s-]+".join(map(re.escape, words)) + r"(?!\w)"
    flags = re.IGNORECASE if len(words) > 1 else 0
    return re.finditer(pattern, text.translate(_APOSTROPHES), flags)


def _any(text: str, names: Iterable[str]) -> bool:
    return any(mentions(text, name) for name in names)


def _not_meant(whole: str, artist: Artist, trust: Trust) -> str:
    """Why a text may be about somebody else; empty where it is not."""
    drummers = [drummer.name for drummer in artist.drummers]
    if not _any(whole, (artist.name, *artist.aliases, *drummers)):
        return f"does not name {artist.name}"
    if trust == "linked":
        return ""
    if not _DRUMS.search(whole):
        return "says nothing about drums"
    songs = [track.title for track in artist.tracks if len(track.title) >= _MIN_SONG]
    if _any(whole, songs[:_MAX_SONGS]):
        return ""
    if not drummers and not artist.disambiguation:
        # All that is known of him is that he drums: the two must stand together.
        return "" if _drums_near(whole, artist) else f"does not speak of {artist.name} drumming"
    surnames = [name.split()[-1] for name in drummers]
    if _any(whole, [*drummers, *surnames]):
        return ""
    return f"may be about another {artist.name}: names no drummer or song of this one"


def _drums_near(text: str, artist: Artist) -> bool:
    """Whether a name of the artist stands within a line or two of a word about drums."""
    places = [
        match.start() for name in (artist.name, *artist.aliases) for match in _found(text, name)
    ]
    return any(_DRUMS.search(text[max(at - _NEAR, 0) : at + _NEAR]) for at in places)

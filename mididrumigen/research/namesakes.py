"""Which of the artists that a search found is meant by a name, and what is known of it; pure.

Conventions: a name must be the artist's name or an alias as it is written, up to case, accents,
punctuation, spaces and "the"; likeness is not enough, for a wrong artist is worse than none. Of
several with the name, who is clearly better known is meant, and drummers go before others. Weights
have no unit: only their ratio counts.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from mididrumigen.models import Artist
from mididrumigen.models.names import normalise_name
from mididrumigen.sources.musicbrainz_parse import MAX_ALIASES, Hit, Known, Recording, tracks_of
from mididrumigen.sources.wikidata_parse import Item

MIN_SCORE = 40
"""Of a search, 0-100: below, hardly anything of the artist fits the query."""
CLEARLY = 4.0
"""How many times the weight of the second makes the first the one who is meant: a judgement, by
which an artist with 30 votes is not asked about because of one with 5.
"""
MAX_CHOICES = 8

_DRUMMER = 5.0
"""A drummer counts so many times: who asks here for "Steve Smith" means the drummer, unless another
is far better known.
"""
_TYPED, _SPELT, _ALIAS = 1.0, 0.8, 0.5

_Found = TypeVar("_Found")


def ranked_hits(hits: Sequence[Hit], name: str) -> list[tuple[float, Hit]]:
    """(weight, artist) of those with just this name in MusicBrainz, the heaviest first."""
    weighed = [
        (fit * (1 + hit.votes + len(hit.aliases)) * (_DRUMMER if hit.drums else 1), hit)
        for hit in hits
        if hit.score >= MIN_SCORE and (fit := _fit(name, hit.name, (*hit.aliases, *hit.hints)))
    ]
    return sorted(weighed, key=lambda pair: -pair[0])


def ranked_items(items: Sequence[Item], name: str) -> list[tuple[float, Item]]:
    """(weight, artist) of those with just this name in Wikidata, the heaviest first."""
    weighed = [
        (fit * (1 + item.sitelinks) * (_DRUMMER if item.drums else 1), item)
        for item in items
        if item.makes_music and (fit := _fit(name, item.label, item.aliases))
    ]
    return sorted(weighed, key=lambda pair: -pair[0])


def clearly_meant(ranked: Sequence[tuple[float, _Found]]) -> _Found | None:
    """The first, where the others are much lighter; None where it is not clear, or nobody is
    there.
    """
    if not ranked or (len(ranked) > 1 and ranked[0][0] < CLEARLY * ranked[1][0]):
        return None
    return ranked[0][1]


def choices_of_hits(ranked: Sequence[tuple[float, Hit]]) -> tuple[Artist, ...]:
    """Artists to choose from, each with what tells it from the others."""
    return _told_apart(
        [
            Artist(
                hit.name,
                hit.disambiguation or _described(hit),
                hit.aliases,
                hit.kind,
                hit.mbid,
            )
            for _, hit in ranked[:MAX_CHOICES]
        ]
    )


def choices_of_items(ranked: Sequence[tuple[float, Item]]) -> tuple[Artist, ...]:
    """The same, of Wikidata."""
    return _told_apart(
        [
            replace(artist_of(item), disambiguation=item.description)
            for _, item in ranked[:MAX_CHOICES]
        ]
    )


def artist_of(item: Item) -> Artist:
    """An artist as Wikidata has it."""
    kind = "person" if item.is_human else "group"
    return Artist(item.label, "", item.aliases, kind, item.mbid, item.qid, item.page)


def joined(
    artist: Artist, known: Known | None, recordings: Sequence[Recording], item: Item | None
) -> Artist:
    """An artist with what MusicBrainz and Wikidata know of it; without a Wikidata id where that
    leads to somebody else.
    """
    if known is not None:
        artist = replace(
            artist,
            name=known.name,
            aliases=known.aliases,
            kind=known.kind or artist.kind,
            mbid=known.mbid,
            qid=known.qid or artist.qid,
            page=known.page or artist.page,
            drummers=known.drummers,
            tracks=tracks_of(recordings),
            links=known.links,
        )
    if item is not None and not _is_same(artist, item):
        return replace(artist, qid="")
    if item is not None:
        same = artist_of(item)
        artist = replace(
            artist,
            aliases=artist.aliases or same.aliases[:MAX_ALIASES],
            kind=artist.kind or same.kind,
            qid=same.qid,
            page=same.page or artist.page,
        )
    return artist


def _is_same(artist: Artist, item: Item) -> bool:
    """False where a link leads to somebody else: it has another id, and another name."""
    names = {_letters(name) for name in (artist.name, *artist.aliases)}
    return item.mbid in ("", artist.mbid) or not artist.mbid or _letters(item.label) in names


def _fit(name: str, own: str, aliases: Sequence[str]) -> float:
    """How well a name fits an artist, 0 where it is another's."""
    if own.casefold() == name.casefold():
        return _TYPED
    if _letters(own) == _letters(name):
        return _SPELT
    return _ALIAS if any(_letters(alias) == _letters(name) for alias in aliases) else 0.0


def _letters(name: str) -> str:
    return normalise_name(name).replace(" ", "")


def _described(hit: Hit) -> str:
    """A few words on an artist of whom nobody wrote any."""
    parts = [hit.kind or "artist"]
    if hit.place:
        parts.append(f"from {hit.place}")
    if hit.begin:
        parts.append(f"since {hit.begin}" if hit.kind == "group" else f"born {hit.begin}")
    return " ".join(parts)


def _told_apart(artists: Sequence[Artist]) -> tuple[Artist, ...]:
    """The same artists, no two with the same words on them."""
    seen: dict[str, int] = {}
    apart = []
    for artist in artists:
        told = artist.disambiguation or artist.kind or "artist"
        seen[told] = seen.get(told, 0) + 1
        apart.append(
            replace(artist, disambiguation=told if seen[told] == 1 else f"{told} ({seen[told]})")
        )
    return tuple(apart)

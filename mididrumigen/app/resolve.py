"""A name -> the profile to play from.

Conventions: what was researched comes first, then built-in notes, then the nearest style with a
word about it. A profile that an interrupted research or an older version left behind its
evidence is built again from it.
"""

import asyncio
from dataclasses import dataclass, replace
from typing import Any

from mididrumigen.knowledge import Library, reading
from mididrumigen.models import Artist, Evidence, StyleProfile
from mididrumigen.models.names import clean_name, normalise_name
from mididrumigen.models.profile import BASIS_WORDS
from mididrumigen.research.prior import style_prior
from mididrumigen.research.profile import PROFILE_VERSION, build_profile
from mididrumigen.store import Store, queries
from mididrumigen.store.queries import KnownArtist

_ALIKE = 80
"""Names at least this alike (0-100, by edits) are worth asking about."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who is meant, and what there is to play from."""

    artist: Artist
    player: str
    """The entry of built-in knowledge that it led to; the artist's own name where it led to
    none.
    """
    profile: StyleProfile
    artist_id: int | None = None
    """None for artists that are not stored."""
    evidence: tuple[Evidence, ...] = ()
    """What the profile of an artist that is not stored rests on."""


async def resolve(
    store: Store,
    library: Library,
    name: str,
    artist_id: int | None = None,
    player: str = "",
    era: str = "",
) -> Resolved:
    """The best there is for a name; always something to play. `artist_id` picks one of several
    stored artists of the name, `player` and `era` one of a band's drummers: what was researched of
    the band does not tell them apart, so the notes are played from. Raises InputError for what is
    no name, no era and nobody who drummed there.
    """
    name = clean_name(name)
    if not (player or era):
        found = await stored(store, library, name, artist_id)
        if found is not None:
            return found
    return await asyncio.to_thread(known, library, name, player, era)


def known(library: Library, name: str, player: str = "", era: str = "") -> Resolved:
    """The best there is for a name without research."""
    return (
        builtin(library, name, player, era)
        or guessed(library, name, player, era)
        or nearest(library, name)
    )


async def stored(
    store: Store, library: Library, name: str, artist_id: int | None = None
) -> Resolved | None:
    """The researched profile of a name; None if there is none."""
    found = await find(store, library, name, artist_id)
    if found is None:
        return None
    artist_id, artist = found
    profile = await store.read(queries.profile_of, artist_id, PROFILE_VERSION)
    if profile is None:
        profile = await rebuilt(store, library, artist_id, artist)
        if profile is None:
            return None
    return Resolved(artist, artist.name, profile, artist_id) if profile.grooves else None


async def rebuilt(
    store: Store, library: Library, artist_id: int, artist: Artist
) -> StyleProfile | None:
    """The profile of an artist, built anew from all its evidence and kept; None without any."""
    evidence, stamp = await store.read(queries.evidence_and_stamp, artist_id)
    if not evidence:
        return None

    def build() -> StyleProfile:
        return build_profile(artist, [*evidence, *style_prior(artist, evidence, library)])

    profile = await asyncio.to_thread(build)
    await store.write(queries.save_profile, artist_id, profile, stamp)
    return profile


async def evidence_of(
    store: Store, library: Library, artist_id: int, artist: Artist
) -> tuple[Evidence, ...]:
    """All that the profile of a stored artist rests on, its styles among it."""
    evidence = await store.read(queries.evidence_of, artist_id)
    return (*evidence, *await asyncio.to_thread(style_prior, artist, evidence, library))


def subject_of(artist: Artist) -> str:
    """What two spellings of one artist share, and two artists of one name do not."""
    name = normalise_name(artist.name)
    return f"{name} ({artist.disambiguation})" if artist.disambiguation else name


async def find(
    store: Store, library: Library, name: str, artist_id: int | None
) -> tuple[int, Artist] | None:
    """(id, artist) of a stored artist, by id where one is given, else by name: of several the one
    that the notes mean by it, and none where they mean another.
    """
    if artist_id is None:
        named = await store.read(queries.artists_named, name)
        norm = normalise_name(name)
        if named and all(normalise_name(artist.name) != norm for _, artist in named):
            noted = await asyncio.to_thread(library.find, name)
            if noted is not None:  # somebody's alias is no reason to forget whom the notes mean
                meant_norm = normalise_name(noted.artist.name)
                named = [one for one in named if normalise_name(one[1].name) == meant_norm]
        if any(artist.disambiguation for _, artist in named):
            other = await asyncio.to_thread(library.find, name)
            if other and other.artist.disambiguation:
                meant = (other.artist.disambiguation, "")
                named = [one for one in named if one[1].disambiguation in meant]
                named.sort(key=lambda one: meant.index(one[1].disambiguation))
        return named[0] if named else None
    artist = await store.read(queries.artist_by_id, artist_id)
    return None if artist is None else (artist_id, artist)


def builtin(library: Library, name: str, player: str = "", era: str = "") -> Resolved | None:
    """The built-in notes on a name; None if there are none."""
    noted = library.find(name, player, era)
    if noted is None:
        return None
    profile = build_profile(noted.artist, noted.evidence)
    if profile.basis == "genre":
        said = f"{noted.player} is a style, played from built-in notes"
    else:
        said = f"{noted.artist.name}: {BASIS_WORDS[profile.basis]}"
    notices = (said, *profile.notices)
    if noted.choices:
        notices = (*notices, f"there is another of this name: {', '.join(noted.choices)}")
    profile = replace(profile, notices=notices)
    return Resolved(noted.artist, noted.player, profile, evidence=noted.evidence)


def guessed(library: Library, name: str, player: str = "", era: str = "") -> Resolved | None:
    """The notes on whom a name is surely meant for that is not known as it stands: read otherwise,
    written with other spaces, or misspelt; None where there is nobody, or several.
    """
    alike = library.spellings.joined(name)
    asked = None if alike else reading.read(library, name)
    if asked is None:
        alike = alike or library.spellings.nearest(name)
        who = {noted.player for spelling in alike if (noted := library.find(spelling))}
        if len(who) != 1:
            return None
        asked = alike[0], ""
    meant = builtin(library, asked[0], player or asked[1], era)
    assert meant is not None
    taken = meant.player if meant.profile.basis == "genre" else meant.artist.name
    said = f'"{name}" is not known: taken for {taken}'
    notices = (said, *meant.profile.notices)
    return replace(meant, profile=replace(meant.profile, notices=notices))


def nearest(library: Library, name: str) -> Resolved:
    """The nearest style for a name that nothing is known of, and what to do about it."""
    style = library.nearest_style(name)
    profile = build_profile(style.artist, style.evidence)
    notices = [
        *profile.notices,
        f'drop their MIDI here to teach me: mididrumigen research "{name}" --midi FOLDER',
    ]
    alike = library.spellings.alike(name, 2, _ALIKE)
    if alike:
        notices.append(f"did you mean {' or '.join(alike)}?")
    profile = replace(profile, notices=tuple(notices))
    return Resolved(style.artist, style.artist.name, profile, evidence=style.evidence)


def lineup_of(artist: Artist) -> tuple[tuple[str, str], ...]:
    """Who drums in a band and when, as sites have it."""
    return tuple(
        (d.name, f"{d.begin or ''}-{d.end or ''}" if d.begin or d.end else "")
        for d in artist.drummers
    )


def line_of(name: str, resolved: Resolved) -> dict[str, Any]:
    """What is known of who was meant by a name, in a few words."""
    profile = resolved.profile
    line = KnownArtist(
        resolved.artist.name,
        profile.basis,
        profile.confidence_score,
        profile.sources_count,
        profile.updated_at,
    )
    return line_json(name, line)


def line_json(name: str, line: KnownArtist) -> dict[str, Any]:
    """Plain form of a line of the list of artists, for who was asked about by a name."""
    return {
        "artist": line.name if line.basis != "unknown" else clean_name(name),
        "exists": line.basis != "unknown",
        "basis": line.basis,
        "confidence": line.confidence,
        "sources_count": line.sources_count,
        "updated_at": line.updated_at,
    }


def like(name: str, names: list[str], limit: int = 2, least: float = _ALIKE) -> list[str]:
    """Names that are spelt nearly as `name`, the most alike first."""
    from rapidfuzz import fuzz, process  # 25 ms: only for names that are not known

    found = process.extract(
        name, names, scorer=fuzz.ratio, processor=_letters, score_cutoff=least, limit=limit
    )
    return [spelling for spelling, _, _ in found]


def _letters(name: str) -> str:
    """A name without spaces: "bossanova" is spelt nearly as "bossa nova"."""
    return normalise_name(name).replace(" ", "")

"""Who is like whom: built-in entries and stored artists, compared by text, styles and traits.

Conventions: everybody is compared while there are few stored artists; of more, those that are
nearest by text (or of the same styles, where no text is read). Nobody is like themselves, their
band or their drummer.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mididrumigen.app.describe import describe
from mididrumigen.app.resolve import find, rebuilt
from mididrumigen.app.results import MAX_TEXT, SimilarResult
from mididrumigen.app.texts import Texts
from mididrumigen.errors import InputError
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.described import described
from mididrumigen.models import Progress
from mididrumigen.models.described import Described
from mididrumigen.models.names import clean_name, normalise_name
from mididrumigen.research.profile import PROFILE_VERSION
from mididrumigen.similar import Alike, Ground, Placed, asked_by_text, rank, text_hash, text_of
from mididrumigen.similar.model import DIMENSIONS, INSTALL, MODEL_ID
from mididrumigen.similar.rank import WEIGHTS
from mididrumigen.similar.traits import spreads
from mididrumigen.store import Store, queries
from mididrumigen.store import described as kept
from mididrumigen.store.described import Kept
from mididrumigen.store.nearest import SPARE, Search, cosines, open_search

COMPARED = 300
"""Stored artists that are compared in full; of more, so many nearest by text."""
_STYLES = 3
"""Styles that are named beside the artists."""
_DESCRIBED_AT_ONCE, _SYNCED_AT_ONCE = 50, 20_000


@dataclass(frozen=True, slots=True)
class _Notes:
    """The built-in entries, ready to be compared."""

    ground: Ground
    placed: tuple[Placed, ...]
    hashes: tuple[str, ...]
    texts: dict[str, str]
    """Hash -> text."""
    places: Mapping[str, int]
    """Normalised name, alias or band -> place among the entries; an entry's own name first."""

    def noted(self, name: str) -> Described | None:
        """The artist, or the drummer of the band, of this name."""
        place = self.places.get(normalise_name(name))
        entry = None if place is None else self.placed[place].entry
        return None if entry is None or entry.kind == "style" else entry


@dataclass(slots=True)
class _Asked:
    """Who or what is asked about."""

    entry: Described
    vector: bytes | None = None
    notices: list[str] = field(default_factory=list)


class Similar:
    """Answers who is like whom; `close` it. `index` is the file of the index of vectors;
    `reads_texts` False leaves the texts out even where the model is installed.
    """

    def __init__(
        self, store: Store, library: Library, index: Path, reads_texts: bool = True
    ) -> None:
        self._store, self._library, self._index = store, library, index
        self._texts = Texts(store, reads_texts)
        self._notes: _Notes | None = None
        self._search: Search | None = None
        self._newest = -1
        """Serial of the last vector that the search has."""
        self._syncing = asyncio.Lock()

    async def close(self) -> None:
        """End what is under way."""
        await self._texts.close()
        if self._search:
            await asyncio.to_thread(self._search.close)

    async def to_artist(
        self,
        name: str,
        artist_id: int | None = None,
        *,
        limit: int = 10,
        wait_s: float | None = None,
        progress: Progress | None = None,
    ) -> SimilarResult:
        """The nearest to an artist, band or style; of a name that is not known, to its nearest
        style. Texts that were never read are read first, for at most `wait_s` seconds. Raises
        InputError for what is no name.
        """
        name = clean_name(name)
        notes, problem = await self._ready(wait_s, progress)
        asked = await self._who(notes, name, artist_id)
        if problem:
            asked.vector = None
            asked.notices.append(problem)
        return await self._answer(notes, asked, limit)

    async def to_text(
        self,
        text: str,
        *,
        limit: int = 10,
        wait_s: float | None = None,
        progress: Progress | None = None,
    ) -> SimilarResult:
        """The nearest to what a text asks for. Raises InputError for one that says nothing."""
        text = " ".join(text.split())
        if not text or len(text) > MAX_TEXT:
            raise InputError(f"the text must have 1 to {MAX_TEXT} characters")
        notes, problem = await self._ready(wait_s, progress)
        styles = [placed.entry for placed in notes.placed if placed.entry.kind == "style"]
        asked = _Asked(asked_by_text(text, styles, notes.ground.spreads))
        if problem is None:
            asked.vector, problem = await self._texts.vector(text)
        if problem:
            asked.notices.append(problem)
        if asked.vector is None and not (asked.entry.styles or asked.entry.traits):
            raise InputError(
                "the text names no style and no trait that is known",
                f"say a style, or words such as late, swung, busy; the text model: {INSTALL}",
            )
        return await self._answer(notes, asked, limit)

    async def _ready(
        self, wait_s: float | None, progress: Progress | None
    ) -> tuple[_Notes, str | None]:
        """The built-in entries, with everything described and read; and why the texts are not."""
        if self._notes is None:
            self._notes = await asyncio.to_thread(_placed, self._library)
        await self._describe(self._notes)
        return self._notes, await self._texts.ready(
            self._notes.texts, wait_s, progress or Progress()
        )

    async def _describe(self, notes: _Notes) -> None:
        """Describe stored artists whose profile is new."""
        while todo := await self._store.read(kept.undescribed, _DESCRIBED_AT_ONCE):
            found: dict[int, tuple[Described, str, str]] = {}
            for artist_id in todo:
                artist = await self._store.read(queries.artist_by_id, artist_id)
                if artist is None:
                    continue
                profile = await self._store.read(queries.profile_of, artist_id, PROFILE_VERSION)
                profile = profile or await rebuilt(self._store, self._library, artist_id, artist)
                if profile is not None:
                    noted = None if artist.disambiguation else notes.noted(artist.name)
                    entry = describe(self._library, artist, profile, noted)
                    text = text_of(entry, notes.ground.spreads)
                    found[artist_id] = (entry, text, text_hash(text))
            await self._store.write(kept.describe, found)
            await self._store.write(kept.drop_undescribable, [i for i in todo if i not in found])

    async def _who(self, notes: _Notes, name: str, artist_id: int | None) -> _Asked:
        found = await find(self._store, self._library, name, artist_id)
        stored = await self._store.read(kept.of_artists, MODEL_ID, [found[0]]) if found else []
        if stored:
            return _Asked(stored[0].entry, stored[0].vector)
        place = notes.places.get(normalise_name(name))
        notices: list[str] = []
        if place is None:
            style = await asyncio.to_thread(self._library.nearest_style, name)
            notices += style.evidence[0].value["notices"]
            place = notes.places[normalise_name(style.player)]
        entry = notes.placed[place].entry
        if normalise_name(name) in map(normalise_name, entry.bands):
            notices.append(f"{name}: the drums are played in the style of {entry.name}")
        return _Asked(entry, self._texts.of_builtin(notes.hashes[place]), notices)

    async def _answer(self, notes: _Notes, asked: _Asked, limit: int) -> SimilarResult:
        stored = await self._stored(asked)
        nearest, styles = await asyncio.to_thread(self._ranked, notes, asked, stored, limit)
        weights = {
            part: weight
            for part, weight in WEIGHTS.items()
            if {"text": asked.vector, "styles": asked.entry.styles, "traits": asked.entry.traits}[
                part
            ]
        }
        whole = sum(weights.values()) or 1.0
        return SimilarResult(
            asked=asked.entry,
            nearest=nearest,
            styles=styles,
            weights={part: weight / whole for part, weight in weights.items()},
            model=None if asked.vector is None else MODEL_ID,
            notices=tuple(asked.notices),
        )

    def _ranked(
        self, notes: _Notes, asked: _Asked, stored: Sequence[Kept], limit: int
    ) -> tuple[tuple[Alike, ...], tuple[Alike, ...]]:
        """The nearest artists and the nearest styles."""
        ground = notes.ground.with_traits_of(asked.entry, (one.entry for one in stored))
        placed = [ground.place(one.entry, one.artist_id) for one in stored]
        vectors = [one.vector for one in stored]
        names = {name for one in placed for name in one.names}
        for builtin, key in zip(notes.placed, notes.hashes, strict=True):
            # Whoever is stored is compared as stored.
            if builtin.entry.kind == "style" or builtin.names.isdisjoint(names):
                placed.append(builtin)
                vectors.append(self._texts.of_builtin(key))
        near: Sequence[float | None] = [None] * len(vectors)
        if asked.vector is not None:
            near = cosines(asked.vector, vectors)
        mine = ground.place(asked.entry)
        both = []
        for wants_style, most in ((False, limit), (True, _STYLES)):
            others = (
                (other, cosine)
                for other, cosine in zip(placed, near, strict=True)
                if (other.entry.kind == "style") is wants_style
            )
            both.append(tuple(rank(mine, others, ground, most, asked.vector is not None)))
        return both[0], both[1]

    async def _stored(self, asked: _Asked) -> list[Kept]:
        """Stored artists that are worth comparing."""
        if await self._store.read(kept.count_described) <= COMPARED:
            return await self._store.read(kept.of_everybody, MODEL_ID)
        if asked.vector is not None:
            search = await self._synced()
            near = await asyncio.to_thread(search.nearest, asked.vector, COMPARED + SPARE)
            found = await self._store.read(kept.of_artists, MODEL_ID, near)
            return await asyncio.to_thread(_nearest, asked.vector, found)
        tempo_bpm = asked.entry.traits.get("tempo_bpm", 0.0)
        styles = [*asked.entry.styles, ""]
        each = COMPARED // len(styles)
        return await self._store.read(kept.of_styles, MODEL_ID, styles, tempo_bpm, each)

    async def _synced(self) -> Search:
        """The search, holding the vectors that there are. Who was forgotten since the last one came
        may still be in it, and is left out by who reads of them.
        """
        async with self._syncing:
            newest = await self._store.read(kept.last_serial)
            if self._search is not None and newest == self._newest:
                return self._search
            if self._search is None:
                self._search = await asyncio.to_thread(
                    open_search, self._index, MODEL_ID, DIMENSIONS
                )
            search = self._search
            count, last = await self._store.read(kept.vectors_stamp, MODEL_ID)
            held, seen = await asyncio.to_thread(search.held)
            while seen < last:
                rows = await self._store.read(kept.vectors_since, MODEL_ID, seen, _SYNCED_AT_ONCE)
                if not rows:
                    break
                await asyncio.to_thread(search.add, rows)
                held, seen = await asyncio.to_thread(search.held)
            if held != count:
                there = await self._store.read(kept.vector_serials, MODEL_ID)
                await asyncio.to_thread(search.keep_only, there)
            self._newest = newest
            return search


def _nearest(vector: bytes, found: Sequence[Kept]) -> list[Kept]:
    """The `COMPARED` nearest of a few more."""
    near = cosines(vector, [one.vector for one in found])
    order = sorted(range(len(found)), key=lambda i: (-(near[i] or 0.0), found[i].artist_id))
    return [found[i] for i in order[:COMPARED]]


def _placed(library: Library) -> _Notes:
    """Read the built-in entries and make them ready."""
    entries = list(described(library))
    ground = Ground(
        spreads(entries),
        families={key: library.styles.family(key) for key in library.styles},
        titles={key: style["title"] for key, style in library.styles.items()},
    )
    placed = tuple(ground.place(entry) for entry in entries)
    texts = [text_of(entry, ground.spreads) for entry in entries]
    hashes = tuple(map(text_hash, texts))
    places: dict[str, int] = {}
    # A name of one's own comes before a band that shares it; who is noted before who is only named.
    for noted in (True, False):
        for kin in (False, True):
            for place, one in enumerate(placed):
                if (one.entry.name in library.artists) == noted:
                    for name in sorted(one.kin if kin else one.names):
                        places.setdefault(name, place)
    return _Notes(ground, placed, hashes, dict(zip(hashes, texts, strict=True)), places)

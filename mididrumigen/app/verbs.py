"""App: opens everything in order, closes it in reverse; one method a verb."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from mididrumigen.app.clips import READ_LIMIT_S, clip_of_file
from mididrumigen.app.clock import now
from mididrumigen.app.edit import edited, edited_result
from mididrumigen.app.generator import Generator
from mididrumigen.app.library import Index
from mididrumigen.app.network import Network
from mididrumigen.app.output import STAGING, staging_of, write_files
from mididrumigen.app.owner import Owner
from mididrumigen.app.researcher import Researcher
from mididrumigen.app.resolve import (
    Resolved,
    builtin,
    evidence_of,
    find,
    known,
    like,
    line_json,
    line_of,
    lineup_of,
    rebuilt,
    resolve,
    stored,
)
from mididrumigen.app.results import ShowResult
from mididrumigen.app.setting_up import SettingUp
from mididrumigen.app.settings import Settings
from mididrumigen.app.takes import drum_map_of
from mididrumigen.app.unbroken import unbroken
from mididrumigen.config import Config, Paths
from mididrumigen.errors import ArtistUnknown, InputError, MidiError, NotFound, WorkerError
from mididrumigen.knowledge import Library
from mididrumigen.knowledge.library import ARTIST_CONFIDENCE, GENRE_CONFIDENCE
from mididrumigen.models import Artist, Clip, StyleProfile
from mididrumigen.models.names import clean_name, normalise_name
from mididrumigen.research.prior import style_prior
from mididrumigen.sources import Tools
from mididrumigen.store import Store, queries, records
from mididrumigen.store.queries import KnownArtist
from mididrumigen.workers import Workers

if TYPE_CHECKING:
    from mididrumigen.app.similar import Similar

VECTOR_INDEX = "mididrumigen-vectors.db"
"""Beside the database: an index that can be deleted at any time."""


class App:
    """The program behind every edge; use `async with App.open(config, paths) as app`."""

    def __init__(
        self, config: Config, paths: Paths, store: Store, workers: Workers, owner: Owner | None
    ) -> None:
        self.settings, self.paths = Settings(config, paths.config), paths
        self.store, self.workers, self.owner = store, workers, owner
        self.library = Library()
        self.setting_up = SettingUp(self.settings, paths, store)
        self.index = Index(store, workers)
        self._tools = tools = Tools(workers, self.index)
        self.network = Network(self.settings, self.setting_up, store, paths.cache, os.environ)
        researcher = Researcher(
            self.settings, paths, store, self.library, tools, self.network, owner
        )
        self.research, self.identify = researcher.research, researcher.identify
        self._similar: Similar | None = None
        self._staging = staging_of(paths.database.parent) if owner else STAGING
        self._generator = Generator(
            self.settings,
            store,
            self.library,
            self.research,
            lambda: self.network.is_on,
            self._staging,
            paths.maps,
        )
        self.generate, self.drum_map = self._generator.generate, self._generator.drum_map

    @classmethod
    @asynccontextmanager
    async def open(
        cls, config: Config, paths: Paths, owner: Owner | None = None
    ) -> AsyncIterator[Self]:
        """Open the database; closed again at the end of the block. `owner` is the lock of the home
        where this process holds it for good.
        """
        store = await Store.open(paths.database)
        try:
            async with Workers() as workers:
                app = cls(config, paths, store, workers, owner)
                try:
                    yield app
                finally:
                    if app._similar:
                        await app._similar.close()
                    app._generator.close()
                    await app.network.close()
        finally:
            await store.close()

    @property
    def config(self) -> Config:
        """The settings in force."""
        return self.settings.config

    @property
    def similar(self) -> "Similar":
        """The verbs of who is like whom."""
        if self._similar is None:
            from mididrumigen.app.similar import Similar  # 20 ms: only who asks pays for it

            index = self.paths.database.with_name(VECTOR_INDEX)
            self._similar = Similar(self.store, self.library, index)
        return self._similar

    async def read_clip(self, path: Path) -> Clip:
        """The user's clip in a MIDI file; raises MidiError where there is none, InputError for one
        that cannot be played.
        """
        try:
            return await self.workers.run(READ_LIMIT_S, clip_of_file, path)
        except (MidiError, WorkerError, TimeoutError) as error:
            reason = error if str(error) else "reading it takes too long"
            raise MidiError(f"{path.name}: {reason}", "choose another MIDI file") from error

    async def resolve(self, name: str, artist_id: int | None = None) -> Resolved:
        """Whom a name means, and the best there is to play from."""
        return await resolve(self.store, self.library, name, artist_id)

    async def line(self, name: str, artist_id: int | None = None) -> dict[str, Any]:
        """What is known about an artist, in a few words; reads no evidence and builds nothing."""
        found = await find(self.store, self.library, clean_name(name), artist_id)
        line = await self.store.read(queries.profile_line, found[0]) if found else None
        if line is None:
            return line_of(name, await asyncio.to_thread(known, self.library, clean_name(name)))
        return line_json(name, line)

    async def show(
        self, name: str, artist_id: int | None = None, player: str = "", era: str = ""
    ) -> ShowResult:
        """The profile of `name` and all it rests on, of a band as one of its drummers plays there;
        raises ArtistUnknown, and InputError for who did not drum there.
        """
        name, resolved = clean_name(name), None
        if not (player or era):
            resolved = await stored(self.store, self.library, name, artist_id)
        resolved = resolved or await asyncio.to_thread(builtin, self.library, name, player, era)
        if resolved is None:
            raise await self._unknown(name)
        evidence, reports = resolved.evidence, []
        if resolved.artist_id is not None:
            evidence = await evidence_of(
                self.store, self.library, resolved.artist_id, resolved.artist
            )
            reports = await self.store.read(queries.reports_of, resolved.artist_id)
        noted = await asyncio.to_thread(self.library.find, name)
        lineup = noted.lineup if noted else lineup_of(resolved.artist)
        return ShowResult(
            *(resolved.artist, resolved.player, resolved.profile, evidence, lineup, tuple(reports))
        )

    async def check_key(self, name: str) -> tuple[bool | None, str]:
        """Whether the service takes a key that is set; None where it could not be asked. Raises
        NotFound.
        """
        from mididrumigen.app.key_check import check_key

        tools = await self.network.tools(self._tools)
        if not self.network.is_on:
            return None, "nobody outside this machine is asked, as you set it"
        return await check_key(name, tools.keys, self.config, tools.fetch)

    async def export(self, name: str, artist_id: int | None = None) -> dict[str, Any]:
        """The profile of `name` and all it rests on as one document; raises ArtistUnknown."""
        from mididrumigen.app.profile_file import profile_document

        shown = await self.show(name, artist_id)
        return await asyncio.to_thread(
            profile_document, shown.artist, shown.profile, shown.evidence
        )

    async def take_in(self, content: bytes, file_name: str) -> tuple[StyleProfile, int]:
        """Keep the evidence of an exported profile beside what is known of its artist; (profile,
        pieces of evidence). Raises InputError for what is no such file.
        """
        # pydantic: only who takes one in
        from mididrumigen.app.profile_file import check_playable, read_profile

        artist, evidence = await asyncio.to_thread(read_profile, content, file_name)
        mine = [
            one
            for one in await self.choices(artist.name)
            if one[1].disambiguation == artist.disambiguation
        ]
        have = await self.store.read(queries.evidence_of, mine[0][0]) if mine else []
        together = list({e.id: e for e in (*have, *evidence)}.values())

        def check() -> None:
            prior = style_prior(artist, together, self.library)
            check_playable(artist, [*together, *prior], file_name)

        await asyncio.to_thread(check)
        artist_id = await self.store.write(queries.keep_all, artist, evidence, now())
        profile = await rebuilt(self.store, self.library, artist_id, artist)
        assert profile is not None
        return profile, len(evidence)

    async def artists(self, query: str | None) -> list[KnownArtist]:
        """Everyone who is known: researched artists, built-in ones, styles; with a query, who is
        spelt like it.
        """
        researched = await self.store.read(queries.known_artists)
        return await asyncio.to_thread(self._all_artists, researched, query)

    def _all_artists(self, everyone: list[KnownArtist], query: str | None) -> list[KnownArtist]:
        have = {normalise_name(artist.name) for artist in everyone}
        for name, basis in self.library.entries():
            if normalise_name(name) not in have:
                have.add(normalise_name(name))
                confidence = ARTIST_CONFIDENCE if basis == "builtin" else GENRE_CONFIDENCE
                everyone.append(KnownArtist(name, basis, confidence, 1, ""))
        if not query:
            return everyone
        wanted = normalise_name(query)
        within = [artist for artist in everyone if wanted in normalise_name(artist.name)]
        alike = like(query, [artist.name for artist in everyone], limit=10)
        return within + [a for a in everyone if a.name in alike and a not in within]

    async def history(self, limit: int, only_kept: bool = False) -> list[dict[str, Any]]:
        """The latest generations, newest first."""
        return await self.store.read(records.generations, limit, only_kept)

    async def keep(self, generation_id: int, take: int, is_kept: bool) -> list[int]:
        """Mark a take as kept, or not any more; the takes of its generation that are. Raises
        NotFound.
        """
        await self.take_path(generation_id, take)
        return await self.store.write(records.keep_take, generation_id, take, is_kept) or []

    async def generation(self, generation_id: int) -> dict[str, Any]:
        """The plain form of an earlier generation; raises NotFound."""
        found = await self.store.read(records.generation, generation_id)
        if found is None:
            raise NotFound(f"there is no generation {generation_id}")
        return found

    async def edit(
        self, generation_id: int, number: int, notes: Sequence[Sequence[float]], out_dir: Path
    ) -> dict[str, Any]:
        """Keep a take of an earlier generation with other notes, as a generation of its own; raises
        NotFound, and InputError for notes that are no strokes of that length.
        """
        began = time.perf_counter()
        source = await self.generation(generation_id)
        pattern = await asyncio.to_thread(edited, source, number, notes)

        async def keep() -> dict[str, Any]:
            files = await asyncio.to_thread(
                write_files,
                [pattern],
                out_dir,
                drum_map=drum_map_of(source),
                tracks=source.get("tracks", "one"),
                staging=self._staging,
            )
            spent_ms = (time.perf_counter() - began) * 1000
            result = edited_result(source, number, pattern, files, spent_ms)
            new_id = await self.store.write(
                records.add_edited, generation_id, number, created_at=now(), result=result
            )
            return {**result, "generation_id": new_id}

        return await unbroken(keep())

    async def take_path(self, generation_id: int, number: int) -> Path:
        """Where the file of a take was written; raises NotFound."""
        files = (await self.generation(generation_id))["midi_files"]
        if not 1 <= number <= len(files):
            raise NotFound(f"generation {generation_id} has no file {number}")
        return Path(files[number - 1])

    async def forget(self, name: str) -> tuple[str, int]:
        """Remove what was researched about `name`; (its name, pieces of evidence removed)."""
        name = clean_name(name)
        found = await self.store.read(queries.find_artist, name)
        if found is None:
            if self.library.find(name):
                raise ArtistUnknown(
                    f"nothing researched about {name}", "built-in notes cannot be forgotten"
                )
            raise await self._unknown(name)
        count = await self.store.write(queries.forget_artist, found[0])
        return found[1].name, count

    async def choices(self, name: str) -> list[tuple[int, Artist]]:
        """The stored artists of a name: more than one where it is ambiguous."""
        return await self.store.read(queries.artists_named, clean_name(name))

    async def pick(self, name: str, number: int | None) -> tuple[str, int | None]:
        """(name, id where one is needed) of the artist of a name that is meant: the `number`-th of
        several, researched ones first, counted from 1. Raises InputError, which lists them.
        """
        if number is None:
            return name, None
        of_name: list[tuple[Artist, str, int | None]] = []
        for artist_id, artist in await self.choices(name):
            of_name.append((artist, artist.name, artist_id))
        noted = await asyncio.to_thread(self.library.find, clean_name(name))
        if noted:
            researched = {artist.disambiguation for artist, _, _ in of_name}
            if noted.artist.disambiguation not in researched:
                of_name.append((noted.artist, noted.artist.name, None))
            for other in noted.choices:
                namesake = await asyncio.to_thread(self.library.find, other)
                if namesake and namesake.artist.disambiguation not in researched:
                    of_name.append((Artist(other), other, None))
        if not 1 <= number <= len(of_name):
            known_ones = "; ".join(
                f"{n} {artist.name}{f' ({artist.disambiguation})' if artist.disambiguation else ''}"
                for n, (artist, _, _) in enumerate(of_name, 1)
            )
            raise InputError(
                f"there is no artist number {number} of the name {name}",
                f"known are: {known_ones}" if known_ones else "leave the number out",
            )
        _, meant, id_there = of_name[number - 1]
        return meant, id_there

    async def _unknown(self, name: str) -> ArtistUnknown:
        """The error for a name that nothing is known of."""
        names = [artist.name for artist in await self.artists(None)]
        alike = like(name, names)
        hint = (
            f"did you mean {' or '.join(alike)}?"
            if alike
            else "`mididrumigen artists` lists who is known"
        )
        return ArtistUnknown(f"nothing is known about {name}", hint)

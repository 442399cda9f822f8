"""Texts that the model has read: what is new is read, and kept.

Conventions: the model runs in a process of its own, begun when the first text is to be read and let
go when none was for a minute. Reading many can take a while (80 texts a second on an idle machine):
who asks waits for as long as they like, and the rest is read in the background. What fails is a
sentence and no error: there is an answer without the texts.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from mididrumigen.errors import MidiDrumiGenError
from mididrumigen.models import Progress
from mididrumigen.similar import text_hash
from mididrumigen.similar.model import INSTALL, MODEL_ID, embed, missing
from mididrumigen.store import Store
from mididrumigen.store import described as kept
from mididrumigen.workers import Workers

_BATCH, _READ_LIMIT_S, _IDLE_S = 32, 120.0, 60.0
ALONE = "compared by styles and traits alone"


@dataclass(slots=True)
class _Listeners(Progress):
    """Progress that whoever waits may listen to."""

    done: int = 0
    total: int = 0
    listeners: list[Progress] = field(default_factory=list)

    def read(self, count: int) -> None:
        self.done += count
        for progress in self.listeners:
            progress.tell("reading texts", self.done, self.total)


class Texts:
    """The texts of built-in entries and of stored artists, and what was read of them."""

    def __init__(self, store: Store, reads: bool = True) -> None:
        self._store, self._reads = store, reads
        self._workers = Workers(1, _IDLE_S)
        self._task: asyncio.Task[None] | None = None
        self._state = _Listeners()
        self._builtin: dict[str, bytes] | None = None

    async def close(self) -> None:
        """Stop reading; what was read is kept."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._workers.close()

    def of_builtin(self, hash_of_text: str) -> bytes | None:
        """Vector of a built-in text; None where it was not read."""
        return (self._builtin or {}).get(hash_of_text)

    async def ready(
        self, builtin: dict[str, str], wait_s: float | None, progress: Progress
    ) -> str | None:
        """Have everything read: the built-in texts (by hash) and those of stored artists. None when
        it is; else why not, as a sentence. `wait_s` None: however long it takes.
        """
        if not self._reads:
            return ALONE
        if missing():
            return f"{ALONE}; for texts too: {INSTALL}"
        if self._task is None:
            if not await self._unread(builtin):
                return None
            self._state = _Listeners()
            self._task = asyncio.create_task(self._read_all(builtin))
        task = self._task
        self._state.listeners.append(progress)
        try:
            async with asyncio.timeout(wait_s):
                await asyncio.shield(task)
        except TimeoutError:
            if not task.done():  # else it is the model that took too long
                return f"{ALONE}: texts are being read, {self._left()}; ask again for them"
            return f"{ALONE}: the model took too long"
        except MidiDrumiGenError as error:
            return f"{ALONE}: {error}"
        finally:
            self._state.listeners.remove(progress)
            if task.done():
                self._task = None
        return None

    async def vector(self, text: str) -> tuple[bytes | None, str | None]:
        """(vector of a text that is not kept, or None and why not)."""
        try:
            [vector] = await self._workers.run(_READ_LIMIT_S, embed, [text])
        except (MidiDrumiGenError, TimeoutError) as error:
            return None, f"{ALONE}: {error or 'the model took too long'}"
        return vector, None

    def _left(self) -> str:
        return f"{self._state.done} of {self._state.total} so far" if self._state.total else "now"

    async def _unread(self, builtin: dict[str, str]) -> bool:
        """Whether there is anything to read."""
        if self._builtin is None:
            self._builtin = await self._store.read(kept.text_vectors, MODEL_ID)
        if not builtin.keys() <= self._builtin.keys():
            return True
        return bool(await self._store.read(kept.without_vector, MODEL_ID, 1))

    async def _read_all(self, builtin: dict[str, str]) -> None:
        """Read what was not, a few at a time, and keep it."""
        read = self._builtin if self._builtin is not None else {}
        todo = [(key, text) for key, text in builtin.items() if key not in read]
        todo.sort(key=lambda keyed: len(keyed[1]))  # a batch costs what its longest text costs
        waiting = await self._store.read(kept.count_without_vector, MODEL_ID)
        self._state.total = len(todo) + waiting
        for start in range(0, len(todo), _BATCH):
            batch = dict(todo[start : start + _BATCH])
            vectors = dict(zip(batch, await self._vectors([*batch.values()]), strict=True))
            await self._store.write(kept.keep_text_vectors, MODEL_ID, vectors)
            read.update(vectors)
            self._state.read(len(batch))
        if todo:
            await self._store.write(kept.drop_text_vectors, MODEL_ID, [*builtin])
        while rows := await self._store.read(kept.without_vector, MODEL_ID, _BATCH):
            vectors_of = await self._vectors([text for _, text in rows])
            found = {
                artist_id: (text, text_hash(text), vector)
                for (artist_id, text), vector in zip(rows, vectors_of, strict=True)
            }
            await self._store.write(kept.keep_vectors, MODEL_ID, found)
            self._state.read(len(rows))

    async def _vectors(self, texts: Sequence[str]) -> list[bytes]:
        return await self._workers.run(_READ_LIMIT_S, embed, texts)

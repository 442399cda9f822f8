"""Files that are handed over HTTP: kept until a job has read them, a day at most.

Conventions: an upload is a folder named by its random id with one file in it, which keeps the name
that the user gave it as far as file systems allow. It is written beside under another name and
takes its own when it is whole.
"""

import asyncio
import contextlib
import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Collection
from pathlib import Path, PurePath
from typing import BinaryIO

from mididrumigen.errors import Busy, InputError, NotFound, OutputError, TooLarge
from mididrumigen.files import patiently
from mididrumigen.models import Upload
from mididrumigen.models.names import file_name

MAX_UPLOAD_BYTES = 50_000_000
MAX_KEPT_BYTES = 1_000_000_000
"""Of all uploads that wait to be read."""
KEPT_S = 86_400.0
_PART = ".part-"
_ID = re.compile(r"[0-9a-f]{24}")


class Uploads:
    """The folder of uploads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept_bytes = 0

    async def add(self, name: str, pieces: AsyncIterator[bytes]) -> tuple[str, int]:
        """Keep a file; (id, bytes). Raises TooLarge, InputError for an empty one, Busy where too
        much is kept already, OutputError where it cannot be written.
        """
        upload_id = secrets.token_hex(12)
        part, target = self._folder / f"{_PART}{upload_id}", self._folder / upload_id
        size, file = 0, None
        try:
            file = _begin(part, name)
            async for piece in pieces:
                size += len(piece)
                self._kept_bytes += len(piece)
                if size > MAX_UPLOAD_BYTES:
                    limit = f"{MAX_UPLOAD_BYTES / 1e6:g} MB"
                    raise TooLarge(f"{name} is over {limit}", "hand over a smaller file")
                if self._kept_bytes > MAX_KEPT_BYTES:
                    raise Busy("too many uploads wait to be read", "research with them first")
                await asyncio.to_thread(file.write, piece)
            if not size:
                raise InputError(f"{name} is empty", "choose another file")
            await asyncio.to_thread(_finish, file, part, target)
        except OSError as error:
            raise OutputError(
                f"{name} could not be kept in {self._folder}: {error.strerror}", "make room there"
            ) from error
        finally:
            if not target.exists():
                self._kept_bytes -= size
            await asyncio.to_thread(_clear, file, part)
        return upload_id, size

    def find(self, upload_id: str) -> Upload:
        """The upload of an id; raises NotFound."""
        path = self.place(upload_id)
        with contextlib.suppress(OSError):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
            return Upload(path, path.name, digest)
        raise _gone(upload_id)

    def place(self, upload_id: str) -> Path:
        """Where the file of an upload is; raises NotFound."""
        with contextlib.suppress(OSError, StopIteration):
            if _ID.fullmatch(upload_id):
                return next((self._folder / upload_id).iterdir())
        raise _gone(upload_id)

    def remove(self, upload_id: str) -> None:
        """Remove an upload that is not needed any more."""
        if _ID.fullmatch(upload_id):
            self._remove(self._folder / upload_id)

    def tidy(self, keep: Collection[str], now: float | None = None) -> None:
        """Remove what is older than a day, but for the ids that a job still needs; what is
        half-written has a day too.
        """
        oldest = (time.time() if now is None else now) - KEPT_S
        with contextlib.suppress(OSError):
            for entry in self._folder.iterdir():
                if entry.name not in keep and entry.stat().st_mtime < oldest:
                    self._remove(entry)

    def begin(self) -> None:
        """Take stock; what was half-written when the last process ended is removed."""
        for entry in self._folder.glob(f"{_PART}*"):
            self._remove(entry)
        self._kept_bytes = sum(_bytes(entry) for entry in self._folder.glob("*"))

    def _remove(self, entry: Path) -> None:
        size = _bytes(entry)
        shutil.rmtree(entry, ignore_errors=True)
        self._kept_bytes = max(0, self._kept_bytes - size)


def _gone(upload_id: str) -> NotFound:
    return NotFound(
        f"there is no upload {upload_id[:40]}", "uploads are kept for a day, send it again"
    )


def _begin(part: Path, name: str) -> BinaryIO:
    part.mkdir(parents=True)
    return open(part / file_name(PurePath(name).name), "wb")


def _finish(file: BinaryIO, part: Path, target: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()
    patiently(lambda: os.replace(part, target))


def _clear(file: BinaryIO | None, part: Path) -> None:
    if file is not None:
        file.close()
    shutil.rmtree(part, ignore_errors=True)


def _bytes(folder: Path) -> int:
    with contextlib.suppress(OSError):
        return sum(file.stat().st_size for file in folder.iterdir())
    return 0

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
from collections.abc import AsyncIterator
from pathlib import Path, PurePath
from typing import BinaryIO

from mididrumigen.app.files import patiently
from mididrumigen.errors import InputError, NotFound, OutputError, TooLarge
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

    async def add(self, name: str, pieces: AsyncIterator[bytes]) -> tuple[str, int]:
        """Keep a file; (id, bytes). Raises InputError for one that is too large or empty,
        OutputError where it cannot be written.
        """
        upload_id = secrets.token_hex(12)
        part = self._folder / f"{_PART}{upload_id}"
        size = 0
        try:
            file = await asyncio.to_thread(self._begin, part, name)
            try:
                async for piece in pieces:
                    size += len(piece)
                    if size > MAX_UPLOAD_BYTES:
                        limit = f"{MAX_UPLOAD_BYTES / 1e6:g} MB"
                        raise TooLarge(f"{name} is over {limit}; hand over a smaller file")
                    await asyncio.to_thread(file.write, piece)
                if not size:
                    raise InputError(f"{name} is empty; choose another file")
                await asyncio.to_thread(_flush, file)
            finally:
                file.close()
            target = self._folder / upload_id
            await asyncio.to_thread(patiently, lambda: os.replace(part, target))
        except OSError as error:
            raise OutputError(
                f"{name} could not be kept in {self._folder}: {error.strerror}; make room there"
            ) from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return upload_id, size

    def find(self, upload_id: str) -> Upload:
        """The upload of an id; raises NotFound."""
        with contextlib.suppress(OSError, StopIteration):
            if _ID.fullmatch(upload_id):
                path = next((self._folder / upload_id).iterdir())
                digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
                return Upload(path, path.name, digest)
        raise NotFound(f"there is no upload {upload_id}; uploads are kept for a day, send it again")

    def remove(self, upload_id: str) -> None:
        """Remove an upload that has been read."""
        if _ID.fullmatch(upload_id):
            shutil.rmtree(self._folder / upload_id, ignore_errors=True)

    def tidy(self, keep: set[str]) -> None:
        """Remove what is half-written or older than a day, but for the ids that a job still
        needs.
        """
        with contextlib.suppress(OSError):
            for entry in self._folder.iterdir():
                old = time.time() - entry.stat().st_mtime > KEPT_S
                if entry.name.startswith(_PART) or (old and entry.name not in keep):
                    shutil.rmtree(entry, ignore_errors=True)

    def _begin(self, part: Path, name: str) -> BinaryIO:
        if sum(file.stat().st_size for file in self._folder.glob("*/*")) > MAX_KEPT_BYTES:
            raise OutputError("too many uploads wait to be read; research with them first")
        part.mkdir(parents=True)
        return open(part / file_name(PurePath(name).name), "wb")


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())

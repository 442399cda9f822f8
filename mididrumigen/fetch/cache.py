"""Bodies of metadata on disk, so that nobody is asked the same twice.

Conventions: an entry is a file named by the hash of what was asked, without secrets. It holds a
checksum, a line of JSON, and the body. It is written whole or not at all; one that cannot be read,
or is not what it says, is as none. Times are seconds since 1970.
"""

import asyncio
import json
import logging
import re
import zlib
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from mididrumigen.files import write_whole
from mididrumigen.models import Fetched
from mididrumigen.models.fetched import Keeping

logger = logging.getLogger(__name__)

DAY_S = 86_400.0
SEARCH_DAYS = 7.0
"""Of what a search found, at most: tomorrow it may find more."""
MAX_BYTES = 200_000_000
_ROOM = 0.9
"""What is left of the largest size when the oldest were removed."""
_HEADERS = ("content-type", "etag", "last-modified")
_ENTRY = re.compile(r"[0-9a-f]{64}\.entry")
_ERROR_BYTES = 4096
"""An error that comes with the status of success is short."""


def cache_key(url: str, headers: Mapping[str, str]) -> str:
    """The name of what is asked by an address and headers, both without secrets."""
    told = json.dumps([1, url, sorted(headers.items())])
    return sha256(told.encode()).hexdigest()


def is_worth_keeping(fetched: Fetched) -> bool:
    """Whether an answer is what was asked for: not a page in place of data, as when a site wants to
    see a person, nor an error that calls itself a success.
    """
    if fetched.status != 200:
        return False
    start = fetched.body[:512].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return False
    if len(fetched.body) > _ERROR_BYTES or start[:1] != b"{":
        return True
    try:
        return "error" not in json.loads(fetched.body)
    except (ValueError, RecursionError):
        return False


class Cache:
    """The entries in one folder."""

    def __init__(
        self,
        folder: Path,
        ttl_days: float,
        clock: Callable[[], float],
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._folder, self._ttl_days, self._clock = folder, ttl_days, clock
        self._max_bytes = max_bytes
        self._bytes: int | None = None
        """Size of all entries, as far as this process knows; None: it has not looked."""

    async def find(self, key: str, keep: Keeping) -> Fetched | None:
        """What was kept under a key, if it is not too old."""
        days = self._ttl_days if keep == "metadata" else min(self._ttl_days, SEARCH_DAYS)
        return await asyncio.to_thread(self._find, key, days)

    async def keep(self, key: str, fetched: Fetched) -> None:
        """Keep an answer; where the disk does not take it, it is not kept."""
        try:
            await asyncio.to_thread(self._keep, key, fetched)
        except OSError as error:
            logger.warning("An answer was not kept: %s", error.strerror)

    def _find(self, key: str, days: float) -> Fetched | None:
        try:
            told, _, entry = self._path(key).read_bytes().partition(b"\n")
            if int(told) != zlib.crc32(entry):
                return None
            line, _, body = entry.partition(b"\n")
            about = json.loads(line)
        except (OSError, ValueError):
            return None
        # What is from tomorrow was kept by a clock that was wrong.
        if not -DAY_S < self._clock() - about["at"] < days * DAY_S:
            return None
        return Fetched(about["url"], 200, body, about["headers"], is_cached=True)

    def _keep(self, key: str, fetched: Fetched) -> None:
        about = {
            "at": self._clock(),
            "url": fetched.url,
            "headers": {n: fetched.headers[n] for n in _HEADERS if n in fetched.headers},
        }
        entry = json.dumps(about).encode() + b"\n" + fetched.body
        entry = b"%d\n" % zlib.crc32(entry) + entry
        write_whole(self._path(key), entry)
        if self._bytes is not None:
            self._bytes += len(entry)
        if self._bytes is None or self._bytes > self._max_bytes:
            self._bytes = self._make_room()

    def _make_room(self) -> int:
        """Remove the oldest entries while there are too many bytes of them; how many are left."""
        entries = []
        for path in self._folder.iterdir():
            found = path.stat()
            if not _ENTRY.fullmatch(path.name):
                if self._clock() - found.st_mtime > DAY_S:
                    path.unlink(missing_ok=True)  # half of one, when a process was killed
            else:
                entries.append((found.st_mtime, found.st_size, path))
        left = sum(size for _, size, _ in entries)
        if left > self._max_bytes:
            for _, size, path in sorted(entries):
                if left <= self._max_bytes * _ROOM:
                    break
                path.unlink(missing_ok=True)
                left -= size
        return left

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.entry"

"""Bodies, read as they stream and unpacked piece by piece: neither an endless one nor one that
unpacks to a thousand times its size is ever held.
"""

import zlib
from collections.abc import AsyncIterable, Iterator, Mapping

from mididrumigen.fetch.trouble import Trouble

ENCODINGS = "gzip, deflate"
"""What we say that we can unpack."""
_PIECE_BYTES = 65_536
_GZIP, _ZLIB, _RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


async def read_body(
    parts: AsyncIterable[bytes], headers: Mapping[str, str], max_bytes: int
) -> bytes:
    """A body as unpacked, of at most `max_bytes` as sent and as unpacked; raises Trouble."""
    too_large = Trouble(f"sent more than {max_bytes / 1e6:g} MB")
    if (told_bytes(headers) or 0) > max_bytes:
        raise too_large
    unpacker = _unpacker(headers.get("content-encoding", ""))
    body, sent = bytearray(), 0
    async for part in parts:
        sent += len(part)
        if sent > max_bytes:
            raise too_large
        for piece in unpacker.unpack(part):
            body += piece
            if len(body) > max_bytes:
                raise too_large
    unpacker.end()
    return bytes(body)


def told_bytes(headers: Mapping[str, str]) -> int | None:
    """How long a body is said to be, as sent; None where that is not said."""
    told = headers.get("content-length", "")
    return int(told[:20]) if told.isascii() and told.isdigit() else None


class _AsItIs:
    """What is not packed."""

    def unpack(self, part: bytes) -> Iterator[bytes]:
        yield part

    def end(self) -> None:
        """Nothing to be missed."""


class _Unpacker:
    """What zlib packed, in one of its three forms."""

    def __init__(self, form: int) -> None:
        self._form = form
        self._zip = zlib.decompressobj(form)
        self._is_begun = False

    def unpack(self, part: bytes) -> Iterator[bytes]:
        """The pieces that a part unpacks to, each of bounded size."""
        piece = b""
        while part or len(piece) == _PIECE_BYTES:
            if self._zip.eof:
                if self._form != _GZIP or part[:1] != b"\x1f":
                    return  # what comes after the end is nothing
                self._zip = zlib.decompressobj(self._form)
            piece = self._decompress(part)
            yield piece
            part = self._zip.unused_data if self._zip.eof else self._zip.unconsumed_tail

    def _decompress(self, part: bytes) -> bytes:
        is_first, self._is_begun = not self._is_begun, True
        try:
            return self._zip.decompress(part, _PIECE_BYTES)
        except zlib.error as error:
            if self._form == _ZLIB and is_first:
                # Some servers mean the bare form by "deflate".
                self._form, self._zip = _RAW, zlib.decompressobj(_RAW)
                return self._decompress(part)
            raise Trouble("sent what cannot be unpacked") from error

    def end(self) -> None:
        """Raise Trouble where something is missing."""
        if self._is_begun and not self._zip.eof:
            raise Trouble("broke off in the middle of its answer", is_passing=True)


def _unpacker(encoding: str) -> _AsItIs | _Unpacker:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _AsItIs()
    if name in ("gzip", "x-gzip"):
        return _Unpacker(_GZIP)
    if name == "deflate":
        return _Unpacker(_ZLIB)
    raise Trouble("sent its answer packed in a way that was not asked for")

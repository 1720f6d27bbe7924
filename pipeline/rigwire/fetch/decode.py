"""From the chunks of a transfer to the body: decompressed, complete and within the size limit."""

import zlib
from collections.abc import Iterable

from rigwire.errors import FetchError

# Many tiny gzip members cost time out of proportion to their size.
MAX_MEMBERS = 1_000
_UNSUPPORTED = {"br", "zstd", "compress", "x-compress", "dcb", "dcz"}
_GZIP, _ZLIB, _RAW = 31, 15, -15


class BodyError(FetchError):
    """A body that is too large, truncated or wrongly compressed; the message is the reason alone."""


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, *, cut: bool = False) -> bytes:
    """Return the body that `chunks` make up, decoded from its Content-Encoding.

    `limit` (bytes) holds for what is received and for what it becomes; beyond it BodyError is raised, or with
    `cut` the first `limit` bytes are returned. BodyError also for an encoding that was not asked for, a
    stream that ends early, and bytes that are not in their encoding.
    """
    inflater = _inflater(encoding)
    body = bytearray()
    received = 0
    for chunk in chunks:
        received += len(chunk)
        body += inflater.inflate(chunk, limit + 1 - len(body)) if inflater else chunk
        if len(body) > limit or received > limit:
            if cut:
                return bytes(body[:limit])
            raise BodyError(f"larger than {limit:,} bytes")
    if inflater and received and not inflater.complete:
        raise BodyError("the compressed body ends too early")
    return bytes(body)


class _Inflater:
    """Decompresses gzip (any number of members) or deflate (with or without its zlib header)."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)
        self._members = 1
        self._started = False

    @property
    def complete(self) -> bool:
        return self._stream.eof

    def inflate(self, chunk: bytes, room: int) -> bytes:
        """Return what `chunk` becomes, at most `room` bytes: whoever gets `room` bytes has too many."""
        out = bytearray()
        try:
            while chunk and len(out) < room:
                out += self._step(chunk, room - len(out))
                chunk = self._rest()
        except zlib.error:
            raise BodyError("the body is wrongly compressed") from None
        return bytes(out)

    def _step(self, chunk: bytes, room: int) -> bytes:
        first, self._started = not self._started, True
        try:
            return self._stream.decompress(chunk, room)
        except zlib.error:
            if not first or self._window != _ZLIB:
                raise
            self._stream = zlib.decompressobj(_RAW)  # "deflate" without the header that RFC 9110 asks for
            return self._stream.decompress(chunk, room)

    def _rest(self) -> bytes:
        """Return what is still to be decompressed: the tail, or a further gzip member. Padding is left."""
        if not self._stream.eof:
            return self._stream.unconsumed_tail
        after = self._stream.unused_data
        if self._window != _GZIP or not after.startswith(b"\x1f"):
            return b""
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise BodyError("the body is wrongly compressed: too many parts")
        self._stream = zlib.decompressobj(_GZIP)
        return after


def _inflater(encoding: str) -> _Inflater | None:
    """Return the decompressor for a Content-Encoding header; names that mean nothing are taken for none."""
    names = [name.strip().lower() for name in encoding.split(",")]
    coded = [name for name in names if name in {"gzip", "x-gzip", "deflate"}]
    unsupported = _UNSUPPORTED.intersection(names)
    if unsupported or len(coded) > 1:
        raise BodyError(f"compressed as {', '.join(sorted(unsupported) or coded)}, which was not asked for")
    if not coded:
        return None
    return _Inflater(_ZLIB if coded == ["deflate"] else _GZIP)

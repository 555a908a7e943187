"""Compressed bodies, sent although we asked for none -> plain bytes, never more than a limit."""

import zlib

from commitments.sources.problems import FetchFailed

GZIP, ZLIB, RAW_DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS


def inflated(raw: bytes, encoding: str, most: int) -> bytes:
    """`encoding`: the value of Content-Encoding; one layer at most."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return raw
    if name in ("gzip", "x-gzip"):
        return _inflate(raw, GZIP, most)
    if name == "deflate":  # with the header that the standard asks for, or as some servers send it
        is_zlib = len(raw) > 1 and raw[0] & 0x0F == 8 and int.from_bytes(raw[:2]) % 31 == 0
        return _inflate(raw, ZLIB if is_zlib else RAW_DEFLATE, most)
    raise FetchFailed("encoding")


def _inflate(raw: bytes, window: int, most: int) -> bytes:
    """A gzip file may have several members; what follows the last one is padding."""
    pieces: list[bytes] = []
    length = 0
    while raw:
        engine = zlib.decompressobj(window)
        try:
            piece = engine.decompress(raw, most + 1 - length)
        except zlib.error:
            if pieces:
                break
            raise FetchFailed("encoding") from None
        length += len(piece)
        if length > most:
            raise FetchFailed("too_large")
        if not engine.eof:
            raise FetchFailed("encoding")  # cut short
        pieces.append(piece)
        raw = engine.unused_data if window == GZIP else b""
    return b"".join(pieces)

"""Things that are kept, as they stand in the file: small and with a digest. They are packed wherever they are made."""

import hashlib
import zlib

_SMALL = 512
"""Bytes of a body up to which it is not worth zipping."""
_AS_IS = b"\0"
"""What a body begins with that is not zipped: nothing that zlib makes begins like this."""
_LARGEST = 64_000_000
"""Bytes of one body; what claims to be larger is damaged."""
Row = tuple[bytes, bytes, int, bytes]
"""A body as it is packed: its key, the digest of both, the day on which it was asked for last, and its bytes."""


def digest_of(key: bytes, body: bytes) -> bytes:
    """Give what tells a body from any other, and from itself under another key: a damaged index of a store may lead to
    the row of another one, which is whole."""
    return hashlib.blake2b(key + body, digest_size=16).digest()


def packed(key: bytes, body: bytes, day: int) -> Row:
    """Give a body as it is kept, wherever it was made."""
    data = zlib.compress(body, 1) if len(body) > _SMALL else _AS_IS + body
    return key, digest_of(key, body), day, data


def unpacked(data: bytes) -> bytes | None:
    """Give the body of what was packed; nothing where it is damaged."""
    try:
        if data.startswith(_AS_IS):
            return data[len(_AS_IS) :]
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(data, _LARGEST)
    except (zlib.error, TypeError, AttributeError):
        return None
    return body if unpacking.eof else None

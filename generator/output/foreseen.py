"""Digest and size of files that are not made yet, but were made before of the same: a build asks for little more."""

from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json

_COLUMNS = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]
"""What files come of, their digests, and how many bytes they have."""
_Found = dict[str, tuple[str, int]]


class Foreseen:
    """What is known of files by what they come of. `base` is the digest of all else that makes them.

    It is kept in pieces, by the first sign of what the files come of, so that one of another file is little to write.
    """

    def __init__(self, base: bytes, cache: Cache) -> None:
        self.cache = cache
        self._base = base
        self._kept: dict[str, _Found] = {}
        self._used: dict[str, _Found] = {}
        self._changed: set[str] = set()

    def get(self, name: str) -> tuple[str, int] | None:
        """Give digest and size of what comes of something, by the digest of that, in hexadecimal."""
        piece = name[:1]
        if piece not in self._kept:
            self._kept[piece], self._used[piece] = self._read(piece), {}
        found = self._kept[piece].get(name)
        if found:
            self._used[piece][name] = found
        return found

    def put(self, name: str, digest: str, size: int) -> None:
        """Tell what came of something for which nothing was found."""
        piece = name[:1]
        self._kept.setdefault(piece, {})[name] = self._used.setdefault(piece, {})[name] = digest, size
        self._changed.add(piece)

    def keep(self) -> None:
        """Keep what was asked for and what is new; what nobody asked for goes with the next that is new."""
        for piece in sorted(self._changed):
            used = self._used[piece]
            columns = tuple(used), tuple(one for one, _ in used.values()), tuple(size for _, size in used.values())
            self.cache.put({self._key(piece): as_json(encoder(_COLUMNS)(columns))})
        self._changed.clear()

    def _key(self, piece: str) -> bytes:
        return key_of(self._base, piece.encode())

    def _read(self, piece: str) -> _Found:
        key = self._key(piece)
        data = self.cache.get([key]).get(key)
        try:
            names, digests, sizes = decoder(_COLUMNS)(from_json(data)) if data else ((), (), ())
            return dict(zip(names, zip(digests, sizes, strict=True), strict=True))
        except (Unfit, ValueError):
            return {}

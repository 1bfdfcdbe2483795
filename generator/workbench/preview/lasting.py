"""The cache of a build, from which can be read when the build has ended: what is inside an article is fetched late."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.cache.cache import Cache


class Reader:
    """Reads what builds have kept, beside whichever of them runs. It is for one thread, and never writes."""

    def __init__(self, path: Path, day: int) -> None:
        self.path = path
        self.day = day
        self._opened: Cache | None = None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give what is kept, by key."""
        if self._opened is None:
            self._opened = Cache(self.path, self.day)
        return self._opened.get(keys)


class Lasting(Cache):
    """A cache that the thread of a build uses until it is closed; from then on, the reader's thread reads it."""

    def __init__(self, reader: Reader, path: Path | None = None) -> None:
        super().__init__(path, reader.day)
        self._reader = reader
        self._is_closed = path is None

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give what is kept, by key."""
        return self._reader.get(keys) if self._is_closed else super().get(keys)

    def put(self, made: Mapping[bytes, bytes]) -> bool:
        """Keep bodies by their keys while the build lasts."""
        return not self._is_closed and super().put(made)

    def close(self) -> None:
        """Commit what is new; whoever asks from now on asks the reader."""
        super().close()
        self._is_closed = True

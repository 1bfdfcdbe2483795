"""Which files are as they were when they were read last: told from outside, so that nobody needs to open them.

A file is known by its number, its size and its times. They tell every later change where the file was last touched long
enough before anybody looked; one that is fresher is read each time, until it is old enough.
"""

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.pieces import Pieces
from generator.disk.looks import FRESH, machine

FileLook = tuple[str, os.stat_result]
"""The path of a file, and how it looks; never of a link, which looks the same wherever it leads."""


@dataclass(frozen=True)
class KnownFiles:
    """Where the digests of files are kept; `base` is that of all that they depend on beside the files."""

    cache: Cache = NOTHING_KEPT
    base: bytes = b""

    def among(self, folder: str, files: Sequence[FileLook]) -> "FileDigests":
        """Give what is known of the files of a folder, which is told by its path from the root of all."""
        return FileDigests(self.cache, key_of(self.base, machine().encode(), os.fsencode(folder)), files)


NOTHING_KNOWN = KnownFiles()


class FileDigests:
    """The digests of some files, by their numbers."""

    def __init__(self, cache: Cache, base: bytes, files: Sequence[FileLook]) -> None:
        self._since = time.time_ns() - FRESH
        self._files = files
        self._pieces = Pieces(cache, base, [path for path, _ in files], [_look(seen) for _, seen in files])

    def __iter__(self) -> Iterator[str | None]:
        """Give the digest of each file, None where it is not known."""
        return (kept.decode() if kept else None for kept in self._pieces)

    def keep(self, number: int, digest: str, now: os.stat_result) -> None:
        """Keep the digest of a file that was read, if by now it looks as before it was, and has for long enough."""
        seen = self._files[number][1]
        if max(seen.st_mtime_ns, seen.st_ctime_ns) < self._since and _look(seen) == _look(now):
            self._pieces.put(number, digest.encode())
        else:
            self._pieces.leave_out(number)


def _look(seen: os.stat_result) -> str:
    return f"{seen.st_dev} {seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}"

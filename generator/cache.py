"""What was made before, by what it was made from. Losing it costs time and nothing else.

A key is the digest of everything that a value depends on, so nothing kept is ever out of date: it is found, or it is
not. Each body stands beside its own digest. A store that is damaged, older, foreign, locked by another build or on a
disk that cannot be written is passed over, and `note` says why; the build then makes everything itself.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

FILE = "made.sqlite"
"""Its name, in the folder of a site for what can be made again."""
FILES = tuple(FILE + end for end in ("", "-wal", "-shm"))
"""All files that SQLite makes of it."""
LIMIT = 1_000_000_000
"""Bytes of bodies that are kept at most; those that were not asked for the longest go first."""
_LAYOUT = 1
_PATIENCE = 0.2
"""Seconds to wait for another build that is writing."""
_LARGEST = 64_000_000
"""Bytes of one body; what claims to be larger is damaged."""
_TABLES = """
create table made (
    key blob primary key, digest blob not null, used integer not null, size integer not null, body blob not null
);
create index by_use on made (used);
"""
_NOT_ITS_FAULT = ("locked", "readonly", "unable")
"""Words of errors that say nothing against the file: another build has it, or nobody may write there."""


class Cache:
    """A store of bytes. `day` is a number that grows from day to day: by it what is no longer asked for is found.

    One that may not be written gives what there is, and leaves all as it is.
    """

    def __init__(self, path: Path | None, day: int, limit: int = LIMIT, may_write: bool = True) -> None:
        self.day = day
        self.limit = limit
        self.note = ""
        self.hits = self.misses = 0
        self._stale: list[tuple[int, bytes]] = []
        self._damaged: list[tuple[bytes]] = []
        self._base = self._opened(path) if path else None
        self._may_write = may_write and self._base is not None
        self._has_begun = False

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give what is kept, by key; what is not kept, or was damaged, is left out."""
        wanted = list(dict.fromkeys(keys))
        found = dict(self._read(wanted))
        self.hits += len(found)
        self.misses += len(wanted) - len(found)
        return found

    def has(self, keys: Iterable[bytes]) -> bool:
        """Whether all of these are kept. One that is damaged is only found to be so when it is got."""
        try:
            return self._base is not None and all(
                self._base.execute("select 1 from made where key = ?", (key,)).fetchone() for key in keys
            )
        except sqlite3.Error:
            return False

    def put(self, made: Mapping[bytes, bytes]) -> bool:
        """Keep bodies by their keys; others find them when this store is closed. Give whether they can be got again."""
        if self._base is None or not self._may_write:
            return False
        try:
            if not self._has_begun:
                self._base.execute("begin immediate")
                self._has_begun = True
            self._damaged = [one for one in self._damaged if one[0] not in made]
            rows = (self._row(key, body) for key, body in made.items())
            self._base.executemany("insert or replace into made values (?, ?, ?, ?, ?)", rows)
        except sqlite3.Error as fault:
            self.note = f"what was made could not be kept: {fault}"
            self._may_write = False
        return self._may_write

    def close(self) -> None:
        """Commit what is new, drop what is too much, and let go of the file. Without this, nothing is kept."""
        if self._base is None:
            return
        try:
            if self._may_write and (self._stale or self._damaged or self._has_begun):
                if not self._has_begun:
                    self._base.execute("begin immediate")
                self._base.executemany("delete from made where key = ?", self._damaged)
                self._base.executemany("update made set used = ? where key = ?", self._stale)
                self._shorten(self._base)
                self._base.execute("commit")
        except sqlite3.Error as fault:
            self.note = f"what was made could not be kept: {fault}"
        self._let_go()

    def _read(self, keys: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        if self._base is None:
            return
        try:
            for key in keys:
                row = self._base.execute("select digest, used, body from made where key = ?", (key,)).fetchone()
                if row is None:
                    continue
                digest, used, packed = row
                body = _unpacked(packed)
                if body is None or _digest(body) != digest:
                    self.note = "a part of what was kept is damaged, and is made again"
                    self._damaged.append((key,))
                    continue
                if used != self.day:
                    self._stale.append((self.day, key))
                yield key, body
        except sqlite3.Error as fault:
            self.note = f"what was kept cannot be read: {fault}"
            self._let_go()

    def _opened(self, path: Path) -> sqlite3.Connection | None:
        """Open the store; one that is no store, or of another layout, is begun anew."""
        for _ in range(2):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                base = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
            except (OSError, sqlite3.Error) as fault:
                self.note = f"nothing can be kept in {path.name}: {fault}"
                return None
            try:
                base.execute("pragma synchronous = off")  # what a crash of the machine damages is noticed by its digest
                base.execute("pragma journal_mode = wal")  # so that another build can read meanwhile
                (layout,) = base.execute("pragma user_version").fetchone()
                if layout == _LAYOUT:
                    base.execute("select key, digest, used, size, body from made limit 1")
                    return base
                if layout == 0 and not base.execute("select 1 from sqlite_master").fetchone():
                    base.executescript(f"begin immediate; {_TABLES} pragma user_version = {_LAYOUT}; commit;")
                    return base
            except sqlite3.OperationalError as fault:
                if any(word in str(fault) for word in _NOT_ITS_FAULT):
                    base.close()
                    self.note = f"nothing can be kept in {path.name}: {fault}"
                    return None
            except sqlite3.Error:
                pass
            base.close()
            self.note = "what was kept is damaged or of another version, and is made again"
            for one in FILES:
                path.with_name(one.replace(FILE, path.name)).unlink(missing_ok=True)
        return None

    def _row(self, key: bytes, body: bytes) -> tuple[bytes, bytes, int, int, bytes]:
        packed = zlib.compress(body, 1)
        return key, _digest(body), self.day, len(packed), packed

    def _shorten(self, base: sqlite3.Connection) -> None:
        """Drop what was not asked for the longest, until the rest is small enough."""
        (held,) = base.execute("select page_count * page_size from pragma_page_count, pragma_page_size").fetchone()
        if held <= self.limit:  # the whole file is; to add up its rows is to read through it
            return
        (total,) = base.execute("select coalesce(sum(size), 0) from made").fetchone()
        if total <= self.limit:
            return
        gone = []
        for key, size in base.execute("select key, size from made order by used, rowid"):
            if total <= self.limit:
                break
            gone.append((key,))
            total -= size
        base.executemany("delete from made where key = ?", gone)

    def _let_go(self) -> None:
        if self._base:
            self._base.close()
        self._base = None


NOTHING_KEPT = Cache(None, 0)
"""What a build has where nothing is to be kept."""


def key_of(*parts: bytes) -> bytes:
    """Give the key of what is made from these parts and nothing else."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


def _digest(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()


def _unpacked(packed: bytes) -> bytes | None:
    try:
        unpacking = zlib.decompressobj()
        body = unpacking.decompress(packed, _LARGEST)
    except (zlib.error, TypeError):
        return None
    return body if unpacking.eof else None

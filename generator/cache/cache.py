"""What was made before, by what it was made from. Losing it costs time and nothing else.

A key is the digest of everything that a value depends on, so nothing kept is ever out of date: it is found, or it is
not. Each body stands beside its own digest. A store that is damaged, older, foreign, locked by another build or on a
disk that cannot be written is passed over, and `note` says why; the build then makes everything itself. Its file is
not trusted: it may come from another machine. Only a store that holds our tables and nothing else is read, so no code
of its own runs (a trigger, a view); but whoever can write it can have a build take other bytes for those that it made.

One process writes: the one that builds. Processes that were copied from it read by connections of their own, which are
opened after the copying, as SQLite asks for; what they would put, they gather, and it goes to the one that writes.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.cache.packing import Row, digest_of, packed, unpacked
from generator.cache.store import files_of, is_its_fault, number_of, opened, remove

FILE = "made.sqlite"
"""Its name, in the folder of a site for what can be made again."""
FILES = files_of(FILE)
"""All files that SQLite makes of it."""
LIMIT = 1_000_000_000
"""Bytes of bodies that are kept at most; those that were not asked for the longest go first."""
_FOR_EACH = 100_000
"""Bytes for each article, where those of all come to more than that: what one build asks for has to stay."""
_PATIENCE = 0.2
"""Seconds to wait for another build that is writing."""
_AT_ONCE = 500
"""Keys in one question; SQLite takes a thousand at least."""


class Gathered(NamedTuple):
    """What another process would have put, and what it noticed of the store since it told of that last."""

    rows: list[Row]
    hits: int
    misses: int
    stale: list[tuple[int, bytes]]
    damaged: list[tuple[bytes]]
    note: str


class Cache:
    """A store of bytes. `day` is a number that grows from day to day: by it what is no longer asked for is found.

    One that may not be written gives what there is, and leaves all as it is.
    """

    def __init__(self, path: Path | None, day: int, limit: int = LIMIT, may_write: bool = True) -> None:
        self.day = day
        self.limit = limit
        self._path = path
        self._number = 0
        self._is_broken = False
        self._stale: list[tuple[int, bytes]] = []
        self._damaged: list[tuple[bytes]] = []
        self._forget()
        self._gathered: list[Row] | None = None
        self._base = self._opened(path) if path else None
        self._may_write = may_write and self._base is not None
        self._has_begun = False

    @property
    def may_write(self) -> bool:
        """Whether what is put can be got again, as far as is known."""
        return self._base is not None and self._may_write

    def allow_for(self, articles: int) -> None:
        """Keep as much as a site of so many articles needs."""
        self.limit = max(self.limit, articles * _FOR_EACH)

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Give what is kept, by key; what is not kept, or was damaged, is left out."""
        wanted = list(dict.fromkeys(keys))
        found = dict(self._read(wanted))
        self.hits += len(found)
        self.misses += len(wanted) - len(found)
        return found

    def has(self, keys: Iterable[bytes]) -> bool:
        """Whether all of these are kept. One that is damaged is only found to be so when it is got."""
        wanted = list(dict.fromkeys(keys))
        if self._base is None:
            return False
        try:
            for some in (wanted[at : at + _AT_ONCE] for at in range(0, len(wanted), _AT_ONCE)):
                marks = ",".join("?" * len(some))  # nothing else is put into the statement
                found = self._base.execute(f"select count(*) from made where key in ({marks})", some).fetchone()  # noqa: S608  # nosec B608
                if found != (len(some),):
                    return False
        except sqlite3.Error:
            return False
        return True

    def put(self, made: Mapping[bytes, bytes]) -> bool:
        """Keep bodies by their keys; others find them when this store is closed. Give whether they can be got again."""
        return self.may_write and self.put_rows([packed(key, body, self.day) for key, body in made.items()])

    def put_rows(self, rows: Sequence[Row]) -> bool:
        """Keep what is packed already, as `put` does."""
        if self._base is None or not self._may_write:
            return False
        if self._gathered is not None:
            self._gathered += rows
            return True
        try:
            self._begin(self._base)
            if self._damaged:
                keys = {row[0] for row in rows}
                self._damaged = [one for one in self._damaged if one[0] not in keys]
            self._base.executemany("insert or replace into made values (?, ?, ?, ?)", rows)
        except sqlite3.Error as fault:
            self._fails(fault)
        return self._may_write

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Let go of the file while the block copies this process; what is new is committed, so that the copies find it.

        If another build has the file when it is asked for again, nothing more is kept.
        """
        if self._base is None or self._path is None:
            yield
            return
        had_begun = self._has_begun
        try:
            if had_begun:
                self._base.execute("commit")
        except sqlite3.Error as fault:
            self._fails(fault)
        self._has_begun = False
        self._let_go()
        try:
            yield
        finally:
            self._base = self._opened(self._path)
            self._may_write = self._may_write and self._base is not None
            try:
                if had_begun and self._base and self._may_write:
                    self._begin(self._base)  # or another build would be the next to write
            except sqlite3.Error as fault:
                self._fails(fault)

    def gather(self) -> None:
        """From now on read by a connection of its own, and gather what is put: in a copy of the process that writes."""
        self._forget()
        self._gathered = []
        try:
            address = self._path.resolve().as_uri() if self._path else ""
            self._base = sqlite3.connect(f"{address}?mode=ro", timeout=_PATIENCE, uri=True) if address else None
        except sqlite3.Error as fault:
            self._base, self.note = None, f"what was kept cannot be read: {fault}"

    def gathered(self) -> Gathered:
        """Give what was put, and what was noticed, since this was asked last."""
        found = Gathered(self._gathered or [], self.hits, self.misses, self._stale, self._damaged, self.note)
        self._forget()
        self._gathered = []
        return found

    def add(self, found: Gathered) -> bool:
        """Keep what another process has gathered, as `put` does, and notice what it noticed."""
        self.hits += found.hits
        self.misses += found.misses
        self._stale += found.stale
        self._damaged += found.damaged
        self.note = found.note or self.note
        return self.put_rows(found.rows)

    def close(self) -> None:
        """Commit what is new, drop what is too much, and let go of the file. Without this, nothing is kept."""
        if self._base is None:
            return
        try:
            if self._may_write and (self._stale or self._damaged or self._has_begun):
                self._begin(self._base)
                self._base.executemany("delete from made where key = ?", self._damaged)
                self._base.executemany("update made set used = ? where key = ?", self._stale)
                self._shorten(self._base)
                self._base.execute("commit")
        except sqlite3.Error as fault:
            self._fails(fault)
        if self._is_broken:
            self.give_up()
        self._let_go()

    def give_up(self) -> None:
        """Keep nothing more, and nothing of what was kept: it does not hold what it should."""
        self._base, base = None, self._base
        self._may_write = False
        if base and self._path:
            base.close()
            with suppress(OSError):
                remove(self._path)

    def _forget(self) -> None:
        """Have noticed nothing yet."""
        self.note = ""
        self.hits = self.misses = 0
        self._stale, self._damaged = [], []

    def _begin(self, base: sqlite3.Connection) -> None:
        if not self._has_begun:
            base.execute("begin immediate")
            self._has_begun = True

    def _fails(self, fault: sqlite3.Error) -> None:
        self.note = f"what was made could not be kept: {fault}"
        self._may_write = False
        self._is_broken |= is_its_fault(fault)

    def _read(self, keys: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
        if self._base is None:
            return
        try:
            for key in keys:
                row = self._base.execute("select digest, used, body from made where key = ?", (key,)).fetchone()
                if row is None:
                    continue
                digest, used, data = row
                body = unpacked(data)
                if body is None or digest_of(key, body) != digest:
                    self.note = "a part of what was kept is damaged, and is made again"
                    self._damaged.append((key,))
                    continue
                if used != self.day:
                    self._stale.append((self.day, key))
                yield key, body
        except sqlite3.Error as fault:
            self.note = f"what was kept cannot be read: {fault}"
            if is_its_fault(fault) and self._gathered is None:
                self.give_up()
            else:
                self._let_go()

    def _opened(self, path: Path) -> sqlite3.Connection | None:
        """Open the store; where that cannot be done, there is none."""
        try:
            base, is_anew = opened(path, _PATIENCE)
        except (OSError, sqlite3.Error) as fault:
            self.note = f"nothing can be kept in {path.name}: {fault}"
            return None
        if is_anew:
            self.note = "what was kept is damaged or of another version, and is made again"
        self._number = number_of(path)
        return base

    def _shorten(self, base: sqlite3.Connection) -> None:
        """Drop what was not asked for the longest, until the rest is small enough."""
        (held,) = base.execute("select page_count * page_size from pragma_page_count, pragma_page_size").fetchone()
        if held <= self.limit:  # the whole file is; to add up its rows is to read through it
            return
        (total,) = base.execute("select coalesce(sum(length(body)), 0) from made").fetchone()
        if total <= self.limit:
            return
        gone = []
        for key, size in base.execute("select key, coalesce(length(body), 0) from made order by used, rowid"):
            if total <= self.limit:
                break
            gone.append((key,))
            total -= size
        base.executemany("delete from made where key = ?", gone)

    def _let_go(self) -> None:
        if self._base:
            if self._path and number_of(self._path) != self._number:
                self.note = "what was kept was deleted meanwhile, and is made again"
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

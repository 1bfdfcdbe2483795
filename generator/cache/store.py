"""The file in which things are kept, as SQLite has it: opened, or begun anew where it is no such file.

It is not trusted, as it may come from another machine. What holds other tables than ours, a trigger or a view is begun
anew, so nothing that somebody wrote there ever runs; and no link of the file system is followed.
"""

import os
import sqlite3
from pathlib import Path

_LAYOUT = 2
_TABLES = {
    "made": "CREATE TABLE made (key blob primary key, digest blob not null, used integer not null, body blob not null)",
    "sqlite_autoindex_made_1": None,  # SQLite's own, of the keys
    "by_use": "CREATE INDEX by_use ON made (used)",
}
"""All that a store holds, as SQLite itself tells it."""
_ITS_FAULT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR)
"""Errors that say something against a file. Others say that another build has it, that the disk is full or fails, or
that nobody may write there."""


def files_of(name: str) -> tuple[str, ...]:
    """Give the names of all files that SQLite makes of one."""
    return tuple(name + end for end in ("", "-wal", "-shm"))


def opened(path: Path, patience: float) -> tuple[sqlite3.Connection, bool]:
    """Open a store, and say whether something else stood in its place, which is gone.

    `patience` is in seconds: how long to wait for another build that is writing.

    Raises:
        OSError, sqlite3.Error: If it cannot be opened, of which the file is not to blame.
    """
    base = _tried(path, patience)
    if base:
        return base, False
    remove(path)
    base = _tried(path, patience)
    if base:
        return base, True
    raise OSError("it is not what was written")


def remove(path: Path) -> None:
    """Take a store away, with all that belongs to it."""
    for one in files_of(path.name):
        path.with_name(one).unlink(missing_ok=True)


def number_of(path: Path) -> int:
    """Give what tells a file from another one of its name; 0 where there is none."""
    try:
        return os.lstat(path).st_ino
    except OSError:
        return 0


def is_its_fault(fault: sqlite3.Error) -> bool:
    """Whether an error says something against the file."""
    code = getattr(
        fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR
    )  # Python's own errors, as of a broken text, have none
    return code & 0xFF in _ITS_FAULT


def _tried(path: Path, patience: float) -> sqlite3.Connection | None:
    """Open a store, unless there is something else in its place."""
    if path.parent.is_symlink():
        raise OSError("its folder is a link of the file system")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        return None
    if path.exists() and not path.is_file():
        raise OSError("there is something else of that name")
    base = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        if _is_ours(base):
            return base
    except sqlite3.Error as fault:
        if not is_its_fault(fault):
            base.close()
            raise
    base.close()
    return None


def _is_ours(base: sqlite3.Connection) -> bool:
    """Whether a file is a store; an empty one becomes one."""
    base.execute("pragma trusted_schema = off")
    base.execute("pragma synchronous = off")  # what a crash of the machine damages is noticed by its digest
    base.execute("pragma journal_mode = wal")  # so that another build can read meanwhile
    layout, tables = _held(base)
    if (layout, tables) == (0, {}):
        written = "; ".join(map(_if_not_there, filter(None, _TABLES.values())))  # another build may begin it just now
        base.executescript(f"begin immediate; {written}; pragma user_version = {_LAYOUT}; commit;")
        layout, tables = _held(base)
    return (layout, tables) == (_LAYOUT, _TABLES)


def _held(base: sqlite3.Connection) -> tuple[int, dict[str, str | None]]:
    """The layout of a file, and all that it holds."""
    (layout,) = base.execute("pragma user_version").fetchone()
    return layout, dict(base.execute("select name, sql from sqlite_master"))


def _if_not_there(sql: str) -> str:
    return sql.replace("TABLE", "TABLE if not exists").replace("INDEX", "INDEX if not exists")

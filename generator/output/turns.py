"""One build at a time puts its site in place. Two at once would put their files into the same new tree."""

import datetime
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from generator.disk.looks import machine
from generator.disk.whole import write_whole

FILE = "turn"
"""The name of an empty file beside the new tree. Who has locked it has the turn; the system unlocks it for who dies."""
HOLDER = "turn.holder"
"""The name of a file beside it: who has the turn, for those who wait. It is a note and no lock, so it may be stale."""
_PATIENCE = 300
"""How many times a build asks for its turn, each time for a fifth of a second, so that Ctrl+C is heard meanwhile."""
_SILENCE = 5
"""How many times it asks before it says so."""
_PROCESSES = Path("/proc")
"""Where Linux tells of each process that runs."""


class Busy(Exception):
    """Another build has the turn, and does not give it back."""


@contextmanager
def turn(workspace: Path, told: Callable[[str], None] = lambda line: None) -> Iterator[bool]:
    """Wait until no other build is in a workspace, and keep others out while the block runs; `told` hears of the wait.

    Gives whether that is so: it cannot be had everywhere. SQLite knows how to lock a file on every system.

    Raises:
        Busy: If another build has not given its turn back after a minute.
    """
    place = workspace / FILE
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        if place.is_symlink() or (place.is_file() and place.stat().st_size):
            place.unlink()  # it is none of ours, and could not be locked
        base = sqlite3.connect(place, timeout=0.2, isolation_level=None)
    except (OSError, sqlite3.Error):
        yield False
        return
    with closing(base):
        if not _is_locked(base, workspace, told):
            yield False
            return
        with suppress(OSError):
            write_whole(workspace / HOLDER, json.dumps(_own()).encode())
        try:
            yield True
        finally:
            with suppress(OSError):
                (workspace / HOLDER).unlink(missing_ok=True)


def _is_locked(base: sqlite3.Connection, workspace: Path, told: Callable[[str], None]) -> bool:
    """Lock the file; where that cannot be done at all, it is not."""
    for asked in range(1, _PATIENCE + 1):
        try:
            base.execute("begin exclusive")
        except sqlite3.Error as fault:
            if getattr(fault, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                return False
        else:
            return True
        if asked == _SILENCE:
            told(f"{_holder(workspace)} is putting a site in place by way of {workspace}; this one waits for it")
    raise Busy(
        f"{_holder(workspace)} has been putting a site in place by way of {workspace} for too long, and the site was "
        "not changed; wait until it has ended, or end it"
    )


def _own() -> list[str]:
    """Who this is: its number, by what that is told from any other process of the number, and since when it has the
    turn."""
    number = str(os.getpid())
    return [number, _mark(number), f"{datetime.datetime.now():%Y-%m-%d %H:%M:%S}"]


def _mark(number: str) -> str:
    """What tells a process from all others that have its number; nothing where there is none, or no way to tell."""
    try:
        told = (_PROCESSES / number / "stat").read_text()
    except (OSError, ValueError):
        return ""
    return f"{machine()} {told.rpartition(')')[2].split()[19]}"


def _holder(workspace: Path) -> str:
    """Say who has the turn. A note of a build that has ended is no answer."""
    place = workspace / HOLDER
    try:
        number, mark, since = json.loads(place.read_bytes()) if place.is_file() else ("", "", "")
        is_there = number.isdecimal() and mark == _mark(number) and (mark or not _PROCESSES.is_dir())
        return f"another build (process {number}, since {since})" if is_there else "another build"
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return "another build"

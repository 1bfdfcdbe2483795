"""One build at a time puts its site in place. Two at once would put their files into the same new tree."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

FILE = "turn"
"""The name of an empty file beside the new tree. Who has locked it has the turn; the system unlocks it for who dies."""
_PATIENCE = 300
"""How many times a build asks for its turn, each time for a fifth of a second, so that Ctrl+C is heard meanwhile."""


@contextmanager
def turn(workspace: Path) -> Iterator[bool]:
    """Wait until no other build is in a workspace, and keep others out while the block runs.

    Gives whether that is so: it cannot be had everywhere. SQLite knows how to lock a file on every system.
    """
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(workspace / FILE, timeout=0.2, isolation_level=None)
    except (OSError, sqlite3.Error):
        yield False
        return
    with closing(base):
        yield any(_is_locked(base) for _ in range(_PATIENCE))


def _is_locked(base: sqlite3.Connection) -> bool:
    try:
        base.execute("begin exclusive")
    except sqlite3.Error:
        return False
    return True

"""How files look from outside, by which it is told without reading them whether they are what they were.

A file may be changed twice within one tick of the file system's clock, and then its times do not tell. So who notes how
a file looks waits until the tick in which it was touched last is over.
"""

import errno
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple  # dataclasses would import half of what a build with nothing to do takes

_SECOND = 1_000_000_000
_TICK = _SECOND // 50
"""Longer than a step of any clock that counts parts of a second."""
FRESH = 2 * _SECOND + _TICK
"""How long ago a file must have been touched for its times to tell; the coarsest clock of a file system is FAT's."""
_CALMLY = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"))
"""How a file is opened that may be something else by now: a pipe is not waited for, a link is not followed."""
_BOOT = Path("/proc/sys/kernel/random/boot_id")
"""Where Linux says since when it runs: what a crash of the machine has damaged may look whole from outside."""


class Tree(NamedTuple):
    """What is below a folder, by its path from there, with slashes; what has no path is the top itself."""

    files: dict[str, os.stat_result]
    """How all that is no folder looks: links are not followed."""
    folders: list[str]
    """Each before those in it."""
    empty: list[str]
    """Those of the folders in which there is nothing."""


class Look:
    """How a tree looks: of two looks that are equal, the files are the same."""

    def __init__(self, lines: Mapping[str, str], recent: Mapping[str, int]) -> None:
        self.lines = lines
        """What tells each file from others, by its path; a folder in which there is nothing ends in a slash."""
        self.recent = recent
        """When those files were touched that may have been within the same tick as something else: in nanoseconds."""
        self._data: bytes | None = None

    @property
    def data(self) -> bytes:
        """Written down, the same for the same files."""
        if self._data is None:
            text = "\0".join([f"{path}\0{self.lines[path]}" for path in sorted(self.lines)])
            self._data = text.encode("utf-8", "surrogatepass")
        return self._data


def tree_below(top: str, left_out: tuple[str, ...] = ()) -> Tree:
    """Look once at each file below a folder; names that begin in one of some ways are left out.

    Raises:
        OSError: If a folder cannot be read.
    """
    found = Tree({}, [], [])
    ways = [("", top)]
    while ways:
        before, place = ways.pop()
        is_empty = True
        with os.scandir(place) as entries:
            for entry in entries:
                if left_out and entry.name.startswith(left_out):
                    continue
                is_empty = False
                path = before + entry.name
                if entry.is_dir(follow_symlinks=False):
                    found.folders.append(path)
                    ways.append((f"{path}/", entry.path))
                else:
                    found.files[path] = entry.stat(follow_symlinks=False)
        if is_empty:
            found.empty.append(before[:-1])
    return found


def bytes_of(path: str, most: int) -> bytes:
    """Give the bytes of an ordinary file, whatever stands at its place by now; no more than `most` are ever read.

    Raises:
        OSError: If it cannot be read, is no ordinary file (`EINVAL`; `ELOOP` for a link), or is larger (`EFBIG`).
    """
    file = os.open(path, _CALMLY)
    try:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "this is no ordinary file", path)
        data = b""
        while len(data) <= most and (more := os.read(file, max(min(status.st_size, most) - len(data), 1 << 12) + 1)):
            data = data + more if data else more
        if len(data) > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
        return data
    finally:
        os.close(file)


def look_at(top: str, tree: Tree, since: int) -> Look:
    """Say how a tree looks that is in a folder, and which of its files were touched since a moment (nanoseconds)."""
    lines = {f"{path}/": "" for path in tree.empty}
    recent = {}
    for path, status in tree.files.items():
        touched, lines[path] = outward(f"{top}/{path}" if path else top, status)
        if touched >= since:
            recent[path] = touched
    return Look(lines, recent)


def outward(path: str, status: os.stat_result) -> tuple[int, str]:
    """Say when a file was last touched, and how it looks; of a link, the file that it leads to as well."""
    line = f"{status.st_mode} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
    touched = max(status.st_mtime_ns, status.st_ctime_ns)
    if not stat.S_ISLNK(status.st_mode):
        return touched, line
    try:
        there = os.stat(path)
    except OSError:  # it leads to nothing
        return touched, line
    later, own = outward(path, there)
    return max(touched, later), f"{line} {os.path.realpath(path)} {own}"


def as_lines(data: bytes) -> dict[str, str]:
    """Read what was written down; of what is damaged, something comes that no file looks like."""
    parts = data.decode("utf-8", "replace").split("\0")
    return dict(zip(parts[::2], parts[1::2], strict=False))


def unsettled(recent: Mapping[str, int]) -> set[str]:
    """Wait until the tick of the last of these moments is over, and give the files that could change unseen even so.

    A clock whose moments are whole seconds may count in two of them, for which nobody waits.
    """
    now = time.time_ns()
    left = max(recent.values(), default=0) + _TICK - now
    if left > 0:
        time.sleep(min(left, _TICK) / _SECOND)
        now = time.time_ns()
    return {
        path
        for path, touched in recent.items()
        if touched + _TICK > now or (touched % _SECOND == 0 and touched + FRESH > now)
    }


def machine() -> str:
    """Since when the machine runs."""
    return _BOOT.read_text() if _BOOT.exists() else ""

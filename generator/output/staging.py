"""Make a new tree of files beside the one in place, and let the two change places: one of them stands there, whole.

The tree that was replaced stays in the workspace as a spare, and the next one is made of it. The two share each file
that is the same in both, by hard links. Nothing else in the spare one is believed: so it may be damaged, emptied or of
another site, and costs no more then than if there were none.
"""

import os
import shutil
import stat
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.output.exchange import exchanged
from generator.output.outputs import Output

_NEXT = "next"
"""The folder of the workspace in which the new tree is made."""
_RETIRED = "previous"
"""The folder of the workspace in which the old tree stands while the two change places, if that takes two steps."""
_SPARE = "spare"
"""The folder of the workspace in which the tree before the present one stands."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class NewTree(NamedTuple):
    """What the new tree shall hold, by paths from its top."""

    kept: Mapping[str, os.stat_result]
    """Files and links of the tree in place, and how they look there."""
    written: Collection[Output]
    folders: Collection[str]
    """All of them, those in which others are too."""
    flushed: str = ""
    """The file that is on the disk itself before the new tree is in place, wherever the power fails."""


def stage(new: NewTree, target: Path, workspace: Path) -> dict[str, os.stat_result]:
    """Make the new tree in the workspace; nothing of the one in place is touched.

    Gives how those files look that were linked or written now. `target` and `workspace` are on one file system.
    """
    fresh, spare = workspace / _NEXT, workspace / _SPARE
    workspace.mkdir(parents=True, exist_ok=True)
    _remove(fresh)
    if not _is_folder(spare):
        return _filled(new, str(target), str(fresh))
    spare.rename(fresh)
    try:
        return _filled(new, str(target), str(fresh))
    except OSError:  # somebody has been at the spare tree: begin without it
        _remove(fresh)
        return _filled(new, str(target), str(fresh))


def swap(target: Path, workspace: Path) -> None:
    """Put the new tree in place, and the old one aside: in one step where the system can.

    Raises:
        OSError: If it cannot be put in place. Then the old one stands there.
    """
    fresh, retired = workspace / _NEXT, workspace / _RETIRED
    _remove(retired)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        fresh.rename(target)
        return
    old = fresh
    if not exchanged(fresh, target):
        target.rename(retired)
        try:
            fresh.rename(target)
        except OSError:
            retired.rename(target)
            raise
        old = retired
    with suppress(OSError):  # the new tree is in place; without a spare one, the next costs more
        _remove(workspace / _SPARE)
        old.rename(workspace / _SPARE)


def leave_spare(new: NewTree, target: Path, workspace: Path) -> dict[str, os.stat_result]:
    """Where there is no spare tree, as after a first build, make one that shares all that was written.

    So the next build, which has to be quick, need not make it. Gives how those files look now that stand twice: nothing
    where there is a spare tree; and where links are not to be had, there is none afterwards.
    """
    spare = workspace / _SPARE
    if os.path.lexists(spare):
        return {}
    paths = [one.path for one in new.written]
    try:
        spare.mkdir()
        for folder in sorted(new.folders):
            os.mkdir(f"{spare}/{folder}")
        for path in paths:
            os.link(f"{target}/{path}", f"{spare}/{path}")
    except OSError:
        discard_spare(workspace)
    return {path: os.lstat(f"{target}/{path}") for path in paths}


def recover(target: Path, workspace: Path) -> None:
    """Undo a swap that was cut off between its two steps."""
    retired = workspace / _RETIRED
    if retired.exists() and not target.exists():
        retired.rename(target)


def discard_spare(workspace: Path) -> None:
    """Take away only what the next tree could begin with."""
    shutil.rmtree(workspace / _SPARE, ignore_errors=True)


def write_all(outputs: Iterable[Output], folders: Iterable[str], top: str) -> None:
    """Write files into folders that are made for them. None of either may be there."""
    for folder in sorted(folders):
        os.mkdir(f"{top}/{folder}")
    for one in outputs:
        _written(f"{top}/{one.path}", one.body)


def _filled(new: NewTree, target: str, fresh: str) -> dict[str, os.stat_result]:
    """Make of what stands in the folder of the new tree, if anything does, what it shall hold."""
    if not os.path.lexists(fresh):
        os.mkdir(fresh)
        left, missing = set[str](), set(new.folders)
    else:
        left, missing = _cleared(new, fresh)
    made = {}
    for folder in sorted(missing):
        os.mkdir(f"{fresh}/{folder}")
    for path, status in new.kept.items():
        if path not in left:
            made[path] = _linked(f"{target}/{path}", f"{fresh}/{path}", status)
    for one in new.written:
        made[one.path] = _written(f"{fresh}/{one.path}", one.body, one.path == new.flushed)
    return made


def _cleared(new: NewTree, tree: str) -> tuple[set[str], set[str]]:
    """Take all out of a tree but what it shares with the one in place; give that, and the folders that it lacks.

    To write over a file would take less than to remove it and make another. But a web server may still be sending it,
    to a reader on a slow line who began when it was in place: he would get half of the one and half of the other.
    """
    device = os.lstat(tree).st_dev
    left: set[str] = set()
    folders: list[str] = []
    ways = [("", tree)]
    while ways:
        before, place = ways.pop()
        with os.scandir(place) as found:
            entries = list(found)
        for entry in entries:
            path = before + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
                ways.append((f"{path}/", entry.path))
                continue
            status = new.kept.get(path)
            if status and status.st_ino == entry.inode() != 0 and status.st_dev == device:
                left.add(path)
            else:
                os.unlink(entry.path)
    wanted = set(new.folders)
    for folder in reversed(folders):
        if folder not in wanted:
            os.rmdir(f"{tree}/{folder}")
    return left, wanted.difference(folders)


def _linked(source: str, copy: str, status: os.stat_result) -> os.stat_result:
    """Have the same file in the new tree: by a hard link, or as a copy with its times where links are not to be had."""
    if stat.S_ISLNK(status.st_mode):
        os.symlink(os.readlink(source), copy)
        return os.lstat(copy)
    try:
        os.link(source, copy)
    except OSError:
        shutil.copy2(source, copy)
    return os.lstat(copy)


def _written(path: str, body: bytes, is_flushed: bool = False) -> os.stat_result:
    """Write a file that is not there."""
    file = os.open(path, _NEW, 0o666)
    try:
        rest = memoryview(body)
        while rest:
            rest = rest[os.write(file, rest) :]
        if is_flushed:
            os.fsync(file)
        return os.fstat(file)
    except OSError as fault:
        fault.filename = path  # to write into an open file names none
        raise
    finally:
        os.close(file)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _remove(path: Path) -> None:
    try:
        if _is_folder(path):
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as fault:
        fault.filename = str(path)  # of what is within, it is told without its folder
        raise

"""Every file below a folder, found from outside: nothing is opened, and what could not be read is told."""

import os
import stat
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path

from generator.problems.problem import Problem, Span
from generator.problems.visible import visible
from generator.sources.names import LONGEST, clashes, fault_of

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_NO_LINK = "copy the file itself into the folder"


def walk(
    folder: Path, name: str = "", told: Callable[[Problem], object] = lambda problem: None
) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    """Give every file below a folder, and its path within it, folder by folder; hidden ones are passed over.

    `told` is told of each folder that cannot be read, and of each name that is not possible on every machine: what has
    one is left out, with all that is in it. `name` is the folder's own in what is told.
    """
    waiting = [("", str(folder))] if folder.is_dir() else []
    while waiting:
        before, place = waiting.pop()
        inner = []
        try:
            with os.scandir(place) as found:
                entries = sorted((one for one in found if not one.name.startswith(".")), key=attrgetter("name"))
        except OSError as fault:
            told(unreadable(f"{name}/{before}".rstrip("/"), fault))
            continue
        for one, other in clashes(entry.name for entry in entries):
            told(_clash(f"{name}/{before}", one, other))
        for entry in entries:
            problem = _misnamed(f"{name}/{before}{entry.name}", entry.name)
            if problem:
                told(problem)
            elif _is_folder(entry):
                inner.append((f"{before}{entry.name}/", entry.path))
            else:
                yield before + entry.name, entry
        waiting += reversed(inner)


def top_refusal(root: Path, name: str) -> Problem | None:
    """Say why nothing is read from a folder of the site's own; None where it can be, or is not there."""
    top = root / name
    if not is_inside(top, root):
        return Problem("outside-folder", "this link of the file system leads outside the site's folder", Span(name))
    if os.path.lexists(top) and not top.is_dir():
        return Problem("special-file", "this is no folder", Span(name), "move it away, and make a folder of this name")
    return None


def refusal(root: Path, name: str, status: os.stat_result, limit: int, has_way: bool) -> Problem | None:
    """Say why a file is not read. `status` is its own, or of a link what it leads to where that is anything; `has_way`
    tells whether it is in the site's folder, all links followed."""
    if not has_way:
        said = "this link of the file system leads outside the site's folder"
        return Problem("outside-folder", said, Span(name), _NO_LINK)
    if stat.S_ISLNK(status.st_mode) or stat.S_ISDIR(status.st_mode):
        said = "this is a link of the file system to a folder or to nothing"
        return Problem("outside-folder", said, Span(name), _NO_LINK)
    if not stat.S_ISREG(status.st_mode):
        kind = next((said for holds, said in _KINDS if holds(status.st_mode)), "no ordinary file")
        return Problem("special-file", f"this is {kind}, which holds no text", Span(name))
    if status.st_size > limit:
        return too_large(name, f"{status.st_size} bytes", limit)
    return None


def too_large(name: str, size: str, limit: int) -> Problem:
    """Say that a file has more bytes than it may."""
    hint = "split it, or raise `limits.file_size` in site.yaml"
    return Problem("file-too-large", f"the file has {size}; at most {limit} are read", Span(name), hint)


def unreadable(name: str, fault: OSError) -> Problem:
    """Say that a file or folder cannot be read."""
    hint = "allow your account to read it; nothing is made while it may be missing"
    return Problem("unreadable-file", f"this cannot be read: {fault.strerror}", Span(name), hint)


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, all links followed, leads into a folder."""
    return Path(os.path.realpath(path)).is_relative_to(root.resolve())


def _misnamed(path: str, name: str) -> Problem | None:
    found = fault_of(name)
    if found:
        said, hint = found
        return Problem("file-name", said, Span(visible(path)), hint)
    if len(path) > LONGEST:
        said = f"the path has {len(path)} characters; at most {LONGEST} are possible on every machine"
        return Problem("file-name", said, Span(path), "shorten its names")
    return None


def _clash(folder: str, one: str, other: str) -> Problem:
    said = f'"{visible(other)}" and "{visible(one)}" are the same name on Windows and on a Mac'
    related = (("the other one", Span(visible(folder + one))),)
    return Problem("name-clash", said, Span(visible(folder + other)), "rename one of the two, or delete it", related)


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:  # who looks at it next is told
        return False

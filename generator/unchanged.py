"""Whether all is still as the last good build left it, told before anything heavy is imported.

A build looks at its inputs from outside before it reads any of them: names, sizes and times of the site's files, of the
program's own, and which libraries there are. When its site is in place, it looks at the site in the same way, and keeps
a record of both and of what it told. The next build that is asked the same and finds the same has nothing to do.

A file may be changed twice within one tick of the file system's clock, and then its times do not tell. So a file that
was touched shortly before the first look is compared by its bytes, and a site is looked at when the tick of its last
file is over. Whatever is in doubt leads to a whole build, which costs time and nothing else.
"""

import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple  # dataclasses would import half of what is to be saved here

from generator.folders import CACHE, CONTENT, SITE, STATIC, TEMPLATES
from generator.libraries import installed

FILE = "last-build.json"
"""Its name, in the folder of a site for what can be made again."""
FILES = (FILE, f"{FILE}.new")
"""All files that are made of it."""
_LAYOUT = 1
_SECOND = 1_000_000_000
_TICK = _SECOND // 50
"""Longer than a step of any clock that counts parts of a second."""
FRESH = 2 * _SECOND + _TICK
"""How long ago a file must have been touched for its times to tell; the coarsest clock of a file system is FAT's."""
_PROGRAM = Path(__file__).parent
_HIDDEN = (".",)
_BOOT = Path("/proc/sys/kernel/random/boot_id")
"""Where Linux says since when it runs: what a crash of the machine has damaged may look whole from outside."""


class Before(NamedTuple):
    """What a build is asked, and what it is made of as it was before anything of it was read."""

    asked: dict[str, str]
    inputs: str
    fresh: dict[str, str]
    """Digests of the bytes of those files that were touched shortly before."""


class Told(NamedTuple):
    """What a good build tells whoever asked for it."""

    problems: dict[str, str]
    """As they are shown, by format."""
    warnings: int
    files: int
    notes: list[str]
    """Lines about what stands in or beside the site."""


class _Seen(NamedTuple):
    """Files from outside: one digest of all; those that were touched since a moment; when the last one was touched."""

    digest: str
    fresh: list[str]
    newest: int


def look(root: Path, asked: dict[str, str]) -> Before | None:
    """Look at all that a build is made of, before it begins; None where that cannot be told from outside."""
    site = [(root / name, _HIDDEN) for name in (SITE, CONTENT, TEMPLATES, STATIC)]
    since = time.time_ns() - FRESH
    try:
        seen = _see([*site, (_PROGRAM, (*_HIDDEN, "__pycache__"))], since, _surroundings())
        return Before(asked, seen.digest, {path: _digest(Path(path).read_bytes()) for path in seen.fresh})
    except OSError:
        return None


def nothing_changed(root: Path, before: Before, folders: Iterable[Path]) -> Told | None:
    """Give what the last good build told, if this one would read, make and tell the same. `folders` hold its site."""
    made = _read(root / CACHE / FILE)
    if made is None or (made["asked"], made["inputs"]) != (before.asked, before.inputs):
        return None
    try:
        if _see(_whole(folders), 0).digest != made["outputs"]:
            return None
        if any(_digest(Path(path).read_bytes()) != digest for path, digest in made["fresh"].items()):
            return None
    except OSError:
        return None
    if made["fresh"] != before.fresh:  # some have been there for long enough by now
        _write(root, {**made, "fresh": before.fresh})
    return Told(*made["told"])


def keep(root: Path, before: Before, folders: Iterable[Path], proofs: Mapping[Path, bytes], told: Told) -> None:
    """Keep the record of a build whose site is in place.

    `proofs` are files of the site which tell it from any other: if another build has put its own there meanwhile, or if
    anything else is in doubt, nothing is kept.
    """
    time.sleep(_TICK / _SECOND)
    now = time.time_ns()
    try:
        seen = _see(_whole(folders), 0)
        is_settled = seen.newest + (_TICK if seen.newest % _SECOND else FRESH) <= now
        if is_settled and all(path.read_bytes() == data for path, data in proofs.items()):
            _write(root, {**before._asdict(), "outputs": seen.digest, "told": list(told)})
    except OSError:
        return


def _whole(folders: Iterable[Path]) -> list[tuple[Path, tuple[str, ...]]]:
    return [(folder, ()) for folder in folders]


def _see(tops: Iterable[tuple[Path, tuple[str, ...]]], since: int, more: Iterable[str] = ()) -> _Seen:
    """Look at files, and at folders with all that is in them but names that begin in one of some ways."""
    lines = list(more)
    fresh: list[str] = []
    newest = 0
    for name, path, seen in _below(tops):
        if seen is None:
            lines.append(f"{name}\0/")
            continue
        touched, line = _file(path, seen)
        lines.append(name + line)
        newest = max(newest, touched)
        if touched >= since:
            fresh.append(path)
    digest = _digest("\n".join(lines).encode("utf-8", "surrogatepass"))
    return _Seen(digest, fresh, newest)


def _below(tops: Iterable[tuple[Path, tuple[str, ...]]]) -> Iterator[tuple[str, str, os.stat_result | None]]:
    """Give every folder, and after it the files in it by name: what tells it from others, its path, how a file looks.

    Links to folders are not followed. A build follows one that stands at the top, so that cannot be judged from here.
    """
    for top, left_out in tops:
        if top.is_dir() and top.is_symlink():
            raise NotADirectoryError(top)
        if not top.is_dir() and os.path.lexists(top):
            yield str(top), str(top), top.lstat()
        folders = [str(top)] if top.is_dir() else []
        while folders:
            folder = folders.pop()
            yield folder, folder, None
            with os.scandir(folder) as found:
                entries = sorted(found, key=attrgetter("name"))
            for entry in entries:
                if entry.name.startswith(left_out):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    yield entry.name, entry.path, entry.stat(follow_symlinks=False)


def _file(path: str, seen: os.stat_result) -> tuple[int, str]:
    """Say when a file was last touched, and how it looks; of a link, the file that it leads to as well."""
    line = f"\0{seen.st_mode} {seen.st_ino} {seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns}"
    touched = max(seen.st_mtime_ns, seen.st_ctime_ns)
    if not stat.S_ISLNK(seen.st_mode):
        return touched, line
    try:
        there = os.stat(path)
    except OSError:  # it leads to nothing
        return touched, line
    later, own = _file(path, there)
    return max(touched, later), f"{line}{os.path.realpath(path)}{own}"


def started() -> str:
    """What tells since when the machine runs; empty where nothing does."""
    return _BOOT.read_text() if _BOOT.exists() else ""


def _surroundings() -> list[str]:
    """What else a site is made of: Python and the libraries, and since when the machine runs."""
    found = (os.path.join(*one) for one in installed())
    return [sys.version, started(), *sys.path, *(f"{path} {os.stat(path).st_mtime_ns}" for path in found)]


def _read(path: Path) -> dict[str, Any] | None:
    """Read a record; one that is damaged, or of another layout, is none."""
    try:
        whole = json.loads(path.read_bytes())
        made = whole["made"]
        is_good = whole["layout"] == _LAYOUT and whole["digest"] == _digest(_bytes(made))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return made if is_good and isinstance(made, dict) else None


def _write(root: Path, made: dict[str, Any]) -> None:
    """Write a record in one move. Where that cannot be done, the next build is a whole one."""
    folder = root / CACHE
    whole = {"layout": _LAYOUT, "digest": _digest(_bytes(made)), "made": made}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILES[1]).write_bytes(_bytes(whole))
        os.replace(folder / FILES[1], folder / FILE)
    except OSError:
        return


def _bytes(data: object) -> bytes:
    return json.dumps(data).encode()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()

"""Whether all is still as the last good build left it, told before anything heavy is imported.

A build looks at its inputs from outside before it reads any of them: names, sizes and times of the site's files, of the
program's own, and which libraries there are. When its site is in place, it keeps a record of that, of how the site
looks and of what it told. The next build that is asked the same and finds the same has nothing to do.

What was touched shortly before the first look, so that its times do not tell, is compared by its bytes; and nothing is
kept before the tick of the site's last file is over. Whatever is in doubt leads to a whole build, which costs time and
nothing else.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple  # dataclasses would import half of what is to be saved here

from generator.disk.folders import CACHE, CONTENT, SITE, STATIC, TEMPLATES
from generator.disk.libraries import installed
from generator.disk.looks import FRESH, Look, Tree, bytes_of, look_at, machine, tree_below, unsettled
from generator.disk.own import PROGRAM
from generator.disk.whole import NEXT, write_whole

FILE = "last-build.json"
"""Its name, in the folder of a site for what can be made again."""
FILES = (FILE, FILE + NEXT)
"""All files that are made of it."""
_LAYOUT = 1
_LARGEST = 1 << 27
"""Bytes up to which a file is read only to be compared. What is larger, or no ordinary file, is left to a whole build,
which knows what may be read at all."""


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


def look(root: Path, asked: dict[str, str]) -> Before | None:
    """Look at all that a build is made of, before it begins; None where that cannot be told from outside."""
    hidden = (".",)
    ways = {root / name: hidden for name in (SITE, CONTENT, TEMPLATES, STATIC)} | {PROGRAM: (*hidden, "__pycache__")}
    since = time.time_ns() - FRESH
    try:
        seen = {top: _look(top, since, left_out) for top, left_out in ways.items()}
        fresh = {f"{top}/{name}" if name else str(top) for top, one in seen.items() for name in one.recent}
        return Before(
            asked,
            _digest_of(seen, _surroundings()),
            {path: _digest(bytes_of(os.path.realpath(path), _LARGEST)) for path in fresh},
        )
    except OSError:
        return None


def nothing_changed(root: Path, before: Before, folders: Iterable[Path]) -> Told | None:
    """Give what the last good build told, if this one would read, make and tell the same. `folders` hold its site."""
    made = _read(root / CACHE / FILE)
    if made is None or (made["asked"], made["inputs"]) != (before.asked, before.inputs):
        return None
    try:
        if _digest_of({folder: _look(folder) for folder in folders}) != made["outputs"]:
            return None
        if any(_digest(bytes_of(os.path.realpath(path), _LARGEST)) != digest for path, digest in made["fresh"].items()):
            return None
    except OSError:
        return None
    if made["fresh"] != before.fresh:  # some have been there for long enough by now
        _write(root, {**made, "fresh": before.fresh})
    return Told(*made["told"])


def keep(
    root: Path,
    before: Before,
    folders: Iterable[Path],
    proofs: Mapping[Path, bytes],
    told: Told,
    seen: Mapping[Path, Look] = {},
) -> None:
    """Keep the record of a build whose site is in place; `seen` is how some folders look that were looked at already.

    `proofs` are files of the site which tell it from any other: if another build has put its own there meanwhile, or if
    anything else is in doubt, nothing is kept.
    """
    since = time.time_ns() - FRESH
    try:
        looks = {folder: seen.get(folder) or _look(folder, since) for folder in folders}
        is_settled = not any(unsettled(one.recent) for one in looks.values())
        if is_settled and all(path.read_bytes() == data for path, data in proofs.items()):
            _write(root, {**before._asdict(), "outputs": _digest_of(looks), "told": list(told)})
    except OSError:
        return


def _look(top: Path, since: int = sys.maxsize, left_out: tuple[str, ...] = ()) -> Look:
    """Look at a file, or at a folder with all that is in it but names that begin in one of some ways; or at nothing.

    Links to folders are not followed. A build follows one that stands at the top, so that cannot be judged from here.
    """
    if top.is_dir():
        if top.is_symlink():
            raise NotADirectoryError(top)
        return look_at(str(top), tree_below(str(top), left_out), since)
    return look_at(str(top), Tree({"": top.lstat()} if os.path.lexists(top) else {}, [], []), since)


def _digest_of(looks: Mapping[Path, Look], more: Iterable[str] = ()) -> str:
    """One digest of how some files and folders look, and of some texts more."""
    parts = [*more, *(f"{top}\0{_digest(one.data)}" for top, one in looks.items())]
    return _digest("\n".join(parts).encode("utf-8", "surrogatepass"))


def _surroundings() -> list[str]:
    """What else a site is made of: Python and the libraries, and since when the machine runs."""
    found = (os.path.join(*one) for one in installed())
    return [sys.version, machine(), *sys.path, *(f"{path} {os.stat(path).st_mtime_ns}" for path in found)]


def _read(path: Path) -> dict[str, Any] | None:
    """Read a record; one that is damaged, or of another layout, is none."""
    try:
        if not path.is_file():  # who opened a pipe would wait for what comes out of it
            return None
        whole = json.loads(path.read_bytes())
        made = whole["made"]
        is_good = whole["layout"] == _LAYOUT and whole["digest"] == _digest(_bytes(made)) and _is_record(made)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return made if is_good else None


def _is_record(made: dict[str, Any]) -> bool:
    """Whether a record is of the types that are kept: it may come from another machine."""
    problems, warnings, files, notes = made["told"]
    pairs = [*made["asked"].items(), *made["fresh"].items(), *problems.items()]
    texts = [made["inputs"], made["outputs"], *notes, *(text for pair in pairs for text in pair)]
    return type(warnings) is type(files) is int and all(type(one) is str for one in texts)


def _write(root: Path, made: dict[str, Any]) -> None:
    """Write a record in one move. Where that cannot be done, the next build is a whole one."""
    folder = root / CACHE
    whole = {"layout": _LAYOUT, "digest": _digest(_bytes(made)), "made": made}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / FILE, _bytes(whole))
    except OSError:
        return


def _bytes(data: object) -> bytes:
    return json.dumps(data).encode()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()

"""Put a finished site in place: whole or not at all, removing only what an earlier build made.

The new tree is made beside the old one: files with equal bytes are linked over (so their times do not change), others
are written. Then the two folders change places. The old one stays in the workspace as a spare: the next tree is made of
it, and costs what has changed since. Files that no build made are kept and named. What we own stands in the manifest
within the site itself, so it cannot get lost with a cache.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.output.outputs import Output

MANIFEST = ".site-manifest.json"
_STANDS = "published.json"
"""What was seen of each file of the site when it was put in place: who finds the same again need not read it."""
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
"""Paths of which nothing needs to be looked at: none of their parts begins with a dot."""
_SPARE = "spare"
"""The folder of the workspace in which the site before the present one stands."""
_SETTLED = 2_000_000_000
"""Nanoseconds after a change of a file before what is seen of it tells it from one that is changed again."""
FOREIGN = "was made by no build"
"""What there is to say of a file that is neither ours nor wrong."""


@dataclass(frozen=True)
class Published:
    """What publishing did, as paths below the output folder."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]
    manifest: bytes = field(default=b"", repr=False, compare=False)
    """What the site says of itself, by which it is told from any other."""


class Unsafe(Exception):
    """The output would be written where it must not be."""


def publish(outputs: Iterable[Output], target: Path, workspace: Path) -> Published:
    """Make `target` hold exactly these outputs, and foreign files. `workspace` is on the same file system."""
    files = _files_of(outputs)
    if target.exists() and not target.is_dir():
        raise Unsafe(f"{target} is not a folder")
    files[MANIFEST] = Output(MANIFEST, _manifest(files), "")
    fresh, retired = workspace / "next", workspace / "previous"
    _recover(target, retired)
    owned = _owned(target)
    present = set(_files(target))
    foreign = present - owned
    folders = _folders(files)
    foreign -= {path for path in foreign & folders if _is_folder(target / path)}
    clash = sorted(path for path in foreign if path in files or path in folders or _folders([path]) & set(files))
    if clash:
        names = ", ".join(clash[:5])
        raise Unsafe(f"{target.name}/ has files of the same name that no build made: {names}")
    stands = _stands(workspace)
    same = {path for path in present & set(files) if _holds(f"{target}/{path}", files[path], stands)}
    removed = (present & owned) - set(files)
    result = Published(
        written=tuple(sorted(set(files) - same - {MANIFEST})),
        unchanged=tuple(sorted(same - {MANIFEST})),
        removed=tuple(sorted(removed)),
        foreign=tuple(sorted(foreign)),
        manifest=files[MANIFEST].body,
    )
    if result.written or result.removed or MANIFEST not in same:
        _stage(files, same, foreign, target, fresh, workspace / _SPARE)
        _swap(target, fresh, retired, workspace / _SPARE)
    if result.written or result.removed or len(stands) != len(files):
        _note_stands(files, target, workspace)
    return result


def discard_spare(workspace: Path) -> None:
    """Take away only what the next build could begin with, and what was seen of the site."""
    for place in (workspace, workspace / "hosting"):
        shutil.rmtree(place / _SPARE, ignore_errors=True)
        (place / _STANDS).unlink(missing_ok=True)


def differing(outputs: Iterable[Output], target: Path) -> dict[str, str]:
    """Compare a site in place with what it should be, byte by byte; say by path what is not as it should be."""
    files = _files_of(outputs)
    files[MANIFEST] = Output(MANIFEST, _manifest(files), "")
    present, owned = set(_files(target)), _owned(target)
    found = {path: "is made no more" if path in owned else FOREIGN for path in present - set(files)}
    for path, one in files.items():
        if path not in present or not _holds(f"{target}/{path}", one, {}):
            found[path] = "differs" if path in present else "is missing"
    return dict(sorted(found.items()))


def write_all(outputs: Iterable[Output], folder: Path) -> None:
    """Write files into a folder of their own, which nobody else uses."""
    folder.mkdir(parents=True)
    for path, one in _files_of(outputs).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(one.body)


def _files_of(outputs: Iterable[Output]) -> dict[str, Output]:
    """Every file by its path; no path leads out of the site, and no two outputs want the same one."""
    files: dict[str, Output] = {}
    for one in outputs:
        _refuse_unsafe(one.path)
        if files.setdefault(one.path, one).digest != one.digest:
            raise Unsafe(f"two things want to be written as {one.path}, one of them from {one.made_from}")
    both = sorted(_folders(files) & set(files))
    if both:
        raise Unsafe(f"{both[0]} would be a file and a folder")
    return files


def _refuse_unsafe(path: str) -> None:
    if _PLAIN.fullmatch(path) and path != MANIFEST:
        return
    pure = PurePosixPath(path)
    strange = pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path or path in ("", ".", MANIFEST)
    if strange or str(pure) != path:
        raise Unsafe(f"{path!r} is not a path within the site")


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder in which one of these paths is."""
    found = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _holds(path: str, output: Output, stands: dict[str, list[object]]) -> bool:
    """Whether a file, and not a link to one, has the bytes of an output."""
    status = os.lstat(path)
    if not stat.S_ISREG(status.st_mode) or status.st_size != output.size:
        return False
    if stands.get(output.path) == [output.digest, status.st_size, status.st_mtime_ns, status.st_ino]:
        return True
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() == output.digest


def _stands(workspace: Path) -> dict[str, list[object]]:
    """Give what was seen of each file, with its digest; nothing where that cannot be read."""
    try:
        found = json.loads((workspace / _STANDS).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _note_stands(files: dict[str, Output], target: Path, workspace: Path) -> None:
    """Note what is seen of each file. One that has just changed is read again, as it may change once more unseen."""
    limit = time.time_ns() - _SETTLED
    seen: dict[str, list[object]] = {}
    for path, one in files.items():
        status = os.lstat(f"{target}/{path}")
        settled = [one.digest, status.st_size, status.st_mtime_ns, status.st_ino]
        seen[path] = settled if status.st_mtime_ns < limit else []
    workspace.mkdir(parents=True, exist_ok=True)
    (workspace / _STANDS).write_text(json.dumps(seen, separators=(",", ":")), encoding="utf-8")


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _manifest(files: dict[str, Output]) -> bytes:
    digests = {path: one.digest for path, one in sorted(files.items())}
    return (json.dumps({"files": digests}, indent=1) + "\n").encode()


def _owned(target: Path) -> set[str]:
    """The files that an earlier build made, by its manifest; a manifest that cannot be read owns nothing."""
    try:
        files = json.loads((target / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {MANIFEST}
    return {path for path in files if isinstance(path, str)} | {MANIFEST} if isinstance(files, dict) else {MANIFEST}


def _files(target: Path) -> Iterator[str]:
    """Every file, every link and every empty folder below the output folder."""
    start = len(str(target)) + 1
    for place, folders, names in os.walk(str(target)):
        inner = place[start:].replace(os.sep, "/")
        before = f"{inner}/" if inner else ""
        yield from (before + name for name in names)
        yield from (before + name for name in folders if os.path.islink(f"{place}/{name}"))
        if not names and not folders and before:
            yield inner


def _stage(files: dict[str, Output], same: set[str], foreign: set[str], target: Path, fresh: Path, spare: Path) -> None:
    """Build the new tree, of the spare one where there is one: nothing of the old one is touched."""
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.parent.mkdir(parents=True, exist_ok=True)
    if spare.exists():
        spare.rename(fresh)
        _clear(fresh, {path for path in same if _is_one_file(f"{target}/{path}", f"{fresh}/{path}")})
    fresh.mkdir(exist_ok=True)
    for path, one in files.items():
        if os.path.lexists(f"{fresh}/{path}"):
            continue
        if path in same:
            _link(target / path, fresh / path)
        else:
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(one.body)
    for path in foreign:
        _link(target / path, fresh / path)


def _is_one_file(one: str, other: str) -> bool:
    """Whether two paths are the same file: a change of either is one of both."""
    try:
        first, second = os.lstat(one), os.lstat(other)
    except OSError:
        return False
    return (first.st_ino, first.st_dev) == (second.st_ino, second.st_dev)


def _clear(tree: Path, left: set[str]) -> None:
    """Take everything out of a tree but some files, and the folders that are empty then."""
    for path in list(_files(tree)):
        if path in left:
            continue
        place = tree / path
        place.rmdir() if _is_folder(place) else place.unlink()
        for folder in place.parents:
            if folder == tree or any(folder.iterdir()):
                break
            folder.rmdir()


def _link(source: Path, copy: Path) -> None:
    """Have the same file in the new tree: by a hard link, or as a copy with its times where links are not to be had."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        copy.symlink_to(os.readlink(source))
        return
    if source.is_dir():
        copy.mkdir()
        return
    try:
        os.link(source, copy)
    except OSError:
        shutil.copy2(source, copy)


def _swap(target: Path, fresh: Path, retired: Path, spare: Path) -> None:
    if retired.exists():
        shutil.rmtree(retired)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(retired)
    fresh.rename(target)
    if retired.exists():
        retired.rename(spare)


def _recover(target: Path, retired: Path) -> None:
    """Undo a swap that was cut off between its two steps."""
    if retired.exists() and not target.exists():
        retired.rename(target)

"""Put a finished site in place: whole or not at all, removing only what an earlier build made.

The new tree is made beside the old one: files with equal bytes are linked over (so their times do not change), others
are written. Then the two folders change places. Files that no build made are kept and named. What we own stands in
the manifest within the site itself, so it cannot get lost with a cache.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.output.outputs import Output

MANIFEST = ".site-manifest.json"


@dataclass(frozen=True)
class Published:
    """What publishing did, as paths below the output folder."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]


class Unsafe(Exception):
    """The output would be written where it must not be."""


def publish(outputs: Iterable[Output], target: Path, workspace: Path) -> Published:
    """Make `target` hold exactly these outputs, and foreign files. `workspace` is on the same file system."""
    bodies = {one.path: one.body for one in outputs}
    for path in bodies:
        _refuse_unsafe(path)
    bodies[MANIFEST] = _manifest(bodies)
    fresh, retired = workspace / "next", workspace / "previous"
    _recover(target, retired)
    owned = _owned(target)
    present = set(_files(target))
    foreign = present - owned
    clash = sorted(foreign & set(bodies))
    if clash:
        names = ", ".join(clash[:5])
        raise Unsafe(f"{target.name}/ has files of the same name that no build made: {names}")
    same = {path for path in present & set(bodies) if (target / path).read_bytes() == bodies[path]}
    removed = (present & owned) - set(bodies)
    result = Published(
        written=tuple(sorted(set(bodies) - same - {MANIFEST})),
        unchanged=tuple(sorted(same - {MANIFEST})),
        removed=tuple(sorted(removed)),
        foreign=tuple(sorted(foreign)),
    )
    if result.written or result.removed or MANIFEST not in same:
        _stage(bodies, same, foreign, target, fresh)
        _swap(target, fresh, retired)
    return result


def _refuse_unsafe(path: str) -> None:
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path or not path:
        raise Unsafe(f"{path!r} is not a path within the site")


def _manifest(bodies: dict[str, bytes]) -> bytes:
    digests = {path: hashlib.sha256(body).hexdigest() for path, body in sorted(bodies.items())}
    return (json.dumps({"files": digests}, indent=1) + "\n").encode()


def _owned(target: Path) -> set[str]:
    """The files that an earlier build made, by its manifest; a manifest that cannot be read owns nothing."""
    try:
        files = json.loads((target / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {MANIFEST}
    return {path for path in files if isinstance(path, str)} | {MANIFEST} if isinstance(files, dict) else {MANIFEST}


def _files(target: Path) -> Iterable[str]:
    """Every file and every link below the output folder."""
    for place, folders, names in os.walk(target):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(place) / name).relative_to(target).as_posix()


def _stage(bodies: dict[str, bytes], same: set[str], foreign: set[str], target: Path, fresh: Path) -> None:
    """Build the new tree: nothing of the old one is touched."""
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(parents=True)
    for path, body in bodies.items():
        if path in same:
            _link(target / path, fresh / path)
        else:
            (fresh / path).parent.mkdir(parents=True, exist_ok=True)
            (fresh / path).write_bytes(body)
    for path in foreign:
        _link(target / path, fresh / path)


def _link(source: Path, copy: Path) -> None:
    """Have the same file in the new tree: by a hard link, or as a copy with its times where links are not to be had."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        copy.symlink_to(os.readlink(source))
        return
    try:
        os.link(source, copy)
    except OSError:
        shutil.copy2(source, copy)


def _swap(target: Path, fresh: Path, retired: Path) -> None:
    if retired.exists():
        shutil.rmtree(retired)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target.rename(retired)
    fresh.rename(target)
    if retired.exists():
        shutil.rmtree(retired)


def _recover(target: Path, retired: Path) -> None:
    """Undo a swap that was cut off between its two steps."""
    if retired.exists() and not target.exists():
        retired.rename(target)

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
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generator.output.outputs import Output

MANIFEST = ".site-manifest.json"
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
    bodies = _bodies(outputs)
    if target.exists() and not target.is_dir():
        raise Unsafe(f"{target} is not a folder")
    bodies[MANIFEST] = _manifest(bodies)
    fresh, retired = workspace / "next", workspace / "previous"
    _recover(target, retired)
    owned = _owned(target)
    present = set(_files(target))
    foreign = present - owned
    folders = _folders(bodies)
    foreign -= {path for path in foreign & folders if _is_folder(target / path)}
    clash = sorted(path for path in foreign if path in bodies or path in folders or _folders([path]) & set(bodies))
    if clash:
        names = ", ".join(clash[:5])
        raise Unsafe(f"{target.name}/ has files of the same name that no build made: {names}")
    same = {path for path in present & set(bodies) if _holds(target / path, bodies[path])}
    removed = (present & owned) - set(bodies)
    result = Published(
        written=tuple(sorted(set(bodies) - same - {MANIFEST})),
        unchanged=tuple(sorted(same - {MANIFEST})),
        removed=tuple(sorted(removed)),
        foreign=tuple(sorted(foreign)),
        manifest=bodies[MANIFEST],
    )
    if result.written or result.removed or MANIFEST not in same:
        _stage(bodies, same, foreign, target, fresh)
        _swap(target, fresh, retired)
    return result


def differing(outputs: Iterable[Output], target: Path) -> dict[str, str]:
    """Compare a site in place with what it should be, byte by byte; say by path what is not as it should be."""
    bodies = _bodies(outputs)
    bodies[MANIFEST] = _manifest(bodies)
    present, owned = set(_files(target)), _owned(target)
    found = {path: "is made no more" if path in owned else FOREIGN for path in present - set(bodies)}
    for path, body in bodies.items():
        if not _holds(target / path, body):
            found[path] = "differs" if path in present else "is missing"
    return dict(sorted(found.items()))


def write_all(outputs: Iterable[Output], folder: Path) -> None:
    """Write files into a folder of their own, which nobody else uses."""
    folder.mkdir(parents=True)
    for path, body in _bodies(outputs).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(body)


def _bodies(outputs: Iterable[Output]) -> dict[str, bytes]:
    """The bytes of every file; no path leads out of the site, and no two outputs want the same one."""
    bodies: dict[str, bytes] = {}
    for one in outputs:
        _refuse_unsafe(one.path)
        if bodies.setdefault(one.path, one.body) != one.body:
            raise Unsafe(f"two things want to be written as {one.path}, one of them from {one.made_from}")
    both = sorted(_folders(bodies) & set(bodies))
    if both:
        raise Unsafe(f"{both[0]} would be a file and a folder")
    return bodies


def _refuse_unsafe(path: str) -> None:
    pure = PurePosixPath(path)
    strange = pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path or path in ("", ".", MANIFEST)
    if strange or str(pure) != path:
        raise Unsafe(f"{path!r} is not a path within the site")


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder in which one of these paths is."""
    return {str(folder) for path in paths for folder in PurePosixPath(path).parents} - {"."}


def _holds(path: Path, body: bytes) -> bool:
    """Whether a file, and not a link to one, has these bytes."""
    return path.is_file() and not path.is_symlink() and path.read_bytes() == body


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _manifest(bodies: dict[str, bytes]) -> bytes:
    digests = {path: hashlib.sha256(body).hexdigest() for path, body in sorted(bodies.items())}
    return (json.dumps({"files": digests}, indent=1) + "\n").encode()


def _owned(target: Path) -> set[str]:
    """The files that an earlier build made, by its manifest; a manifest that cannot be read owns nothing."""
    try:
        files = json.loads((target / MANIFEST).read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {MANIFEST}
    return {path for path in files if isinstance(path, str)} | {MANIFEST} if isinstance(files, dict) else {MANIFEST}


def _files(target: Path) -> Iterable[str]:
    """Every file, every link and every empty folder below the output folder."""
    for place, folders, names in os.walk(target):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(place) / name).relative_to(target).as_posix()
        if not names and not folders and Path(place) != target:
            yield Path(place).relative_to(target).as_posix()


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
    if source.is_dir():
        copy.mkdir()
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

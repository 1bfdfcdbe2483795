"""Put a finished site in place: whole or not at all, removing only what an earlier build made.

The new tree is made beside the old one (`staging.py`): files with equal bytes are linked over, so their times do not
change, and others are written. Files that no build made are kept and named. What we own stands in the manifest within
the site itself, so it cannot get lost with a cache. How each file looked when the site was put in place stands in the
workspace: who finds it the same need not read it. Whatever else is there is read, and what is wrong is made good.
"""

import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path, PurePosixPath

from generator.disk.looks import FRESH, Look, Tree, as_lines, look_at, machine, outward, tree_below, unsettled
from generator.disk.whole import NEXT, write_whole
from generator.output import staging
from generator.output.outputs import Output

MANIFEST = ".site-manifest.json"
_SEEN = "published"
"""How each file of the site looked when it was put in place, and on which run of the machine."""
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
"""Paths of which nothing needs to be looked at: none of their parts begins with a dot."""
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
    look: Look = field(default_factory=lambda: Look({}, {}), repr=False, compare=False)
    """How the site looks now."""


class Unsafe(Exception):
    """The output would be written where it must not be."""


@dataclass(frozen=True)
class _Standing:
    """What stands in the output folder."""

    tree: Tree
    look: Look
    digests: Mapping[str, object]
    """The SHA-256 of each file that an earlier build made, as it says; for its manifest, of that itself."""
    known: Mapping[str, str]
    """How those of its files looked that need not be read if they still look like that."""

    @property
    def present(self) -> set[str]:
        """Every file, every link and every empty folder."""
        return {*self.tree.files, *self.tree.empty} - {""}


def publish(outputs: Iterable[Output], target: Path, workspace: Path, with_spare: bool = False) -> Published:
    """Make `target` hold exactly these outputs, and foreign files. `workspace` is on the same file system.

    `with_spare` says whether to leave there what the next build can begin with, even where no older site was replaced.
    """
    files, folders = _files_of(outputs)
    if target.exists() and not target.is_dir():
        raise Unsafe(f"{target} is not a folder")
    manifest = files[MANIFEST] = Output(MANIFEST, _manifest(files), "")
    staging.recover(target, workspace)
    there = _standing(target, workspace)
    present = there.present
    foreign = present - there.digests.keys()
    foreign -= folders.intersection(there.tree.empty)
    clash = sorted(path for path in foreign if path in files or path in folders or _folders([path]) & files.keys())
    if clash:
        names = ", ".join(clash[:5])
        hint = "delete them, or that folder if nothing in it is your own"
        raise Unsafe(f"{target.name}/ has files of the same name that no build made: {names}; {hint}")
    same = _same(files, there, target)
    result = Published(
        written=tuple(path for path in files if path not in same and path != MANIFEST),
        unchanged=tuple(path for path in files if path in same and path != MANIFEST),
        removed=tuple(sorted((present & there.digests.keys()) - files.keys())),
        foreign=tuple(sorted(foreign)),
        manifest=manifest.body,
        look=there.look,
    )
    if result.written or result.removed or MANIFEST not in same:
        empty = foreign.intersection(there.tree.empty)
        plan = staging.Plan(
            kept={path: there.tree.files[path] for path in (same | foreign) - empty},
            written=[one for path, one in files.items() if path not in same],
            folders=folders | _folders(foreign) | empty,
            flushed=MANIFEST,  # who finds it whole can make all else good; to flush every file takes too long
        )
        made = staging.stage(plan, target, workspace)
        staging.swap(target, workspace)
        if with_spare:
            made |= staging.leave_spare(plan, target, workspace)
        result = replace(result, look=_new_look(there, plan, made, empty, target))
    _note(result.look, workspace)
    return result


def discard_spare(workspace: Path) -> None:
    """Take away only what the next build could begin with, and what was seen of the site."""
    for place in (workspace, workspace / "hosting"):
        staging.discard_spare(place)
        for name in (_SEEN, _SEEN + NEXT):
            with suppress(OSError):
                (place / name).unlink(missing_ok=True)


def differing(outputs: Iterable[Output], target: Path) -> dict[str, str]:
    """Compare a site in place with what it should be, byte by byte; say by path what is not as it should be."""
    files, _ = _files_of(outputs)
    files[MANIFEST] = Output(MANIFEST, _manifest(files), "")
    tree = tree_below(str(target)) if target.is_dir() else Tree({}, [], [])
    present, owned = {*tree.files, *tree.empty} - {""}, _digests(target)
    found = {path: "is made no more" if path in owned else FOREIGN for path in present - files.keys()}
    for path, one in files.items():
        if path not in present:
            found[path] = "is missing"
        elif not _holds(f"{target}/{path}", tree.files.get(path), one):
            found[path] = "differs"
    return dict(sorted(found.items()))


def write_all(outputs: Iterable[Output], folder: Path) -> None:
    """Write files into a folder of their own, which nobody else uses."""
    folder.mkdir(parents=True)
    files, folders = _files_of(outputs)
    staging.write_all(files.values(), folders, str(folder))


def _files_of(outputs: Iterable[Output]) -> tuple[dict[str, Output], set[str]]:
    """Every file by its path, in order, and the folders in which they are.

    No path leads out of the site, and no two outputs want the same one.
    """
    files: dict[str, Output] = {}
    for one in outputs:
        _refuse_unsafe(one.path)
        if files.setdefault(one.path, one) is not one and files[one.path].digest != one.digest:
            raise Unsafe(f"two things want to be written as {one.path}, one of them from {one.made_from}")
    folders = _folders(files)
    both = sorted(folders & files.keys())
    if both:
        raise Unsafe(f"{both[0]} would be a file and a folder")
    return {path: files[path] for path in sorted(files)}, folders


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


def _standing(target: Path, workspace: Path) -> _Standing:
    """Look once at everything in the output folder."""
    since = time.time_ns() - FRESH
    tree = tree_below(str(target)) if target.exists() else Tree({}, [], [])
    look = look_at(str(target), tree, since)
    known = _known(workspace)
    is_ours = MANIFEST in known and known[MANIFEST] == look.lines.get(MANIFEST)
    return _Standing(tree, look, _digests(target), known if is_ours else {})


def _same(files: Mapping[str, Output], there: _Standing, target: Path) -> set[str]:
    """The files, and not links to one, that have the bytes of their outputs."""
    lines, known, digests = there.look.lines, there.known, there.digests
    same = set()
    for path, one in files.items():
        line = lines.get(path)
        if line is None:
            continue
        is_known = known.get(path) == line
        if digests.get(path) == one.digest if is_known else _holds(f"{target}/{path}", there.tree.files[path], one):
            same.add(path)
    return same


def _holds(path: str, status: os.stat_result | None, output: Output) -> bool:
    if status is None or not stat.S_ISREG(status.st_mode) or status.st_size != output.size:
        return False
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() == output.digest


def _new_look(
    there: _Standing, plan: staging.Plan, made: Mapping[str, os.stat_result], empty: Iterable[str], target: Path
) -> Look:
    """Say how the site looks that has just been put in place."""
    gone = there.look.lines.keys() - plan.kept.keys() - {f"{path}/" for path in empty}
    lines = {path: line for path, line in there.look.lines.items() if path not in gone}
    recent = {path: touched for path, touched in there.look.recent.items() if path not in gone}
    for path, status in made.items():
        recent[path], lines[path] = outward(f"{target}/{path}", status)
    return Look(lines, recent)


def _known(workspace: Path) -> dict[str, str]:
    """How the files of the site looked when it was put in place; nothing where that was before the machine started."""
    place = workspace / _SEEN
    try:
        data = place.read_bytes() if place.is_file() else b""
    except OSError:
        return {}
    since = _started()
    return as_lines(data[len(since) :]) if data.startswith(since) else {}


def _note(look: Look, workspace: Path) -> None:
    """Note how each file looks. One that could change once more unseen is read again."""
    unsure = unsettled(look.recent)
    sure = Look({path: line for path, line in look.lines.items() if path not in unsure}, {}) if unsure else look
    data = _started() + sure.data
    place = workspace / _SEEN
    try:
        if not place.is_file() or place.read_bytes() != data:
            workspace.mkdir(parents=True, exist_ok=True)
            write_whole(place, data)
    except OSError:  # the next build reads what it finds
        return


def _started() -> bytes:
    return f"{machine()}\0".encode()


def _manifest(files: Mapping[str, Output]) -> bytes:
    """Say which files there are: as `json.dumps` does with an indent of one, which takes it ten times as long."""
    lines = [f"\n  {quoted(path)}: {quoted(one.digest)}" for path, one in files.items()]
    inner = ",".join(lines) + "\n " if lines else ""
    return f'{{\n "files": {{{inner}}}\n}}\n'.encode()


def _digests(target: Path) -> dict[str, object]:
    """The digests of the files that an earlier build made; a manifest that cannot be read owns nothing but itself."""
    try:
        data = (target / MANIFEST).read_bytes()
        files = json.loads(data)["files"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {MANIFEST: ""}
    return {**files, MANIFEST: hashlib.sha256(data).hexdigest()} if isinstance(files, dict) else {MANIFEST: ""}

"""Put a finished site in place: whole or not at all, removing only what an earlier build made.

The new tree is made beside the old one (`staging.py`): files with equal bytes are linked over, so their times do not
change, and others are written. Files that no build made are kept and named. What we own stands in the manifest within
the site itself, so it cannot get lost with a cache. How each file looked when the site was put in place stands in the
workspace: who finds it the same need not read it. Whatever else is there is read, and what is wrong is made good.
"""

import hashlib
import os
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.disk.looks import FRESH, Look, Tree, as_lines, look_at, machine, outward, tree_below, unsettled
from generator.disk.whole import NEXT, write_whole
from generator.output import staging
from generator.output.layout import MANIFEST, Unsafe, files_of, folders_of
from generator.output.manifest import digests_in, manifest_of
from generator.output.outputs import Output

_SEEN = "published"
"""How each file of the site looked when it was put in place, and on which run of the machine."""
_NAMED = 5
"""Files in the way that are named; the others are counted."""
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

    Raises:
        Unsafe: If a file that no build made stands where one of these is to be, or their paths are not those of a site.
        Gone: If the bytes of one of them can no more be had.
        OSError: If the site cannot be written. In each case the old one stands there as it was.
    """
    files, folders = files_of(outputs)
    if target.exists() and not target.is_dir():
        raise Unsafe(f"{target} is not a folder")
    manifest = files[MANIFEST] = manifest_of(files.values())
    staging.recover(target, workspace)
    there = _standing(target, workspace)
    present = there.present
    foreign = present - there.digests.keys() - folders.intersection(there.tree.empty)
    clash = sorted(path for path in foreign if path in files or path in folders or folders_of([path]) & files.keys())
    if clash:
        names = ", ".join(clash[:_NAMED]) + (f" and {len(clash) - _NAMED} more" if len(clash) > _NAMED else "")
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
        new = staging.NewTree(
            kept={path: there.tree.files[path] for path in (same | foreign) - empty},
            written=[one for path, one in files.items() if path not in same],
            folders=folders | folders_of(foreign) | empty,
            flushed=MANIFEST,  # who finds it whole can make all else good; to flush every file takes too long
        )
        made = staging.stage(new, target, workspace)
        staging.swap(target, workspace)
        if with_spare:
            made |= staging.leave_spare(new, target, workspace)
        result = replace(result, look=_new_look(there, new, made, empty, target))
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
    files, _ = files_of(outputs)
    files[MANIFEST] = manifest_of(files.values())
    tree = tree_below(str(target)) if target.is_dir() else Tree({}, [], [])
    present, owned = {*tree.files, *tree.empty} - {""}, _owned(target)
    found = {path: "is made no more" if path in owned else FOREIGN for path in present - files.keys()}
    for path, one in files.items():
        if path not in present:
            found[path] = "is missing"
        elif not _holds(f"{target}/{path}", tree.files.get(path), one):
            found[path] = "differs"
    return dict(sorted(found.items()))


def write_all(outputs: Iterable[Output], folder: Path) -> None:
    """Write files into a folder of their own, which nobody else uses."""
    folder.mkdir()
    files, folders = files_of(outputs)
    staging.write_all(files.values(), folders, str(folder))


def _standing(target: Path, workspace: Path) -> _Standing:
    """Look once at everything in the output folder."""
    since = time.time_ns() - FRESH
    tree = tree_below(str(target)) if target.exists() else Tree({}, [], [])
    look = look_at(str(target), tree, since)
    known = _known(workspace)
    is_ours = MANIFEST in known and known[MANIFEST] == look.lines.get(MANIFEST)
    return _Standing(tree, look, _owned(target), known if is_ours else {})


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
    there: _Standing, new: staging.NewTree, made: Mapping[str, os.stat_result], empty: Iterable[str], target: Path
) -> Look:
    """Say how the site looks that has just been put in place."""
    gone = there.look.lines.keys() - new.kept.keys() - {f"{path}/" for path in empty}
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


def _owned(target: Path) -> dict[str, object]:
    """The digest of each file that an earlier build made, as the site in place says."""
    try:
        data = (target / MANIFEST).read_bytes()
    except OSError:
        return digests_in(b"")
    return digests_in(data)

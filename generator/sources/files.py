"""Files below the site's folder: never outside it, never too large, always with a digest."""

import errno
import hashlib
import io
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from generator.disk.folders import CACHE
from generator.disk.looks import bytes_of
from generator.disk.whole import write_whole
from generator.problems.problem import Problem, Span
from generator.sources.known import NOTHING_KNOWN, KnownFiles
from generator.sources.walking import is_inside, refusal, too_large, top_refusal, unreadable, walk

LARGEST = 1 << 30
"""Bytes up to which a file is read that no limit of site.yaml is about."""
_CHANGED = (errno.EFBIG, errno.EINVAL, errno.ELOOP)
"""What is told of a file that was an ordinary one a moment ago."""


class Changed(Exception):
    """A file is not what it was when the build began."""


class Later:
    """The bytes of a file that nobody has read yet, as its digest is known."""

    __slots__ = ("digest", "held", "path")

    def __init__(self, path: str, digest: str) -> None:
        self.path = path
        self.digest = digest
        self.held: bytes | None = None

    def __call__(self) -> bytes:
        """Read them.

        Raises:
            Changed: If they are others by now, or are not there.
        """
        held = self.held
        if held is None:
            try:
                held = bytes_of(self.path, LARGEST)
            except OSError as fault:
                raise Changed(f"{self.path} was there when the build began") from fault
            if hashlib.sha256(held).hexdigest() != self.digest:
                raise Changed(f"{self.path} has changed since the build began")
            self.held = held
        return held


@dataclass(frozen=True)
class SourceFile:
    """One file. `path` is relative to the site's folder, with forward slashes; `digest` is that of its bytes."""

    path: str
    digest: str
    held: bytes | Later = field(compare=False, repr=False)

    @property
    def data(self) -> bytes:
        """Its bytes, those of the digest.

        Raises:
            Changed: If nobody has read them yet, and the file has others by now.
        """
        return self.held() if isinstance(self.held, Later) else self.held

    def __reduce__(self) -> tuple[Any, ...]:
        return SourceFile, (self.path, self.digest, self.data)  # where it goes, the file itself may not be


def source_file(path: str, data: bytes) -> SourceFile:
    """Make a source file from its bytes; the digest is SHA-256 in hexadecimal."""
    return SourceFile(path, hashlib.sha256(data).hexdigest(), data)


def read_tree(
    root: Path,
    folder: str,
    limit: int,
    known: KnownFiles = NOTHING_KNOWN,
    most: tuple[int, int] = (sys.maxsize, sys.maxsize),
) -> tuple[list[SourceFile], list[Problem]]:
    """Read every file below `root/folder`, folder by folder; hidden files are passed over. `limit` is in bytes.

    A file that is `known` is not opened before somebody asks for its bytes. Nothing is read at all, and that is told as
    `over-limit`, where there are more than `most` files, or bytes in all of them.
    """
    refused = top_refusal(root, folder)
    if refused:
        return [], [refused]
    problems: list[Problem] = []
    found: list[_Found] = []
    for one in _found(root, folder, limit, problems.append):
        found.append(one)
        if len(found) > most[0]:
            return [], [*problems, over_limit(folder, f"more than {most[0]} files", "files", most[0])]
    size = sum(one.size for one in found)
    if size > most[1]:
        return [], [*problems, over_limit(folder, f"{size} bytes in its files", "total_size", most[1])]
    looks = [(one.name, one.look) for one in found if one.look]
    digests = known.among(str((root / folder).resolve()), looks)
    told = iter([*enumerate(digests)])
    files: list[SourceFile] = []
    for one in found:
        number, digest = next(told) if one.look else (-1, None)
        if digest:
            files.append(SourceFile(one.name, digest, Later(f"{root}/{one.name}", digest)))
            continue
        try:
            path = f"{root}/{one.name}" if one.look else os.path.realpath(root / one.name)
            files.append(source_file(one.name, bytes_of(path, limit)))
            if one.look:
                digests.keep(number, files[-1].digest, (root / one.name).lstat())
        except OSError as fault:
            problems.append(_not_read(one.name, fault, limit))
    return files, problems


class _Found(NamedTuple):
    """A file that can be read: its path, its bytes, and how it looks; None of a link, which looks the same wherever it
    leads."""

    name: str
    size: int
    look: os.stat_result | None


def _found(root: Path, folder: str, limit: int, told: Callable[[Problem], object]) -> Iterator[_Found]:
    """Give every file below a folder that can be read; `told` is told of the others."""
    for inner, entry in walk(root / folder, folder, told):
        name = f"{folder}/{inner}"
        try:
            status = entry.stat(follow_symlinks=False)
            is_link = stat.S_ISLNK(status.st_mode)
            has_way, there = _led(root, name, status) if is_link else (True, status)
            problem = refusal(root, name, there, limit, has_way)
        except OSError as fault:
            problem = unreadable(name, fault)
        if problem:
            told(problem)
        else:
            yield _Found(name, there.st_size, None if is_link else status)


def over_limit(path: str, found: str, name: str, most: int) -> Problem:
    """Say that there is more of something than a limit of site.yaml allows; `found` says how much."""
    hint = f"take some out, or raise `limits.{name}` in site.yaml"
    return Problem("over-limit", f"{found}; at most {most} are allowed", Span(path), hint)


def read_file(root: Path, name: str, limit: int = LARGEST) -> SourceFile | None:
    """Read one file of the site's folder by its relative path.

    None where there is none, where it leads outside, is no ordinary file, or has more bytes than the limit.

    Raises:
        OSError: If the system does not let it be read.
    """
    file, _ = read_one(root, name, limit)
    return file


def read_one(root: Path, name: str, limit: int = LARGEST) -> tuple[SourceFile | None, list[Problem]]:
    """Read one file as `read_file` does; what is there and is not read is told.

    Raises:
        OSError: If the system does not let it be read.
    """
    path = root / name
    if not os.path.lexists(path):
        return None, []
    if path.is_dir() and not path.is_symlink():
        return None, [Problem("special-file", "this is a folder, and should be a file", Span(name))]
    problem = refusal(root, name, path.stat() if path.exists() else path.lstat(), limit, is_inside(path, root))
    if problem:
        return None, [problem]
    try:
        return source_file(name, bytes_of(os.path.realpath(path), limit)), []
    except OSError as fault:
        if fault.errno not in _CHANGED:
            raise
        return None, [_not_read(name, fault, limit)]


def _led(root: Path, name: str, own: os.stat_result) -> tuple[bool, os.stat_result]:
    """Whether a link leads to a place in the site's folder, and how that looks."""
    path = root / name
    return is_inside(path, root), path.stat() if path.exists() else own


def _not_read(name: str, fault: OSError, limit: int) -> Problem:
    """Say why a file could not be read that looked as if it could."""
    if fault.errno == errno.EFBIG:
        return too_large(name, f"more than {limit} bytes by now", limit)
    return unreadable(name, fault)


def is_free(folder: Path) -> bool:
    """Whether something can be made in a folder without touching anything: it is empty, or it is not there."""
    return not any(folder.iterdir()) if folder.is_dir() else not folder.exists()


def remove_kept(root: Path, names: Iterable[str]) -> int:
    """Delete files of the folder in which builds keep what they can make again; give how many bytes they had."""
    size = 0
    for path in (root / CACHE / name for name in names):
        if path.is_file() or path.is_symlink():
            size += path.lstat().st_size
            path.unlink()
    return size


def copy_kept(root: Path, names: Iterable[str], folder: Path) -> bool:
    """Copy files of the folder in which builds keep what they can make again; give whether there was one."""
    there = [path for path in (root / CACHE / name for name in names) if path.is_file()]
    for path in there:
        shutil.copyfile(path, folder / path.name)
    return bool(there)


def write_file(root: Path, name: str, content: str | bytes) -> None:
    """Write one of the site's own files, in one move, so that it is never half written."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content.encode("utf-8") if isinstance(content, str) else content)


def unpack(archive: bytes, folder: Path) -> None:
    """Write the files of a tar archive below a folder; a link becomes the file that it names within the archive.

    Raises:
        tarfile.TarError: If it is no such archive.
    """
    import tarfile  # no build needs it

    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            path = folder / member.name
            if not path.resolve().is_relative_to(folder.resolve()):
                continue
            try:
                held = tar.extractfile(member)
            except KeyError:  # a link that leads out of the archive
                continue
            if held:  # nothing is held of a folder, a pipe or a device
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(held.read())

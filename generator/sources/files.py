"""Files below the site's folder: never outside it, never too large, always with a digest."""

import errno
import hashlib
import io
import os
import re
import shutil
import stat
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.disk.folders import CACHE
from generator.disk.looks import bytes_of
from generator.disk.whole import write_whole
from generator.problems.problem import Problem, Span
from generator.sources.characters import Refused, holds_refused, refused, without_refused
from generator.sources.known import NOTHING_KNOWN, Known, Seen
from generator.sources.walking import is_inside, refusal, too_large, top_refusal, unreadable, walk

_ADDRESS_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
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
        """Read them; if they are others by now, that is `Changed`."""
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
        """Its bytes, those of the digest; if the file has others by now, that is `Changed`."""
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
    known: Known = NOTHING_KNOWN,
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
    found: list[tuple[str, bool]] = []
    seen: list[Seen] = []
    size = 0
    for inner, entry in walk(root / folder, folder, problems.append):
        name = f"{folder}/{inner}"
        try:
            status = entry.stat(follow_symlinks=False)
            is_link = stat.S_ISLNK(status.st_mode)
            has_way, there = _led(root, name, status) if is_link else (True, status)
            problem = refusal(root, name, there, limit, has_way)
        except OSError as fault:
            problem = unreadable(name, fault)
        if problem:
            problems.append(problem)
            continue
        size += there.st_size
        found.append((name, is_link))
        if not is_link:
            seen.append((name, status))
        if len(found) > most[0]:
            return [], [*problems, over_limit(folder, f"more than {most[0]} files", "files", most[0])]
    if size > most[1]:
        return [], [*problems, over_limit(folder, f"{size} bytes in its files", "total_size", most[1])]
    files: list[SourceFile] = []
    digests = known.among(str((root / folder).resolve()), seen)
    told = iter([*enumerate(digests)])
    for name, is_link in found:
        number, digest = (-1, None) if is_link else next(told)
        if digest:
            files.append(SourceFile(name, digest, Later(f"{root}/{name}", digest)))
            continue
        try:
            path = os.path.realpath(root / name) if is_link else f"{root}/{name}"
            files.append(source_file(name, bytes_of(path, limit)))
            if not is_link:
                digests.keep(number, files[-1].digest, (root / name).lstat())
        except OSError as fault:
            problems.append(_not_read(name, fault, limit))
    return files, problems


def over_limit(path: str, found: str, name: str, most: int) -> Problem:
    """Say that there is more of something than a limit of site.yaml allows; `found` says how much."""
    hint = f"take some out, or raise `limits.{name}` in site.yaml"
    return Problem("over-limit", f"{found}; at most {most} are allowed", Span(path), hint)


def read_file(root: Path, name: str, limit: int = LARGEST) -> SourceFile | None:
    """Read one file of the site's folder by its relative path.

    None where there is none, where it leads outside, is no ordinary file, or has more bytes than the limit.
    """
    file, _ = read_one(root, name, limit)
    return file


def read_one(root: Path, name: str, limit: int = LARGEST) -> tuple[SourceFile | None, list[Problem]]:
    """The same; what is there and cannot be read is told."""
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
    """Write the files of a tar archive below a folder; a link becomes the file that it names within the archive."""
    import tarfile  # no build needs it

    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            path = folder / member.name
            linked = member.issym() or member.islnk()
            if not (member.isfile() or linked) or not path.resolve().is_relative_to(folder.resolve()):
                continue
            try:
                held = tar.extractfile(member)
            except KeyError:  # a link that leads out of the archive
                continue
            if held:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(held.read())


def decode(file: SourceFile) -> tuple[str | None, list[Problem]]:
    """Give a file's text with LF line ends and no byte order mark, and what was wrong with its bytes.

    Characters that no source may hold are replaced one for one, so that none reaches a parser and every column stays.
    """
    problems: list[Problem] = []
    data = file.data
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        message = "the file begins with an invisible byte order mark"
        problems.append(Problem("byte-order-mark", message, Span(file.path), 'save it as "UTF-8 without BOM"'))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        line, column = place_of(before, len(before))
        message = f"a character here is not UTF-8 (byte 0x{data[fault.start]:02x})"
        hint = "save the file again with the encoding UTF-8"
        return None, [*problems, Problem("not-utf8", message, point(file.path, line, column), hint)]
    if "\r" in text:
        line, column = place_of(text, text.index("\r"))
        message = "lines end with CR and LF" if "\r\n" in text else "lines end with CR alone"
        hint = "set your editor to end lines with LF (Unix)"
        problems.append(Problem("carriage-return", message, point(file.path, line, column), hint))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [*problems, Problem("empty-file", "the file is empty", Span(file.path), "write it, or delete it")]
    if holds_refused(text):
        found = refused(text)
        problems += _refused(file.path, text, found)
        text = without_refused(text, found)
    return text, problems


def point(path: str, line: int, column: int, width: int = 1) -> Span:
    """Make the span of a few characters in one line."""
    return Span(path, line, column, line, column + width)


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of an offset in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def address_part_is_good(name: str) -> bool:
    """Whether a file's or folder's name can be a part of a web address as it is."""
    return bool(_ADDRESS_PART.fullmatch(name))


def good_name(name: str) -> str:
    """Propose a name that can be a part of a web address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower())) or "page"


def _place(before: str) -> tuple[int, int]:
    """Line and column (from 1) of what follows `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _refused(path: str, text: str, found: list[Refused]) -> list[Problem]:
    """Say what is wrong with the characters of a text, with line and column of each."""
    problems = []
    line, seen = 1, 0
    for one in found:
        line += text.count("\n", seen, one.start)
        seen = one.start
        column = one.start - text.rfind("\n", 0, one.start)
        problems.append(Problem(one.code, one.message, point(path, line, column, one.length), one.hint))
    return problems

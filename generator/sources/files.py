"""Files below the site's folder: never outside it, never too large, always with a digest."""

import hashlib
import io
import os
import re
import shutil
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.folders import CACHE as CACHE
from generator.folders import CONTENT as CONTENT
from generator.folders import STATIC as STATIC
from generator.folders import TEMPLATES as TEMPLATES
from generator.problems import Problem, Span

_RESERVED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufeff\ufffe\uffff]")
_REPLACEMENT = "\ufffd"
_ADDRESS_PART = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PROGRAM = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class SourceFile:
    """The bytes of one file. `path` is relative to the site's folder, with forward slashes."""

    path: str
    data: bytes
    digest: str


def source_file(path: str, data: bytes) -> SourceFile:
    """Make a source file from its bytes; the digest is SHA-256 in hexadecimal."""
    return SourceFile(path, data, hashlib.sha256(data).hexdigest())


def read_tree(root: Path, folder: str, limit: int) -> tuple[list[SourceFile], list[Problem]]:
    """Read every file below `root/folder`, sorted by path; hidden files are passed over. `limit` is in bytes."""
    files: list[SourceFile] = []
    problems: list[Problem] = []
    closed: list[OSError] = []
    is_inside = _is_inside(root / folder, root)
    for inner in _walk(root / folder, closed.append):
        name = f"{folder}/{inner}"
        try:
            problem = _refusal(root, name, limit, is_inside)
            if problem is None:
                files.append(source_file(name, (root / name).read_bytes()))
        except OSError as fault:
            problem = _closed(name, fault)
        problems += [problem] if problem else []
    return files, problems + [_closed(Path(fault.filename).relative_to(root).as_posix(), fault) for fault in closed]


def read_file(root: Path, name: str) -> SourceFile | None:
    """Read one file of the site's folder by its relative path; None where there is none, or where it leads outside."""
    path = root / name
    return source_file(name, path.read_bytes()) if path.is_file() and _is_inside(path, root) else None


def own_file(name: str) -> bytes:
    """Read a file of the program itself, which is there wherever the program is."""
    return (_PROGRAM / name).read_bytes()


def own_tree(name: str, ends: tuple[str, ...] = ("",)) -> dict[str, bytes]:
    """Read a folder of the program itself, or of the repository that it stands in: bytes by path within the folder.

    `ends` are those of the names that are wanted. It is empty where the folder is not there: an installed program has
    no repository around it.
    """
    folder = _PROGRAM / name if (_PROGRAM / name).is_dir() else _PROGRAM.parent / name
    return {inner: (folder / inner).read_bytes() for inner in _walk(folder) if inner.endswith(ends)}


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
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    beside.replace(path)


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

    Reserved characters are replaced one for one, so that none reaches a parser and every column stays.
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
        line, column = _place(data[: fault.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
        message = f"a character here is not UTF-8 (byte 0x{data[fault.start]:02x})"
        hint = "save the file again with the encoding UTF-8"
        return None, [*problems, Problem("not-utf8", message, point(file.path, line, column), hint)]
    if "\r" in text:
        line, column = _place(text[: text.index("\r")])
        message = "lines end with CR and LF" if "\r\n" in text else "lines end with CR alone"
        hint = "set your editor to end lines with LF (Unix)"
        problems.append(Problem("carriage-return", message, point(file.path, line, column), hint))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return None, [*problems, Problem("empty-file", "the file is empty", Span(file.path), "write it, or delete it")]
    if holds_reserved(text):
        problems += _reserved(file.path, text)
        text = _RESERVED.sub(_REPLACEMENT, text)
    return text, problems


def point(path: str, line: int, column: int, width: int = 1) -> Span:
    """Make the span of a few characters in one line."""
    return Span(path, line, column, line, column + width)


def holds_reserved(text: str) -> bool:
    """Whether a text, read from an escape, holds a character that a file may not hold."""
    return bool(_RESERVED.search(text))


def address_part_is_good(name: str) -> bool:
    """Whether a file's or folder's name can be a part of a web address as it is."""
    return bool(_ADDRESS_PART.fullmatch(name))


def good_name(name: str) -> str:
    """Propose a name that can be a part of a web address."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain.lower())) or "page"


def _walk(folder: Path, closed: Callable[[OSError], object] | None = None) -> Iterator[str]:
    """Give every file below a folder, by its path within it; `closed` is told of each folder that cannot be read."""
    for place, folders, names in os.walk(folder, onerror=closed if folder.is_dir() else None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if os.path.islink(f"{place}/{name}")]
        inner = Path(place).relative_to(folder).as_posix()
        before = "" if inner == "." else f"{inner}/"
        yield from (before + name for name in sorted(names + links) if not name.startswith("."))


def _is_inside(path: Path, root: Path) -> bool:
    """Whether a path, all links followed, leads into a folder."""
    return Path(os.path.realpath(path)).is_relative_to(root.resolve())


def _closed(name: str, fault: OSError) -> Problem:
    hint = "allow your account to read it; nothing is made while it may be missing"
    said = f"this cannot be read: {fault.strerror}"
    return Problem("unreadable-file", said, Span(name), hint)


def _refusal(root: Path, name: str, limit: int, is_inside: bool) -> Problem | None:
    """Say why a file is not read. `is_inside` tells whether the folder that was looked through is in the site's."""
    path = root / name
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        is_inside, status = _is_inside(path, root), path.stat() if path.exists() else status
    if not is_inside:
        return Problem("outside-folder", "this link of the file system leads outside the site's folder", Span(name))
    if not stat.S_ISREG(status.st_mode):
        return Problem("outside-folder", "this is a link of the file system to a folder or to nothing", Span(name))
    if status.st_size > limit:
        said = f"the file has {status.st_size} bytes; at most {limit} are read"
        return Problem("file-too-large", said, Span(name))
    return None


def _place(before: str) -> tuple[int, int]:
    """Line and column (from 1) of what follows `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _reserved(path: str, text: str) -> list[Problem]:
    found = []
    for match in _RESERVED.finditer(text):
        line, column = _place(text[: match.start()])
        message = f"an invisible character (U+{ord(match.group()):04X}) stands here"
        found.append(Problem("reserved-character", message, point(path, line, column), "delete it"))
    return found

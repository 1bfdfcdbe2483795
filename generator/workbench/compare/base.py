"""The state of a site that a change is compared with: a folder, or a revision in git."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from generator.config import FILE
from generator.disk.folders import CONTENT
from generator.sources.files import unpack

_BRANCH_POINT = "..."


class NoBase(Exception):
    """Why there is nothing to compare with."""


@dataclass(frozen=True)
class Base:
    """A folder that holds the base, how the base is called, and whether it has commits that the tree at hand lacks."""

    folder: Path
    name: str
    has_gone_on: bool = False


@contextmanager
def base_of(root: Path, base: str) -> Iterator[Base]:
    """Give the base of a site: a folder with a site.yaml, else a revision.

    `main...` is the commit at which the tree at hand left `main`. Nothing in the repository is touched.
    """
    if base and (Path(base) / FILE).is_file():
        yield Base(Path(base), base)
        return
    if Path(base).is_dir() and any(sign in base for sign in ("/", "\\")):
        raise NoBase(f"the folder {base} holds no {FILE}, so it is no site")
    commit, has_gone_on = _commit(root, base)
    held = _git(root, "ls-tree", "--name-only", commit).decode("utf-8", "replace").split("\n")
    if FILE not in held:
        raise NoBase(f"{base} has no {FILE} for this folder")
    archive = _git(root, "archive", "--format=tar", commit, "--", *(one for one in (FILE, CONTENT) if one in held))
    with TemporaryDirectory(prefix="compare-") as name:
        unpack(archive, Path(name))
        yield Base(Path(name), f"{base} ({commit[:7]})", has_gone_on)


def _commit(root: Path, base: str) -> tuple[str, bool]:
    """Give the commit that is meant, and whether it is none from which the tree at hand comes."""
    if which("git") is None:
        raise NoBase(f"{base} is no folder with a {FILE}, and git, which would know a revision, is not installed")
    try:
        _git(root, "rev-parse", "--is-inside-work-tree")
    except NoBase as fault:
        raise NoBase(f"{base} is no folder with a {FILE}, and {root} is in no repository of git: {fault}") from None
    revision = base.removesuffix(_BRANCH_POINT)
    try:
        # a name that begins with a hyphen would be read as an option
        commit = "" if revision.startswith("-") else _text(root, "rev-parse", "--verify", f"{revision}^{{commit}}")
    except NoBase:
        commit = ""
    if not commit:
        raise NoBase(f'git knows no revision "{revision}" (a shallow clone lacks older ones: `git fetch --unshallow`)')
    try:
        shared = _text(root, "merge-base", commit, "HEAD")
    except NoBase:
        shared = ""
    if base.endswith(_BRANCH_POINT):
        if not shared:
            raise NoBase(f"this tree and {revision} have no commit in common")
        return shared, False
    return commit, shared != commit


def _text(root: Path, *arguments: str) -> str:
    return _git(root, *arguments).decode("utf-8", "replace").strip()


def _git(root: Path, *arguments: str) -> bytes:
    program = which("git")
    if program is None:
        raise NoBase("git is not installed")
    # A list and no shell; a revision is never the first letter of an option.
    ran = subprocess.run([program, "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603
    if ran.returncode:
        lines = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        raise NoBase(lines[0] if lines else f"git {arguments[0]} failed")
    return ran.stdout

"""Where the files of a site are to be: no path leads out of it, and none is wanted twice."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from generator.output.outputs import Output
from generator.problems.faults import Refused

MANIFEST = ".site-manifest.json"
"""The file in which a site says of itself which files a build made (`manifest.py`); no output may have its place."""
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
"""Paths of which nothing needs to be looked at: none of their parts begins with a dot."""


class Unsafe(Refused):
    """The output would be written where it must not be."""


def files_of(outputs: Iterable[Output]) -> tuple[dict[str, Output], set[str]]:
    """Give every file by its path, in order, and the paths of all folders in which they are.

    Raises:
        Unsafe: If a path leads out of the site, two files of other bytes want the same one, or one would be a folder.
    """
    files: dict[str, Output] = {}
    for one in outputs:
        _refuse_unsafe(one.path)
        first = files.setdefault(one.path, one)
        if first is not one and first.digest != one.digest:
            makers = f"one from {first.made_from}, the other from {one.made_from}"
            raise Unsafe(f"two things want to be written as {one.path}, {makers}")
    folders = folders_of(files)
    both = sorted(folders & files.keys())
    if both:
        raise Unsafe(f"{both[0]} would be a file, made from {files[both[0]].made_from}, and a folder")
    return {path: files[path] for path in sorted(files)}, folders


def _refuse_unsafe(path: str) -> None:
    if _PLAIN.fullmatch(path):
        return
    pure = PurePosixPath(path)
    strange = pure.is_absolute() or ".." in pure.parts or "\\" in path or "\0" in path or path in ("", ".", MANIFEST)
    if strange or str(pure) != path:
        raise Unsafe(f"{path!r} is not a path within the site")


def folders_of(paths: Iterable[str]) -> set[str]:
    """Give every folder in which one of these paths is, and those in which that is."""
    found = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found

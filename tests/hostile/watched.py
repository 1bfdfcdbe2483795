"""Build a site while every file, connection and program that Python is asked for is noted; print them as JSON.

Run as a program of its own, since a hook cannot be taken away again: `python watched.py ROOT OUTPUT`.
"""

import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from generator.stages.options import Options

_PATHS = ("open", "os.", "shutil.", "glob.", "tempfile.", "pathlib.")
_REACHES = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "urllib.",
    "ftplib.",
)
_CODE = ("exec", "compile")

seen: dict[str, set[str]] = defaultdict(set)
watching = False


def note(event: str, given: tuple[Any, ...]) -> None:
    """Note what was asked for: paths, ways out of the process, code that is run."""
    if not watching:
        return
    if event.startswith(_REACHES):
        seen["reached"].add(f"{event} {given!r}"[:300])
    elif event.startswith(_PATHS):
        for one in given[:2] if event in ("os.rename", "os.link", "os.symlink", "shutil.copyfile") else given[:1]:
            if isinstance(one, (str, bytes, os.PathLike)):
                path = os.path.normpath(os.path.join(os.getcwd(), os.fsdecode(one)))
                seen["touched"].add(os.fsdecode(os.path.realpath(os.path.dirname(path)) + "/" + os.path.basename(path)))
    elif event in _CODE:
        name = given[0].co_filename if event == "exec" else given[1]
        seen["ran"].add(os.fsdecode(name) if isinstance(name, (str, bytes)) else repr(name))


def main(root: Path, target: Path) -> None:
    """Build twice: as a host would have it, and with no problem stopping anything."""
    global watching
    sys.addaudithook(note)
    watching = True
    from generator import pipeline
    from generator.cache.cache import Cache  # noqa: F401
    from generator.problems.problem import Problem

    options = Options(today="2026-11-21", epub=True)
    found = pipeline.build(root, options)
    Problem.is_error = property(lambda self: False)  # type: ignore[method-assign, assignment]
    done = pipeline.build(root, options)
    safe = [one for one in done.outputs if ".." not in one.path.split("/")]
    files = {one.path for one in safe}
    folders = {str(parent) for path in files for parent in Path(path).parents}
    for one in safe:
        if one.path not in folders:
            (target / one.path).parent.mkdir(parents=True, exist_ok=True)
            (target / one.path).write_bytes(one.body)
    watching = False
    told = {name: sorted(several) for name, several in seen.items()}
    print(json.dumps({**told, "problems": len(found.problems), "outputs": len(done.outputs)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

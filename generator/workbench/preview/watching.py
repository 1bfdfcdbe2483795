"""Which changes of files make a new build, and the watch over them. The system tells of a change; nothing is polled."""

import asyncio
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path, PurePath

from watchfiles import awatch

from generator.config import FILE
from generator.disk.folders import CONTENT, STATIC, TEMPLATES

FOLDERS = (CONTENT, TEMPLATES, STATIC)
"""The folders that are watched with all that is in them; beside them, site.yaml."""
_STEP = 5
"""Milliseconds within which changes are told together: a save waits for two of them at most. Builds wait for a calm of
their own."""
_PASSING = re.compile(r".*~|.*\.(sw[a-z]|tmp|bak|orig|rej)|#.*#|4913|.*___jb_(tmp|old|bak)___")
"""Names of files that editors make beside the one that is written."""

Note = Callable[[list[str]], None]
"""Is told the paths that changed, from the site's folder."""


def matters(path: str) -> bool:
    """Whether a change of a file or folder, by its path from the site's folder, can change the site.

    What begins with a dot is never read. A folder counts as a file does: one that was moved here comes with its files,
    and nothing else tells of them.
    """
    parts = PurePath(path).parts
    if not parts or any(part.startswith(".") or _PASSING.fullmatch(part) for part in parts):
        return False
    return parts[0] in FOLDERS or parts == (FILE,)


def relevant(root: Path, changed: Iterable[str]) -> list[str]:
    """Give those of the changed files, named in full, that matter: sorted, by their paths from the site's folder."""
    inside = (PurePath(path) for path in changed)
    named = {path.relative_to(root).as_posix() for path in inside if path.is_relative_to(root)}
    return sorted(path for path in named if matters(path))


async def watch(root: Path, note: Note, stands: asyncio.Event) -> None:
    """Tell of changes until cancelled; `stands` is set when none can be missed any more.

    A folder that was itself deleted, renamed or made anew has lost its watch; the one over the site's folder tells of
    it, and the folders are watched afresh.
    """
    root = root.resolve()
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:

        async def top() -> None:
            nonlocal stop
            async for found in awatch(root, recursive=False, watch_filter=None, step=_STEP):
                changed = relevant(root, (path for _, path in found))
                if set(changed) & set(FOLDERS):
                    stop.set()
                    stop = asyncio.Event()
                    group.create_task(inner(stop))
                    await asyncio.sleep(0)
                if changed:
                    note(changed)

        async def inner(stop: asyncio.Event) -> None:
            folders = [root / name for name in FOLDERS if (root / name).is_dir()]
            with suppress(FileNotFoundError):  # one that has just gone is told of by the watch above
                if folders:
                    async for found in awatch(*folders, watch_filter=None, stop_event=stop, step=_STEP):
                        changed = relevant(root, (path for _, path in found))
                        if changed:
                            note(changed)

        group.create_task(top())
        group.create_task(inner(stop))
        await asyncio.sleep(0)  # both tasks have run to their first wait, and by then their watches stand
        stands.set()

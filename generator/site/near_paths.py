"""What may have been meant by a path that leads nowhere."""

import posixpath
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from generator.disk.folders import CONTENT
from generator.problems.likeness import names, suggest
from generator.site.catalogue import Catalogue

_NAMED = 8
_STEMS = 20
"""How many names of files that look like a wrong one are followed to their paths."""


def near_paths(path: str, document: str, catalogue: Catalogue) -> str:
    """Propose pages whose path from a document looks like what was written there."""
    folder = posixpath.dirname(document)
    if path.startswith("/"):
        return at_address(path, document, catalogue)
    if path.startswith(f"{CONTENT}/") and path in catalogue.documents:
        return f'write it relative to this file: "{posixpath.relpath(path, folder)}"'
    if path.lower().startswith("www."):
        return "the address of another site begins with https://"
    if path.endswith("/"):
        return f'a link names a file: "{path}index.md"'
    pages = tuple(catalogue.documents)
    hint = near(path, pages, folder)
    if hint:
        return hint
    same_name = _filed(pages).by_name.get(posixpath.basename(path), ())
    found = [posixpath.relpath(one, folder) for one in same_name if posixpath.basename(one) != "index.md"]
    if found:
        return f'did you mean "{found[0]}"?'
    wanted = posixpath.dirname(posixpath.normpath(posixpath.join(folder, path)))
    there = _filed(pages).by_folder.get(wanted, ())
    first = [posixpath.relpath(one, folder) for one in there[:_NAMED]]
    more = ", ..." if len(there) > _NAMED else ""
    return f"that folder has: {', '.join(first)}{more}" if first else ""


def at_address(path: str, document: str, catalogue: Catalogue) -> str:
    """Say the path of the page that has an address of the site."""
    wanted = path if path.endswith("/") else f"{path}/"
    for one, url in catalogue.urls.items():
        if url == wanted:
            found = posixpath.relpath(one, posixpath.dirname(document))
            return f'write it relative to this file: "{found}"'
    return ""


def at_own_address(address: str, document: str, catalogue: Catalogue) -> str:
    """Say the path of the page to which a web address leads, where that is a page of this site."""
    start = catalogue.config.url
    path, _, anchor = address.partition("#")
    if not f"{path.rstrip('/')}/".startswith(start):
        return ""
    hint = at_address(f"/{path[len(start) :]}", document, catalogue)
    return f'{hint[:-1]}#{anchor}"' if hint and anchor else hint


def near(path: str, known: Iterable[str], folder: str = "") -> str:
    """Propose paths that look like one that is wrong, if their file's own name does: folders and endings look alike.

    They are proposed as they are written in a folder. Only files whose names look alike are turned into such paths: a
    site may have very many.
    """
    filed = _filed(tuple(known))
    alike = names(tuple(filed.by_stem)).alike(PurePosixPath(path).stem, _STEMS)
    found = [one for stem, _ in alike for one in filed.by_stem[stem]]
    return suggest(path, [posixpath.relpath(one, folder) if folder else one for one in found])


class _Filed:
    """Paths by the name of their file, with its ending and without, and by their folder, each in its order."""

    def __init__(self, paths: Iterable[str]) -> None:
        every = [(one, PurePosixPath(one)) for one in paths]
        self.by_stem = _grouped((pure.stem, one) for one, pure in every)
        self.by_name = _grouped((pure.name, one) for one, pure in every)
        self.by_folder = _grouped((posixpath.dirname(one), one) for one, pure in every)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: tuple(some) for key, some in found.items()}


@lru_cache(maxsize=8)
def _filed(paths: tuple[str, ...]) -> _Filed:
    return _Filed(paths)

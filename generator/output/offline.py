"""What a reader's browser needs to keep the whole site: the list of its files, and the worker that keeps them.

The worker's first line names the list by its digest. A change of any file thus changes the list, the line and so the
worker, which is how a browser notices that there is something new.
"""

import hashlib
import json
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote

from generator.output.assets import WORKER
from generator.output.outputs import KEPT, Output
from generator.site.frame import KEPT_SIZE

LIST = "offline.json"
_MEGABYTE = 1_000_000
_LOADED_RELATIONS = frozenset(("stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload"))
_LOADED_BY_SCRIPTS = ("search/",)
"""Folders of files that no page names, since a script asks for them."""
_LATER = "data-search"
"""The attribute that names a script which is loaded only when a reader wants it."""


@dataclass
class _Loads(HTMLParser):
    """The addresses that a page loads by itself; what it only links to is another matter."""

    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and _LOADED_RELATIONS & set(values.get("rel", "").split()):
            self.found.append(values.get("href", ""))
        elif tag != "link" and "src" in values:
            self.found.append(values["src"])
        if _LATER in values:
            self.found.append(values[_LATER])


def with_copy(outputs: Iterable[Output], base_path: str) -> list[Output]:
    """Give all outputs as they are published: with the size told on every page, the list, and the worker that knows it.

    `base_path` is where the site is hosted, from slash to slash. The same outputs give the same bytes.
    """
    every = {one.path: one for one in outputs}
    kept = kept_paths(every, base_path)
    megabytes = max(1, round(sum(len(every[path].body) for path in kept) / _MEGABYTE))
    mark, size = KEPT_SIZE.encode(), str(megabytes).encode()
    finished = {
        path: replace(one, body=one.body.replace(mark, size)) if path.endswith(".html") else one
        for path, one in every.items()
    }
    listed = _list({path: finished[path].body for path in kept})
    if WORKER in finished:
        worker = finished[WORKER]
        line = f'const VERSION = "{_digest(listed)}";\n'.encode()
        finished[WORKER] = replace(worker, body=line + worker.body)
        finished[LIST] = Output(LIST, listed, worker.made_from)
    return list(finished.values())


def without_copy(outputs: Iterable[Output]) -> list[Output]:
    """Leave out the worker, for a site that is read from files and needs none."""
    return [one for one in outputs if one.path != WORKER]


def kept_paths(outputs: Mapping[str, Output], base_path: str) -> list[str]:
    """Name the files of a whole site: every page and all that pages load, but no feeds and no data for machines."""
    kept = {path for path in outputs if path.endswith(".html") or path.startswith(_LOADED_BY_SCRIPTS)}
    for path in sorted(kept):
        if path.endswith(".html"):
            kept |= loaded_by(outputs[path], base_path) & set(outputs)
    return sorted(kept - {WORKER})


@lru_cache(maxsize=KEPT)
def loaded_by(page: Output, base_path: str) -> frozenset[str]:
    """Name the files that a page loads by itself, by their paths."""
    loads = _Loads()
    loads.feed(page.body.decode("utf-8"))
    loads.close()
    return frozenset(_target(one, page.path, base_path) for one in loads.found)


def _target(address: str, path: str, base_path: str) -> str:
    address = unquote(address.partition("#")[0])
    if address.startswith("/"):
        return address.removeprefix(base_path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _list(bodies: Mapping[str, bytes]) -> bytes:
    """The list of files: each by the address at which a page asks for it, with the SHA-256 of its bytes."""
    files = [
        {"address": path.removesuffix("index.html") if posixpath.basename(path) == "index.html" else path,
         "sha256": _digest(body)}
        for path, body in sorted(bodies.items())
    ]  # fmt: skip
    return (json.dumps({"files": files}, indent=0, separators=(",", ":")) + "\n").encode()


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()

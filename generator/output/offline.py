"""What a reader's browser needs to keep the whole site: the list of its files, and the worker that keeps them.

The worker's first line names the list by its digest. A change of any file thus changes the list, the line and so the
worker, which is how a browser notices that there is something new.
"""

import hashlib
import json
import posixpath
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import unquote

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.remembering import remembered_whole
from generator.output.altered import altered
from generator.output.assets import WORKER
from generator.output.outputs import Output
from generator.output.reading import Reading
from generator.site.frame import KEPT_SIZE

LIST = "offline.json"
_MEGABYTE = 1_000_000
_TELL_SIZE = (".html", ".md")
_LOADED_BY_SCRIPTS = ("search/",)
"""Folders of files that no page names, since a script asks for them."""
_PATHS = frozenset[str]


def with_copy(
    outputs: Iterable[Output], readings: Mapping[str, Reading], base_path: str, cache: Cache = NOTHING_KEPT
) -> list[Output]:
    """Give all outputs as they are published: with the size told on every page, the list, and the worker that knows it.

    `readings` has each page by its path; `base_path` is where the site is hosted, from slash to slash. The same outputs
    give the same bytes.
    """
    every = {one.path: one for one in outputs}
    kept = kept_paths(every, readings, base_path, cache)
    megabytes = max(1, round(sum(every[path].size for path in kept) / _MEGABYTE))
    mark, size = KEPT_SIZE.encode(), str(megabytes).encode()
    telling = [one for one in every.values() if one.path.endswith(_TELL_SIZE)]
    told = altered(telling, lambda body: body.replace(mark, size), b"kept size " + size, cache)
    every |= {one.path: one for one in told}
    listed = _list({path: every[path].digest for path in kept})
    if WORKER in every:
        worker = every[WORKER]
        line = f'const VERSION = "{hashlib.sha256(listed).hexdigest()}";\n'.encode()
        every[WORKER] = Output(WORKER, line + worker.body, worker.made_from)
        every[LIST] = Output(LIST, listed, worker.made_from)
    return list(every.values())


def without_copy(outputs: Iterable[Output]) -> list[Output]:
    """Leave out the worker, for a site that is read from files and needs none."""
    return [one for one in outputs if one.path != WORKER]


def kept_paths(
    outputs: Iterable[str], readings: Mapping[str, Reading], base_path: str, cache: Cache = NOTHING_KEPT
) -> list[str]:
    """Name the files of a whole site, of the paths of all: every page and all that pages load, but no feeds and no data
    for machines."""
    every = frozenset(outputs)
    told = (text for path, one in readings.items() for text in (path, one.signs.loads))
    key = key_of("\0".join((base_path, *told)).encode("utf-8", "surrogatepass"))
    loaded = remembered_whole("loaded", _PATHS, key, lambda: _loaded(readings, base_path), cache)
    kept = {path for path in every if path in readings or path.startswith(_LOADED_BY_SCRIPTS)}
    return sorted((kept | (loaded & every)) - {WORKER})


def _loaded(readings: Mapping[str, Reading], base_path: str) -> frozenset[str]:
    """Name the files that any page loads, whether or not they are there."""
    return frozenset().union(*(loaded_by(reading, path, base_path) for path, reading in readings.items()))


def loaded_by(reading: Reading, path: str, base_path: str) -> frozenset[str]:
    """Name the files that the page at a path loads by itself, by their paths."""
    return frozenset(_target(one, path, base_path) for one in reading.loads)


def _target(address: str, path: str, base_path: str) -> str:
    return _in_folder(address, posixpath.dirname(path), base_path)


@lru_cache(maxsize=16_384)  # the pages of a folder load the same
def _in_folder(address: str, folder: str, base_path: str) -> str:
    address = unquote(address.partition("#")[0])
    if address.startswith("/"):
        return address.removeprefix(base_path)
    return posixpath.normpath(posixpath.join(folder, address))


def _list(digests: Mapping[str, str]) -> bytes:
    """The list of files: each by the address at which a page asks for it, with the SHA-256 of its bytes."""
    files = (
        f'{{\n"address":{json.dumps(_address(path))},\n"sha256":"{digest}"\n}}'
        for path, digest in sorted(digests.items())
    )
    return ('{\n"files":[\n' + ",\n".join(files) + "\n]\n}\n").encode()


def _address(path: str) -> str:
    return path.removesuffix("index.html") if posixpath.basename(path) == "index.html" else path

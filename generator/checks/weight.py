"""How heavy pages are for a reader, learnt while one writes: each with its stylesheet, script and icon, compressed."""

import gzip
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.output.outputs import Output
from generator.problems.problem import Problem, Span

_LOADED = (".css", ".js", ".svg")
_ASSETS = "assets/"
_QUICK, _BEST = 1, 9
"""Levels of compression: a page that the one which takes the least time makes light enough is not weighed exactly."""
_LATER = re.compile(rb'data-search="[^"]*"')
"""Names a script that is loaded only when a reader wants it."""


def check_weight(outputs: Iterable[Output], most: int, cache: Cache = NOTHING_KEPT) -> list[Problem]:
    """Warn of each page that comes to more bytes than `most`; drawings in a text are not counted, 0 is no limit."""
    every = list(outputs) if most else []
    assets = [one for one in every if one.path.startswith(_ASSETS) and one.path.endswith(_LOADED)]
    loaded = dict(zip([one.path for one in assets], _sizes(assets, _BEST, cache), strict=True))
    room = most - sum(loaded.values())
    problems = []
    large = [one for one in every if one.path.endswith(".html") and one.size > room]
    left = [one for one, size in zip(large, _sizes(large, _QUICK, cache), strict=True) if size > room]
    for page, weight in zip(left, _weights(left, loaded, cache), strict=True):
        if weight > most:
            message = f"{page.path} comes to {weight:,} bytes with what it loads; {most:,} are the limit"
            hint = "split the page; a long list of sources takes less room with `citations: names`"
            problems.append(Problem("page-weight", message, Span(page.made_from), hint))
    return problems


def _weights(pages: Sequence[Output], loaded: Mapping[str, int], cache: Cache) -> list[int]:
    """How many bytes each page comes to, packed, with those files that it loads at once, of which the sizes are given.
    A page that was weighed before with the same files is not even fetched."""
    base = key_of(b"weight", program_digest(), *(f"{path}\0{size}".encode() for path, size in sorted(loaded.items())))
    keys = [key_of(base, one.digest.encode()) for one in pages]
    kept = cache.get(keys)
    left = {key: one for key, one in zip(keys, pages, strict=True) if key not in kept}
    fresh = {}
    for (key, page), size in zip(left.items(), _sizes([*left.values()], _BEST, cache), strict=True):
        at_once = _LATER.sub(b"", page.body)
        fresh[key] = size + sum(part for path, part in loaded.items() if path.encode() in at_once)
    cache.put({key: str(weight).encode() for key, weight in fresh.items()})
    return [int(kept[key]) if key in kept else fresh[key] for key in keys]


def _sizes(outputs: Sequence[Output], level: int, cache: Cache) -> list[int]:
    """How many bytes each of these files has when it is packed; one that was packed before is not packed again."""
    base = key_of(b"size", zlib.ZLIB_RUNTIME_VERSION.encode(), bytes([level]))
    keys = [key_of(base, one.digest.encode()) for one in outputs]
    kept = cache.get(keys)
    fresh = {key: packed(one.body, level) for key, one in zip(keys, outputs, strict=True) if key not in kept}
    cache.put({key: str(size).encode() for key, size in fresh.items()})
    return [int(kept[key]) if key in kept else fresh[key] for key in keys]


def packed(body: bytes, level: int) -> int:
    """Give how many bytes a body has when it is packed."""
    return len(gzip.compress(body, level, mtime=0))

"""How heavy pages are for a reader, learnt while one writes: each with its stylesheet, script and icon, compressed."""

import gzip
import re
from collections.abc import Iterable, Mapping

from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.output.outputs import Output
from generator.problems import Problem, Span

_LOADED = (".css", ".js", ".svg")
_ASSETS = "assets/"
_QUICK = 1
"""The level of compression that takes the least time: a page that it makes light enough need not be weighed exactly."""
_LATER = re.compile(rb'data-search="[^"]*"')
"""Names a script that is loaded only when a reader wants it."""


def check_weight(outputs: Iterable[Output], most: int, cache: Cache = NOTHING_KEPT) -> list[Problem]:
    """Warn of each page that comes to more bytes than `most`; drawings in a text are not counted, 0 is no limit."""
    every = list(outputs) if most else []
    assets = [one for one in every if one.path.startswith(_ASSETS) and one.path.endswith(_LOADED)]
    packed = {one.path: _packed(one.body) for one in assets}
    room = most - sum(packed.values())
    base = key_of(b"weight", repr((most, packed)).encode())
    problems = []
    for page in every:
        if not page.path.endswith(".html") or page.size <= room:
            continue
        key = key_of(base, page.digest.encode())
        kept = cache.get([key]).get(key, b"")
        weight = int(kept) if kept.isdigit() else _weight(page.body, room, packed)
        if not kept:
            cache.put({key: str(weight).encode()})
        if weight > most:
            message = f"{page.path} comes to {weight:,} bytes with what it loads; {most:,} are the limit"
            hint = "split the page; a long list of sources takes less room with `citations: names`"
            problems.append(Problem("page-weight", message, Span(page.made_from), hint))
    return problems


def _weight(body: bytes, room: int, assets: Mapping[str, int]) -> int:
    """What a page comes to with what it loads. A quick measure that says that there is room for all of it is enough."""
    quick = _packed(body, _QUICK)
    if quick <= room:
        return quick
    at_once = _LATER.sub(b"", body)
    return _packed(body) + sum(size for path, size in assets.items() if path.encode() in at_once)


def _packed(body: bytes, level: int = 9) -> int:
    return len(gzip.compress(body, level, mtime=0))

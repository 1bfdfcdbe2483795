"""Files that are changed once the whole site is known, such as by a line that every page gets.

What comes of each is known by its digest from earlier builds: it is made when somebody asks for the bytes.
"""

from collections.abc import Callable, Iterable
from functools import partial

from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.output.outputs import Kept, Output
from generator.sources.program import program_digest

Change = Callable[[bytes], bytes]
_Known = dict[str, tuple[str, int]]
"""Digest and size of what comes of a file, by the digest of the file."""
_COLUMNS = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]
"""The same as it is kept."""


def altered(outputs: Iterable[Output], change: Change, name: bytes, cache: Cache = NOTHING_KEPT) -> list[Output]:
    """Change every output. `name` tells the change from every other: of one program, the same name does the same."""
    key = key_of(b"altered", program_digest(), name)
    known = _read(cache.get([key]).get(key))
    used: _Known = {}
    made = [_altered(one, change, known, used) for one in outputs]
    if not used.keys() <= known.keys():
        columns = tuple(used), tuple(one for one, _ in used.values()), tuple(size for _, size in used.values())
        cache.put({key: as_json(encoder(_COLUMNS)(columns))})
    return made


def _altered(output: Output, change: Change, known: _Known, used: _Known) -> Output:
    if not isinstance(output, Kept):
        return Output(output.path, change(output.body), output.made_from)
    found = known.get(output.digest) or used.get(output.digest)
    if found is None:
        fresh = Output(output.path, change(output.body), output.made_from)
        found = fresh.digest, fresh.size
    digest, size = used[output.digest] = found
    return Kept(output.path, output.made_from, digest, size, partial(_changed, output, change))


def _changed(output: Output, change: Change) -> bytes:
    return change(output.body)


def _read(data: bytes | None) -> _Known:
    if data is None:
        return {}
    try:
        digests, others, sizes = decoder(_COLUMNS)(from_json(data))
    except Unfit:
        return {}
    return dict(zip(digests, zip(others, sizes, strict=False), strict=False))

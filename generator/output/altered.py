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
_KNOWN = dict[str, tuple[str, int]]
"""Digest and size of what comes of a file, by the digest of the file."""


def altered(outputs: Iterable[Output], change: Change, name: bytes, cache: Cache = NOTHING_KEPT) -> list[Output]:
    """Change every output. `name` tells the change from every other: of one program, the same name does the same."""
    key = key_of(b"altered", program_digest(), name)
    known = _read(cache.get([key]).get(key))
    used: dict[str, tuple[str, int]] = {}
    made = [_altered(one, change, known, used) for one in outputs]
    if not used.keys() <= known.keys():
        cache.put({key: as_json(encoder(_KNOWN)(used))})
    return made


def _altered(
    output: Output, change: Change, known: dict[str, tuple[str, int]], used: dict[str, tuple[str, int]]
) -> Output:
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


def _read(data: bytes | None) -> dict[str, tuple[str, int]]:
    if data is None:
        return {}
    try:
        found: dict[str, tuple[str, int]] = decoder(_KNOWN)(from_json(data))
    except Unfit:
        return {}
    return found

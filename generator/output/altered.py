"""Files that are changed once the whole site is known, such as by a line that every page gets.

What comes of each is known by its digest from earlier builds: it is made when somebody asks for the bytes.
"""

from collections.abc import Callable, Iterable

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.output.known_digests import KnownDigests
from generator.output.outputs import LazyOutput, Output

Change = Callable[[bytes], bytes]
"""A pure function of the bytes of a file."""


def altered(outputs: Iterable[Output], change: Change, name: bytes, cache: Cache = NOTHING_KEPT) -> list[Output]:
    """Change every output. `name` tells the change from every other: of one program, the same name does the same."""
    known = KnownDigests(key_of(b"altered", program_digest(), name), cache)
    made = [_altered(one, change, known) for one in outputs]
    known.keep()
    return made


def _altered(output: Output, change: Change, known: KnownDigests) -> Output:
    def body() -> bytes:
        return change(output.body)

    if not isinstance(output, LazyOutput):
        return Output(output.path, body(), output.made_from)
    found = known.get(output.digest)
    if found is None:
        fresh = Output(output.path, body(), output.made_from)
        found = fresh.digest, fresh.size
        known.put(output.digest, *found)
    return LazyOutput(output.path, output.made_from, *found, body)

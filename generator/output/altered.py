"""Files that are changed once the whole site is known, such as by a line that every page gets.

What comes of each is known by its digest from earlier builds: it is made when somebody asks for the bytes.
"""

from collections.abc import Callable, Iterable
from functools import partial

from generator.cache.cache import NOTHING_KEPT, Cache, key_of
from generator.cache.program import program_digest
from generator.output.foreseen import Foreseen
from generator.output.outputs import Gone, Kept, Output, is_of

Change = Callable[[bytes], bytes]


def altered(outputs: Iterable[Output], change: Change, name: bytes, cache: Cache = NOTHING_KEPT) -> list[Output]:
    """Change every output. `name` tells the change from every other: of one program, the same name does the same."""
    foreseen = Foreseen(key_of(b"altered", program_digest(), name), cache)
    made = [_altered(one, change, foreseen) for one in outputs]
    foreseen.keep()
    return made


def _altered(output: Output, change: Change, foreseen: Foreseen) -> Output:
    if not isinstance(output, Kept):
        return Output(output.path, change(output.body), output.made_from)
    found = foreseen.get(output.digest)
    if found is None:
        fresh = Output(output.path, change(output.body), output.made_from)
        found = fresh.digest, fresh.size
        foreseen.put(output.digest, *found)
    return Kept(output.path, output.made_from, *found, partial(_changed, output, change, found[0]))


def _changed(output: Output, change: Change, digest: str) -> bytes:
    body = change(output.body)
    if not is_of(body, digest):
        raise Gone(f"what was kept of {output.path} is not what it should be")
    return body

"""All articles of a site, parsed: those that were parsed before come from the cache, the others are shared out."""

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from generator.cache import Cache, key_of
from generator.codec import Unfit
from generator.markup.document import Document, Inside, Settings, parse
from generator.markup.kept import as_bytes, from_bytes, inside_from
from generator.sources.files import SourceFile
from generator.sources.program import program_digest
from generator.timing import STOPPED, Clock
from generator.workers import shared

_LOT = 32
"""Articles that go to a worker at once."""

Told = Callable[[int, int], None]
"""Is told how many articles are there, and of how many."""


@dataclass(frozen=True)
class Parsed:
    """All documents, in the order of their files, and how many had to be parsed."""

    documents: list[Document]
    parses: int


def parse_articles(
    files: Sequence[SourceFile],
    settings: Settings,
    told: Told,
    cache: Cache,
    executor: Executor | None = None,
    clock: Clock = STOPPED,
) -> Parsed:
    """Parse every article, each on its own."""
    keys = [_key(file, settings) for file in files]
    kept = cache.get(keys)
    found: dict[int, Document] = {}
    for number, (file, key) in enumerate(zip(files, keys, strict=True)):
        document = _kept(kept.get(key), file, settings, cache, key)
        if document:
            found[number] = document
    wanted = [number for number in range(len(files)) if number not in found]
    told(len(found), len(files))
    for number, document in _fresh(wanted, files, keys, settings, cache, executor, clock):
        found[number] = document
        told(len(found), len(files))
    return Parsed([found[number] for number in range(len(files))], len(wanted))


def _fresh(
    wanted: list[int],
    files: Sequence[SourceFile],
    keys: Sequence[bytes],
    settings: Settings,
    cache: Cache,
    executor: Executor | None,
    clock: Clock,
) -> Iterable[tuple[int, Document]]:
    """Parse what is not kept, here or by workers, and keep it."""
    if executor is None or len(wanted) <= _LOT:
        for number in wanted:
            with clock.spending(partial(clock.parsed, files[number].path)):
                document = parse(files[number], settings)
                outside, inside = as_bytes(document)
            cache.put({keys[number]: outside, _of_inside(keys[number]): inside})
            yield number, document
        return
    work = partial(parse_lot, settings=settings)
    given = [files[number] for number in wanted]
    costs = (lambda file, spent: clock.parsed(file.path, spent)) if clock.runs else None
    made = shared(work, given, _LOT, executor, lambda file: f"parsed {file.path}", costs)
    for number, (outside, inside) in zip(wanted, made, strict=True):
        can_be_got = cache.put({keys[number]: outside, _of_inside(keys[number]): inside})
        fetch = partial(_inside, files[number], settings, cache, keys[number])
        yield number, from_bytes(outside, fetch if can_be_got else partial(inside_from, inside))


def is_kept(file: SourceFile, settings: Settings, cache: Cache) -> bool:
    """Whether an article was parsed before as it is now."""
    return cache.has([_key(file, settings)])


def _key(file: SourceFile, settings: Settings) -> bytes:
    base = json.dumps([settings.language, settings.kinds]).encode()
    path = file.path.encode("utf-8", "surrogatepass")
    return key_of(b"document", program_digest(), base, path, file.digest.encode())


def parse_lot(files: list[SourceFile], settings: Settings) -> list[tuple[bytes, bytes]]:
    """Parse some articles, in whatever process: they travel as bytes."""
    return [as_bytes(parse(file, settings)) for file in files]


def _kept(data: bytes | None, file: SourceFile, settings: Settings, cache: Cache, key: bytes) -> Document | None:
    """Read a document that is kept; what cannot be read is parsed again."""
    if data is None:
        return None
    try:
        return from_bytes(data, partial(_inside, file, settings, cache, key))
    except Unfit:
        return None


def _inside(file: SourceFile, settings: Settings, cache: Cache, key: bytes) -> Inside:
    """Fetch what is inside a document; where the cache has lost it, the article is parsed again."""
    wanted = _of_inside(key)
    data = cache.get([wanted]).get(wanted)
    if data is not None:
        with suppress(Unfit):
            return inside_from(data)
    return parse(file, settings).fetch()


def _of_inside(key: bytes) -> bytes:
    return key_of(key, b"inside")

"""What is found in each article, or in the data files, remembered: it is found again from these and what all know, and
from nothing else."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.markup.document import Document
from generator.sources.files import SourceFile
from generator.sources.program import program_digest

_T = TypeVar("_T")


@dataclass(frozen=True)
class Remembered(Generic[_T]):
    """What was found in each document, and its digest, by the document's path."""

    found: Mapping[str, _T]
    digests: Mapping[str, bytes]


def remembered(
    what: str, kind: Any, find: Callable[[Document], _T], documents: Iterable[Document], facts: bytes, cache: Cache
) -> Remembered[_T]:
    """Give what `find` finds in each document; `kind` is its type, which the codec knows.

    `facts` is the digest of all that `find` reads beside the document.
    """
    every = list(documents)
    base = key_of(what.encode(), program_digest(), facts)
    keys = [key_of(base, one.path.encode("utf-8", "surrogatepass"), one.digest.encode()) for one in every]
    kept = cache.get(keys)
    read, write = decoder(kind), encoder(kind)
    found: dict[str, _T] = {}
    digests: dict[str, bytes] = {}
    for document, key in zip(every, keys, strict=True):
        data = kept.get(key)
        try:
            found[document.path] = read(from_json(data)) if data else find(document)
        except Unfit:
            data, found[document.path] = None, find(document)
        if data is None:
            data = as_json(write(found[document.path]))
            cache.put({key: data})
        digests[document.path] = key_of(data)
    return Remembered(found, digests)


def remembered_whole(what: str, kind: Any, make: Callable[[], _T], asked: Iterable[str], cache: Cache) -> _T:
    """Give what `make` makes; `asked` is all on which that depends. `kind` is its type, which the codec knows.

    A value that is not quite of that type is given all the same, and made again the next time.
    """
    key = key_of(what.encode(), program_digest(), *(one.encode("utf-8", "surrogatepass") for one in asked))
    data = cache.get([key]).get(key)
    with suppress(Unfit):
        if data:
            kept: _T = decoder(kind)(from_json(data))
            return kept
    made = make()
    with suppress(Unfit):
        cache.put({key: as_json(encoder(kind)(made))})
    return made


def digests_of(*files: SourceFile) -> tuple[str, ...]:
    """Give what tells files from all others: where each is, and the digest of its bytes."""
    return tuple(f"{file.path}\0{file.digest}" for file in files)

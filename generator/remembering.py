"""What is found in each article, remembered: it is found again from the article and what all know, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.markup.document import Document
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

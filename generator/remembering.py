"""What is found in each article, remembered: it is found again from the article and what all know, and nothing else."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.markup.document import Document
from generator.sources.program import program_digest

_T = TypeVar("_T")


def remembered(
    what: str, kind: Any, find: Callable[[Document], _T], documents: Iterable[Document], facts: bytes, cache: Cache
) -> dict[str, _T]:
    """Give what `find` finds in each document, by its path; `kind` is its type, which the codec knows.

    `facts` is the digest of all that `find` reads beside the document.
    """
    every = list(documents)
    base = key_of(what.encode(), program_digest(), facts)
    keys = [key_of(base, one.path.encode("utf-8", "surrogatepass"), one.digest.encode()) for one in every]
    kept = cache.get(keys)
    read, write = decoder(kind), encoder(kind)
    found: dict[str, _T] = {}
    for document, key in zip(every, keys, strict=True):
        try:
            found[document.path] = read(from_json(kept[key]))
        except (KeyError, Unfit):
            found[document.path] = one = find(document)
            cache.put({key: as_json(write(one))})
    return found

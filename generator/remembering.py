"""What is found in each article, remembered: it is found again from the article and what all know, and nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.markup.document import Document
from generator.pieces import Pieces
from generator.sources.program import program_digest

_T = TypeVar("_T")


_DIGEST = len(key_of())
"""How many bytes of what is kept are the digest of the rest."""


@dataclass(frozen=True)
class Form(Generic[_T]):
    """How a value is kept: as the bytes that `write` gives, from which `read` gives it again. What is no such value is
    an `Unfit`."""

    write: Callable[[_T], bytes]
    read: Callable[[bytes], _T]


@dataclass(frozen=True)
class Remembered(Generic[_T]):
    """What was found in each document, and its digest, by the document's path."""

    found: Mapping[str, _T]
    digests: Mapping[str, bytes]


def form_of(kind: Any) -> Form[Any]:
    """How the values of a type that the codec knows are kept."""
    write, read = encoder(kind), decoder(kind)
    return Form(lambda value: as_json(write(value)), lambda data: read(from_json(data)))


def remembered(
    what: str,
    form: Form[_T],
    find: Callable[[Document], _T],
    documents: Iterable[Document],
    facts: bytes,
    cache: Cache,
) -> Remembered[_T]:
    """Give what `find` finds in each document. Two documents in which the same is found may share it.

    `facts` is the digest of all that `find` reads beside the document.
    """
    every = list(documents)
    base = key_of(what.encode(), program_digest(), facts)
    pieces = Pieces(cache, base, [one.path for one in every], [one.digest for one in every])
    found: dict[str, _T] = {}
    digests: dict[str, bytes] = {}
    data, value = b"", cast("_T | None", None)
    for number, (document, kept) in enumerate(zip(every, pieces, strict=True)):
        if kept is None or kept != data:
            value = _read(kept, form)
            data = kept or b""
        if value is None:
            value = find(document)
            data = _write(value, form)
            pieces.put(number, data)
        found[document.path] = value
        digests[document.path] = data[:_DIGEST]
    return Remembered(found, digests)


def _write(value: _T, form: Form[_T]) -> bytes:
    data = form.write(value)
    return key_of(data) + data


def _read(kept: bytes | None, form: Form[_T]) -> _T | None:
    try:
        return form.read(kept[_DIGEST:]) if kept else None
    except Unfit:
        return None

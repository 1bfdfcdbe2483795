"""What is found in each article, or in the data files, remembered: it is found again from these and what all know, and
from nothing else."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json
from generator.cache.pieces import Pieces
from generator.cache.program import program_digest

_T = TypeVar("_T")


class Digested(Protocol):
    """A file, or what was read of one: where it is below the site's folder, and what tells its bytes from others."""

    @property
    def path(self) -> str: ...
    @property
    def digest(self) -> str: ...


_D = TypeVar("_D", bound=Digested)

_DIGEST = len(key_of())
"""How many bytes of what is kept are the digest of the rest."""


@dataclass(frozen=True)
class Form(Generic[_D, _T]):
    """How what is found in a document is kept: as the bytes that `write` gives, from which `read` gives it again. What
    is no such value is an `Unfit`. The bytes that `sign` gives tell it from every other."""

    write: Callable[[_T], bytes]
    read: Callable[[bytes, _D], _T]
    sign: Callable[[_T], bytes]
    is_whole: Callable[[_T], bool] = lambda value: True
    """Whether a value is all that there is to find; one that is not is never kept."""


@dataclass(frozen=True)
class Remembered(Generic[_T]):
    """What was found in each document, and its digest, by the document's path."""

    found: Mapping[str, _T]
    digests: Mapping[str, bytes]


def remembered(
    what: str,
    form: Form[_D, _T],
    find: Callable[[_D], _T],
    documents: Iterable[_D],
    facts: bytes,
    cache: Cache,
) -> Remembered[_T]:
    """Give what `find` finds in each document.

    `facts` is the digest of all that `find` reads beside the document.
    """
    every = list(documents)
    base = key_of(what.encode(), program_digest(), facts)
    pieces = Pieces(cache, base, [one.path for one in every], [one.digest for one in every])
    found: dict[str, _T] = {}
    digests: dict[str, bytes] = {}
    for number, (document, kept) in enumerate(zip(every, pieces, strict=True)):
        value = _read(kept, form, document)
        if value is None:
            value = find(document)
            kept = key_of(form.sign(value)) + form.write(value)
            if form.is_whole(value):
                pieces.put(number, kept)
            else:
                pieces.leave_out(number)
        found[document.path] = value
        digests[document.path] = (kept or b"")[:_DIGEST]
    return Remembered(found, digests)


def _read(kept: bytes | None, form: Form[_D, _T], document: _D) -> _T | None:
    try:
        return form.read(kept[_DIGEST:], document) if kept else None
    except Unfit:
        return None


def remembered_whole(what: str, kind: Any, key: bytes, make: Callable[[], _T], cache: Cache) -> _T:
    """Give what `make` makes; `kind` is its type, which the codec knows. `key` is the digest of all that it reads.

    A value that is not quite of that type is given all the same, and made again the next time.
    """
    whole = key_of(what.encode(), program_digest(), key)
    data = cache.get([whole]).get(whole)
    with suppress(Unfit):
        if data:
            kept: _T = decoder(kind)(from_json(data))
            return kept
    made = make()
    with suppress(Unfit):
        cache.put({whole: as_json(encoder(kind)(made))})
    return made


def digest_of_files(*files: Digested) -> bytes:
    """Give what tells files from all others: where each is, and its bytes."""
    return key_of(*(f"{file.path}\0{file.digest}".encode("utf-8", "surrogatepass") for file in files))

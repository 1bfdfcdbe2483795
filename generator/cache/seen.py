"""What a page looks at beyond what the whole site sees of every article, noted while the page is put together.

Such a page is the same again if all that it looked at is the same again. Nothing is noted unless somebody asks.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TypeVar

_S = TypeVar("_S", bound=Hashable)
_T = TypeVar("_T")

ARTICLE, DAYS, LINKS, BACKLINKS = "article", "days", "links", "backlinks"
"""What can be looked at of a document: its own file, its days alone, what it points at, who points at it."""
EVERY = ""
"""Stands for the paths of all documents, where so many were looked at that to name them is more than to say all."""
_MANY = 100

Seen = dict[tuple[str, str], None]
"""What was looked at, and the path of its document, in order."""

_noting: ContextVar[Seen | None] = ContextVar("noting", default=None)


def note_all(seen: Seen) -> None:
    """Say that all of that is looked at."""
    own = _noting.get()
    if own is not None:
        own.update(seen)


@contextmanager
def noting() -> Iterator[Seen]:
    """Note all that is looked at while the block runs; what is noted in an inner block is no part of the outer one."""
    seen: Seen = {}
    token = _noting.set(seen)
    try:
        yield seen
    finally:
        _noting.reset(token)


def note(what: str, path: str) -> None:
    """Say that something of a document is looked at."""
    seen = _noting.get()
    if seen is not None:
        seen[what, path] = None


def in_short(seen: Seen) -> Seen:
    """The same or more, in few words: of what was looked at of many documents, all."""
    count = Counter(what for what, _ in seen)
    return {(what, EVERY if count[what] > _MANY else path): None for what, path in seen}


def once(find: Callable[[_S], _T]) -> Callable[[_S], _T]:
    """Have a function called once for each site; who asks again has looked at the same as who asked first."""

    @lru_cache(maxsize=1)
    def found(site: _S) -> tuple[_T, Seen]:
        with noting() as seen:
            return find(site), in_short(seen)

    @wraps(find)
    def noted(site: _S) -> _T:
        value, seen = found(site)
        note_all(seen)
        return value

    return noted


class Noted(Mapping[str, _T]):
    """What is known of each document, by its path; looking at one is noted."""

    def __init__(self, what: str, known: Mapping[str, _T]) -> None:
        self.what = what
        self.known = known

    def __getitem__(self, path: str) -> _T:
        note(self.what, path)
        return self.known[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

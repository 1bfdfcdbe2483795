"""What a page looks at beyond what the whole site sees of every article, noted while the page is put together.

Such a page is the same again if all that it looked at is the same again. Nothing is noted unless somebody asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ARTICLE, LINKS, BACKLINKS = "article", "links", "backlinks"
"""What can be looked at of a document: its own file, what it points at, who points at it."""

Seen = dict[tuple[str, str], None]
"""What was looked at, and the path of its document, in order."""

_noting: ContextVar[Seen | None] = ContextVar("noting", default=None)


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

"""Documents as bytes, for what is kept between builds and goes between processes: what all see, and what is inside."""

from collections import deque
from collections.abc import Callable
from typing import ClassVar

from generator.codec import as_json, decoder, encoder, from_json
from generator.markup.document import Document, Inside, Outside

_MOST_HELD = 1_500
"""Documents whose inside is held in memory at once, however many there are."""
_FEW_HELD = 32
"""The same in a copy of a process, beside those that it has from there: it makes each page once."""


def as_bytes(document: Document) -> tuple[bytes, bytes]:
    """Give what the site sees of a document, and what is inside it."""
    return as_json(encoder(Outside)(document)), as_json(encoder(Inside)(document.fetch()))


def from_bytes(outside: bytes, inside: Callable[[], Inside]) -> Document:
    """Give the document again. What is inside is fetched when it is asked for, and held for a while.

    Bytes that are no document are an `Unfit`.
    """
    seen: Outside = decoder(Outside)(from_json(outside))
    return Document(**vars(seen), fetch=_Lately(inside))


def inside_from(data: bytes) -> Inside:
    """Read what is inside a document. Bytes that are no such thing are an `Unfit`."""
    found: Inside = decoder(Inside)(from_json(data))
    return found


def hold_few() -> None:
    """From now on, in a copy of a process, hold little more than what that held."""
    if _Lately.most != _FEW_HELD:
        _Lately.most, _Lately.from_before, _Lately.held = _FEW_HELD, _Lately.held, deque()


class _Lately:
    """Fetches a value and holds it while it is among those that were asked for last, of all documents."""

    most: ClassVar[int] = _MOST_HELD
    held: ClassVar[deque["_Lately"]] = deque()
    from_before: ClassVar[deque["_Lately"]] = deque()
    """What stays shared with another process as long as nobody lets go of it."""

    def __init__(self, fetch: Callable[[], Inside]) -> None:
        self.fetch = fetch
        self.value: Inside | None = None

    def __call__(self) -> Inside:
        value = self.value  # read once: another thread may let go of it meanwhile
        if value is None:
            value = self.value = self.fetch()
            self.held.append(self)
            if len(self.held) > self.most:
                self.held.popleft().value = None
        return value

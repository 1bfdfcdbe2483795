"""Documents as bytes, for what is kept between builds and goes between processes: what all see, and what is inside."""

from collections import deque
from collections.abc import Callable
from typing import ClassVar

from generator.codec import SEAM, Unfit, as_json, decoder, encoder, from_json, made_of
from generator.markup.document import Document, Inside
from generator.markup.face import Entry, Rest

_MOST_HELD = 1_500
"""Documents whose inside is held in memory at once, however many there are."""
_FEW_HELD = 32
"""The same in a copy of a process, beside those that it has from there: it makes each page once."""


def as_bytes(document: Document) -> tuple[bytes, bytes]:
    """Give what the site sees of a document, and what is inside it."""
    outside = SEAM.join((as_json(encoder(Entry)(document)), as_json(encoder(Rest)(document.rest()))))
    return outside, as_json(encoder(Inside)(document.fetch()))


def from_bytes(outside: bytes, inside: Callable[[], Inside], again: Callable[[], Document]) -> Document:
    """Give the document again. What is inside is fetched when it is asked for, and held for a while; what few look at
    is read when it is asked for, and where that fails, of the document that is made `again`.

    Bytes that are no document are an `Unfit`.
    """
    first, _, rest = outside.partition(SEAM)
    entry: Entry = decoder(Entry)(from_json(first))
    return made_of(Document, entry, rest=_Rest(rest, again), fetch=_Lately(inside))


def inside_from(data: bytes) -> Inside:
    """Read what is inside a document. Bytes that are no such thing are an `Unfit`."""
    found: Inside = decoder(Inside)(from_json(data))
    return found


class _Rest:
    """Reads what few look at from its bytes, once."""

    __slots__ = ("again", "held")

    def __init__(self, data: bytes, again: Callable[[], Document]) -> None:
        self.held: bytes | Rest = data
        self.again = again

    def __call__(self) -> Rest:
        held = self.held  # one thing at a time, whoever else asks meanwhile
        if isinstance(held, bytes):
            try:
                held = decoder(Rest)(from_json(held))
            except Unfit:
                held = self.again().rest()
            self.held = held
        return held


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

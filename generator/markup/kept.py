"""Documents as bytes, for what is kept between builds and goes between processes: what all see, what is inside, and the
running text."""

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from generator.cache.codec import SEAM, Unfit, as_json, decoder, encoder, from_json, made_of
from generator.markup.document import Document, Inside, Prose
from generator.markup.face import Entry, Rest

_T = TypeVar("_T")


def as_bytes(document: Document) -> tuple[bytes, bytes, bytes]:
    """Give what the site sees of a document, what is inside it, and its running text."""
    outside = SEAM.join((as_json(encoder(Entry)(document)), as_json(encoder(Rest)(document.rest()))))
    return outside, as_json(encoder(Inside)(document.fetch())), as_json(encoder(Prose)(document.read()))


def from_bytes(
    outside: bytes, inside: Callable[[], Inside], prose: Callable[[], Prose], again: Callable[[], Document]
) -> Document:
    """Give the document again. What is inside, and its running text, are fetched when somebody asks, and held for a
    while; what few look at is read when somebody asks, and where that fails, of the document that is made `again`.

    Bytes that are no document are an `Unfit`.
    """
    first, _, rest = outside.partition(SEAM)
    entry: Entry = decoder(Entry)(from_json(first))
    return made_of(
        Document, entry, rest=_Rest(rest, again), fetch=_Lately(inside, _INSIDES), read=_Lately(prose, _TEXTS)
    )


def inside_from(data: bytes) -> Inside:
    """Read what is inside a document. Bytes that are no such thing are an `Unfit`."""
    found: Inside = decoder(Inside)(from_json(data))
    return found


def prose_from(data: bytes) -> Prose:
    """Read the running text of a document. Bytes that are no such thing are an `Unfit`."""
    found: Prose = decoder(Prose)(from_json(data))
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
    for held in (_INSIDES, _TEXTS):
        held.begin()


class _Held:
    """What is held in memory of all documents: what was asked for last, `most` at once, however many there are.

    In a copy of a process it is `few`, beside what it has from there: it makes each page once.
    """

    def __init__(self, most: int, few: int) -> None:
        self.most = most
        self.last: deque[_Lately[Any]] = deque()
        self._few = few
        self._from_before: deque[_Lately[Any]] | None = None

    def begin(self) -> None:
        """Begin anew in a copy. What it has stays shared as long as nobody lets go of it."""
        if self._from_before is None:
            self.most, self._from_before, self.last = self._few, self.last, deque()

    def take(self, one: "_Lately[Any]") -> None:
        """Hold one more."""
        self.last.append(one)
        if len(self.last) > self.most:
            self.last.popleft().value = None


_INSIDES = _Held(300, 32)
_TEXTS = _Held(32, 8)
"""The checks read the text of one article after another, each several times."""


class _Lately(Generic[_T]):
    """Fetches a value, and holds it while it is among those that were asked for last."""

    __slots__ = ("fetch", "held", "value")

    def __init__(self, fetch: Callable[[], _T], held: _Held) -> None:
        self.fetch = fetch
        self.held = held
        self.value: _T | None = None

    def __call__(self) -> _T:
        value = self.value  # read once: another thread may let go of it meanwhile
        if value is None:
            value = self.value = self.fetch()
            self.held.take(self)
        return value

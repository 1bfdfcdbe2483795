"""Small values kept many in a row, as it costs more to read a row of the store for each than to read the values.

Each value has a name, and what tells it: a text that is another one whenever the value may be. The names are taken in
their order and cut into pieces where their own bytes say so. So a name that is new, or gone, cuts one piece anew, and
all others stay. A piece holds for each of its names what told the value when it was kept: what is told otherwise now is
looked for in a row of its own, into which a value goes when its piece gives it up, and else it is made by who asked.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from generator.cache.cache import Cache, key_of
from generator.cache.codec import SEAM, Unfit, as_json, decoder, encoder, from_json

_CUT = 64
"""How many names a piece has in the mean."""

_NO_VALUE = ""
"""What tells that a piece has no value of a name."""
_Which = tuple[str, str]
"""A name, and what tells its value."""


@dataclass(frozen=True)
class _Head:
    """What stands before the values of a piece: whose they are, how many bytes each has, and the first name of the
    piece that came next."""

    names: tuple[str, ...]
    told: tuple[str, ...]
    sizes: tuple[int, ...]
    next: str


class Pieces:
    """The values of some names, in their order; no name may be empty or there twice.

    `base` is the digest of all that every value depends on, `told` what tells the value of each name from others; it is
    never empty.
    """

    def __init__(self, cache: Cache, base: bytes, names: Sequence[str], told: Sequence[str]) -> None:
        self._cache = cache
        self._base = base
        self._names = names
        self._told = told
        cuts = [number for number, name in enumerate(names) if number and not crc32(_bytes(name)) % _CUT]
        self._bounds = [0, *cuts, len(names)] if names else []
        self._firsts = {names[number] for number in cuts}
        self._open: dict[int, dict[int, bytes | None]] = {}
        self._left: dict[_Which, bytes] = {}

    def __iter__(self) -> Iterator[bytes | None]:
        """Give the value of each name, None where none is kept: each of those is to be `put`, or to be left out."""
        for start, stop in pairwise(self._bounds):
            yield from self._values(start, stop)
        self._set_apart([*self._left])

    def put(self, number: int, value: bytes) -> None:
        """Keep the value of a name, by the name's number: of one that had none, or one that is no good."""
        self._put(number, value)

    def leave_out(self, number: int) -> None:
        """Keep no value of a name, by the name's number."""
        self._put(number, None)

    def _put(self, number: int, value: bytes | None) -> None:
        place = bisect_right(self._bounds, number)
        start, stop = self._bounds[place - 1], self._bounds[place]
        if start not in self._open:
            _, values = self._read(self._names[start] if start else "")
            self._open[start] = dict(enumerate(values, start))
        self._open[start][number] = value
        self._close(start, stop)

    def _values(self, start: int, stop: int) -> Sequence[bytes | None]:
        """Give the values of one piece. Where it is not as it was, it is written as soon as all of them are there."""
        names, told = tuple(self._names[start:stop]), tuple(self._told[start:stop])
        head, values = self._read(names[0] if start else "")
        if (head.names, head.told, head.next) == (names, told, self._next(stop)):
            return values
        own, held = set(names), self._take_apart(head, values)
        while head.next and head.next not in self._firsts:  # what came next is a part of this one now, or gone
            head, values = self._read(head.next)
            held += self._take_apart(head, values)
        wanted = dict(enumerate(zip(names, told, strict=True), start))
        found: dict[int, bytes | None] = {}
        found |= {number: self._left.pop(which) for number, which in wanted.items() if which in self._left}
        rows = {number: self._row(*which) for number, which in wanted.items() if number not in found}
        apart = self._cache.get(rows.values())
        found |= {number: apart[row] for number, row in rows.items() if row in apart}
        self._set_apart([which for which in dict.fromkeys(held) if which[0] in own and which in self._left])
        self._open[start] = found
        self._close(start, stop)
        return [found.get(number) for number in wanted]

    def _close(self, start: int, stop: int) -> None:
        """Write a piece if all its values are there."""
        if len(self._open[start]) < stop - start:
            return
        found = self._open.pop(start)
        values = [found[number] or b"" for number in range(start, stop)]
        names = tuple(self._names[start:stop])
        told = tuple(_NO_VALUE if found[number] is None else self._told[number] for number in range(start, stop))
        head = as_json(encoder(_Head)(_Head(names, told, tuple(map(len, values)), self._next(stop))))
        self._cache.put({self._piece(names[0] if start else ""): b"".join([head, SEAM, *values])})

    def _read(self, first: str) -> tuple[_Head, Sequence[bytes]]:
        """Read the piece that begins with a name. The first of all has no name, whatever it begins with."""
        key = self._piece(first)
        data = self._cache.get([key]).get(key)
        plain, _, rest = (data or b"").partition(SEAM)
        try:
            head: _Head = decoder(_Head)(from_json(plain))
            values = _cut(rest, head.sizes)
            if not len(head.names) == len(head.told) == len(values):
                raise Unfit(f"{first} begins no piece")
        except Unfit:
            return _Head((), (), (), ""), ()
        return head, values

    def _take_apart(self, head: _Head, values: Sequence[bytes]) -> list[_Which]:
        """Have what a piece holds at hand for whichever piece it belongs to now; give what that is."""
        every = zip(zip(head.names, head.told, strict=True), values, strict=True)
        held = {which: value for which, value in every if which[1] != _NO_VALUE}
        self._left |= held
        return [*held]

    def _set_apart(self, given_up: Sequence[_Which]) -> None:
        """Keep values that no piece holds any more in rows of their own."""
        if given_up:
            self._cache.put({self._row(*which): self._left.pop(which) for which in given_up})

    def _next(self, stop: int) -> str:
        return self._names[stop] if stop < len(self._names) else ""

    def _piece(self, first: str) -> bytes:
        return key_of(self._base, b"piece", _bytes(first))

    def _row(self, name: str, told: str) -> bytes:
        return key_of(self._base, _bytes(name), _bytes(told))


def _cut(data: bytes, sizes: Sequence[int]) -> list[bytes]:
    found, at = [], 0
    for size in sizes:
        found.append(data[at : at + size])
        at += size
    if at != len(data) or min(sizes, default=0) < 0:
        raise Unfit("a piece is not as long as it says")
    return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

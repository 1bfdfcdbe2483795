"""Rows about pages or articles, each with what was looked at when it was made, kept in pieces of many rows.

A piece is got and read at once: so what is the same as before costs a part of that, and a comparison.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.markup.seen import EVERY, Seen, in_short
from generator.sources.program import program_digest

PIECE = 64
"""Rows that are kept together: enough that a piece costs little for each, few enough to be written anew for one."""
Now = Callable[[str], Mapping[str, str]]
"""Gives the digest of something of every document that has it, by path."""
Sights = tuple[str, ...]
"""What was looked at of which document, with the digest that it had: three texts for each."""

_T = TypeVar("_T")


class Eyes:
    """Compares what was looked at with what there is: `now` gives the digests of that."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._known: dict[str, Mapping[str, str]] = {}

    def sights(self, seen: Seen) -> Sights:
        """Give what was looked at as it is kept."""
        short = in_short(seen)
        return tuple(text for what, path in short for text in (what, path, self._digests(what).get(path, "")))

    def see_the_same(self, sights: Sights) -> bool:
        """Whether all of it is the same."""
        known, texts = self._known, iter(sights)
        for what, path, then in zip(texts, texts, texts, strict=False):
            digests = known[what] if what in known else self._digests(what)
            if digests.get(path, "") != then:
                return False
        return True

    def _digests(self, what: str) -> Mapping[str, str]:
        if what not in self._known:
            found = self._now(what)
            every = "\0".join(text for pair in found.items() for text in pair)
            self._known[what] = {**found, EVERY: key_of(every.encode("utf-8", "surrogatepass")).hex()}
        return self._known[what]


@dataclass
class Piece(Generic[_T]):
    """Rows that are kept together."""

    key: bytes
    rows: list[_T | None]
    is_new: bool = False


class Shelf(Generic[_T]):
    """Rows of one kind; `what` tells them from others, and `facts` is the digest of all that they are made from beside
    what was looked at."""

    def __init__(self, what: str, kind: Any, facts: bytes, cache: Cache) -> None:
        self.cache = cache
        self._base = key_of(what.encode(), program_digest(), facts)
        self._kind = kind

    def rows(self, names: Sequence[str]) -> Iterator["Slot[_T]"]:
        """Give the place of each row, by their names, which are all others than one another. What is lost or damaged of
        a piece is lost for all of its rows."""
        for start in range(0, len(names), PIECE):
            piece = self._piece(names[start : start + PIECE])
            for number in range(len(piece.rows)):
                yield Slot(self, piece, number)

    def keep(self, piece: Piece[_T]) -> None:
        """Keep a piece, if anything in it is new."""
        if piece.is_new:
            write = encoder(self._kind)
            rows = [None if row is None else write(row) for row in piece.rows]
            self.cache.put({piece.key: as_json(rows)})

    def _piece(self, names: Sequence[str]) -> Piece[_T]:
        key = key_of(self._base, "\0".join(names).encode("utf-8", "surrogatepass"))
        data = self.cache.get([key]).get(key)
        found: list[_T | None] = []
        with suppress(Unfit):
            found = self._read(data) if data else []
        return Piece(key, found if len(found) == len(names) else [None] * len(names))

    def _read(self, data: bytes) -> list[_T | None]:
        plain, read = from_json(data), decoder(self._kind)
        if type(plain) is not list:
            raise Unfit("rows are a list")
        return [None if row is None else read(row) for row in plain]


@dataclass(slots=True)
class Slot(Generic[_T]):
    """The place of one row in its piece."""

    shelf: Shelf[_T]
    piece: Piece[_T]
    number: int

    @property
    def row(self) -> _T | None:
        """What is kept there."""
        return self.piece.rows[self.number]

    def put(self, row: _T) -> None:
        """Keep something else there, once the piece is closed."""
        self.piece.is_new |= self.row != row
        self.piece.rows[self.number] = row

    def close(self) -> None:
        """Say that this row is done; with the last one of a piece it is kept."""
        if self.number + 1 == len(self.piece.rows):
            self.shelf.keep(self.piece)
            self.piece.rows.clear()

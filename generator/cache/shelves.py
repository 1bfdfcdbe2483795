"""Rows about pages or articles, each with the trace of what it was made from, kept in pieces of many rows.

A piece is got and read at once: so what is the same as before costs a part of that, and a comparison. A row is found by
its name alone, and whoever asked decides by its trace whether it still holds. Values that are found by the digest of
their article stand in `pieces.py`: there a piece may give up some values and keep the rest.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json
from generator.cache.program import program_digest

PIECE = 64
"""Rows that are kept together: enough that a piece costs little for each, few enough to be written anew for one."""

_T = TypeVar("_T")


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

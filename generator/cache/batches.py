"""Rows about pages or articles, each with the trace of what it was made from, kept many together in a batch.

A batch is got and read in one go, as typed values: so what is the same as before costs a part of that, and a
comparison. A row is found by its name alone, and whoever asked decides by its trace whether it still holds. That is why
these are not the pieces of `pieces.py`: there the digest of an article tells beforehand which value is meant, so that a
value can be moved to another piece, or be set apart and found again; what a row depends on stands in the row alone.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from generator.cache.cache import Cache, key_of
from generator.cache.codec import Unfit, as_json, decoder, encoder, from_json
from generator.cache.program import program_digest

BATCH = 64
"""Rows that are kept together: enough that a batch costs little for each, few enough to be written anew for one."""

_T = TypeVar("_T")


@dataclass
class Batch(Generic[_T]):
    """Rows that are kept together, under one key of the cache; None stands for a row that is not kept."""

    key: bytes
    rows: list[_T | None]
    is_new: bool = False


class Batches(Generic[_T]):
    """Rows of one type, which the codec knows. `what` tells them from others, and `facts` is the digest of all that
    they are made from beside what was looked at."""

    def __init__(self, what: str, kind: Any, facts: bytes, cache: Cache) -> None:
        self.cache = cache
        self._base = key_of(what.encode(), program_digest(), facts)
        self._kind = kind

    def rows(self, names: Sequence[str]) -> Iterator["RowPlace[_T]"]:
        """Give the place of each row, in the order of their names, of which none is there twice. What is lost or
        damaged of a batch is lost for all of its rows. The caller closes each place, in order."""
        for start in range(0, len(names), BATCH):
            batch = self._batch(names[start : start + BATCH])
            for number in range(len(batch.rows)):
                yield RowPlace(self, batch, number)

    def keep(self, batch: Batch[_T]) -> None:
        """Keep a batch, if anything in it is new."""
        if batch.is_new:
            write = encoder(self._kind)
            rows = [None if row is None else write(row) for row in batch.rows]
            self.cache.put({batch.key: as_json(rows)})

    def _batch(self, names: Sequence[str]) -> Batch[_T]:
        key = key_of(self._base, "\0".join(names).encode("utf-8", "surrogatepass"))
        data = self.cache.get([key]).get(key)
        found: list[_T | None] = []
        with suppress(Unfit):
            found = self._read(data) if data else []
        return Batch(key, found if len(found) == len(names) else [None] * len(names))

    def _read(self, data: bytes) -> list[_T | None]:
        plain, read = from_json(data), decoder(self._kind)
        if type(plain) is not list:
            raise Unfit("rows are a list")
        return [None if row is None else read(row) for row in plain]


@dataclass(slots=True)
class RowPlace(Generic[_T]):
    """The place of one row in its batch."""

    batches: Batches[_T]
    batch: Batch[_T]
    number: int

    @property
    def row(self) -> _T | None:
        """What is kept there."""
        return self.batch.rows[self.number]

    def put(self, row: _T) -> None:
        """Keep something else there, once the batch is closed."""
        self.batch.is_new |= self.row != row
        self.batch.rows[self.number] = row

    def close(self) -> None:
        """Say that this row is done; with the last one of a batch it is kept."""
        if self.number + 1 == len(self.batch.rows):
            self.batches.keep(self.batch)
            self.batch.rows.clear()

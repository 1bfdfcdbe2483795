"""What came of the pages that follow from the articles and the facts of the site, kept in pieces of many pages each.

A piece is got and read at once: what a page costs that is the same as before is a part of that, and a comparison.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as cached

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.markup.seen import EVERY, Seen, in_short
from generator.output.reading import Signs
from generator.site.pages import Known, Plan
from generator.sources.program import program_digest

PIECE = 64
"""Pages whose rows are kept together: enough that a piece costs little for each, few enough to write anew for one."""


@dataclass(frozen=True)
class Stored:
    """A file's bytes, told by their digest (SHA-256, in hexadecimal) and how many they are."""

    digest: str
    size: int

    def is_of(self, data: bytes) -> bool:
        """Whether it tells of these bytes."""
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.digest

    @property
    def key(self) -> bytes:
        """The key by which the bytes are kept."""
        return key_of(b"bytes", self.digest.encode())


@dataclass(frozen=True)
class Recalled:
    """What a page was when it was put together last: what is known of it, the digest of its inputs, what it was given
    of other pages, and what it looked at of which document, each with the digest that it had: three texts after one
    another."""

    known: Known
    inputs: str
    given: str
    seen: tuple[str, ...]


@dataclass(frozen=True)
class Settled:
    """What a page was and what came of it, with the templates of that digest: its file, what tells what that holds, and
    its words as Markdown."""

    recalled: Recalled
    templates: str
    file: Stored
    signs: Signs | None
    words: Stored | None


_Row = Settled | None
ROWS = tuple[_Row, ...]
"""What a piece holds."""


@dataclass
class _Piece:
    key: bytes
    rows: list[_Row]
    is_new: bool = False


class Shelf:
    """The rows of all pages of a build, in the order in which they are asked for.

    `facts` is the digest of all that pages are put together from, but for what they look at of single articles: `now`
    gives the digest of that.
    """

    def __init__(self, facts: bytes, now: Callable[[str, str], str], cache: Cache) -> None:
        self.cache = cache
        self._now = now
        self._of_all = cached(lambda what: now(what, EVERY))
        self._facts = facts

    def rows(self, names: Sequence[str]) -> Iterator["Slot"]:
        """Give the place of each page, by their names; what is lost of a piece is lost for all of its pages."""
        for start in range(0, len(names), PIECE):
            some = names[start : start + PIECE]
            piece = self._piece(some)
            bodies = [one.key for row in piece.rows if row for one in (row.file, row.words) if one]
            are_there = self.cache.has(bodies)
            for number in range(len(some)):
                yield Slot(self, piece, number, are_there)

    def is_same(self, recalled: Recalled, given: str) -> bool:
        """Whether all that a page looked at is the same."""
        if recalled.given != given:
            return False
        words, now = iter(recalled.seen), self.now
        return all(now(what, path) == then for what, path, then in zip(words, words, words, strict=False))

    def now(self, what: str, path: str) -> str:
        """Give the digest of what can be looked at of a document."""
        return self._now(what, path) if path else self._of_all(what)

    def then(self, seen: Seen) -> tuple[str, ...]:
        """Give what was looked at as it is kept."""
        return tuple(one for what, path in in_short(seen) for one in (what, path, self.now(what, path)))

    def _piece(self, names: Sequence[str]) -> _Piece:
        named = "\0".join(names).encode("utf-8", "surrogatepass")
        key = key_of(b"settled pages", program_digest(), self._facts, named)
        data = self.cache.get([key]).get(key)
        rows: list[_Row] = []
        with suppress(Unfit):
            rows = list(decoder(ROWS)(from_json(data))) if data else []
        return _Piece(key, rows if len(rows) == len(names) else [None] * len(names))


@dataclass(frozen=True)
class Slot:
    """The place of one page's row in its piece. `has_bodies` says that all bytes of the whole piece are kept."""

    shelf: Shelf
    piece: _Piece
    number: int
    has_bodies: bool

    @property
    def row(self) -> Settled | None:
        """What is kept there."""
        return self.piece.rows[self.number]

    def put(self, row: Settled) -> None:
        """Keep something else there, once the piece is closed."""
        self.piece.is_new |= self.row != row
        self.piece.rows[self.number] = row

    def close(self) -> None:
        """Say that this row is done; with the last one of a piece it is kept, if anything in it is new."""
        if self.number + 1 < len(self.piece.rows):
            return
        if self.piece.is_new:
            self.shelf.cache.put({self.piece.key: as_json(encoder(ROWS)(tuple(self.piece.rows)))})
        self.piece.rows.clear()


def given_to(plan: Plan) -> str:
    """The digest of what a plan is given of other pages."""
    return key_of(repr(plan.given()).encode("utf-8", "surrogatepass")).hex() if plan.given else ""

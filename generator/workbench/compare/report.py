"""The report on a change, as plain data that knows neither Markdown nor HTML."""

from dataclasses import dataclass
from typing import NamedTuple

ERROR, WARNING, ACCEPTED, PLAIN = "error", "warning", "accepted", ""
"""How loud an entry is; an error is to be mended, or accepted by name, before anything is published."""
SAME, GONE, NEW, STRONG, CODE = "same", "gone", "new", "strong", "code"
"""What a piece of a line is: text, words that went, words that came, a name that stands out, an id or address."""


class Piece(NamedTuple):
    """A stretch of a line."""

    kind: str
    text: str


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Entry:
    """One thing that changed. `more` are lines below it; of `quotes` each is a stretch of a text with its changes."""

    line: Line
    mark: str = PLAIN
    more: tuple[Line, ...] = ()
    quotes: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Section:
    """One family of changes; `said` is the line of the summary, such as `2 added, 1 lost`."""

    title: str
    said: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Report:
    """All that changed between a base and the tree at hand, the loudest first."""

    base: str
    sections: tuple[Section, ...]
    notes: tuple[Entry, ...] = ()

    @property
    def errors(self) -> int:
        """How many entries are errors."""
        return sum(one.mark == ERROR for one in (*self.notes, *(e for s in self.sections for e in s.entries)))

    @property
    def warnings(self) -> int:
        """How many entries are warnings."""
        return sum(one.mark == WARNING for one in (*self.notes, *(e for s in self.sections for e in s.entries)))

    @property
    def is_empty(self) -> bool:
        """Whether readers will see no difference."""
        return not self.sections and not self.notes


def same(text: str) -> Piece:
    """Give plain text."""
    return Piece(SAME, text)


def strong(text: str) -> Piece:
    """Give words that stand out."""
    return Piece(STRONG, text)


def code(text: str) -> Piece:
    """Give an id, an address or the name of a file."""
    return Piece(CODE, text)


def listed(names: tuple[str, ...], most: int = 8) -> Line:
    """Give some ids or addresses as one stretch of a line, and how many more there are."""
    pieces: list[Piece] = []
    for number, name in enumerate(names[:most]):
        pieces += [same(", "), code(name)] if number else [code(name)]
    return (*pieces, same(f" and {len(names) - most} more")) if len(names) > most else tuple(pieces)


def counted(**counts: int) -> str:
    """Say counts in words, without those that are nothing: `counted(added=2, lost=0)` is `2 added`."""
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count)

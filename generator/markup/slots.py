"""Slots: what a text asks of other files, remembered with its place and filled when all files are known.

In HTML a slot stands as a token of two private-use characters around its number. Source files may not hold those
characters (`reserved-character`), so no text can forge one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from generator.problems.problem import Span

_OPEN, _CLOSE = "\ue000", "\ue001"
TOKEN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
"""The token of a slot, and the number in it."""


@dataclass(frozen=True)
class LinkSlot:
    """A link's destination as it was written; `span` covers the destination alone."""

    raw: str
    target: str
    span: Span


@dataclass(frozen=True)
class ImageSlot:
    """A picture's file as it was written."""

    raw: str
    target: str
    span: Span


@dataclass(frozen=True)
class Cited:
    """One work within a citation, with the place in it (`table 2`) or an empty text."""

    key: str
    locator: str
    span: Span


@dataclass(frozen=True)
class CitationSlot:
    """One citation of one or more works."""

    raw: str
    cited: tuple[Cited, ...]
    span: Span


@dataclass(frozen=True)
class BlockSlot:
    """A generated block: its name and its arguments in order, each with its place."""

    raw: str
    name: str
    arguments: tuple[tuple[str, Span], ...]
    span: Span


@dataclass(frozen=True)
class CalloutSlot:
    """The label of a callout; `level` is how the site calls it."""

    raw: str
    level: str
    span: Span


@dataclass(frozen=True)
class CodeSlot:
    """A fenced code block."""

    raw: str
    language: str
    code: str
    span: Span


@dataclass(frozen=True)
class MentionSlot:
    """An `@word` in running text. It has no token: it only matters if the word is the key of a reference."""

    raw: str
    key: str
    span: Span


Slot = MentionSlot | LinkSlot | ImageSlot | CitationSlot | BlockSlot | CalloutSlot | CodeSlot
"""Any of them; `raw` is what was written, and `span` its place."""


@dataclass(frozen=True)
class Fragment:
    """A piece of sanitised HTML with the tokens of its document's slots."""

    html: str


def token(number: int) -> str:
    """Give the token of a slot."""
    return f"{_OPEN}{number}{_CLOSE}"


def holds_token(text: str) -> bool:
    """Whether a text holds a token, or more."""
    return _OPEN in text


def numbers_in(text: str) -> set[int]:
    """Give the numbers of all slots whose tokens stand in a text."""
    return {int(match.group(1)) for match in TOKEN.finditer(text)}


def restore(text: str, slots: tuple[Slot, ...], escape: Callable[[str], str]) -> str:
    """Put back what was written for every token, escaped."""
    return TOKEN.sub(lambda match: escape(slots[int(match.group(1))].raw), text)

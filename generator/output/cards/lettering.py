"""How a text stands in a picture: in which lines, and in how large a type. Words are never cut."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.output.cards.raster import EM, Line, advance, has_letter

_LEADING, _CAPITALS = 1.14, 0.67
"""The height of a line and that of its capitals, as shares of the size of type."""
_BEYOND = 4
"""Pixels by which accents and tails may reach beyond their line."""
_SIMPLER = str.maketrans({"\u00ad": None, "\u200b": None, "\u202f": "\u00a0", "\u2011": "-"})


@dataclass(frozen=True)
class Fitted:
    """Lines of text and the size of their type; all measures are in pixels."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        """The height of all lines."""
        return round(len(self.lines) * self.size * _LEADING)

    @property
    def width(self) -> float:
        """The width of the longest line."""
        return max(width(line, self.size) for line in self.lines)

    def rows(self, top: int) -> tuple[int, int]:
        """The rows that have ink when the lines stand below a row: some accents and tails reach beyond their line."""
        return top - _BEYOND, top + self.height + _BEYOND

    def placed(self, top: int, middle: float) -> list[Line]:
        """Centre the lines about a column, below a row; capitals are in the middle of their line."""
        first = (_LEADING + _CAPITALS) / 2
        return [
            (line, middle - width(line, self.size) / 2, top + round(self.size * (first + _LEADING * row)))
            for row, line in enumerate(self.lines)
        ]


def simple(text: str) -> str:
    """Give a text as it is written: whole letters, one space between words, no marks that are not seen."""
    composed = unicodedata.normalize("NFC", text).translate(_SIMPLER)
    return " ".join(word for word in composed.split(" ") if word)


def can_write(text: str) -> bool:
    """Whether there is a text, and the font has every letter of it."""
    written = simple(text)
    return bool(written) and all(map(has_letter, written))


def width(text: str, size: int) -> float:
    """How wide a line is in pixels."""
    return _length(text) * size / EM


def fit(text: str, widths: Iterable[int], height: int, sizes: Iterable[int]) -> Fitted | None:
    """Break a text into lines, in the largest type with which it fits into the first width that can hold it.

    Lines are made about equally long. None where no size fits, and where the font lacks a letter.
    """
    if not can_write(text):
        return None
    words = [(word, _length(word)) for word in simple(text).split(" ")]
    larger_first = sorted(sizes, reverse=True)
    for size, room in ((size, room * EM / size) for room in widths for size in larger_first):
        lines = _broken(words, room)
        if lines and Fitted(lines, size).height <= height:
            return Fitted(_evened(words, room, len(lines)), size)
    return None


def _broken(words: Sequence[tuple[str, float]], room: float) -> tuple[str, ...]:
    """Fill one line after another with words of known length; nothing where a word alone is too wide."""
    space = _length(" ")
    lines: list[list[str]] = []
    left = 0.0
    for word, length in words:
        if length > room:
            return ()
        if lines and space + length <= left:
            lines[-1].append(word)
            left -= space + length
        else:
            lines.append([word])
            left = room - length
    return tuple(" ".join(line) for line in lines)


def _evened(words: Sequence[tuple[str, float]], room: float, count: int) -> tuple[str, ...]:
    """Break words into so many lines, as equally long as can be: the sum of the squares of their lengths is least."""
    space = _length(" ")
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for _ in range(count):
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, ends) in best.items():
            length = -space
            for end in range(start + 1, len(words) + 1):
                length += space + words[end - 1][1]
                if length > room:
                    break
                if end not in longer or cost + length**2 < longer[end][0]:
                    longer[end] = (cost + length**2, (*ends, end))
        best = longer
    ends = best[len(words)][1]
    return tuple(" ".join(word for word, _ in words[start:end]) for start, end in pairwise(ends))


def _length(text: str) -> float:
    """How wide a line is, in thousandths of the size of type."""
    return sum(map(advance, text))

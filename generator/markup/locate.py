"""From an offset in a text to its place in the file, for whole bodies and for values within YAML."""

import bisect
from itertools import accumulate

from generator.markup.citations import Locate
from generator.problems.problem import Span
from generator.sources.values import Written

_LONG = 10_000
"""Characters of a value from which nothing is searched in what was written: that would take long for each place."""


def in_body(path: str, body: str, first_line: int) -> Locate:
    """Locate within a text that begins at the start of line `first_line` of its file."""
    starts = list(accumulate((len(line) + 1 for line in body.split("\n")), initial=0))[:-1]

    def place(offset: int) -> tuple[int, int]:
        row = bisect.bisect_right(starts, offset) - 1
        return first_line + row, offset - starts[row] + 1

    def locate(start: int, end: int) -> Span:
        line, column = place(start)
        if body.find("\n", start, end) < 0:
            return Span(path, line, column, line, column + end - start)
        return Span(path, line, column, *place(end))

    return locate


def in_value(written: Written, lines: list[str]) -> Locate:
    """Locate within one value of YAML; `lines` are those of the whole file.

    A value may be quoted, escaped or folded, so its offsets are not those of the file: what is looked for is
    searched in what was written. Where folding broke it, the place is the whole value's.
    """
    span = written.span
    raw_lines = lines[span.line - 1 : span.end_line]
    raw = "\n".join(raw_lines)
    raw = raw[: len(raw) - len(raw_lines[-1]) + span.end_column - 1] if raw_lines else ""
    base = in_body(span.path, raw, span.line)
    whole = raw.find(written.text, span.column - 1)

    def locate(start: int, end: int) -> Span:
        if whole >= 0:
            return base(whole + start, whole + end)
        if len(written.text) > _LONG:
            return span
        part = written.text[start:end]
        nth = written.text.count(part, 0, start + len(part) - 1) if part else 0
        at = span.column - 1
        for _ in range(nth + 1):
            at = raw.find(part, at)
            if at < 0:
                return span
            at += 1
        return base(at - 1, at - 1 + len(part))

    return locate

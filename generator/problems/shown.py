"""Problems as they are shown: as text with the line they stand in, as JSON, as annotations on a pull request."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.problems.problem import Problem, Span
from generator.problems.visible import visible

_WIDEST = 100
"""How many characters of a line are shown; of a longer one, those around the mark."""

LineOf = Callable[[str, int], str | None]
"""Gives the text of one line (counted from 1) of a file named by its path, or None."""


def as_text(problem: Problem, line_of: LineOf) -> str:
    """Show a problem with the line it stands in and a mark under its span."""
    span = problem.span
    parts = [as_line(problem)]
    parts += _frame(span, line_of)
    if problem.hint:
        parts.append(f"   = {visible(problem.hint)}")
    for message, place in problem.related:
        parts.append(f"   = {visible(message)}: {_place(place)}")
        parts += _frame(place, line_of)
    return "\n".join(parts)


def as_line(problem: Problem) -> str:
    """Show a problem in one line, as compilers do, for the programs that look for such lines in a terminal."""
    message = visible(problem.message.replace("\n", " "))
    return f"{_place(problem.span)}: {problem.severity}[{problem.code}] {message}"


def as_json(problems: Iterable[Problem]) -> str:
    """Give all problems as one JSON array, for other programs."""
    return json.dumps([_plain(problem) for problem in problems], indent=2, ensure_ascii=False)


def as_github(problem: Problem) -> str:
    """Give a problem as a workflow command that GitHub shows beside the line in a pull request.

    It does so for the first ten alone. The log has them all, but of each no more than its message, which so names the
    place.
    """
    span = problem.span
    message = f"{_place(span)}: {problem.message}" + (f" ({problem.hint})" if problem.hint else "")
    fields = [f"file={_property(visible(span.path))}", f"line={span.line}", f"col={span.column}"]
    if span.end_line == span.line and span.end_column > span.column:
        fields.append(f"endColumn={span.end_column}")
    fields.append(f"title={_property(problem.code)}")
    return f"::{problem.severity} {','.join(fields)}::{_escape(chr(10).join(map(visible, message.splitlines())))}"


def notice(title: str, text: str) -> str:
    """Give a text as a workflow command that GitHub shows with what a run came to."""
    return f"::notice title={_property(title)}::{_escape(text)}"


def _place(span: Span) -> str:
    return f"{visible(span.path)}:{span.line}:{span.column}"


@dataclass(frozen=True)
class Excerpt:
    """The line of a span, cut where it is long, in three parts: before what is marked, that, and what follows."""

    before: str
    marked: str
    after: str


def excerpt(span: Span, line_of: LineOf) -> Excerpt | None:
    """Give the line in which a span begins; None where the file has no such line."""
    line = line_of(span.path, span.line)
    if line is None:
        return None
    shown = line.replace("\t", " ").rstrip("\r\n")
    end = span.end_column if span.end_line == span.line else len(shown) + 1
    width = max(1, min(end, len(shown) + 1) - span.column)
    column = span.column - 1
    if len(shown) > _WIDEST:
        start = max(0, min(column - _WIDEST // 3, len(shown) - _WIDEST))
        before, after = "…" if start else "", "…" if start + _WIDEST < len(shown) else ""
        column += len(before) - start
        shown = before + shown[start : start + _WIDEST] + after
        width = max(1, min(width, len(shown) - len(after) - column))
    shown = shown.ljust(column)
    return Excerpt(shown[:column], shown[column : column + width].ljust(width), shown[column + width :])


def _frame(span: Span, line_of: LineOf) -> list[str]:
    found = excerpt(span, line_of)
    if found is None:
        return []
    before, marked, after = visible(found.before), visible(found.marked), visible(found.after)
    line = f"{span.line:>5} | {before}{marked}{after}".rstrip()
    return [line, " " * 5 + " | " + " " * len(before) + "^" * len(marked)]


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        **_span_fields(problem.span),
        "hint": problem.hint,
        "related": [{"message": text, **_span_fields(span)} for text, span in problem.related],
    }


def _span_fields(span: Span) -> dict[str, object]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")

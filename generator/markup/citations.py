"""Citations in Pandoc's syntax: `[@key]`, `[@one; @two, table 2]`."""

import re
from collections.abc import Callable

from generator.markup.slots import Cited
from generator.problems.problem import Problem, Span

Locate = Callable[[int, int], Span]
"""Gives the span of a stretch of the text that is being read, by its offsets."""

_SECOND = re.compile(r"(?<!\w)@\w")
"""A second key where a place should be: `[@one, @two]`."""
_ONE = re.compile(
    r"\s*@(?P<key>[A-Za-z0-9_][\w:.#$%&+?<>~/()-]*?)\s*(?:,(?=.)\s*(?P<locator>(?:\S(?:.*\S)?)?)\s*)?", re.DOTALL
)


def read_citation(inner: str, start: int, locate: Locate) -> tuple[tuple[Cited, ...], list[Problem]]:
    """Read what stands between the brackets; `start` is its offset in the text."""
    cited: list[Cited] = []
    problems: list[Problem] = []
    offset = start
    for part in inner.split(";"):
        match = _ONE.fullmatch(part)
        if match and not _SECOND.search(match["locator"] or ""):
            span = locate(offset + match.start("key"), offset + match.end("key"))
            locator = " ".join((match["locator"] or "").split())
            cited.append(Cited(match["key"], locator, span))
        else:
            lead = len(part) - len(part.lstrip())
            span = locate(offset + lead, offset + max(len(part.rstrip()), lead + 1))
            message = f'"{part.strip()}" is not a citation' if part.strip() else "a part of the citation is empty"
            hint = "write @key or @key, table 2; put a semicolon between two keys"
            problems.append(Problem("bad-citation", message, span, hint))
        offset += len(part) + 1
    return tuple(cited), problems

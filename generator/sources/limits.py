"""How much a site may hold, and how long one page may take. What is said nowhere in site.yaml is said here.

The limits are far above what a site for readers needs, and low enough that whoever sends a text can neither stop a
build nor fill the memory of the machine.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from generator.problems.problem import Problem, Span

OVER_LIMIT = "over-limit"
"""The code of what there is too much of."""
TOO_LONG = "takes-too-long"
"""The code of what was stopped."""
_MANY = 10**12


def _limit(default: int, least: int, says: str, most: int = _MANY) -> int:
    given: int = field(default=default, metadata={"least": least, "most": most, "says": says})
    return given


@dataclass(frozen=True)
class Limits:
    """What is refused beyond. Each is checked before the work that it spares."""

    file_size: int = _limit(1_000_000, 1_000, "bytes a file may have at most")
    files: int = _limit(250_000, 10, "files that content/, templates/ and static/ may hold each")
    total_size: int = _limit(2_000_000_000, 100_000, "bytes that the files of each of these folders may have together")
    pages: int = _limit(200_000, 1, "articles that the site may have")
    line: int = _limit(100_000, 200, "characters that a line of an article may have")
    nesting: int = _limit(12, 2, "levels to which lists, quotes and brackets of an article may be nested", 30)
    links: int = _limit(3_000, 10, "links, citations, footnotes and blocks that an article may have together")
    cells: int = _limit(50_000, 100, "cells to which the tables of an article may come, rows filled up")
    seconds: int = _limit(60, 1, "seconds of processor time that each part of the work on one page may take", 86_400)

    @property
    def of_text(self) -> tuple[int, ...]:
        """Those on which it depends what is read of an article."""
        return self.line, self.nesting, self.links, self.cells


DEFAULTS = Limits()


def takes_too_long(path: str, work: str, seconds: float) -> Problem:
    """Say that work on a file was stopped; `work` says what it was."""
    hint = "make it simpler or split it; or raise `limits.seconds` in site.yaml"
    return Problem(TOO_LONG, f"{work} takes more than {seconds:g} seconds of processor time", Span(path), hint)


def was_stopped(problems: Iterable[Problem]) -> bool:
    """Whether something was stopped, so that what came of it is never to be kept."""
    return any(one.code == TOO_LONG for one in problems)


@dataclass(frozen=True)
class Limit:
    """What site.yaml may say of one limit."""

    key: str
    default: int
    least: int
    most: int
    says: str


def every_limit() -> tuple[Limit, ...]:
    """Give all limits, in their order."""
    return tuple(Limit(one.name, one.default, **one.metadata) for one in fields(Limits))  # type: ignore[arg-type]

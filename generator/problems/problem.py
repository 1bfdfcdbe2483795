"""What is wrong, and where: values; how they are shown stands in `shown.py`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.problems.codes import CODES
from generator.problems.likeness import names

_AS_NEAR = 0.1
"""How much less alike than the best a name may be and still be proposed."""


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count characters from 1; the end column is the one after the last."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with its place, and with what would mend it."""

    code: str
    message: str
    span: Span
    hint: str = ""
    related: tuple[tuple[str, Span], ...] = ()

    @property
    def severity(self) -> str:
        """`error` stops publishing, `warning` does not."""
        return CODES[self.code].severity

    @property
    def is_error(self) -> bool:
        """Whether nothing may be published while this stands."""
        return self.severity == "error"


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort by place, then code and text, each problem once: the same on every machine."""
    return sorted(set(problems), key=lambda p: (p.span, p.code, p.message))


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put problems as they are told: each once, by place, with what mends it."""
    return tuple(with_hints(ordered(problems)))


def with_hints(problems: Iterable[Problem]) -> list[Problem]:
    """Say for each problem what mends it: where there is no hint, what mends all problems of its code."""
    return [one if one.hint else replace(one, hint=CODES[one.code].fix) for one in problems]


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Give the known names that look most like a mistyped one, best first."""
    close = names(tuple(known)).alike(name, count)
    return [one for one, likeness in close if likeness > close[0][1] - _AS_NEAR]


def suggest(name: str, known: Iterable[str]) -> str:
    """Say the nearest known names as a hint, or nothing when none is near."""
    close = nearest(name, known)
    if not close:
        return ""
    return "did you mean " + " or ".join(f'"{one}"' for one in close) + "?"

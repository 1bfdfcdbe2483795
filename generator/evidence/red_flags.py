"""Red flags: signs that need help, how fast, and what to do. One file feeds every place that shows them."""

from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.kinds import LEVELS
from generator.sources.records import Record


@dataclass(frozen=True)
class RedFlag:
    """One sign. `level` is one of `LEVELS`."""

    id: str
    sign: str
    may_mean: str
    level: str
    action: str
    mentions: tuple[str, ...]
    topics: tuple[str, ...]
    sources: tuple[tuple[str, Span], ...]
    search: tuple[str, ...] = ()


@dataclass(frozen=True)
class Country:
    """What to do in one country at each of `LEVELS`."""

    id: str
    name: str
    advice: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, Span], ...]

    def at(self, level: str) -> str:
        """What to do at a level."""
        return dict(self.advice)[level]


def read_country(record: Record) -> Country:
    """Make a country from its record."""
    return Country(
        id=record.text("id"),
        name=record.text("name"),
        advice=tuple((level, record.text(level)) for level in LEVELS),
        sources=record.placed("sources"),
    )


def read_red_flag(record: Record) -> RedFlag:
    """Make a red flag from its record."""
    return RedFlag(
        id=record.text("id"),
        sign=record.text("sign"),
        may_mean=record.text("may_mean"),
        level=record.text("level"),
        action=record.text("action"),
        mentions=record.texts("mentions"),
        topics=record.texts("topics"),
        sources=record.placed("sources"),
        search=record.texts("search"),
    )


def most_urgent_first(flags: list[RedFlag]) -> list[tuple[str, list[RedFlag]]]:
    """Group red flags by level, the most urgent level first; within a level the file's order stays."""
    grouped = [(level, [flag for flag in flags if flag.level == level]) for level in LEVELS]
    return [(level, found) for level, found in grouped if found]

"""Red flags: signs that need help, how fast, and what to do. One file feeds every place that shows them."""

from dataclasses import dataclass

from generator.problems import Span
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
    topics: tuple[str, ...]
    sources: tuple[tuple[str, Span], ...]


def read_red_flag(record: Record) -> RedFlag:
    """Make a red flag from its record."""
    keys = record.texts("sources")
    return RedFlag(
        id=record.text("id"),
        sign=record.text("sign"),
        may_mean=record.text("may_mean"),
        level=record.text("level"),
        action=record.text("action"),
        topics=record.texts("topics"),
        sources=tuple((key, record.at(f"sources.{index}")) for index, key in enumerate(keys)),
    )


def most_urgent_first(flags: list[RedFlag]) -> list[tuple[str, list[RedFlag]]]:
    """Group red flags by level, the most urgent level first; within a level the file's order stays."""
    grouped = [(level, [flag for flag in flags if flag.level == level]) for level in LEVELS]
    return [(level, found) for level, found in grouped if found]

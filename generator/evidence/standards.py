"""Standards for health information: what each item asks, and whether a build can tell."""

from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.records import Record


@dataclass(frozen=True)
class Item:
    """One item of a standard. `check` names what the build looks at; empty where only a person can tell."""

    id: str
    standard: str
    item: str
    asks: str
    check: str
    sources: tuple[tuple[str, Span], ...]
    span: Span


def read_item(record: Record) -> Item:
    """Make an item from its record."""
    return Item(
        id=record.text("id"),
        standard=record.text("standard"),
        item=record.text("item"),
        asks=record.text("asks"),
        check=record.text("check"),
        sources=record.placed("sources"),
        span=record.at("check"),
    )

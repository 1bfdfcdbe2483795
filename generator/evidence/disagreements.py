"""Disagreements: questions on which those who know disagree, each side with its sources, and what would settle them."""

from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.records import Record

Sources = tuple[tuple[str, Span], ...]
"""Keys of references, each with the place where it is named."""


@dataclass(frozen=True)
class Position:
    """One side: what it holds and what it rests on."""

    view: str
    sources: Sources


@dataclass(frozen=True)
class Disagreement:
    """One question with two sides or more."""

    id: str
    question: str
    positions: tuple[Position, ...]
    settles: str
    topics: tuple[str, ...]
    span: Span


def read_disagreement(record: Record) -> Disagreement:
    """Make a disagreement from its record."""
    return Disagreement(
        id=record.text("id"),
        question=record.text("question"),
        positions=tuple(
            Position(str(one.get("view") or ""), _sources(one.get("sources"), f"positions.{index}.sources", record))
            for index, one in enumerate(record.groups("positions"))
        ),
        settles=record.text("settles"),
        topics=record.texts("topics"),
        span=record.at("id"),
    )


def _sources(keys: object, place: str, record: Record) -> Sources:
    found = keys if isinstance(keys, tuple) else ()
    return tuple((str(key), record.at(f"{place}.{index}")) for index, key in enumerate(found))

"""Disagreements: questions on which those who know disagree, each side with its sources, and what would settle them."""

from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.records import Placed, Record


@dataclass(frozen=True)
class Position:
    """One side: what it holds and what it rests on."""

    view: str
    sources: Placed


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
        positions=tuple(Position(one.text("view"), one.placed("sources")) for one in record.groups("positions")),
        settles=record.text("settles"),
        topics=record.texts("topics"),
        span=record.at("id"),
    )

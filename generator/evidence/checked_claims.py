"""Claims that go round, checked: what is said, what the evidence says of it, and what to believe instead."""

from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.datafiles import VERDICTS
from generator.sources.records import Record


@dataclass(frozen=True)
class CheckedClaim:
    """One claim. `verdict` is one of `VERDICTS`."""

    id: str
    said: str
    verdict: str
    instead: str
    topics: tuple[str, ...]
    sources: tuple[tuple[str, Span], ...]
    span: Span


def read_checked_claim(record: Record) -> CheckedClaim:
    """Make a checked claim from its record."""
    return CheckedClaim(
        id=record.text("id"),
        said=record.text("said"),
        verdict=record.text("verdict"),
        instead=record.text("instead"),
        topics=record.texts("topics"),
        sources=record.placed("sources"),
        span=record.at("id"),
    )


def worst_first(claims: list[CheckedClaim]) -> list[tuple[str, list[CheckedClaim]]]:
    """Group claims by verdict, the dangerous ones first; within a verdict the file's order stays."""
    grouped = [(verdict, [one for one in claims if one.verdict == verdict]) for verdict in reversed(VERDICTS)]
    return [(verdict, found) for verdict, found in grouped if found]

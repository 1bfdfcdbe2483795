"""The words by which readers look for things: names of pages, and words that mean what our texts say otherwise."""

from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.records import Placed, Record


@dataclass(frozen=True)
class Name:
    """A name by which readers look for a page, with the page's path from content/."""

    name: str
    kind: str
    language: str
    page: str
    note: str
    sources: Placed
    span: Span


@dataclass(frozen=True)
class Synonym:
    """Words that readers type, and the words of our texts that mean the same."""

    typed: tuple[str, ...]
    means: str
    language: str
    span: Span


def read_name(record: Record) -> Name:
    """Make a name from a record."""
    return Name(
        name=record.text("name"),
        kind=record.text("kind"),
        language=record.text("language"),
        page=record.text("page"),
        note=record.text("note"),
        sources=record.placed("sources"),
        span=record.at("page"),
    )


def read_synonym(record: Record, language: str) -> Synonym:
    """Make a synonym from a record; `language` is the site's own."""
    return Synonym(
        typed=record.texts("typed"),
        means=record.text("means"),
        language=record.text("language") or language,
        span=record.at("means"),
    )

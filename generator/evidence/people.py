"""People: who wrote and who checked, with declared interests. And the words by which readers look for things."""

from dataclasses import dataclass

from generator.problems.problem import Span
from generator.sources.records import Record


@dataclass(frozen=True)
class Person:
    """An author or reviewer: a team or a person. `looks_after` are the areas of whose changes they are told."""

    id: str
    name: str
    kind: str
    roles: tuple[str, ...]
    about: str
    interests: str
    github: str = ""
    looks_after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Name:
    """A name by which readers look for a page, with the page's path from content/."""

    name: str
    kind: str
    language: str
    page: str
    note: str
    sources: tuple[tuple[str, Span], ...]
    span: Span


@dataclass(frozen=True)
class Synonym:
    """Words that readers type, and the words of our texts that mean the same."""

    typed: tuple[str, ...]
    means: str
    language: str
    span: Span


def read_person(record: Record) -> Person:
    """Make a person from a record."""
    return Person(
        id=record.text("id"),
        name=record.text("name"),
        kind=record.text("kind"),
        roles=record.texts("roles"),
        about=record.text("about"),
        interests=record.text("interests"),
        github=record.text("github"),
        looks_after=record.texts("looks_after"),
    )


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

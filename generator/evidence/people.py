"""People: who wrote and who checked, with declared interests."""

from dataclasses import dataclass

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

"""What others see of an article: what all look at, in one reach, and what few do, read when the first of them asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from generator.cache.codec import Unfit, Way
from generator.markup.headings import Heading
from generator.markup.slots import Fragment
from generator.problems.problem import Problem

LAST = 100_001
"""The place in its section's list of a page that asks for none."""


def plain_meta(value: object) -> object:
    """A field's value as plain data: a line of Markdown is an object with one member, a mapping a list in a list."""
    if isinstance(value, Fragment):
        return {"html": value.html}
    if isinstance(value, tuple):
        return [plain_meta(one) for one in value]
    if isinstance(value, Mapping):
        return {"fields": [[name, plain_meta(one)] for name, one in value.items()]}
    return value


def _read_meta(data: object) -> object:
    if isinstance(data, str):
        return data
    if isinstance(data, list):
        return tuple([_read_meta(one) for one in data])
    if isinstance(data, dict):
        html, inner = data.get("html"), data.get("fields")
        if isinstance(html, str):
            return Fragment(html)
        if isinstance(inner, list):
            return {name: one if isinstance(one, str) else _read_meta(one) for name, one in inner}
        raise Unfit(f"{data!r} is no value of a field")
    return data


def _read_fields(data: object) -> object:
    """Read fields. What is no such thing is an `Unfit`."""
    try:
        found = _read_meta(data)
    except (TypeError, ValueError, RecursionError) as fault:
        raise Unfit(str(fault)) from fault
    if not isinstance(found, dict) or not all(map(_is_text, found)):
        raise Unfit(f"{data!r} are no fields")
    return found


def _is_text(name: object) -> bool:
    return isinstance(name, str)


@dataclass(frozen=True)
class Face:
    """What others show of an article. `id` is its path below content/ without `.md`; `path` is the file's.

    `meta` are its fields without the days; `blocks` are the generated blocks in it, each with its arguments.
    """

    id: str
    path: str
    section: str
    kind: str
    language: str
    title: str
    nav_title: str
    summary: str
    published: bool
    readable: bool
    meta: Annotated[Mapping[str, object], Way(plain_meta, _read_fields)]
    blocks: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Entry:
    """What is looked at of every article in every build.

    `digest` tells its text from every other, `face_digest` its face, `target_digest` its face with its headings,
    `days_digest` its days. Those are empty where there is none; a page asks `Document.day` for them, as they are no
    part of the face.
    """

    id: str
    path: str
    section: str
    kind: str
    language: str
    title: str
    nav_title: str
    summary: str
    published: bool
    readable: bool
    is_draft: bool
    """Whether an editor keeps it back; a page whose status is wrong or missing is hidden but no draft."""
    order: int
    """The place in the section's list; pages without one come last."""
    is_compared: bool
    """Whether it says how the site's own condition compares with others."""
    aliases: tuple[str, ...]
    redirect_from: tuple[str, ...]
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    updated: str
    searched: str
    due: str
    """When its review is due."""
    latest: str
    """The last day of all on which something is said to have been done."""
    problems: tuple[Problem, ...]
    digest: str
    face_digest: str
    target_digest: str
    days_digest: str


@dataclass(frozen=True)
class Rest:
    """What else others see of an article: `meta` are its fields without the days, `anchors` its headings with the names
    by which others link to them, `dates` its fields that are days."""

    meta: Annotated[Mapping[str, object], Way(plain_meta, _read_fields)]
    anchors: tuple[Heading, ...]
    dates: Annotated[Mapping[str, object], Way(plain_meta, _read_fields)]

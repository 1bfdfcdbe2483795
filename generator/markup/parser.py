"""One file becomes a document, whatever is wrong with it: what could be read is there, and what could not is told."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.cache.codec import as_json, encoder
from generator.markup.bounds import check_bounds
from generator.markup.converter import Converted, convert
from generator.markup.dates import DATES
from generator.markup.document import Document, Inside, Prose, texts_of
from generator.markup.face import LAST, Face, Rest, plain_meta
from generator.markup.fields import read_fields
from generator.markup.locate import in_body
from generator.markup.passages import passages
from generator.markup.placing import Place, by_fields, check_names, place_of
from generator.markup.slots import BlockSlot, Fragment, Slot, numbers_in
from generator.problems.problem import Problem
from generator.sources.decoding import decode
from generator.sources.files import SourceFile
from generator.sources.frontmatter import split, text_below
from generator.sources.limits import DEFAULTS, Limits

_MOST_HELD = 2048
"""How many of the last articles a process holds: one that is the same is not read again."""


@dataclass(frozen=True)
class Settings:
    """What the reading of one article depends on beside its bytes; `language` is the site's own."""

    language: str
    kinds: tuple[tuple[str, str], ...]
    """The kind of the files of each section's folder."""
    limits: Limits = DEFAULTS


@lru_cache(maxsize=_MOST_HELD)
def parse(file: SourceFile, settings: Settings) -> Document:
    """Read one article. Whatever is wrong stands in `problems`; what could be read is there all the same."""
    kinds = dict(settings.kinds)
    place = place_of(file.path, kinds)
    text, problems = _text(file, settings.limits)
    if text is None:
        return _stand_in(file, place, settings, problems)
    article, found = split(text, file.path)
    problems += found
    if article is None:
        return _stand_in(file, place, settings, problems, _text_below(text, file.path))
    place, found = by_fields(place, article.fields, kinds)
    problems += found
    if found:
        return _stand_in(file, place, settings, problems)
    fields = read_fields(article.fields, place.kind.schema, text.split("\n"))
    body = convert(article.body, in_body(file.path, article.body, article.body_line), fields.slots)
    slots, live = (*fields.slots, *body.slots), _live(fields.meta, body.fragment)
    return _document(
        _face(place, settings, fields.meta, _blocks(slots, live), readable=True),
        _rest(fields.meta, body),
        Inside(body.fragment, slots, live, fields.spans),
        (*fields.prose, *passages(body.prose, article.body_line, body.marks)),
        (*problems, *fields.problems, *body.problems),
        file.digest,
    )


def unread(file: SourceFile, settings: Settings, problems: Iterable[Problem]) -> Document:
    """Stand in for an article of which nothing is read, for a reason that is told."""
    return _stand_in(file, place_of(file.path, dict(settings.kinds)), settings, problems)


def _text(file: SourceFile, limits: Limits) -> tuple[str | None, list[Problem]]:
    """The text of a file, unless it is none or more than a site may hold."""
    text, problems = decode(file)
    problems = [*check_names([file.path]), *problems]
    if text is None:
        return None, problems
    beyond = check_bounds(text, file.path, limits)
    return (None if beyond else text), problems + beyond


def _text_below(text: str, path: str) -> Converted | None:
    below = text_below(text)
    return convert(below[0], in_body(path, *below)) if below else None


def _stand_in(
    file: SourceFile, place: Place, settings: Settings, problems: Iterable[Problem], below: Converted | None = None
) -> Document:
    """Stand in for an article that cannot be read, so that links to it are not reported as well.

    Where only its front matter cannot be read, what is wrong in the text `below` is found all the same.
    """
    slots, live = (below.slots, _live({}, below.fragment)) if below else ((), frozenset())
    return _document(
        _face(place, settings, {}, (), readable=False),
        Rest({}, (), {}),
        Inside(Fragment(""), slots, live, {}),
        (),
        (*problems, *(below.problems if below else ())),
        file.digest,
    )


def _face(
    place: Place,
    settings: Settings,
    meta: Mapping[str, object],
    blocks: tuple[tuple[str, tuple[str, ...]], ...],
    readable: bool,
) -> Face:
    title = str(meta.get(place.kind.title) or place.stem)
    return Face(
        id=place.id,
        path=place.path,
        section=place.section,
        kind=place.kind.name,
        language=str(meta.get("language") or settings.language),
        title=title,
        nav_title=str(meta.get("nav_title") or title),
        summary=str(meta.get("summary") or ""),
        published=meta.get("status") == "published",
        readable=readable,
        blocks=blocks,
    )


def _rest(meta: Mapping[str, object], body: Converted) -> Rest:
    return Rest(
        meta={key: value for key, value in meta.items() if key not in DATES and value is not None},
        headings=body.headings,
        dates={key: value for key, value in meta.items() if key in DATES},
    )


def _blocks(slots: tuple[Slot, ...], live: frozenset[int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = (one for number, one in enumerate(slots) if number in live and isinstance(one, BlockSlot))
    return tuple((one.name, tuple(name for name, _ in one.arguments)) for one in found)


def _live(*parts: object) -> frozenset[int]:
    """The numbers of the slots whose tokens are still there, in fields and in the text: not those in code."""
    found: set[int] = set()
    waiting = [*parts]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Fragment):
            found |= numbers_in(value.html)
        elif isinstance(value, tuple):
            waiting += value
        elif isinstance(value, Mapping):
            waiting += value.values()
    return frozenset(found)


def _document(
    face: Face, rest: Rest, inside: Inside, prose: Prose, problems: tuple[Problem, ...], digest: str
) -> Document:
    meta, dates = rest.meta, rest.dates
    order, review = meta.get("order"), dates.get("review")
    checked = review if isinstance(review, Mapping) else {}
    updated, searched, on, due = (
        str(day or "")
        for day in (dates.get("updated"), dates.get("evidence_searched"), checked.get("on"), checked.get("due"))
    )
    shown = [encoder(Face)(face), plain_meta(meta)]
    return Document(
        **vars(face),
        is_draft=meta.get("status") == "draft",
        order=order if isinstance(order, int) else LAST,
        is_compared=bool(meta.get("compared")),
        aliases=texts_of(meta.get("aliases")),
        redirect_from=texts_of(meta.get("redirect_from")),
        updated=updated,
        searched=searched,
        due=due,
        latest=max(updated, searched, on),
        problems=problems,
        digest=digest,
        face_digest=_digest(shown),
        target_digest=_digest([*shown, *((one.anchor, one.text) for one in rest.headings)]),
        days_digest=_digest(plain_meta(dates)),
        rest=lambda: rest,
        fetch_inside=lambda: inside,
        fetch_prose=lambda: prose,
    )


def _digest(plain: object) -> str:
    return hashlib.blake2b(as_json(plain), digest_size=16).hexdigest()

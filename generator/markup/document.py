"""What one article says, knowing no other file: its fields, its text as HTML with slots, and what is wrong with it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Annotated

from generator.codec import Unfit, Way, as_json, encoder
from generator.markup.converter import Converted, convert, convert_inline
from generator.markup.dates import DATES, check_dates
from generator.markup.headings import Heading
from generator.markup.locate import in_body, in_value
from generator.markup.passages import FILL, passages
from generator.markup.placing import check_names, kind_of, meant, misplaced
from generator.markup.prose import Passage, field_passage, plain_passage
from generator.markup.seen import ARTICLE, note
from generator.markup.slots import TOKEN, BlockSlot, Fragment, Slot
from generator.problems import Problem, Span
from generator.sources.files import CONTENT, SourceFile, decode
from generator.sources.frontmatter import split, text_below
from generator.sources.kinds import KINDS, Kind
from generator.sources.schema import validate
from generator.sources.values import Values, Written

_READ = ("title", "question", "summary")
"""Fields of plain text that are read as prose; the others of plain text are names."""
_KEPT = 2048
"""How many of the last articles a process keeps in mind: one that is the same is not read again."""


@dataclass(frozen=True)
class Settings:
    """What the reading of one article depends on beside its bytes."""

    language: str
    kinds: tuple[tuple[str, str], ...]
    """The kind of the files of each section's folder."""


@dataclass(frozen=True)
class Inside:
    """What only the page itself shows, and what the checks of its text read: no other page is made from it.

    `live` are the numbers of the slots whose tokens are still there: not those in code.
    """

    body: Fragment
    slots: tuple[Slot, ...]
    live: frozenset[int]
    prose: tuple[Passage, ...]
    spans: Mapping[str, Span]


def _plain_meta(value: object) -> object:
    """A field's value as plain data: a line of Markdown is an object with one member, a mapping a list in a list."""
    if isinstance(value, Fragment):
        return {"html": value.html}
    if isinstance(value, tuple):
        return [_plain_meta(one) for one in value]
    if isinstance(value, Mapping):
        return {"fields": [[name, _plain_meta(one)] for name, one in value.items()]}
    return value


def _read_meta(data: object) -> object:
    if isinstance(data, list):
        return tuple(_read_meta(one) for one in data)
    if isinstance(data, dict):
        html, inner = data.get("html"), data.get("fields")
        if isinstance(html, str):
            return Fragment(html)
        if isinstance(inner, list):
            return {str(name): _read_meta(one) for name, one in inner}
        raise Unfit(f"{data!r} is no value of a field")
    return data


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
    meta: Annotated[Mapping[str, object], Way(_plain_meta, _read_meta)]
    blocks: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Outside(Face):
    """What the whole site sees of an article.

    `anchors` are its headings, with the names by which others link to them; `dates` are its fields that are days.
    `digest` tells its text from every other, `face_digest` its face, `target_digest` its face with its headings.
    """

    anchors: tuple[Heading, ...]
    dates: Annotated[Mapping[str, object], Way(_plain_meta, _read_meta)]
    problems: tuple[Problem, ...]
    digest: str
    face_digest: str
    target_digest: str


@dataclass(frozen=True)
class Document(Outside):
    """One article. What is inside is fetched when it is asked for; looking at more than its face is noted."""

    fetch: Callable[[], Inside] = field(compare=False)

    def inside(self) -> Inside:
        """What is inside it."""
        note(ARTICLE, self.path)
        return self.fetch()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of its text."""
        note(ARTICLE, self.path)
        return self.anchors

    @property
    def body(self) -> Fragment:
        """Its text."""
        return self.inside().body

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What its fields and its text ask of other files, in their order."""
        return self.inside().slots

    @property
    def live(self) -> frozenset[int]:
        """The numbers of the slots whose tokens are still there: not those in code."""
        return self.inside().live

    @property
    def prose(self) -> tuple[Passage, ...]:
        """Its running text, passage by passage."""
        return self.inside().prose

    @property
    def spans(self) -> Mapping[str, Span]:
        """The place of each value of its front matter, by the dotted path of the field."""
        return self.inside().spans

    @property
    def is_index(self) -> bool:
        """Whether it is the front page of its section."""
        return self.id == (f"{self.section}/index" if self.section else "index")

    @property
    def is_draft(self) -> bool:
        """Whether an editor keeps it back; a page whose status is wrong or missing is hidden but no draft."""
        return self.meta.get("status") == "draft"

    def day(self, key: str) -> str:
        """Give a field that is a day, such as `2026-11-21`; empty where it is not given."""
        note(ARTICLE, self.path)
        value = self.dates.get(key)
        return value if isinstance(value, str) else ""

    @property
    def review(self) -> Mapping[str, object]:
        """When it was checked and by whom, and when it must be looked at again; empty where nothing is said."""
        note(ARTICLE, self.path)
        value = self.dates.get("review")
        return value if isinstance(value, Mapping) else {}

    def text(self, key: str) -> str:
        """Give a field that is plain text, empty where it is not given."""
        value = self.meta.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a field that is a list of plain texts."""
        value = self.meta.get(key)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()

    def fragment(self, key: str) -> Fragment:
        """Give a field that is one line of Markdown."""
        value = self.meta.get(key)
        return value if isinstance(value, Fragment) else Fragment("")

    def fragments(self, key: str) -> tuple[Fragment, ...]:
        """Give a field that is a list of lines of Markdown."""
        value = self.meta.get(key)
        return tuple(one for one in value if isinstance(one, Fragment)) if isinstance(value, tuple) else ()

    @property
    def review_due(self) -> str:
        """The day on which the page must be looked at again."""
        return str(self.review.get("due") or "")

    @property
    def order(self) -> int:
        """The place in the section's list; pages without one come last."""
        value = self.meta.get("order")
        return value if isinstance(value, int) else 100_001


@lru_cache(maxsize=_KEPT)
def parse(file: SourceFile, settings: Settings) -> Document:
    """Read one article. Whatever is wrong stands in `problems`; what could be read is there all the same."""
    inner = PurePosixPath(file.path).relative_to(CONTENT)
    section = inner.parts[0] if len(inner.parts) > 1 else ""
    kinds = dict(settings.kinds)
    kind = KINDS[kind_of(inner, section, kinds)]
    problems = check_names([file.path])
    text, found = decode(file)
    problems += found
    if text is None:
        return _unreadable(file.path, file.digest, inner, section, kind, settings, problems)
    article, found = split(text, file.path)
    problems += found
    if article is None:
        below = text_below(text)
        written = convert(below[0], in_body(file.path, *below)) if below else None
        return _unreadable(file.path, file.digest, inner, section, kind, settings, problems, written)
    other = meant({key.text for key, _ in article.fields.entries}, kind) if inner.stem != "index" else None
    if other and (not section or section in kinds):
        problems.append(misplaced(article.fields, kind, other, kinds))
        return _unreadable(file.path, file.digest, inner, section, kind, settings, problems)
    kind = other or kind
    values, report = validate(kind.schema, article.fields)
    problems += report.problems
    lines = text.split("\n")
    meta, slots, prose, found = _convert_fields(values or {}, lines)
    problems += found
    prose += [plain_passage(key, str(meta[key]), report.spans[key], lines) for key in _READ if meta.get(key)]
    body = convert(article.body, in_body(file.path, article.body, article.body_line), slots)
    problems += body.problems
    problems += check_dates(meta, report.spans)
    slots = (*slots, *body.slots)
    live = _live(meta, body)
    title = str(meta.get(kind.title) or inner.stem)
    face = Face(
        id=str(inner.with_suffix("")),
        path=file.path,
        section=section,
        kind=kind.name,
        language=str(meta.get("language") or settings.language),
        title=title,
        nav_title=str(meta.get("nav_title") or title),
        summary=str(meta.get("summary") or ""),
        published=meta.get("status") == "published",
        readable=True,
        meta={key: value for key, value in meta.items() if key not in DATES},
        blocks=_blocks(slots, live),
    )
    inside = Inside(
        body=body.fragment,
        slots=slots,
        live=live,
        prose=(*prose, *passages(body.prose, article.body_line, body.marks)),
        spans=report.spans,
    )
    dates = {key: value for key, value in meta.items() if key in DATES}
    return _document(face, inside, body.headings, dates, problems, file.digest)


def _blocks(slots: tuple[Slot, ...], live: frozenset[int]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = (one for number, one in enumerate(slots) if number in live and isinstance(one, BlockSlot))
    return tuple((one.name, tuple(name for name, _ in one.arguments)) for one in found)


def _unreadable(
    path: str,
    digest: str,
    inner: PurePosixPath,
    section: str,
    kind: Kind,
    settings: Settings,
    problems: list[Problem],
    written: Converted | None = None,
) -> Document:
    """Stand in for an article that cannot be read, so that links to it are not reported as well.

    Where only its front matter cannot be read, what is wrong in the text below (`written`) is found all the same.
    """
    face = Face(
        id=str(inner.with_suffix("")),
        path=path,
        section=section,
        kind=kind.name,
        language=settings.language,
        title=inner.stem,
        nav_title=inner.stem,
        summary="",
        published=False,
        readable=False,
        meta={},
        blocks=(),
    )
    inside = Inside(
        body=Fragment(""),
        slots=written.slots if written else (),
        live=_live({}, written) if written else frozenset(),
        prose=(),
        spans={},
    )
    return _document(face, inside, (), {}, (*problems, *(written.problems if written else ())), digest)


def _document(
    face: Face,
    inside: Inside,
    headings: tuple[Heading, ...],
    dates: Mapping[str, object],
    problems: Iterable[Problem],
    digest: str,
) -> Document:
    return Document(
        **vars(face),
        anchors=headings,
        dates=dates,
        problems=tuple(problems),
        digest=digest,
        face_digest=_digest(encoder(Face)(face)),
        target_digest=_digest([encoder(Face)(face), *((one.anchor, one.text) for one in headings)]),
        fetch=lambda: inside,
    )


def _digest(plain: object) -> str:
    return hashlib.blake2b(as_json(plain), digest_size=16).hexdigest()


def _convert_fields(
    values: Values, lines: list[str]
) -> tuple[dict[str, object], tuple[Slot, ...], list[Passage], list[Problem]]:
    """Convert the fields that hold Markdown, in the order of the schema."""
    slots: tuple[Slot, ...] = ()
    prose: list[Passage] = []
    problems: list[Problem] = []

    def converted(value: object, key: str) -> object:
        nonlocal slots
        if isinstance(value, Written):
            line = convert_inline(value.text, in_value(value, lines), slots)
            slots = (*slots, *line.slots)
            problems.extend(line.problems)
            cited, linked = bool(line.marks.citations), bool(line.marks.links)
            prose.append(
                field_passage(key, line.prose.replace(FILL, " "), value.text, value.span, lines, cited, linked)
            )
            return line.fragment
        if isinstance(value, tuple):
            return tuple(converted(one, key) for one in value)
        if isinstance(value, dict):
            return {inner: converted(one, key) for inner, one in value.items()}
        return value

    meta = {key: converted(value, key) for key, value in values.items()}
    return meta, slots, prose, problems


def _live(meta: Mapping[str, object], body: Converted) -> frozenset[int]:
    """The numbers of the slots whose tokens are still there: not those in code."""

    def tokens(value: object) -> set[int]:
        if isinstance(value, Fragment):
            return {int(match.group(1)) for match in TOKEN.finditer(value.html)}
        if isinstance(value, tuple):
            return set().union(*map(tokens, value))
        return set().union(*map(tokens, value.values())) if isinstance(value, Mapping) else set()

    return frozenset(tokens(dict(meta)) | tokens(body.fragment))

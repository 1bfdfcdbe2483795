"""What one article says, knowing no other file: its fields, its text as HTML with slots, and what is wrong with it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from generator.cache.codec import as_json, encoder
from generator.cache.seen import ARTICLE, DAYS, note
from generator.disk.folders import CONTENT
from generator.markup.bounds import check_bounds
from generator.markup.converter import Converted, convert, convert_inline
from generator.markup.dates import DATES, check_dates
from generator.markup.face import LAST, Entry, Face, Rest, plain_meta
from generator.markup.headings import Heading
from generator.markup.locate import in_body, in_value
from generator.markup.passages import FILL, passages
from generator.markup.placing import check_names, kind_of, meant, misplaced
from generator.markup.prose import Passage, field_passage, plain_passage
from generator.markup.slots import TOKEN, BlockSlot, Fragment, Slot
from generator.problems.problem import Problem, Span
from generator.sources.files import SourceFile, decode
from generator.sources.frontmatter import split, text_below
from generator.sources.kinds import KINDS, Kind
from generator.sources.limits import DEFAULTS, Limits
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
    limits: Limits = DEFAULTS


@dataclass(frozen=True)
class Inside:
    """What only the page itself shows: no other page is made from it.

    `live` are the numbers of the slots whose tokens are still there: not those in code.
    """

    body: Fragment
    slots: tuple[Slot, ...]
    live: frozenset[int]
    spans: Mapping[str, Span]


Prose = tuple[Passage, ...]
"""The running text of an article, passage by passage: what the checks of texts read."""


@dataclass(frozen=True)
class Document(Entry):
    """One article. What is not looked at in every build is fetched when it is asked for; looking at more than its face
    is noted."""

    rest: Callable[[], Rest] = field(compare=False)
    fetch: Callable[[], Inside] = field(compare=False)
    read: Callable[[], Prose] = field(compare=False)

    def inside(self) -> Inside:
        """What is inside it."""
        note(ARTICLE, self.path)
        return self.fetch()

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings of its text."""
        note(ARTICLE, self.path)
        return self.rest().anchors

    @property
    def meta(self) -> Mapping[str, object]:
        """Its fields without the days."""
        return self.rest().meta

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
    def prose(self) -> Prose:
        """Its running text, passage by passage."""
        note(ARTICLE, self.path)
        return self.read()

    @property
    def spans(self) -> Mapping[str, Span]:
        """The place of each value of its front matter, by the dotted path of the field."""
        return self.inside().spans

    @property
    def is_index(self) -> bool:
        """Whether it is the front page of its section."""
        return self.id.endswith("index") and self.id == (f"{self.section}/index" if self.section else "index")

    def day(self, key: str) -> str:
        """Give a field that is a day, such as `2026-11-21`; empty where it is not given."""
        note(DAYS, self.path)
        return self.updated if key == "updated" else self.searched if key == "evidence_searched" else ""

    @property
    def review(self) -> Mapping[str, object]:
        """When it was checked and by whom, and when it must be looked at again; empty where nothing is said."""
        note(DAYS, self.path)
        value = self.rest().dates.get("review")
        return value if isinstance(value, Mapping) else {}

    def text(self, key: str) -> str:
        """Give a field that is plain text, empty where it is not given."""
        value = self.meta.get(key)
        return value if isinstance(value, str) else ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a field that is a list of plain texts."""
        return _texts(self.meta.get(key))

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
        note(DAYS, self.path)
        return self.due


def unread(file: SourceFile, settings: Settings, problems: Iterable[Problem]) -> Document:
    """Stand in for an article of which nothing is read, for a reason that is told."""
    inner, section, kind = _placed(file, settings)
    return _unreadable(file.path, file.digest, inner, section, kind, settings, [*problems])


def _placed(file: SourceFile, settings: Settings) -> tuple[PurePosixPath, str, Kind]:
    """Where an article stands below the folder of all, in which section, and of what kind it should be."""
    inner = PurePosixPath(file.path).relative_to(CONTENT)
    section = inner.parts[0] if len(inner.parts) > 1 else ""
    return inner, section, KINDS[kind_of(inner, section, dict(settings.kinds))]


@lru_cache(maxsize=_KEPT)
def parse(file: SourceFile, settings: Settings) -> Document:
    """Read one article. Whatever is wrong stands in `problems`; what could be read is there all the same."""
    inner, section, kind = _placed(file, settings)
    kinds = dict(settings.kinds)
    problems = check_names([file.path])
    text, found = decode(file)
    problems += found
    if text is None:
        return unread(file, settings, problems)
    beyond = check_bounds(text, file.path, settings.limits)
    if beyond:
        return unread(file, settings, [*problems, *beyond])
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
        meta={key: value for key, value in meta.items() if key not in DATES and value is not None},
        blocks=_blocks(slots, live),
    )
    inside = Inside(
        body=body.fragment,
        slots=slots,
        live=live,
        spans=report.spans,
    )
    prose = [*prose, *passages(body.prose, article.body_line, body.marks)]
    dates = {key: value for key, value in meta.items() if key in DATES}
    return _document(face, inside, tuple(prose), body.headings, dates, problems, file.digest)


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
        spans={},
    )
    return _document(face, inside, (), (), {}, (*problems, *(written.problems if written else ())), digest)


def _document(
    face: Face,
    inside: Inside,
    prose: Prose,
    headings: tuple[Heading, ...],
    dates: Mapping[str, object],
    problems: Iterable[Problem],
    digest: str,
) -> Document:
    rest = Rest(face.meta, headings, dates)
    order, review = face.meta.get("order"), dates.get("review")
    checked = review if isinstance(review, Mapping) else {}
    updated, searched, on, due = (
        str(day or "")
        for day in (dates.get("updated"), dates.get("evidence_searched"), checked.get("on"), checked.get("due"))
    )
    plain = encoder(Face)(face)
    return Document(
        id=face.id,
        path=face.path,
        section=face.section,
        kind=face.kind,
        language=face.language,
        title=face.title,
        nav_title=face.nav_title,
        summary=face.summary,
        published=face.published,
        readable=face.readable,
        is_draft=face.meta.get("status") == "draft",
        order=order if isinstance(order, int) else LAST,
        is_compared=bool(face.meta.get("compared")),
        aliases=_texts(face.meta.get("aliases")),
        redirect_from=_texts(face.meta.get("redirect_from")),
        blocks=face.blocks,
        updated=updated,
        searched=searched,
        due=due,
        latest=max(updated, searched, on),
        problems=tuple(problems),
        digest=digest,
        face_digest=_digest(plain),
        target_digest=_digest([plain, *((one.anchor, one.text) for one in headings)]),
        days_digest=_digest(plain_meta(dates)),
        rest=lambda: rest,
        fetch=lambda: inside,
        read=lambda: prose,
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


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

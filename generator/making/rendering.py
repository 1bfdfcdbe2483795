"""One page, made: rendered, read once, and as text. A function of the page and the templates, for whatever process."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import NamedTuple

from generator.cache.cache import key_of
from generator.cache.codec import as_json, encoder
from generator.cache.seen import Seen, noting
from generator.formats.texts import page_markdown
from generator.output.reader import is_page, reading_of
from generator.output.reading import Reading
from generator.output.render import Renderer
from generator.output.tree import tree_of
from generator.problems.problem import Problem
from generator.runtime.deadline import TakesTooLong, within
from generator.site.pages import Known, Page, Plan, unknown
from generator.sources.files import SourceFile
from generator.sources.limits import takes_too_long


@dataclass(frozen=True)
class Stored:
    """A file's bytes, told by their digest (SHA-256, in hexadecimal) and how many they are."""

    digest: str
    size: int

    @property
    def key(self) -> bytes:
        """The key by which the bytes are kept."""
        return key_of(b"bytes", self.digest.encode())


@dataclass(frozen=True)
class Made:
    """What came of one page: its file (none where its template failed), what that holds if it is HTML, its text as
    Markdown where it is listed, and what is wrong with its template."""

    file: Stored | None
    reading: Reading | None
    markdown: Stored | None
    problems: tuple[Problem, ...]

    @property
    def files(self) -> list[Stored]:
        """What there is of both its files."""
        return [one for one in (self.file, self.markdown) if one]


class Rendered(NamedTuple):
    """What came of a page, as it travels between processes: a `Made` as JSON, and the bytes of both its files."""

    made: bytes
    file: bytes = b""
    markdown: bytes = b""


def put_together(plan: Plan, seconds: float) -> tuple[Page | None, Known, Seen]:
    """Put a page together; give what was looked at, too. There is no page where that takes longer than some seconds of
    processor time: then it is known where it was to be, and nothing else."""

    def make() -> tuple[Page, Known, Seen]:
        with noting() as seen:
            page, known = plan.make()
        return page, known, seen

    try:
        return within(seconds, make)
    except TakesTooLong:
        return None, unknown(plan), {}


def make_lot(pages: list[Page], templates: tuple[SourceFile, ...], seconds: float) -> list[Rendered]:
    """Make some pages, in whatever process: what came of them travels as bytes. One for which that many seconds of
    processor time are not enough is stopped."""
    return [_make_in_time(page, templates, seconds) for page in pages]


def stopped(made_from: str, url: str, seconds: float) -> Made:
    """What comes of a page that takes too long."""
    return Made(None, None, None, (takes_too_long(made_from, f"making the page {url}", seconds),))


def _make_in_time(page: Page, templates: tuple[SourceFile, ...], seconds: float) -> Rendered:
    try:
        return within(seconds, partial(_make, page, templates))
    except TakesTooLong:
        return _rendered(stopped(page.made_from, page.url, seconds))


def _make(page: Page, templates: tuple[SourceFile, ...]) -> Rendered:
    output, problems = _renderer(templates).render(page)
    if output is None:
        return _rendered(Made(None, None, None, tuple(problems)))
    if not is_page(output):
        return _rendered(Made(_stored(output.body), None, None, ()), output.body)
    tree = tree_of(output.body)
    reading = reading_of(output.body, tree)
    if not page.listed:
        return _rendered(Made(_stored(output.body), reading, None, ()), output.body)
    text = page_markdown(page, tree).encode("utf-8", "surrogatepass")
    return _rendered(Made(_stored(output.body), reading, _stored(text), ()), output.body, text)


def _rendered(made: Made, *files: bytes) -> Rendered:
    return Rendered(as_json(encoder(Made)(made)), *files)


def _stored(body: bytes) -> Stored:
    return Stored(hashlib.sha256(body).hexdigest(), len(body))


@lru_cache(maxsize=2)
def _renderer(templates: tuple[SourceFile, ...]) -> Renderer:
    return Renderer(templates)

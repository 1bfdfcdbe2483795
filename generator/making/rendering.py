"""One page, made: rendered, read once, and as text. A function of the page and the templates, for whatever process."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache, partial

from generator.cache.cache import key_of
from generator.cache.codec import as_json, encoder
from generator.cache.seen import Seen, noting
from generator.formats.texts import beside
from generator.output.outputs import Output
from generator.output.reading import Reading, is_page, reading_of
from generator.output.render import Renderer
from generator.output.tree import tree_of
from generator.problems.problem import Problem
from generator.site.pages import Known, Page, Plan, unknown
from generator.sources.files import SourceFile
from generator.sources.limits import takes_too_long
from generator.work.deadline import TakesTooLong, within


@dataclass(frozen=True)
class Stored:
    """A file's bytes, told by their digest (SHA-256, in hexadecimal) and how many they are."""

    digest: str
    size: int

    def is_of(self, data: bytes) -> bool:
        """Whether it tells of these bytes."""
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.digest

    @property
    def key(self) -> bytes:
        """The key by which the bytes are kept."""
        return key_of(b"bytes", self.digest.encode())


@dataclass(frozen=True)
class Made:
    """What came of one page: its file (none where its template failed), what that holds if it is HTML, its words as
    Markdown where it is listed, and what is wrong with its template."""

    file: Stored | None
    reading: Reading | None
    words: Stored | None
    problems: tuple[Problem, ...]


Fresh = tuple[bytes, bytes, bytes]
"""What came of a page, as it travels between processes: a `Made`, and the bytes of its file and of its words."""


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


def make_lot(pages: list[Page], templates: tuple[SourceFile, ...], seconds: float) -> list[Fresh]:
    """Make some pages, in whatever process: what came of them travels as bytes. One for which that many seconds of
    processor time are not enough is stopped."""
    return [_make_in_time(page, templates, seconds) for page in pages]


def stopped(made_from: str, url: str, seconds: float) -> Made:
    """What comes of a page that takes too long."""
    return Made(None, None, None, (takes_too_long(made_from, f"making the page {url}", seconds),))


def _make_in_time(page: Page, templates: tuple[SourceFile, ...], seconds: float) -> Fresh:
    try:
        return within(seconds, partial(_make, page, templates))
    except TakesTooLong:
        return _fresh(stopped(page.made_from, page.url, seconds), b"", b"")


def _make(page: Page, templates: tuple[SourceFile, ...]) -> Fresh:
    output, problems = _renderer(templates).render(page)
    if output is None:
        return _fresh(Made(None, None, None, tuple(problems)), b"", b"")
    if not is_page(output):
        return _fresh(Made(_stored(output), None, None, ()), output.body, b"")
    tree = tree_of(output.body)
    reading = reading_of(output.body, tree)
    words = Output("", beside(page, tree).encode("utf-8", "surrogatepass"), "") if page.listed else None
    made = Made(_stored(output), reading, _stored(words) if words else None, ())
    return _fresh(made, output.body, words.body if words else b"")


def _fresh(made: Made, file: bytes, words: bytes) -> Fresh:
    return as_json(encoder(Made)(made)), file, words


def _stored(output: Output) -> Stored:
    return Stored(output.digest, output.size)


@lru_cache(maxsize=2)
def _renderer(templates: tuple[SourceFile, ...]) -> Renderer:
    return Renderer(templates)

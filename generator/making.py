"""All pages of a site, made: rendered, read once, and as text. Those made before come from the cache, the others are
shared out. What a page is made from is its inputs and its template with all that it uses, and nothing else.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial

from generator.cache import Cache, key_of
from generator.codec import Unfit, decoder, encoder
from generator.keep.texts import beside, beside_path
from generator.output.outputs import Output
from generator.output.reading import Reading, is_page, reading_of
from generator.output.render import Renderer
from generator.output.tree import tree_of
from generator.problems import Problem
from generator.site.pages import Page
from generator.sources.files import SourceFile
from generator.sources.program import program_digest
from generator.timing import STOPPED, Clock
from generator.workers import shared

_LOT = 16
"""Pages that go to a worker at once."""

Told = Callable[[int, int], None]
"""Is told how many pages are there, and of how many."""


@dataclass(frozen=True)
class Made:
    """What came of one page: its text (none where its template failed), what that holds if it is HTML, its words as
    Markdown where it is listed, and what is wrong with its template."""

    text: str | None
    reading: Reading | None
    words: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Everything:
    """What came of all pages, in their order: the files, what is in the HTML ones, and how many were rendered."""

    outputs: list[Output]
    beside: list[Output]
    readings: dict[str, Reading]
    problems: list[Problem]
    renders: int


def make_pages(
    pages: Sequence[Page],
    templates: tuple[SourceFile, ...],
    told: Told,
    cache: Cache,
    executor: Executor | None = None,
    clock: Clock = STOPPED,
) -> Everything:
    """Make every page, each on its own."""
    keys = _keys(pages, templates)
    kept = cache.get([one for one in keys if one])
    made: dict[int, Made] = {}
    for number, key in enumerate(keys):
        found = _read(kept.get(key)) if key else None
        if found:
            made[number] = found
    wanted = [number for number in range(len(pages)) if number not in made]
    told(len(made), len(pages))
    for number, data, one in _fresh(wanted, pages, templates, executor, clock):
        made[number] = one
        if keys[number] and one.text is not None:
            cache.put({keys[number]: data})
        told(len(made), len(pages))
    return _joined(pages, made, len(wanted))


def make_lot(pages: list[Page], templates: tuple[SourceFile, ...]) -> list[bytes]:
    """Make some pages, in whatever process: what came of them travels as bytes."""
    return [_bytes(_make(page, templates)) for page in pages]


def _make(page: Page, templates: tuple[SourceFile, ...]) -> Made:
    output, problems = _renderer(templates).render(page)
    if output is None:
        return Made(None, None, None, tuple(problems))
    text = output.body.decode()
    if not is_page(output):
        return Made(text, None, None, ())
    tree = tree_of(output.body)
    reading = reading_of(output.body, tree)
    return Made(text, reading, beside(page, tree) if page.listed else None, ())


@lru_cache(maxsize=2)
def _renderer(templates: tuple[SourceFile, ...]) -> Renderer:
    return Renderer(templates)


def _fresh(
    wanted: list[int],
    pages: Sequence[Page],
    templates: tuple[SourceFile, ...],
    executor: Executor | None,
    clock: Clock,
) -> Iterable[tuple[int, bytes, Made]]:
    """Make what is not kept, here or by workers."""
    if executor is None or len(wanted) <= _LOT:
        for number in wanted:
            with clock.spending(partial(clock.made, pages[number].output, pages[number].template)):
                one = _make(pages[number], templates)
                data = _bytes(one)
            yield number, data, one
        return
    work = partial(make_lot, templates=templates)
    given = [pages[number] for number in wanted]
    costs = (lambda page, spent: clock.made(page.output, page.template, spent)) if clock.runs else None
    made = shared(work, given, _LOT, executor, lambda page: f"made {page.url} from {page.made_from}", costs)
    for number, data in zip(wanted, made, strict=True):
        yield number, data, decoder(Made)(json.loads(data))


def _joined(pages: Sequence[Page], made: Mapping[int, Made], renders: int) -> Everything:
    every = Everything([], [], {}, [], renders)
    for number, page in enumerate(pages):
        one = made[number]
        every.problems.extend(one.problems)
        if one.text is not None:
            every.outputs.append(Output(page.output, one.text.encode(), page.made_from))
        if one.reading is not None:
            every.readings[page.output] = one.reading
        if one.words is not None:
            every.beside.append(Output(beside_path(page), one.words.encode(), page.made_from))
    return every


def _keys(pages: Iterable[Page], templates: tuple[SourceFile, ...]) -> list[bytes]:
    """The key of each page; empty where its inputs are no plain data, so that it is made anew every time."""
    base = key_of(b"page", program_digest())
    used = _with_all_they_use(templates)
    shared: dict[int, bytes] = {}
    keys = []
    for page in pages:
        inputs = dict(page.inputs)
        words = inputs.pop("words", None)
        if id(words) not in shared:  # the same object for all pages of a language
            shared[id(words)] = _plain(words)
        place = json.dumps([page.template, page.output, page.url, page.made_from, page.listed]).encode()
        try:
            keys.append(key_of(base, used.get(page.template, b""), place, shared[id(words)], _plain(inputs)))
        except (TypeError, ValueError):
            keys.append(b"")
    return keys


def _plain(inputs: object) -> bytes:
    return json.dumps(inputs, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode(
        "utf-8", "surrogatepass"
    )


def _with_all_they_use(templates: Iterable[SourceFile]) -> dict[str, bytes]:
    """A digest of each template with every template that it names, and those that these name: rather one too many."""
    every = {one.path.partition("/")[2]: one for one in templates}
    named = {name: [other for other in every if _quotes(one, other)] for name, one in every.items()}
    found = {}
    for name in every:
        reached = {name}
        waiting = [name]
        while waiting:
            fresh = [one for one in named[waiting.pop()] if one not in reached]
            reached |= set(fresh)
            waiting += fresh
        found[name] = key_of(*(every[one].digest.encode() for one in sorted(reached)))
    return found


def _quotes(template: SourceFile, name: str) -> bool:
    """Whether a template names another one, in quotes as Jinja asks for."""
    given = name.encode("utf-8", "surrogatepass")
    return any(mark + given + mark in template.data for mark in (b'"', b"'"))


def _bytes(made: Made) -> bytes:
    return json.dumps(encoder(Made)(made), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _read(data: bytes | None) -> Made | None:
    if data is None:
        return None
    try:
        found: Made = decoder(Made)(json.loads(data))
    except (Unfit, ValueError, RecursionError):
        return None
    return found

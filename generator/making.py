"""All pages of a site, made: put together, rendered, read once, and as text. What was made before comes from the cache.

The cache is asked twice. First by the articles and the facts of the site: a page is not even put together when all that
it looked at last is the same. Then by its inputs and its template with all that it uses: by what the page is made from,
and nothing else. What is made anew is shared out.
"""

import hashlib
import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Literal

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.keep.texts import beside, beside_path
from generator.markup.seen import noting
from generator.output.outputs import Kept, Output
from generator.output.reading import Reading, is_page, reading_of
from generator.output.render import Renderer
from generator.output.tree import tree_of
from generator.problems import Problem
from generator.reasons import Basis, Why, made_anew, reused
from generator.site.pages import Known, Page, Plan
from generator.sources.files import SourceFile
from generator.sources.program import program_digest
from generator.timing import STOPPED, Clock
from generator.workers import Lots

_LOT = 16
"""Pages that go to a worker at once."""

Told = Callable[[int], None]
"""Is told how many pages are there."""


class Gone(Exception):
    """The cache has lost the bytes of a file, and what would be made now is not the same."""


@dataclass(frozen=True)
class Stored:
    """A file's bytes, told by their digest (SHA-256, in hexadecimal) and how many they are."""

    digest: str
    size: int

    def is_of(self, data: bytes) -> bool:
        """Whether it tells of these bytes."""
        return len(data) == self.size and hashlib.sha256(data).hexdigest() == self.digest


@dataclass(frozen=True)
class Made:
    """What came of one page: its file (none where its template failed), what that holds if it is HTML, its words as
    Markdown where it is listed, and what is wrong with its template."""

    file: Stored | None
    reading: Reading | None
    words: Stored | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Recalled:
    """What a page was when it was put together last: what is known of it, the digest of its inputs, and what it looked
    at of which document, each with the digest that it had."""

    known: Known
    inputs: str
    seen: tuple[tuple[str, str, str], ...]


@dataclass
class Everything:
    """What came of all pages, in their order: the files, what is in the HTML ones, how many were rendered, and why."""

    outputs: list[Output] = field(default_factory=list)
    beside: list[Output] = field(default_factory=list)
    readings: dict[str, Reading] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    renders: int = 0
    why: dict[str, Callable[[], Why]] = field(default_factory=dict)


_Fresh = tuple[bytes, bytes, bytes]
"""What came of a page, as it travels between processes: a `Made`, and the bytes of its file and of its words."""
_FILE: Literal[1] = 1
_WORDS: Literal[2] = 2
"""Where those stand in it."""


class Maker:
    """Makes pages as they are planned.

    `facts` is the digest of all that pages are put together from, but for what they look at of single articles: `now`
    gives the digest of that. `finish` is done to each page before it is rendered.
    """

    def __init__(
        self,
        templates: tuple[SourceFile, ...],
        facts: bytes,
        now: Callable[[str, str], str],
        cache: Cache,
        executor: Executor | None = None,
        finish: Callable[[Page], Page] = lambda page: page,
        told: Told = lambda done: None,
        clock: Clock = STOPPED,
    ) -> None:
        self.now = now
        self.cache = cache
        self.finish = finish
        self.told = told
        self._facts = key_of(b"page put together", program_digest(), facts)
        self._templates = _Templates(templates)
        self._digests = _Digests()
        self._made: list[tuple[Known, Made, Mapping[str, bytes]] | None] = []
        self._plans: list[Plan] = []
        self._work = partial(make_lot, templates=templates)
        self._pending: deque[tuple[int, Known, bytes, Basis | None]] = deque()
        self._every = Everything()
        self._lots: Lots[Page, _Fresh] = Lots(
            self._work,
            _LOT,
            executor,
            lambda page: f"made {page.url} from {page.made_from}",
            self._take_fresh,
            lambda page, spent: clock.made(page.output, page.template, spent),
        )

    def take(self, plan: Plan) -> Known:
        """Make a page, unless it was made before; give what is known of it at once."""
        self._plans.append(plan)
        key = key_of(self._facts, _bytes(plan.name)) if plan.is_settled else b""
        recalled = self._recalled(key) if key else None
        if recalled and self._take_kept(recalled.known, self._key(recalled.known, recalled.inputs)):
            return recalled.known
        with noting() as seen:
            page, known = plan.make()
        page = self.finish(page)
        inputs = self._digests.of(page.inputs)
        whole = key_of(*(_bytes(f"{name}\0{digest}") for name, digest in inputs.items())).hex() if inputs else ""
        if key and whole:
            then = tuple((what, path, self.now(what, path)) for what, path in seen)
            self.cache.put({key: as_json(encoder(Recalled)(Recalled(known, whole, then)))})
        if not whole or not self._take_kept(known, self._key(known, whole)):
            basis = Basis(program_digest().hex(), self._templates.digests(page.template), inputs) if whole else None
            self._pending.append((len(self._made), known, self._key(known, whole) if whole else b"", basis))
            self._made.append(None)
            self._lots.add(page)
        return known

    def everything(self) -> Everything:
        """Wait for all pages, and give them."""
        self._lots.finish()
        every = self._every
        for plan, (known, made, bodies) in zip(self._plans, filter(None, self._made), strict=True):
            every.problems.extend(made.problems)
            if made.file:
                again = partial(self._again, plan, _FILE)
                every.outputs.append(self._output(known.output, made.file, known, bodies, again))
            if made.reading is not None:
                every.readings[known.output] = made.reading
            if made.words:
                again = partial(self._again, plan, _WORDS)
                every.beside.append(self._output(beside_path(known), made.words, known, bodies, again))
        return every

    def _recalled(self, key: bytes) -> Recalled | None:
        """What the page was when it was put together last, if all that it looked at is the same."""
        found: Recalled | None = _read(Recalled, self.cache.get([key]).get(key))
        if found and all(self.now(what, path) == then for what, path, then in found.seen):
            return found
        return None

    def _key(self, known: Known, inputs: str) -> bytes:
        """The key of what comes of a page."""
        place = json.dumps([known.template, known.output, known.url, known.made_from, known.listed])
        used = self._templates.digest(known.template)
        return key_of(b"page made", program_digest(), used, _bytes(place), inputs.encode())

    def _take_kept(self, known: Known, key: bytes) -> bool:
        made: Made | None = _read(Made, self.cache.get([key]).get(key))
        if made is None or not self.cache.has(_body_key(one) for one in (made.file, made.words) if one):
            return False
        self._made.append((known, made, {}))
        self._every.why[known.url] = partial(reused, known.url, self.cache)
        self.told(len(self._made) - len(self._pending))
        return True

    def _take_fresh(self, _page: Page, fresh: _Fresh) -> None:
        number, known, key, basis = self._pending.popleft()
        data, file, words = fresh
        made: Made = decoder(Made)(from_json(data))
        stored = [(one, body) for one, body in ((made.file, file), (made.words, words)) if one]
        is_kept = bool(made.file and key) and self.cache.put({key: data, **{_body_key(one): b for one, b in stored}})
        self._made[number] = (known, made, {} if is_kept else {one.digest: body for one, body in stored})
        self._every.renders += 1
        if basis:
            why = made_anew(known.url, basis, self.cache)
            self._every.why[known.url] = lambda: why
        self.told(len(self._made) - len(self._pending))

    def _output(
        self, path: str, stored: Stored, known: Known, bodies: Mapping[str, bytes], again: Callable[[], bytes]
    ) -> Output:
        if stored.digest in bodies:
            return Output(path, bodies[stored.digest], known.made_from)
        fetch = partial(_fetched, path, stored, self.cache, again)
        return Kept(path, known.made_from, stored.digest, stored.size, fetch)

    def _again(self, plan: Plan, which: Literal[1, 2]) -> bytes:
        """Make a page once more, as its bytes are lost."""
        page, _ = plan.make()
        (fresh,) = self._work([self.finish(page)])
        return fresh[which]


def make_lot(pages: list[Page], templates: tuple[SourceFile, ...]) -> list[_Fresh]:
    """Make some pages, in whatever process: what came of them travels as bytes."""
    return [_make(page, templates) for page in pages]


def _make(page: Page, templates: tuple[SourceFile, ...]) -> _Fresh:
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


def _fresh(made: Made, file: bytes, words: bytes) -> _Fresh:
    return as_json(encoder(Made)(made)), file, words


def _stored(output: Output) -> Stored:
    return Stored(output.digest, output.size)


@lru_cache(maxsize=2)
def _renderer(templates: tuple[SourceFile, ...]) -> Renderer:
    return Renderer(templates)


def _fetched(path: str, stored: Stored, cache: Cache, again: Callable[[], bytes]) -> bytes:
    key = _body_key(stored)
    found = cache.get([key]).get(key)
    if found is None or not stored.is_of(found):
        found = again()
        if not stored.is_of(found):
            raise Gone(f"what was kept of {path} is gone")
        cache.put({key: found})
    return found


def _body_key(stored: Stored) -> bytes:
    return key_of(b"bytes", stored.digest.encode())


class _Digests:
    """The digests of the inputs of pages. Of what is the same object for many pages, it is taken once."""

    def __init__(self) -> None:
        self._shared: dict[int, tuple[object, str]] = {}

    def of(self, inputs: Mapping[str, Any]) -> dict[str, str]:
        """The digest of each input, by its name; nothing where one of them is no plain data."""
        try:
            return {name: self._shared_digest(one) if name == "words" else _digest(one) for name, one in inputs.items()}
        except (TypeError, ValueError):
            return {}

    def _shared_digest(self, value: object) -> str:
        if id(value) not in self._shared:
            self._shared[id(value)] = (value, _digest(value))  # as long as it is held, its number is its own
        return self._shared[id(value)][1]


def _digest(value: object) -> str:
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"), check_circular=False)
    return key_of(_bytes(plain)).hex()


class _Templates:
    """The templates, each with every template that it names, and those that these name: rather one too many."""

    def __init__(self, templates: Iterable[SourceFile]) -> None:
        self._files = {one.path.partition("/")[2]: one for one in templates}
        self._used: dict[str, dict[str, str]] = {}

    def digests(self, name: str) -> Mapping[str, str]:
        """The digest of each file that a template uses, by its path."""
        if name not in self._used:
            reached = {name} & self._files.keys()
            waiting = [*reached]
            while waiting:
                one = self._files[waiting.pop()]
                fresh = [other for other in self._files if other not in reached and _quotes(one, other)]
                reached |= set(fresh)
                waiting += fresh
            self._used[name] = {self._files[one].path: self._files[one].digest for one in sorted(reached)}
        return self._used[name]

    def digest(self, name: str) -> bytes:
        """The digest of all of them."""
        return key_of(*map(_bytes, self.digests(name).values()))


def _quotes(template: SourceFile, name: str) -> bool:
    """Whether a template names another one, in quotes as Jinja asks for."""
    given = name.encode("utf-8", "surrogatepass")
    return any(mark + given + mark in template.data for mark in (b'"', b"'"))


def _read(kind: Any, data: bytes | None) -> Any:
    if data is None:
        return None
    try:
        return decoder(kind)(from_json(data))
    except Unfit:
        return None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")

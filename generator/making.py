"""All pages of a site, made: put together, rendered, read once, and as text. What was made before comes from the cache.

The cache is asked twice. First by the articles and the facts of the site (`settled.py`): a page is not even put
together when all that it looked at last is the same. Then by its inputs and its template with all that it uses: by what
the page is made from, and nothing else. What is made anew is shared out.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Literal

from generator.cache import Cache, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.keep.texts import beside, beside_path
from generator.markup.seen import noting
from generator.output.outputs import Kept, Output
from generator.output.reading import KeptReading, Reading, Signs, is_page, read, reading_of
from generator.output.render import Renderer
from generator.output.tree import tree_of
from generator.problems import Problem
from generator.reasons import Basis, Why, made_anew, reused
from generator.settled import Settled, Stored, given_to, shelf_of
from generator.shelves import Eyes, Now, Sights, Slot
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
class Made:
    """What came of one page: its file (none where its template failed), what that holds if it is HTML, its words as
    Markdown where it is listed, and what is wrong with its template."""

    file: Stored | None
    reading: Reading | None
    words: Stored | None
    problems: tuple[Problem, ...]


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
_Seen = tuple[str, str, Sights]
"""The digests of a page's inputs and of what it was given, and what it looked at."""
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
        now: Now,
        cache: Cache,
        executor: Executor | None = None,
        finish: Callable[[Page], Page] = lambda page: page,
        told: Told = lambda done: None,
        clock: Clock = STOPPED,
    ) -> None:
        self.cache = cache
        self.finish = finish
        self.told = told
        self._shelf = shelf_of(facts, cache)
        self._eyes = Eyes(now)
        self._slots: list[tuple[Slot[Settled], _Seen | None]] = []
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
        (known,) = self.take_all([plan])
        return known

    def take_all(self, plans: Iterable[Plan]) -> Iterator[Known]:
        """Make pages, each when what is known of it is asked for."""
        every = list(plans)
        slots = self._shelf.rows([plan.name for plan in every])
        are_there = False
        for plan, slot in zip(every, slots, strict=True):
            if slot.is_first:
                are_there = self._has_bodies(slot)
            self._plans.append(plan)
            yield self._take(plan, slot, are_there)

    def everything(self) -> Everything:
        """Wait for all pages, and give them."""
        self._lots.finish()
        every = self._every
        found = zip(self._plans, self._slots, filter(None, self._made), strict=True)
        for plan, (slot, basis), (known, made, bodies) in found:
            every.problems += made.problems
            if made.file:
                every.outputs.append(self._output(known.output, made.file, known, bodies, plan, _FILE))
            if made.reading is not None:
                every.readings[known.output] = made.reading
            if made.words:
                every.beside.append(self._output(beside_path(known), made.words, known, bodies, plan, _WORDS))
            if basis and made.file and not bodies:
                signs = made.reading.signs if made.reading else None
                slot.put(Settled(known, *basis, self._templates.digest(known.template), made.file, signs, made.words))
            slot.close()
        self._slots.clear()
        return every

    def _has_bodies(self, slot: Slot[Settled]) -> bool:
        """Whether the bytes of a piece's pages are there. One page stands for all of them: what is dropped as too much
        is dropped in order."""
        first = next(slot.neighbours, None)
        return first is not None and self.cache.has(first.bodies)

    def _take(self, plan: Plan, slot: Slot[Settled], are_there: bool) -> Known:
        given, row = given_to(plan), slot.row
        if row and row.given == given and self._eyes.see_the_same(row.sights):
            is_same = row.templates == self._templates.digest(row.known.template)
            if is_same and (are_there or self.cache.has(row.bodies)):
                self._slots.append((slot, None))
                self._settle(row.known, Made(row.file, self._reading(row, plan), row.words, ()))
                return row.known
            if self._take_kept(row.known, self._key(row.known, row.inputs)):
                self._slots.append((slot, (row.inputs, given, row.sights)))
                return row.known
        with noting() as seen:
            page, known = plan.make()
        page = self.finish(page)
        inputs = self._digests.of(page.inputs)
        whole = key_of(*(_bytes(f"{name}\0{digest}") for name, digest in inputs.items())).hex() if inputs else ""
        self._slots.append((slot, (whole, given, self._eyes.sights(seen)) if whole else None))
        if not whole or not self._take_kept(known, self._key(known, whole)):
            basis = Basis(program_digest().hex(), self._templates.digests(page.template), inputs) if whole else None
            self._pending.append((len(self._made), known, self._key(known, whole) if whole else b"", basis))
            self._made.append(None)
            self._lots.add(page)
        return known

    def _settle(self, known: Known, made: Made) -> None:
        self._made.append((known, made, {}))
        self._every.why[known.url] = partial(reused, known.url, self.cache)
        self.told(len(self._made) - len(self._pending))

    def _reading(self, row: Settled, plan: Plan) -> Reading | None:
        """The reading of a page, fetched when its signs are not enough any more."""
        if row.signs is None:
            return None
        return KeptReading(row.signs, partial(self._read_again, row.known, row.inputs, row.signs, row.file, plan))

    def _read_again(self, known: Known, inputs: str, signs: Signs, file: Stored, plan: Plan) -> Reading:
        key = self._key(known, inputs)
        made: Made | None = _read(Made, self.cache.get([key]).get(key))
        if made and made.reading and made.reading.signs == signs:
            return made.reading
        return read(self._fetched(known.output, file, plan, _FILE))

    def _key(self, known: Known, inputs: str) -> bytes:
        """The key of what comes of a page."""
        place = json.dumps([known.template, known.output, known.url, known.made_from, known.listed])
        used = self._templates.digest(known.template)
        return key_of(b"page made", program_digest(), _bytes(used), _bytes(place), inputs.encode())

    def _take_kept(self, known: Known, key: bytes) -> bool:
        made: Made | None = _read(Made, self.cache.get([key]).get(key))
        if made is None or not self.cache.has(one.key for one in (made.file, made.words) if one):
            return False
        self._settle(known, made)
        return True

    def _take_fresh(self, _page: Page, fresh: _Fresh) -> None:
        number, known, key, basis = self._pending.popleft()
        data, file, words = fresh
        made: Made = decoder(Made)(from_json(data))
        stored = [(one, body) for one, body in ((made.file, file), (made.words, words)) if one]
        is_kept = bool(made.file and key) and self.cache.put({key: data, **{one.key: b for one, b in stored}})
        self._made[number] = (known, made, {} if is_kept else {one.digest: body for one, body in stored})
        self._every.renders += 1
        if basis:
            why = made_anew(known.url, basis, self.cache)
            self._every.why[known.url] = lambda: why
        self.told(len(self._made) - len(self._pending))

    def _output(
        self, path: str, stored: Stored, known: Known, bodies: Mapping[str, bytes], plan: Plan, which: Literal[1, 2]
    ) -> Output:
        if stored.digest in bodies:
            return Output(path, bodies[stored.digest], known.made_from)
        fetch = partial(self._fetched, path, stored, plan, which)
        return Kept(path, known.made_from, stored.digest, stored.size, fetch)

    def _fetched(self, path: str, stored: Stored, plan: Plan, which: Literal[1, 2]) -> bytes:
        found = self.cache.get([stored.key]).get(stored.key)
        if found is None or not stored.is_of(found):
            found = self._again(plan, which)
            if not stored.is_of(found):
                raise Gone(f"what was kept of {path} is gone")
            self.cache.put({stored.key: found})
        return found

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
        self._whole: dict[str, str] = {}

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

    def digest(self, name: str) -> str:
        """The digest of all of them."""
        if name not in self._whole:
            self._whole[name] = key_of(*map(_bytes, self.digests(name).values())).hex()
        return self._whole[name]


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

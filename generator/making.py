"""All pages of a site, made: put together, rendered, read once, and as text. What was made before comes from the cache.

The cache is asked twice. First by the articles and the facts of the site: a page is not even put together when all that
it looked at last is the same. Then by its inputs and its template with all that it uses: by what the page is made from,
and nothing else. What is made anew is shared out.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal

from generator.cache import Cache, Gathered, key_of
from generator.codec import Unfit, as_json, decoder, encoder, from_json
from generator.digests import Digests, Templates, as_bytes, digest_of_all
from generator.keep.texts import beside_path
from generator.markup.kept import hold_few
from generator.markup.seen import noting
from generator.output.outputs import Kept, Output
from generator.output.reading import Reading
from generator.packing import unpacked
from generator.problems import Problem
from generator.reasons import Basis, Why, made_anew, made_before, reused
from generator.rendering import Fresh, Made, Stored, make_lot
from generator.site.pages import Known, Page, Plan
from generator.sources.files import SourceFile
from generator.sources.program import program_digest
from generator.timing import STOPPED, Clock
from generator.together import by_copies
from generator.workers import Lots

_LOT = 16
"""Pages that go to a worker at once."""

Told = Callable[[int], None]
"""Is told how many pages are there."""


class Gone(Exception):
    """The cache has lost the bytes of a file, and what would be made now is not the same."""


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


_Taken = tuple[Known, Made, Mapping[str, bytes]]
"""A page that is there, and the bytes that the cache has not, by their digest."""


@dataclass(frozen=True)
class Wanted:
    """A page that is to be there: its place among all, its plan, by what it would be recalled, and what was."""

    at: int
    plan: Plan
    key: bytes
    recalled: Recalled | None


@dataclass(frozen=True)
class Done:
    """A page that was made, or found in the cache, by a copy of the process that wants it."""

    taken: _Taken
    renders: int
    why: Why | None
    """Why it was made anew; nothing where it was not, or where that cannot be told."""
    spent: int
    """Nanoseconds of processor time that making it took."""


_FILE: Literal[1] = 1
_WORDS: Literal[2] = 2
"""Where the bytes of a page stand among what came of it, and those of its words."""


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
        self.alone = partial(Maker, templates, facts, now, cache, None, finish)
        """Gives another one like it, which has nobody to share work with."""
        self._executor = executor
        self._clock = clock
        self._ready = 0
        self._facts = key_of(b"page put together", program_digest(), facts)
        self._templates = Templates(templates)
        self._digests = Digests()
        self._made: list[_Taken | None] = []
        self._plans: list[Plan] = []
        self._work = partial(make_lot, templates=templates)
        self._pending: deque[tuple[int, Known, bytes, Basis | None, Basis | None]] = deque()
        self._every = Everything()
        self._lots: Lots[Page, Fresh] = Lots(
            self._work,
            _LOT,
            executor,
            lambda page: f"made {page.url} from {page.made_from}",
            self._take_fresh,
            lambda page, spent: clock.made(page.output, page.template, spent),
        )

    def take(self, plan: Plan) -> Known:
        """Make a page, unless it was made before; give what is known of it at once."""
        wanted = self._wanted(plan)
        return self._reused(wanted) or self._make(wanted)

    def take_all(self, plans: Iterable[Plan]) -> list[Known]:
        """Make pages that follow from the site alone, as `take` does; give what is known of them, in their order.

        Where workers can be copies of this process, they put the pages together too.
        """
        found: list[Known | None] = []
        missing: list[Wanted] = []
        for plan in plans:
            wanted = self._wanted(plan)
            found.append(self._reused(wanted))
            missing += [] if found[-1] else [wanted]
        with by_copies(_Apart(self), missing, self.cache, self._executor, _named) as made:
            if made is None:
                fresh = [self._make(one) for one in missing]
            else:
                fresh = [self._add(one, *done) for one, done in zip(missing, made, strict=True)]
        there = iter(fresh)
        return [known or next(there) for known in found]

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

    def _wanted(self, plan: Plan) -> Wanted:
        self._plans.append(plan)
        self._made.append(None)
        key = key_of(self._facts, as_bytes(plan.name)) if plan.is_settled else b""
        return Wanted(len(self._made) - 1, plan, key, self._recalled(key) if key else None)

    def _recalled(self, key: bytes) -> Recalled | None:
        """What the page was when it was put together last, if all that it looked at is the same."""
        found: Recalled | None = _read(Recalled, self.cache.get([key]).get(key))
        if found and all(self.now(what, path) == then for what, path, then in found.seen):
            return found
        return None

    def _reused(self, wanted: Wanted) -> Known | None:
        known = wanted.recalled and wanted.recalled.known
        if known and wanted.recalled and self._take_kept(wanted.at, known, self._key(known, wanted.recalled.inputs)):
            return known
        return None

    def _make(self, wanted: Wanted) -> Known:
        with noting() as seen:
            page, known = wanted.plan.make()
        page = self.finish(page)
        then = wanted.recalled.inputs if wanted.recalled else ""  # which are what they are now
        before = made_before(known.url, self.cache) if then else None
        inputs = before.inputs if before and then == digest_of_all(before.inputs) else self._digests.of(page.inputs)
        whole = digest_of_all(inputs)
        key = self._key(known, whole) if whole else b""
        if wanted.key and whole and whole != then:
            looked_at = tuple((what, path, self.now(what, path)) for what, path in seen)
            self.cache.put({wanted.key: as_json(encoder(Recalled)(Recalled(known, whole, looked_at)))})
        if not key or whole == then or not self._take_kept(wanted.at, known, key):
            basis = Basis(program_digest().hex(), self._templates.digests(page.template), inputs) if whole else None
            before = before or made_before(known.url, self.cache)
            self._pending.append((wanted.at, known, key, before, basis))
            self._lots.add(page)
        return known

    def apart(self, wanted: Wanted) -> tuple[_Taken, int, Why | None]:
        """Make a page that another one of these wants, and let go of it: what it is, how often it was rendered, why."""
        self._every, self._made = Everything(), [None]
        known = self._make(replace(wanted, at=0))
        (taken,) = filter(None, self._made)
        renders, why = self._every.renders, self._every.why.get(known.url)
        return taken, renders, why() if why and renders else None

    def _add(self, wanted: Wanted, done: Done, gathered: Gathered) -> Known:
        """Take a page that was made in a copy of this process."""
        known, made, bodies = done.taken
        if not self.cache.add(gathered):
            bodies = {**bodies, **_unpacked(made, gathered)}
        self._made[wanted.at] = (known, made, bodies)
        self._every.renders += done.renders
        if done.why:
            self._every.why[known.url] = partial(_same, done.why)
        elif not done.renders:
            self._every.why[known.url] = partial(reused, known.url, self.cache)
        if done.renders:
            self._clock.made(known.output, known.template, done.spent)
        self._tell()
        return known

    def _tell(self) -> None:
        self._ready += 1
        self.told(self._ready)

    def _key(self, known: Known, inputs: str) -> bytes:
        """The key of what comes of a page."""
        place = json.dumps([known.template, known.output, known.url, known.made_from, known.listed])
        used = self._templates.digest(known.template)
        return key_of(b"page made", program_digest(), used, as_bytes(place), inputs.encode())

    def _take_kept(self, at: int, known: Known, key: bytes) -> bool:
        made: Made | None = _read(Made, self.cache.get([key]).get(key))
        if made is None or not self.cache.has(_body_key(one) for one in (made.file, made.words) if one):
            return False
        self._made[at] = (known, made, {})
        self._every.why[known.url] = partial(reused, known.url, self.cache)
        self._tell()
        return True

    def _take_fresh(self, _page: Page, fresh: Fresh) -> None:
        number, known, key, before, basis = self._pending.popleft()
        data, file, words = fresh
        made: Made = decoder(Made)(from_json(data))
        stored = [(one, body) for one, body in ((made.file, file), (made.words, words)) if one]
        is_kept = bool(made.file and key) and self.cache.put({key: data, **{_body_key(one): b for one, b in stored}})
        self._made[number] = (known, made, {} if is_kept else {one.digest: body for one, body in stored})
        self._every.renders += 1
        if basis:
            self._every.why[known.url] = partial(_same, made_anew(known.url, before, basis, self.cache))
        self._tell()

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


class _Costs(Clock):
    """Notes what making pages costs."""

    def __init__(self) -> None:
        super().__init__()
        self.spent = 0

    def made(self, path: str, template: str, spent: int) -> None:
        """A page was made."""
        self.spent = spent


class _Apart:
    """Makes the pages that a maker wants, in a copy of its process."""

    def __init__(self, maker: Maker) -> None:
        self._costs = _Costs()
        self._maker = maker.alone(clock=self._costs)

    def __call__(self, wanted: Wanted) -> Done:
        hold_few()
        return Done(*self._maker.apart(wanted), self._costs.spent)


def _fetched(path: str, stored: Stored, cache: Cache, again: Callable[[], bytes]) -> bytes:
    key = _body_key(stored)
    found = cache.get([key]).get(key)
    if found is None or not stored.is_of(found):
        found = again()
        if not stored.is_of(found):
            raise Gone(f"what was kept of {path} is gone")
        cache.put({key: found})
    return found


def _unpacked(made: Made, gathered: Gathered) -> dict[str, bytes]:
    """The bytes of what a copy of this process has made, from what could not be kept of it."""
    rows = {row[0]: row[-1] for row in gathered.rows}
    stored = [one for one in (made.file, made.words) if one and _body_key(one) in rows]
    return {one.digest: unpacked(rows[_body_key(one)]) or b"" for one in stored}


def _same(why: Why) -> Why:
    return why


def _named(wanted: Wanted) -> str:
    return f"made {wanted.plan.name} from {wanted.plan.made_from}"


def _body_key(stored: Stored) -> bytes:
    return key_of(b"bytes", stored.digest.encode())


def _read(kind: Any, data: bytes | None) -> Any:
    if data is None:
        return None
    try:
        return decoder(kind)(from_json(data))
    except Unfit:
        return None

"""All pages of a site, made: put together, rendered, read once, and as text. What was made before comes from the cache.

The cache is asked twice. First by the articles and the facts of the site (`settled.py`): a page is not even put
together when all that it looked at last is the same. Then by its inputs and its template with all that it uses: by what
the page is made from, and nothing else. What is made anew is shared out.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal

from generator.cache.cache import Gathered, key_of
from generator.cache.codec import Unfit, decoder, from_json
from generator.cache.packing import unpacked
from generator.cache.program import program_digest
from generator.cache.shelves import Slot
from generator.cache.traces import DigestsOf, Trace, Traces
from generator.formats.texts import beside_path
from generator.making.digests import Digests, Templates, as_bytes, digest_of_all
from generator.making.reasons import Basis, Why, made_anew, made_before, reused
from generator.making.rendering import Fresh, Made, Stored, make_lot, put_together, stopped
from generator.making.settled import Settled, given_to, shelf_of
from generator.markup.kept import hold_few
from generator.output.outputs import Gone, Kept, Output
from generator.output.reading import KeptReading, Reading, Signs, read
from generator.problems.problem import Problem
from generator.site.pages import Known, Page, Plan
from generator.sources.files import SourceFile
from generator.sources.limits import DEFAULTS
from generator.work.copies import by_copies
from generator.work.means import Means
from generator.work.timing import Clock
from generator.work.workers import Lots

_LOT = 16
"""Pages that go to a worker at once."""

Told = Callable[[int], None]
"""Is told how many pages are there."""


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
_Seen = tuple[str, str, Trace]
"""The digests of a page's inputs and of what it was given, and what it looked at."""


@dataclass(frozen=True)
class Wanted:
    """A page that is to be there: its place among all, its plan, what it is given, what is kept of it."""

    at: int
    plan: Plan
    given: str
    kept: Settled | None
    """What it was, if all that it looked at is the same; it may have been made with other templates."""


@dataclass(frozen=True)
class Done:
    """A page that was made, or found in the cache, by a copy of the process that wants it."""

    taken: _Taken
    renders: int
    why: Why | None
    """Why it was made anew; nothing where it was not, or where that cannot be told."""
    spent: int
    """Nanoseconds of processor time that making it took."""
    seen: _Seen | None
    """By what it can be told the next time; nothing where it cannot."""


_FILE: Literal[1] = 1
_WORDS: Literal[2] = 2
"""Where the bytes of a page stand among what came of it, and those of its words."""


class Maker:
    """Makes pages as they are planned.

    `facts` is the digest of all that pages are put together from, but for what they look at of single articles: `now`
    gives the digest of that. `finish` is done to each page before it is rendered, and `told` how many are there.
    Rendering a page may take that many `seconds` of processor time.
    """

    def __init__(
        self,
        templates: tuple[SourceFile, ...],
        facts: bytes,
        now: DigestsOf,
        means: Means,
        finish: Callable[[Page], Page] = lambda page: page,
        told: Told = lambda done: None,
        seconds: float = DEFAULTS.seconds,
    ) -> None:
        cache, clock = means.cache, means.clock
        self.cache = cache
        self.finish = finish
        self.told = told
        self.seconds = seconds
        self.alone = partial(Maker, templates, facts, now, finish=finish, seconds=seconds)
        """Gives another one like it, with other means."""
        self._means = means
        self._ready = 0
        self._shelf = shelf_of(facts, cache)
        self._traces = Traces(now)
        self._slots: list[Slot[Settled]] = []
        self._asked: object = None
        self._stands = False
        self._seen: dict[int, _Seen] = {}
        self._templates = Templates(templates)
        self._digests = Digests()
        self._made: list[_Taken | None] = []
        self._plans: list[Plan] = []
        self._work = partial(make_lot, templates=templates, seconds=seconds)
        self._pending: deque[tuple[int, Known, bytes, Basis | None, Basis | None]] = deque()
        self._every = Everything()
        self._lots: Lots[Page, Fresh] = Lots(
            self._work,
            _LOT,
            means.executor,
            lambda page: f"made {page.url} from {page.made_from}",
            self._take_fresh,
            lambda page, spent: clock.made(page.output, page.template, spent),
        )

    def take(self, plan: Plan) -> Known:
        """Make a page, unless it was made before; give what is known of it at once."""
        (known,) = self.take_all([plan])
        return known

    def take_all(self, plans: Iterable[Plan]) -> Iterator[Known]:
        """Make pages, unless they were made before; give what is known of each at once.

        Where none of them is given anything of other pages and workers can be copies of this process, they put the
        pages together too. Else each is made when it is asked for.
        """
        every = list(plans)
        slots = self._shelf.rows([plan.name for plan in every])
        if any(plan.given for plan in every):
            for plan, slot in zip(every, slots, strict=True):
                wanted = self._wanted(plan, slot)
                yield self._reused(wanted) or self._make(wanted)
        else:
            yield from self._at_once([self._wanted(plan, slot) for plan, slot in zip(every, slots, strict=True)])

    def _at_once(self, every: list[Wanted]) -> list[Known]:
        found = [self._reused(wanted) for wanted in every]
        missing = [wanted for wanted, known in zip(every, found, strict=True) if known is None]
        with by_copies(_Apart(self), missing, self.cache, self._means.executor, _named) as made:
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
        found = zip(self._plans, self._slots, filter(None, self._made), strict=True)
        for at, (plan, slot, (known, made, bodies)) in enumerate(found):
            every.problems += made.problems
            if made.file:
                every.outputs.append(self._output(known.output, made.file, known, bodies, plan, _FILE))
            if made.reading is not None:
                every.readings[known.output] = made.reading
            if made.words:
                every.beside.append(self._output(beside_path(known), made.words, known, bodies, plan, _WORDS))
            if at in self._seen and made.file and not bodies:
                signs = made.reading.signs if made.reading else None
                used = self._templates.digest(known.template)
                slot.put(Settled(known, *self._seen.pop(at), used, made.file, signs, made.words))
            slot.close()
        self._slots.clear()
        return every

    def _wanted(self, plan: Plan, slot: Slot[Settled]) -> Wanted:
        self._plans.append(plan)
        self._made.append(None)
        self._slots.append(slot)
        given, row = given_to(plan), slot.row
        is_kept = row is not None and row.given == given and self._traces.hold(row.trace)
        return Wanted(len(self._made) - 1, plan, given, row if is_kept else None)

    def _reused(self, wanted: Wanted) -> Known | None:
        row = wanted.kept
        if row is None:
            return None
        if row.templates == self._templates.digest(row.known.template) and self._has_bodies(wanted.at, row):
            self._settle(wanted.at, row.known, Made(row.file, self._reading(row, wanted.plan), row.words, ()))
            return row.known
        if self._take_kept(wanted.at, row.known, self._key(row.known, row.inputs)):
            self._seen[wanted.at] = row.inputs, row.given, row.trace
            return row.known
        return None

    def _has_bodies(self, at: int, row: Settled) -> bool:
        """Whether the bytes of a page are kept. The first page of a piece stands for all, if its own are: what is too
        much is dropped in order."""
        slot = self._slots[at]
        if slot.piece is not self._asked:
            first = slot.piece.rows[0]
            self._asked, self._stands = slot.piece, first is not None and self.cache.has(first.bodies)
        return self._stands or self.cache.has(row.bodies)

    def _make(self, wanted: Wanted) -> Known:
        page, known, seen = put_together(wanted.plan, self.seconds)
        if page is None:
            self._made[wanted.at] = (known, stopped(known.made_from, known.url, self.seconds), {})
            self._tell()
            return known
        page = self.finish(page)
        then = wanted.kept.inputs if wanted.kept else ""  # which are what they are now
        before = made_before(known.url, self.cache) if then else None
        inputs = before.inputs if before and then == digest_of_all(before.inputs) else self._digests.of(page.inputs)
        whole = digest_of_all(inputs)
        key = self._key(known, whole) if whole else b""
        if whole:
            self._seen[wanted.at] = whole, wanted.given, self._traces.of(seen)
        if not key or whole == then or not self._take_kept(wanted.at, known, key):
            basis = Basis(program_digest().hex(), self._templates.digests(page.template), inputs) if whole else None
            before = before or made_before(known.url, self.cache)
            self._pending.append((wanted.at, known, key, before, basis))
            self._lots.add(page)
        return known

    def apart(self, wanted: Wanted, costs: "_Costs") -> Done:
        """Make a page that another one of these wants, and let go of it."""
        self._every, self._made = Everything(), [None]
        known = self._make(replace(wanted, at=0))
        (taken,) = filter(None, self._made)
        if taken[1].reading:
            _ = taken[1].reading.signs  # found here, they travel with it
        renders, why = self._every.renders, self._every.why.get(known.url)
        return Done(taken, renders, why() if why and renders else None, costs.spent, self._seen.pop(0, None))

    def _add(self, wanted: Wanted, done: Done, gathered: Gathered) -> Known:
        """Take a page that was made in a copy of this process."""
        known, made, bodies = done.taken
        if not self.cache.add(gathered):
            bodies = {**bodies, **_unpacked(made, gathered)}
        self._made[wanted.at] = (known, made, bodies)
        self._every.renders += done.renders
        if done.seen:
            self._seen[wanted.at] = done.seen
        if done.why:
            self._every.why[known.url] = partial(_same, done.why)
        elif not done.renders:
            self._every.why[known.url] = partial(reused, known.url, self.cache)
        if done.renders:
            self._means.clock.made(known.output, known.template, done.spent)
        self._tell()
        return known

    def _tell(self) -> None:
        self._ready += 1
        self.told(self._ready)

    def _key(self, known: Known, inputs: str) -> bytes:
        """The key of what comes of a page."""
        place = json.dumps([known.template, known.output, known.url, known.made_from, known.listed])
        used = self._templates.digest(known.template)
        return key_of(b"page made", program_digest(), used.encode(), as_bytes(place), inputs.encode())

    def _take_kept(self, at: int, known: Known, key: bytes) -> bool:
        made: Made | None = _read(Made, self.cache.get([key]).get(key))
        if made is None or not self.cache.has(one.key for one in (made.file, made.words) if one):
            return False
        self._settle(at, known, made)
        return True

    def _settle(self, at: int, known: Known, made: Made) -> None:
        self._made[at] = (known, made, {})
        self._every.why[known.url] = partial(reused, known.url, self.cache)
        self._tell()

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

    def _take_fresh(self, _page: Page, fresh: Fresh) -> None:
        number, known, key, before, basis = self._pending.popleft()
        data, file, words = fresh
        made: Made = decoder(Made)(from_json(data))
        stored = [(one, body) for one, body in ((made.file, file), (made.words, words)) if one]
        is_kept = bool(made.file and key) and self.cache.put({key: data, **{one.key: b for one, b in stored}})
        self._made[number] = (known, made, {} if is_kept else {one.digest: body for one, body in stored})
        self._every.renders += 1
        if basis:
            self._every.why[known.url] = partial(_same, made_anew(known.url, before, basis, self.cache))
        self._tell()

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
        self._maker = maker.alone(Means(maker.cache, clock=self._costs))

    def __call__(self, wanted: Wanted) -> Done:
        hold_few()
        return self._maker.apart(wanted, self._costs)


def _unpacked(made: Made, gathered: Gathered) -> dict[str, bytes]:
    """The bytes of what a copy of this process has made, from what could not be kept of it."""
    rows = {row[0]: row[-1] for row in gathered.rows}
    stored = [one for one in (made.file, made.words) if one and one.key in rows]
    return {one.digest: unpacked(rows[one.key]) or b"" for one in stored}


def _same(why: Why) -> Why:
    return why


def _named(wanted: Wanted) -> str:
    return f"made {wanted.plan.name} from {wanted.plan.made_from}"


def _read(kind: Any, data: bytes | None) -> Any:
    if data is None:
        return None
    try:
        return decoder(kind)(from_json(data))
    except Unfit:
        return None

"""All pages of a site, made: put together, rendered, read once, and as text. Those that were made before are found in
the cache (`kept.py`), and what is made anew is shared out."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.cache.cache import Cache, Gathered
from generator.formats.texts import markdown_path
from generator.making.apart import apart, brought_back
from generator.making.fresh import FreshPages, Ready
from generator.making.kept import KeptPages
from generator.making.reasons import Why, reused
from generator.making.recipe import Recipe
from generator.making.rendering import Rendered
from generator.making.wanted import Done, Wanted
from generator.output.outputs import Output
from generator.output.reading import Reading
from generator.problems.problem import Problem
from generator.runtime.copies import by_copies
from generator.runtime.means import Means
from generator.runtime.sharing import Lots
from generator.site.pages import Known, Page, Plan

_LOT = 16
"""Pages that go to a worker at once."""

Tell = Callable[[int], None]
"""Is told how many pages are there."""


@dataclass(frozen=True)
class Everything:
    """What came of all pages, in their order: their files, their texts as Markdown, what is in the HTML ones by their
    path, what is wrong, how many were rendered, and why each was rendered or reused, by its address."""

    outputs: list[Output]
    markdown: list[Output]
    readings: Mapping[str, Reading]
    problems: list[Problem]
    renders: int
    why: Mapping[str, Callable[[], Why]]


class Maker:
    """Makes pages as they are planned; `tell` hears how many are there."""

    def __init__(self, recipe: Recipe, means: Means, tell: Tell = lambda done: None) -> None:
        self._means = means
        self._tell = tell
        self._kept = KeptPages(recipe, means.cache)
        self._fresh = FreshPages(recipe, self._kept, means.cache)
        self._wanted: list[Wanted] = []
        self._count = 0
        self._given_out: deque[tuple[Wanted, Ready]] = deque()
        self._lots: Lots[Page, Rendered] = Lots(
            self._fresh.render,
            _LOT,
            means.executor,
            lambda page: f"made {page.url} from {page.made_from}",
            self._take,
            lambda page, spent: means.clock.made(page.output, page.template, spent),
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
        wanted = self._kept.wanted(every)
        if any(plan.given for plan in every):
            for one in wanted:
                yield self._found(one) or self._make(one)
        else:
            yield from self._at_once(list(wanted))

    def everything(self) -> Everything:
        """Wait for all pages, and give them; what is new is kept."""
        self._lots.finish()
        done = [(one, one.done) for one in self._wanted]
        files = [(one.known.output, one.made.file, wanted) for wanted, one in done]
        texts = [(markdown_path(one.known), one.made.markdown, wanted) for wanted, one in done]
        made = Everything(
            outputs=[self._kept.output(path, stored, wanted) for path, stored, wanted in files if stored],
            markdown=[self._kept.output(path, stored, wanted) for path, stored, wanted in texts if stored],
            readings={one.known.output: one.made.reading for _, one in done if one.made.reading is not None},
            problems=[problem for _, one in done for problem in one.made.problems],
            renders=sum(one.is_rendered for _, one in done),
            why=dict(_reasons((one for _, one in done), self._means.cache)),
        )
        for one in self._wanted:
            self._kept.settle(one)
        self._wanted.clear()
        return made

    def _at_once(self, every: list[Wanted]) -> list[Known]:
        found = [self._found(one) for one in every]
        missing = [one for one, known in zip(every, found, strict=True) if known is None]
        with by_copies(apart(self._fresh), missing, self._means.cache, self._means.executor, _named) as made:
            if made is None:
                fresh = [self._make(one) for one in missing]
            else:
                fresh = [self._take_from_copy(one, *came) for one, came in zip(missing, made, strict=True)]
        there = iter(fresh)
        return [known or next(there) for known in found]

    def _found(self, wanted: Wanted) -> Known | None:
        """Want a page. What is known of it is given if it was made before, and need not even be put together."""
        self._wanted.append(wanted)
        done = self._kept.settled(wanted)
        return self._finish(wanted, done) if done else None

    def _make(self, wanted: Wanted) -> Known:
        ready = self._fresh.begin(wanted)
        if isinstance(ready, Done):
            return self._finish(wanted, ready)
        self._given_out.append((wanted, ready))
        self._lots.add(ready.page)
        return ready.known

    def _take(self, _page: Page, rendered: Rendered) -> None:
        wanted, ready = self._given_out.popleft()
        self._finish(wanted, self._fresh.end(ready, rendered))

    def _take_from_copy(self, wanted: Wanted, done: Done, gathered: Gathered) -> Known:
        if done.is_rendered:
            self._means.clock.made(done.known.output, done.known.template, done.spent)
        return self._finish(wanted, brought_back(done, gathered, self._means.cache))

    def _finish(self, wanted: Wanted, done: Done) -> Known:
        wanted.done = done
        self._count += 1
        self._tell(self._count)
        return done.known


def _reasons(every: Iterable[Done], cache: Cache) -> Iterator[tuple[str, Callable[[], Why]]]:
    """Why each page was rendered or reused, by its address. A page that was reused tells it only when asked."""
    for one in every:
        if not one.is_rendered:
            yield one.known.url, partial(reused, one.known.url, cache)
        elif one.why:
            yield one.known.url, partial(_same, one.why)


def _same(why: Why) -> Why:
    return why


def _named(wanted: Wanted) -> str:
    return f"made {wanted.plan.name} from {wanted.plan.made_from}"

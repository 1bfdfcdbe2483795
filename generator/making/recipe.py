"""What all pages of a site are made with and from, beside what each is planned to be."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from generator.cache.traces import DigestsOf
from generator.making.rendering import Rendered, make_lot
from generator.site.pages import Page, Plan
from generator.sources.files import SourceFile
from generator.sources.limits import DEFAULTS


def as_planned(page: Page) -> Page:
    """Give a page to which nothing more is done before it is rendered."""
    return page


@dataclass(frozen=True, eq=False)
class Recipe:
    """How pages are made from their plans, and what tells their results from those of another site or program."""

    templates: tuple[SourceFile, ...]
    facts: bytes
    """The digest of all that pages are put together from, but for what they look at of single articles."""
    now: DigestsOf
    """Gives the digests of that."""
    finish: Callable[[Page], Page] = as_planned
    """What is done to each page before it is rendered."""
    seconds: float = DEFAULTS.seconds
    """Processor time that rendering a page may take, and so may putting one together."""

    @property
    def render(self) -> Callable[[list[Page]], list[Rendered]]:
        """What renders some pages, in whatever process."""
        return partial(make_lot, templates=self.templates, seconds=self.seconds)

    def make(self, plan: Plan) -> Rendered:
        """Make a page from its plan, whatever is kept of it."""
        page, _ = plan.make()
        (rendered,) = self.render([self.finish(page)])
        return rendered

"""All pages, made, and with them the files that are copied."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.cache.cache import key_of
from generator.checks.paths import check_paths
from generator.formats.asked import with_links
from generator.making.maker import Maker
from generator.making.reasons import Why
from generator.output.assets import picture_outputs, static_outputs, static_urls
from generator.output.cards.cards import Cards
from generator.output.imports import with_imports
from generator.output.minify import minified
from generator.output.outputs import Output
from generator.output.reading import Reading
from generator.output.search import FOLDER
from generator.problems.problem import Problem
from generator.site.catalogue import what_pages_meet
from generator.site.joined import Site
from generator.site.pages import Page, Pages, all_pages
from generator.sources.files import SourceFile
from generator.stages.intake import Sources
from generator.stages.options import DEFAULT, Options
from generator.work.means import ALONE, Means

Told = Callable[[int, int], None]
"""Is told how many pages are there, and of how many."""


@dataclass(frozen=True)
class Assets:
    """The static files as they are published, and the address of each by its path below static/."""

    files: tuple[SourceFile, ...]
    urls: Mapping[str, str]

    @property
    def outputs(self) -> list[Output]:
        """The files at their places."""
        return static_outputs(self.files, self.urls)


@dataclass(frozen=True)
class Making:
    """What came of all pages: their files with those that they show, their words as Markdown (`beside`), what the pages
    hold, what is wrong, how many were rendered, and why each was made anew or reused, by its address."""

    pages: Pages
    outputs: tuple[Output, ...]
    beside: tuple[Output, ...]
    readings: Mapping[str, Reading]
    problems: tuple[Problem, ...]
    renders: int
    why: Mapping[str, Callable[[], Why]]


def read_assets(files: Iterable[SourceFile]) -> tuple[Assets, list[Problem]]:
    """Put static files together as they are published: what others import put in, and small."""
    whole, problems = with_imports(files)
    small = tuple(minified(whole))
    return Assets(small, static_urls(small)), problems


def addresses(assets: Assets, options: Options) -> Mapping[str, str]:
    """Give the address of each static file, and that of the search where there is one."""
    return {**assets.urls, FOLDER: f"/{FOLDER}/"} if options.has_search else assets.urls


def make_pages(
    site: Site,
    sources: Sources,
    assets: Assets,
    options: Options = DEFAULT,
    told: Told = lambda done, total: None,
    means: Means = ALONE,
    cards: Cards | None = None,
) -> Making:
    """Make all pages of a site; those that were made before of the same are not made again. `cards` draws the pictures
    that others show with a link."""
    urls = addresses(assets, options)
    maker = _maker(site, sources, urls, options, cards, told, means)
    pages = all_pages(site, urls, maker.take_all)
    made = maker.everything()
    told(len(pages.pages), len(pages.pages))
    drawn = cards.outputs(pages.pages) if cards else ()
    outputs = (*made.outputs, *drawn, *assets.outputs, *picture_outputs(site))
    return Making(
        pages=pages,
        outputs=outputs,
        beside=tuple(made.beside),
        readings=made.readings,
        problems=(*made.problems, *check_paths(outputs)),
        renders=made.renders,
        why=made.why,
    )


def _maker(
    site: Site,
    sources: Sources,
    urls: Mapping[str, str],
    options: Options,
    cards: Cards | None,
    told: Told,
    means: Means,
) -> Maker:
    asked = [site.today, site.portable, options.pdf, options.epub, sorted(urls.items())]
    steps = [*with_links(options.pdf, options.epub), *([cards.told] if cards else [])]

    def finish(page: Page) -> Page:
        for step in steps:
            page = step(page)
        return page

    def tell(done: int) -> None:  # how many pages there are is known when the last one is planned
        told(done, max(done + 1, len(site.catalogue.documents)))

    return Maker(
        sources.templates,
        key_of(what_pages_meet(site.catalogue, sources.facts), json.dumps(asked).encode()),
        site.digests,
        means,
        finish,
        tell,
        sources.config.limits.seconds,
    )

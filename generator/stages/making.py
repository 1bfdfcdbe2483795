"""All pages, made, and with them the files that are copied."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.cache.cache import key_of
from generator.checks.paths import check_paths
from generator.formats.optional import with_links
from generator.making.maker import Maker
from generator.making.reasons import Why
from generator.making.recipe import Recipe
from generator.output.assets import picture_outputs, static_outputs, static_urls
from generator.output.cards.cards import Cards
from generator.output.cards.look import read_look
from generator.output.imports import with_imports
from generator.output.minify import minified
from generator.output.outputs import Output
from generator.output.reading import Reading
from generator.output.search import FOLDER
from generator.problems.problem import Problem
from generator.runtime.means import ALONE, Means
from generator.site.facts import facts_for_pages
from generator.site.joined import Site
from generator.site.pages import Page, Pages
from generator.site.plans import all_pages
from generator.sources.files import SourceFile
from generator.stages.intake import Sources
from generator.stages.options import DEFAULT, Options, Progress, quiet

_STAGE = "rendering"


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
    """What came of all pages: their files with those that they show, their texts as Markdown, what the pages
    hold, what is wrong, how many were rendered, and why each was made anew or reused, by its address."""

    pages: Pages
    outputs: tuple[Output, ...]
    markdown: tuple[Output, ...]
    readings: Mapping[str, Reading]
    problems: tuple[Problem, ...]
    renders: int
    why: Mapping[str, Callable[[], Why]]


def read_assets(files: Iterable[SourceFile]) -> tuple[Assets, list[Problem]]:
    """Put static files together as they are published: what others import put in, and small; with what is wrong."""
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
    progress: Progress = quiet,
    means: Means = ALONE,
) -> Making:
    """Make all pages of a site; those that were made before of the same are not made again."""
    urls = addresses(assets, options)
    cards = Cards(read_look(sources.static), sources.config.url, means.cache) if options.cards else None

    def tell(done: int) -> None:  # how many pages there are is known when the last one is planned
        progress(_STAGE, done, max(done + 1, len(site.catalogue.documents)))

    maker = Maker(_recipe(site, sources, urls, options, cards), means, tell)
    pages = all_pages(site, urls, maker.take_all)
    made = maker.everything()
    progress(_STAGE, len(pages.pages), len(pages.pages))
    drawn = cards.outputs(pages.pages) if cards else ()
    outputs = (*made.outputs, *drawn, *assets.outputs, *picture_outputs(site))
    return Making(
        pages=pages,
        outputs=outputs,
        markdown=tuple(made.markdown),
        readings=made.readings,
        problems=(*made.problems, *check_paths(outputs)),
        renders=made.renders,
        why=made.why,
    )


def _recipe(site: Site, sources: Sources, urls: Mapping[str, str], options: Options, cards: Cards | None) -> Recipe:
    asked = [site.today, site.portable, options.pdf, options.epub, sorted(urls.items())]
    facts = key_of(facts_for_pages(site.catalogue, sources.facts), json.dumps(asked).encode())
    steps = [*with_links(options.pdf, options.epub), *([cards.told] if cards else [])]

    def finish(page: Page) -> Page:
        for step in steps:
            page = step(page)
        return page

    return Recipe(sources.templates, facts, site.digests, finish, sources.config.limits.seconds)

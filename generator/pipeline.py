"""The order of a build: read, parse, link, list, render, check, publish. Read this first."""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from generator import intake
from generator.cache import NOTHING_KEPT, Cache, key_of
from generator.checks.accepted import FILE as ACCEPTED
from generator.checks.accepted import read_accepted, without_accepted
from generator.checks.article import check_article
from generator.checks.evidence import check_evidence
from generator.checks.finding import check_finding
from generator.checks.outputs import check_outputs
from generator.checks.paths import check_paths
from generator.checks.pictures import check_pictures
from generator.checks.places import check_places
from generator.checks.policy import check_contact, check_needs
from generator.checks.reading import read_grades
from generator.checks.texts import check_records
from generator.checks.usage import check_usage
from generator.checks.weight import check_weight
from generator.config import Config
from generator.faults import Lost, Unusable, is_of_memory
from generator.folders import beside
from generator.keep.asked import copies, with_links
from generator.keep.texts import index_output
from generator.making import Maker
from generator.markup.document import Document, Settings
from generator.output.assets import picture_outputs, static_outputs, static_urls
from generator.output.cards import Cards
from generator.output.hosting import hosted, with_policy
from generator.output.imports import with_imports
from generator.output.look import read_look
from generator.output.minify import minified
from generator.output.needs import needs_of
from generator.output.offline import with_copy, without_copy
from generator.output.outputs import Output
from generator.output.publish import Published, publish
from generator.output.reading import read_others
from generator.output.search import FOLDER, search_outputs
from generator.parsing import Parsed, parse_articles
from generator.problems import Problem, ordered, with_hints
from generator.reasons import Why
from generator.remembering import remembered
from generator.site.catalogue import build_catalogue, what_links_meet, what_pages_meet, what_site_meets
from generator.site.joined import Site, join
from generator.site.linker import link_in_time
from generator.site.links import form_of_links
from generator.site.pages import Page, all_pages
from generator.site.recalled import for_site, in_each
from generator.site.words import read_words
from generator.sources.files import Changed
from generator.sources.limits import OVER_LIMIT, was_stopped
from generator.timing import STOPPED, Clock

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done and how much there is."""


@dataclass(frozen=True, eq=False)
class Joined:
    """What the pages of a build were made from: so one of them can be made anew without the others."""

    sources: intake.Sources
    site: Site
    assets: Mapping[str, str] = field(default_factory=dict)
    """The address of each static file; none where a build ended before it had them."""


@dataclass(frozen=True)
class Build:
    """What a build came to: its problems, its outputs (none where there are errors), and what it did how often."""

    problems: tuple[Problem, ...]
    outputs: tuple[Output, ...]
    parses: int
    renders: int
    bad_config: bool = False
    base_path: str = "/"
    """Where the site will be hosted, from slash to slash."""
    has_drafts: bool = False
    """Whether it shows drafts, so that it may never be published."""
    aside: tuple[Output, ...] | None = None
    """Configuration for hosts, which stands beside the site; None where the site is not for a host."""
    joined: Joined | None = field(default=None, compare=False, repr=False)
    """What its pages were made from; None where not even the settings could be read."""

    why: Mapping[str, Callable[[], Why]] = field(default_factory=dict, compare=False)
    """Why each page was made anew, or reused, by its address."""

    @property
    def is_good(self) -> bool:
        """Whether it may be published."""
        return not self.bad_config and not any(problem.is_error for problem in self.problems)


@dataclass(frozen=True)
class Means:
    """What a build has at hand beside its files; none of it changes what comes out."""

    cache: Cache
    executor: Executor | None = None
    """Who shares the work; without one, this process does all of it."""
    clock: Clock = STOPPED
    """Who is told what the build is at, and what each article and page has cost."""


ALONE = Means(NOTHING_KEPT)
_PROBLEMS = tuple[Problem, ...]


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Options:
    """What a build is asked for."""

    today: str = ""
    """The day to build for (such as 2026-11-21; by default the present one): it tells which reviews are overdue."""
    strict_review: bool = False
    """Whether a page whose review is overdue is an error."""
    portable: bool = False
    """Whether the site is read from a folder, without a server. It has no search: there no page may read an index."""
    for_host: bool = True
    """Whether to add what the hosts of site.yaml need."""
    compress: bool = False
    """Whether to add compressed copies, whatever site.yaml says."""
    search: bool = False
    """Whether the pages are indexed, so that their search field works; without, it leads to the list of all names."""
    pdf: bool = False
    """Whether the pages made for paper come as PDF too, which needs WeasyPrint."""
    epub: bool = False
    """Whether the whole site comes as a book too."""
    drafts: bool = False
    """Whether drafts are shown too, to those who write; such a build is never published."""


def build(root: Path, options: Options = Options(), progress: Progress = quiet, means: Means = ALONE) -> Build:
    """Make the whole site in memory from the files below `root`. Nothing is written there.

    What was kept may come from another machine, and hold whatever somebody has put there. So what fails with it is
    tried once more without it; a fault of the program shows itself again.
    """
    try:
        return _build(root, options, progress, means, means.cache)
    except Changed:  # then they are all read at once, before anything is made of them
        return _build(root, options, progress, means, NOTHING_KEPT)
    except (OSError, Lost, Unusable):
        raise
    except Exception as fault:
        if is_of_memory(fault) or not means.cache.hits:
            raise
        means.cache.give_up()
        done = _build(root, options, progress, means, NOTHING_KEPT)
        means.cache.note = f"what was kept is not what it should be ({type(fault).__name__}), and is made again"
        return done


def _build(root: Path, options: Options, progress: Progress, means: Means, known: Cache) -> Build:
    """Make the whole site. Files that are as `known` tells are read when they are needed."""
    clock = means.clock
    clock.begin("reading")
    sources, problems = intake.read(root, known)
    if sources is None:
        too_much = any(one.code == OVER_LIMIT for one in problems)
        return Build(told(problems), (), 0, 0, bad_config=not too_much)
    means.cache.allow_for(len(sources.articles))
    today = options.today or present_day()
    accepted, found = read_accepted(sources.records.get(ACCEPTED))
    problems += found
    clock.begin("parsing")
    parsed = parse_all(sources, progress, means)
    clock.begin("joining")
    documents = parsed.documents
    site, found = join_all(sources, documents, today, options.portable, options.drafts, means.cache)
    problems += found
    clock.begin("checking")
    problems += _of_what_is_published(check_site(site, sources, options.strict_review), site)
    static, found = with_imports(sources.static)
    problems += found
    if any(problem.is_error for problem in problems):
        problems = without_accepted(problems, accepted, today, is_whole=False)
        return Build(told(problems), (), parsed.parses, 0, joined=Joined(sources, site))
    clock.begin("making")
    search = options.search and not options.portable
    static = minified(static)
    urls = static_urls(static)
    assets = {**urls, FOLDER: f"/{FOLDER}/"} if search else urls
    cards = Cards(read_look(sources.static), sources.config.url, means.cache)
    maker = maker_of(site, sources, assets, options, cards.told, partial(progress, "rendering"), means)
    pages = all_pages(site, assets, maker.take_all)
    made = maker.everything()
    shown = pages.pages
    progress("rendering", len(shown), len(shown))
    outputs = [*made.outputs, *cards.outputs(shown), *static_outputs(static, urls), *picture_outputs(site)]
    found = [*made.problems, *check_paths(outputs)]
    problems += found
    clock.begin("checking")
    problems += _of_what_is_published(check_usage(site, pages), site)
    readings = read_others(made.readings, outputs)
    if search and not found:
        clock.begin("search")
        index = partial(search_outputs, told=partial(progress, "indexing"), cache=means.cache)
        indexed, found = index(shown, outputs, readings, site)
        outputs += indexed
        problems += found
    clock.begin("assembling")
    outputs += made.beside
    needs = needs_of(outputs, readings, sources.config.url, means.cache)
    outputs = with_policy(outputs, needs, sources.config, means.cache) if options.for_host else outputs
    base_path = sources.config.base_path
    outputs = without_copy(outputs) if options.portable else with_copy(outputs, readings, base_path, means.cache)
    clock.begin("PDF and book")
    if not found:
        outputs += copies(site, shown, outputs, options.pdf, options.epub, means.cache)
        clock.begin("checking")
        outputs += [index_output(site, shown)]
        problems += [*check_outputs(outputs, readings, base_path, means.cache), *check_needs(needs)]
    problems += [
        *check_contact(sources.config, site.today),
        *check_weight(outputs, sources.config.page_weight, means.cache),
    ]
    problems = without_accepted(problems, accepted, today)
    done = Build(
        problems=told(problems),
        outputs=tuple(outputs),
        parses=parsed.parses,
        renders=made.renders,
        base_path=base_path,
        has_drafts=options.drafts,
        why=made.why,
        joined=Joined(sources, site, assets),
    )
    if not done.is_good:
        return Build(done.problems, (), done.parses, done.renders, joined=done.joined)
    if not options.for_host:
        return done
    compress = options.compress or sources.config.compress
    clock.begin("hosting")
    ready = hosted(outputs, needs, sources.config, site.catalogue.redirects, compress, means.cache)
    return replace(done, outputs=ready.outputs, aside=ready.aside)


def told(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Put problems as they are told: each once, by place, with what mends it."""
    return tuple(with_hints(ordered(problems)))


def _of_what_is_published(problems: Iterable[Problem], site: Site) -> list[Problem]:
    """Leave out what is wrong with the words of drafts: they are judged when they are published."""
    drafts = {path for path, one in site.catalogue.documents.items() if one.is_draft}
    return [one for one in problems if one.span.path not in drafts]


def present_day() -> str:
    """The day on which this runs, by the clock of the machine."""
    return datetime.date.today().isoformat()


def put_in_place(done: Build, target: Path, workspace: Path, with_spare: bool = False) -> Published:
    """Publish a build that has no errors; what is for its hosts comes into a folder beside it, named after it.

    `with_spare` says whether the next build shall be a quick one even where no older site was replaced.
    """
    if not done.is_good:
        raise ValueError("a build with errors is never published")
    if done.has_drafts:
        raise ValueError("a build that shows drafts is never published")
    hosting = beside(target)
    if done.aside or (done.aside is not None and hosting.exists()):
        publish(done.aside, hosting, workspace / "hosting")
    return publish(done.outputs, target, workspace, with_spare)


def parse_all(sources: intake.Sources, progress: Progress = quiet, means: Means = ALONE) -> Parsed:
    """Parse every article, each on its own; those that were parsed before are not parsed again."""
    told = partial(progress, "reading")
    settings = settings_of(sources.config)
    return parse_articles(sources.articles, settings, told, means.cache, means.executor, means.clock)


def settings_of(config: Config) -> Settings:
    """Give what the reading of every article depends on."""
    kinds = tuple((section.folder, section.kind) for section in config.sections)
    return Settings(config.language, kinds, config.limits)


def join_all(
    sources: intake.Sources,
    documents: list[Document],
    today: str,
    portable: bool = False,
    drafts: bool = False,
    cache: Cache = NOTHING_KEPT,
) -> tuple[Site, list[Problem]]:
    """Join all articles and records to one site as it is on a day, with all that is wrong in any of them."""
    problems = [problem for document in documents for problem in document.problems]
    data, found = intake.read_data(sources, cache)
    problems += found
    catalogue, found = build_catalogue(sources.config, documents, sources.images, data, drafts)
    problems += found
    words, found = read_words(list(sources.words), catalogue.languages, cache)
    problems += found
    every = (*catalogue.documents.values(), *catalogue.hidden.values())
    facts = what_links_meet(catalogue, sources.facts)
    find = partial(link_in_time, catalogue=catalogue)
    links = remembered("links", form_of_links(find), find, every, facts, cache)
    site, found = join(catalogue, links, words, today, portable)
    told = key_of(what_site_meets(catalogue, sources.facts), f"{today} {portable}".encode())
    return replace(site, facts=told, cache=cache), problems + found


def check_site(site: Site, sources: intake.Sources, strict_review: bool = False) -> list[Problem]:
    """Read all that the site says, before anything is made of it."""
    grades, problems = read_grades(sources.grades)

    find = partial(check_article, grades=grades)
    texts = in_each("texts", _PROBLEMS, find, site.catalogue.documents.values(), site, lambda one: not was_stopped(one))
    problems += [problem for found in texts.values() for problem in found]
    problems += [*check_evidence(site, strict_review), *check_places(site), *check_finding(site)]
    pictures = site.catalogue.images.values()
    problems += for_site("pictures", _PROBLEMS, lambda: tuple(check_pictures(pictures)), site)
    return [*problems, *for_site("records", _PROBLEMS, lambda: tuple(check_records(site)), site)]


def maker_of(
    site: Site,
    sources: intake.Sources,
    assets: Mapping[str, str],
    options: Options = Options(),
    with_card: Callable[[Page], Page] = lambda page: page,
    told: Callable[[int, int], None] = lambda done, total: None,
    means: Means = ALONE,
) -> Maker:
    """Give what makes the pages of a site; those that were made before of the same are not made again."""
    asked = [site.today, site.portable, options.pdf, options.epub, sorted(assets.items())]
    facts = key_of(what_pages_meet(site.catalogue, sources.facts), json.dumps(asked).encode())

    steps = (*with_links(options.pdf, options.epub), with_card)

    def finish(page: Page) -> Page:
        for step in steps:
            page = step(page)
        return page

    def tell(done: int) -> None:  # how many pages there are is known when the last one is planned
        told(done, max(done + 1, len(site.catalogue.documents)))

    return Maker(
        sources.templates,
        facts,
        site.digests,
        means.cache,
        means.executor,
        finish,
        tell,
        means.clock,
        sources.config.limits.seconds,
    )

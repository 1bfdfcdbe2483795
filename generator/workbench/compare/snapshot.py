"""One state of a site: its pages as readers get them, its records, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.checks.outputs import check_outputs
from generator.config import Config
from generator.evidence.claims import sentence
from generator.formats.texts import index_output
from generator.markup.document import Document
from generator.output.outputs import Output
from generator.output.reader import read_others
from generator.problems.problem import Problem, ordered
from generator.runtime.means import ALONE, Means
from generator.site.data import Data
from generator.site.grades import grades
from generator.site.joined import Site
from generator.site.pages import Known
from generator.site.standards.on_page import flags_shown
from generator.stages import intake
from generator.stages.checking import check_site, check_uses
from generator.stages.joining import join_all
from generator.stages.making import make_pages, read_assets
from generator.stages.options import Options
from generator.stages.parsing import parse_all


@dataclass(frozen=True)
class View:
    """One page: what readers get, and the article it was made from, if it was made from one.

    `cited` are the keys of its sources in their order, `signs` the red flags that it shows, `grade` how hard it reads.
    """

    url: str
    title: str
    summary: str
    path: str
    template: str = ""
    html: str = ""
    cited: tuple[str, ...] = ()
    signs: frozenset[str] = frozenset()
    grade: float | None = None
    document: Document | None = None


@dataclass(frozen=True)
class Snapshot:
    """One state of a site. `pages` are by address, without their HTML where the site cannot be made; `redirects` lead
    from old addresses to new ones."""

    name: str
    config: Config
    data: Data
    sentences: Mapping[str, str]
    problems: tuple[Problem, ...]
    today: str
    is_made: bool = True
    pages: Mapping[str, View] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)


def take(name: str, sources: intake.Sources, problems: list[Problem], today: str, means: Means = ALONE) -> Snapshot:
    """Make a snapshot, of a site with errors too. `problems` are those of reading.

    With one cache for both sides, what is the same on both is made once.
    """
    site, found = join_all(sources, parse_all(sources, means=means).documents, today)
    problems = [*problems, *found, *check_site(site, sources)]
    snapshot = Snapshot(name, sources.config, site.catalogue.data, _sentences(site), (), today)
    assets, found = read_assets(sources.static)
    problems += found
    try:
        made = make_pages(site, sources, assets, Options(cards=False), means=means)
    except (LookupError, AttributeError, TypeError, ValueError):
        # With errors in what was read, pages are made as far as they can be, and this is as far as it goes.
        if not any(problem.is_error for problem in problems):
            raise
        views = {one.url: one for one in (_bare_view(document, site) for document in site.catalogue.documents.values())}
        redirects = site.catalogue.redirects
        return replace(snapshot, problems=tuple(ordered(problems)), is_made=False, pages=views, redirects=redirects)
    problems += [*made.problems, *check_uses(site, made.pages)]
    pages = made.pages.pages
    if not made.problems:
        every = [*made.outputs, *made.markdown, index_output(site, pages)]
        problems += check_outputs(every, read_others(made.readings, every), sources.config.base_path)
    by_path = {one.path: one for one in made.outputs}
    shown = [page for page in pages if page.listed and page.output in by_path]
    return replace(
        snapshot,
        problems=tuple(ordered(problems)),
        is_made=not made.problems,
        pages={page.url: _view(page, by_path[page.output], site) for page in shown},
        redirects=site.catalogue.redirects,
    )


def _view(page: Known, output: Output, site: Site) -> View:
    document = site.catalogue.documents.get(page.made_from)
    bare = _bare_view(document, site) if document else View(page.url, "", "", page.made_from)
    return replace(
        bare,
        title=page.title,
        summary=page.summary,
        template=page.template,
        html=output.body.decode("utf-8"),
        cited=page.sources,
    )


def _bare_view(document: Document, site: Site) -> View:
    """What is known of an article's page before it is made."""
    measured = grades(site).get(document.path)
    return View(
        url=site.catalogue.url_of(document),
        title=document.title,
        summary=document.summary,
        path=document.path,
        signs=frozenset(flag.id for some in flags_shown(document, site) for flag in some),
        grade=round(measured.whole.grade, 1) if measured and measured.whole.sentences else None,
        document=document,
    )


def without_html(snapshot: Snapshot) -> Snapshot:
    """Give only what is known of articles before their pages are made, so that it compares with a site not made."""
    kept = {url: one for url, one in snapshot.pages.items() if one.document}
    bare = {url: replace(one, template="", html="", cited=()) for url, one in kept.items()}
    return replace(snapshot, pages=bare)


def _sentences(site: Site) -> dict[str, str]:
    """The sentence of each finding, in the site's own language."""
    words = site.words.get(site.catalogue.config.language, {})
    plain = {key: word for key, word in words.items() if isinstance(word, str)}
    claims = site.catalogue.data.claims
    return {name: sentence(one, plain) for name, one in claims.items()} if plain else {}

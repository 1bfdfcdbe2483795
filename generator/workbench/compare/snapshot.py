"""One state of a site: its pages as readers get them, its records, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator import intake
from generator.checks.outputs import check_outputs
from generator.checks.usage import check_usage
from generator.config import Config
from generator.evidence.claims import sentence
from generator.keep.texts import index_output, read_pages
from generator.markup.document import Document
from generator.output.assets import picture_outputs, static_outputs, static_urls
from generator.output.imports import with_imports
from generator.output.minify import minified
from generator.output.outputs import Output
from generator.output.reading import read_all
from generator.output.render import Renderer
from generator.pipeline import check_site, join_all, parse_all, render_all
from generator.problems import Problem, ordered
from generator.site.catalogue import Data
from generator.site.joined import Site
from generator.site.page_facts import flags_shown
from generator.site.pages import Page, all_pages
from generator.site.reading import grades
from generator.sources.files import SourceFile


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


@dataclass(frozen=True)
class Made:
    """What a snapshot was made of: the same file gives the same document, the same page the same output."""

    snapshot: Snapshot
    sources: intake.Sources
    documents: tuple[Document, ...]
    outputs: Mapping[str, tuple[Page, Output]]


def take(name: str, sources: intake.Sources, problems: list[Problem], today: str, known: Made | None = None) -> Made:
    """Make a snapshot, of a site with errors too. `problems` are those of reading; what `known` has is made no more."""
    documents = _documents(sources, known)
    site, found = join_all(sources, documents, today)
    problems = [*problems, *found, *check_site(site, sources)]
    snapshot = Snapshot(name, sources.config, site.catalogue.data, _sentences(site), (), today)
    static, found = with_imports(sources.static)
    problems += found
    static = minified(static)
    urls = static_urls(static)
    try:
        pages = all_pages(site, urls)
    except (LookupError, AttributeError, TypeError, ValueError):
        # With errors in what was read, pages are made as far as they can be, and this is as far as it goes.
        if not any(problem.is_error for problem in problems):
            raise
        views = {one.url: one for one in (_bare_view(document, site) for document in site.catalogue.documents.values())}
        redirects = site.catalogue.redirects
        left = replace(snapshot, problems=tuple(ordered(problems)), is_made=False, pages=views, redirects=redirects)
        return Made(left, sources, tuple(documents), {})
    outputs, found = _outputs(pages.pages, sources, known)
    problems += [*found, *check_usage(site, pages)]
    if not found:
        rendered = [one for _, one in outputs.values()]
        readings, texts = read_pages(pages.pages, rendered)
        copied = [*static_outputs(static, urls), *picture_outputs(site)]
        every = [*rendered, *texts, index_output(site, pages.pages), *copied]
        problems += check_outputs(every, readings | read_all(copied), sources.config.base_path)
    views = {url: _view(page, output, site) for url, (page, output) in outputs.items() if page.listed}
    snapshot = replace(
        snapshot,
        problems=tuple(ordered(problems)),
        is_made=not found,
        pages=views,
        redirects=site.catalogue.redirects,
    )
    return Made(snapshot, sources, tuple(documents), outputs)


def _documents(sources: intake.Sources, known: Made | None) -> list[Document]:
    """Parse the articles that are not known already."""
    ready: dict[SourceFile, Document] = {}
    if known and _settings(known.sources.config) == _settings(sources.config):
        ready = dict(zip(known.sources.articles, known.documents, strict=True))
    new = tuple(one for one in sources.articles if one not in ready)
    ready |= dict(zip(new, parse_all(replace(sources, articles=new)).documents, strict=True))
    return [ready[one] for one in sources.articles]


def _settings(config: Config) -> tuple[object, ...]:
    """What the parsing of an article depends on beside its file."""
    return (config.language, [(one.folder, one.kind) for one in config.sections])


def _outputs(
    pages: tuple[Page, ...], sources: intake.Sources, known: Made | None
) -> tuple[dict[str, tuple[Page, Output]], list[Problem]]:
    """Render the pages that are not known already."""
    same_templates = known is not None and known.sources.templates == sources.templates
    ready = dict(known.outputs) if known and same_templates else {}
    kept = {one.url for one in pages if one.url in ready and ready[one.url][0] == one}
    rendered, problems = render_all([one for one in pages if one.url not in kept], Renderer(sources.templates))
    by_path = {one.path: one for one in rendered}
    found: dict[str, tuple[Page, Output]] = {}
    for page in pages:
        if page.url in kept:
            found[page.url] = ready[page.url]
        elif page.output in by_path:
            found[page.url] = (page, by_path[page.output])
    return found, problems


def _view(page: Page, output: Output, site: Site) -> View:
    document = site.catalogue.documents.get(page.made_from)
    place = page.inputs["page"]
    bare = _bare_view(document, site) if document else View(page.url, "", "", page.made_from)
    return replace(
        bare,
        title=place["title"],
        summary=place["summary"],
        template=page.template,
        html=output.body.decode("utf-8"),
        cited=tuple(work["key"] for work in page.inputs.get("references") or ()),
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

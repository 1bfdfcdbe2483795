"""The list of all pages of a site with all their inputs. Nothing is discovered later: no page, no file, no link."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from generator.markup.document import Document
from generator.site import standards
from generator.site.articles import article
from generator.site.catalogue import GLOSSARY, NAMES, OFFLINE, REFERENCES, WORD_USES, as_file, relative
from generator.site.datapages import glossary_page, has_word_uses, names_page, word_uses_page
from generator.site.filling import PageText
from generator.site.joined import Site
from generator.site.listings import questions_of, section_page, topic_page
from generator.site.machines import identity
from generator.site.machines.api import ROOT, api
from generator.site.machines.feeds import DATA, feeds
from generator.site.machines.infobutton import answers
from generator.site.machines.structured_data import graph
from generator.site.not_here import pages_not_here
from generator.site.offline_pages import offline_page
from generator.site.works import references_page, work_page

Data = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One file to be rendered. `inputs` is plain data and all that the template sees."""

    url: str
    output: str
    template: str
    inputs: Data
    made_from: str
    listed: bool = True
    card: identity.Card | None = None
    """What its social card says; it is drawn, and its address put into the inputs, before the page is rendered."""


@dataclass(frozen=True)
class Known:
    """What the rest of the program knows of a page: where it is and what it says of itself; empty for mere files.

    `works` are the keys of all that it cites, `sources` of those that it lists; `names` are those by which readers look
    for it.
    """

    url: str
    output: str
    template: str
    made_from: str
    listed: bool
    card: identity.Card | None
    language: str
    title: str
    summary: str
    canonical: str
    updated: str
    is_urgent: bool
    names: tuple[str, ...]
    works: tuple[str, ...]
    sources: tuple[str, ...]
    findings: tuple[str, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """A page that is to be made. `name` tells it from all others.

    It follows from the articles and the facts of the site, and from nothing else than what it is `given` of other
    pages: plain data, asked for when the page is taken.
    """

    name: str
    make: Callable[[], tuple[Page, Known]]
    given: Callable[[], object] | None = None
    made_from: str = ""
    """The file that it is made from, as told where making it fails."""


@dataclass(frozen=True)
class Pages:
    """All pages, and which references and terms they use."""

    pages: tuple[Known, ...]
    cited: frozenset[str]
    terms: frozenset[str]


class _Uses:
    """Which pages use which references and terms and show which findings, in the order of the pages."""

    def __init__(self) -> None:
        self.references: dict[str, list[tuple[str, str]]] = {}
        self.terms: dict[str, list[tuple[str, str]]] = {}
        self.findings: dict[str, dict[str, str]] = {}

    def note(self, page: Known) -> None:
        for key in page.works:
            self.references.setdefault(key, []).append((page.title, page.url))
        for claim in page.findings:
            self.findings.setdefault(page.language, {}).setdefault(claim, page.url)
        for term in page.terms:
            self.terms.setdefault(term, []).append((page.title, page.url))


Take = Callable[[Iterable[Plan]], Iterable[Known]]


def planned(plans: Iterable[Plan]) -> Iterator[Known]:
    """Put pages together, only to know what they say."""
    return (plan.make()[1] for plan in plans)


def all_pages(site: Site, assets: Mapping[str, str], take: Take = planned) -> Pages:
    """List every page. Each plan is taken in its turn; pages that show who uses what come when that is known.

    Those that follow from the site alone come first, and may be taken all at once.
    """
    uses = _Uses()
    pages: list[Known] = []

    def add(plans: Iterable[Plan]) -> None:
        for page in take(plans):
            uses.note(page)
            pages.append(page)

    add(_written_pages(site, assets))
    for language in site.catalogue.languages:
        add(_data_pages(language, site, assets, uses))
        add(_word_uses(language, site, assets, uses))
    for language in site.catalogue.languages:
        add(_pages_on_works(language, site, assets, uses))
    add(_pages_not_here(site, assets))
    add(_redirects(site))
    add(_machine_files(site, pages, uses))
    add([_manifest(site, assets)])
    return Pages(tuple(pages), frozenset(uses.references), frozenset(uses.terms))


def written_at(url: str, site: Site, assets: Mapping[str, str]) -> Plan | None:
    """Plan the page at an address; nothing where neither an article nor a list of articles is shown there."""
    path = next((path for path, one in site.catalogue.urls.items() if one == url), "")
    document = site.catalogue.documents.get(path)
    if document and not _is_front(document):
        return _of_article(document, site, assets)
    return next((plan for plan in _lists(site, assets) if plan.name == url), None)


def _written_pages(site: Site, assets: Mapping[str, str]) -> Iterator[Plan]:
    for document in site.catalogue.documents.values():
        if not _is_front(document):
            yield _of_article(document, site, assets)
    yield from _lists(site, assets)


def _is_front(document: Document) -> bool:
    """Whether an article is the front page of a section, and is shown there above the list."""
    return document.is_index and bool(document.section)


def _of_article(document: Document, site: Site, assets: Mapping[str, str]) -> Plan:
    url = site.catalogue.url_of(document)
    return _plan(url, partial(article, document, site, assets), document.path, site, document)


def _lists(site: Site, assets: Mapping[str, str]) -> Iterator[Plan]:
    """The front pages of sections, and the pages of topics."""
    catalogue = site.catalogue
    for language in catalogue.languages:
        for section in catalogue.config.sections:
            if catalogue.has_section(section.folder, language):
                index = catalogue.index_of(section.folder, language)
                url = catalogue.section_url(section.folder, language)
                make = partial(section_page, section, language, site, assets)
                yield _plan(url, make, index.path if index else "site.yaml", site, index)
        for topic in catalogue.config.topics:
            if questions_of(topic, language, site):
                url = catalogue.topic_url(topic.id, language)
                make = partial(topic_page, topic, language, site, assets)
                yield _plan(url, make, "site.yaml", site)


def _data_pages(language: str, site: Site, assets: Mapping[str, str], uses: _Uses) -> Iterator[Plan]:
    place = site.catalogue.page_url
    make = partial(glossary_page, language, site, assets, uses.terms)
    yield _plan(place(GLOSSARY, language), make, "content/glossary.yaml", site, given=lambda: uses.terms)
    yield _plan(place(NAMES, language), partial(names_page, language, site, assets), "content/names.yaml", site)
    if not site.portable:
        make = partial(offline_page, language, site, assets)
        yield _plan(place(OFFLINE, language), make, "templates/offline.html", site)


def _word_uses(language: str, site: Site, assets: Mapping[str, str], uses: _Uses) -> Iterator[Plan]:
    if has_word_uses(language, site, uses.terms):
        make = partial(word_uses_page, language, site, assets, uses.terms)
        url = site.catalogue.page_url(WORD_USES, language)
        yield _plan(url, make, "content/glossary.yaml", site, given=lambda: uses.terms)


def _pages_on_works(language: str, site: Site, assets: Mapping[str, str], uses: _Uses) -> Iterator[Plan]:
    make = partial(references_page, language, site, assets)
    yield _plan(site.catalogue.page_url(REFERENCES, language), make, "content/references.json", site)
    shown = uses.findings.get(language, {})
    for work in sorted(site.catalogue.data.references):
        url = site.catalogue.work_url(site.catalogue.data.references[work], language)
        make = partial(work_page, work, language, site, assets, uses.references, shown)
        yield _plan(url, make, "content/references.json", site, given=partial(_given_to_work, work, site, uses, shown))


def _given_to_work(work: str, site: Site, uses: _Uses, shown: Mapping[str, str]) -> object:
    found = site.claims_from.get(work, ())
    return uses.references.get(work), [shown.get(claim.id) for claim in found]


def _pages_not_here(site: Site, assets: Mapping[str, str]) -> Iterator[Plan]:
    for url, put_together in pages_not_here(site.catalogue.config.language, site, assets).items():
        yield Plan(url, partial(_page_not_here, put_together))


def _page_not_here(put_together: Callable[[], tuple[PageText, str, Data]]) -> tuple[Page, Known]:
    text, template, inputs = put_together()
    inputs["structured"] = graph(None, template, inputs, text)
    return with_known(Page(text.url, text.url[1:], template, inputs, f"templates/{template}", listed=False), text)


def _plan(
    url: str,
    make: Callable[[], tuple[PageText, str, Data]],
    made_from: str,
    site: Site,
    document: Document | None = None,
    given: Callable[[], object] | None = None,
) -> Plan:
    """Plan a page that readers find in the site. `document` is the article that it is made from, if there is one."""

    def made() -> tuple[Page, Known]:
        text, template, inputs = make()
        inputs["structured"] = graph(document, template, inputs, text)
        listed = not inputs["page"]["is_draft"]
        card = identity.card(inputs, site)
        return with_known(Page(text.url, _file(text.url), template, inputs, made_from, listed, card), text)

    return Plan(url, made, given, made_from)


def with_known(page: Page, text: PageText | None = None) -> tuple[Page, Known]:
    """Give a page with what the rest of the program is to know of it. `text` is its text, where it has one."""
    about, dates = page.inputs.get("page") or {}, page.inputs.get("dates") or {}
    return page, Known(
        url=page.url,
        output=page.output,
        template=page.template,
        made_from=page.made_from,
        listed=page.listed,
        card=page.card,
        language=page.inputs.get("language") or "",
        title=about.get("title") or "",
        summary=about.get("summary") or "",
        canonical=about.get("canonical") or "",
        updated=dates.get("updated") or "",
        is_urgent=bool(about.get("is_urgent")),
        names=tuple(about.get("names") or ()),
        works=tuple(text.marks) if text else (),
        sources=tuple(work["key"] for work in page.inputs.get("references") or ()),
        findings=tuple(text.claims) if text else (),
        terms=tuple(text.terms) if text else (),
    )


def unknown(plan: Plan) -> Known:
    """What is known of a page that could not be put together: where it was to be."""
    nothing: dict[str, Any] = {one.name: "" for one in fields(Known)}
    nothing |= {"listed": False, "card": None, "is_urgent": False}
    nothing |= dict.fromkeys(("names", "works", "sources", "findings", "terms"), ())
    return Known(**{**nothing, "url": plan.name, "output": _file(plan.name), "made_from": plan.made_from})


def _file_plan(
    url: str,
    template: str,
    inputs: Callable[[], Data],
    made_from: str = "site.yaml",
    output: str = "",
    given: Callable[[], object] | None = None,
) -> Plan:
    """Plan a file that is no page of the site."""

    def made() -> tuple[Page, Known]:
        return with_known(Page(url, output or url[1:], template, inputs(), made_from, listed=False))

    return Plan(url, made, given, made_from)


def _redirects(site: Site) -> Iterator[Plan]:
    """A small page at each old address that leads to the new one, without a server's help."""
    by_url = {site.catalogue.url_of(one): one for one in site.catalogue.documents.values()}
    for address, url in sorted(site.catalogue.redirects.items()):
        make = partial(_redirect, address, url, by_url[url], site)
        yield _file_plan(address, "redirect.html", make, by_url[url].path, _file(address))


def _redirect(address: str, url: str, document: Document, site: Site) -> Data:
    config = site.catalogue.config
    to = relative(address, url)
    return {
        "language": document.language,
        "words": dict(site.words[document.language]),
        "site": {"title": config.title},
        "page": {"title": document.title},
        "to": as_file(to) if site.portable else to,
        "canonical": config.url + url.removeprefix("/"),
    }


def _machine_files(site: Site, pages: Sequence[Known], uses: _Uses) -> Iterator[Plan]:
    """The files for machines: feeds, sitemap, robots, the data, answers for patient records, and what was checked."""
    config = site.catalogue.config
    common = {"language": config.language, "site": {"title": config.title, "url": config.url}}
    for url, shape, inputs in feeds(site):
        yield _file_plan(url, shape, inputs)
    listed = [(page.url, page.canonical, page.updated) for page in pages if page.listed]
    yield _file_plan(
        "/sitemap.xml", "feeds/sitemap.xml", lambda: {**common, "urls": _urls(listed)}, given=lambda: listed
    )
    yield _file_plan("/robots.txt", "feeds/robots.txt", lambda: common)
    shown = uses.findings.get(config.language, {})
    given: Mapping[str, Callable[[], object]] = {
        f"{ROOT}claims.json": lambda: shown,
        f"{ROOT}references.json": lambda: uses.references,
    }
    for url, shape, inputs in api(site, shown, uses.references):
        yield _file_plan(url, shape, inputs, given=given.get(url))
    for url, shape, inputs in answers(site):
        yield _file_plan(url, shape, inputs)
    if site.catalogue.data.standards:
        yield _file_plan(f"/{standards.FILE}", DATA, lambda: {"content": standards.checked(site)})


def _urls(pages: Iterable[tuple[str, str, str]]) -> list[Data]:
    return [{"url": canonical, "updated": updated} for _, canonical, updated in sorted(pages, key=lambda one: one[0])]


def _manifest(site: Site, assets: Mapping[str, str]) -> Plan:
    name = identity.MANIFEST
    return _file_plan(f"/{name}", f"feeds/{name}", partial(identity.manifest, site, assets))


def _file(url: str) -> str:
    return f"{url.removeprefix('/')}index.html"

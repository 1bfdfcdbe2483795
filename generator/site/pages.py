"""The list of all pages of a site with all their inputs. Nothing is discovered later: no page, no file, no link."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.markup.document import Document
from generator.site import identity, standards
from generator.site.api import api
from generator.site.articles import article
from generator.site.catalogue import GLOSSARY, NAMES, OFFLINE, REFERENCES, WORD_USES, as_file, relative
from generator.site.datapages import glossary_page, names_page, word_uses_page
from generator.site.feeds import DATA, feeds
from generator.site.filling import PageText
from generator.site.infobutton import answers
from generator.site.joined import Site
from generator.site.listings import questions_of, section_page, topic_page
from generator.site.not_here import pages_not_here
from generator.site.offline_pages import offline_page
from generator.site.structured_data import graph
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

    `is_settled` says that it follows from the articles and the facts of the site alone: not from other pages.
    """

    name: str
    make: Callable[[], tuple[Page, Known]]
    is_settled: bool = False


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


def planned(plan: Plan) -> Known:
    """Put a page together, only to know what it says."""
    return plan.make()[1]


def all_pages(site: Site, assets: Mapping[str, str], take: Callable[[Plan], Known] = planned) -> Pages:
    """List every page. Each plan is taken in its turn; pages that show who uses what come when that is known."""
    uses = _Uses()
    pages: list[Known] = []

    def add(plans: Iterable[Plan]) -> None:
        for plan in plans:
            page = take(plan)
            uses.note(page)
            pages.append(page)

    add(_written_pages(site, assets))
    for language in site.catalogue.languages:
        add(_data_pages(language, site, assets, uses))
    for language in site.catalogue.languages:
        add(_pages_on_works(language, site, assets, uses))
    add(_pages_not_here(site, assets))
    add(_redirects(site))
    add(_machine_files(site, pages, uses))
    add([_manifest(site, assets)])
    return Pages(tuple(pages), frozenset(uses.references), frozenset(uses.terms))


def _written_pages(site: Site, assets: Mapping[str, str]) -> Iterator[Plan]:
    catalogue = site.catalogue
    for document in catalogue.documents.values():
        if not (document.is_index and document.section):
            make = partial(article, document, site, assets)
            yield _plan(catalogue.url_of(document), make, document.path, site, document, is_settled=True)
    for language in catalogue.languages:
        for section in catalogue.config.sections:
            if catalogue.has_section(section.folder, language):
                index = catalogue.index_of(section.folder, language)
                url = catalogue.section_url(section.folder, language)
                make = partial(section_page, section, language, site, assets)
                yield _plan(url, make, index.path if index else "site.yaml", site, index, is_settled=True)
        for topic in catalogue.config.topics:
            if questions_of(topic, language, site):
                url = catalogue.topic_url(topic.id, language)
                make = partial(topic_page, topic, language, site, assets)
                yield _plan(url, make, "site.yaml", site, is_settled=True)


def _data_pages(language: str, site: Site, assets: Mapping[str, str], uses: _Uses) -> Iterator[Plan]:
    place = site.catalogue.page_url
    make = partial(glossary_page, language, site, assets, uses.terms)
    yield _plan(place(GLOSSARY, language), make, "content/glossary.yaml", site)
    yield _plan(place(NAMES, language), partial(names_page, language, site, assets), "content/names.yaml", site)
    if not site.portable:
        make = partial(offline_page, language, site, assets)
        yield _plan(place(OFFLINE, language), make, "templates/offline.html", site)
    used = word_uses_page(language, site, assets, uses.terms)
    if used[2]["letters"]:
        yield _plan(place(WORD_USES, language), lambda: used, "content/glossary.yaml", site)


def _pages_on_works(language: str, site: Site, assets: Mapping[str, str], uses: _Uses) -> Iterator[Plan]:
    make = partial(references_page, language, site, assets)
    yield _plan(site.catalogue.page_url(REFERENCES, language), make, "content/references.json", site)
    shown = uses.findings.get(language, {})
    for work in sorted(site.catalogue.data.references):
        url = site.catalogue.work_url(site.catalogue.data.references[work], language)
        make = partial(work_page, work, language, site, assets, uses.references, shown)
        yield _plan(url, make, "content/references.json", site)


def _pages_not_here(site: Site, assets: Mapping[str, str]) -> Iterator[Plan]:
    for made in pages_not_here(site.catalogue.config.language, site, assets):
        text, template, inputs = made
        inputs["structured"] = graph(None, template, inputs, text)
        page = Page(text.url, text.url[1:], template, inputs, f"templates/{template}", listed=False)
        yield Plan(text.url, partial(with_known, page, text))


def _plan(
    url: str,
    make: Callable[[], tuple[PageText, str, Data]],
    made_from: str,
    site: Site,
    document: Document | None = None,
    is_settled: bool = False,
) -> Plan:
    """Plan a page that readers find in the site. `document` is the article that it is made from, if there is one."""

    def made() -> tuple[Page, Known]:
        text, template, inputs = make()
        inputs["structured"] = graph(document, template, inputs, text)
        listed = not inputs["page"]["is_draft"]
        card = identity.card(inputs, site)
        return with_known(Page(text.url, _file(text.url), template, inputs, made_from, listed, card), text)

    return Plan(url, made, is_settled)


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


def _only_file(page: Page) -> Plan:
    """Plan a file that is no page of the site, and is ready to be rendered."""
    return Plan(page.url, partial(with_known, page))


def _redirects(site: Site) -> Iterator[Plan]:
    """A small page at each old address that leads to the new one, without a server's help."""
    config = site.catalogue.config
    by_url = {site.catalogue.url_of(one): one for one in site.catalogue.documents.values()}
    for address, url in sorted(site.catalogue.redirects.items()):
        document = by_url[url]
        to = relative(address, url)
        inputs = {
            "language": document.language,
            "words": dict(site.words[document.language]),
            "site": {"title": config.title},
            "page": {"title": document.title},
            "to": as_file(to) if site.portable else to,
            "canonical": config.url + url.removeprefix("/"),
        }
        yield _only_file(Page(address, _file(address), "redirect.html", inputs, document.path, listed=False))


def _machine_files(site: Site, pages: Sequence[Known], uses: _Uses) -> list[Plan]:
    """The files for machines: feeds, sitemap, robots, the data, answers for patient records, and what was checked."""
    config = site.catalogue.config
    common = {"language": config.language, "site": {"title": config.title, "url": config.url}}
    urls = [
        {"url": page.canonical, "updated": page.updated}
        for page in sorted((page for page in pages if page.listed), key=lambda page: page.url)
    ]
    made = [
        *feeds(site),
        ("/sitemap.xml", "feeds/sitemap.xml", {**common, "urls": urls}),
        ("/robots.txt", "feeds/robots.txt", common),
        *api(site, uses.findings.get(config.language, {}), uses.references),
        *answers(site),
    ]
    plans = [_only_file(Page(url, url[1:], shape, inputs, "site.yaml", listed=False)) for url, shape, inputs in made]
    return [*plans, _checked(site)] if site.catalogue.data.standards else plans


def _checked(site: Site) -> Plan:
    """The file that tells programs which standards each page keeps; it takes long to find out."""

    def made() -> tuple[Page, Known]:
        inputs = {"content": standards.checked(site)}
        return with_known(Page(f"/{standards.FILE}", standards.FILE, DATA, inputs, "site.yaml", listed=False))

    return Plan(f"/{standards.FILE}", made, is_settled=True)


def _manifest(site: Site, assets: Mapping[str, str]) -> Plan:
    name = identity.MANIFEST
    inputs = identity.manifest(site, assets)
    return _only_file(Page(f"/{name}", name, f"feeds/{name}", inputs, "site.yaml", listed=False))


def _file(url: str) -> str:
    return f"{url.removeprefix('/')}index.html"

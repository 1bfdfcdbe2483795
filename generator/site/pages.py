"""The list of all pages of a site with all their inputs. Nothing is discovered later: no page, no file, no link."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.site import identity, standards
from generator.site.api import api
from generator.site.articles import article
from generator.site.catalogue import as_file, relative
from generator.site.datapages import glossary_page, names_page, word_uses_page
from generator.site.feeds import DATA, feeds
from generator.site.filling import PageText
from generator.site.infobutton import answers
from generator.site.joined import Site
from generator.site.listings import questions_of, section_page, topic_page
from generator.site.not_here import pages_not_here
from generator.site.offline_pages import offline_page
from generator.site.structured_data import graph
from generator.site.works import references_page, work_pages

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
class Pages:
    """All pages, and which references and terms they use."""

    pages: tuple[Page, ...]
    cited: frozenset[str]
    terms: frozenset[str]


class _Uses:
    """Which pages use which references and terms and show which findings, in the order of the pages."""

    def __init__(self) -> None:
        self.references: dict[str, list[tuple[str, str]]] = {}
        self.terms: dict[str, list[tuple[str, str]]] = {}
        self.findings: dict[str, dict[str, str]] = {}

    def note(self, page: PageText, title: str) -> None:
        for key in page.marks:
            self.references.setdefault(key, []).append((title, page.url))
        for claim in page.claims:
            self.findings.setdefault(page.language, {}).setdefault(claim, page.url)
        for term in page.terms:
            self.terms.setdefault(term, []).append((title, page.url))


def all_pages(site: Site, assets: Mapping[str, str]) -> Pages:
    """List every page. Pages that show who uses what come last, when that is known."""
    uses = _Uses()
    pages: list[Page] = []

    by_url = {site.catalogue.url_of(one): one for one in site.catalogue.documents.values()}

    def add(made: tuple[PageText, str, Data], made_from: str) -> None:
        text, template, inputs = made
        uses.note(text, inputs["page"]["title"])
        inputs["structured"] = graph(by_url.get(text.url), template, inputs, text)
        card = identity.card(inputs, site)
        listed = not inputs["page"]["is_draft"]
        pages.append(Page(text.url, _file(text.url), template, inputs, made_from, listed, card))

    for made, made_from in _written_pages(site, assets):
        add(made, made_from)
    for language in site.catalogue.languages:
        add(glossary_page(language, site, assets, uses.terms), "content/glossary.yaml")
        add(names_page(language, site, assets), "content/names.yaml")
        if not site.portable:
            add(offline_page(language, site, assets), "templates/offline.html")
        used = word_uses_page(language, site, assets, uses.terms)
        if used[2]["letters"]:
            add(used, "content/glossary.yaml")
    for language in site.catalogue.languages:
        add(references_page(language, site, assets), "content/references.json")
        for work in work_pages(language, site, assets, uses.references, uses.findings.get(language, {})):
            add(work, "content/references.json")
    language = site.catalogue.config.language
    for text, template, inputs in pages_not_here(language, site, assets):
        inputs["structured"] = graph(None, template, inputs, text)
        pages.append(Page(text.url, text.url[1:], template, inputs, f"templates/{template}", listed=False))
    pages += _redirects(site)
    pages += _machine_files(site, pages, uses)
    pages.append(_manifest(site, assets))
    return Pages(tuple(pages), frozenset(uses.references), frozenset(uses.terms))


def _written_pages(site: Site, assets: Mapping[str, str]) -> Iterator[tuple[tuple[PageText, str, Data], str]]:
    catalogue = site.catalogue
    for document in catalogue.documents.values():
        if not (document.is_index and document.section):
            yield article(document, site, assets), document.path
    for language in catalogue.languages:
        for section in catalogue.config.sections:
            if catalogue.has_section(section.folder, language):
                index = catalogue.index_of(section.folder, language)
                made_from = index.path if index else "site.yaml"
                yield section_page(section, language, site, assets), made_from
        for topic in catalogue.config.topics:
            if questions_of(topic, language, site):
                yield topic_page(topic, language, site, assets), "site.yaml"


def _redirects(site: Site) -> list[Page]:
    """A small page at each old address that leads to the new one, without a server's help."""
    config = site.catalogue.config
    by_url = {site.catalogue.url_of(one): one for one in site.catalogue.documents.values()}
    pages = []
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
        pages.append(Page(address, _file(address), "redirect.html", inputs, document.path, listed=False))
    return pages


def _machine_files(site: Site, pages: list[Page], uses: _Uses) -> list[Page]:
    """The files for machines: feeds, sitemap, robots, the data, answers for patient records, and what was checked."""
    config = site.catalogue.config
    common = {"language": config.language, "site": {"title": config.title, "url": config.url}}
    urls = [
        {"url": page.inputs["page"]["canonical"], "updated": page.inputs["dates"]["updated"]}
        for page in sorted((page for page in pages if page.listed), key=lambda page: page.url)
    ]
    made = [
        *feeds(site),
        ("/sitemap.xml", "feeds/sitemap.xml", {**common, "urls": urls}),
        ("/robots.txt", "feeds/robots.txt", common),
        *api(site, uses.findings.get(config.language, {}), uses.references),
        *answers(site),
    ]
    if site.catalogue.data.standards:
        made.append((f"/{standards.FILE}", DATA, {"content": standards.checked(site)}))
    return [Page(url, url[1:], template, inputs, "site.yaml", listed=False) for url, template, inputs in made]


def _manifest(site: Site, assets: Mapping[str, str]) -> Page:
    name = identity.MANIFEST
    return Page(f"/{name}", name, f"feeds/{name}", identity.manifest(site, assets), "site.yaml", listed=False)


def _file(url: str) -> str:
    return f"{url.removeprefix('/')}index.html"

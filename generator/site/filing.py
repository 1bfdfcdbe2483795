"""File all articles of a site under their addresses, and find those that want the same one, or have no place."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from generator.config import Config
from generator.disk.folders import CONTENT
from generator.markup.document import Document
from generator.problems.likeness import suggest
from generator.problems.problem import Problem, Span
from generator.site.addresses import language_prefix
from generator.site.catalogue import DATA_PAGES, OFFLINE, WORD_USES, Catalogue
from generator.site.data import Data
from generator.sources.files import SourceFile

HOME = f"{CONTENT}/index.md"
_OWN_FILES = (
    *(
        "404.html",
        "api",
        "assets",
        "book.epub",
        "checked.json",
        "feed.json",
        "feed.xml",
        "infobutton",
        "media",
        "medical.xml",
        "not-kept.html",
    ),
    *("llms.txt", "offline.json", "page.md", "robots.txt", "search", "site.webmanifest", "sitemap.xml"),
    "sw.js",
)
"""Files and folders at the site's root that every build makes; no folder can have such a name."""
_OF_PAGES = re.compile(r"/(?:index\.html|page\.md)/.*", re.DOTALL)
"""A file that stands in the folder of every page, as a part of an address."""


@dataclass(frozen=True)
class Owner:
    """Who wants an address: what it is and where it says so."""

    label: str
    span: Span


def build_catalogue(
    config: Config,
    documents: Iterable[Document],
    images: Mapping[str, SourceFile],
    data: Data,
    drafts: bool = False,
) -> tuple[Catalogue, list[Problem]]:
    """File every document under its path and address; two owners of one address are a problem that names both.

    `drafts` files drafts too, as if they were published.
    """
    everything = sorted(documents, key=lambda one: one.path)
    placed = {"", *(section.folder for section in config.sections)}
    published = {
        one.path: one
        for one in everything
        if one.readable and one.section in placed and (one.published or (drafts and one.is_draft))
    }
    hidden = {one.path: one for one in everything if one.path not in published}
    found = {one.language for one in published.values()}
    languages = (config.language, *sorted(found - {config.language}))
    urls = {path: _url(one, config.language) for path, one in published.items()}
    redirects: dict[str, str] = {}
    for path, one in published.items():
        for address in one.redirect_from:
            redirects.setdefault(address, urls[path])
    catalogue = Catalogue(config, published, hidden, images, data, urls, redirects, languages)
    return catalogue, _clashes(catalogue) + _strays(config, everything) + _hidden_home(catalogue)


def _url(document: Document, own: str) -> str:
    prefix = language_prefix(document.language, own)
    if document.id == "index":
        return prefix
    return f"{prefix}{document.id.removesuffix('/index')}/"


def _clashes(catalogue: Catalogue) -> list[Problem]:
    owners: dict[str, Callable[[], Owner]] = {}
    problems = []
    for wanted, who in _owners(catalogue):
        root = wanted.split("/", 2)[1]
        url = f"/{root}/" if root in _OWN_FILES else _OF_PAGES.sub("/", wanted)
        if url in owners:
            first, owner = owners[url](), who()
            message = f"{url} is wanted by {owner.label} and by {first.label}"
            related = ((f"{first.label} wants it here", first.span),)
            problems.append(Problem("duplicate-address", message, owner.span, related=related))
        owners.setdefault(url, who)
    return problems


def _owners(catalogue: Catalogue) -> Iterable[tuple[str, Callable[[], Owner]]]:
    """Give each address, and what says who wants it: of nearly all, nobody asks."""
    config = catalogue.config
    for name in _OWN_FILES:
        yield f"/{name}/", partial(Owner, f"the file {name} of every site", Span("site.yaml"))
    for language in catalogue.languages:
        for path, name in DATA_PAGES.items():
            yield catalogue.page_url(name, language), partial(Owner, f"the page made from {path}", Span(path))
        yield (
            catalogue.page_url(WORD_USES, language),
            partial(Owner, "the page on where words are used", Span("site.yaml")),
        )
        for key, reference in catalogue.data.references.items():
            yield (
                catalogue.work_url(reference, language),
                partial(Owner, f'the page on the work "{key}"', reference.span),
            )
        yield catalogue.page_url(OFFLINE, language), partial(Owner, "the page on reading offline", Span("site.yaml"))
        for topic in config.topics if catalogue.question_folder else ():
            yield catalogue.topic_url(topic.id, language), partial(Owner, f'the topic "{topic.id}"', topic.span)
    for path, url in catalogue.urls.items():
        yield url, partial(_page, path)
    for language in catalogue.languages:
        for section in config.sections:
            if not catalogue.index_of(section.folder, language):
                url = catalogue.section_url(section.folder, language)
                yield url, partial(Owner, f'the section "{section.folder}"', section.span)
    for path, document in catalogue.documents.items():
        for index, address in enumerate(document.redirect_from):
            yield address, partial(Owner, f"a redirect of {path}", document.spans[f"redirect_from.{index}"])


def _page(path: str) -> Owner:
    return Owner(f"the page {path}", Span(path, 1, 1, 1, 4))


def _strays(config: Config, documents: Iterable[Document]) -> list[Problem]:
    """Find articles in folders that are no section of the site."""
    known = {section.folder for section in config.sections}
    problems = []
    for document in documents:
        if document.section and document.section not in known:
            message = f'"{document.section}" is not a section of site.yaml'
            hint = suggest(document.section, known) or "known: " + ", ".join(sorted(known))
            problems.append(Problem("unknown-section", message, Span(document.path), hint))
    return problems


def _hidden_home(catalogue: Catalogue) -> list[Problem]:
    """Every page links to the home page, so it cannot be a draft."""
    home = catalogue.hidden.get(HOME)
    if home is None or not home.is_draft:
        return []
    message = "the home page is a draft, so the site has none"
    return [Problem("missing-file", message, home.spans["status"], 'write "published"')]

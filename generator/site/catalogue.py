"""Who is where: all documents and records of a site, by id, by path and by address. Built once, then only read."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

from generator.cache.cache import key_of
from generator.config import Config
from generator.disk.folders import CONTENT
from generator.evidence.body_maps import BodyMap
from generator.evidence.checked_claims import CheckedClaim
from generator.evidence.claims import Claim
from generator.evidence.disagreements import Disagreement
from generator.evidence.glossary import Term
from generator.evidence.medical_codes import MedicalCode
from generator.evidence.people import Name, Person, Synonym
from generator.evidence.red_flags import Country, RedFlag
from generator.evidence.references import Reference
from generator.evidence.standards import Item
from generator.markup.document import Document
from generator.markup.prose import Passage
from generator.problems.problem import Problem, Span, suggest
from generator.sources.files import SourceFile

REFERENCES, GLOSSARY, NAMES, OFFLINE = "references", "glossary", "names", "offline"
WORD_USES = f"{GLOSSARY}/where-used"
DATA_PAGES = {
    f"{CONTENT}/references.json": REFERENCES,
    f"{CONTENT}/glossary.yaml": GLOSSARY,
    f"{CONTENT}/names.yaml": NAMES,
}
"""Data files from which a page of its own is made, and that page's name."""
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
IMAGE_TYPES = (".svg", ".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True)
class Owner:
    """Who wants an address: what it is and where it says so."""

    label: str
    span: Span


@dataclass(frozen=True)
class Data:
    """All records of the data files.

    `prose` is the running text of the files of records, by path; `retracted` gives the notice of each reference that
    was taken back. `unread` names the data, and the paths of other files, that could not be read: what they hold is not
    known.
    """

    references: Mapping[str, Reference]
    claims: Mapping[str, Claim]
    terms: tuple[Term, ...]
    red_flags: tuple[RedFlag, ...]
    countries: tuple[Country, ...]
    disagreements: Mapping[str, Disagreement]
    checked_claims: tuple[CheckedClaim, ...]
    standards: tuple[Item, ...]
    retracted: Mapping[str, str]
    maps: tuple[BodyMap, ...]
    names: tuple[Name, ...]
    synonyms: tuple[Synonym, ...]
    people: Mapping[str, Person]
    codes: tuple[MedicalCode, ...]
    prose: Mapping[str, tuple[Passage, ...]]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Catalogue:
    """The joined site. `documents` are those to be shown, by path: the published ones, and drafts where they were asked
    for. `hidden` are the others, the unreadable ones, and those in folders that are no section."""

    config: Config
    documents: Mapping[str, Document]
    hidden: Mapping[str, Document]
    images: Mapping[str, SourceFile]
    data: Data
    urls: Mapping[str, str]
    redirects: Mapping[str, str]
    languages: tuple[str, ...]

    def url_of(self, document: Document) -> str:
        """The address of an article from the site's root, such as `/treatments/injection/`."""
        return self.urls[document.path]

    def prefix(self, language: str) -> str:
        """The path before all addresses of a language: `/` for the site's own."""
        return language_prefix(language, self.config.language)

    def home_url(self, language: str) -> str:
        """The address of a language's home page, or of the site's where the language has none."""
        return self.prefix(language) if language in self.home_languages else "/"

    @cached_property
    def home_languages(self) -> tuple[str, ...]:
        """The languages that have a home page, the site's own first."""
        found = {one.language for one in self.documents.values() if one.kind == "home"}
        return tuple(one for one in self.languages if one in found)

    def in_section(self, folder: str, language: str) -> Sequence[Document]:
        """The articles of a section without its front page, in their order."""
        return self._members.get((folder, language), ())

    def index_of(self, folder: str, language: str) -> Document | None:
        """The front page of a section, where an editor wrote one."""
        return self._fronts.get((folder, language))

    def has_section(self, folder: str, language: str) -> bool:
        """Whether a section has anything in a language."""
        return (folder, language) in self._members or (folder, language) in self._fronts

    @cached_property
    def _members(self) -> Mapping[tuple[str, str], tuple[Document, ...]]:
        """The articles of each section and language, in their order; every page asks for some."""
        found: dict[tuple[str, str], list[Document]] = {}
        for one in self.documents.values():
            if not one.is_index:
                found.setdefault((one.section, one.language), []).append(one)
        ordered = {place: sorted(some, key=_place_in_section) for place, some in found.items()}
        return {place: tuple(some) for place, some in ordered.items()}

    @cached_property
    def _fronts(self) -> Mapping[tuple[str, str], Document]:
        """The front page of each section and language; of several the first."""
        every = reversed(list(self.documents.values()))
        return {(one.section, one.language): one for one in every if one.is_index}

    def with_newer(self, document: Document) -> "Catalogue":
        """The catalogue with a shown article as it was read anew, at the same address and in the same language.

        What was put in order before is put in order again only where the article changes it.
        """
        old = self.documents[document.path]
        found = replace(self, documents={**self.documents, document.path: document})
        kept = {name: value for name, value in vars(self).items() if name == "home_languages"}
        if "_members" in vars(self) and _place_in_section(old) == _place_in_section(document):
            kept["_members"] = _with_newer(self._members, document)
        if "_fronts" in vars(self):
            kept["_fronts"] = {place: document if one is old else one for place, one in self._fronts.items()}
        vars(found).update(kept)
        return found

    def section_url(self, folder: str, language: str) -> str:
        """The address of a section's front page."""
        return f"{self.prefix(language)}{folder}/"

    def topic_url(self, topic: str, language: str) -> str:
        """The address of a topic's page, below the section of questions."""
        return f"{self.prefix(language)}{self.question_folder}/{topic}/"

    def page_url(self, name: str, language: str) -> str:
        """The address of a page that is made from a data file."""
        return f"{self.prefix(language)}{name}/"

    def work_url(self, reference: Reference, language: str) -> str:
        """The address of the page on one work."""
        return f"{self.page_url(REFERENCES, language)}{reference.slug}/"

    @property
    def question_folder(self) -> str:
        """The folder of the questions; empty where the site has none."""
        return next((one.folder for one in self.config.sections if one.kind == "question"), "")


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


def what_links_meet(catalogue: Catalogue, facts: bytes) -> bytes:
    """A digest of all that a link, a block or a check of one article may meet outside it. `facts` is that of all files
    but the articles."""
    shown = (f"{path}\0{one.target_digest}" for path, one in catalogue.documents.items())
    hidden = (f"{path}\0{one.target_digest}" for path, one in catalogue.hidden.items())
    return key_of(facts, *(one.encode("utf-8", "surrogatepass") for one in (*shown, "", *hidden)))


def what_pages_meet(catalogue: Catalogue, facts: bytes) -> bytes:
    """A digest of all that the page of one article may show of others without looking into them."""
    shown = (f"{path}\0{one.face_digest}" for path, one in catalogue.documents.items())
    return key_of(facts, *(one.encode("utf-8", "surrogatepass") for one in shown))


def what_site_meets(catalogue: Catalogue, facts: bytes) -> bytes:
    """A digest of all that can be found about the site without looking into articles."""
    hidden = (f"{path}\0{one.face_digest}" for path, one in catalogue.hidden.items())
    return key_of(what_pages_meet(catalogue, facts), *(one.encode("utf-8", "surrogatepass") for one in hidden))


def _place_in_section(document: Document) -> tuple[int, str, str]:
    return document.order, document.title.casefold(), document.path


def _with_newer(
    members: Mapping[tuple[str, str], tuple[Document, ...]], document: Document
) -> Mapping[tuple[str, str], tuple[Document, ...]]:
    place = (document.section, document.language)
    some = tuple(document if one.path == document.path else one for one in members.get(place, ()))
    return {**members, place: some} if some else members


def language_prefix(language: str, own: str) -> str:
    """The path before all addresses of a language."""
    return "/" if language == own else f"/{language.lower()}/"


def relative(start: str, target: str) -> str:
    """The relative address from one page of the site to another; both begin and end with a slash, or name a file."""
    target, hash_sign, anchor = target.partition("#")
    if target == start and hash_sign:
        return f"#{anchor}"
    return f"{_way(start[: start.rfind('/')], target)}{hash_sign}{anchor}"


@lru_cache(maxsize=65_536)  # pages of one folder ask for the same ways
def _way(folder: str, target: str) -> str:
    """The way from a folder, such as `/treatments/injection` (the site's root is empty), to a path from the root."""
    start = folder.split("/")
    *path, last = target.split("/")
    shared = 0
    for one, other in zip(start, path, strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(start) - shared) + "/".join([*path[shared:], last]) or "./"


def as_file(href: str) -> str:
    """A relative address as a folder of files needs it, where no server shows a folder's index.html."""
    path, hash_sign, anchor = href.partition("#")
    path = f"{path}index.html" if path.endswith("/") else path
    return f"{path}{hash_sign}{anchor}"


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
            problems.append(Problem("duplicate-url", message, owner.span, related=related))
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

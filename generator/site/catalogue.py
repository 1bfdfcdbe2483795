"""Who is where: the articles of a site by path, address, section and kind, and the addresses of all pages."""

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.config import Config, Section
from generator.disk.folders import CONTENT
from generator.evidence.references import Reference
from generator.markup.document import Document
from generator.site.addresses import language_prefix
from generator.site.data import Data
from generator.sources.files import SourceFile

REFERENCES, GLOSSARY, NAMES, OFFLINE = "references", "glossary", "names", "offline"
WORD_USES = f"{GLOSSARY}/where-used"
DATA_PAGES = {
    f"{CONTENT}/references.json": REFERENCES,
    f"{CONTENT}/glossary.yaml": GLOSSARY,
    f"{CONTENT}/names.yaml": NAMES,
}
"""Data files from which a page of its own is made, and that page's name."""
IMAGE_TYPES = (".svg", ".png", ".jpg", ".jpeg", ".webp")


@dataclass(frozen=True)
class Catalogue:
    """All articles and records of a site, and where each is shown. It is made once (`site/filing.py`), then only read.

    `documents` are the articles to be shown, by path: the published ones, and drafts where they were asked for.
    `hidden` are the others, the unreadable ones, and those in folders that are no section. `images` are the pictures,
    by path. `urls` gives the address of each article that is shown, by path; `redirects` leads from old addresses to
    new ones; `languages` are those of the articles, the site's own first.
    """

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

    def at(self, page: str) -> Document | None:
        """The article that a record names, by its path below `content/`; None where none is shown."""
        return self.documents.get(path_of(page))

    def in_language(self, language: str) -> list[Document]:
        """The articles in a language."""
        return [one for one in self.documents.values() if one.language == language]

    def of_kind(self, kind: str, language: str) -> list[Document]:
        """The articles of all sections of a kind without front pages: sections as in site.yaml, each in its order."""
        folders = [one.folder for one in self.config.sections if one.kind == kind]
        return [one for folder in folders for one in self.in_section(folder, language)]

    def questions_on(self, topic: str, language: str) -> list[Document]:
        """The questions of a topic, in their order."""
        return [one for one in self.in_section(self.question_folder, language) if one.text("topic") == topic]

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
        fill_in(found, kept)
        return found

    def section_title(self, section: Section, language: str) -> str:
        """A section's title: that of its front page, or in the site's language that of site.yaml."""
        index = self.index_of(section.folder, language)
        return index.title if index and language != self.config.language else section.title

    def urgent(self, language: str) -> tuple[str, str] | None:
        """Title and address of the section that says when to get help, if need be in the site's own language."""
        section = self.config.section(self.config.urgent_section)
        for one in (language, self.config.language) if section else ():
            if section and self.has_section(section.folder, one):
                return self.section_title(section, one), self.section_url(section.folder, one)
        return None

    def absolute(self, url: str) -> str:
        """The whole URL of an address of the site."""
        return self.config.url + url.removeprefix("/")

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


def fill_in(value: object, known: Mapping[str, object]) -> None:
    """Give a value that nobody has used yet what some of its cached properties would find out, by their names."""
    vars(value).update(known)


def path_of(page: str) -> str:
    """The path of the file of an article that a record names, by its path below `content/`."""
    return posixpath.normpath(f"{CONTENT}/{page}")


def _place_in_section(document: Document) -> tuple[int, str, str]:
    return document.order, document.title.casefold(), document.path


def _with_newer(
    members: Mapping[tuple[str, str], tuple[Document, ...]], document: Document
) -> Mapping[tuple[str, str], tuple[Document, ...]]:
    place = (document.section, document.language)
    some = tuple(document if one.path == document.path else one for one in members.get(place, ()))
    return {**members, place: some} if some else members

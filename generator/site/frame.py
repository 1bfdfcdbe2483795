"""What stands around the text of every page: menus, breadcrumbs, dates, assets."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from babel import Locale

from generator.config import Section
from generator.markup.document import Document
from generator.site.catalogue import GLOSSARY, NAMES, OFFLINE, REFERENCES
from generator.site.filling import PageText
from generator.site.joined import Site
from generator.site.machines.identity import MANIFEST
from generator.site.words import plain

Data = dict[str, Any]
Made = tuple[PageText, str, Data]
"""What a page is put together of: its text, which knows what it cites, shows and explains; its template; its inputs."""

KEPT_SIZE = "@@kept-size@@"
"""Stands for the size of the whole site, in millions of bytes, until all of it is made."""
MARKDOWN = "page.md"
"""The name of the file beside each page that holds its text for programs; a page that is no folder has none."""


@dataclass(frozen=True)
class Place:
    """Where a page is: its address, title, summary and the pages above it (title and address)."""

    url: str
    language: str
    title: str
    summary: str
    section: str = ""
    above: tuple[tuple[str, str], ...] = ()
    is_draft: bool = False


@dataclass(frozen=True)
class Dates:
    """What a page must say of its age; an empty text where nothing can be said."""

    updated: str
    searched: str
    due: str
    reviewed_by: str = ""
    reviewed_on: str = ""


def frame(place: Place, dates: Dates, page: PageText, assets: Mapping[str, str]) -> Data:
    """Give the inputs that every page has. Addresses are relative to the page; `assets` gives those of static files."""
    return {
        "language": place.language,
        "words": page.words,
        "site": _site(place, page),
        "page": _page(place, page),
        "dates": {**asdict(dates), "is_overdue": bool(dates.due) and dates.due < page.site.today},
        "crumbs": [{"title": title, "href": page.href(url)} for title, url in place.above],
        "menu": _menu(place, page, "main"),
        "foot": _menu(place, page, "foot") + _data_pages(place, page),
        "urgent": _urgent(page),
        "languages": _languages(place, page),
        "offline": _offline(place, page),
        "assets": {name: page.href(url) for name, url in assets.items()},
    }


def _site(place: Place, page: PageText) -> Data:
    """What is the same on all pages of a language, but for the way there."""
    catalogue = page.site.catalogue
    config = catalogue.config
    return {
        "title": config.title,
        "tagline": config.tagline,
        "licence": config.licence,
        "licence_url": config.licence_url,
        "corrections_url": config.corrections_url,
        "home": page.href(catalogue.home_url(place.language)),
        "feed": page.href("/feed.xml"),
        "feed_json": page.href("/feed.json"),
        "feed_medical": page.href("/medical.xml"),
        "manifest": page.href(f"/{MANIFEST}"),
        "names": page.href(catalogue.page_url(NAMES, place.language)),
        "epub": "",
    }


def _page(place: Place, page: PageText) -> Data:
    """What a page is; its card and its forms for reading elsewhere are told when they are made."""
    catalogue = page.site.catalogue
    return {
        "title": place.title,
        "summary": place.summary,
        "url": place.url,
        "canonical": catalogue.absolute(place.url),
        "card": None,
        "markdown": MARKDOWN if place.url.endswith("/") and not place.is_draft else "",
        "is_draft": place.is_draft,
        "is_urgent": place.section == catalogue.config.urgent_section,
        "names": page.site.names.get(place.url, ()),
        "is_home": place.url == catalogue.home_url(place.language),
    }


def document_dates(document: Document, site: Site) -> Dates:
    """The dates of one article."""
    review = document.review
    person = site.catalogue.data.people.get(str(review.get("by")))
    return Dates(
        updated=document.day("updated"),
        searched=document.day("evidence_searched"),
        due=document.review_due,
        reviewed_by=person.name if person else "",
        reviewed_on=str(review.get("on") or "") if person else "",
    )


def common_dates(documents: Iterable[Document]) -> Dates:
    """The dates of a page made from several: the newest change, the oldest search, the first review that is due."""
    every = list(documents)
    searched = [day for one in every if (day := one.day("evidence_searched"))]
    due = [day for one in every if (day := one.review_due)]
    return Dates(
        updated=max((one.day("updated") for one in every), default=""),
        searched=min(searched, default=""),
        due=min(due, default=""),
    )


def _menu(place: Place, page: PageText, where: str) -> list[Data]:
    site = page.site
    return [
        {
            "title": _menu_title(section, site, place.language),
            "href": page.href(site.catalogue.section_url(section.folder, place.language)),
            "current": section.folder == place.section,
            "urgent": section.folder == site.catalogue.config.urgent_section,
        }
        for section in site.catalogue.config.sections
        if section.menu == where and site.catalogue.has_section(section.folder, place.language)
    ]


def _menu_title(section: Section, site: Site, language: str) -> str:
    """A section's short title."""
    index = site.catalogue.index_of(section.folder, language)
    return index.nav_title if index and language != site.catalogue.config.language else section.nav_title


def _data_pages(place: Place, page: PageText) -> list[Data]:
    return [
        {
            "title": plain(page.words, name),
            "href": page.href(page.site.catalogue.page_url(name, place.language)),
            "current": place.section == name,
            "urgent": False,
        }
        for name in (GLOSSARY, NAMES, REFERENCES)
    ]


def _urgent(page: PageText) -> Data | None:
    """Where to find when to get help; the link stands on every page, if need be to another language's page."""
    found = page.site.catalogue.urgent(page.language)
    return {"title": found[0], "href": page.href(found[1])} if found else None


def _offline(place: Place, page: PageText) -> Data | None:
    """What the box needs that keeps the site for offline reading; a portable site is such a copy already."""
    if page.site.portable:
        return None
    return {
        "href": page.href(page.site.catalogue.page_url(OFFLINE, place.language)),
        "root": page.href("/"),
        "size": KEPT_SIZE,
        "is_here": place.section == OFFLINE,
    }


def _languages(place: Place, page: PageText) -> list[Data]:
    """The home pages in other languages, each under its language's own name."""
    catalogue = page.site.catalogue
    return [
        {
            "code": language,
            "name": Locale.parse(language, sep="-").get_language_name() or language,
            "href": page.href(catalogue.home_url(language)),
        }
        for language in catalogue.home_languages
        if language != place.language
    ]

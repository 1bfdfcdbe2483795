"""The files by which machines follow the site: feeds, sitemap and robots.txt."""

from collections.abc import Iterable
from typing import Any

from generator.markup.document import Document
from generator.site.joined import Site
from generator.site.machines.files import DATA, NO_DAY, MachineFile
from generator.site.pages import Known
from generator.site.words import plain

Data = dict[str, Any]

_NOT_MEDICAL = "page"
"""The kind of sections whose pages are about the site itself."""


def feeds(site: Site) -> list[MachineFile]:
    """Give the feed of all changed pages in both formats, and that of the medical pages alone."""
    title = site.catalogue.config.title
    return [
        MachineFile("/feed.xml", "feeds/feed.xml", lambda: _atom("/feed.xml", title, _changed(site), site)),
        MachineFile("/medical.xml", "feeds/feed.xml", lambda: _medical(site)),
        MachineFile("/feed.json", DATA, lambda: {"content": _json_feed(_changed(site), site)}),
    ]


def for_crawlers(site: Site, pages: Iterable[Known]) -> list[MachineFile]:
    """Give the sitemap of the pages that are listed, and robots.txt, which names it."""
    config = site.catalogue.config
    common = {"language": config.language, "site": {"title": config.title, "url": config.url}}
    listed = sorted((page.url, page.canonical, page.updated) for page in pages if page.listed)
    urls = [{"url": canonical, "updated": updated} for _, canonical, updated in listed]
    return [
        MachineFile("/sitemap.xml", "feeds/sitemap.xml", lambda: {**common, "urls": urls}, given=lambda: listed),
        MachineFile("/robots.txt", "feeds/robots.txt", lambda: common),
    ]


def _changed(site: Site) -> list[Document]:
    """The pages, those first that changed last."""
    every = (one for one in site.catalogue.documents.values() if one.section)
    return sorted(every, key=lambda one: (one.day("updated"), one.path), reverse=True)


def _medical(site: Site) -> Data:
    config = site.catalogue.config
    about = {section.folder for section in config.sections if section.kind == _NOT_MEDICAL}
    changes = plain(site.words[config.language], "medical_changes")
    documents = [one for one in _changed(site) if one.section not in about]
    return _atom("/medical.xml", f"{config.title}: {changes}", documents, site)


def _atom(url: str, title: str, documents: list[Document], site: Site) -> Data:
    config = site.catalogue.config
    return {
        "language": config.language,
        "site": {"title": config.title, "url": config.url},
        "feed": {"id": config.url if url == "/feed.xml" else site.catalogue.absolute(url), "title": title},
        "itself": site.catalogue.absolute(url),
        "tagline": config.tagline,
        "entries": [
            {
                "title": one.title,
                "summary": one.summary,
                "url": site.catalogue.absolute(site.catalogue.url_of(one)),
                "updated": one.day("updated"),
                "language": one.language,
            }
            for one in documents
        ],
        "updated": max((one.day("updated") for one in documents), default=NO_DAY),
        "author": config.title,
    }


def _json_feed(documents: list[Document], site: Site) -> Data:
    """The same as the Atom feed in JSON Feed 1.1."""
    config = site.catalogue.config
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": config.title,
        "description": config.tagline,
        "home_page_url": config.url,
        "feed_url": site.catalogue.absolute("/feed.json"),
        "language": config.language,
        "authors": [{"name": config.title, "url": config.url}],
        "items": [
            {
                "id": site.catalogue.absolute(site.catalogue.url_of(one)),
                "url": site.catalogue.absolute(site.catalogue.url_of(one)),
                "title": one.title,
                "summary": one.summary,
                "content_text": one.summary,
                "date_modified": f"{one.day('updated')}T00:00:00Z",
                "language": one.language,
            }
            for one in documents
        ],
    }

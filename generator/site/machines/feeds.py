"""The files by which machines follow the site: feeds, sitemap and robots.txt."""

from collections.abc import Callable
from typing import Any

from generator.markup.document import Document
from generator.site.joined import Site
from generator.site.words import plain

Data = dict[str, Any]
Planned = tuple[str, str, Callable[[], Data]]
"""The address of a file, its template and what gives the template's inputs."""

DATA = "feeds/data.json"
"""The template of every file that is data and nothing else."""
_NOT_MEDICAL = "page"
"""The kind of sections whose pages are about the site itself."""
_NO_DAY = "1970-01-01"


def absolute(site: Site, url: str) -> str:
    """The full web address of an address of the site."""
    return site.catalogue.config.url + url.removeprefix("/")


def feeds(site: Site) -> list[Planned]:
    """The feed of all changed pages in both formats, and that of the medical pages alone."""
    return [
        ("/feed.xml", "feeds/feed.xml", lambda: _atom("/feed.xml", site.catalogue.config.title, _changed(site), site)),
        ("/medical.xml", "feeds/feed.xml", lambda: _medical(site)),
        ("/feed.json", DATA, lambda: {"content": _json_feed(_changed(site), site)}),
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
        "feed": {"id": config.url if url == "/feed.xml" else absolute(site, url), "title": title},
        "itself": absolute(site, url),
        "tagline": config.tagline,
        "entries": [
            {
                "title": one.title,
                "summary": one.summary,
                "url": absolute(site, site.catalogue.url_of(one)),
                "updated": one.day("updated"),
                "language": one.language,
            }
            for one in documents
        ],
        "updated": max((one.day("updated") for one in documents), default=_NO_DAY),
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
        "feed_url": absolute(site, "/feed.json"),
        "language": config.language,
        "authors": [{"name": config.title, "url": config.url}],
        "items": [
            {
                "id": absolute(site, site.catalogue.url_of(one)),
                "url": absolute(site, site.catalogue.url_of(one)),
                "title": one.title,
                "summary": one.summary,
                "content_text": one.summary,
                "date_modified": f"{one.day('updated')}T00:00:00Z",
                "language": one.language,
            }
            for one in documents
        ],
    }

"""What pages have in common that follow from the site as a whole; the one on reading offline, which has no more."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.cache.seen import once
from generator.site.catalogue import OFFLINE
from generator.site.filling import PageText
from generator.site.frame import Dates, Made, Place, common_dates, frame
from generator.site.joined import Site
from generator.site.words import plain

Data = dict[str, Any]


def offline_page(language: str, site: Site, assets: Mapping[str, str]) -> Made:
    """Give the page that explains what keeping the site for reading offline means; it holds the button too."""
    page, inputs = data_page(OFFLINE, language, site, assets)
    return page, "offline.html", inputs


def data_page(
    name: str, language: str, site: Site, assets: Mapping[str, str], names_sources: bool = False
) -> tuple[PageText, Data]:
    """Give the text and the frame of a page whose title and summary are words of the interface, by its `name`."""
    url = site.catalogue.page_url(name, language)
    page = PageText(site, url, language, names_sources=names_sources)
    words = site.words[language]
    place = Place(url, language, plain(words, name), plain(words, f"{name}_summary"), name)
    return page, frame(place, all_dates(site), page, assets)


@once
def all_dates(site: Site) -> Dates:
    """The dates of a page that is made from what all pages use."""
    return common_dates(site.catalogue.documents.values())


def pages_using(uses: Sequence[tuple[str, str]], page: PageText) -> list[Data]:
    """Links to the other pages that use something."""
    return [{"title": title, "href": page.href(url)} for title, url in uses if url != page.url]

"""The page about reading offline: how to keep the site, without a script."""

from collections.abc import Mapping
from typing import Any

from generator.site.catalogue import OFFLINE
from generator.site.filling import PageText
from generator.site.frame import Place, common_dates, frame
from generator.site.joined import Site
from generator.site.words import plain

Data = dict[str, Any]


def offline_page(language: str, site: Site, assets: Mapping[str, str]) -> tuple[PageText, str, Data]:
    """Give the page that explains what keeping the site means; it holds the button too."""
    page = PageText(site, site.catalogue.page_url(OFFLINE, language), language)
    words = page.words
    place = Place(page.url, language, plain(words, OFFLINE), plain(words, f"{OFFLINE}_summary"), OFFLINE)
    return page, "offline.html", frame(place, common_dates(site.catalogue.documents.values()), page, assets)

"""The pages about reading offline: how to keep the site, and what is shown where something was not kept."""

from collections.abc import Mapping
from typing import Any

from generator.site.catalogue import OFFLINE
from generator.site.datapages import AbsoluteText
from generator.site.filling import PageText
from generator.site.frame import Place, common_dates, frame
from generator.site.joined import Site
from generator.site.words import plain

Data = dict[str, Any]


def offline_page(language: str, site: Site, assets: Mapping[str, str]) -> tuple[PageText, str, Data]:
    """Give the page that explains, without a script, what keeping the site means; it holds the button too."""
    page = PageText(site, site.catalogue.page_url(OFFLINE, language), language)
    return page, "offline.html", _inputs(page, ("offline", "offline_summary"), OFFLINE, assets)


def not_kept_page(language: str, site: Site, assets: Mapping[str, str]) -> tuple[PageText, str, Data]:
    """Give the page for what is not in the kept copy; its links are absolute, for it is shown at any depth."""
    page = AbsoluteText(site, "/not-kept.html", language)
    return page, "not-kept.html", _inputs(page, ("not_kept", "not_kept_summary"), "", assets)


def _inputs(page: PageText, said: tuple[str, str], section: str, assets: Mapping[str, str]) -> Data:
    title, summary = (plain(page.words, word) for word in said)
    place = Place(page.url, page.language, title, summary, section)
    return frame(place, common_dates(page.site.catalogue.documents.values()), page, assets)

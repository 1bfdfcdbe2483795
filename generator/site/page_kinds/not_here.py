"""The pages for what is not here: an address that leads nowhere, and what is not in a reader's offline copy.

Both are shown at other addresses than their own, at any depth, so their links are absolute.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from generator.site.filling import PageText
from generator.site.frame import Made, Place, frame
from generator.site.joined import Site
from generator.site.page_kinds.data_pages import all_dates
from generator.site.words import plain

Data = dict[str, Any]


class AbsoluteText(PageText):
    """The text of a page that is served at other addresses than its own."""

    def href(self, url: str) -> str:
        """The address of another page of the site from the root of its host."""
        return self.site.catalogue.config.base_path + url.removeprefix("/")


def pages_not_here(language: str, site: Site, assets: Mapping[str, str]) -> Mapping[str, Callable[[], Made]]:
    """Give what puts both pages together, by their addresses; a portable site knows no other depth than its own, and
    keeps no copy."""
    text = PageText if site.portable else AbsoluteText
    found = {"/404.html": ("not_found", "not_found_summary", "not_found_help")}
    if not site.portable:
        found["/not-kept.html"] = ("not_kept", "not_kept_summary", "not_kept_help")
    return {url: partial(_page, text, url, language, said, site, assets) for url, said in found.items()}


def _page(
    text: type[PageText], url: str, language: str, said: tuple[str, str, str], site: Site, assets: Mapping[str, str]
) -> Made:
    """`said` names the words for title, summary and help."""
    page = text(site, url, language)
    title, summary, help_text = (plain(page.words, one) for one in said)
    place = Place(page.url, page.language, title, summary)
    inputs = frame(place, all_dates(site), page, assets)
    return page, "not-here.html", {**inputs, "help": help_text}

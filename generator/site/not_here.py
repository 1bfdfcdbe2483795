"""The pages for what is not here: an address that leads nowhere, and what is not in the copy that a reader keeps.

Both are shown at other addresses than their own, at any depth, so their links are absolute.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.site.filling import PageText
from generator.site.frame import Place, common_dates, frame
from generator.site.joined import Site
from generator.site.words import plain

Data = dict[str, Any]


class AbsoluteText(PageText):
    """The text of a page that is served at other addresses than its own."""

    def href(self, url: str) -> str:
        return self.site.catalogue.config.base_path + url.removeprefix("/")


def pages_not_here(language: str, site: Site, assets: Mapping[str, str]) -> Iterator[tuple[PageText, str, Data]]:
    """Give both pages; a portable site knows no other depth than its own, and keeps no copy."""
    text = PageText if site.portable else AbsoluteText
    yield _page(text(site, "/404.html", language), ("not_found", "not_found_summary", "not_found_help"), assets)
    if not site.portable:
        said = ("not_kept", "not_kept_summary", "not_kept_help")
        yield _page(text(site, "/not-kept.html", language), said, assets)


def _page(page: PageText, said: tuple[str, str, str], assets: Mapping[str, str]) -> tuple[PageText, str, Data]:
    """`said` names the words for title, summary and help."""
    title, summary, help_text = (plain(page.words, one) for one in said)
    place = Place(page.url, page.language, title, summary)
    inputs = frame(place, common_dates(page.site.catalogue.documents.values()), page, assets)
    return page, "not-here.html", {**inputs, "help": help_text}

"""The page of all names by which readers look for a page."""

from collections.abc import Mapping
from typing import Any

from generator.disk.folders import CONTENT
from generator.evidence.names import Name
from generator.problems.problem import Span
from generator.site.catalogue import NAMES
from generator.site.frame import Made
from generator.site.joined import Site
from generator.site.page_kinds.data_pages import data_page
from generator.site.page_kinds.letters import by_letter, fold, letter

Data = dict[str, Any]


def names_page(language: str, site: Site, assets: Mapping[str, str]) -> Made:
    """Give all names from A to Z, each with the page it leads to."""
    page, inputs = data_page(NAMES, language, site, assets, names_sources=True)
    catalogue = site.catalogue
    listed = {fold(one.name) for one in catalogue.data.names}
    names = [*catalogue.data.names, *(one for one in _aliases(site, language) if fold(one.name) not in listed)]
    entries = []
    for name in sorted(names, key=lambda one: (fold(one.name), one.language, one.page)):
        target = catalogue.at(name.page)
        if target:
            entries.append(
                {
                    "name": name.name,
                    "kind": name.kind,
                    "language": name.language,
                    "foreign": name.language.split("-")[0] != language.split("-")[0],
                    "note": name.note,
                    "sources_html": page.cite_all(name.sources),
                    "title": target.title,
                    "href": page.href(catalogue.url_of(target)),
                    "letter": letter(name.name),
                }
            )
    inputs["letters"] = by_letter(entries)
    inputs.update(page.sources())
    return page, "names.html", inputs


def _aliases(site: Site, language: str) -> list[Name]:
    """The other words for a page that its own front matter gives."""
    return [
        Name(alias, "alias", language, path.removeprefix(f"{CONTENT}/"), "", (), Span(path))
        for path, document in site.catalogue.documents.items()
        if document.language == language
        for alias in document.aliases
    ]

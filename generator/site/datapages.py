"""The pages made from data files: all references, the glossary, all names. And the page for what is not there."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.evidence.people import Name
from generator.problems import Span
from generator.site.catalogue import GLOSSARY, NAMES, REFERENCES
from generator.site.filling import PageText
from generator.site.findings import claim_sentence, finding_anchor
from generator.site.frame import Dates, Place, common_dates, frame
from generator.site.joined import Site
from generator.site.words import plain
from generator.sources.files import CONTENT

Data = dict[str, Any]
Uses = Mapping[str, Sequence[tuple[str, str]]]
"""By id: title and address of each page that uses it."""


def glossary_page(language: str, site: Site, assets: Mapping[str, str], uses: Uses) -> tuple[PageText, str, Data]:
    """Give the glossary from A to Z, each term with the pages that explain it."""
    page, inputs = _page(GLOSSARY, language, site, assets)
    terms = [one for one in site.catalogue.data.terms if one.language == language]
    entries = [
        {
            "id": term.id,
            "term": term.term,
            "forms": [form for form in term.forms if form.casefold() != term.term.casefold()],
            "definition": term.definition,
            "sources_html": page.cite((key, "") for key, _ in term.sources),
            "letter": _letter(term.term),
            "pages": _pages(uses.get(term.id, ()), page),
        }
        for term in sorted(terms, key=lambda one: _fold(one.term))
    ]
    inputs["letters"] = _by_letter(entries)
    inputs.update(page.sources())
    return page, "glossary.html", inputs


def names_page(language: str, site: Site, assets: Mapping[str, str]) -> tuple[PageText, str, Data]:
    """Give all names from A to Z, each with the page it leads to."""
    page, inputs = _page(NAMES, language, site, assets)
    catalogue = site.catalogue
    listed = {_fold(one.name) for one in catalogue.data.names}
    names = [*catalogue.data.names, *(one for one in _aliases(site, language) if _fold(one.name) not in listed)]
    entries = []
    for name in sorted(names, key=lambda one: (_fold(one.name), one.language, one.page)):
        target = catalogue.documents.get(f"{CONTENT}/{name.page}")
        if target:
            entries.append(
                {
                    "name": name.name,
                    "kind": name.kind,
                    "language": name.language,
                    "foreign": name.language.split("-")[0] != language.split("-")[0],
                    "note": name.note,
                    "sources_html": page.cite((key, "") for key, _ in name.sources),
                    "title": target.title,
                    "href": page.href(catalogue.url_of(target)),
                    "letter": _letter(name.name),
                }
            )
    inputs["letters"] = _by_letter(entries)
    inputs.update(page.sources())
    return page, "names.html", inputs


def references_page(
    language: str, site: Site, assets: Mapping[str, str], uses: Uses, shown: Mapping[str, str]
) -> tuple[PageText, str, Data]:
    """Give all references by author: how each was read, the pages that cite it, and the findings that rest on it.

    `shown` gives the address of the page that shows a finding, by its id.
    """
    page, inputs = _page(REFERENCES, language, site, assets)
    every = sorted(site.catalogue.data.references.values(), key=lambda one: (one.sort_key, one.key))
    inputs["works"] = [
        {
            **page.reference(one),
            "pages": _pages(uses.get(one.key, ()), page),
            "findings": _findings_on(one.key, page, shown),
        }
        for one in every
    ]
    inputs["read_counts"] = {
        read: sum(one.read == read for one in every) for read in sorted({one.read for one in every})
    }
    return page, "references.html", inputs


def _findings_on(key: str, page: PageText, shown: Mapping[str, str]) -> list[Data]:
    """The findings that rest on a work, each with the place that shows it."""
    claims = page.site.catalogue.data.claims.values()
    found = [one for one in claims if one.id in shown and any(source.key == key for source in one.sources)]
    return [
        {"sentence": claim_sentence(one, page), "href": page.href(f"{shown[one.id]}#{finding_anchor(one.id)}")}
        for one in found
    ]


def _aliases(site: Site, language: str) -> list[Name]:
    """The other words for a page that its own front matter gives."""
    return [
        Name(alias, "alias", language, path.removeprefix(f"{CONTENT}/"), "", (), Span(path))
        for path, document in site.catalogue.documents.items()
        if document.language == language
        for alias in document.texts("aliases")
    ]


def _page(name: str, language: str, site: Site, assets: Mapping[str, str]) -> tuple[PageText, Data]:
    url = site.catalogue.page_url(name, language)
    page = PageText(site, url, language)
    words = site.words[language]
    place = Place(url, language, plain(words, name), plain(words, f"{name}_summary"), name)
    return page, frame(place, _all_dates(site), page, assets)


def _all_dates(site: Site) -> Dates:
    return common_dates(site.catalogue.documents.values())


def _pages(uses: Sequence[tuple[str, str]], page: PageText) -> list[Data]:
    return [{"title": title, "href": page.href(url)} for title, url in uses if url != page.url]


def _fold(text: str) -> str:
    """Text for sorting: without accents and case."""
    plain_text = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain_text if not unicodedata.combining(one)).casefold()


def _letter(text: str) -> str:
    first = next((one for one in _fold(text) if one.isalnum()), "#")
    return first.upper() if first.isalpha() else "#"


def _by_letter(entries: list[Data]) -> list[Data]:
    return [
        {"letter": letter, "entries": list(found)}
        for letter, found in groupby(entries, key=lambda one: str(one["letter"]))
    ]

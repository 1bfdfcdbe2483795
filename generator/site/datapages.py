"""The pages made from data files: the glossary, all names. And the page for what is not there."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from generator.cache.seen import once
from generator.disk.folders import CONTENT
from generator.evidence.glossary import Term
from generator.evidence.people import Name
from generator.problems.problem import Span
from generator.site.catalogue import GLOSSARY, NAMES, WORD_USES
from generator.site.filling import PageText
from generator.site.frame import Dates, Place, common_dates, frame
from generator.site.joined import Site
from generator.site.words import plain

Data = dict[str, Any]
Uses = Mapping[str, Sequence[tuple[str, str]]]
"""By id: title and address of each page that uses it."""
FEW = 2
"""Pages that the glossary names beside a term; of more it tells the number."""


def glossary_page(language: str, site: Site, assets: Mapping[str, str], uses: Uses) -> tuple[PageText, str, Data]:
    """Give the glossary from A to Z. Where more than a few pages use a term, a list of its own names them."""
    page, inputs = data_page(GLOSSARY, language, site, assets, names_sources=True)
    terms = _terms(language, site)
    entries = [
        {
            "id": term.id,
            "term": term.term,
            "forms": [form for form in term.forms if form.casefold() != term.term.casefold()],
            "definition": term.definition,
            "sources_html": page.cite((key, "") for key, _ in term.sources),
            "letter": letter(term.term),
            "pages": pages_using(uses.get(term.id, ()), page),
            "uses_href": page.href(f"{_uses_url(language, site)}#{term.id}"),
        }
        for term in terms
    ]
    inputs["letters"] = by_letter(entries)
    inputs.update(page.sources())
    return page, "glossary.html", inputs


def word_uses_page(language: str, site: Site, assets: Mapping[str, str], uses: Uses) -> tuple[PageText, str, Data]:
    """Give the pages that use each term of the glossary, for terms that more than a few pages use."""
    words = site.words[language]
    page = PageText(site, _uses_url(language, site), language)
    home = site.catalogue.page_url(GLOSSARY, language)
    title, summary = plain(words, "word_uses"), plain(words, "word_uses_summary")
    place = Place(page.url, language, title, summary, GLOSSARY, ((plain(words, GLOSSARY), home),))
    inputs = frame(place, all_dates(site), page, assets)
    entries = [
        {
            "id": term.id,
            "term": term.term,
            "href": page.href(f"{home}#{term.id}"),
            "letter": letter(term.term),
            "pages": found,
        }
        for term in _terms(language, site)
        if len(found := pages_using(uses.get(term.id, ()), page)) > FEW
    ]
    inputs["letters"] = by_letter(entries)
    return page, "word-uses.html", inputs


def has_word_uses(language: str, site: Site, uses: Uses) -> bool:
    """Whether there is any such term."""
    own = _uses_url(language, site)
    every = ([url for _, url in uses.get(term.id, ()) if url != own] for term in _terms(language, site))
    return any(len(urls) > FEW for urls in every)


def _terms(language: str, site: Site) -> list[Term]:
    found = [one for one in site.catalogue.data.terms if one.language == language]
    return sorted(found, key=lambda one: _fold(one.term))


def _uses_url(language: str, site: Site) -> str:
    return site.catalogue.page_url(WORD_USES, language)


def names_page(language: str, site: Site, assets: Mapping[str, str]) -> tuple[PageText, str, Data]:
    """Give all names from A to Z, each with the page it leads to."""
    page, inputs = data_page(NAMES, language, site, assets, names_sources=True)
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


def data_page(
    name: str, language: str, site: Site, assets: Mapping[str, str], names_sources: bool = False
) -> tuple[PageText, Data]:
    """Give the text and the frame of a page that is made from a data file."""
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


def _fold(text: str) -> str:
    """Text for sorting: without accents and case."""
    plain_text = unicodedata.normalize("NFKD", text)
    return "".join(one for one in plain_text if not unicodedata.combining(one)).casefold()


def letter(text: str) -> str:
    """The letter under which a text stands in a list from A to Z; `#` where it begins with none."""
    first = next((one for one in _fold(text) if one.isalnum()), "#")
    return first.upper() if first.isalpha() else "#"


def by_letter(entries: list[Data]) -> list[Data]:
    """Entries that are in their order, in groups of one letter."""
    return [
        {"letter": first, "entries": list(found)}
        for first, found in groupby(entries, key=lambda one: str(one["letter"]))
    ]

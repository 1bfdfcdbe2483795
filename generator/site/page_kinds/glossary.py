"""The pages on the words of the glossary: what each means, and where it is used."""

from collections.abc import Mapping
from typing import Any

from generator.evidence.glossary import Term
from generator.site.catalogue import GLOSSARY, WORD_USES
from generator.site.filling import PageText
from generator.site.frame import Made, Place, frame
from generator.site.joined import Site
from generator.site.page_kinds.data_pages import all_dates, data_page, pages_using
from generator.site.page_kinds.letters import by_letter, fold, letter
from generator.site.pages import UsedBy
from generator.site.words import plain

Data = dict[str, Any]

_FEW = 2
"""Pages that the glossary names beside a term; of more it tells the number."""


def glossary_page(language: str, site: Site, assets: Mapping[str, str], uses: UsedBy) -> Made:
    """Give the glossary from A to Z. Where more than a few pages use a term, a list of its own names them."""
    page, inputs = data_page(GLOSSARY, language, site, assets, names_sources=True)
    terms = _terms(language, site)
    entries = [
        {
            "id": term.id,
            "term": term.term,
            "forms": [form for form in term.forms if form.casefold() != term.term.casefold()],
            "definition": term.definition,
            "sources_html": page.cite_all(term.sources),
            "letter": letter(term.term),
            "pages": pages_using(uses.get(term.id, ()), page),
            "uses_href": page.href(f"{_uses_url(language, site)}#{term.id}"),
        }
        for term in terms
    ]
    inputs["letters"] = by_letter(entries)
    inputs.update(page.sources())
    return page, "glossary.html", inputs


def word_uses_page(language: str, site: Site, assets: Mapping[str, str], uses: UsedBy) -> Made:
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
        if len(found := pages_using(uses.get(term.id, ()), page)) > _FEW
    ]
    inputs["letters"] = by_letter(entries)
    return page, "word-uses.html", inputs


def has_word_uses(language: str, site: Site, uses: UsedBy) -> bool:
    """Whether there is any such term."""
    own = _uses_url(language, site)
    every = ([url for _, url in uses.get(term.id, ()) if url != own] for term in _terms(language, site))
    return any(len(urls) > _FEW for urls in every)


def _terms(language: str, site: Site) -> list[Term]:
    found = [one for one in site.catalogue.data.terms if one.language == language]
    return sorted(found, key=lambda one: fold(one.term))


def _uses_url(language: str, site: Site) -> str:
    return site.catalogue.page_url(WORD_USES, language)

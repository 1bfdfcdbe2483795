"""The works that the site rests on: the list of all of them, and a page on each."""

from collections.abc import Mapping
from typing import Any

from generator.evidence.references import READ, Reference
from generator.site.blocks.findings import claim_sentence, finding_anchor
from generator.site.catalogue import REFERENCES
from generator.site.filling import PageText
from generator.site.frame import Made, Place, frame
from generator.site.joined import Site
from generator.site.page_kinds.data_pages import all_dates, data_page, pages_using
from generator.site.page_kinds.letters import by_letter, letter
from generator.site.pages import UsedBy
from generator.site.words import plain

Data = dict[str, Any]


def references_page(language: str, site: Site, assets: Mapping[str, str]) -> Made:
    """Give all works by author in short; the rest stands on the page of each."""
    page, inputs = data_page(REFERENCES, language, site, assets)
    every = sorted(site.catalogue.data.references.values(), key=lambda one: (one.sort_key, one.key))
    inputs["letters"] = by_letter([{**page.reference(one), "letter": letter(one.by or one.title)} for one in every])
    inputs["read_counts"] = {how: sum(one.read == how for one in every) for how in READ}
    return page, "references.html", inputs


def work_page(
    key: str, language: str, site: Site, assets: Mapping[str, str], uses: UsedBy, shown: Mapping[str, str]
) -> Made:
    """Give the page on one work: its reference, how it was read, the findings that rest on it, the pages that cite it.

    `shown` gives the address of the page that shows a finding, by its id.
    """
    words = site.words[language]
    work = site.catalogue.data.references[key]
    page = PageText(site, site.catalogue.work_url(work, language), language)
    summary = " ".join(one for one in (_byline(work), plain(words, "work_summary")) if one)
    above = ((plain(words, REFERENCES), site.catalogue.page_url(REFERENCES, language)),)
    place = Place(page.url, language, work.title, summary, REFERENCES, above)
    inputs = {
        **frame(place, all_dates(site), page, assets),
        "work": page.reference(work),
        "findings": _findings_on(key, page, shown),
        "pages": pages_using(uses.get(key, ()), page),
    }
    return page, "work.html", inputs


def _byline(work: Reference) -> str:
    """Who wrote it and when, as a sentence."""
    said = ", ".join(one for one in (work.by, work.year) if one)
    return f"{said.removesuffix('.')}." if said else ""


def _findings_on(key: str, page: PageText, shown: Mapping[str, str]) -> list[Data]:
    """The findings that rest on a work, each with how sure it is, its kind of study, and the place that shows it."""
    found = [one for one in page.site.claims_from.get(key, ()) if one.id in shown]
    return [
        {
            "sentence": claim_sentence(one, page.words),
            "certainty": one.certainty,
            "design": one.design,
            "href": page.href(f"{shown[one.id]}#{finding_anchor(one.id)}"),
        }
        for one in found
    ]

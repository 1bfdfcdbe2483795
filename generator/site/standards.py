"""The scorecard: what standards for health information ask of each page, as far as a build can tell.

Four states: `met` and `open` (looked at, and there or not), `person` (only a person can tell, and nobody has), and
`does-not-apply`. No state comes from anything but data and rules, and nothing is added up to a score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.cache.seen import once
from generator.evidence.readability import LANGUAGES
from generator.evidence.standards import Item
from generator.markup.document import Document
from generator.site import standard_checks
from generator.site.filling import PageText
from generator.site.joined import Site
from generator.site.reading import grade
from generator.site.recalled import in_each
from generator.site.standard_checks import Check

Data = dict[str, Any]

STATES = ("met", "open", "person", "does-not-apply")
FILE = "checked.json"
"""The scorecard of every page for machines, at the site's root."""
CHECKS: Mapping[str, Check] = standard_checks.CHECKS
"""What the build can look at, by name."""


@dataclass(frozen=True)
class Result:
    """What is known of one item on one page; `state` is one of `STATES`."""

    item: Item
    document: Document
    state: str


@dataclass(frozen=True)
class Judged:
    """What is known of one page: its state of each item, as they are in their file, and its reading grade to one
    decimal; none where the formula does not fit the language, or there is no text."""

    states: tuple[str, ...]
    grade: float | None


@once
def judged(site: Site) -> Mapping[str, Judged]:
    """Judge every published page, by path; the pages by address."""
    catalogue = site.catalogue
    return in_each("standards", Judged, _judged, sorted(catalogue.documents.values(), key=catalogue.url_of), site)


def _judged(document: Document, site: Site) -> Judged:
    found = grade(document, site)
    number = round(found.whole.grade, 1) if found and found.whole.words else None
    return Judged(tuple(_state(one, document, site) for one in site.catalogue.data.standards), number)


def results(site: Site) -> tuple[Result, ...]:
    """Give every item of every standard for every published page, the pages by address, the items as in their file."""
    documents, items = site.catalogue.documents, site.catalogue.data.standards
    pairs = (
        (documents[path], item, state)
        for path, one in judged(site).items()
        for item, state in zip(items, one.states, strict=True)
    )
    return tuple(Result(item, document, state) for document, item, state in pairs)


def scorecard(page: PageText) -> list[Data]:
    """Give every standard with its items: how many pages have what is asked, which have not, and what is open."""
    found: dict[str, list[Result]] = {}
    for one in results(page.site):
        found.setdefault(one.item.id, []).append(one)
    return [
        {
            "name": name,
            "sources_html": page.cite(
                (key, "") for key in dict.fromkeys(key for one in items for key, _ in one.sources)
            ),
            "file": page.href(f"/{FILE}"),
            "by_build": sum(bool(one.check) for one in items),
            "by_person": sum(not one.check for one in items),
            "items": [_item(one, found.get(one.id, []), page) for one in items],
        }
        for name, items in _by_standard(page.site)
    ]


def checked(site: Site) -> Data:
    """Give the whole scorecard as plain data for machines: the items, and for every page its state of each."""
    items = site.catalogue.data.standards
    documents = site.catalogue.documents
    return {
        "title": site.catalogue.config.title,
        "states": list(STATES),
        "items": [
            {"id": one.id, "standard": one.standard, "item": one.item, "asks": one.asks, "check": one.check or None}
            for one in items
        ],
        "pages": [_page(documents[path], one, site) for path, one in judged(site).items() if items],
    }


def _state(item: Item, document: Document, site: Site) -> str:
    check = CHECKS.get(item.check)
    if check is None or (item.check in standard_checks.READ_ENGLISH and not _is_readable(document)):
        return "person"
    found = check(document, site)
    return "does-not-apply" if found is None else "met" if found else "open"


def _item(item: Item, found: list[Result], page: PageText) -> Data:
    missing = sorted((one.document for one in found if one.state == "open"), key=lambda one: one.title.casefold())
    catalogue = page.site.catalogue
    return {
        "id": item.id,
        "number": item.item,
        "asks": item.asks,
        "check": item.check,
        "met": sum(one.state == "met" for one in found),
        "looked_at": sum(one.state in ("met", "open") for one in found),
        "open": [{"title": one.title, "href": page.href(catalogue.url_of(one))} for one in missing],
    }


def _page(document: Document, found: Judged, site: Site) -> Data:
    catalogue = site.catalogue
    names = (one.id for one in catalogue.data.standards)
    return {
        "address": catalogue.config.url + catalogue.url_of(document).removeprefix("/"),
        "title": document.title,
        "grade": found.grade,
        "items": dict(zip(names, found.states, strict=True)),
    }


def _by_standard(site: Site) -> list[tuple[str, list[Item]]]:
    found: dict[str, list[Item]] = {}
    for item in site.catalogue.data.standards:
        found.setdefault(item.standard, []).append(item)
    return list(found.items())


def _is_readable(document: Document) -> bool:
    return document.language.split("-")[0] in LANGUAGES

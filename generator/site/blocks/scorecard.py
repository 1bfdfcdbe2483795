"""The scorecard as plain data: for every item of every standard, how many pages have it and which have not."""

from typing import Any

from generator.evidence.standards import Item
from generator.markup.document import Document
from generator.site.filling import PageText
from generator.site.standards.states import FILE, judged

Data = dict[str, Any]


def scorecard(page: PageText) -> list[Data]:
    """Give every standard with its items: how many pages have what is asked, which have not, and what is open."""
    catalogue = page.site.catalogue
    pages = [(catalogue.documents[path], found.states) for path, found in judged(page.site).items()]
    standards: dict[str, list[tuple[Item, list[tuple[Document, str]]]]] = {}
    for number, item in enumerate(catalogue.data.standards):
        states = [(document, found[number]) for document, found in pages]
        standards.setdefault(item.standard, []).append((item, states))
    return [
        {
            "name": name,
            "sources_html": page.cite_all({key: (key, span) for one, _ in items for key, span in one.sources}.values()),
            "file": page.href(f"/{FILE}"),
            "by_build": sum(bool(one.check) for one, _ in items),
            "by_person": sum(not one.check for one, _ in items),
            "items": [_item(one, states, page) for one, states in items],
        }
        for name, items in standards.items()
    ]


def _item(item: Item, states: list[tuple[Document, str]], page: PageText) -> Data:
    """One item with the pages that are looked at for it; those that have not what it asks in the order of titles."""
    missing = sorted((one for one, state in states if state == "open"), key=lambda one: one.title.casefold())
    met = sum(state == "met" for _, state in states)
    return {
        "id": item.id,
        "number": item.item,
        "asks": item.asks,
        "check": item.check,
        "met": met,
        "looked_at": met + len(missing),
        "open": [page.entry(one) for one in missing],
    }

"""What the build finds of the standards on every page, as plain data."""

from typing import Any

from generator.markup.document import Document
from generator.site.joined import Site
from generator.site.machines.files import DATA, MachineFile
from generator.site.standards.states import FILE, STATES, Judged, judged

Data = dict[str, Any]


def checked(site: Site) -> list[MachineFile]:
    """Give the file of all states; none where the site names no standards."""
    return [MachineFile(f"/{FILE}", DATA, lambda: {"content": _content(site)})] if site.catalogue.data.standards else []


def _content(site: Site) -> Data:
    """The items, and for every page its state of each."""
    documents = site.catalogue.documents
    return {
        "title": site.catalogue.config.title,
        "states": list(STATES),
        "items": [
            {"id": one.id, "standard": one.standard, "item": one.item, "asks": one.asks, "check": one.check or None}
            for one in site.catalogue.data.standards
        ],
        "pages": [_page(documents[path], one, site) for path, one in judged(site).items()],
    }


def _page(document: Document, found: Judged, site: Site) -> Data:
    catalogue = site.catalogue
    names = (one.id for one in catalogue.data.standards)
    return {
        "address": catalogue.absolute(catalogue.url_of(document)),
        "title": document.title,
        "grade": found.grade,
        "items": dict(zip(names, found.states, strict=True)),
    }

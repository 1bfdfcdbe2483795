"""What standards for health information ask of each page, as far as a build can tell.

Four states: `met` and `open` (looked at, and there or not), `person` (only a person can tell, and nobody has), and
`does-not-apply`. No state comes from anything but data and rules, and nothing is added up to a score.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.cache.seen import once
from generator.evidence.readability import LANGUAGES
from generator.evidence.standards import Item
from generator.markup.document import Document
from generator.site.grades import grade
from generator.site.joined import Site
from generator.site.recalled import in_each
from generator.site.standards.checks import CHECKS, READ_ENGLISH

STATES = ("met", "open", "person", "does-not-apply")
FILE = "checked.json"
"""The states of every page for machines, at the site's root."""


@dataclass(frozen=True)
class Judged:
    """What is known of one page: its state of each item, one of `STATES` each, in the order of their file, and its
    reading grade to one decimal; none where the formula does not fit the language, or there is no text."""

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


def _state(item: Item, document: Document, site: Site) -> str:
    check = CHECKS.get(item.check)
    if check is None or (item.check in READ_ENGLISH and document.language.split("-")[0] not in LANGUAGES):
        return "person"
    found = check(document, site)
    return "does-not-apply" if found is None else "met" if found else "open"

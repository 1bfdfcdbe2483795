"""How hard each page is to read: its running text, measured as a whole and section by section."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.cache.seen import once
from generator.evidence.glossary import Matcher
from generator.evidence.readability import LANGUAGES, Measure, measure, total
from generator.markup.document import Document
from generator.markup.prose import Passage, sentences
from generator.site.joined import Site


@dataclass(frozen=True)
class Grade:
    """How hard one page is to read, as a whole and in the section below each of its headings."""

    path: str
    whole: Measure
    sections: tuple[tuple[Passage, Measure], ...]


@once
def grades(site: Site) -> Mapping[str, Grade]:
    """Measure every published page in a language that can be measured, by path."""
    documents = site.catalogue.documents.values()
    return {one.path: found for one in documents if (found := grade(one, site))}


def grade(document: Document, site: Site) -> Grade | None:
    """Measure one page, if it is in a language that can be measured.

    Headings, tables and quotes are not running text; terms of the glossary are short words.
    """
    if document.language.split("-")[0] not in LANGUAGES:
        return None
    matcher = site.matchers.get(document.language)
    running = [one for one in document.prose if _is_running(one)]
    measured = [(one.section, _measure(one, matcher)) for one in running]
    headings = [one for one in document.prose if one.kind == "heading"]
    sections = tuple((one, total(m for section, m in measured if section == one.section)) for one in headings)
    return Grade(document.path, total(one for _, one in measured), sections)


def _is_running(passage: Passage) -> bool:
    return (
        passage.kind in ("paragraph", "item", "field")
        and not passage.quoted
        and passage.field not in ("title", "question")
    )


def _measure(passage: Passage, matcher: Matcher | None) -> Measure:
    text = matcher.hide(passage.text) if matcher else passage.text
    return total(measure(sentence.text) for sentence in sentences(text))

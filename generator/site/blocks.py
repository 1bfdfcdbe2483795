"""Generated blocks as plain data: what stands in them follows from front matter and data files alone."""

import posixpath
from collections.abc import Iterable
from typing import Any

from generator.evidence.claims import Claim, sentence
from generator.evidence.red_flags import RedFlag, most_urgent_first
from generator.markup.document import Document
from generator.markup.slots import BlockSlot
from generator.site.filling import PageText

Data = dict[str, Any]


def block(slot: BlockSlot, page: PageText) -> Data:
    """Give the data of one generated block."""
    arguments = [name for name, _ in slot.arguments]
    if slot.name == "red-flags":
        return {"kind": slot.name, "levels": red_flags(arguments, page)}
    if slot.name == "compare":
        return {
            "kind": slot.name,
            "rows": [look_alike(d, page) for d in _named("differential", arguments, page)],
        }
    if slot.name == "options":
        return {"kind": slot.name, "rows": [option(d, page) for d in _named("treatment", arguments, page)]}
    if not arguments:
        return {"kind": "references-here"}
    known = page.site.catalogue.data.references
    return {"kind": slot.name, "rows": [page.reference(known[key]) for key in arguments]}


def red_flags(topics: Iterable[str], page: PageText) -> list[Data]:
    """The red flags of some topics (of all where none is named), grouped by level, the most urgent first."""
    wanted = set(topics)
    flags = [one for one in page.site.catalogue.data.red_flags if not wanted or wanted & set(one.topics)]
    return [
        {"level": level, "flags": [_flag(flag, page) for flag in found]} for level, found in most_urgent_first(flags)
    ]


_ROW = ("feels", "moves", "hurts", "where", "changes", "tells_apart", "urgency_note", "who_looks")
_AT_A_GLANCE = ("urgency_note", "feels", "moves", "hurts", "where", "changes", "tells_apart", "who_looks")


def look_alike(document: Document, page: PageText, cells: Iterable[str] = _ROW) -> Data:
    """One condition as a row; its cells are filled in the order in which they are shown, as citations are numbered."""
    return {
        **_entry(document, page),
        "urgency": document.text("urgency"),
        **{f"{key}_html": page.inline(document.fragment(key), document) for key in cells},
    }


def at_a_glance(document: Document, page: PageText) -> Data:
    """One condition on its own page: how urgent it is stands first."""
    return look_alike(document, page, _AT_A_GLANCE)


def option(document: Document, page: PageText) -> Data:
    """One treatment as a row: whether it was tested, what was found, harms, what is not known."""
    return {
        **_entry(document, page),
        "category": document.text("category"),
        "tested": document.text("tested"),
        "claims": findings(document, page),
        "harms_html": page.lines(document.fragments("harms"), document),
        "unknown_html": page.lines(document.fragments("unknown"), document),
    }


def findings(document: Document, page: PageText) -> list[Data]:
    """The findings that a treatment names, each with its sentence, certainty, numbers and sources."""
    claims = page.site.catalogue.data.claims
    return [finding(claims[name], page) for name in document.texts("benefits") if name in claims]


def finding(claim: Claim, page: PageText) -> Data:
    """One finding as plain data."""
    words = {key: word for key, word in page.words.items() if isinstance(word, str)}
    return {
        "id": claim.id,
        "sentence": sentence(claim, words),
        "certainty": claim.certainty,
        "because_html": [page.plain(reason) for reason in claim.because],
        "reported_html": page.plain(claim.finding),
        "population_html": page.plain(claim.population),
        "applies_to": claim.applies_to,
        "follow_up": claim.follow_up,
        "participants": claim.participants,
        "studies": claim.studies,
        "sources_html": page.cite((one.key, one.locator) for one in claim.sources),
    }


def _flag(flag: RedFlag, page: PageText) -> Data:
    return {
        "id": flag.id,
        "sign": flag.sign,
        "may_mean_html": page.plain(flag.may_mean),
        "action": flag.action,
        "sources_html": page.cite((key, "") for key, _ in flag.sources),
    }


def _entry(document: Document, page: PageText) -> Data:
    return {
        "title": document.title,
        "summary": document.summary,
        "href": page.href(page.site.catalogue.url_of(document)),
    }


def _named(kind: str, names: list[str], page: PageText) -> list[Document]:
    """The documents of a kind in the order in which they are named, or all in their sections' order."""
    catalogue = page.site.catalogue
    found = [
        document
        for section in catalogue.config.sections
        if section.kind.startswith(kind)
        for document in catalogue.in_section(section.folder, page.language)
    ]
    by_name = {posixpath.basename(one.id): one for one in found}
    return [by_name[name] for name in names if name in by_name] if names else found

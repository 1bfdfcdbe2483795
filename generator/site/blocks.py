"""Generated blocks as plain data: what stands in them follows from front matter and data files alone."""

import posixpath
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.evidence.checked_claims import worst_first
from generator.evidence.red_flags import RedFlag, most_urgent_first
from generator.markup.document import Document
from generator.markup.slots import BlockSlot, Fragment
from generator.site import findings, reader_tools, sheets, standards
from generator.site.filling import PageText
from generator.sources.kinds import LEVELS

Data = dict[str, Any]

_UNTREATED = "no-treatment"
"""The category that stands in every grid."""
_HARMS = 2
"""Harms that the grid shows; the others stand on the treatment's page."""


def block(slot: BlockSlot, page: PageText) -> Data:
    """Give the data of one generated block."""
    arguments = [name for name, _ in slot.arguments]
    return {"kind": slot.name, **_MAKERS[slot.name](arguments, page)}


def red_flags(topics: Iterable[str], page: PageText) -> list[Data]:
    """The red flags of some topics (of all where none is named), grouped by level, the most urgent first."""
    wanted = set(topics)
    flags = [one for one in page.site.catalogue.data.red_flags if not wanted or wanted & set(one.topics)]
    return [
        {"level": level, "flags": [_flag(flag, page) for flag in found]} for level, found in most_urgent_first(flags)
    ]


_ROW = ("feels", "moves", "hurts", "where", "changes", "tells_apart", "urgency_note", "who_looks")
_AT_A_GLANCE = ("urgency_note", "feels", "moves", "hurts", "where", "changes", "tells_apart", "who_looks")


def look_alike(
    document: Document,
    page: PageText,
    cells: Iterable[str] = _ROW,
    fill: Callable[[Fragment, Document], str] | None = None,
) -> Data:
    """One condition as a row; its cells are filled in the order in which they are shown, as citations are numbered."""
    fill = fill or page.inline
    return {
        **_entry(document, page),
        "id": posixpath.basename(document.id),
        "name": document.nav_title,
        "urgency": document.text("urgency"),
        **{f"{key}_html": fill(document.fragment(key), document) for key in cells},
    }


def compared(documents: Iterable[Document], page: PageText) -> Data:
    """Look-alikes as rows, below the site's own condition, which each of them stands beside.

    Each row has the anchor to which a list of names above the table leads. Its lines stand on the condition's own page
    too, each with its sources, and the row leads there: the sources of all of them would be longer than the table.
    """
    own = reader_tools.own_row(page)
    rows = [{**look_alike(one, page, fill=page.uncited), "anchor": _anchor(one, page)} for one in documents]
    return {"own": own, "rows": rows}


def at_a_glance(document: Document, page: PageText) -> Data:
    """One condition on its own page: how urgent it is stands first."""
    return look_alike(document, page, _AT_A_GLANCE)


def option(document: Document, page: PageText) -> Data:
    """One treatment as a row: what was found in people with the condition and in others, harms, what is not known."""
    found = [findings.finding(claim, page) for claim in findings.named_by(document, page)]
    return {
        **_entry(document, page),
        "category": document.text("category"),
        "tested": document.text("tested"),
        "claims": found,
        "harms_html": page.lines(document.fragments("harms"), document),
        "unknown_html": page.lines(document.fragments("unknown"), document),
    }


def options(names: list[str], page: PageText) -> list[Data]:
    """Treatments side by side. What happens without treatment is always among them, and first where nobody named it."""
    every = _named("treatment", [], page)
    chosen = _named("treatment", names, page)
    untreated = [one for one in every if one.text("category") == _UNTREATED and one not in chosen]
    return [{**option_row(one, page), "anchor": _anchor(one, page)} for one in (*untreated, *chosen)]


def option_row(document: Document, page: PageText) -> Data:
    """One treatment in the grid: the surest finding for each group of people, in the order of the columns."""
    claims = findings.named_by(document, page)
    here = [one for one in claims if one.applies_to != "wider"]
    elsewhere = [one for one in claims if one.applies_to == "wider"]
    return {
        **_entry(document, page),
        "category": document.text("category"),
        "tested": document.text("tested"),
        "here": findings.brief(here, page),
        "elsewhere": findings.brief(elsewhere, page),
        "harms_html": page.lines(document.fragments("harms")[:_HARMS], document),
        "more_harms": max(0, len(document.fragments("harms")) - _HARMS),
        "unknown_html": page.lines(document.fragments("unknown")[:1], document),
    }


def disagreements(names: list[str], page: PageText) -> list[Data]:
    """Disagreements by their ids or topics, or all; each with its sides and what would settle it."""
    every = page.site.catalogue.data.disagreements
    chosen = [one for one in every.values() if not names or one.id in names or set(names) & set(one.topics)]
    return [
        {
            "id": one.id,
            "question": one.question,
            "positions": [
                {"view_html": page.plain(side.view), "sources_html": page.cite((key, "") for key, _ in side.sources)}
                for side in one.positions
            ],
            "settles_html": page.plain(one.settles),
        }
        for one in chosen
    ]


def checked_claims(topics: list[str], page: PageText) -> list[Data]:
    """Claims that go round, by verdict, the dangerous ones first."""
    every = page.site.catalogue.data.checked_claims
    chosen = [one for one in every if not topics or set(topics) & set(one.topics)]
    return [
        {
            "verdict": verdict,
            "claims": [
                {
                    "id": one.id,
                    "said": one.said,
                    "instead_html": page.plain(one.instead),
                    "sources_html": page.cite((key, "") for key, _ in one.sources),
                }
                for one in found
            ],
        }
        for verdict, found in worst_first(chosen)
    ]


def codes(systems: list[str], page: PageText) -> Data:
    """Codes of some systems (of all where none is named); where several stand together, each says its system."""
    every = page.site.catalogue.data.codes
    chosen = [one for one in every if not systems or one.system_id in systems]
    named = list(dict.fromkeys(one.system for one in chosen))
    condition = page.site.catalogue.config.condition
    return {
        "system": named[0] if len(named) == 1 else "",
        "is_first": page.first("codes"),
        "condition": condition.in_text if condition else page.site.catalogue.config.title,
        "rows": [
            {
                "system": one.system,
                "code": one.shown,
                "label": one.label,
                "relation": one.relation,
                "remark": one.remark,
                "seen": one.seen,
            }
            for one in chosen
        ],
    }


def countries(page: PageText) -> list[Data]:
    """What to do in each country, as rows."""
    return [
        {
            "name": one.name,
            **{level: one.at(level) for level in LEVELS},
            "sources_html": page.cite((key, "") for key, _ in one.sources),
        }
        for one in page.site.catalogue.data.countries
    ]


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
        "title": page.title(document),
        "summary": document.summary,
        "href": page.href(page.site.catalogue.url_of(document)),
    }


def _anchor(document: Document, page: PageText) -> str:
    """The anchor of a document's row; empty where the page has shown that row before, as an anchor stands once."""
    name = f"row-{posixpath.basename(document.id)}"
    return name if page.first(name) else ""


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


def _countries_once(page: PageText) -> list[Data]:
    """What to do in each country, the first time that a page shows signs."""
    return countries(page) if page.first("countries") else []


def _references(keys: list[str], page: PageText) -> Data:
    known = page.site.catalogue.data.references
    return {"rows": [page.reference(known[key]) for key in keys], "here": not keys}


_MAKERS: Mapping[str, Callable[[list[str], PageText], Data]] = {
    "red-flags": lambda topics, page: {
        "levels": red_flags(topics, page),
        "countries": _countries_once(page),
    },
    "red-flag-card": lambda topics, page: {"levels": red_flags(topics, page), "countries": countries(page)},
    "checklist": lambda topics, page: {
        "levels": reader_tools.checklist(topics, page),
        "countries": _countries_once(page),
    },
    "body-map": lambda names, page: {"maps": reader_tools.body_maps(names, page), "countries": _countries_once(page)},
    "compare": lambda names, page: compared(_named("differential", names, page), page),
    "options": lambda names, page: {"rows": options(names, page)},
    "claim": lambda names, page: {"claims": [findings.finding(one, page) for one in findings.by_id(names, page)]},
    "icon-array": lambda names, page: {"claims": [findings.numbers(one, page) for one in findings.by_id(names, page)]},
    "disagreements": lambda names, page: {"rows": disagreements(names, page)},
    "checked-claims": lambda topics, page: {"verdicts": checked_claims(topics, page)},
    "codes": lambda systems, page: codes(systems, page),
    "scorecard": lambda _, page: {"standards": standards.scorecard(page)},
    "offline": lambda _, page: {},
    "points": lambda names, page: {"pages": sheets.points(names, page)},
    "known-names": lambda names, page: {"groups": sheets.names(names, page)},
    "urgency": lambda _, page: {"levels": sheets.urgency(page)},
    "found": lambda _, page: sheets.found(page),
    "question-sheet": lambda names, page: {"pages": sheets.questions(names, page)},
    "diary": lambda lines, _: {"days": sheets.diary(lines)},
    "references": _references,
}
"""What makes the data of each block of `markup/directives.py`, from its arguments."""

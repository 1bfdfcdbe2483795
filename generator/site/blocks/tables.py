"""Pages of a kind side by side, as plain data: look-alikes, treatments, and one of them on its own page."""

import posixpath
from collections.abc import Callable, Iterable
from typing import Any

from generator.markup.document import Document
from generator.markup.slots import Fragment
from generator.site.blocks import findings, reader_tools
from generator.site.filling import PageText
from generator.sources.kinds import UNTREATED

Data = dict[str, Any]

"""The category that stands in every grid."""
_HARMS = 2
"""Harms that the grid shows; the others stand on the treatment's page."""
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
        **page.entry(document),
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
        **page.entry(document),
        "category": document.text("category"),
        "tested": document.text("tested"),
        "claims": found,
        "harms_html": page.lines(document.fragments("harms"), document),
        "unknown_html": page.lines(document.fragments("unknown"), document),
    }


def options(names: list[str], page: PageText) -> list[Data]:
    """Treatments side by side. What happens without treatment is always among them, and first where nobody named it."""
    named = chosen("treatment", names, page)
    every = page.site.catalogue.of_kind("treatment", page.language)
    untreated = [one for one in every if one.text("category") == UNTREATED and one not in named]
    return [{**option_row(one, page), "anchor": _anchor(one, page)} for one in (*untreated, *named)]


def option_row(document: Document, page: PageText) -> Data:
    """One treatment in the grid: the surest finding for each group of people, in the order of the columns."""
    claims = findings.named_by(document, page)
    here = [one for one in claims if one.applies_to != "wider"]
    elsewhere = [one for one in claims if one.applies_to == "wider"]
    return {
        **page.entry(document),
        "name": document.nav_title,
        "category": document.text("category"),
        "tested": document.text("tested"),
        "here": findings.brief(here, page),
        "elsewhere": findings.brief(elsewhere, page),
        "harms_html": page.lines(document.fragments("harms")[:_HARMS], document),
        "more_harms": max(0, len(document.fragments("harms")) - _HARMS),
        "unknown_html": page.lines(document.fragments("unknown")[:1], document),
    }


def _anchor(document: Document, page: PageText) -> str:
    """The anchor of a document's row; empty where the page has shown that row before, as an anchor stands once."""
    name = f"row-{posixpath.basename(document.id)}"
    return name if page.first(name) else ""


def chosen(kind: str, names: list[str], page: PageText) -> list[Document]:
    """The articles of a kind in the order in which they are named, or all in their sections' order."""
    found = page.site.catalogue.of_kind(kind, page.language)
    by_name = {posixpath.basename(one.id): one for one in found}
    return [by_name[name] for name in names if name in by_name] if names else found

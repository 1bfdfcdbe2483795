"""Generated blocks as plain data: what stands in them follows from front matter and data files alone."""

from collections.abc import Callable, Mapping
from typing import Any

from generator.markup.slots import BlockSlot
from generator.site.blocks import findings, reader_tools, records, sheets, tables
from generator.site.blocks.scorecard import scorecard
from generator.site.filling import PageText

Data = dict[str, Any]


def block(slot: BlockSlot, page: PageText) -> Data:
    """Give the data of one generated block."""
    arguments = [name for name, _ in slot.arguments]
    return {"kind": slot.name, **_MAKERS[slot.name](arguments, page)}


def _with_countries(data: Data, page: PageText) -> Data:
    """Signs, and what to do in each country the first time that a page shows signs."""
    return {**data, "countries": records.countries(page) if page.first("countries") else []}


def _references(keys: list[str], page: PageText) -> Data:
    known = page.site.catalogue.data.references
    return {"rows": [page.reference(known[key]) for key in keys], "here": not keys}


_MAKERS: Mapping[str, Callable[[list[str], PageText], Data]] = {
    "red-flags": lambda topics, page: _with_countries({"levels": records.red_flags(topics, page)}, page),
    "red-flag-card": lambda topics, page: {
        "levels": records.red_flags(topics, page),
        "countries": records.countries(page),
    },
    "checklist": lambda topics, page: _with_countries({"levels": reader_tools.checklist(topics, page)}, page),
    "body-map": lambda names, page: _with_countries({"maps": reader_tools.body_maps(names, page)}, page),
    "compare": lambda names, page: tables.compared(tables.chosen("differential-diagnosis", names, page), page),
    "options": lambda names, page: {"rows": tables.options(names, page)},
    "claim": lambda names, page: {"claims": [findings.finding(one, page) for one in findings.by_id(names, page)]},
    "icon-array": lambda names, page: {"claims": [findings.numbers(one, page) for one in findings.by_id(names, page)]},
    "disagreements": lambda names, page: {"rows": records.disagreements(names, page)},
    "checked-claims": lambda topics, page: {"verdicts": records.checked_claims(topics, page)},
    "codes": lambda systems, page: records.codes(systems, page),
    "scorecard": lambda _, page: {"standards": scorecard(page)},
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

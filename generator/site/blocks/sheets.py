"""Generated blocks for what readers print and take along: made from front matter and data, so that none goes stale."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from generator.markup.directives import DIARY_DAYS
from generator.markup.document import Document
from generator.markup.prose import Passage
from generator.site.blocks import findings
from generator.site.filling import PageText
from generator.site.plain_text import in_one_line
from generator.sources.datafiles import CERTAINTIES
from generator.sources.kinds import LEVELS

Data = dict[str, Any]

_NAMED = ("lay", "medical", "historical")
"""Kinds of names that mean the thing itself."""


def points(names: Iterable[str], page: PageText) -> list[Data]:
    """The key points of some pages, each with the page that says more."""
    return [
        {**page.entry(one), "points_html": page.lines(one.fragments("key_points"), one)}
        for one in _documents(names, page)
    ]


def names(places: Iterable[str], page: PageText) -> list[Data]:
    """The names that lead to some pages, by their kind, in the page's language."""
    wanted = {one.path.removeprefix("content/") for one in _documents(places, page)}
    language = page.language.split("-")[0]
    found = [
        one
        for one in page.site.catalogue.data.names
        if one.page in wanted and one.kind in _NAMED and one.language.split("-")[0] == language
    ]
    return [
        {
            "kind": kind,
            "names": [
                {"name": one.name, "sources_html": page.cite_all(one.sources)} for one in found if one.kind == kind
            ],
        }
        for kind in _NAMED
        if any(one.kind == kind for one in found)
    ]


def urgency(page: PageText) -> list[Data]:
    """All look-alikes by how urgent each is as a rule, the most urgent first."""
    every = page.site.catalogue.of_kind("differential-diagnosis", page.language)
    return [
        {"level": level, "pages": [page.entry(one) for one in every if one.text("urgency") == level]}
        for level in LEVELS
        if any(one.text("urgency") == level for one in every)
    ]


def found(page: PageText) -> Data:
    """The surest finding on each treatment that was studied in people with the condition, or nearly; and the others."""
    rows, unstudied = [], []
    for document in page.site.catalogue.of_kind("treatment", page.language):
        here = [one for one in findings.named_by(document, page) if one.applies_to != "wider"]
        if not here:
            unstudied.append(page.entry(document))
            continue
        surest = min(here, key=lambda one: CERTAINTIES.index(one.certainty))
        rows.append(
            {
                **page.entry(document),
                "sentence": findings.claim_sentence(surest, page.words),
                "certainty": surest.certainty,
                "applies_to": surest.applies_to,
                "design": surest.design,
                "participants": surest.participants,
                "sources_html": page.cite((one.key, one.locator) for one in surest.sources),
            }
        )
    return {"rows": rows, "unstudied": unstudied}


def questions(names: Iterable[str], page: PageText) -> list[Data]:
    """What some pages list to be said and asked, heading by heading, as plain text. Their warnings are left out."""
    return [
        {**page.entry(one), "groups": [group for group in _lists(one.prose) if group["items"]]}
        for one in _documents(names, page)
    ]


def diary(lines: Iterable[str]) -> list[int]:
    """The numbers of the days of a diary; never more than a diary may have, whatever was asked for."""
    asked = next(iter(lines), "")
    return list(range(1, int(asked if asked in DIARY_DAYS else DIARY_DAYS[1]) + 1))


def _lists(prose: Iterable[Passage]) -> list[Data]:
    body = [one for one in prose if one.kind in ("heading", "item") and not one.level]
    groups = []
    for _, some in groupby(body, key=lambda one: one.section):
        passages = list(some)
        heading = next((_clean(one.text) for one in passages if one.kind == "heading"), "")
        groups.append({"heading": heading, "items": [_clean(one.text) for one in passages if one.kind == "item"]})
    return groups


def _clean(text: str) -> str:
    """The words of a passage, in which markup has become spaces."""
    return in_one_line(text.replace("[", " "))


def _documents(names: Iterable[str], page: PageText) -> list[Document]:
    """Pages by their paths without ending; those that do not exist have been reported."""
    by_id = {one.id: one for one in page.site.catalogue.in_language(page.language)}
    return [by_id[name] for name in names if name in by_id]

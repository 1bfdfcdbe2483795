"""The pages made of one article each."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.markup.document import Document
from generator.markup.headings import Heading
from generator.markup.slots import BlockSlot
from generator.site.blocks import findings, reader_tools, tables
from generator.site.blocks.block import block
from generator.site.filling import PageText
from generator.site.frame import Made, Place, document_dates, frame
from generator.site.joined import Site

Data = dict[str, Any]

_LONG_CONTENTS = 12
"""Entries from which a list of contents names the upper headings alone, so that the text is not far below it."""
_MOST_IN_SECTION = 60
"""Pages up to which each page of a section lists all of them; of more, the section's front page has the list."""
_MOST_LINKING = 24
"""Pages up to which a list names those that link here; to a page that has more, nearly every page links."""
TEMPLATES = {
    "home": "home.html",
    "question": "question.html",
    "differential-diagnosis": "differential-diagnosis.html",
    "treatment": "treatment.html",
    "sheet": "sheet.html",
}


def article(document: Document, site: Site, assets: Mapping[str, str]) -> Made:
    """Give the page of an article."""
    catalogue = site.catalogue
    shown = findings.page_denominator(site.claims_of(document))
    page = PageText(
        site,
        catalogue.url_of(document),
        document.language,
        shown,
        explains_inline=document.text("terms") == "inline",
        names_sources=document.text("citations") == "names",
    )
    pieces = page.body(document)
    signs = [piece for piece in pieces if document.kind == "home" and _is_signs(piece)]
    inputs = {
        **frame(_place(document, site), document_dates(document, site), page, assets),
        **_opening(signs, document, page),
        "parts": _parts([piece for piece in pieces if piece not in signs], document, page),
        **_fields_after(document, page),
        "contents": _contents(document.headings, catalogue.config.contents_from),
        "authors": [
            {"name": person.name, "about": person.about, "interests": person.interests}
            for name in document.texts("authors")
            if (person := catalogue.data.people.get(name))
        ],
        "section": _section(document, page),
        "related": [page.entry(catalogue.documents[path]) for path in site.linked[document.path].related],
        "questions": [page.entry(one) for one in site.questions_about(document)],
        "linked_from": _linked_from(document, page),
    }
    inputs.update(page.sources())
    inputs["references_placed"] = any(p["kind"] == "references" and p["here"] for p in inputs["parts"])
    template = (
        "section.html" if document.is_index and document.section else TEMPLATES.get(document.kind, "article.html")
    )
    return page, template, inputs


def _parts(pieces: Iterable[str | BlockSlot], document: Document, page: PageText) -> list[Data]:
    """Give pieces of a text as HTML and generated blocks, in order, so that citations are numbered as they appear."""
    return [
        block(piece, page) if isinstance(piece, BlockSlot) else {"kind": "html", "html": page.text(piece, document)}
        for piece in pieces
    ]


def _is_signs(piece: str | BlockSlot) -> bool:
    """Whether a piece shows red flags; on the home page they stand before everything else."""
    return isinstance(piece, BlockSlot) and piece.name == "red-flags"


def _place(document: Document, site: Site) -> Place:
    catalogue = site.catalogue
    language = document.language
    above: list[tuple[str, str]] = []
    section = catalogue.config.section(document.section)
    if section and not document.is_index:
        title = catalogue.section_title(section, language)
        above.append((title, catalogue.section_url(section.folder, language)))
    topic = next((one for one in catalogue.config.topics if one.id == document.text("topic")), None)
    if topic:
        above.append((topic.title, catalogue.topic_url(topic.id, language)))
    url = catalogue.url_of(document)
    place = Place(url, language, document.title, document.summary, document.section, tuple(above))
    return replace(place, is_draft=document.is_draft)


def _opening(signs: list[str | BlockSlot], document: Document, page: PageText) -> Data:
    """What stands before the text, in the order in which it is shown, as citations are numbered in that order.

    The home page says in one sentence what it is about, then shows the signs.
    """
    points = document.fragments("key_points")
    if document.kind == "home":
        return {
            "first_point_html": page.inline(points[0], document) if points else "",
            "signs": _parts(signs, document, page),
            "key_points_html": page.lines(points[1:], document),
        }
    return {"key_points_html": page.lines(points, document), **_fields_before(document, page)}


def _fields_before(document: Document, page: PageText) -> Data:
    """The fields of the article's kind that stand before its text."""
    if document.kind == "question":
        return {"answer_html": page.inline(document.fragment("short_answer"), document)}
    if document.kind == "differential-diagnosis":
        beside = reader_tools.beside_own(document, page)
        return {"beside": beside, "look_alike": None if beside else tables.at_a_glance(document, page)}
    if document.kind == "sheet":
        return {"sheets": document.meta["sheets"], "pdf": ""}
    if document.kind == "treatment":
        cells = ("who_gives", "how_it_works", "what_it_is_like")
        return {"treatment": {f"{key}_html": page.inline(document.fragment(key), document) for key in cells}}
    return {}


def _fields_after(document: Document, page: PageText) -> Data:
    """The fields of the article's kind that stand after its text."""
    return {"option": tables.option(document, page)} if document.kind == "treatment" else {}


def _contents(headings: tuple[Heading, ...], least: int) -> list[Data]:
    """The list of contents of a long page: headings of level two with those of level three below them."""
    tree: list[Data] = []
    for heading in headings:
        one: Data = {"anchor": heading.anchor, "text": heading.text, "inner": []}
        if heading.level == 2:
            tree.append(one)
        elif heading.level == 3 and tree:
            tree[-1]["inner"].append(one)
    if sum(1 + len(one["inner"]) for one in tree) > _LONG_CONTENTS:
        tree = [{**one, "inner": []} for one in tree]
    return tree if len(tree) >= least else []


def _section(document: Document, page: PageText) -> Data:
    """The section's pages, and those before and after this one."""
    catalogue = page.site.catalogue
    section = catalogue.config.section(document.section)
    if section is None:
        return {"title": "", "href": "", "pages": [], "previous": None, "next": None}
    every = catalogue.in_section(section.folder, document.language)
    if document.kind == "question":
        every = tuple(one for one in every if one.text("topic") == document.text("topic"))
    listed = every if len(every) <= _MOST_IN_SECTION else ()
    at = next((number for number, one in enumerate(every) if one.path == document.path), None)
    before = every[at - 1] if at else None
    after = every[at + 1] if at is not None and at + 1 < len(every) else None
    return {
        "title": catalogue.section_title(section, document.language),
        "href": page.href(catalogue.section_url(section.folder, document.language)),
        "pages": [{**page.entry(one), "current": one.path == document.path} for one in listed],
        "previous": page.entry(before) if before else None,
        "next": page.entry(after) if after else None,
    }


def _linked_from(document: Document, page: PageText) -> list[Data]:
    """The other pages that link here, unless they are very many; questions about the page have a list of their own."""
    site = page.site
    asked = {one.path for one in site.questions_about(document)}
    paths = [path for path in site.backlinks[document.path] if path not in asked]
    found = sorted((site.catalogue.documents[path] for path in paths), key=lambda one: one.title.casefold())
    own = [one for one in found if one.language == document.language]
    return [page.entry(one) for one in own] if len(own) <= _MOST_LINKING else []

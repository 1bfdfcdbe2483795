"""The pages that list others: a section's front page and the topics of the questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.config import Section, Topic
from generator.markup.document import Document
from generator.site.blocks import tables
from generator.site.filling import PageText
from generator.site.frame import Made, Place, common_dates, frame
from generator.site.joined import Site
from generator.site.page_kinds.articles import article

Data = dict[str, Any]

_BLOCK_OF = {"differential-diagnosis": "compare", "treatment": "options"}
"""The block that shows all pages of a section of some kind."""


def section_page(section: Section, language: str, site: Site, assets: Mapping[str, str]) -> Made:
    """Give a section's front page: an editor's words where there are any, and the list of its pages."""
    catalogue = site.catalogue
    index = catalogue.index_of(section.folder, language)
    members = catalogue.in_section(section.folder, language)
    if index:
        page, template, inputs = article(index, site, assets)
    else:
        url = catalogue.section_url(section.folder, language)
        page, template = PageText(site, url, language), "section.html"
        place = Place(url, language, catalogue.section_title(section, language), section.summary, section.folder)
        inputs = {**frame(place, common_dates(members), page, assets), **_nothing_written()}
    inputs["listing"] = _listing(section, members, index, page)
    inputs.update(page.sources())
    return page, template, inputs


def topic_page(topic: Topic, language: str, site: Site, assets: Mapping[str, str]) -> Made:
    """Give the page of one topic with its questions and their short answers."""
    catalogue = site.catalogue
    folder = catalogue.question_folder
    url = catalogue.topic_url(topic.id, language)
    page = PageText(site, url, language)
    members = catalogue.questions_on(topic.id, language)
    section = catalogue.config.section(folder)
    above = ((catalogue.section_title(section, language), catalogue.section_url(folder, language)),) if section else ()
    place = Place(url, language, topic.title, topic.summary, folder, above)
    inputs = {
        **frame(place, common_dates(members), page, assets),
        "questions": [
            {**page.entry(one), "answer_html": page.inline(one.fragment("short_answer"), one)} for one in members
        ],
        "topics": [
            {
                "title": t.title,
                "href": page.href(catalogue.topic_url(t.id, language)),
                "current": t.id == topic.id,
            }
            for t in catalogue.config.topics
            if catalogue.questions_on(t.id, language)
        ],
    }
    inputs.update(page.sources())
    return page, "topic.html", inputs


def _listing(section: Section, members: Sequence[Document], index: Document | None, page: PageText) -> Data:
    """The list of a section's pages in the form of its kind.

    It is empty where the text shows them all, or links to each because another page shows them side by side.
    """
    name = _BLOCK_OF.get(section.kind, "")
    showing = [one for one in page.site.catalogue.in_language(page.language) if (name, ()) in one.blocks]
    if index and index in showing:
        return {"kind": "none"}
    if showing:
        linked = page.site.linked[index.path].pages if index else ()
        left = [one for one in members if one.path not in linked]
        return {"kind": "pages", "pages": [page.entry(one) for one in members]} if left else {"kind": "none"}
    if section.kind == "differential-diagnosis":
        return {"kind": "compare", **tables.compared(members, page)}
    if section.kind == "treatment":
        return {"kind": "options", "rows": tables.options([], page)}
    if section.kind == "question":
        return {"kind": "topics", "topics": _topics(page)}
    return {"kind": "pages", "pages": [page.entry(one) for one in members]}


def _topics(page: PageText) -> list[Data]:
    catalogue = page.site.catalogue
    return [
        {
            "title": topic.title,
            "summary": topic.summary,
            "href": page.href(catalogue.topic_url(topic.id, page.language)),
            "questions": [page.entry(one) for one in found],
        }
        for topic in catalogue.config.topics
        if (found := catalogue.questions_on(topic.id, page.language))
    ]


def _nothing_written() -> Data:
    """What a front page has that no editor wrote."""
    return {
        "key_points_html": [],
        "parts": [],
        "contents": [],
        "authors": [],
        "section": {"title": "", "href": "", "pages": [], "previous": None, "next": None},
        "related": [],
        "questions": [],
        "linked_from": [],
        "references_placed": False,
    }

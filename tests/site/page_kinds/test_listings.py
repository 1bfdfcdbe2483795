"""The front page of a section lists its pages unless its text does; a topic stands below the questions."""

from pathlib import Path
from typing import Any

import pytest

from generator.site.page_kinds.listings import section_page, topic_page
from tests.helpers import COMMON, TREATMENT, article, joined, make_site

QUESTION = f"---\nquestion: Why?\n{COMMON}topic: basics\nshort_answer: So.\n---\n"
FILES = {
    "content/care/tea.md": article("\nTea.\n", title="Tea", more=TREATMENT.replace("no-treatment", "self-care")),
    "content/ask/why.md": QUESTION,
}


def listing(root: Path, files: dict[str, str]) -> Any:
    site, problems = joined(make_site(root, {**FILES, **files}))
    assert [one for one in problems if one.is_error] == []
    section = site.catalogue.config.section("care")
    assert section
    return section_page(section, "en", site, {})[2]["listing"]


GRID = {"content/help/page.md": article("\n::options\n")}


@pytest.mark.parametrize(
    ("files", "kind", "titles"),
    [
        ({}, "options", ["Rest", "Tea"]),
        ({"content/care/index.md": article("\n::options\n", title="Care")}, "none", []),
        (GRID, "pages", ["Rest", "Tea"]),
        ({**GRID, "content/care/index.md": article("\n[a](tea.md)\n", title="Care")}, "pages", ["Rest", "Tea"]),
        ({**GRID, "content/care/index.md": article("\n[a](tea.md), [b](rest.md)\n", title="Care")}, "none", []),
    ],
    ids=["side by side", "the text shows them", "another page does", "some are linked", "all are linked"],
)
def test_pages_are_listed_where_the_text_does_not_lead_to_each(
    tmp_path: Path, files: dict[str, str], kind: str, titles: list[str]
) -> None:
    found = listing(tmp_path, files)
    assert found["kind"] == kind
    assert [one["title"] for one in found.get("pages", found.get("rows", []))] == titles


def test_a_topic_has_its_questions_with_answers_and_stands_below_their_section(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, FILES))
    (topic,) = site.catalogue.config.topics
    _, _, inputs = topic_page(topic, "en", site, {})
    assert inputs["crumbs"] == [{"title": "Questions", "href": "../"}]
    assert [(one["title"], one["answer_html"]) for one in inputs["questions"]] == [("Why?", "So.")]
    assert [(one["title"], one["current"]) for one in inputs["topics"]] == [("Basics", True)]

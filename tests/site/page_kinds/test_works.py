"""The list of works, and the page on each: who wrote it, what rests on it, who cites it."""

import json
from pathlib import Path

import pytest

from generator.site.page_kinds.works import references_page, work_page
from tests.helpers import CLAIM_TEXT, DEFAULT, article, joined, make_site

WORKS: list[dict[str, object]] = [
    {"id": "zoe2001", "type": "book", "title": "Colds", "author": [{"family": "Zoe"}], "issued": {"raw": "2001"}},
    {"id": "smith2001", "type": "book", "title": "Äther"},
    {"id": "many", "type": "book", "title": "B", "author": [{"family": name} for name in "DEF"]},
]
FILES = {
    "content/references.json": json.dumps([{**one, "custom": {"read": "abstract"}} for one in WORKS]),
    "content/claims/rest.yaml": CLAIM_TEXT + CLAIM_TEXT.replace("rest-shortens", "rest-unseen"),
    "content/care/rest.md": DEFAULT["content/care/rest.md"].replace("benefits: []", "benefits: [rest-shortens]"),
    "content/help/page.md": article("\nOne [@smith2001].\n"),
}


def test_all_works_stand_by_author_and_without_one_by_title(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, FILES))
    _, _, inputs = references_page("en", site, {})
    letters = [(one["letter"], [work["key"] for work in one["entries"]]) for one in inputs["letters"]]
    assert letters == [("A", ["smith2001"]), ("D", ["many"]), ("Z", ["zoe2001"])]
    assert inputs["read_counts"]["abstract"] == 3
    assert inputs["read_counts"]["full-text"] == 0


@pytest.mark.parametrize(("key", "first"), [("zoe2001", "Zoe, 2001. "), ("many", "D et al. "), ("smith2001", "")])
def test_the_summary_of_a_work_begins_with_who_wrote_it_and_when(tmp_path: Path, key: str, first: str) -> None:
    site, _ = joined(make_site(tmp_path, FILES))
    _, _, inputs = work_page(key, "en", site, {}, {}, {})
    assert inputs["page"]["summary"] == first + str(site.words["en"]["work_summary"])


def test_a_work_has_the_findings_that_a_page_shows_and_the_pages_that_cite_it(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, FILES))
    uses = {"smith2001": [("Page", "/help/page/")]}
    _, _, inputs = work_page("smith2001", "en", site, {}, uses, {"rest-shortens": "/care/rest/"})
    assert [(one["certainty"], one["href"]) for one in inputs["findings"]] == [
        ("low", "../../care/rest/#finding-rest-shortens")
    ]
    assert inputs["pages"] == [{"title": "Page", "href": "../../help/page/"}]

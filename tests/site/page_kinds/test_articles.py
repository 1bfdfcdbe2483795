"""The page of an article: what stands before its text, and the list of what is in it."""

from pathlib import Path
from typing import Any

import pytest

from generator.site.page_kinds.articles import article as made
from tests.helpers import article, joined, make_site


def inputs(root: Path, path: str, files: dict[str, str]) -> dict[str, Any]:
    site, problems = joined(make_site(root, files))
    assert [one for one in problems if one.is_error] == []
    _, _, found = made(site.catalogue.documents[path], site, {})
    return found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## A\n\n### B\n\n## C\n", []),
        ("## A\n\n### B\n\n## C\n\n## D\n", [("A", ["B"]), ("C", []), ("D", [])]),
        ("Words.\n", []),
    ],
)
def test_a_page_with_enough_headings_has_a_list_of_them(tmp_path: Path, body: str, expected: list[Any]) -> None:
    path = "content/help/page.md"
    found = inputs(tmp_path, path, {path: article(f"\n{body}")})["contents"]
    assert [(one["text"], [inner["text"] for inner in one["inner"]]) for one in found] == expected


def test_a_list_of_contents_that_is_long_leaves_the_lower_headings_out(tmp_path: Path) -> None:
    path = "content/help/page.md"
    body = "".join(f"\n## Part {number}\n\n### More {number}\n\nWords.\n" for number in range(20))
    found = inputs(tmp_path, path, {path: article(body)})["contents"]
    assert [one["text"] for one in found] == [f"Part {number}" for number in range(20)]
    assert [one["inner"] for one in found] == [[]] * 20


def test_the_home_page_shows_its_first_point_apart_and_the_others_once(tmp_path: Path) -> None:
    found = inputs(tmp_path, "content/index.md", {})
    assert (found["first_point_html"], found["key_points_html"]) == ("One.", ["Two.", "Three."])

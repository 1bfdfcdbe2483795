"""What is told of this site itself: its search by the queries that find their page, and edits that change it."""

from pathlib import Path

from benchmarks.own import edited, search_rows
from tests.search.finder import Answer


def test_a_query_counts_as_found_where_a_wanted_page_is_among_those_shown_and_others_are_named() -> None:
    answers = [
        Answer("numb", ("help/",), "emergency", ("a/", "help/"), "emergency"),
        Answer("knot", ("knots/", "ties/"), "none", ("a/", "b/"), "soon"),
        Answer("back", ("back/",), "", ("back/",), "today"),
    ]
    assert list(search_rows(answers)) == [
        ("queries that find their page in the first three", "2 of 3"),
        ("queries with the right urgent sign on top, or rightly none", "1 of 2"),
        ("not found", "knot: a/, b/"),
    ]


def test_each_edit_changes_a_text_or_the_foot_of_a_template_once_more(tmp_path: Path) -> None:
    text, template = tmp_path / "a.md", tmp_path / "base.html"
    text.write_text("One.\n", encoding="utf-8")
    template.write_text("<body>\n</body>\n", encoding="utf-8")
    for _ in range(2):
        edited(text)
        edited(template)
    assert text.read_text(encoding="utf-8") == "One. And more. And more.\n"
    assert template.read_text(encoding="utf-8") == "<body>\n<!-- edited -->\n<!-- edited -->\n</body>\n"

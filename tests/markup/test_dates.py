"""The days of an article fit together: a check covers the page as it is, and the next one comes after all else."""

import pytest

from tests.helpers import DEFAULT, at, codes, document

REST = DEFAULT["content/care/rest.md"]


def reviewed(review: str) -> str:
    assert REST.count("review: {due: 2027-11-01}") == 1
    return REST.replace("review: {due: 2027-11-01}", f"review: {{{review}}}")


@pytest.mark.parametrize(
    "review",
    [
        "due: 2027-11-01",
        "due: 2026-11-02",
        "due: 2027-11-01, by: team, on: 2026-11-01",
        "due: 2027-11-01, by: team, on: 2026-11-02",
    ],
)
def test_a_check_on_the_day_of_the_last_change_or_later_is_right(review: str) -> None:
    assert codes(document(reviewed(review)).problems) == []


@pytest.mark.parametrize(("given", "missing"), [("by: team", "on"), ("on: 2026-11-02", "by")])
def test_who_checked_a_page_and_when_belong_together(given: str, missing: str) -> None:
    text = reviewed(f"due: 2027-11-01, {given}")
    (problem,) = document(text).problems
    assert (problem.code, at(text, problem.span)) == ("missing-field", given.partition(": ")[2])
    assert f'not "{missing}"' in problem.message


def test_a_change_after_the_check_is_told_with_the_place_of_the_change() -> None:
    text = reviewed("due: 2027-11-01, by: team, on: 2026-10-31")
    (problem,) = document(text).problems
    assert (problem.code, at(text, problem.span)) == ("date-order", "2026-10-31")
    ((said, place),) = problem.related
    assert (said, at(text, place), place.line) == ('"updated"', "2026-11-01", 5)


@pytest.mark.parametrize("due", ["2026-11-01", "2025-01-01"])
def test_a_review_that_is_not_due_after_the_last_change_and_the_last_search_is_told_for_each(due: str) -> None:
    text = reviewed(f"due: {due}")
    found = document(text).problems
    assert codes(found) == ["date-order", "date-order"]
    assert {at(text, one.span) for one in found} == {due}
    assert [one.related[0][0] for one in found] == ['"updated"', '"evidence_searched"']


def test_an_article_knows_its_days_and_the_last_on_which_anything_was_done() -> None:
    text = reviewed("due: 2027-11-01, by: team, on: 2026-11-03")
    found = document(text.replace("updated: 2026-11-01", "updated: 2026-11-02"))
    assert (found.updated, found.searched, found.due, found.latest) == (
        "2026-11-02",
        "2026-11-01",
        "2027-11-01",
        "2026-11-03",
    )
    days = [found.day(key) for key in ("updated", "evidence_searched", "other")]
    assert days == ["2026-11-02", "2026-11-01", ""]
    assert found.review == {"by": "team", "on": "2026-11-03", "due": "2027-11-01"}

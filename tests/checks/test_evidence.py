"""What the evidence asks of a whole site: reviews in time, something to compare with, sources older than the search."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from generator.checks.evidence import check_evidence
from generator.problems.problem import Problem
from tests.helpers import CLAIM_TEXT, DEFAULT, Files, article, at, joined, make_site

PAGE, CARE, CLAIMS = "content/help/page.md", "content/care/rest.md", "content/claims/rest.yaml"


def problems(root: Path, files: Files, today: str = "2026-11-21", strict: bool = False) -> list[Problem]:
    site, found = joined(make_site(root, files))
    assert [one for one in found if one.is_error] == []
    return check_evidence(replace(site, today=today), strict)


def found(root: Path, files: Files, today: str = "2026-11-21", strict: bool = False) -> list[tuple[str, str, str]]:
    """The code of each problem, its file, and what stands at its place."""
    every = problems(root, files, today, strict)
    return [(one.code, one.span.path, at((root / one.span.path).read_text("utf-8"), one.span)) for one in every]


def due(day: str, more: str = "") -> str:
    return article("\nWords.\n", more=more).replace("due: 2027-11-01", f"due: {day}")


@pytest.mark.parametrize(("today", "is_due"), [("2027-01-30", False), ("2027-01-31", False), ("2027-02-01", True)])
@pytest.mark.parametrize(("strict", "code"), [(False, "review-due"), (True, "review-overdue")])
def test_a_review_is_due_on_the_day_after_the_one_that_the_page_names(
    tmp_path: Path, today: str, is_due: bool, strict: bool, code: str
) -> None:
    wanted = [(code, PAGE, "2027-01-31")] if is_due else []
    assert found(tmp_path, {PAGE: due("2027-01-31")}, today, strict) == wanted
    assert [one.is_error for one in problems(tmp_path, {}, today, strict)] == [strict] * is_due


def test_every_page_that_is_overdue_is_named_and_drafts_are_not(tmp_path: Path) -> None:
    draft = due("2027-01-31").replace("status: published", "status: draft")
    every = found(tmp_path, {PAGE: draft}, "2027-11-02")
    assert {(code, path) for code, path, _ in every} == {
        ("review-due", path) for path in DEFAULT if path.endswith(".md")
    }


def treated(category: str) -> str:
    return DEFAULT[CARE].replace("category: no-treatment", f"category: {category}")


def test_where_every_treatment_is_one_there_is_nothing_to_compare_them_with(tmp_path: Path) -> None:
    files = {
        CARE: treated("surgery"),
        "content/care/walk.md": treated("self-care").replace("title: Rest", "title: Walk"),
    }
    assert found(tmp_path, files) == [("no-untreated-option", CARE, "surgery")]


def test_one_treatment_without_treatment_is_enough(tmp_path: Path) -> None:
    files = {"content/care/walk.md": treated("self-care").replace("title: Rest", "title: Walk")}
    assert found(tmp_path, files) == []


def test_a_draft_of_it_is_not_enough_and_without_treatments_none_is_missed(tmp_path: Path) -> None:
    draft = DEFAULT[CARE].replace("status: published", "status: draft")
    walk = treated("self-care").replace("title: Rest", "title: Walk")
    assert found(tmp_path / "a", {CARE: draft}) == []
    files = {CARE: draft, "content/care/walk.md": walk}
    assert found(tmp_path / "b", files) == [("no-untreated-option", "content/care/walk.md", "self-care")]


def work(year: str) -> str:
    issued = {"issued": {"date-parts": [[int(year)]]}} if year else {}
    return json.dumps([{"id": "smith2001", "type": "book", "title": "T", "custom": {"read": "title"}, **issued}])


@pytest.mark.parametrize(
    ("year", "searched", "is_wrong"),
    [
        ("2026", "2025-12-31", True),
        ("2030", "2026-01-01", True),
        ("2026", "2026-01-01", False),
        ("1935", "2026-01-01", False),
        ("", "2026-01-01", False),
    ],
)
def test_a_source_cannot_be_younger_than_the_search_that_found_it(
    tmp_path: Path, year: str, searched: str, is_wrong: bool
) -> None:
    claim = CLAIM_TEXT.replace("searched: 2026-11-01", f"searched: {searched}")
    files = {"content/references.json": work(year), CLAIMS: claim}
    assert found(tmp_path, files) == ([("date-order", CLAIMS, "smith2001")] if is_wrong else [])


STANDARD = """\
- {id: s-1, standard: S, item: "1", asks: A day., check: CHECK, sources: [smith2001]}
- {id: s-2, standard: S, item: "2", asks: A person., sources: [smith2001]}
"""


def test_a_standard_may_only_name_checks_that_there_are(tmp_path: Path) -> None:
    files = {"content/standards.yaml": STANDARD.replace("CHECK", "no-such-check")}
    assert found(tmp_path, files) == [("unknown-check", "content/standards.yaml", "no-such-check")]


@pytest.mark.parametrize(("day", "is_wrong"), [("2026-11-21", False), ("2026-11-22", False), ("2026-11-23", True)])
@pytest.mark.parametrize("field", ["updated", "evidence_searched"])
def test_nothing_has_happened_on_a_day_that_is_yet_to_come_anywhere_on_earth(
    tmp_path: Path, field: str, day: str, is_wrong: bool
) -> None:
    text = article("\nWords.\n").replace(f"{field}: 2026-11-01", f"{field}: {day}")
    assert found(tmp_path, {PAGE: text}) == ([("date-order", PAGE, day)] if is_wrong else [])

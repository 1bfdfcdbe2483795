"""The fields of an article name findings, people and topics; what is not there is told at its place."""

from pathlib import Path

import pytest

from generator.problems.problem import Problem
from tests.helpers import CLAIM_TEXT, COMMON, DEFAULT, at, joined, make_site

CARE, ASK = "content/care/rest.md", "content/ask/why.md"
PEOPLE = """\
- {id: team, name: Team, kind: team, roles: [author], about: Us., interests: None.}
- {id: nurse, name: Nurse, kind: person, roles: [reviewer], about: One., interests: None.}
"""
FILES = {
    "content/people.yaml": PEOPLE,
    "content/claims/rest.yaml": CLAIM_TEXT,
    CARE: DEFAULT[CARE].replace("benefits: []", "benefits: [rest-shortens]"),
    ASK: f"---\nquestion: Why?\nshort_answer: So.\ntopic: basics\n{COMMON}---\n\nWords.\n",
}
REVIEWED = "review: {due: 2027-11-01, by: nurse, on: 2026-11-01}"


def found(root: Path, path: str, old: str, new: str, **files: str) -> tuple[list[Problem], str]:
    text = FILES[path].replace(old, new)
    assert text != FILES[path]
    return joined(make_site(root, {**FILES, **files, path: text}))[1], text


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "shown"),
    [
        (CARE, "[team]", "[team, nobody]", "unknown-person", "nobody"),
        (CARE, "[team]", "[nurse]", "wrong-role", "nurse"),
        (CARE, "review: {due: 2027-11-01}", REVIEWED.replace("nurse", "nobody"), "unknown-person", "nobody"),
        (CARE, "review: {due: 2027-11-01}", REVIEWED.replace("nurse", "team"), "wrong-role", "team"),
        (CARE, "[rest-shortens]", "[rest-shortens, nothing]", "unknown-finding", "nothing"),
        (ASK, "basics", "basic", "unknown-topic", "basic"),
    ],
)
def test_what_a_field_names_that_is_not_there_is_told_at_its_place(
    tmp_path: Path, path: str, old: str, new: str, code: str, shown: str
) -> None:
    (problem,), text = found(tmp_path, path, old, new)
    assert (problem.code, problem.span.path, at(text, problem.span)) == (code, path, shown)


def test_people_in_their_roles_are_right(tmp_path: Path) -> None:
    assert found(tmp_path, CARE, "review: {due: 2027-11-01}", REVIEWED)[0] == []


@pytest.mark.parametrize(
    ("path", "old", "new", "hint"),
    [
        (ASK, "basics", "basic", 'did you mean "basics"?'),
        (ASK, "basics", "xyz", "known: basics"),
        (CARE, "[team]", "[xyz]", "known: nurse, team"),
        (CARE, "[team]", "[taem]", 'did you mean "team"?'),
        (CARE, "[team]", "[nurse]", ""),
        (
            CARE,
            "review: {due: 2027-11-01}",
            REVIEWED.replace("nurse", "team"),
            "a page that no clinician has checked says so: leave `by` and `on` out",
        ),
        (CARE, "[rest-shortens]", "[rest-shortnes]", 'did you mean "rest-shortens"?'),
    ],
)
def test_the_nearest_name_or_all_of_them_are_told(tmp_path: Path, path: str, old: str, new: str, hint: str) -> None:
    (problem,), _ = found(tmp_path, path, old, new)
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [("[rest-shortens]", "[gone]", "content/claims/rest.yaml"), ("[team]", "[gone]", "content/people.yaml")],
)
def test_of_data_that_cannot_be_read_nothing_is_said_to_be_missing(
    tmp_path: Path, old: str, new: str, file: str
) -> None:
    problems, _ = found(tmp_path, CARE, old, new, **{file: "- {id: [\n"})
    assert {one.span.path for one in problems} == {file}

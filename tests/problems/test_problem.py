"""How problems are shown: with their line, as data, as annotations."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.codes import CODES
from generator.problems.problem import Problem, Span, ordered
from generator.problems.shown import as_github, as_json, as_text
from tests.helpers import REPOSITORY, make_site, moderate

SPAN = Span("content/a.md", 3, 5, 3, 9)


def line_of(path: str, number: int) -> str | None:
    return {("content/a.md", 3): "see this\tpage", ("content/b.md", 1): "---"}.get((path, number))


def test_the_words_that_a_problem_is_about_are_underlined() -> None:
    shown = as_text(Problem("broken-link", "no page", SPAN, "did you mean it?"), line_of)
    assert shown.splitlines() == [
        "content/a.md:3:5: error[broken-link] no page",
        "    3 | see this page",
        "      |     ^^^^",
        "   = did you mean it?",
    ]


def test_the_other_place_that_a_problem_names_is_shown_too() -> None:
    shown = as_text(
        Problem("duplicate-address", "taken", SPAN, related=(("first here", Span("content/b.md")),)), line_of
    )
    assert shown.splitlines()[-3:] == ["   = first here: content/b.md:1:1", "    1 | ---", "      | ^"]


def test_a_problem_of_a_file_that_is_not_there_has_no_line() -> None:
    shown = as_text(Problem("missing-file", "gone", Span("content/none.md")), line_of)
    assert shown == "content/none.md:1:1: error[missing-file] gone"


def test_a_mark_never_runs_past_the_end_of_its_line() -> None:
    shown = as_text(Problem("bad-yaml", "x", Span("content/a.md", 3, 10, 7, 2)), line_of)
    assert shown.splitlines()[2] == "      | " + " " * 9 + "^^^^"


def test_an_error_stops_a_build_and_a_warning_does_not() -> None:
    assert Problem("broken-link", "x", SPAN).is_error
    assert not Problem("orphan-page", "x", SPAN).is_error


def test_every_code_is_an_error_or_a_warning_and_says_how_to_mend_it() -> None:
    assert {code.severity for code in CODES.values()} == {"error", "warning"}
    assert all(code.meaning.endswith(".") and code.fix.endswith(".") for code in CODES.values())


def test_problems_as_json_hold_all_that_is_known() -> None:
    problem = Problem("duplicate-id", 'a "b" – c', SPAN, "hint", (("first", Span("x.yaml", 2, 3, 2, 4)),))
    (plain,) = json.loads(as_json([problem]))
    assert plain == {
        "code": "duplicate-id",
        "severity": "error",
        "message": 'a "b" – c',
        "path": "content/a.md",
        "line": 3,
        "column": 5,
        "end_line": 3,
        "end_column": 9,
        "hint": "hint",
        "related": [{"message": "first", "path": "x.yaml", "line": 2, "column": 3, "end_line": 2, "end_column": 4}],
    }


@moderate
@given(st.text(), st.text(), st.text())
def test_no_text_can_break_out_of_an_annotation(path: str, message: str, hint: str) -> None:
    shown = as_github(Problem("broken-link", message, Span(path, 1, 2, 1, 3), hint))
    assert "\n" not in shown
    assert "\r" not in shown
    head, _, _ = shown.removeprefix("::").partition("::")
    assert head.startswith("error file=")
    assert head.count(",") == 4


def test_an_annotation_says_where_its_words_end() -> None:
    assert as_github(Problem("broken-link", "100%", SPAN)) == (
        "::error file=content/a.md,line=3,col=5,endColumn=9,title=broken-link::content/a.md:3:5: 100%25"
    )


def test_problems_are_in_the_order_of_files_and_lines_and_each_is_there_once() -> None:
    first, second = Problem("tab", "x", Span("a", 1)), Problem("tab", "x", Span("a", 2))
    other = Problem("tab", "x", Span("b", 1))
    assert ordered([other, second, first, second]) == [first, second, other]


@pytest.mark.parametrize("name", ["é".encode(), b"\xff"], ids=["accent", "undecodable"])
def test_a_problem_is_shown_even_where_its_letters_cannot_be(tmp_path: Path, name: bytes) -> None:
    root = make_site(tmp_path)
    (root / "content/help" / os.fsdecode(name + b".md")).write_text("---\n---\n")
    command = [sys.executable, str(REPOSITORY / "build.py"), "check", "--root", str(root)]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    result = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert (result.returncode, b"error[file-name]" in result.stdout) == (1, True), result.stderr

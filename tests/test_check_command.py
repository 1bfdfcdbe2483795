"""The check shows problems in the form that is asked for, and those alone that are asked for."""

import json
from pathlib import Path

import pytest

from generator import cli
from generator.problems.codes import CODES
from generator.problems.problem import Problem, Span
from generator.workbench.sarif import as_sarif
from tests.sitekit import SITES, TODAY, change, copy_site

BROKEN = SITES / "broken"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one error and one warning."""
    root = copy_site("hiccups", tmp_path)
    change(root, "content/ask/how-long.md", "More on [what", "More on [nothing](nowhere.md) and [what")
    (root / "content/notes.txt").write_text("Ask her.", encoding="utf-8")
    return root


def told(capsys: pytest.CaptureFixture[str], root: Path, *options: str) -> tuple[int, str]:
    result = cli.main(["check", "--root", str(root), "--today", TODAY, "--quiet", *options])
    return result, capsys.readouterr().out


def codes(text: str) -> list[str]:
    return [one["code"] for one in json.loads(text)]


def test_all_problems_are_told_where_nothing_is_chosen(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result, text = told(capsys, site, "--format", "json")
    assert (result, codes(text)) == (1, ["broken-link", "unknown-file"])


def test_only_some_codes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result, text = told(capsys, site, "--format", "json", "--only", "unknown-file,tab")
    assert (result, codes(text)) == (0, ["unknown-file"])


def test_all_but_some_codes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result, text = told(capsys, site, "--format", "json", "--skip", "unknown-file")
    assert (result, codes(text)) == (1, ["broken-link"])


@pytest.mark.parametrize("option", ["--only", "--skip"])
def test_a_code_that_is_not_there_is_answered_with_the_nearest(
    site: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["check", "--root", str(site), option, "brokenlink"])
    assert left.value.code == 2
    assert 'did you mean "broken-link"?' in capsys.readouterr().err


def test_sarif_has_each_problem_at_its_place_with_the_rule_it_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    _, as_json = told(capsys, BROKEN, "--format", "json")
    _, text = told(capsys, BROKEN, "--format", "sarif")
    log = json.loads(text)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    problems = json.loads(as_json)
    assert len(run["results"]) == len(problems) > 100
    for result, problem in zip(run["results"], problems, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == problem["code"]
        place = result["locations"][0]["physicalLocation"]
        assert (place["region"]["startLine"], place["region"]["startColumn"]) == (problem["line"], problem["column"])
        assert result["level"] in ("error", "warning")
        assert problem["message"] in result["message"]["text"]
    assert {rule["id"] for rule in rules} == {problem["code"] for problem in problems} <= set(CODES)


def test_sarif_quotes_what_no_address_can_hold_and_keeps_what_is_related() -> None:
    span = Span("content/two words.md", 2, 3, 2, 9)
    problem = Problem("duplicate-id", '"a" is given twice', span, related=(("given first here", Span("content/b.md")),))
    (result,) = json.loads(as_sarif([problem]))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/two%20words.md"
    assert place["region"] == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 9}
    assert result["relatedLocations"][0]["message"]["text"] == "given first here"

"""One site of findings that are each wrong in one way: all are found in one run, each at its line and column.

`sites/wrong-claims/expected.txt` was written from the file, never from what the program says.
"""

import re
from pathlib import Path

import pytest

from generator import pipeline
from generator.pipeline import Build
from generator.stages.options import Options
from tests.sitekit import TODAY, change, copy_site, expected, place

WRONG = "content/claims/wrong.yaml"
RIGHT = ["right", "right-without-comparison"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_site("wrong-claims", tmp_path_factory.mktemp("wrong"))


@pytest.fixture(scope="module")
def done(root: Path) -> Build:
    return pipeline.build(root, Options(today=TODAY))


def records(root: Path) -> list[tuple[int, str, str]]:
    """The first line, the comment and the id of each finding, by the text of the file alone."""
    lines = (root / WRONG).read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("- id: ")]
    return [(start + 1, lines[start - 1], lines[start].removeprefix("- id: ")) for start in starts]


def test_every_wrong_finding_is_refused_where_it_is_wrong_and_nothing_else_is(done: Build) -> None:
    found, wanted = [place(one) for one in done.problems], expected("wrong-claims")
    assert {"missed": sorted(set(wanted) - set(found)), "not wrong": sorted(set(found) - set(wanted))} == {
        "missed": [],
        "not wrong": [],
    }
    assert found == wanted


def test_each_finding_says_what_is_wrong_with_it_and_has_one_mistake(root: Path, done: Build) -> None:
    found = records(root)
    starts = [start for start, _, _ in found]
    by_record = {start: [one for one in done.problems if _record(one.span.line, starts) == start] for start in starts}
    for start, comment, name in found:
        assert re.fullmatch(r"# .+\.", comment), comment
        assert len(by_record[start]) == (name not in RIGHT), name
    assert [name for _, _, name in found][:2] == RIGHT


def _record(line: int, starts: list[int]) -> int:
    """The first line of the record that a line is in."""
    return max(start for start in starts if start <= line)


def test_there_are_many_kinds_of_wrong_findings(root: Path) -> None:
    assert len(records(root)) - len(RIGHT) == len(expected("wrong-claims")) >= 16
    assert len({code for *_, code in expected("wrong-claims")}) >= 12


def test_nothing_is_made_of_a_site_with_a_wrong_finding(done: Build) -> None:
    assert not done.is_good
    assert done.outputs == ()
    assert done.renders == 0


def test_every_message_says_what_is_wrong_and_how_to_mend_it(done: Build) -> None:
    for one in done.problems:
        assert one.is_error, one
        assert one.message, one
        assert one.hint, one


def without_the_wrong_ones(folder: Path) -> Path:
    root = copy_site("wrong-claims", folder)
    lines = (root / WRONG).read_text(encoding="utf-8").splitlines(keepends=True)
    first_wrong = records(root)[len(RIGHT)][0] - 2
    (root / WRONG).write_text("".join(lines[:first_wrong]), encoding="utf-8")
    return root


def test_without_the_wrong_findings_the_site_is_made(tmp_path: Path) -> None:
    done = pipeline.build(without_the_wrong_ones(tmp_path), Options(today=TODAY))
    assert {one.code for one in done.problems} <= {"unused-reference"}
    page = next(one.body.decode() for one in done.outputs if one.path == "notes/findings/index.html")
    assert "Napping probably reduces tiredness compared with staying awake." in page
    assert "We do not know whether napping reduces tiredness." in page


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{lowers: imprecision, by: 2, why: few}", "{lowers: imprecision, why: few}", "unexplained-rating"),
        ("randomised-trial\n  certainty: moderate", "cohort\n  certainty: moderate", "uncontrolled-certainty"),
        ("  comparator: staying awake\n  pop", "  pop", "uncontrolled-certainty"),
        ("{value: -1.5", "{value: -2.6", "impossible-numbers"),
        ("participants: 40", "participants: 39", "impossible-numbers"),
        ("ref: good2001}]\n  searched: 2020-05-01\n#", "ref: bad2002}]\n  searched: 2020-05-01\n#", "retracted"),
    ],
)
def test_one_slip_that_makes_a_right_finding_wrong_is_found(tmp_path: Path, old: str, new: str, code: str) -> None:
    root = without_the_wrong_ones(tmp_path)
    change(root, WRONG, old, new)
    assert code in {one.code for one in pipeline.build(root, Options(today=TODAY)).problems}

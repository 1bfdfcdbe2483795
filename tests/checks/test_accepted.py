"""A warning can be accepted, with its reason, until a day; an error never, and nothing is accepted for ever."""

from pathlib import Path

import pytest

from generator import pipeline
from generator.checks.accepted import Acceptance, without_accepted
from generator.problems.problem import Problem, Span
from generator.stages.options import Options
from tests.sitekit import TODAY, copy_site

HERE = Span("content/accepted.yaml", 1, 10)
ORPHAN = Problem("orphan-page", "no page links to this one", Span("content/a.md"))
OTHER = Problem("orphan-page", "no page links to this one", Span("content/b.md"))
UNUSED = Problem("unused-term", "no page uses fold", Span("content/glossary.yaml", 4))
SECOND = Problem("unused-term", "no page uses crease", Span("content/glossary.yaml", 9))


def acceptance(code: str = "orphan-page", path: str = "content/a.md", says: str = "", until: str = TODAY) -> Acceptance:
    return Acceptance(code, path, says, until, HERE)


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems]


def test_what_is_accepted_is_not_told_up_to_and_on_its_last_day() -> None:
    assert without_accepted([ORPHAN, OTHER], [acceptance()], TODAY) == [OTHER]


def test_after_the_last_day_it_is_told_again_and_the_record_too() -> None:
    assert codes(without_accepted([ORPHAN], [acceptance(until="2026-11-20")], TODAY)) == [
        "orphan-page",
        "acceptance-over",
    ]


def test_words_of_the_message_choose_one_of_several() -> None:
    left = without_accepted([UNUSED, SECOND], [acceptance("unused-term", "content/glossary.yaml", "crease")], TODAY)
    assert left == [UNUSED]


def test_a_record_that_is_no_longer_needed_is_told_but_only_where_everything_was_looked_at() -> None:
    assert codes(without_accepted([], [acceptance()], TODAY)) == ["nothing-accepted"]
    assert without_accepted([], [acceptance()], TODAY, is_whole=False) == []


@pytest.mark.parametrize("until", ["2026-11-21", "2026-11-20"])
def test_a_site_with_an_accepted_warning(tmp_path: Path, until: str) -> None:
    root = copy_site("hiccups", tmp_path)
    (root / "content/notes.txt").write_text("Ask her.", encoding="utf-8")
    record = f"- {{code: unknown-file, path: content/notes.txt, reason: It is for us., until: {until}}}\n"
    assert codes(list(pipeline.build(root, Options(today=TODAY)).problems)) == ["unknown-file"]
    (root / "content/accepted.yaml").write_text(record, encoding="utf-8")
    told = codes(list(pipeline.build(root, Options(today=TODAY)).problems))
    assert told == ([] if until >= TODAY else ["acceptance-over", "unknown-file"])

"""What a block names is looked up among what that block shows; what is not there is told with what there is."""

from pathlib import Path

import pytest

from generator.markup.slots import BlockSlot
from generator.problems.problem import Problem
from generator.site.arguments import check_arguments
from tests.helpers import CLAIM_TEXT, COMMON, article, at, joined, make_site

PAGE = "content/help/page.md"
COUNTED = CLAIM_TEXT.replace(
    "  participants", "  events: {of: people, intervention: [3, 20], comparator: [1, 20]}\n  participants"
)
FILES = {
    "content/claims/rest.yaml": COUNTED,
    "content/privacy.md": f"---\ntitle: Privacy\n{COMMON}---\n\nWords.\n",
    "content/help/other.md": article("\nWords.\n", title="Other"),
}


def named(root: Path, line: str, **files: str) -> tuple[list[Problem], str]:
    """What is wrong with the arguments of a block, and the text of its page."""
    text = article(f"\n{line}\n")
    _, problems = joined(make_site(root, {**FILES, **files, PAGE: text}))
    return [one for one in problems if one.code == "block-argument"], text


@pytest.mark.parametrize("line", ["::known-names{privacy}", "::question-sheet{privacy}", "::points{help/other}"])
def test_blocks_of_pages_name_any_page_that_has_what_they_show(tmp_path: Path, line: str) -> None:
    assert named(tmp_path, line)[0] == []


def test_points_are_those_of_pages_that_have_key_points(tmp_path: Path) -> None:
    (problem,), text = named(tmp_path, "::points{help/other, privacy}")
    assert at(text, problem.span) == "privacy"


@pytest.mark.parametrize("line", ["::scorecard{help}", "::urgency{soon}", "::found{rest}", "::offline{help}"])
def test_a_block_without_arguments_knows_none(tmp_path: Path, line: str) -> None:
    (problem,), _ = named(tmp_path, line)
    assert problem.hint == "known: none"


def test_what_there_is_is_told_in_order_where_nothing_is_alike(tmp_path: Path) -> None:
    (problem,), _ = named(tmp_path, "::diary{100}")
    assert problem.hint == "known: 14, 21, 28, 7"


def test_what_is_known_beside_what_is_not_is_shown_all_the_same(tmp_path: Path) -> None:
    site, _ = joined(make_site(tmp_path, {**FILES, PAGE: article("\n::claim{rest-gone, rest-shortens}\n")}))
    (slot,) = site.catalogue.documents[PAGE].slots
    assert isinstance(slot, BlockSlot)
    names, problems = check_arguments(slot, site.catalogue, "en")
    assert (names, [one.code for one in problems]) == (["rest-shortens"], ["block-argument"])


@pytest.mark.parametrize("line", ["::claim{gone}", "::icon-array{gone}"])
def test_of_data_that_cannot_be_read_nothing_is_said_to_be_missing(tmp_path: Path, line: str) -> None:
    assert [at(text, one.span) for problems, text in [named(tmp_path / "a", line)] for one in problems] == ["gone"]
    assert named(tmp_path / "b", line, **{"content/claims/rest.yaml": "- {id: [\n"})[0] == []

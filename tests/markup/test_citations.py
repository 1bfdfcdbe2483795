"""Citations in Pandoc's syntax: every key with its place and the place in the work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.citations import read_citation
from generator.markup.locate import in_body
from generator.markup.slots import CitationSlot
from tests.helpers import at, codes, made, misplaced, moderate


def cited(text: str) -> list[tuple[str, str]]:
    (slot,) = made(text).slots
    assert isinstance(slot, CitationSlot)
    return [(one.key, one.locator) for one in slot.cited]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@smith2001]", [("smith2001", "")]),
        ("[@smith2001, table 2]", [("smith2001", "table 2")]),
        ("[@a; @b]", [("a", ""), ("b", "")]),
        ("[@a, p. 3; @b, table 2, row 4]", [("a", "p. 3"), ("b", "table 2, row 4")]),
        ("[ @a ;@b ]", [("a", ""), ("b", "")]),
        ("[@a,\ntable 2]", [("a", "table 2")]),
        ("[@who_2020:3.1/x-y]", [("who_2020:3.1/x-y", "")]),
        ("[@2001smith]", [("2001smith", "")]),
    ],
)
def test_every_work_is_cited_with_the_place_in_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert cited(text) == expected


def test_every_key_knows_where_it_stands() -> None:
    text = "one\n\ntwo [@a, x; @bc] three"
    (slot,) = made(text).slots
    assert isinstance(slot, CitationSlot)
    assert [at(text, one.span) for one in slot.cited] == ["a", "bc"]
    assert at(text, slot.span) == "[@a, x; @bc]"


@pytest.mark.parametrize(
    "text", ["[@a; b]", "[@a;]", "[@a @b]", "[see @a]", "[@]", "[@a,]", "@smith2001 says so", "[@a", "so [-@a]"]
)
def test_a_citation_that_cannot_be_read_is_never_passed_over_in_silence(text: str) -> None:
    assert "bad-citation" in codes(made(text).problems)


@pytest.mark.parametrize(
    ("text", "shown", "message"),
    [
        ("[@a;  see b ; @c]", "see b", '"see b" is not a citation'),
        ("[@a; @b, @c]", "@b, @c", '"@b, @c" is not a citation'),
        ("[@a; ]", "", "a part of the citation is empty"),
    ],
)
def test_the_part_that_cannot_be_read_is_shown(text: str, shown: str, message: str) -> None:
    (problem,) = made(text).problems
    assert (at(text, problem.span).strip("]"), problem.message) == (shown, message)


@pytest.mark.parametrize(
    "text", ["`[@a]`", "me@example2001.org", "<me@example.org>", r"\[@a]", "a @ b", "```\n[@a]\n```"]
)
def test_what_only_looks_like_a_citation_is_none(text: str) -> None:
    converted = made(text)
    assert [one for one in converted.slots if isinstance(one, CitationSlot)] == []
    assert codes(converted.problems) == []


@moderate
@given(st.text(alphabet="@ab2;, .-\n[]é😀", max_size=30))
def test_any_text_is_read_or_refused_at_its_place(inner: str) -> None:
    found, problems = read_citation(inner, 0, in_body("f", inner, 1))
    assert found or problems
    assert misplaced(problems, inner) == []
    assert all(at(inner, one.span) == one.key for one in found)

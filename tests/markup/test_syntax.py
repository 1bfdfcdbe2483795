"""The parts of a text are found where they can begin, and nowhere is one passed over."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup import syntax
from generator.markup.syntax import PARTS, parts
from tests.helpers import MARKDOWN, TRICKY, moderate

_SIGNS = st.text(alphabet="\\`~<&!>[]()@{}:#=|*+-_.^ \t\n1a\"'é", max_size=60)


def said(matches: list[re.Match[str]]) -> list[tuple[str | None, int, int]]:
    return [(match.lastgroup, *match.span()) for match in matches]


@moderate
@given(MARKDOWN | _SIGNS | st.text())
def test_what_is_found_fast_is_what_is_found_by_trying_everywhere(text: str) -> None:
    assert said(list(parts(text))) == said(list(PARTS.finditer(text)))


_FENCES = [
    "```",
    "````",
    "~~~",
    "~~~~",
    "~~~~~",
    "> ```",
    "- ~~~",
    "  ````",
    "```a`b",
    "~~~a`b",
    "``` a",
    "> ``` a",
    "<!--",
    "-->",
]


@moderate
@given(st.lists(st.sampled_from([*_FENCES, "", "x", "> x", "`a`"]), max_size=14).map("\n".join))
def test_a_fence_or_comment_that_is_left_open_hides_no_other(text: str) -> None:
    assert said(list(parts(text))) == said(list(PARTS.finditer(text)))


_TICKS = st.sampled_from(["`", "``", "```", "a", " ", "\n", "\n\n", "\n \t\n", "\\", "> "])


@moderate
@given(st.lists(_TICKS, max_size=20).map("".join))
def test_code_is_found_between_ticks_in_one_paragraph(text: str) -> None:
    assert said(list(parts(text))) == said(list(PARTS.finditer(text)))


class _Counted:
    """The grammar, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def match(self, text: str, at: int) -> re.Match[str] | None:
        self.asked += 1
        return PARTS.match(text, at)


def test_ticks_that_nothing_closes_are_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = _Counted()
    monkeypatch.setattr(syntax, "PARTS", counted)
    opened = " ".join("`" * count for count in range(2, 100))
    assert list(parts(f"a {opened}\n\n{opened}")) == []
    asked, counted.asked = counted.asked, 0
    assert said(list(parts(f"a {opened} `code`"))) == [("span", len(f"a {opened} "), len(f"a {opened} `code`"))]
    assert (asked, counted.asked) == (1, 2)


@pytest.mark.parametrize("case", TRICKY, ids=lambda path: path.stem)
def test_so_it_is_in_tricky_texts(case: Path) -> None:
    text = case.read_text("utf-8")
    assert said(list(parts(text))) == said(list(PARTS.finditer(text)))


def test_each_kind_of_part_is_found_somewhere_in_the_tricky_texts() -> None:
    found = {match.lastgroup for case in TRICKY for match in parts(case.read_text("utf-8"))}
    named = {"image", "cite", "link", "fence", "html", "entity", "auto", "escape", "span", "comment", "callout", "rule"}
    assert named | {"hashes", "underline", "block", "list", "definition", "labelled", "note_text", "note_use"} <= found

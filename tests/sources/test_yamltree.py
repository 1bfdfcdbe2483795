"""YAML with places: every key and value knows where it stands, nothing is guessed, nothing is clever."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.problem import Problem
from generator.sources.yamltree import Mapping, Node, Scalar, Sequence, read_yaml
from tests.helpers import YAML, at, misplaced, moderate


def good(text: str) -> Node:
    node, problems = read_yaml(text, "f.yaml")
    assert problems == []
    assert node is not None
    return node


def bad(text: str) -> Problem:
    node, problems = read_yaml(text, "f.yaml")
    assert node is None
    (problem,) = problems
    return problem


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    inner = node.items if isinstance(node, Sequence) else [part for entry in node.entries for part in entry]
    return [one for part in inner for one in scalars(part)]


def test_every_key_and_value_knows_its_place() -> None:
    text = "title: A page\nlist:\n  - one\n  - {two: 'three'}\n"
    written = [at(text, one.span) for one in scalars(good(text))]
    assert written == ["title", "A page", "list", "one", "two", "'three'"]


def test_lines_are_counted_from_the_first_line_of_the_file() -> None:
    node, _ = read_yaml("a: b\n", "f.md", first_line=7)
    assert isinstance(node, Mapping)
    assert node.entries[0][1].span.line == 7


@pytest.mark.parametrize(
    "written", ["no", "yes", "on", "null", "~", "010", "1e3", "12:30", "2026-11-21", "0x1f", "1_000"]
)
def test_a_value_is_the_text_that_was_written(written: str) -> None:
    node = good(f"a: {written}\n")
    assert [one.text for one in scalars(node)] == ["a", written]


def test_an_empty_text_is_told_from_no_value() -> None:
    assert [(one.text, one.quoted) for one in scalars(good('a: ""\nb:\n'))] == [
        ("a", False),
        ("", True),
        ("b", False),
        ("", False),
    ]


def test_a_field_that_is_given_twice_is_kept_twice_so_that_it_can_be_reported() -> None:
    node = good("a: 1\na: 2\n")
    assert isinstance(node, Mapping)
    assert [(key.text, value.text) for key, value in node.entries if isinstance(value, Scalar)] == [
        ("a", "1"),
        ("a", "2"),
    ]


@pytest.mark.parametrize(
    "text", ["a: &x b\n", "a: *x\n", "a: !!python/object:os.system x\n", "a: !t b\n", "!!map\na: b\n"]
)
def test_anchors_aliases_and_tags_are_refused(text: str) -> None:
    assert bad(text).code == "yaml-feature"


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    assert bad(bomb).span.line == 1


def test_what_is_nested_too_deeply_is_refused() -> None:
    assert [one.text for one in scalars(good("[" * 12 + "a" + "]" * 12))] == ["a"]
    assert bad("[" * 13 + "a" + "]" * 13).code == "too-deep"
    assert bad("[" * 30 + "]" * 30).code == "too-deep"
    assert bad("[" * 5000 + "]" * 5000).code == "too-deep"


@pytest.mark.parametrize(
    ("text", "line", "column", "hint"),
    [
        ("a: b: c\n", 1, 5, "a text that holds"),
        ('a: "b\n  c": @d\n', 2, 5, "a text that holds"),
        ("a: 'b\n", 1, 4, "never closed"),
        ('a: "b\nc: d\n', 1, 4, "never closed"),
        ("a: @b\n", 1, 4, "quotes"),
        ("a: b\nc\n", 2, 1, "colon and a space"),
        ('a: "b"\nc:d\ne: "f"\n', 2, 1, "colon and a space"),
        ('a: "b"\nc:\u00a0d\ne: "f"\n', 2, 1, "no-break space"),
        ("a: b\nc:\n  d: e\n   f: g\n", 4, 5, "as far to the left as the other fields"),
        ("a: \u201cb: c\u201d\n", 1, 6, "straight ones"),
        ("a: [@b] c\n", 1, 5, "[@"),
        ("a: [\n", 2, 1, "never closed"),
        ('a: "b\nc: d\ne: "f"\n', 1, 4, "close it"),
        ("a:\n - b\n  - c\n", 3, 3, "other entries"),
    ],
)
def test_broken_yaml_is_shown_where_it_breaks_with_what_would_mend_it(
    text: str, line: int, column: int, hint: str
) -> None:
    problem = bad(text)
    assert (problem.code, problem.span.line, problem.span.column) == ("bad-yaml", line, column)
    assert hint in problem.hint


def test_a_hyphen_within_the_lines_of_a_text_begins_no_entry() -> None:
    assert scalars(good("a:\n - b\n   c - d -e\n - f\n"))[1].text == "b c - d -e"


def test_a_list_that_is_never_closed_is_said_to_be_so() -> None:
    problem = bad("a: [b\nc: d\n")
    assert problem.code == "bad-yaml"
    assert "square brackets" in problem.hint
    assert problem.span.line in (1, 2)


def test_a_tab_in_an_indent_is_named_as_such() -> None:
    problem = bad("a:\n\tb: c\n")
    assert (problem.code, problem.span.line, problem.span.column) == ("tab", 2, 1)


def test_a_tab_within_a_text_is_harmless() -> None:
    assert scalars(good("a: b\tc\n"))[1].text == "b\tc"


def test_a_tab_in_a_line_without_words_is_harmless() -> None:
    assert len(scalars(good("a: b\n \t\nc: d\n"))) == 4


@pytest.mark.parametrize(
    ("written", "lost", "column"), [("Boat #1", "#1", 9), ("Boat  #12 of 3", "#12 of 3", 10), ("Boat #1  ", "#1", 9)]
)
def test_a_value_that_a_comment_cuts_off_is_told_with_what_is_lost(written: str, lost: str, column: int) -> None:
    text = f"a: b\nc: {written}\nd: e\n"
    node, (problem,) = read_yaml(text, "f")
    assert node is not None
    assert scalars(node)[3].text == "Boat"
    assert (problem.code, problem.span.line, problem.span.column) == ("cut-value", 2, column)
    assert at(text, problem.span) == lost


@pytest.mark.parametrize("written", ["Boat # one", "Boat#1", "'Boat' # one", '"Boat #1"', "Boat #"])
def test_a_comment_and_a_sign_within_a_word_cut_nothing_off(written: str) -> None:
    assert read_yaml(f"a: {written}\n", "f")[1] == []


def test_a_second_document_is_refused() -> None:
    assert bad("a: b\n---\nc: d\n").code == "bad-yaml"


def test_a_list_cannot_be_the_name_of_a_field() -> None:
    assert bad("? [a]\n: b\n").code == "bad-yaml"


@pytest.mark.parametrize("escape", [r"\ue000", r"\0", r"\x07", r"\uf8ff"])
def test_an_escape_cannot_bring_in_what_a_file_may_not_hold(escape: str) -> None:
    problem = bad(f'a: b\nc: "x {escape} y"\n')
    assert (problem.code, problem.span.line) == ("reserved-character", 2)


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_a_line_is_what_editors_call_a_line(separator: str) -> None:
    last = scalars(good(f"a: one{separator}two\nb: three\n"))[-1]
    assert (last.text, last.span.line) == ("three", 2)


def test_nothing_but_comments_is_nothing() -> None:
    assert read_yaml("# a\n", "f") == (None, [])


@moderate
@given(YAML | st.text().map(lambda text: text.replace("\r", "")))
def test_any_text_is_read_or_refused_at_a_place_that_exists(text: str) -> None:
    _, problems = read_yaml(text, "f")
    assert misplaced(problems, text) == []

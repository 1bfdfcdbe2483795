"""What a text asks of other files is found with its exact place, and what would go wrong in silence is reported."""

from itertools import pairwise

import pytest
from hypothesis import given

from generator.markup.locate import in_body
from generator.markup.scan import scan, without_reserved
from generator.markup.slots import CodeSlot, ImageSlot, LinkSlot
from tests.helpers import CLEAN_MARKDOWN, MARKDOWN, at, codes, made, misplaced, moderate


def targets(text: str) -> list[str]:
    return [one.target for one in made(text).slots if isinstance(one, LinkSlot | ImageSlot)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", ["b.md"]),
        ("[a](b.md#c)", ["b.md#c"]),
        ("[a]( b.md )", ["b.md"]),
        ('[a](b.md "title")', ["b.md"]),
        ("[a](b.md 'title (x)')", ["b.md"]),
        ("[a](<b c.md>)", ["b c.md"]),
        ("[a](b_(c).md)", ["b_(c).md"]),
        ("[a](b((c)).md)", ["b((c)).md"]),
        ("[](b.md)", ["b.md"]),
        ("[*a* `b`](c.md)", ["c.md"]),
        ("![a](b.png)", ["b.png"]),
        ("[![a](b.png)](c.md)", ["b.png", "c.md"]),
        ("[a][x]\n\n[x]: b.md", ["b.md"]),
        ("[x]\n\n[x]: <b.md> 'title'", ["b.md"]),
        ('<a href="b.md">a</a>', ["b.md"]),
        ("<a href=b.md>a</a>", ["b.md"]),
        ('<A HREF="b.md">a</A>', ["b.md"]),
        ('<img alt="a" src="b.png">', ["b.png"]),
        ("- [a](b.md)\n    - [c](d.md)", ["b.md", "d.md"]),
        ("> [a](b.md)", ["b.md"]),
        ("## [a](b.md)", ["b.md"]),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```", []),
        (r"\[a](b.md)", ["b.md"]),
        ("<!-- [a](b.md) -->", []),
    ],
)
def test_every_destination_is_found(text: str, expected: list[str]) -> None:
    assert targets(text) == expected
    assert codes(made(text).problems) == []


@pytest.mark.parametrize(
    "text",
    ["[a](b c.md)", "![a](my photo.png)", "[a](b.md", "![a](b.png", "[a](b.md (title))", '[a](b.md "title)'],
)
def test_a_link_that_would_be_dead_is_reported_and_never_made_in_silence(text: str) -> None:
    converted = made(f"one {text}\n\ntwo")
    assert "broken-link" in codes(converted.problems)
    assert converted.problems[0].span.line == 1


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("a ![](b.png)", "missing-alt", "![](b.png"),
        ('a <img src="b.png">', "missing-alt", '<img src="b.png">'),
        ("a <script>x</script>", "html-removed", "script"),
        ('a <b onclick="x">b</b>', "html-removed", "onclick"),
        ("a <javascript:x>", "unsafe-link", "javascript:x"),
        ("a [^x]", "unknown-footnote", "[^x]"),
        ("a\n\n[^x]: b", "unused-footnote", "[^x]:"),
        ("a [b][c]", "unknown-label", "[b][c]"),
        ("a [b][]", "unknown-label", "[b][]"),
        ("> [!WARN]\n> a", "unknown-callout", "WARN"),
        ("> [!NOTE] a\n> b", "misplaced-callout", "a"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "table-caption", "| a | b |"),
        ("```pyhton\nx\n```", "unknown-code-language", "pyhton"),
        ("a &#xe000; b", "reserved-character", "&#xe000;"),
        ("a @smith2001 b", "bad-citation", "@smith2001"),
        ("a [@smith2001 b", "bad-citation", "[@smith2001"),
    ],
)
def test_what_is_wrong_is_shown_exactly_where_it_stands(text: str, code: str, shown: str) -> None:
    problem = next(one for one in made(text).problems if one.code == code)
    assert at(text, problem.span) == shown


def test_a_block_of_code_that_is_never_closed_is_shown_where_it_opens() -> None:
    (problem,) = made("one\n\n```python\nx = 1\n").problems
    assert (problem.code, problem.span.line) == ("open-code", 3)


@pytest.mark.parametrize(
    "text",
    [
        "Table: caption\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "Table: a caption\nof two lines\n\n| a | b |\n|:--|--:|\n| 1 | 2 |",
        "a [^x]\n\n[^x]: b",
        "[b][C]\n\n[c]: d.md",
        "<!-- <script> ![](x) [@ -->",
        "`<script>` and `[^x]` and `@smith2001`",
        r"\<script> \[@ \!",
        "a@b2001.org is an address",
        "```python\nx = 1\n```",
        "~~~\n```\n~~~",
        "<b>bold</b> <br> H<sub>2</sub>O",
        "a < b and c > d",
    ],
)
def test_what_is_right_is_not_complained_about(text: str) -> None:
    assert codes(made(text).problems) == []


def test_no_reference_to_a_character_can_forge_a_token() -> None:
    assert without_reserved("a&#xe000;b&#57345;c&amp;d") == "a\ufffdb\ufffdc&amp;d"


def test_code_is_kept_to_the_letter() -> None:
    (slot,) = made("```python\n# [a](b.md) [@c]\n\n<b>\n```").slots
    assert isinstance(slot, CodeSlot)
    assert (slot.language, slot.code) == ("python", "# [a](b.md) [@c]\n\n<b>\n")


def test_two_quotes_parted_by_an_empty_line_are_two_callouts_as_on_github() -> None:
    html = made("> [!NOTE]\n> a\n\n> [!TIP]\n> b\n").fragment.html
    assert html.count('class="callout ') == 2


@moderate
@given(MARKDOWN)
def test_any_text_is_scanned_with_every_problem_and_slot_in_the_file(text: str) -> None:
    scanned = scan(text, in_body("f.md", text, 1))
    assert misplaced(scanned.problems, text) == []
    for slot in scanned.slots:
        assert at(text, slot.span) != "" or not getattr(slot, "target", "")


@moderate
@given(CLEAN_MARKDOWN)
def test_a_slot_stands_exactly_where_it_was_written(text: str) -> None:
    scanned = scan(text, in_body("f.md", text, 1))
    for slot in scanned.slots:
        if isinstance(slot, LinkSlot | ImageSlot) and slot.target:
            assert at(text, slot.span) == slot.target
    places = [slot.span for slot in scanned.slots]
    assert all((a.end_line, a.end_column) <= (b.line, b.column) for a, b in pairwise(places))


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "![",
        "](",
        "`",
        "<",
        "<!--",
        "<a ",
        "|",
        "-",
        "|-",
        "{: a=",
        "[@",
        "[^",
        "> ",
        "* ",
        "(",
        "::",
        "&#",
        "~~~\n",
        "[a]: ",
        " ",
        "\n",
        "[]((",
    ],
)
def test_no_text_makes_it_slow(piece: str) -> None:
    """The whole suite has a minute; one quadratic pattern over this text would eat it."""
    text = piece * (8000 // len(piece))
    scanned = scan(text, in_body("f.md", text, 1))
    assert misplaced(scanned.problems[:20], text) == []

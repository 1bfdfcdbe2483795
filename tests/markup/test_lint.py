"""What is wrong with a text by its form alone is told once, at its place, and nothing is told of what is right."""

import pytest

from tests.helpers import at, codes, made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("##\n\n### A", ["empty-heading"]),
        ("####\n\n##### A", ["empty-heading"]),
        ("##\n\n#### A", ["empty-heading", "heading-skip"]),
        ("# A\n\n## B\n\n### C", ["heading-one"]),
        ("# A\n\n### B", ["heading-one"]),
        ("A\n===  ", ["heading-one"]),
        ("A\n---\n\n### B", []),
        ("A\n===\n\n#### B", ["heading-one", "heading-skip"]),
        ("### A\n\n#### B", ["heading-skip"]),
        ("## A\n\n### B\n\n## C\n\n### D", []),
    ],
)
def test_each_heading_is_at_most_one_level_below_the_one_before(text: str, expected: list[str]) -> None:
    assert codes(made(text).problems) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<img alt="a" src="b.png">', []),
        ('<IMG ALT="a" SRC="b.png">', []),
        ("<img alt=a src=b.png>", []),
        ('<img alt="" src="b.png">', ["missing-alt"]),
        ('<img alt=" " src="b.png">', ["missing-alt"]),
        ('<img alt src="b.png">', ["missing-alt"]),
        ('<img alt="a">', ["missing-picture"]),
        ('<img alt="a" src>', ["missing-picture"]),
        ("<img>", ["missing-alt", "missing-picture"]),
        ('<a href="b.md">a</a>', []),
    ],
)
def test_a_picture_in_html_has_a_file_and_words_for_it(text: str, expected: list[str]) -> None:
    assert codes(made(text).problems) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<div><form>a</form></div>", ["form"]),
        ("<form>a</form> <form>b</form>", ["form", "form"]),
        ("a</form> b</form>", ["form"]),
        ("<B ONCLICK=x STYLE=y>a</B>", ["ONCLICK", "STYLE"]),
        ("## A {: #b .c title=d onclick=e style='f' }", ["onclick", "style"]),
    ],
)
def test_what_the_sanitiser_takes_out_is_told_once_for_each_place(text: str, told: list[str]) -> None:
    found = [one for one in made(text).problems if one.code == "html-removed"]
    assert [at(text, one.span) for one in found] == told


TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


@pytest.mark.parametrize(
    ("before", "has_caption"),
    [
        ("Table: a\n\n", True),
        ("Table: a\nof *two* lines\n\n", True),
        ("One.\n\nTable: a\n\n", True),
        ("Table: a\n\nOne.\n\n", False),
        ("One. Table: a\n\n", False),
        ("", False),
    ],
)
def test_a_table_has_its_caption_directly_before_it(before: str, has_caption: bool) -> None:
    text = before + TABLE
    found = made(text).problems
    assert codes(found) == ([] if has_caption else ["table-caption"])
    assert has_caption or at(text, found[0].span) == "| a | b |"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a [^noet]\n\n[^note]: b", 'did you mean "note"?'),
        ("a [^x]", "write its text in a line: [^x]: ..."),
        ("a [b][labl]\n\n[label]: c.md", 'did you mean "label"?'),
        ("a [b][x]", "give it in a line: [x]: address"),
        ("> [!NOET]\n> a", 'did you mean "NOTE"?'),
        ("```{.python .numbered}\na\n```", "write python alone"),
        ("```pyhton\na\n```", "correct the name, or leave it out"),
        ("> [!XYZXYZ]\n> a", "known: NOTE, TIP, IMPORTANT, WARNING, CAUTION"),
    ],
)
def test_a_name_that_is_not_known_is_met_with_the_nearest_or_with_what_to_write(text: str, hint: str) -> None:
    assert hint in [one.hint for one in made(text).problems]


def test_the_same_footnote_may_be_used_twice_and_one_that_nothing_uses_is_told() -> None:
    assert codes(made("a [^x] b [^x]\n\n[^x]: c").problems) == []
    text = "a [^x]\n\n[^x]: c\n\n[^y]: d"
    (problem,) = made(text).problems
    assert (problem.code, problem.span.line) == ("unused-footnote", 5)


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("- ```\n  a\n  ```", "misplaced-code", "- ```"),
        ("- ::compare  ", "bad-block", "::compare"),
        ("> [x]: b.md", "unknown-label", "> [x]:"),
        ("[a] (b.md)", "broken-link", "b.md"),
        ("<mailto:a@b.org>, <ftp://b.org>", "unsafe-link", "ftp://b.org"),
        ("<https://a.org@b.org>", "misleading-link", "https://a.org@b.org"),
        ('<b title="&#xe000;">a</b>', "reserved-character", "&#xe000;"),
    ],
)
def test_what_markdown_would_pass_over_is_shown_where_it_stands(text: str, code: str, shown: str) -> None:
    (problem,) = made(text).problems
    assert (problem.code, at(text, problem.span)) == (code, shown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[https://good.org](https://evil.org)", ["misleading-link"]),
        ("[**good**.org][a]\n\n[a]: https://evil.org", ["misleading-link"]),
        ('<a href="https://evil.org">good.org</a>', ["misleading-link"]),
        ("[good.org](https://www.good.org/page)", []),
        ("[what is good](https://evil.org)", []),
        ("![a picture][a]\n\n[a]: b.png", ["missing-picture"]),
    ],
)
def test_words_that_name_a_host_lead_to_it_and_no_picture_is_named_by_a_label(text: str, expected: list[str]) -> None:
    assert codes(made(text).problems) == expected

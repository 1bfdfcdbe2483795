"""Front matter: two fences, fields between, the text after; every mistake with them at its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.frontmatter import split, text_below
from tests.helpers import MARKDOWN, YAML, at, codes, misplaced, moderate


def test_an_article_is_its_fields_and_its_text_and_knows_where_the_text_begins() -> None:
    article, problems = split("---\ntitle: A\n---\n\nText\n", "f.md")
    assert article is not None
    assert [key.text for key, _ in article.fields.entries] == ["title"]
    assert (article.body, article.body_line, problems) == ("\nText\n", 4, [])


def test_a_rule_in_the_text_does_not_end_it() -> None:
    article, _ = split("---\na: b\n---\none\n\n---\n\ntwo\n", "f.md")
    assert article is not None
    assert article.body == "one\n\n---\n\ntwo\n"


def test_an_article_may_have_no_text() -> None:
    article, problems = split("---\na: b\n---", "f.md")
    assert article is not None
    assert (article.body, problems) == ("", [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("title: A\n", "no-front-matter", 1),
        ("\n---\ntitle: A\n---\n", "no-front-matter", 1),
        ("----\ntitle: A\n---\n", "no-front-matter", 1),
        ("---\n---\nText\n", "no-front-matter", 2),
        ("---\n\n---\nText\n", "no-front-matter", 2),
        ("---\n# only a comment\n---\n", "no-front-matter", 2),
        ("---\ntitle: A\n\nText\n", "open-front-matter", 1),
        ("---\ntitle: A\n----\n\nText\n", "open-front-matter", 3),
        ("---\ntitle: A\n ---\n\nText\n", "open-front-matter", 3),
        ("---\n- a\n- b\n---\n", "wrong-type", 2),
        ("---\njust words\n---\n", "wrong-type", 2),
        ("---\na: 'b\n---\n", "bad-yaml", 2),
    ],
)
def test_what_is_wrong_with_the_fences_is_shown_where_it_is(text: str, code: str, line: int) -> None:
    article, problems = split(text, "f.md")
    assert article is None
    assert (codes(problems), problems[0].span.line) == ([code], line)


@pytest.mark.parametrize("end", ["---", "--- ", "---\t"])
def test_spaces_after_a_fence_do_no_harm(end: str) -> None:
    article, _ = split(f"---\na: b\n{end}\nText\n", "f.md")
    assert article is not None
    assert article.body == "Text\n"


@moderate
@given(YAML | st.text(), MARKDOWN, st.booleans())
def test_any_text_is_split_or_refused_at_a_place_that_exists(fields: str, body: str, fenced: bool) -> None:
    text = f"---\n{fields}\n---\n{body}" if fenced else fields + body
    text = text.replace("\r", "")
    article, problems = split(text, "f.md")
    assert (article is None) == bool(problems)
    assert misplaced(problems, text) == []
    if article:
        assert text.split("\n")[article.body_line - 1 :] == article.body.split("\n") or not article.body
        for key, _ in article.fields.entries:
            if key.text.isalnum():
                assert key.text in at(text, key.span)


@pytest.mark.parametrize("before", ["\n", " \n", "\n\t\n"])
def test_an_empty_line_before_the_first_fence_is_said_to_be_one(before: str) -> None:
    _, (problem,) = split(f"{before}---\ntitle: A\n---\n", "f.md")
    assert "an empty line" in problem.message
    assert "delete it" in problem.hint


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("---\na: 'b\n---\nText\n---\nmore\n", ("Text\n---\nmore\n", 4)),
        ("---\na: b\n---", ("", 4)),
        ("---\na: b\n", None),
        ("a: b\n---\n---\nText\n", None),
        ("Text\n", None),
    ],
)
def test_the_text_below_front_matter_that_cannot_be_read_is_known_by_its_fences(
    text: str, below: tuple[str, int] | None
) -> None:
    assert text_below(text) == below

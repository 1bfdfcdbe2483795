"""Anchors of headings: those that GitHub gives, so that a link that is right in review is right on the site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.headings import github_slug
from tests.helpers import codes, made, moderate

# What github-slugger 2 gives, which follows GitHub.
SLUGS = {
    "What moves?": "what-moves",
    "Fish & chips": "fish--chips",
    "1.2 Numbers, dates": "12-numbers-dates",
    "snake_case and-hyphens": "snake_case-and-hyphens",
    "Dash – and — dash": "dash--and--dash",
    "Ünïcödé": "ünïcödé",
    "Cafe\u0301": "cafe\u0301",
    "हिन्दी": "हिन्दी",
    "العَرَبِيَّة": "العَرَبِيَّة",
    "ไทยน้ำ": "ไทยน้ำ",
    "日本語、テスト": "日本語テスト",
    "x² + y": "x--y",
    "½ cup": "-cup",
    "Chapter Ⅷ": "chapter-ⅷ",
    "a‿b": "a‿b",
    "İstanbul": "i̇stanbul",
    "😀 smile": "-smile",
    "'Quoted'": "quoted",
    "C++ / C#": "c--c",
}


@pytest.mark.parametrize("text", SLUGS)
def test_an_anchor_is_the_one_that_github_gives(text: str) -> None:
    assert github_slug(text) == SLUGS[text]


def headings(text: str) -> list[tuple[int, str, str]]:
    return [(one.level, one.anchor, one.text) for one in made(text).headings]


@pytest.mark.parametrize(
    ("line", "anchor", "text"),
    [
        ("## The *best* `code` **yet**", "the-best-code-yet", "The best code yet"),
        ("## A [link](b.md) here", "a-link-here", "A link here"),
        ("## Cited [@smith2001]", "cited", "Cited"),
        ("## Fish &amp; chips", "fish--chips", "Fish & chips"),
        ("## Fish & chips", "fish--chips", "Fish & chips"),
        ("## a &lt; b", "a--b", "a < b"),
        (r"## \[Brackets\] and \*stars\*", "brackets-and-stars", "[Brackets] and *stars*"),
        ("## Closed ##", "closed", "Closed"),
        ("## Named {: #mine }", "mine", "Named"),
        ("## !?", "section", "!?"),
        ("Underlined\n---", "underlined", "Underlined"),
    ],
)
def test_a_heading_has_its_plain_text_and_the_anchor_of_that(line: str, anchor: str, text: str) -> None:
    assert headings(line) == [(2, anchor, text)]


def test_headings_of_one_text_get_numbers_as_on_github() -> None:
    text = "## Foo\n\n## Foo\n\n## Foo 1\n\n## Foo\n"
    assert [anchor for _, anchor, _ in headings(text)] == ["foo", "foo-1", "foo-1-1", "foo-2"]


def test_levels_are_kept_and_jumps_are_reported() -> None:
    converted = made("## A\n\n### B\n\n## C\n\n#### D\n")
    assert [one.level for one in converted.headings] == [2, 3, 2, 4]
    assert codes(converted.problems) == ["heading-skip"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# A", "heading-one"),
        ("A\n===", "heading-one"),
        ("### A", "heading-skip"),
        ("## ", "empty-heading"),
        ("##", "empty-heading"),
    ],
)
def test_a_heading_that_breaks_the_order_of_a_page_is_reported(text: str, code: str) -> None:
    assert codes(made(text).problems) == [code]


def test_hashes_in_code_are_no_headings() -> None:
    assert headings("```\n# not one\n```\n\n    ## nor this\n") == []


@moderate
@given(st.lists(st.sampled_from(["foo", "Foo", "foo 1", "foo-1", "foo 1 1", "!", "section", "बी"]), max_size=8))
def test_no_two_headings_have_one_anchor(titles: list[str]) -> None:
    anchors = [anchor for _, anchor, _ in headings("\n\n".join(f"## {title}" for title in titles))]
    assert len(anchors) == len(titles)
    assert len(set(anchors)) == len(anchors)


@moderate
@given(st.text())
def test_any_text_makes_an_anchor_without_spaces_or_signs(text: str) -> None:
    assert not set(github_slug(text)) & set(" \t\n<>\"'&#?/%")

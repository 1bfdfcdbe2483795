"""One text becomes HTML with slots: tables, callouts, figures, code, footnotes; and no text breaks it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.converter import PLAIN, convert
from generator.markup.library import as_it_comes
from generator.markup.locate import in_body
from generator.markup.sanitiser import sanitise
from generator.markup.slots import TOKEN
from tests.helpers import CLEAN_MARKDOWN, MARKDOWN, codes, elements, made, made_line, misplaced, moderate

PRIVATE = re.compile("[\ue000-\uf8ff]")


def tags(text: str) -> list[str]:
    return [tag for tag, _ in elements(made(text).fragment.html)]


def test_a_link_a_picture_and_a_citation_are_slots_in_the_html() -> None:
    converted = made("[a](b.md) [@c]\n\n![d](e.png)")
    assert converted.fragment.html == (
        '<p><a href="\ue0000\ue001">a</a> \ue0001\ue001</p>\n<figure><img alt="d" src="\ue0002\ue001"></figure>'
    )


def test_slots_are_numbered_on_from_those_that_a_document_has_already() -> None:
    before = made("[a](b.md) [@c]").slots
    converted = convert("[d](e.md)", in_body("f", "[d](e.md)", 1), before)
    assert converted.fragment.html == '<p><a href="\ue0002\ue001">d</a></p>'
    assert len(converted.slots) == 1


def test_one_text_leaves_nothing_behind_for_the_next() -> None:
    first = made("[a][x] [^n]\n\n[x]: y.md\n\n[^n]: note\n\n## H")
    second = made("[a][x] [^n]")
    assert "href" not in second.fragment.html
    assert second.headings == ()
    assert made("[a][x] [^n]\n\n[x]: y.md\n\n[^n]: note\n\n## H") == first


def test_a_table_has_its_caption_scopes_and_labels() -> None:
    html = made("Table: What *was* found [@a]\n\n| | less | more |\n|---|---|---|\n| pain | 3 | 4 |\n").fragment.html
    assert "<caption>What <em>was</em> found \ue0000\ue001</caption>" in html
    assert '<th scope="col">less</th>' in html
    assert '<th scope="row">pain</th>' in html
    assert '<td data-label="more">4</td>' in html
    assert "Table:" not in html


def test_an_empty_corner_of_a_table_is_no_header() -> None:
    found = elements(made("Table: c\n\n| | b |\n|---|---|\n| 1 | 2 |\n").fragment.html)
    assert [attributes for tag, attributes in found if tag == "th"] == [{"scope": "col"}, {"scope": "row"}]
    assert ("td", {}) in found


def test_a_cell_below_a_header_without_words_has_no_label() -> None:
    found = elements(made("Table: c\n\n| a | | c |\n|---|---|---|\n| 1 | 2 | 3 |\n").fragment.html)
    assert [attributes.get("data-label") for tag, attributes in found if tag == "td"] == [None, None, "c"]


@pytest.mark.parametrize(
    ("name", "level"),
    [("NOTE", "note"), ("TIP", "tip"), ("IMPORTANT", "soon"), ("WARNING", "today"), ("CAUTION", "emergency")],
)
def test_a_callout_says_how_fast_to_get_help(name: str, level: str) -> None:
    html = made(f"> [!{name}]\n> Words with [a link](b.md).\n").fragment.html
    assert f'<div class="callout callout-{level}" role="note">' in html
    assert '<p class="callout-label">\ue0000\ue001</p>' in html
    assert "blockquote" not in html


def test_a_plain_quote_stays_a_quote() -> None:
    assert tags("> words\n") == ["blockquote", "p"]


def test_a_callout_s_name_in_the_middle_of_a_quote_is_reported_and_shown_as_written() -> None:
    converted = made("> words\n> [!NOTE]\n> more\n")
    assert "misplaced-callout" in codes(converted.problems)
    assert "[!NOTE]" in converted.fragment.html


def test_a_picture_alone_is_a_figure_and_its_title_the_caption() -> None:
    assert tags('![a](b.png "Seen from behind")') == ["figure", "img", "figcaption"]
    assert tags("words ![a](b.png)") == ["p", "img"]


def test_code_has_colours_as_classes_and_never_a_style() -> None:
    found = elements(made("```python\nx = 1  # one\n```").fragment.html)
    assert ("pre", {"class": "code", "tabindex": "0"}) in found
    assert any(tag == "span" and attributes.get("class") for tag, attributes in found)
    assert not any("style" in attributes for _, attributes in found)


def test_code_in_no_language_is_shown_as_it_is() -> None:
    assert made("```\n<b> & [@a]\n```").fragment.html.strip() == (
        '<pre class="code" tabindex="0"><code>&lt;b&gt; &amp; [@a]\n</code></pre>'
    )


@pytest.mark.parametrize("text", ["`[@a]`", "<code>[@a]</code>", "    [@a]\n    [b](c.md)\n", "``[@a]``"])
def test_what_stands_in_code_is_shown_as_it_was_written(text: str) -> None:
    html = made(text).fragment.html
    assert "[@a]" in html
    assert not TOKEN.search(html)


def test_what_stands_in_an_attribute_is_shown_as_it_was_written() -> None:
    assert made('<b title="so [@a]">x</b>').fragment.html == '<p><b title="so [@a]">x</b></p>'


def test_footnotes_lead_there_and_back() -> None:
    found = elements(made("a[^n]\n\n[^n]: note [b](c.md)").fragment.html)
    ids = {attributes["id"] for _, attributes in found if "id" in attributes}
    inner = {attributes["href"][1:] for _, attributes in found if attributes.get("href", "").startswith("#")}
    assert inner == ids == {"fn:n", "fnref:n"}


def test_lists_of_terms_and_tables_are_understood() -> None:
    assert tags("term\n: what it is\n") == ["dl", "dt", "dd"]
    assert "table" in tags("Table: c\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")


@pytest.mark.parametrize("text", ["a [@b] *c* `d`", "[a](b.md)", "<b>a</b>", "a & b"])
def test_a_line_of_markdown_becomes_a_line_of_html(text: str) -> None:
    converted = made_line(text)
    assert not converted.fragment.html.startswith("<p>")
    assert converted.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "a\n\nb",
        "- a",
        "## a",
        "> a",
        "::compare",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "```\na\n```",
        "a</p><p>b",
        'a</p><p class="x">b',
        "<div>a</div>",
    ],
)
def test_what_needs_more_than_a_line_is_refused_in_a_line(text: str) -> None:
    converted = made_line(text)
    assert "bad-block" in codes(converted.problems)
    assert converted.fragment.html == ""


@moderate
@given(
    st.lists(
        st.sampled_from([*"aé日1_- ,.;:?!'\"’‘“”()%/–—+=", "\ue00012\ue001", "Words", "10."]) | st.characters()
    ).map("".join)
)
def test_a_line_of_words_needs_no_markdown(text: str) -> None:
    if PLAIN.fullmatch(text) and "_" not in text:
        assert sanitise(as_it_comes().convert(text)) == f"<p>{text}</p>"


@moderate
@given(MARKDOWN | st.text())
def test_any_text_is_converted_with_every_problem_at_a_place_in_it(text: str) -> None:
    text = text.replace("\r", "")
    assert misplaced(made(text).problems, text) == []
    assert misplaced(made_line(text).problems, text) == []


@moderate
@given(CLEAN_MARKDOWN)
def test_html_holds_no_private_character_but_its_own_tokens(text: str) -> None:
    for converted in (made(text), made_line(text)):
        html = converted.fragment.html
        assert not PRIVATE.search(TOKEN.sub("", html))
        assert all(int(match[1]) < len(converted.slots) for match in TOKEN.finditer(html))
        assert not any(PRIVATE.search(one.text + one.anchor) for one in converted.headings)


@moderate
@given(CLEAN_MARKDOWN)
def test_html_holds_nothing_of_the_workings_of_the_markdown_library(text: str) -> None:
    converted = made(text)
    shown = converted.fragment.html + "".join(one.text + one.anchor for one in converted.headings)
    assert not set("\x02\x03") & set(shown)


@moderate
@given(CLEAN_MARKDOWN)
def test_the_same_text_gives_the_same_html_whatever_came_before(text: str) -> None:
    first = made(text)
    made("[x]: y\n\n[^1]: z\n\n# H\n\n<div>")
    assert made(text) == first

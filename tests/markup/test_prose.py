"""Running text is cut into passages, each word of which keeps the place where it was written."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.markup.locate import in_body
from generator.markup.passages import FILL, GAP, passages
from generator.markup.prose import Passage, sentences, without_emphasis
from generator.markup.scan import scan
from tests.helpers import MARKDOWN, at, document, made, moderate

PLACED = re.compile(r"\w+")
INDENTED = re.compile(r"^[ >]*(?: {4}|\t)", re.MULTILINE)
LETTERS = re.compile(r"[^\W\d_]+")


def cut(text: str) -> tuple[Passage, ...]:
    """The passages of a text that begins in line 1."""
    found = made(text)
    return passages(found.prose, 1, found.marks)


def shown(text: str) -> list[tuple[str, str]]:
    """The kind of each passage and its words."""
    return [(one.kind, " ".join(one.text.split())) for one in cut(text)]


def words_at(text: str, found: Passage) -> list[tuple[str, str]]:
    """Each word of a passage, and what stands in the text at its place."""
    spans = [(word[0], found.span("t.md", word.start(), word.end())) for word in PLACED.finditer(found.text)]
    return [(word, at(text, span)) for word, span in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo\nthree.", [("paragraph", "One."), ("paragraph", "Two three.")]),
        ("- one\n- two\n* three\n+ four", [("item", one) for one in "one two three four".split()]),
        ("1. one\n2) two\n\n10. three", [("item", one) for one in "one two three".split()]),
        ("- one\n    - two\n    - three", [("item", one) for one in "one two three".split()]),
        ("- one\n  goes on\n- two", [("item", "one goes on"), ("item", "two")]),
        ("- one\n\n    on its own\n- two", [("item", "one"), ("paragraph", "on its own"), ("item", "two")]),
        ("> one\n> two\n\nthree", [("paragraph", "one two"), ("paragraph", "three")]),
        ("> one\n>\n> two", [("paragraph", "one"), ("paragraph", "two")]),
        ("> - one\n> - two", [("item", "one"), ("item", "two")]),
        ("> [!NOTE]\n> one\n> two", [("paragraph", "one two")]),
        (
            "Table: what it shows\n\n| a | b |\n|:--|--:|\n| c | d |",
            [("caption", "Table: what it shows"), ("row", "a | b |"), ("row", "c | d |")],
        ),
        ("term\n: meaning\n: another", [("paragraph", one) for one in ("term", "meaning", "another")]),
        ("## one\ntwo\nthree", [("heading", "one"), ("paragraph", "two three")]),
        ("one\n---\ntwo\n\nthree\n===", [("heading", "one"), ("paragraph", "two"), ("heading", "three")]),
        ("##one\n\n    code\n\n- two\n\n    three", [("heading", "one"), ("item", "two"), ("paragraph", "three")]),
        ("a | b\n--|--\nc | d\n\ne | f", [("row", "a | b"), ("row", "c | d"), ("paragraph", "e | f")]),
        ("one\n[@one2001]\ntwo\n`code`\nthree", [("paragraph", "one two three")]),
        ('![a boat](boat.svg "A boat that floats")\n\nOne.', [("figure", "A boat that floats"), ("paragraph", "One.")]),
        ("- one\n\n    > two\n    > three", [("item", "one"), ("paragraph", "two three")]),
        ("<!-- seen by nobody -->one two", [("paragraph", "one two")]),
        ("## one\n\ntwo\n\n###### three", [("heading", "one"), ("paragraph", "two"), ("heading", "three")]),
    ],
)
def test_a_text_is_cut_where_a_reader_sees_something_new_begin(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "```\none = 1\n```",
        "~~~python\none = 1\n~~~",
        "`one`",
        "<!-- one -->",
        "::red-flags{one}",
        "[@one2001]",
        "![one](two.svg)",
        "[one]: two.md",
        '<a href="one"></a>',
        "| :-- | --: |",
        "* * *",
        "---",
        "",
        "\n \n\t\n",
    ],
)
def test_markup_and_code_are_no_prose(text: str) -> None:
    assert shown(f"before\n\n{text}\n\nafter") == [("paragraph", "before"), ("paragraph", "after")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("see [@one2001] now", "see now"),
        ("see [@one2001;\n@two2002, table 2] now", "see now"),
        ("see [the page](one.md) now", "see [the page now"),
        ("**one** _two_ *three* snake_case `four`", "one two three snake_case"),
        ("one<br>two <b>three</b>", "one two three"),
        ("> one\n> two\nthree", "one two three"),
        ("one[^1].\n\n[^1]: x", "one ."),
    ],
)
def test_markup_within_a_passage_becomes_spaces(text: str, words: str) -> None:
    assert " ".join(cut(text)[0].text.split()) == words


@pytest.mark.parametrize(
    "text",
    [
        "see [@one2001;\n@two2002, table 2] *now* and [the\npage](one.md) then",
        "- one\n- two\n    - three [@one2001]\n      four",
        "> one\n> *two*\n>three\n   > four",
        "> [!WARNING]\n> one [@one2001]\n> two",
        "Table: what [@one2001]\n\n| *a* | `x` b |\n|---|---|\n| c [@one2001] | d |",
        "term\n:   meaning _of_ it",
        "## one *two* [three](four.md)\n\nfive",
        "\n\n\nlate 😀 é\nword",
    ],
)
def test_every_word_stands_where_its_span_says(text: str) -> None:
    pairs = [pair for one in cut(text) for pair in words_at(text, one)]
    assert pairs
    assert [there for _, there in pairs] == [word for word, _ in pairs]


@moderate
@given(MARKDOWN)
def test_in_any_text_every_word_stands_where_its_span_says(text: str) -> None:
    for one in cut(text):
        assert all(word == there for word, there in words_at(text, one)), one


@moderate
@given(MARKDOWN)
def test_no_word_of_the_prose_is_lost_or_read_twice(text: str) -> None:
    found = made(text)
    assume(not INDENTED.search(found.prose))  # code, which is not read, or what goes on with a list: see above
    read = [word for one in passages(found.prose, 1, found.marks) for word in LETTERS.findall(one.text)]
    assert read == LETTERS.findall(without_emphasis(found.prose))


@moderate
@given(MARKDOWN)
def test_the_prose_of_a_text_is_as_long_as_the_text_and_differs_by_spaces_only(text: str) -> None:
    scanned = scan(text, in_body("t.md", text, 1))
    assert len(scanned.prose) == len(text)
    assert all(said in (written, " ", GAP, FILL) for said, written in zip(scanned.prose, text, strict=True))
    assert [at for at, one in enumerate(text) if one == "\n"] == [
        at for at, one in enumerate(scanned.prose) if one == "\n"
    ]


@moderate
@given(MARKDOWN)
def test_passages_come_in_order_and_none_is_without_words(text: str) -> None:
    found = cut(text)
    assert all((a.line, a.column) < (b.line, b.column) for a, b in pairwise(found))
    assert all(any(letter.isalnum() for letter in one.text) for one in found)
    assert all(one.exact and not one.field for one in found)


def test_the_line_of_a_passage_is_that_of_the_file() -> None:
    found = made("one\n\ntwo")
    spans = [one.span("t.md") for one in passages(found.prose, 21, found.marks)]
    assert [(one.line, one.column, one.end_line, one.end_column) for one in spans] == [(21, 1, 21, 4), (23, 1, 23, 4)]


def test_the_place_of_a_whole_passage_is_its_first_line_without_the_spaces_around() -> None:
    text = "-   [@one2001] one two   \n    three\n"
    (found,) = cut(text)
    assert at(text, found.span("t.md")) == "one two"


def test_a_passage_is_cited_or_linked_only_where_the_citation_or_link_stands() -> None:
    text = "one [@a2001]\n\ntwo\n\n- three [x](y.md)\n- four\n- five [x][y] [@b2001;\n  @c2001]\n\n[y]: z.md"
    assert [(one.cited, one.linked) for one in cut(text)] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
        (True, True),
    ]


def test_a_link_in_code_is_no_link_and_a_citation_in_code_cites_nothing() -> None:
    (found,) = cut("one `[x](y.md)` and `[@a2001]`")
    assert (found.cited, found.linked) == (False, False)


@pytest.mark.parametrize(
    ("name", "level"),
    [("NOTE", "note"), ("TIP", "tip"), ("IMPORTANT", "soon"), ("WARNING", "today"), ("CAUTION", "emergency")],
)
def test_what_stands_in_a_callout_has_its_level_and_is_no_quote(name: str, level: str) -> None:
    found = cut(f"before\n\n> [!{name}]\n> one\n>\n> - two\n\nafter\n\n> three\n")
    assert [(one.level, one.quoted) for one in found] == [
        ("", False),
        (level, False),
        (level, False),
        ("", False),
        ("", True),
    ]


def test_a_quote_after_a_callout_is_a_quote_and_has_no_level() -> None:
    found = cut("> [!CAUTION]\n> one\n\n> two\n\nthree")
    assert [(one.level, one.quoted) for one in found] == [("emergency", False), ("", True), ("", False)]


def test_a_callout_that_is_not_known_leaves_the_levels_of_the_others() -> None:
    text = "> [!WHAT]\n> one\n\n> [!CAUTION]\n> two"
    found = made(text)
    assert [one.level for one in passages(found.prose, 1, found.marks)] == ["", "emergency"]


def test_of_two_callouts_each_has_its_own_level() -> None:
    found = cut("> [!CAUTION]\n> one\n\n> [!TIP]\n> two\n> [!NOTE]\n> three")
    assert [one.level for one in found] == ["emergency", "tip", "note"]


def test_a_heading_counts_the_section_of_what_follows() -> None:
    found = cut("zero\n\n## One\n\na\n\n- b\n\n### Two  words ##\n\nc\n")
    assert [(one.kind, one.section) for one in found] == [
        ("paragraph", 0),
        ("heading", 1),
        ("paragraph", 1),
        ("item", 1),
        ("heading", 2),
        ("paragraph", 2),
    ]


def test_the_items_of_one_list_share_a_part_and_those_of_the_next_list_do_not() -> None:
    found = cut("lead:\n\n- one\n\n    more\n    - two\n- three\n\nbetween\n\n- four\n")
    lead, one, more, two, three, between, four = [each.part for each in found]
    assert one == more == two == three
    assert lead < one < between < four


def test_the_rows_of_one_table_share_a_part() -> None:
    found = cut("before\n\n| a | b |\n|---|---|\n| c | d |\n| e | f |\n\nafter\n")
    before, *rows, after = [each.part for each in found]
    assert len(rows) > 1
    assert len({*rows}) == 1
    assert before < rows[0] < after


@pytest.mark.parametrize(
    ("text", "leads"),
    [("It has:", True), ("It has: \n", True), ("It has: [@a2001]", True), ("It has: no", False), ("It has.", False)],
)
def test_what_ends_with_a_colon_only_leads_to_what_follows(text: str, leads: bool) -> None:
    assert cut(text)[0].is_lead is leads


FIELDS = """\
---
title: "Short *words*"
summary: One sentence.
status: published
updated: 2026-11-01
evidence_searched: 2026-11-01
review: {due: 2027-11-01}
authors: [team]
key_points:
  - One [@a2001] point.
  - >
    Two is
    folded.
  - 'Three isn''t plain, see [it](b.md).'
category: no-treatment
tested: "yes"
who_gives: Nobody.
how_it_works: |
  Not known.
what_it_is_like: Dull
benefits: []
harms: [None seen., "Some [@a2001]"]
unknown: [Much.]
---

The text.
"""


def fields() -> dict[str, list[Passage]]:
    found: dict[str, list[Passage]] = {}
    for one in document(FIELDS).prose:
        found.setdefault(one.field, []).append(one)
    return found


def test_fields_of_the_front_matter_are_read_as_prose_and_names_are_not() -> None:
    assert {key: len(found) for key, found in fields().items()} == {
        "": 1,
        "title": 1,
        "summary": 1,
        "key_points": 3,
        "who_gives": 1,
        "how_it_works": 1,
        "what_it_is_like": 1,
        "harms": 2,
        "unknown": 1,
    }
    assert all(one.kind == "field" for key, found in fields().items() if key for one in found)


def test_a_field_knows_whether_it_is_cited_or_linked() -> None:
    found = fields()
    assert [(one.cited, one.linked) for one in found["key_points"]] == [(True, False), (False, False), (False, True)]
    assert [one.cited for one in found["harms"]] == [False, True]


def test_a_field_s_words_have_places_unless_folding_or_escapes_hide_them() -> None:
    found = fields()
    assert [one.exact for one in found["key_points"]] == [True, False, False]
    for one in (*found["title"], *found["summary"], found["key_points"][0], *found["who_gives"], *found["harms"]):
        pairs = words_at(FIELDS, one)
        assert pairs
        assert [there for _, there in pairs] == [word for word, _ in pairs]


def test_where_words_have_no_place_of_their_own_it_is_the_whole_value_s() -> None:
    _, folded, escaped = fields()["key_points"]
    assert at(FIELDS, escaped.span("f", 2, 5)) == "'Three isn''t plain, see [it](b.md).'"
    assert at(FIELDS, folded.span("f", 2, 5)).split() == [">", "Two", "is", "folded."]


SAFE = st.lists(st.sampled_from(["one", "two's", '"so"', "é😀", "a: b", "#", "[@a2001]", "*x*", ","]), min_size=1)


@moderate
@given(SAFE, st.sampled_from(["plain", "single", "double", "folded", "literal"]))
def test_however_a_field_is_quoted_its_words_stand_where_their_span_says(words: list[str], style: str) -> None:
    said = "x " + " ".join(words)
    quoted = {
        "plain": "x " + " ".join(one for one in words if one not in ("a: b", "#")),
        "single": "'" + said.replace("'", "''") + "'",
        "double": '"' + said.replace('"', '\\"') + '"',
        "folded": f">\n  {said}",
        "literal": f"|\n  {said}",
    }[style]
    text = f"---\ntitle: T\nwho_gives: {quoted}\n---\n\nBody.\n"
    (found,) = [one for one in document(text).prose if one.field == "who_gives"]
    if found.exact:
        assert all(word == there for word, there in words_at(text, found))
    else:
        assert found.span("f", 0, 1).line == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three! Four", ["One.", "Two?", "Three!", "Four"]),
        ("One: two; three.", ["One:", "two;", "three."]),
        ("It is 3.5 cm, at 10:30.", ["It is 3.5 cm, at 10:30."]),
        ("See e.g. Dr. Smith, i.e. him.", ["See e.g. Dr. Smith, i.e. him."]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
        ("One\n  two.\nThree.", ["One two.", "Three."]),
        ("One . . . two", ["One .", "two"]),
        ("...", []),
        ("", []),
    ],
)
def test_a_passage_is_parted_into_sentences(text: str, expected: list[str]) -> None:
    assert [one.text for one in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "asks"), [("Is it?", True), ('Is it "so?"', True), ("It is.", False), ("?! No", False)]
)
def test_a_question_is_known_by_its_mark(text: str, asks: bool) -> None:
    assert sentences(text)[-1].is_question is asks


@moderate
@given(
    st.lists(st.sampled_from(["one", "two.", "e.g.", "Dr.", "three?", '"so."', "x:", "...", "3.5", "\n", " "])).map(
        " ".join
    )
)
def test_sentences_stand_in_their_passage_in_order_and_hold_all_its_words(text: str) -> None:
    found = sentences(text)
    assert all(one.text == " ".join(text[one.start : one.end].split()) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [word for one in found for word in PLACED.findall(one.text)] == PLACED.findall(text)

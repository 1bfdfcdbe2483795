"""One article on its own: its fields, its text, and everything that is wrong with it at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.markup.parser import Settings, parse
from generator.markup.slots import CitationSlot, Fragment, LinkSlot
from generator.sources.files import source_file
from tests.helpers import DEFAULT, MARKDOWN, YAML, at, codes, document, misplaced, moderate

REST = DEFAULT["content/care/rest.md"]


def test_an_article_gives_what_its_file_says() -> None:
    found = document(REST)
    assert (found.id, found.section, found.kind, found.title) == ("care/rest", "care", "treatment", "Rest")
    assert (found.published, found.readable, found.is_index) == (True, True, False)
    assert (found.review_due, found.day("updated"), found.texts("authors")) == ("2027-11-01", "2026-11-01", ("team",))
    assert [one.html for one in found.fragments("key_points")] == ["One.", "Two.", "Three."]
    assert [one.anchor for one in found.headings] == ["what-it-does"]


@pytest.mark.parametrize(
    ("path", "kind", "section"),
    [
        ("content/index.md", "home", ""),
        ("content/imprint.md", "page", ""),
        ("content/care/rest.md", "treatment", "care"),
        ("content/care/index.md", "article", "care"),
        ("content/ask/a.md", "question", "ask"),
        ("content/ask/index.md", "page", "ask"),
        ("content/other/a.md", "treatment", "other"),
    ],
)
def test_the_folder_says_what_kind_an_article_is_and_where_it_is_none_the_fields(
    path: str, kind: str, section: str
) -> None:
    found = document(REST, path)
    assert (found.kind, found.section) == (kind, section)


@pytest.mark.parametrize(("path", "kind"), [("content/ask/a.md", "question"), ("content/imprint.md", "page")])
def test_an_article_in_a_folder_for_another_kind_is_one_problem_that_names_its_own(path: str, kind: str) -> None:
    (problem,) = document(REST, path).problems
    assert problem.code == "wrong-folder"
    assert f"the kind treatment, and this folder holds the kind {kind}" in problem.message
    assert problem.hint == "move it to content/care/"


def test_everything_that_is_wrong_is_found_at_once() -> None:
    text = REST.replace("title: Rest", "titel: Rest").replace("harms: [None seen.]", "harms: ['None [@]']")
    text = text.replace("updated: 2026-11-01", "updated: 1.11.2026") + "\n# One\n\n[a](b c.md)\n"
    found = codes(document(text).problems)
    assert {"unknown-key", "bad-citation", "bad-date", "heading-one", "broken-link"} <= set(found)


def test_fields_and_text_share_one_numbering_of_what_they_point_at() -> None:
    text = REST.replace("who_gives: Nobody", "who_gives: '[you](you.md) [@a]'") + "\n[me](me.md)\n"
    found = document(text)
    kinds = [type(one) for one in found.slots]
    assert kinds == [LinkSlot, CitationSlot, LinkSlot]
    assert [at(text, one.span) for one in found.slots] == ["you.md", "[@a]", "me.md"]
    assert found.live == {0, 1, 2}


def test_an_article_without_a_title_is_called_as_its_file_and_in_menus_as_its_title() -> None:
    found = document(REST.replace("title: Rest\n", ""))
    assert (found.title, found.nav_title, found.published) == ("rest", "rest", True)
    assert document(REST).nav_title == "Rest"
    assert document(REST.replace("title: Rest\n", "title: Rest\nnav_title: R\n")).nav_title == "R"


def test_a_field_is_read_as_words_and_it_is_known_whether_it_cites_and_links() -> None:
    text = REST.replace("who_gives: Nobody", "who_gives: Ask *us* [@a] or [them](b.md).")
    passages = {one.field: one for one in document(text).prose if one.field}
    found = passages["who_gives"]
    assert ("".join(found.text.split()), found.cited, found.linked) == ("Askusor[them.", True, True)
    assert at(text, found.span("f", 4, 8)) == "*us*"
    assert (passages["title"].text, passages["summary"].cited) == ("Rest", False)


def test_lines_of_markdown_are_converted_however_deep_they_stand() -> None:
    compared = "compared: {name: A cold, feels: 'Own *feels* [@b]', moves: Own moves, hurts: Own hurts, where: Own, "
    more = 'changes: Own, who_looks: Own, urgency: routine, urgency_note: "Own"}\n'
    found = document(
        DEFAULT["content/help/index.md"].replace("\n---\n\n", f"\n{compared}{more}---\n\n"), "content/what/a.md"
    )
    assert codes(found.problems) == []
    group = found.meta["compared"]
    assert isinstance(group, dict)
    assert (group["name"], group["feels"]) == ("A cold", Fragment("Own <em>feels</em> \ue0000\ue001"))
    assert found.is_compared
    assert found.live == {0}


def test_days_are_told_apart_from_the_other_fields_and_an_empty_field_is_none() -> None:
    found = document(REST)
    assert not {"updated", "evidence_searched", "review"} & set(found.meta)
    assert None not in found.meta.values()
    assert set(found.rest().dates) == {"updated", "evidence_searched", "review"}


@pytest.mark.parametrize(("status", "is_draft"), [("draft", True), ("published", False), ("drafted", False)])
def test_an_article_is_kept_back_by_the_word_draft_alone(status: str, is_draft: bool) -> None:
    assert document(REST.replace("status: published", f"status: {status}")).is_draft is is_draft


def test_what_stands_in_code_points_at_nothing() -> None:
    found = document(REST + "\n    [a](nowhere.md)\n")
    assert found.live == set()


@pytest.mark.parametrize("status", ["draft", "publish", "Published", "true", "", "null"])
def test_nothing_but_the_word_published_publishes(status: str) -> None:
    assert not document(REST.replace("status: published", f"status: {status}")).published


@pytest.mark.parametrize(
    "path", ["content/care/A b.md", "content/care/ä.md", "content/My Care/a.md", "content/care/a_b.md"]
)
def test_a_name_that_can_be_no_address_is_reported(path: str) -> None:
    found = document(REST, path).problems
    assert "file-name" in codes(found)
    assert all(one.hint for one in found if one.code == "file-name")


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"no front matter", b"---\ntitle: x\n", b"---\n- x\n---\n", b"---\na: 'b\n---\n"]
)
def test_what_cannot_be_read_is_never_published_and_says_why(data: bytes) -> None:
    found = parse(source_file("content/care/x.md", data), Settings("en", (("care", "treatment"),)))
    assert (found.published, found.readable, found.slots) == (False, False, ())
    assert any(one.is_error for one in found.problems)


@moderate
@given(st.binary() | st.tuples(YAML, MARKDOWN).map(lambda pair: f"---\n{pair[0]}\n---\n{pair[1]}".encode()))
def test_any_bytes_are_parsed_with_every_problem_at_a_place_in_the_file(data: bytes) -> None:
    found = parse(source_file("content/care/x.md", data), Settings("en", (("care", "treatment"),)))
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    assert misplaced(found.problems, text) == []
    assert found.readable or any(one.is_error for one in found.problems)


@moderate
@given(MARKDOWN, st.sampled_from(["'", '"', ">", "|"]))
def test_any_markdown_in_a_field_has_its_problems_at_a_place_in_the_file(markdown: str, quote: str) -> None:
    if quote in "'\"":
        value = quote + markdown.replace("\\", "\\\\" if quote == '"' else "\\").replace(
            quote, "''" if quote == "'" else '\\"'
        )
        value = value.replace("\n", "\n\n    ") + quote
    else:
        value = f"{quote}\n    " + markdown.replace("\n", "\n    ")
    text = REST.replace("who_gives: Nobody", f"who_gives: {value}")
    assert misplaced(document(text).problems, text) == []
